"""Files in the browser: in pieces with progress, dropped, cut off and gone on with; and without scripts."""

import os

import pytest
from playwright.sync_api import expect

from odifund.core import clock, scanning
from tenders.models import Upload
from tests import clamav
from tests.browser.test_proposal import sign_in
from tests.factories import proposal as made
from tests.factories.tender import published_tender

PDF = b"%PDF-1.7\n%%EOF"
LARGE = b"%PDF-1.7\n" + os.urandom(1_400_000) + b"\n%%EOF"
DROP = """([target, name]) => {
  const files = new DataTransfer();
  files.items.add(new File(["%PDF-1.7 %%EOF"], name));
  target.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def file(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def proposal(committed_db):
    of = published_tender()
    with clock.held_at(made.written_at(of)):
        yield made.draft_proposal(of)


@pytest.fixture
def priya(page, live_portal, proposal):
    """Her page, at the proposal's files."""
    sign_in(page.context, live_portal, proposal.started_by)
    page.goto(f"{live_portal}/proposals/{proposal.pk}/attachments/")
    expect(page.get_by_role("button", name="Add the files")).to_have_count(0)
    return page


def chosen(page, *files):
    page.locator("input[type=file]").set_input_files(list(files))


def listed(page):
    return page.locator("[data-files] .of-files__name").all_inner_texts()


def on_their_way(page):
    return page.get_by_role("list", name="On their way").get_by_role("listitem")


def test_several_go_one_after_another_and_each_that_is_refused_says_why(priya, proposal, axe):
    chosen(
        priya,
        file("a.pdf", PDF),
        file("b.exe", b"MZ" + bytes(5000)),
        file("large.pdf", LARGE),
        file("c.pdf", b""),
    )
    expect(priya.locator("[data-files] li")).to_have_count(2)
    assert listed(priya) == ["a.pdf", "large.pdf"]
    expect(on_their_way(priya)).to_have_count(2)
    expect(priya.get_by_text("“b.exe” is a program (5 KB). Choose PDF")).to_be_visible()
    expect(priya.get_by_text("“c.pdf” is empty.")).to_be_visible()
    for width in (1280, 375, 320):
        priya.set_viewport_size({"width": width, "height": 900})
        axe(priya)
        assert priya.evaluate("document.documentElement.scrollWidth") <= width
    assert proposal.attachments.count() == 2
    priya.get_by_role("button", name="Take off this list b.exe").click()
    expect(priya.get_by_role("button", name="Take off this list c.pdf")).to_be_focused()
    priya.keyboard.press("Enter")
    expect(priya.get_by_role("button", name="Choose files")).to_be_focused()


def test_what_is_said_to_a_screen_reader(priya):
    says = priya.locator("[data-says-files]")
    chosen(priya, file("a.pdf", PDF))
    expect(says).to_have_text("a.pdf is added.")
    chosen(priya, file("b.exe", b"MZ" + bytes(5000)))
    expect(says).to_contain_text("b.exe: “b.exe” is a program")


def test_a_file_is_dropped(priya):
    priya.evaluate(DROP, [priya.get_by_role("button", name="Choose files").element_handle(), "dropped.pdf"])
    expect(priya.locator("[data-files]")).to_contain_text("dropped.pdf")


def test_a_line_that_breaks_is_tried_again_and_nothing_is_sent_twice(priya, proposal):
    seen = []

    def break_off(route):
        seen.append(route.request.headers.get("upload-offset"))
        route.abort() if len(seen) == 2 else route.continue_()

    priya.route("**/uploads/*-*/", break_off)
    chosen(priya, file("large.pdf", LARGE))
    expect(priya.locator("[data-files]")).to_contain_text("large.pdf")
    assert seen == ["0", "524288", "524288", "1048576"]
    assert proposal.attachments.get().file.size == len(LARGE)


def test_after_the_page_was_left_the_same_file_goes_on_where_it_stopped(priya, proposal):
    seen = []

    def stop(route):
        if route.request.headers.get("upload-offset") == "1048576" and not seen:
            seen.append("stopped")
            return route.abort()
        return route.continue_()

    priya.route("**/uploads/*-*/", stop)
    chosen(priya, file("large.pdf", LARGE))
    expect(on_their_way(priya)).to_contain_text("The connection broke.")
    priya.on("dialog", lambda dialog: dialog.accept())
    priya.reload()
    upload = Upload.objects.get()
    assert upload.received == 1_048_576
    priya.unroute("**/uploads/*-*/")
    offsets = []
    priya.on("request", lambda sent: offsets.append(sent.headers.get("upload-offset")))
    chosen(priya, file("large.pdf", LARGE))
    expect(priya.locator("[data-files]")).to_contain_text("large.pdf")
    assert [each for each in offsets if each] == ["1048576"]
    upload.refresh_from_db()
    assert upload.file == proposal.attachments.get().file


def test_what_the_scanner_found_comes_to_the_page(priya, scanner):
    priya.reload()
    chosen(priya, file("macro.pdf", b"%PDF-1.7\n" + clamav.EICAR + b"\n%%EOF"))
    expect(priya.locator("[data-files]")).to_contain_text("Being checked for viruses")
    scanning.sweep(clock.now())
    expect(priya.locator("[data-files]")).to_contain_text("Held: a virus was found", timeout=15_000)
    expect(priya.locator("[data-says-files]")).to_have_text("macro.pdf: Held: a virus was found")


def test_without_scripts_the_form_sends_several(browser, live_portal, proposal, axe):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_portal, proposal.started_by)
    page = context.new_page()
    page.goto(f"{live_portal}/proposals/{proposal.pk}/attachments/")
    chosen(page, file("a.pdf", PDF), file("b.exe", b"MZ" + bytes(5000)))
    page.get_by_role("button", name="Add the files").click()
    assert listed(page) == ["a.pdf"]
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("“b.exe” is a program (5 KB)")
    context.close()
