"""How long a page takes over a slow line: `python -m tests.benchmarks.slow_line http://127.0.0.1:8000`.

Asks a portal that runs already, reading only, at 400 kbit/s and 400 ms there and back, set in the browser;
prints the second at which it is on the screen, the bytes that came, and every host that was asked.
"""

import shutil
import sys
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

PAGES = ("/tenders/SF4/", "/tenders/", "/tenders/SF2/outcome/")
A_SECOND = 400_000 / 8  # bytes
LINE = {"offline": False, "latency": 400, "downloadThroughput": A_SECOND, "uploadThroughput": A_SECOND}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
BYTES = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, each) => sum + each.transferSize, 0)"""


def main(portal: str) -> None:
    """Each page twice: with nothing kept, and again."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in PAGES:
            page, hosts = browser.new_context().new_page(), set()
            page.on("request", lambda request, hosts=hosts: hosts.add(urlsplit(request.url).netloc))
            line = page.context.new_cdp_session(page)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", LINE)
            for visit in ("first", "second"):
                page.goto(portal + path)
                page.wait_for_function(f"() => {PAINTED.removesuffix('.startTime')}")
                painted = page.evaluate(PAINTED) / 1000
                print(f"{path} {visit}: {painted:.1f} s, {page.evaluate(BYTES)} bytes, {sorted(hosts)}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
