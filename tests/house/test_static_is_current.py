"""The committed stylesheet is the one that its sources give. Checked by fingerprint, so no Node is needed."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"


def load_build(name="build"):
    spec = importlib.util.spec_from_file_location(name, STATIC / "src" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_stylesheet_was_built_from_the_sources_beside_it():
    with (STATIC / "odifund.css").open() as css:
        assert css.readline() == load_build().first_line(), "run `make css`"


def test_a_changed_source_is_noticed(tmp_path):
    build = load_build()
    before = build.fingerprint()
    for source in build.SOURCES.glob("*.scss"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    build.SOURCES = tmp_path
    assert build.fingerprint() == before
    (tmp_path / "_palette.scss").write_text((tmp_path / "_palette.scss").read_text() + "\n")
    assert build.fingerprint() != before


def test_the_picture_beside_links_is_the_mark_as_it_is_drawn_now():
    drawn = load_build("preview").drawn()
    assert (STATIC / "preview.png").read_bytes() == drawn, "run `.venv/bin/python static/src/preview.py`"
    assert drawn.startswith(b"\x89PNG")
    assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == (600, 600)


def test_no_style_or_script_points_at_a_file_that_is_missing():
    for name in ("odifund.css", "govuk-frontend.min.js", "odifund.js"):
        text = (STATIC / name).read_text()
        assert not re.search(r"url\(|sourceMappingURL|@import", text), name


def test_the_look_takes_nothing_of_the_government_s_own():
    css = (STATIC / "odifund.css").read_text()
    for word in ("GDS Transport", "crest", "crown", "@font-face"):
        assert word not in css
