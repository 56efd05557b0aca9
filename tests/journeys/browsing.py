"""A person's browser as the journeys use it: over HTTP, by links and forms, nothing else."""

import html
import re

from django.test import Client

from odifund.core import clock
from tests import cast


class Browser:
    """Somebody signed in, who looks at pages and sends the forms that are on them."""

    def __init__(self, player, at):
        self.client = Client()
        self.client.force_login(cast.person(player, at=at))

    def see(self, path, at):
        with clock.held_at(at):
            answer = self.client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body.decode(errors="replace"))).split())
        answer.raw = body.decode(errors="replace")
        return answer

    def send(self, path, at, **values):
        with clock.held_at(at):
            return self.client.post(path, values)

    def hidden(self, path, at):
        """The hidden fields of the page's form."""
        found = re.findall(r'<input type="hidden" name="([^"]+)"\s+value="([^"]*)"', self.see(path, at).raw)
        return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}
