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


FOREIGN = r"\b(opportunit(y|ies)|addend(um|a)|clarification questions?|adjudicat\w+)\b"


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_pages_and_mails_keep_to_our_words(file):
    text = file.read_text()
    assert not re.search(FOREIGN, text, re.IGNORECASE)
    assert not re.search(r"\bsuccessfully\b", text, re.IGNORECASE)
    assert not re.search(r"\b(click here|please note that)\b", text, re.IGNORECASE)


WORDS_OF_OTHERS = r"\b(tenderers?|enquir(y|ies)|procuringEntity|suppliers?)\b"


def test_the_open_standards_words_live_in_one_file():
    found = [
        module.name
        for module in modules()
        if Path(module.name).name != "ocds.py" and re.search(WORDS_OF_OTHERS, module.text)
    ]
    assert found == []
