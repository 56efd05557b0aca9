"""A real clamd that a test owns. It knows one signature, of the file that scanners are tested with."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from clamav_client.clamd import ClamdError, ClamdUnixSocket

PROGRAM = shutil.which(
    "clamd", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
)
HOW_TO_GET_IT = (
    "There is no clamd on this machine: `apt install --no-install-recommends clamav-daemon` brings it."
)
# In two parts, so that no scanner finds it in this file. It is text that does nothing, agreed among makers.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = f"Test.Eicar:0:*:{EICAR.hex()}\n"
SETTINGS = """
Foreground yes
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
StreamMaxLength 25M
"""
NAME = "Test.Eicar.UNOFFICIAL"


class Clamd:
    """Started in a short folder of its own: a socket's path ends at 107 bytes."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="clamd-"))
        (self.folder / "signatures").mkdir()
        (self.folder / "signatures" / "test.ndb").write_text(SIGNATURE)
        (self.folder / "clamd.conf").write_text(SETTINGS.format(folder=self.folder))
        self.address = f"unix:{self.folder}/clamd.sock"
        self.start()
        return self

    def __exit__(self, *_):
        self.end()
        shutil.rmtree(self.folder)

    def start(self):
        command = [PROGRAM, "--config-file", str(self.folder / "clamd.conf")]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + 20
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, "clamd did not start in time"
            time.sleep(0.02)

    def answers(self):
        client = ClamdUnixSocket(f"{self.folder}/clamd.sock", 1)
        try:
            return client.ping() == "PONG"
        except ClamdError:
            client.clamd_socket.close()
            return False

    def end(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        (self.folder / "clamd.sock").unlink(missing_ok=True)
