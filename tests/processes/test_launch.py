"""`make run` as people start it: as root, as anybody, twice, after a crash, and with something missing."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest

from odifund.launch.postgres import OWNER, Postgres
from odifund.launch.workplace import workplace
from tests.processes.clones import (
    WHEELS,
    Run,
    alive,
    become,
    clone,
    plain_environment,
    programs_of,
    say_installed,
)

pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A clone below a folder that is closed to others, like root's home; every test leaves it ended."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    folder = clone(closed / "clone")
    say_installed(folder)
    yield folder
    workplace(folder / "var").empty()


@pytest.fixture
def make_run():
    """`make_run(folder)` gives it as a person does; whatever still runs after the test is ended."""
    runs = []

    def make_run(*words, **environment):
        runs.append(Run(*words, **environment))
        return runs[-1]

    yield make_run
    for run in runs:
        run.end()


def names_in(folder: Path) -> list[str]:
    """What the portal's own database holds, read as its owner."""
    with (
        psycopg2.connect(Postgres(workplace(folder / "var")).url(OWNER)) as session,
        session.cursor() as cursor,
    ):
        cursor.execute("SELECT name FROM core_heartbeat")
        return [row[0] for row in cursor.fetchall()]


def keep_a_name(folder: Path) -> str:
    name = uuid4().hex[:20]
    session = psycopg2.connect(Postgres(workplace(folder / "var")).url(OWNER))
    with session, session.cursor() as cursor:
        cursor.execute("INSERT INTO core_heartbeat VALUES (%s, now())", [name])
    session.close()
    return name


def asked(run: Run, path: str) -> int:
    """The status of a page for a browser on this machine, or 0 while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{run.port}{path}") as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def commanded(checkout: Path, word: str) -> str:
    """What a command of the portal says to somebody who set nothing."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [checkout / ".venv" / "bin" / "python", checkout / "manage.py", word]
    done = subprocess.run(command, env=plain, capture_output=True, text=True)
    return done.stdout + done.stderr


def wait_until(what, limit: float = 120) -> None:
    until = time.monotonic() + limit
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_it_starts_ends_with_ctrl_c_and_keeps_its_data(checkout, make_run):
    bystander = subprocess.Popen(["sleep", "300"])
    first = make_run(checkout)
    first.wait_until_up()
    assert asked(first, "/healthz") == 200
    kept = keep_a_name(checkout)
    assert "nothing changed, missing or cut off" in commanded(checkout, "verify_audit")
    pids = first.pids()
    assert len(pids) == 5
    first.press_ctrl_c()
    refused = commanded(checkout, "verify_audit")
    assert refused.startswith("The database does not answer: ")
    assert refused.count("\n") == 1
    assert alive(pids) == []
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()

    second = make_run(checkout)
    second.wait_until_up()
    assert kept in names_in(checkout)
    assert (
        make_run(checkout).refusal() == "The portal of this folder is running already: stop that one first."
    )
    second.press_ctrl_c()


def test_what_dies_in_the_background_is_started_again_while_web_serves_on(checkout, make_run):
    run = make_run(checkout)
    run.wait_until_up()
    wait_until(lambda: asked(run, "/healthz?all") == 200)
    before = run.named()
    for name in ("worker", "broker"):
        os.kill(before[name], signal.SIGKILL)
    wait_until(lambda: asked(run, "/healthz?all") == 503)
    while asked(run, "/healthz?all") == 503:
        assert asked(run, "/healthz") == asked(run, "/") == 200
        time.sleep(0.1)
    assert asked(run, "/healthz?all") == 200
    wait_until(lambda: not {"worker", "broker"} - set(run.named()))
    for name in ("worker", "broker"):
        assert f"The {name} process was killed by SIGKILL; it is started again" in run.said()
        assert run.named()[name] != before[name]
    pids = run.pids()
    run.press_ctrl_c()
    assert alive(pids) == []


def test_without_web_it_ends_and_says_what_happened(checkout, make_run):
    run = make_run(checkout)
    run.wait_until_up()
    pids = run.pids()
    os.kill(run.named()["web"], signal.SIGKILL)
    run.make.wait(30)
    assert "\nThe web process was killed by SIGKILL (its log: " in run.said()
    assert alive(pids) == []


def test_the_first_page_is_of_the_demonstration(tmp_path, make_run):
    """Nobody is served from an empty portal; the second run finds what the first has loaded."""
    folder = clone(tmp_path / "clone")
    say_installed(folder)
    first = make_run(folder, ODIFUND_MODE="evaluation")
    wait_until(lambda: asked(first, "/demo/"))
    assert asked(first, "/demo/") == 200
    first.wait_until_up()
    assert re.search(r"\nThe demonstration is loaded: \d+ steps \.\.\. [\d.]+ s\n", first.said())
    assert f"Sign in at http://127.0.0.1:{first.port}/demo/ as whom you like, such as\n  " in first.said()
    first.press_ctrl_c()

    second = make_run(folder, ODIFUND_MODE="evaluation")
    second.wait_until_up()
    assert "\nThe demonstration is there already ... " in second.said()
    assert "Priya Nair (lead-a): " in second.said()
    second.press_ctrl_c()
    workplace(folder / "var").empty()


def test_ctrl_c_is_heard_while_the_demonstration_loads(checkout, make_run):
    run = make_run(checkout, ODIFUND_MODE="evaluation")
    wait_until(lambda: programs_of(checkout, "load_demonstration"))
    pids = run.pids()
    run.press_ctrl_c()
    assert alive(pids) == []
    assert programs_of(checkout) == []
    assert "Everything that was started has ended." in run.said()


