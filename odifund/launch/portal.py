"""The portal's own processes and the commands that prepare it, as production runs them too."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from odifund.launch.process import Process
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import CHECKOUT, KEY_FILE, Workplace

MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]
CELERY = [sys.executable, "-m", "celery", "-A", "odifund"]


def web(place: Workplace, environment: Mapping[str, str], port: int) -> Process:
    command = [sys.executable, "-m", "gunicorn", "-c", str(CHECKOUT / "odifund" / "gunicorn.py")]
    return _process(
        "web", [*command, "--bind", f"127.0.0.1:{port}", "odifund.wsgi:application"], place, environment
    )


def worker(place: Workplace, environment: Mapping[str, str], name: str = "worker") -> Process:
    """Two may run beside each other when they have two names."""
    options = ["--concurrency", "2", "--hostname", f"{name}@odifund", "--loglevel", "INFO"]
    return _process(name, [*CELERY, "worker", *options], place, environment)


def beat(place: Workplace, environment: Mapping[str, str]) -> Process:
    return _process("beat", [*CELERY, "beat", "--pidfile", "", "--loglevel", "INFO"], place, environment)


def _process(name: str, command: list[str], place: Workplace, environment: Mapping[str, str]) -> Process:
    return Process(name, command, place.logs / f"{name}.log", CHECKOUT, environment)


def manage(
    *words: str, environment: Mapping[str, str], tell: Callable[[str], None] = lambda line: None
) -> None:
    """Run one of the portal's commands; `tell` hears each line, and the last is the reason of a failure."""
    with subprocess.Popen(
        [*MANAGE, *words],
        cwd=CHECKOUT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as command:
        said = []
        try:
            for line in command.stdout or ():
                said.append(line)
                tell(line.rstrip())
        except BaseException:
            command.kill()
            raise
    if command.returncode:
        log = Path(environment["ODIFUND_VAR"]) / "log" / f"{words[0]}.log"
        log.write_text("".join(said))
        reason = (said or ["no message"])[-1].strip()
        raise Refusal(f"`manage.py {words[0]}` failed: {reason} (all of it in {log}).")


@contextmanager
def static_files_collected(place: Workplace, environment: Mapping[str, str]) -> Iterator[None]:
    """Gather the pages' files beside other work, when one of them or a package has changed."""
    stamp, digest = place.var / "static.from", _digest_of_static_files()
    if stamp.exists() and stamp.read_text() == digest:
        yield
        return
    words = ["collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    collector = _process("collectstatic", [*MANAGE, *words], place, environment)
    collector.start()
    try:
        yield
        if collector.wait():
            raise collector.died()
    finally:
        collector.kill()
    stamp.write_text(digest)


def _digest_of_static_files() -> str:
    digest = hashlib.sha256((CHECKOUT / "requirements.txt").read_bytes())
    for file in sorted(path for path in (CHECKOUT / "static").rglob("*") if path.is_file()):
        about = file.stat()
        digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def secret_key(place: Workplace) -> str:
    """A key of this workplace's own, kept so that people stay signed in."""
    file = place.var / KEY_FILE
    if not file.exists():
        place.write_secret(file.name, os.urandom(32).hex())
    return file.read_text()
