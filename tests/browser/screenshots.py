"""`make screenshots`: the pictures of the README, taken anew from the demonstration.

Starts the portal in a folder of its own, as `make run` does, and ends it again.
"""

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from odifund.launch.stack import Stack
from odifund.launch.workplace import CHECKOUT, workplace
from tests.browser.conftest import HOW_TO_GET_IT, NAMES, QUIET

FOLDER = CHECKOUT / "docs" / "screenshots"
# file name: who looks, at which address, or which link of their home page they follow
PICTURES = {
    "tender": ("", "/tenders/SF4/", ""),
    "costs": ("lead-a", "/home/", "Repairs people can see > Costs"),
    "scoring": ("evaluator-3", "/panel/SF3/", "Roadworks in plain words"),
    "outcome": ("", "/tenders/SF2/outcome/", ""),
    "pattern": ("", "/patterns/tell-the-neighbour-whom-the-street-asks/", ""),
}


def take(address: str, browser_path: str) -> None:
    """Every picture, 1280 wide."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=[*QUIET, *as_root])
        for name, (person, path, links) in PICTURES.items():
            context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
            page = context.new_page()
            if person:
                context.request.post(f"{address}/demo/sign-in/", form={"person": person})
            page.goto(address + path)
            for link in filter(None, links.split(" > ")):
                page.get_by_role("link", name=link).first.click()
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}: {page.title()}")
            context.close()
        browser.close()


def main() -> None:
    """Start, look, end."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        sys.exit(HOW_TO_GET_IT)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        place = workplace(Path(folder) / "var")
        place.make()
        stack = Stack(place, port)
        try:
            stack.start_servers()
            stack.prepare()
            stack.load_demonstration(lambda line: print(line))
            stack.start_portal()
            take(stack.address, browser)
        finally:
            stack.end()
            place.empty()


if __name__ == "__main__":
    main()
