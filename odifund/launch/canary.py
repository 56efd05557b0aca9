"""Asks the web server every 15 seconds to write its canary: a thread in each of its processes.

It asks over HTTP as a bidder's request comes, so that a server that lives and answers nobody leaves none.
"""

import os
import threading
import time

from odifund.launch import health


def every() -> float:
    """The seconds between two."""
    return float(os.environ.get("CANARY_SECONDS") or 15)


def start(port: int) -> threading.Thread:
    """Ask from now on, in the background, as long as the process lives."""
    thread = threading.Thread(target=_go_on, args=(port,), name="canary", daemon=True)
    thread.start()
    return thread


def _go_on(port: int) -> None:
    host = health.portals_name(os.environ)
    while True:
        health.ask(port, host, "/canary/", "POST")
        time.sleep(every())
