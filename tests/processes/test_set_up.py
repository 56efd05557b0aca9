"""What the set-up needs and a machine lacks is named in one line: the venv module, free space."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from odifund.launch.portal import secret_key
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import CHECKOUT, Workplace

SMALL = 'mount -t tmpfs -o size=20m none "$0" && cd "$0" && exec "$@"'
"""With its own mounts, so that nobody else sees it: the folder holds 20 MB, and the command is run in it."""
MOUNTING = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
PATHLESS = {"PATH": "/nowhere", "LANG": "C.UTF-8"}  # no uv, and no other Python


def in_little_space(folder: Path, *command: object) -> list[object]:
    """The command, run where a folder of its own holds little; skipped where nobody may mount."""
    unshare, mount = shutil.which("unshare"), ["--mount", "--map-root-user"]
    if not unshare or subprocess.run([unshare, *mount, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only who may mount can have a small disk")
    folder.mkdir(exist_ok=True)
    return [unshare, *mount, "sh", "-c", SMALL, folder, *command]


@pytest.fixture
def fresh(tmp_path):
    """A fresh clone, as far as its set-up reads it: nothing is installed."""
    folder = tmp_path / "fresh"
    (folder / "odifund" / "launch").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "odifund/launch/environment.py"):
        shutil.copy(CHECKOUT / name, folder / name)
    return folder


def refusal(*command: object, **environment: str) -> str:
    """The one line that it says before it gives up."""
    done = subprocess.run(
        command, env=PATHLESS | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode != 0
    said = [line for line in done.stdout.splitlines() if not re.match(r"make(\[\d+\])?: \*\*\*", line)]
    assert len(said) == 1, done.stdout
    return said[0]


def set_up(folder: Path) -> list[object]:
    return [shutil.which("make"), "-C", folder, "--no-print-directory", "run", f"PYTHON={sys.executable}"]


def test_a_python_without_its_venv_module_is_named(fresh, tmp_path):
    """As Debian ships it: the module is there, and what it puts into an environment is not."""
    (tmp_path / "ensurepip.py").write_text("raise ModuleNotFoundError(\"No module named 'ensurepip'\")\n")
    assert refusal(*set_up(fresh), PYTHONPATH=str(tmp_path)) == (
        "Python's venv module is missing: install it (Debian, Ubuntu: apt install python3-venv)."
    )
    assert not (fresh / ".venv").exists()


def test_too_little_space_for_the_packages_is_named(fresh, tmp_path):
    small = tmp_path / "small"
    here = f'cp -R "{fresh}" here && exec "$0" "$@"'
    said = refusal(
        *in_little_space(small, "/bin/sh", "-c", here, *set_up(small / "here")), PATH="/usr/bin:/bin"
    )
    assert re.fullmatch(
        rf"About 700 MB of free space are needed in {small}/here, and (19|20) MB are left\.", said
    )


def test_too_little_space_for_the_database_is_named(tmp_path):
    small = tmp_path / "small"
    start = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from odifund.launch.postgres import Postgres; from odifund.launch.workplace import Workplace\n"
        "from odifund.launch.refusal import Refusal\n"
        "place = Workplace(Path('var'), Path.cwd(), Path('s'), None)\n"
        "try: Postgres(place).start()\n"
        "except Refusal as refusal: sys.exit(str(refusal))"
    )
    said = refusal(*in_little_space(small, sys.executable, "-c", start, CHECKOUT), **MOUNTING)
    assert re.fullmatch(rf"About 300 MB of free space are needed in {small}, and (19|20) MB are left\.", said)


def test_data_of_an_earlier_folder_at_this_path_is_named(tmp_path):
    """Root's servers keep their data outside of the folder, so it stays when the folder goes."""
    place = Workplace(tmp_path / "var", tmp_path / "data", tmp_path / "s", None)
    place.make()
    place.refuse_data_of_another()
    (place.data / "postgres").mkdir()
    with pytest.raises(Refusal, match="make reset"):
        place.refuse_data_of_another()
    secret_key(place)
    place.refuse_data_of_another()
