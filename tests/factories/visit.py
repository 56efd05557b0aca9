"""Visiting pages as somebody of the cast, at a moment."""

import re
from contextlib import contextmanager
from datetime import datetime

from django.test import Client

from odifund.core import clock
from tests import cast


@contextmanager
def visiting(player: str | None, *, at: datetime):
    """A client signed in as the player (nobody: None), with both clocks held at the moment."""
    client = Client()
    if player:
        client.force_login(cast.person(player, at=at))
    with clock.held_at(at):
        yield client


def text_of(response) -> str:
    """The page as it was sent."""
    return response.content.decode()


def confirmed(client, page, words, **more):
    """Sent, read as everybody will read it, and confirmed; the first answer where nothing is to confirm."""
    answer = client.post(page, words, **more)
    read = re.search(r'name="checked" value="(\w+)"', text_of(answer))
    return client.post(page, words | {"checked": read[1]}, **more) if read else answer
