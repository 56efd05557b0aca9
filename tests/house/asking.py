"""Asking every address as every person, each request undone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client

from tests.house.matrix import IN, NO, NOT_THERE, SIGN_IN
from tests.house.world import World, people_at

LET_IN = {200, 400, 409, 422}
SAMPLE = ("anonymous", "manager", "lead-a")


class Undone(Exception):
    """Ends a request's transaction."""


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def clients(world: World) -> dict[str, Client]:
    """A browser for each person, signed in."""
    found = {}
    for person in sorted(people_at(world.stage), key=lambda person: person not in SAMPLE):
        found[person] = Client(raise_request_exception=False)
        if person != "anonymous":
            found[person].force_login(world.people[person])
    return found


def ask(client: Client, path: str, method: str):
    """The answer to one request, read to its end, which changes nothing for the next."""
    with undone():
        answer = getattr(client, method)(path)
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def text_of(answer) -> str:
    """All that came back, its headers included."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return answer.body.decode(errors="replace") + headers


def meaning(answer) -> str:
    """The answer as the table has it."""
    if answer.status_code == 302:
        return SIGN_IN if answer.url.startswith(("/sign-in/", "/accounts/login/")) else IN
    if answer.status_code in LET_IN:
        return IN
    return {403: NO, 404: NOT_THERE}.get(answer.status_code, f"status {answer.status_code}")
