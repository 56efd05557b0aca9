"""Templates parse, hold no style, script or status, and every mail opens with its subject."""

import re

import pytest
from django.template import engines

from tests.house.source import ROOT, templates

TEMPLATES = ROOT / "templates"
PAGES = templates(".html")
MAILS = tuple(file for file in templates(".txt") if "emails" in file.parts)


def name(file):
    return str(file.relative_to(TEMPLATES))


@pytest.mark.parametrize("file", templates(), ids=name)
def test_it_parses(file):
    engines["django"].get_template(name(file))


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_it_has_no_inline_style_or_script(file):
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", file.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+\s*=\s*[\"']|javascript:", text, re.IGNORECASE)
    for script in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE):
        assert not script.strip()


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_it_marks_nothing_safe_and_compares_no_status(file):
    text = file.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape off", text)
    assert not re.search(r"\.(status|state)\s*[!=]=", text)
    assert not re.search(
        r"==\s*[\"'](draft|published|closed|opened|decided|finished|submitted|withdrawn)[\"']", text
    )


@pytest.mark.parametrize("file", MAILS, ids=name)
def test_a_mail_opens_with_its_subject(file):
    first, _, rest = file.read_text().partition("\n")
    assert 5 < len(first) < 160
    assert not first.startswith((" ", "{% if", "{% load", "Dear", "Hello"))
    assert rest.strip()


@pytest.mark.parametrize("file", MAILS, ids=name)
def test_a_mail_says_whom_to_ring_and_holds_no_markup(file):
    text = file.read_text()
    assert "contact.phone" in text or "{% include" in text or "head" in name(file)
    assert not re.search(r"<(a|p|br|b|div)\b", text)
