"""What fields take and what they refuse, in which words."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as some

from odifund.core import forms
from odifund.core.forms import sniffing
from odifund.core.wording import LONDON


def answer(field, value):
    """What the field makes of the value, or the sentences with which it refuses."""
    try:
        return field.clean(value)
    except ValidationError as error:
        return list(error.messages)


RATE = {"label": "Day rate"}
LIKE = ["Enter the day rate in pounds, like 450 or 450.50"]


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("£1,200", "1200"),
        ("1200", "1200"),
        ("1,200.00", "1200"),
        ("£ 1,200", "1200"),
        ("  450.5 ", "450.5"),
        ("1 200", "1200"),
        ("1\u00a0200.10", "1200.10"),
        ("£1,234,567.89", "1234567.89"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_a_sum_is_read_as_people_write_it(typed, sum_):
    assert answer(forms.MoneyField(**RATE), typed) == Decimal(sum_)


@pytest.mark.parametrize(
    "typed",
    [
        "12,00.5",
        "1e9",
        "£1,200.505",
        "1.2.3",
        "1,20",
        "12,0000",
        "twelve",
        "٣",
        "1200 GBP",
        "£",
        "1200.",
        ".5",
        "£-",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "££5",
        "$5",
        "<script>",
    ],
)
def test_a_sum_that_can_be_read_in_two_ways_is_refused(typed):
    assert answer(forms.MoneyField(**RATE), typed) in (LIKE, ["The day rate must be £0 or more"])


@pytest.mark.parametrize("typed", ["-3", "£-3", "-£3", "−3", "– 3"])
def test_a_sum_below_nothing_is_refused_with_its_bound(typed):
    assert answer(forms.MoneyField(**RATE), typed) == ["The day rate must be £0 or more"]


def test_a_sum_keeps_to_its_bounds_and_names_them():
    field = forms.MoneyField(label="Price", minimum=1, maximum=Decimal("53333.33"))
    assert answer(field, "53,333.33") == Decimal("53333.33")
    assert answer(field, "53,333.34") == ["The price must be £53,333.33 or less"]
    assert answer(field, "0.99") == ["The price must be £1 or more"]
    assert answer(field, "9" * 400) == ["The price must be £53,333.33 or less"]


def test_nothing_typed_asks_for_what_is_missing():
    assert answer(forms.MoneyField(**RATE), "") == ["Enter the day rate"]
    assert answer(forms.MoneyField(label="Awards", what="how much is awarded"), None) == [
        "Enter how much is awarded"
    ]
    assert answer(forms.MoneyField(**RATE, required=False), " ") is None


@given(some.decimals(min_value=0, max_value=10**8 - 1, places=2, allow_nan=False))
@settings(max_examples=60, derandomize=True)
def test_every_sum_survives_being_shown_and_sent_again(amount):
    field = forms.MoneyField(**RATE)
    assert field.clean(field.prepare_value(amount)) == amount


def test_days_and_counts_say_how_to_write_them():
    assert answer(forms.DaysField(label="Days"), "12.5") == Decimal("12.5")
    assert answer(forms.DaysField(label="Days"), "1e9") == ["Enter the days as a number, like 12 or 12.5"]
    assert answer(forms.DaysField(label="Days"), "10000") == ["The days must be 9,999 or less"]
    assert answer(forms.WholeNumberField(label="Awards"), "5") == 5
    assert answer(forms.WholeNumberField(label="Awards"), "5.5") == [
        "Enter the awards as a whole number, like 3"
    ]
    assert isinstance(forms.WholeNumberField(label="Awards").clean("5"), int)


def test_a_date_is_read_with_the_month_as_number_or_name():
    field = forms.DateField(label="Due date")
    for month in ("9", "09", "September", "sep", "SEPT"):
        assert answer(field, ["22", month, "2017"]) == date(2017, 9, 22)
    assert answer(field, ["29", "2", "2020"]) == date(2020, 2, 29)
    assert answer(forms.DateField(label="Due date", required=False), ["", "", ""]) is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["", "", ""], "Enter the due date"),
        ([], "Enter the due date"),
        (["22", "", "2017"], "The due date must include a month"),
        (["", "", "2017"], "The due date must include a day and a month"),
        (["31", "2", "2017"], "The due date must be a real date. February 2017 has 28 days"),
        (["31", "4", "2017"], "The due date must be a real date. April 2017 has 30 days"),
        (["0", "4", "2017"], "The due date must be a real date. April 2017 has 30 days"),
        (["1", "13", "2017"], "The due date must be a real date. Enter the month as a number, like 9"),
        (["1", "x", "2017"], "The due date must be a real date. Enter the month as a number, like 9"),
        (["1", "9", "17"], "The due date must have a year with 4 numbers, like 2017"),
        (["1", "9", "12017"], "The due date must have a year with 4 numbers, like 2017"),
        (["1", "9", "2199"], "The due date must be in a year from 2000 to 2099"),
        (["1", "9", "0017"], "The due date must be in a year from 2000 to 2099"),
        (["1", "9", "٢٠١٧"], "The due date must have a year with 4 numbers, like 2017"),
    ],
)
def test_a_date_that_is_none_is_refused(typed, message):
    assert answer(forms.DateField(label="Due date"), typed) == [message]


CLOSE = {"label": "Close"}


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("5pm", 17, 0),
        ("5 PM", 17, 0),
        ("5:30pm", 17, 30),
        ("5.30 p.m.", 17, 30),
        ("17:00", 17, 0),
        ("1700", 17, 0),
        ("09:05", 9, 5),
        ("11:59pm", 23, 59),
        ("12:01am", 0, 1),
        ("12pm", 12, 0),
        ("midday", 12, 0),
    ],
)
def test_a_moment_is_read_as_clocks_in_london_show_it(typed, hour, minute):
    moment = answer(forms.MomentField(**CLOSE), ["22", "9", "2017", typed])
    assert moment == datetime(2017, 9, 22, hour, minute, tzinfo=LONDON)
    assert moment.utcoffset().seconds == 3600


@pytest.mark.parametrize("typed", ["midnight", "12am", "0:00", "00:00", "24:00"])
def test_midnight_is_refused_since_it_could_be_two_days(typed):
    refused = answer(forms.MomentField(**CLOSE), ["22", "9", "2017", typed])
    assert refused != datetime(2017, 9, 22, tzinfo=LONDON)
    assert "11:59pm" in refused[0]


@pytest.mark.parametrize("typed", ["5", "5:30", "25:00", "17.60", "13pm", "teatime", "5pm-6pm", "-1pm"])
def test_a_time_that_is_none_is_refused_with_an_example(typed):
    assert "like 5pm" in answer(forms.MomentField(**CLOSE), ["22", "9", "2017", typed])[0]


def test_each_box_left_empty_is_named_in_one_list():
    refused = answer(forms.MomentField(**CLOSE), ["", "", "", "5pm"])[0]
    assert refused.endswith("must include a day, a month and a year")


@pytest.mark.parametrize("typed", ["25:00", "17:60", "13pm"])
def test_a_time_no_clock_shows_is_not_taken_for_a_half_day(typed):
    refused = answer(forms.MomentField(**CLOSE), ["22", "9", "2017", typed])[0]
    assert "There is no such time of day" in refused
    assert "am or pm" not in refused


@pytest.mark.parametrize("typed", ["17.30", "17:30", "1730", "5.30pm"])
def test_half_past_five_may_be_written_with_a_point(typed):
    moment = answer(forms.MomentField(**CLOSE), ["22", "9", "2017", typed])
    assert moment == datetime(2017, 9, 22, 17, 30, tzinfo=LONDON)


def test_a_label_that_begins_with_the_is_not_given_another():
    assert answer(forms.LongTextField(label="The answer"), "") == ["Enter the answer"]


def test_a_limit_is_said_as_the_counter_says_it():
    assert forms.LongTextField(label="Text", characters=8000).widget.limit == "8,000 characters"


def test_fifty_per_cent_may_carry_its_sign():
    percent = forms.WholeNumberField(label="Part", suffix="per cent", maximum=100)
    assert [answer(percent, typed) for typed in ("50", "50%", "50 %")] == [50, 50, 50]
    assert isinstance(answer(forms.WholeNumberField(label="Count"), "50%"), list)


def test_a_time_that_does_not_exist_is_refused():
    field = forms.MomentField(**CLOSE)
    assert "does not exist on 26 March 2017" in answer(field, ["26", "3", "2017", "1:30am"])[0]
    assert "does not exist" in answer(field, ["26", "3", "2017", "1am"])[0]
    assert answer(field, ["26", "3", "2017", "2am"]) == datetime(2017, 3, 26, 1, tzinfo=UTC)
    assert answer(field, ["26", "3", "2017", "12:59am"]) == datetime(2017, 3, 26, 0, 59, tzinfo=UTC)


def test_a_time_that_exists_twice_is_refused():
    field = forms.MomentField(**CLOSE)
    assert "happens twice on 29 October 2017" in answer(field, ["29", "10", "2017", "1:30am"])[0]
    assert "twice" in answer(field, ["29", "10", "2017", "1am"])[0]
    assert answer(field, ["29", "10", "2017", "2am"]) == datetime(2017, 10, 29, 2, tzinfo=UTC)
    assert answer(field, ["29", "10", "2017", "12:59am"]) == datetime(2017, 10, 28, 23, 59, tzinfo=UTC)


def test_a_stored_moment_survives_being_shown_and_sent_again():
    field = forms.MomentField(**CLOSE)
    for moment in (datetime(2017, 9, 22, 16, tzinfo=UTC), datetime(2018, 2, 15, 23, 59, tzinfo=UTC)):
        assert field.clean(field.widget.decompress(moment)) == moment


def test_a_line_loses_what_nobody_can_see_and_is_never_cut():
    field = forms.TextField(label="Title", characters=10)
    assert answer(field, "a\x00b\u202ec\r\nd\te") == "abc d e"
    assert answer(field, "x" * 11) == ["The title must be 10 characters or fewer. It has 11"]
    assert answer(field, " \x00 ") == ["Enter the title"]
    assert answer(field, "e\u0301") == "é"


def test_a_long_text_counts_words_and_keeps_its_lines():
    field = forms.LongTextField(label="Need", words=3)
    assert answer(field, "one\r\ntwo\n\nthree") == "one\ntwo\n\nthree"
    assert answer(field, "one two three four") == ["The need must be 3 words or fewer. It has 4"]
    assert answer(field, "a\x00\x07b") == "ab"
    assert answer(forms.LongTextField(label="Need"), "x" * 100_001) == [
        "The need must be 100,000 characters or fewer. It has 100,001"
    ]


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "not an address", "http://"]
)
def test_an_address_of_anything_but_the_web_is_refused(typed):
    assert answer(forms.WebAddressField(label="Where"), typed) == [
        "Enter the where in full, like https://example.org/data"
    ]


def test_an_address_gets_its_https():
    assert answer(forms.WebAddressField(label="Where"), "example.org/data") == "https://example.org/data"
    assert (
        answer(forms.WebAddressField(label="Where"), "http://example.org:8000/") == "http://example.org:8000/"
    )


def test_an_address_of_mail_is_kept_in_small_letters():
    assert answer(forms.EmailField(label="E-mail address"), " Priya@Example.org") == "priya@example.org"
    assert "like name@example.org" in answer(forms.EmailField(label="E-mail address"), "priya")[0]


LEVELS = [(0, "No answer", ""), (1, "Poor", ""), (5, "Excellent", "")]


def test_a_score_is_a_number_of_the_scale():
    assert answer(forms.ScoreField(levels=LEVELS), "0") == 0
    assert answer(forms.ScoreField(levels=LEVELS), "5") == 5
    for typed in ("", None, "6", "-1", "4.5", "five"):
        assert answer(forms.ScoreField(levels=LEVELS), typed) == ["Choose a score from 0 to 5"]
    assert answer(forms.ScoreField(levels=LEVELS, required=False), "") is None


def test_a_forged_choice_is_refused_in_words():
    field = forms.ChoiceField(label="Share at 50%", choices=[("a", "A")])
    assert answer(field, "b") == ["Choose the share at 50% from the list"]
    assert answer(field, "") == ["Select the share at 50%"]


def zipped(*names, mimetype=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # dated 1980: the same bytes in every process
    return out.getvalue()


WORD = zipped("[Content_Types].xml", "word/document.xml")
PDF = b"%PDF-1.7\n...\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR...\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        (PDF, sniffing.PDF),
        (WORD, sniffing.WORD),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), sniffing.EXCEL),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), sniffing.POWERPOINT),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), sniffing.ODT),
        (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), sniffing.MACROS),
        (zipped("readme.txt"), sniffing.ARCHIVE),
        (WORD[:40], sniffing.BROKEN),
        (PDF[:-7], sniffing.BROKEN),
        (PNG, sniffing.PNG),
        (PNG + b"\nedited with a program", sniffing.PNG),
        (PNG[:8], sniffing.BROKEN),
        (PNG[:-1], sniffing.BROKEN),
        (PNG.replace(b"IHDR", b"IDAT"), sniffing.BROKEN),
        (JPEG, sniffing.JPEG),
        (JPEG[:-2], sniffing.BROKEN),
        (JPEG + b" " * sniffing.ENDS, sniffing.BROKEN),
        (b"MZ\x90\x00", sniffing.PROGRAM),
        (b"\x7fELF", sniffing.PROGRAM),
        ("name,amount\nÉcole,£5\n".encode(), sniffing.TEXT),
        (b"  <!DOCTYPE html><script>", sniffing.WEB),
        (b'<svg xmlns="x" onload="alert(1)"/>', sniffing.WEB),
        (b"\x00\x01\x02", sniffing.UNKNOWN),
        (b"", sniffing.UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_contents(contents, kind):
    file = io.BytesIO(contents)
    assert sniffing.kind_of(file) is kind
    assert file.tell() == 0


class Upload(forms.Form):
    file = forms.UploadField(label="Attachment", kinds=(sniffing.PDF, sniffing.WORD), limit=1024 * 1024)


def sent(name, contents, told="application/pdf"):
    return Upload({}, MultiValueDict({"file": [SimpleUploadedFile(name, contents, told)]}))


def test_a_file_says_what_it_may_be_before_it_is_chosen():
    assert Upload().fields["file"].help_text == "PDF or Word (.docx), up to 1 MB."


def test_a_good_file_carries_the_type_that_its_contents_showed():
    form = sent("note.docx", WORD)
    assert form.is_valid()
    assert form.cleaned_data["file"].content_type == sniffing.WORD.media_type
    assert form.cleaned_data["file"].read() == WORD


@pytest.mark.parametrize(
    ("name", "contents", "message"),
    [
        ("empty.pdf", b"", "“empty.pdf” is empty. Choose a file with something in it"),
        ("big.pdf", PDF + b"x" * 1024 * 1536, "“big.pdf” is 1.5 MB. A file can be 1 MB at most"),
        (
            "note.pdf",
            WORD,
            "“note.pdf” is a Word (.docx) file, though its name says PDF. Choose the right file",
        ),
        ("note.pdf", b"MZ\x90\x00", "“note.pdf” is a program (4 bytes). Choose PDF or Word (.docx)"),
        (
            "a.pdf",
            PNG,
            "“a.pdf” is a PNG file (31 bytes). Choose PDF or Word (.docx)",
        ),
        ("a.png", PNG[:8], "“a.png” is damaged or cut off (8 bytes). Choose PDF or Word (.docx)"),
        (
            "..\\..\\etc\\pass\x00wd\u202efdp.exe",
            b"\x00\x01",
            "“passwdfdp.exe” is of a type that we do not know (2 bytes). Choose PDF or Word (.docx)",
        ),
        (
            "../../etc/passwd",
            b"x,y\n",
            "“passwd” is a plain text or CSV file (4 bytes). Choose PDF or Word (.docx)",
        ),
    ],
)
def test_a_refused_file_is_named_with_its_type_and_size(name, contents, message):
    assert sent(name, contents).errors["file"] == [message]


def test_no_file_asks_for_one():
    assert Upload({}, {}).errors["file"] == ["Choose a file"]
