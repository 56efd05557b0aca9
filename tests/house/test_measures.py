"""Maxima fail; medians are printed (pytest -s) and read. Settings and migrations are exempt."""

from statistics import median, quantiles

from tests.house.source import ROOT, length, modules, templates

FUNCTION, FILE, TEMPLATE = 40, 300, 120
LIFECYCLE = 150


def summary(what, lengths):
    tenth = quantiles(lengths, n=10)
    print(
        f"{what}: {len(lengths)}, median {median(lengths):.0f}, 90% {tenth[-1]:.0f}, longest {max(lengths)}"
    )


def test_no_function_is_longer_than_forty_lines():
    found = {f"{module.name}:{f.name}": length(f) for module in modules() for f in module.functions()}
    summary("functions", list(found.values()))
    assert {name: lines for name, lines in found.items() if lines > FUNCTION} == {}


def test_no_file_is_longer_than_three_hundred_lines():
    found = {
        module.name: module.text.count("\n")
        for module in modules()
        if module.name != "odifund/settings.py" and module.text.strip()
    }
    summary("files", list(found.values()))
    assert {name: lines for name, lines in found.items() if lines > FILE} == {}


def test_no_template_is_longer_than_a_hundred_and_twenty_lines():
    found = {str(file.relative_to(ROOT)): file.read_text().count("\n") for file in templates()}
    summary("templates", list(found.values()))
    assert {name: lines for name, lines in found.items() if lines > TEMPLATE} == {}


def test_the_lifecycle_does_not_become_a_framework():
    assert (ROOT / "odifund" / "core" / "lifecycle.py").read_text().count("\n") < LIFECYCLE
