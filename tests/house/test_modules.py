"""What a module is called, opens with and may know."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT, modules, templates

NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "services", "handlers", "managers", "common", "misc"}


def test_every_module_opens_with_what_lives_there():
    silent = [
        module.name
        for module in modules()
        if module.text.strip() and not (ast.get_docstring(module.tree) or "").strip()
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing():
    named = [
        module.name
        for module in modules()
        if set(Path(module.name).with_suffix("").parts) & NAMES_THAT_SAY_NOTHING
    ]
    assert named == []


def test_imports_point_one_way():
    program = ROOT / ".venv" / "bin" / "lint-imports"
    done = subprocess.run(
        [str(program) if program.exists() else "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_no_door_of_django_admin():
    assert not [module.name for module in modules() if "django.contrib.admin" in module.text]


def test_no_app_listens_to_signals_or_overrides_save():
    listening = [
        module.name
        for module in modules()
        if re.search(r"django\.(db\.models|dispatch).*(signals|receiver)", module.text)
    ]
    saving = [
        module.name
        for module in modules()
        if "/models/" in module.name
        for function in module.functions()
        if function.name == "save"
    ]
    assert (listening, saving) == ([], [])


FOREIGN = re.compile(
    r"\b(opportunit(y|ies)|call for \w+|bids|(an?|the|your|their|our|each|every|this|that|any|one) bid"
    r"|applicants?|applications?(?!/)|addend(um|a)|clarification questions?|judges?|judge?ments?|adjudicat\w+"
    r"|grades?|successfully|click here|please note that)\b",
    re.IGNORECASE,
)
NAMES_OF_OTHERS = "Mobile Applications"  # in the name of the regulations about accessibility


def shown(file):
    """A template's words as people read them: without tags, comments and what stands in braces."""
    text = re.sub(
        r"{%\s*comment.*?endcomment\s*%}|{[{%#].*?[}%#]}|<[^>]*>", " ", file.read_text(), flags=re.DOTALL
    )
    return text.replace(NAMES_OF_OTHERS, "")


def said(module):
    """A module's sentences: its texts of more than a word, without docstrings."""
    opening = {id(body[0].value) for body in bodies(module.tree) if isinstance(body[0], ast.Expr)}
    for node in ast.walk(module.tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in opening else None
        if isinstance(text, str) and " " in text:
            yield text


def bodies(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            yield node.body


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_pages_and_mails_keep_to_our_words(file):
    assert not FOREIGN.search(shown(file))


def test_sentences_in_the_code_keep_to_our_words():
    found = [
        f"{module.name}: {text}" for module in modules() for text in said(module) if FOREIGN.search(text)
    ]
    assert found == []


WORDS_OF_OTHERS = r"\b(tenderers?|enquir(y|ies)|procuringEntity|suppliers?)\b"


def test_the_open_standards_words_stand_nowhere():
    """Where they differ from ours. Data given out in that standard will have a module that translates."""
    assert [module.name for module in modules() if re.search(WORDS_OF_OTHERS, module.text)] == []
