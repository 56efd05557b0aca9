"""The browser: the system's Chromium, driven by Playwright, with axe to look for barriers."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_IT = "There is no Chromium on this machine: `apt install chromium` (or Google Chrome) brings one."
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-dev-shm-usage",
)
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = Path(__file__).with_name("axe.min.js")


@pytest.fixture(scope="session")
def chromium():
    """The path of the system's browser; a missing one is a failure where CI is set."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    if os.environ.get("CI"):
        pytest.fail(HOW_TO_GET_IT)
    pytest.skip(HOW_TO_GET_IT)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    # Playwright's loop runs in this thread, where Django would refuse the tests' own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *as_root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture
def axe():
    """`axe(page)` fails with a line for every barrier that axe-core finds in the page as it stands."""

    def find_barriers(page):
        page.evaluate(AXE.read_text())
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            list(STANDARDS),
        )
        barriers = [
            f"{rule['id']} ({rule['impact']}): {rule['help']} at {' '.join(map(str, node['target']))}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
        assert not barriers, f"{page.url} has barriers:\n" + "\n".join(barriers)

    return find_barriers


@pytest.fixture
def follow_each_error():
    """`follow_each_error(page)` clicks every link of the error summary, which moves the focus into its field.

    Gives the fields' ids in the summary's order. The summary takes the focus once the scripts are there.
    """

    def follow(page):
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        fields = []
        for link in page.locator(".govuk-error-summary__list a").all():
            field = link.get_attribute("href").removeprefix("#")
            link.click()
            focused = page.locator(f"[id='{field}']:is(input, select, textarea)")
            expect(focused).to_be_focused()
            fields.append(field)
        return fields

    return follow
