"""Makes `.venv` and installs the hashed lock, with uv when it is there and pip when not.

Run as a file by whatever `python3` the machine has, before anything is installed: so it uses the
standard library alone, imports nothing of ours, and keeps to what Python 3.6 understands,
in order to tell an old Python what it lacks.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENV = CHECKOUT / ".venv"
STAMP = VENV / "installed-locks"
OLDEST, NEWEST = (3, 11), (3, 13)
SPACE_NEEDED_MB = 700
LOCKS = ("requirements.txt", "requirements-dev.txt")  # each holds all of the one before it


class Missing(Exception):
    """Something the set-up needs and this machine lacks, in one line."""


def main(lock: str) -> int:
    """Bring `.venv` to the state that the lock describes; cost nothing when it is there already."""
    try:
        with _one_at_a_time():
            if not _usable(VENV / "bin" / "python"):
                _make_venv()
            if lock not in _installed():
                _install(lock)
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


@contextmanager
def _one_at_a_time():  # type: ignore[no-untyped-def]
    """A second set-up of this checkout waits for the first."""
    folder = CHECKOUT / "var"
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "environment.lock").open("w")
    except OSError as error:
        raise Missing(f"This folder cannot be written to: {error.filename} ({error.strerror}).") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _usable(python: "Path | str") -> bool:
    """Whether this interpreter starts and is of a version the portal runs on."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
        major, minor = (int(part) for part in answer.stdout.split())
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False
    return OLDEST <= (major, minor) <= NEWEST


def _interpreter() -> str:
    """This interpreter when it will do, else the newest on the machine that does."""
    uv = shutil.which("uv")
    names = [sys.executable, *(f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1))]
    for name in names:
        path = shutil.which(name)
        if path and _usable(path):
            return path
    if uv:
        found = subprocess.run(
            [uv, "python", "find", "--no-python-downloads", ">=3.11,<3.14"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if found.returncode == 0:
            return found.stdout.decode().strip()
    here = ".".join(str(part) for part in sys.version_info[:2])
    raise Missing(f"Python 3.11, 3.12 or 3.13 is needed, and only {here} was found: install one of them.")


def _make_venv() -> None:
    _check_space()
    python = _interpreter()
    uv = shutil.which("uv")
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)]
    else:
        if subprocess.run([python, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL).returncode:
            raise Missing(
                "Python's venv module is missing: install it (Debian, Ubuntu: apt install python3-venv)."
            )
        command = [python, "-m", "venv", "--clear", str(VENV)]
    _show("Making .venv", command)


def _check_space() -> None:
    free = shutil.disk_usage(str(CHECKOUT)).free // 1_000_000
    if free < SPACE_NEEDED_MB:
        raise Missing(
            f"About {SPACE_NEEDED_MB} MB of free space are needed in {CHECKOUT}, and {free} MB are left."
        )


def _installed() -> "set[str]":
    """The locks that `.venv` holds as they are today."""
    try:
        lines = STAMP.read_text().splitlines()
    except OSError:
        return set()
    return {lock for lock in LOCKS if f"{lock} {_digest(lock)}" in lines}


def _digest(lock: str) -> str:
    return hashlib.sha256((CHECKOUT / lock).read_bytes()).hexdigest()


def _install(lock: str) -> None:
    python, uv = str(VENV / "bin" / "python"), shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python]
    else:
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    count = sum(
        1 for line in (CHECKOUT / lock).read_text().splitlines() if "==" in line and line[0] not in " #"
    )
    with_what = "uv" if uv else "pip"
    _show(
        f"Installing up to {count} packages of {lock} with {with_what}",
        [*command, "--require-hashes", "-r", str(CHECKOUT / lock)],
    )
    say_installed(lock)


def say_installed(lock: str) -> None:
    """Write down what `.venv` holds now; the development lock holds all of the other."""
    held = LOCKS[: LOCKS.index(lock) + 1]
    STAMP.write_text("".join(f"{name} {_digest(name)}\n" for name in held))


def _show(what: str, command: "list[str]") -> None:
    """Run a slow command and say how long it has been running; its output is shown when it fails."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=_environment())
        while True:
            try:
                code = process.wait(timeout=1)
                break
            except subprocess.TimeoutExpired:
                say(what, time.monotonic() - began, ended=False)
        if code:
            unsay()
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            raise Missing(f"{what} failed; the reason is above.")
        say(what, time.monotonic() - began, ended=True)


def _environment() -> "dict[str, str]":
    """This process's, without an active virtual environment of somebody else's."""
    return {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONHOME"}}


def say(what: str, seconds: float, ended: bool) -> None:
    """One line that grows older on a terminal; elsewhere a line now and then."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{what} ... {seconds:.0f} s\033[K" + ("\n" if ended else ""))
    elif ended:
        sys.stdout.write(f"{what} ... {seconds:.1f} s\n")
    elif round(seconds) % 10 == 0:
        sys.stdout.write(f"{what} ... {seconds:.0f} s so far\n")
    sys.stdout.flush()


def unsay() -> None:
    """Take back the line that was growing older: what it says did not come to its end."""
    if sys.stdout.isatty():
        sys.stdout.write("\r\033[K")
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
