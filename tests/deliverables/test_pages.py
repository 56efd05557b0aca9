"""Every page of delivery and the library: who sees it, what it says, how many queries it takes."""

import re

import pytest
from django.urls import reverse

from deliverables.actions import blog_post, payment
from deliverables.actions import pattern as patterns
from deliverables.models import BlogPost, Deliverable, Pattern
from odifund.core import once
from tenders.models import Contract
from tests import cast
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    """A client signed in as a player."""

    def sign_in(key):
        client.force_login(cast.person(key, at=stage.SIGNED))
        return client

    return sign_in


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


def seen(client, address):
    """The answer, read to its end if it is a file."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()
    return answer


OF_KIND = {"write_blog_post": "blog", "add_pattern": "pattern", "add_data": "data", "say_no_data": "data"}
"""Where a draft is written, and for which kind of deliverable."""


def pages_of(signed):
    """Every private address of one contract, GET."""
    yield signed.get_absolute_url()
    for due in signed.deliverables.all():
        yield due.get_absolute_url()
        yield reverse("deliverables:deliver", args=[due.pk])
        for name in (name for name, kind in OF_KIND.items() if kind == due.kind):
            yield reverse(f"deliverables:{name}", args=[due.pk])
        for delivery in due.deliveries.exclude(file=None):
            yield reverse("deliverables:delivery_file", args=[due.pk, delivery.number])
        for pattern in due.patterns.all():
            yield reverse("deliverables:change_pattern", args=[due.pk, pattern.pk])
            yield reverse("deliverables:draft_file", args=[due.pk, pattern.pk])


def moves_of(signed):
    """Every private address of one contract, POST."""
    for name in ("accept_contract", "countersign_contract", "complete_contract"):
        yield reverse(f"deliverables:{name}", args=[signed.pk])
    for due in signed.deliverables.all():
        for name in ("deliver", "review_deliverable", "announce", "record_attendance", "write_blog_post"):
            yield reverse(f"deliverables:{name}", args=[due.pk])
        for name in ("add_pattern", "add_data", "say_no_data"):
            yield reverse(f"deliverables:{name}", args=[due.pk])


@pytest.mark.parametrize("key", ["lead-a", "partner-a", "manager", "approver", "observer"])
def test_the_consortium_and_the_staff_see_every_page(signed, signed_in, key):
    stage.delivered(signed, "report")
    client = signed_in(key)
    for address in pages_of(signed):
        assert seen(client, address).status_code in {200, 302}, address


@pytest.mark.parametrize("key", ["lead-b", "newcomer", "evaluator-1", "administrator"])
def test_the_rival_finds_nothing_at_any_address(signed, signed_in, key):
    stage.delivered(signed, "report")
    stage.delivered(signed, "pattern")
    client = signed_in(key)
    for address in pages_of(signed):
        assert client.get(address).status_code == 404, address
    for address in moves_of(signed):
        assert client.post(address, {"answer": "accept", "agreed": "on"}).status_code == 404, address


@pytest.mark.parametrize("name", [*OF_KIND, "announce", "record_attendance"])
def test_a_form_is_found_under_its_own_kind_alone(signed, signed_in, name):
    client, kind = signed_in("lead-a"), OF_KIND.get(name, "workshop")
    for due in signed.deliverables.exclude(kind=kind):
        address = reverse(f"deliverables:{name}", args=[due.pk])
        assert client.get(address).status_code in {404, 405}
        assert client.post(address, {"title": "Stray"}).status_code == 404


def test_nobody_gets_in_without_signing_in(signed, client):
    for address in pages_of(signed):
        assert client.get(address).status_code == 302
        assert client.get(address).url.startswith(reverse("account_login"))


def test_finance_sees_contract_and_payments_and_nothing_of_the_work(signed, signed_in):
    stage.delivered(signed, "report")
    client = signed_in("finance")
    page = client.get(signed.get_absolute_url())
    assert "£25,000.01" in page.content.decode()
    for due in signed.deliverables.all():
        assert due.get_absolute_url() not in page.content.decode()
        assert client.get(due.get_absolute_url()).status_code == 404
    report = stage.owed(signed, "report")
    assert client.get(reverse("deliverables:delivery_file", args=[report.pk, 1])).status_code == 404
    assert client.get(reverse("tenders:proposal", args=[signed.proposal_id])).status_code in {404, 501}


def test_a_contract_is_accepted_and_countersigned_in_the_browser(signed_in):
    signed = stage.contract_of(stage.offered())
    client = signed_in("lead-a")
    page = client.get(signed.get_absolute_url()).content.decode()
    assert "Accept the contract" in page
    assert "Countersign the contract" not in page
    accept = reverse("deliverables:accept_contract", args=[signed.pk])
    unticked = client.post(accept)
    assert unticked.status_code == 422
    assert "Tick that you have read the terms" in unticked.content.decode()
    assert client.post(accept, {"agreed": "on"}).status_code == 302
    assert client.post(accept, {"agreed": "on"}).status_code == 409
    client = signed_in("approver")
    assert "Countersign the contract" in client.get(signed.get_absolute_url()).content.decode()
    countersign = reverse("deliverables:countersign_contract", args=[signed.pk])
    form = {"agreed": "on", "sent_once": "one form"}
    assert client.post(countersign, form).status_code == 302
    assert client.post(countersign, form).status_code == 302  # a double click
    assert client.post(countersign, {"agreed": "on"}).status_code == 409
    assert Deliverable.objects.filter(contract=signed).count() == 6


def test_who_is_named_gets_from_the_contract_to_the_scores(signed, signed_in):
    address = f"/proposals/{signed.proposal_id}/outcome/"
    for key in ("lead-a", "partner-a", "manager", "finance", "observer"):
        client, is_named = signed_in(key), key in ("lead-a", "partner-a")
        page = client.get(signed.get_absolute_url()).content.decode()
        assert (f'href="{address}"' in page) is is_named, key
        assert client.get(address).status_code == (200 if is_named else 404), key


def test_a_partner_reads_the_terms_and_cannot_accept(signed_in):
    signed = stage.contract_of(stage.offered())
    client = signed_in("partner-a")
    assert "Accept the contract" not in client.get(signed.get_absolute_url()).content.decode()
    accept = reverse("deliverables:accept_contract", args=[signed.pk])
    assert client.post(accept, {"agreed": "on"}).status_code == 403


def test_contracts_are_offered_from_the_delivery_page(signed_in):
    tender = stage.awarded()
    address = reverse("deliverables:delivery", args=[tender.reference])
    client = signed_in("manager")
    assert "Offer the contracts" in client.get(address).content.decode()
    offer = reverse("deliverables:offer_contracts", args=[tender.reference])
    assert client.post(offer).status_code == 302
    assert client.post(offer).status_code == 302
    assert Contract.objects.count() == 2
    assert "Offer the contracts" not in client.get(address).content.decode()


@pytest.mark.parametrize("key", ["lead-a", "finance", "newcomer", "administrator"])
def test_the_delivery_page_is_for_who_oversees(signed, signed_in, key):
    address = reverse("deliverables:delivery", args=[signed.tender.reference])
    assert signed_in(key).get(address).status_code == 404


def test_a_blog_is_written_delivered_reviewed_and_published(signed, signed_in):
    due = stage.owed(signed, "blog")
    write = reverse("deliverables:write_blog_post", args=[due.pk])
    words = {
        "title": "Where has my repair got to?",
        "summary": "What we set out to do.",
        "authors": "Priya Nair",
        "text": "## A plan\n\n<script>alert(1)</script><img src=x onerror=alert(2)> "
        "[bad](javascript:alert(3)) **Ten** tenants.",
    }
    client = signed_in("lead-a")
    assert client.post(write, words).url == write
    preview = client.get(write).content.decode()
    assert "<strong>Ten</strong>" in preview
    assert "<img" not in preview.partition("How it will look")[2].partition("</section>")[0]
    slug = BlogPost.objects.get().slug
    assert client.get(f"/blog/{slug}/").status_code == 404
    assert client.post(reverse("deliverables:deliver", args=[due.pk])).status_code == 302
    client = signed_in("manager")
    answer = reverse("deliverables:review_deliverable", args=[due.pk])
    empty = client.post(answer, {"answer": "return", "comments": ""})
    assert empty.status_code == 422
    assert "Say what has to change" in empty.content.decode()
    assert client.post(answer, {"answer": "accept", "comments": "Thank you."}).status_code == 302
    assert client.post(answer, {"answer": "accept"}).status_code == 409
    client.logout()
    page = client.get(f"/blog/{slug}/").content.decode()
    article = page.partition("<article>")[2].partition("</article>")[0]
    assert "<strong>Ten</strong>" in article
    assert "&lt;img src=x onerror=alert(2)&gt;" in article, "words that look like tags stay words"
    for bad in ("<script", "javascript:", "<img"):
        assert bad not in article
    assert slug in client.get("/blog/").content.decode()


def test_a_pattern_goes_from_form_to_library_with_its_file(signed, signed_in):
    due = stage.owed(signed, "pattern")
    client = signed_in("partner-a")
    add = reverse("deliverables:add_pattern", args=[due.pk])
    words = vars(stage.pattern_words("Five <plain> words"))
    assert client.post(add, {**words, "licence": "all-rights-reserved"}).status_code == 422
    assert client.post(add, {**words, "file": stage.a_file("../../etc/words.pdf")}).status_code == 302
    assert client.post(add, {**words, "title": "Another one"}).status_code == 302
    assert client.post(reverse("deliverables:deliver", args=[due.pk])).status_code == 302
    slug = Pattern.objects.get(title="Five <plain> words").slug
    client.logout()
    for address in (f"/patterns/{slug}/", f"/patterns/{slug}/file/"):
        assert client.get(address).status_code == 404
    client = signed_in("manager")
    client.post(reverse("deliverables:review_deliverable", args=[due.pk]), {"answer": "accept"})
    client.logout()
    page = client.get(f"/patterns/{slug}/").content.decode()
    for words in (
        "Five &lt;plain&gt; words",
        "What did not work",
        "Creative Commons Attribution 4.0",
        "“Five &lt;plain&gt; words”, Open Data Institute, http",
        "words.pdf",
    ):
        assert words in page
    file = client.get(f"/patterns/{slug}/file/")
    assert b"".join(file.streaming_content) == stage.PDF
    assert 'filename="words.pdf"' in file["Content-Disposition"]
    assert client.get("/patterns/another-one/file/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.pdf", b"", "is empty"),
        ("page.pdf", b"<html><script>alert(1)</script>", "a web page"),
        ("run.pdf", b"MZ\x90\x00", "a program"),
    ],
)
def test_a_bad_file_is_refused_and_what_was_typed_stays(signed, signed_in, name, content, says):
    due = stage.owed(signed, "halfway")
    typed = {"text": "Words that took an hour.", "file": stage.a_file(name, content)}
    answer = signed_in("lead-a").post(reverse("deliverables:deliver", args=[due.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Words that took an hour." in page
    assert not due.deliveries.exists()


def test_a_report_asks_for_its_prototype_and_is_public_once_accepted(signed, signed_in):
    due = stage.owed(signed, "report")
    deliver = reverse("deliverables:deliver", args=[due.pk])
    client = signed_in("lead-a")
    missing = client.post(deliver, {"text": "We did it."})
    assert missing.status_code == 422
    assert "Enter who tried it" in missing.content.decode()
    told = {
        "text": "We did it.",
        "what": "A page",
        "tried_by": "41 tenants",
        "worked": "Words",
        "did_not_work": "Photos",
    }
    assert client.post(deliver, {**told, "file": stage.a_file()}).status_code == 302
    public = reverse("deliverables:report", args=[signed.pk])
    assert client.get(public).status_code == 404
    client = signed_in("manager")
    client.post(reverse("deliverables:review_deliverable", args=[due.pk]), {"answer": "accept"})
    client.logout()
    assert "41 tenants" in client.get(public).content.decode()
    assert seen(client, reverse("deliverables:report_file", args=[signed.pk])).status_code == 200
    assert public in client.get("/reports/").content.decode()


def test_after_a_return_the_form_starts_from_what_was_delivered(signed, signed_in):
    due = stage.delivered(signed, "halfway", text="First words.")
    client = signed_in("manager")
    answer = reverse("deliverables:review_deliverable", args=[due.pk])
    page = client.get(due.get_absolute_url()).content.decode()
    assert "Answer by" in page
    typed = {"answer": "return", "comments": "Say <b>more</b>."}
    undated = client.post(answer, typed)
    assert undated.status_code == 422
    assert "Enter the day to answer by" in undated.content.decode()
    day = {"answer_by_day": "1", "answer_by_month": "2", "answer_by_year": "2018"}
    past = client.post(answer, {**typed, **day})
    assert past.status_code == 422
    assert "The day to answer by must be later than today" in past.content.decode()
    assert "Say &lt;b&gt;more&lt;/b&gt;." in past.content.decode()
    assert client.post(answer, {**typed, **day, "answer_by_year": "2099"}).status_code == 302
    client = signed_in("lead-a")
    page = client.get(due.get_absolute_url()).content.decode()
    assert "What the ODI asks you to change" in page
    assert "Say &lt;b&gt;more&lt;/b&gt;." in page
    assert "First words." in client.get(reverse("deliverables:deliver", args=[due.pk])).content.decode()


def test_the_workshop_in_the_browser(signed, signed_in):
    due = stage.owed(signed, "workshop")
    client = signed_in("lead-a")
    announce = reverse("deliverables:announce", args=[due.pk])
    assert client.post(announce, {"name": ""}).status_code == 422
    assert (
        client.post(announce, {"name": "Priya", "is_lead": "on", "needs": "Step-free way in"}).status_code
        == 302
    )
    assert client.post(announce, {"name": "Priya"}).status_code == 422
    client = signed_in("observer")
    assert "Step-free" not in client.get(due.get_absolute_url()).content.decode()
    client = signed_in("manager")
    assert "Step-free" in client.get(due.get_absolute_url()).content.decode()
    record = reverse("deliverables:record_attendance", args=[due.pk])
    assert client.post(record, {}).status_code == 422
    assert client.post(record, {"came": ["00000000-0000-0000-0000-000000000000"]}).status_code == 422
    assert client.post(record, {"came": [str(due.attendances.get().pk)]}).status_code == 302
    due.refresh_from_db()
    assert due.is_accepted


def test_data_is_recorded_and_removed(signed, signed_in):
    due = stage.owed(signed, "data")
    client = signed_in("lead-a")
    add = reverse("deliverables:add_data", args=[due.pk])
    typed = {
        "title": "Stages",
        "publisher": "Exampleshire",
        "address": "javascript:alert(1)",
        "licence": "OGL-UK-3.0",
        "released_on_day": "1",
        "released_on_month": "9",
        "released_on_year": "2017",
        "refreshed": "Every hour",
    }
    assert client.post(add, typed).status_code == 422
    assert client.post(add, {**typed, "address": "data.example.org/x"}).status_code == 302
    row = due.released_data.get()
    assert row.address == "https://data.example.org/x"
    none = reverse("deliverables:say_no_data", args=[due.pk])
    assert client.post(none, {"because": "None."}).status_code == 422
    assert client.post(reverse("deliverables:remove_data", args=[due.pk, row.pk])).status_code == 302
    assert client.post(none, {"because": "The system is not ours."}).status_code == 302
    assert "It is recorded that no data was released" in client.get(due.get_absolute_url()).content.decode()
    assert due.released_data.get().none_because == "The system is not ours."


def test_finance_records_a_payment_in_the_browser(signed, signed_in):
    stage.accepted(signed, "halfway")
    first = signed.payments.first()
    client = signed_in("finance")
    page = client.get("/payments/").content.decode()
    assert "Record that it was paid" in page
    assert "when “Halfway review” is accepted" in page
    assert "when everything of the contract is accepted" in page
    assert page.count("Together") == 2  # once for what is due and once for what is to come
    assert "not before" not in page
    pay = reverse("deliverables:pay", args=[first.pk])
    typed = {"paid_on_day": "31", "paid_on_month": "2", "paid_on_year": "2018", "bank_reference": "BACS 1"}
    assert client.post(pay, typed).status_code == 422
    early = client.post(pay, {**typed, "paid_on_day": "19"})
    assert early.status_code == 422
    assert "must be 20 February 2018 or later" in early.content.decode()
    assert "BACS 1" in early.content.decode()
    far = client.post(pay, {**typed, "paid_on_day": "28", "paid_on_year": "2199"})
    assert "must be in a year from 2000 to 2099" in far.content.decode()
    sent = {**typed, "paid_on_day": "28", once.KEY: "of this form"}
    answers = [client.post(pay, sent) for _ in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/payments/")] * 2
    assert client.post(pay, {**sent, once.KEY: "of another form"}).status_code == 409
    assert "BACS 1" in client.get("/payments/").content.decode()
    second = signed.payments.last()
    assert (
        client.post(reverse("deliverables:pay", args=[second.pk]), {**typed, "paid_on_day": "28"}).status_code
        == 409
    )


def test_delivery_says_what_is_paid_and_what_is_due(signed, signed_in):
    address = reverse("deliverables:delivery", args=[signed.tender.reference])

    def says(words):
        return words in " ".join(signed_in("manager").get(address).content.decode().split())

    assert says(": £0 paid, £0 due now</span>")
    stage.accepted(signed, "halfway")
    assert says(": £0 paid, £25,000.01 due now</span>")


def test_a_deliverable_says_what_became_of_its_payment(signed, signed_in):
    due, client = stage.owed(signed, "halfway"), signed_in("lead-a")

    def says(words):
        return words in " ".join(client.get(due.get_absolute_url()).content.decode().split())

    assert says("£25,000.01, 50% of the price, falls due when this is accepted.")
    stage.accepted(signed, "halfway")
    assert says("£25,000.01, 50% of the price, fell due on 20 February 2018.")
    payment.pay(
        signed.payments.first(),
        paid_on=stage.REVIEWED.date(),
        bank_reference="BACS 1",
        by=cast.person("finance", at=stage.SIGNED),
        at=stage.REVIEWED,
    )
    assert says("£25,000.01, 50% of the price, was paid on 20 February 2018.")


@pytest.mark.parametrize(
    ("key", "status"), [("lead-a", 404), ("newcomer", 404), ("manager", 200), ("observer", 200)]
)
def test_the_list_of_payments_is_for_finance_and_who_oversees(signed, signed_in, key, status):
    client = signed_in(key)
    assert client.get("/payments/").status_code == status
    pay = reverse("deliverables:pay", args=[signed.payments.first().pk])
    assert client.post(
        pay, {"bank_reference": "x", "paid_on_day": "1", "paid_on_month": "2", "paid_on_year": "2018"}
    ).status_code in {403, 404}


def test_staff_note_where_else_a_blog_appeared(signed, signed_in):
    stage.accepted(signed, "blog")
    slug = BlogPost.objects.get().slug
    address = reverse("deliverables:blog_post_elsewhere", args=[slug])
    assert signed_in("lead-a").get(address).status_code == 404
    client = signed_in("manager")
    assert "&lt;strong&gt;ten tenants&lt;/strong&gt;" in client.get(address).content.decode()
    typed = {"address": "https://odi.example.org/blog", "on_day": "1", "on_month": "11", "on_year": "2017"}
    assert client.post(address, typed).status_code == 302
    assert "https://odi.example.org/blog" in client.get(f"/blog/{slug}/").content.decode()


def test_a_contract_is_completed_in_the_browser(signed, signed_in):
    stage.all_accepted(signed)
    client = signed_in("manager")
    complete = reverse("deliverables:complete_contract", args=[signed.pk])
    refused = client.post(complete)
    assert refused.status_code == 422
    assert "Payment 1 is not paid yet." in refused.content.decode()


@pytest.mark.parametrize(
    ("key", "back"),
    [
        ("lead-a", 'href="/home/" class="govuk-back-link"'),
        ("manager", 'href="/staff/tenders/SF1/delivery/" class="govuk-back-link"'),
        ("finance", 'href="/payments/" class="govuk-back-link"'),
    ],
)
def test_a_contract_leads_back_to_where_its_reader_came_from(signed, signed_in, key, back):
    assert back in signed_in(key).get(signed.get_absolute_url()).content.decode()


def test_a_pattern_is_removed_only_after_asking(signed, signed_in):
    due = stage.owed(signed, "pattern")
    patterns.add(due, stage.pattern_words("One"), by=cast.person("lead-a", at=stage.SIGNED), at=stage.SIGNED)
    page = signed_in("lead-a").get(due.get_absolute_url()).content.decode()
    asked = page.partition("<details")[2].partition("</details>")[0]
    assert "Its words are gone then, for your whole consortium." in asked
    assert page.count("/remove/") == asked.count("/remove/") == 1


def test_comments_that_are_too_long_are_told_so_in_good_english(signed, signed_in):
    due = stage.delivered(signed, "halfway")
    answer = reverse("deliverables:review_deliverable", args=[due.pk])
    page = signed_in("manager").post(answer, {"answer": "accept", "comments": "x" * 8001}).content.decode()
    assert "Your comments must be 8,000 characters or fewer. It has 8,001" in page


def test_a_long_text_says_its_limit_before_it_is_reached(signed, signed_in):
    address = reverse("deliverables:write_blog_post", args=[stage.owed(signed, "blog").pk])
    assert "Up to 100,000 characters." in signed_in("lead-a").get(address).content.decode()


def test_no_heading_of_a_blogs_preview_skips_a_level(signed, signed_in):
    due, lead = stage.owed(signed, "blog"), cast.person("lead-a", at=stage.SIGNED)
    blog_post.write(due, stage.blog_words(text="# One\n\n## Two"), by=lead, at=stage.SIGNED)
    address = reverse("deliverables:write_blog_post", args=[due.pk])
    page = signed_in("lead-a").get(address).content.decode()
    preview = page.partition('id="preview"')[2].partition("</section>")[0]
    assert re.findall("<h([1-6])", preview) == ["3", "4", "5"]


# The library


@pytest.fixture
def library(db):
    tender = stage.tender_in_delivery()
    stage.accepted(stage.contract_of(tender), "pattern")
    other = stage.delivered(
        stage.contract_of(tender, "lead-b"),
        "pattern",
        licence="OGL-UK-3.0",
        delivery_model="others",
        problem="Wheelie bins and their collection.",
    )
    from deliverables.actions import review

    review.accept(other, by=cast.person("manager", at=stage.SIGNED), at=stage.REVIEWED)
    return tender


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("q=wheelie", 2),
        ("q=collecting+bins", 2),
        ("q=bin", 2),
        ("q=wheel", 2),
        ("q=collecti", 2),
        ("q=the+bins", 2),
        ("q=sampleton", 2),
        ("q=sampl", 2),
        ("q=stimul", 4),
        ("q=wheelie+depot", 0),
        ("q=bin-wheelie", 2),
        ("tender=SF1", 4),
        ("tender=SF1&q=bin", 2),
        ("q=submarine", 0),
        ("licence=OGL-UK-3.0", 2),
        ("licence=OGL-UK-3.0&licence=CC-BY-4.0", 4),
        ("delivery_model=others&q=depot", 0),
        ("kind=pattern", 4),
        ("page=99", 4),
        ("q=%27%22%29%28%3A%2A%26%21", 0),
    ],
)
def test_looking_for_patterns(library, client, query, count):
    page = client.get(f"/patterns/?{query}")
    assert page.status_code == 200
    assert page.content.decode().count('class="of-card"') == count


def test_an_unknown_filter_says_so_and_breaks_nothing(library, client):
    page = client.get("/patterns/?licence=nonsense&q=%01")
    assert page.status_code == 200
    assert page.content.decode().count('class="of-card"') == 4


def test_a_search_that_is_too_long_is_told_so_and_not_made(library, client):
    page = client.get("/patterns/", {"q": "bin " * 60}).content.decode()
    assert (
        page.count("Your search must be 200 characters or fewer. It has 239") == 2
    )  # at the field, and above
    assert 'class="of-card"' not in page
    assert "We did not search" in page


def test_empty_rooms_say_what_will_be_there(client, db):
    assert "The library is empty so far" in client.get("/patterns/").content.decode()
    assert "There is no blog yet" in client.get("/blog/").content.decode()
    assert "There are no reports yet" in client.get("/reports/").content.decode()


@pytest.mark.parametrize("address", ["/patterns/", "/blog/", "/reports/", "/payments/", "delivery"])
def test_queries_do_not_grow_with_rows(signed_in, django_assert_max_num_queries, address):
    tender = stage.tender_in_delivery()
    if address == "delivery":
        address = reverse("deliverables:delivery", args=[tender.reference])
    client = signed_in("manager")
    counts = []
    for player in ("lead-a", "lead-b"):
        for kind in ("pattern", "blog", "report", "halfway"):
            stage.accepted(stage.contract_of(tender, player), kind)
        with django_assert_max_num_queries(12) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_every_page_takes_few_queries_and_little_weight(signed_in, django_assert_max_num_queries):
    tender = stage.finished_tender()
    signed = stage.contract_of(tender)
    for key in ("manager", "lead-a"):
        client = signed_in(key)
        public = [
            "/patterns/",
            Pattern.objects.first().get_absolute_url(),
            BlogPost.objects.first().get_absolute_url(),
            reverse("deliverables:report", args=[signed.pk]),
        ]
        for address in [*pages_of(signed), *public]:
            with django_assert_max_num_queries(12):
                answer = seen(client, address)
            if not answer.streaming:
                assert len(answer.content) < 40_000, address
