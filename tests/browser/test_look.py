"""Every part of the look in a browser: no barriers, no sideways scroll, links that lead into the fields."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings as portal

WIDTHS = [1280, 375, 320]


@pytest.fixture(autouse=True)
def still(page):
    """No smooth scrolling: what is clicked must stay where it was seen."""
    page.emulate_media(reduced_motion="reduce")


@pytest.fixture
def style(settings, live_portal):
    """The address of the page with every part of the look."""
    settings.ROOT_URLCONF = "tests.browser.style_urls"
    return f"{live_portal}/style/"


@pytest.fixture
def refused(page, style):
    """The page after its form was sent with nothing good in it."""
    page.goto(style)
    page.fill("#id_rate", "12,00.5")
    page.fill("#id_closes_day", "26")
    page.fill("#id_closes_month", "3")
    page.fill("#id_closes_year", "2017")
    page.fill("#id_closes_time", "1:30am")
    page.fill("#id_answer", "word " * 60)
    page.click("text=Save and continue")
    page.wait_for_selector(".govuk-error-summary")
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_is_free_of_barriers_and_sideways_scroll(page, style, axe, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(style)
    page.wait_for_selector("body.js-enabled")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_every_refusal_is_free_of_barriers_and_sideways_scroll(refused, axe, width):
    refused.set_viewport_size({"width": width, "height": 900})
    axe(refused)
    assert refused.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_with_problems_says_so_in_its_title_and_takes_the_focus_to_them(refused):
    assert refused.title().startswith("Error: ")
    assert refused.evaluate("document.activeElement.className") == "govuk-error-summary"


def test_each_link_of_the_summary_moves_the_focus_into_its_field(refused, follow_each_error):
    assert len(follow_each_error(refused)) == 16
    assert refused.input_value("#id_rate") == "12,00.5"


def test_without_scripts_the_form_works_and_its_links_lead_to_the_fields(browser, style):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(style)
    assert page.locator("text=You can enter up to 50 words").is_visible()
    assert not page.locator("text=Print this page").is_visible()
    page.click("text=Save and continue")
    page.click(".govuk-error-summary a[href='#id_due_day']")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    assert page.locator("#id_due_day").input_value() == "1"
    context.close()


def test_the_words_are_counted_and_not_cut(page, style):
    page.goto(style)
    page.wait_for_selector("body.js-enabled")
    page.fill("#id_answer", "word " * 60)
    page.locator("text=You have 10 words too many").first.wait_for()
    assert len(page.input_value("#id_answer").split()) == 60


def test_a_score_can_be_chosen_by_clicking_its_row_or_with_the_arrow_keys(page, style):
    page.goto(style)
    page.wait_for_selector("body.js-enabled")
    row = page.locator(".of-scale .govuk-radios__item", has_text="with small gaps")
    row.click(position={"x": 300, "y": 20})
    assert page.locator("#id_score_4").is_checked()
    page.keyboard.press("ArrowUp")
    assert page.locator("#id_score_3").is_checked()


def test_a_stacked_table_keeps_its_meaning_for_screen_readers(page, style):
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(style)
    page.wait_for_selector("table.of-stack[role=table]")
    roles = page.eval_on_selector_all(
        "table.of-stack *[role]", "parts => parts.map(p => p.getAttribute('role'))"
    )
    assert set(roles) == {"rowgroup", "row", "columnheader", "rowheader", "cell"}


def test_nothing_is_refused_by_the_pages_own_policy(page, style):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(style)
    page.wait_for_selector("body.js-enabled")
    assert said == []


def test_the_first_visit_weighs_little():
    static = Path(portal.BASE_DIR) / "static"
    names = ("odifund.css", "odifund.js", "govuk-frontend.min.js", "favicon.svg")
    weight = sum(len(gzip.compress((static / name).read_bytes())) for name in names)
    assert weight < 35 * 1024, "leaves 25 KB of 60 for the page itself"


def choose(page, size=2_000_000):
    file = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"words " * (size // 6)}
    page.wait_for_selector("body.js-enabled")
    page.set_input_files("#id_file", file)


def test_a_sent_file_shows_its_progress_and_the_answer_takes_the_pages_place(page, style):
    page.goto(style)
    choose(page)
    page.evaluate(
        "new MutationObserver(() => { const bar = document.querySelector('progress');"
        " window.bar ??= bar && bar.getAttribute('aria-label'); })"
        ".observe(document, {childList: true, subtree: true}), null"
    )
    page.click("text=Save and continue")
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("window.bar") == "Sent so far"
    assert page.title().startswith("Error: ")
    assert page.locator("text=“note.txt” is a plain text or CSV file (1.9 MB)").first.is_visible()
    page.click(".govuk-error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_a_file_that_cannot_be_sent_stays_chosen(page, style):
    page.goto(style)
    choose(page)
    page.context.set_offline(True)
    page.click("text=Save and continue")
    page.locator("text=Not sent: the connection broke.").wait_for()
    assert page.evaluate("document.getElementById('id_file').files.length") == 1
    page.context.set_offline(False)
    page.wait_for_timeout(1100)  # the guard against double clicks takes a second
    page.click("text=Save and continue")
    page.wait_for_selector(".govuk-error-summary")
