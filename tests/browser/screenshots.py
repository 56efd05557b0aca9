"""`make screenshots`: the pictures of the README, taken anew from the demonstration.

Starts the portal in a folder of its own, as `make run` does, and ends it again. They show the type that
this machine has: Charter and Segoe UI are what most readers' devices set.
"""

import os
import shutil
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from odifund.launch.stack import Stack
from odifund.launch.workplace import CHECKOUT, workplace
from tests.browser.conftest import HOW_TO_GET_IT, NAMES, QUIET

FOLDER = CHECKOUT / "docs" / "screenshots"


@dataclass(frozen=True)
class Picture:
    """Who looks, at which address, which links they follow from there, where the picture begins and ends."""

    person: str
    path: str
    links: tuple[str, ...] = ()
    begins: str = ""
    height: int = 1000


PICTURES = {
    "tender": Picture("", "/tenders/SF4/", height=1120),
    "costs": Picture("lead-a", "/home/", ("Repairs people can see", "Costs")),
    "scoring": Picture("evaluator-3", "/panel/SF3/", ("Roadworks in plain words", "Need and users"), "main"),
    "outcome": Picture("", "/tenders/SF1/outcome/", begins="#rule"),
    "pattern": Picture("", "/patterns/a-repairs-status-people-can-read/"),
}


def take(address: str, browser_path: str) -> None:
    """Every picture, 1280 wide."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=[*QUIET, *as_root])
        for name, picture in PICTURES.items():
            context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
            page = context.new_page()
            if picture.person:
                context.request.post(f"{address}/demo/sign-in/", form={"person": picture.person})
            page.goto(address + picture.path)
            for link in picture.links:
                page.get_by_role("link", name=link).first.click()
            shoot(page, picture, FOLDER / f"{name}.png")
            print(f"{name}: {page.title()}")
            context.close()
        browser.close()


def shoot(page: Page, picture: Picture, file: Path) -> None:
    """The part of the page that the picture shows."""
    box = page.locator(picture.begins).bounding_box() if picture.begins else None
    top = box["y"] - 40 if box else 0
    clip = {"x": 0, "y": top, "width": 1280, "height": picture.height}
    page.screenshot(path=file, full_page=True, clip=clip)


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
