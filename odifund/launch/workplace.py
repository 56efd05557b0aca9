"""Where a run's things lie and who owns them.

The portal's own files are in `var/`. The servers' data, sockets and logs are in a folder with a
short path, named by a hash of the checkout, because a socket's path ends at 107 bytes. PostgreSQL
refuses to run as root: then both servers run as an unprivileged account, from a copy of
their binaries when that account cannot reach the checkout.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from odifund.launch.refusal import Refusal

CHECKOUT = Path(__file__).resolve().parent.parent.parent
UNPRIVILEGED = ("nobody", "daemon", "www-data")
KEY_FILE = "secret-key"
OURS = (
    "files",
    "mail",
    "static",
    "static.from",
    "log",
    "servers",
    "tests",
    "beat*",
    "running.json",
    KEY_FILE,
    "told.json",
)
ROOTS_FOLDER = Path("/var/lib")
RUNNING = "The portal of this folder is running already: stop that one first."
TESTING = "A test run of this folder is going on: let it end, or stop it first."
LONGEST_SOCKET = 107
LONGEST_NAME = len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Workplace:
    """The folders of one run, and the account its servers run under (None: our own)."""

    var: Path
    data: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def make(self) -> None:
        """Make the folders that are not there yet."""
        try:
            for folder in (self.var, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            for folder in (self.data, self.sockets):
                _private_folder(folder, self.account)
            (self.data / "belongs-to").write_text(f"{self.var}\n")
        except OSError as error:
            raise Refusal(f"{error.filename} cannot be made or used: {error.strerror}.") from None

    def refuse_data_of_another(self) -> None:
        """Data outside of our folder outlives it: a new checkout at the same path has none of its files."""
        if (self.data / "postgres").exists() and not (self.var / KEY_FILE).exists():
            raise Refusal(
                f"{self.data} holds data of an earlier folder at this path, or of a start that was cut short,"
                " and its files are gone. `make reset` empties it."
            )

    def write_secret(self, name: str, words: str) -> None:
        """Write a file that only our account reads."""
        with open(os.open(self.var / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(words)

    def empty(self) -> None:
        """Remove everything that runs left here, and nothing that is not theirs."""
        for path in (path for pattern in OURS for path in self.var.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        for folder in (self.data, self.sockets):
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def taken(self, otherwise: str = RUNNING) -> Iterator[None]:
        """Hold the workplace; the system lets go of it when the process ends, however it ends.

        `otherwise` is what is said where somebody holds it.
        """
        try:
            self.var.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refusal(f"{error.filename} cannot be made: {error.strerror}.") from None
        with (self.var / "run.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refusal(otherwise) from None
            yield


def workplace(var: Path | None = None) -> Workplace:
    """The workplace of this checkout, or of another `var` folder."""
    var = (var or Path(os.environ.get("ODIFUND_VAR") or CHECKOUT / "var")).resolve()
    name = "odifund-" + hashlib.sha256(os.fsencode(var)).hexdigest()[:10]
    if os.geteuid() == 0:
        folder = _folder_of_root(name)
        return Workplace(var, folder, folder / "s", _unprivileged_account())
    data, sockets = var / "servers", var / "servers" / "s"
    if len(os.fsencode(sockets)) + LONGEST_NAME > LONGEST_SOCKET:
        sockets = Path(tempfile.gettempdir()) / f"{name}-{os.getuid()}"
    return Workplace(var, data, sockets, None)


def _folder_of_root(name: str) -> Path:
    """Below /var/lib, which outlives a restart of the machine, unless that is read-only."""
    parent = ROOTS_FOLDER if os.access(ROOTS_FOLDER, os.W_OK) else Path("/tmp")
    return parent / name


def _unprivileged_account() -> pwd.struct_passwd:
    for name in UNPRIVILEGED:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        if account.pw_uid != 0:
            return account
    raise Refusal(
        "PostgreSQL does not run as root, and there is no account called nobody: run as another user."
    )


def _private_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    """A folder that its owner alone can open; refused when it is somebody else's."""
    folder.mkdir(parents=True, exist_ok=True)
    us, owner = os.geteuid(), account.pw_uid if account else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid not in {us, owner}:
        raise Refusal(f"{folder} belongs to somebody else: move it away.")
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)


def open_folder(folder: Path) -> Path:
    """A folder whose content every account that gets there can read."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    return folder


def reachable(path: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether the account can run this program: every folder on the way to it lets everybody pass."""
    if account is None:
        return True
    real = path.resolve()
    return all(step.stat().st_mode & 0o001 for step in (*path.parents, real, *real.parents))


def copied(source: Path, target: Path) -> Path:
    """A copy that every account can read and run, made once and again when the source has changed."""
    stamp = target.with_name(target.name + ".from")
    origin = f"{source} {source.stat().st_mtime_ns}"
    if not (stamp.exists() and stamp.read_text() == origin):
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("include", "__pycache__"))
        else:
            target.unlink(missing_ok=True)
            shutil.copy2(source, target)
        for path in (target, *target.rglob("*")):
            path.chmod(
                path.stat().st_mode | (0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            )
        stamp.write_text(origin)
    return target