def test_reset_empties_what_run_keeps_and_never_under_a_running_portal(tmp_path):
    folder = clone(tmp_path / "clone")
    say_installed(folder)
    place = workplace(folder / "var")
    place.make()
    (place.var / "files").mkdir()
    (place.var / "not ours").touch()
    with place.taken():
        assert "running already" in reset(folder).stderr
    with workplace(place.var / "tests" / "0").taken():
        assert reset(folder).stderr.startswith("A test run of this folder is going on: let it end")
    assert place.data.exists()
    assert reset(folder).stdout == "Emptied. The next `make run` starts anew.\n"
    assert not place.data.exists()
    assert not (place.var / "files").exists()
    assert (place.var / "not ours").exists()


def test_reset_of_a_fresh_clone_has_nothing_to_empty_and_installs_nothing(tmp_path):
    folder = clone(tmp_path / "clone")
    shutil.rmtree(folder / ".venv")
    assert reset(folder).stdout == "There is nothing to empty.\n"
    assert not (folder / ".venv").exists()


def reset(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "reset"], cwd=folder, env=plain_environment(), capture_output=True, text=True, check=False
    )


def test_a_crashed_run_is_ended_by_the_next(checkout, make_run):
    crashed = make_run(checkout)
    crashed.wait_until_up()
    kept = keep_a_name(checkout)
    pids = crashed.pids()
    crashed.crash()
    assert alive(pids) == pids
    following = make_run(checkout)
    following.wait_until_up()
    assert alive(pids) == []
    assert kept in names_in(checkout)
    following.make.terminate()
    following.make.wait(30)
    assert not (checkout / "var" / "running.json").exists()


@as_root
def test_anybody_can_run_it(make_run):
    nobody = pwd.getpwnam("nobody")
    folder = clone(Path("/tmp") / f"odifund-anybody-{os.getpid()}")
    say_installed(folder)
    for path in (folder, *folder.rglob("*")):
        os.lchown(path, nobody.pw_uid, nobody.pw_gid)
    run = make_run(folder, become(nobody))
    try:
        run.wait_until_up()
        assert asked(run, "/healthz") == 200
        assert (folder / "var" / "servers" / "postgres").stat().st_uid == nobody.pw_uid
        pids = run.pids()
        run.press_ctrl_c()
        assert alive(pids) == []
    finally:
        run.end()
        shutil.rmtree(folder)


def test_a_taken_port_is_named(checkout, make_run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = make_run(checkout, PORT=str(port)).refusal()
    assert said == f"Port {port} cannot be used (Address already in use): try `PORT={port + 1} make run`."


def test_a_port_that_is_none_is_named(checkout, make_run):
    assert "it is 'here'" in make_run(checkout, PORT="here").refusal()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgresql://portal@127.0.0.1:1/portal"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
    ],
)
def test_an_address_that_does_not_answer_is_named(checkout, name, url, make_run):
    run = make_run(checkout, **{name: url})
    assert run.refusal().startswith(f"{name} does not answer: ")
    assert "Starting the database and the broker" not in run.said(), "it was not done"


def test_without_the_wheels_the_machines_own_servers_are_used(tmp_path):
    """Found on the machine, or missed in one line."""
    tmp_path.chmod(0o700)
    folder = clone(tmp_path / "clone", without=WHEELS)
    try_both = (
        "import sys; from odifund.launch.broker import Broker; from odifund.launch.postgres import Postgres\n"
        "from odifund.launch.workplace import workplace; from odifund.launch.refusal import Refusal\n"
        "place = workplace(); place.make()\n"
        "for server in (Postgres(place), Broker(place)):\n"
        "    try:\n"
        "        process = server.start()\n"
        "    except Refusal as refusal:\n"
        "        print(refusal)\n"
        "    else:\n"
        "        print(process.command[0]); process.end()\n"
    )
    python = folder / ".venv" / "bin" / "python"
    done = subprocess.run(
        [python, "-c", try_both],
        cwd=folder,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    workplace(folder / "var").empty()
    database, broker = done.stdout.splitlines()
    if shutil.which("pg_ctl") or list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        assert Path(database).name == "postgres"
        assert str(folder) not in database
    else:
        assert database.startswith("There is no PostgreSQL for this machine: set DATABASE_URL")
    if shutil.which("valkey-server") or shutil.which("redis-server"):
        assert Path(broker).name in {"valkey-server", "redis-server"}
    else:
        assert broker.startswith("There is no Redis or Valkey for this machine: set REDIS_URL")


@pytest.mark.parametrize("python", ["true", "false", "no-such-python"])
def test_a_python_that_will_not_do_is_named(checkout, make_run, python):
    assert make_run(checkout, PYTHON=python).refusal() == (
        f"{python} will not do: name Python 3.11, 3.12 or 3.13, as in `PYTHON=python3.12 make run`."
    )


def test_an_old_python_is_named(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3 9\n")
    old.chmod(0o755)
    ask = (
        "import environment, sys; sys.executable = sys.argv[1]; sys.version_info = (3, 9)\n"
        "try: environment._interpreter()\nexcept environment.Missing as missing: print(missing)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", ask, str(old)],
        cwd=Path(__file__).parents[2] / "odifund" / "launch",
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == (
        "Python 3.11, 3.12 or 3.13 is needed, and only 3.9 was found: install one of them."
    )
