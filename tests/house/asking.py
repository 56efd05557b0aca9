"""Asking every address as every person, each request undone afterwards."""

import copy
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.house.addresses import Address
from tests.house.matrix import IN, NO, NOT_THERE, SIGN_IN
from tests.house.subjects import NOBODY, NOT_YET
from tests.house.world import PEOPLE, World, at_its_moment

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
    for person in sorted(PEOPLE, key=lambda person: person not in SAMPLE):
        found[person] = Client(raise_request_exception=False)
        if person != "anonymous":
            found[person].force_login(world.people[person])
    return found


def ask(client: Client, path: str, method: str):
    """The answer to one request, which changes nothing for the next. `told` is all that it tells."""
    cookies = copy.deepcopy(client.cookies)
    with undone():
        answer = getattr(client, method)(path)
        answer.told = _all_of(answer)
    client.cookies = cookies
    return answer


def _all_of(answer) -> str:
    """All that an answer tells: its body, whatever it is, and its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return body.decode(errors="replace") + headers


def meaning(answer) -> str:
    """The answer as the table has it."""
    if answer.status_code in (301, 302):
        return SIGN_IN if answer.url.startswith(("/sign-in/", "/accounts/login/")) else IN
    if answer.status_code in LET_IN:
        return IN
    return {403: NO, 404: NOT_THERE}.get(answer.status_code, f"status {answer.status_code}")


def answers(world: World, address: Address, browsers: dict[str, Client]) -> dict[str, HttpResponse]:
    """What each person is answered when they look; where nothing is to be looked at, when they send."""
    path, method, found = address.of(world), "get", {}
    is_there = str(NOBODY) not in path and NOT_YET not in path
    with at_its_moment(world):
        for person, client in browsers.items():
            if not is_there and person not in SAMPLE:
                found[person] = found["manager"]  # what does not exist yet exists for nobody
                continue
            answer = ask(client, path, method)
            if answer.status_code == 405:
                method = "post"
                answer = ask(client, path, method)
            found[person] = answer
    return found


def sent(
    world: World, address: Address, browsers: dict[str, Client], people: Collection[str]
) -> dict[str, str]:
    """What is answered to a sending by each of these people; 405 is no way in either."""
    path, found = address.of(world), {}
    if str(NOBODY) in path or NOT_YET in path:
        return found
    with at_its_moment(world):
        for person in people:
            answer = ask(browsers[person], path, "post")
            found[person] = NOT_THERE if answer.status_code == 405 else meaning(answer)
    return found
