"""`make run` and `make reset`: the commands a person gives."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from types import FrameType

from odifund.launch.environment import say, unsay
from odifund.launch.portal import secret_key
from odifund.launch.process import end_leftovers
from odifund.launch.refusal import Refusal
from odifund.launch.stack import Stack
from odifund.launch.watch import Watch
from odifund.launch.workplace import TESTING, workplace


class Ended(BaseException):
    """Somebody asked us to end: Ctrl-C, a closed terminal, or a signal."""


def main(words: list[str]) -> int:
    """Do what the word says; a refusal is one line."""
    try:
        if words == ["run"]:
            run()
        elif words == ["reset"]:
            reset()
        else:
            raise Refusal("Say `run` or `reset`.")
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except Ended:
        print("Everything that was started has ended.")
    return 0


def run() -> None:
    """Start everything, say where it is, and stay until told to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    place, port = workplace(), _port()
    with place.taken():
        _check_free(port)
        place.refuse_data_of_another()
        place.make()
        secret_key(place)
        stack = Stack(place, port)
        try:
            with _step("Starting the database and the broker"):
                stack.start_servers()
            with _step("Bringing the tables and the pages' files up to date"):
                stack.prepare()
            who = f"It runs in {stack.mode} mode."
            if stack.mode == "evaluation" and os.environ.get("DEMONSTRATION") != "no":
                with _step("Looking for the demonstration") as tell:
                    who = stack.load_demonstration(tell)
            with _step("Starting web, worker and beat"):
                stack.start_portal()
            _greet(stack, who)
            Watch(stack).stay()
        finally:
            stack.end()


def reset() -> None:
    """Empty what `make run` and `make test` keep; a database of your own is left alone."""
    place = workplace()
    with ExitStack() as held:
        tested = [workplace(folder) for folder in place.var.glob("tests/*")]
        held.enter_context(place.taken())
        for each in tested:
            held.enter_context(each.taken(TESTING))
        for each in (*tested, place):
            end_leftovers(each.var / "running.json")
            each.empty()
    print("Emptied. The next `make run` starts anew.")
    if os.environ.get("DATABASE_URL"):
        print("The database of DATABASE_URL is yours and was left alone.")


def _end(number: int, frame: FrameType | None) -> None:
    """End in order, once; whoever asks again is heard at the next wait."""
    for heard in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(heard, signal.SIG_IGN)
    print("\nEnding ...", flush=True)
    raise Ended


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Refusal(f"PORT is a number from 1 to 65535, like PORT=9000; it is {given!r}.")
    return int(given)


def _check_free(port: int) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refusal(
                f"Port {port} cannot be used ({error.strerror}): try `PORT={port + 1} make run`."
            ) from None


@contextmanager
def _step(what: str) -> Iterator[Callable[[str], None]]:
    """Say what is being done and for how long; what is given takes newer words for it."""
    began, ended, words = time.monotonic(), Event(), [what]

    def grow_older() -> None:
        while not ended.wait(1):
            say(words[-1], time.monotonic() - began, ended=False)

    teller = Thread(target=grow_older, daemon=True)
    teller.start()
    try:
        yield lambda newer: words.append(newer.rstrip("."))
    except BaseException:
        _stop(teller, ended)
        unsay()
        raise
    _stop(teller, ended)
    say(words[-1], time.monotonic() - began, ended=True)


def _stop(teller: Thread, ended: Event) -> None:
    ended.set()
    teller.join()


def _greet(stack: Stack, who: str) -> None:
    not_in_earnest = "This is for evaluation on this machine alone, not for use with real proposals.\n"
    print(
        f"\nThe portal is at {stack.address}/\n{who}\n"
        f"{not_in_earnest if stack.mode == 'evaluation' else ''}"
        f"Logs are in {stack.place.logs}. Ctrl-C ends it; the data stay until `make reset`.\n",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
