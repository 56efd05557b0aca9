"""Somebody with a browser, who goes by links and presses buttons: a journey's only way into the portal."""

import json
import re
from urllib.parse import urljoin

from django.conf import settings
from django.core import mail
from django.test import Client

from odifund.core import clock
from tests.journeys.forms import Page

CODE = re.compile(r"^\s*([A-Z0-9-]{6,9})\s*$", re.MULTILINE)
ADDRESS = re.compile(rf"{re.escape(settings.PORTAL_URL)}(/\S*)")


class Visitor:
    """Reads pages, follows links, fills in forms and presses their buttons; the story holds the clock."""

    def __init__(self, story, name="", email=""):
        self.story, self.name, self.email = story, name, email
        self.client = Client(enforce_csrf_checks=True)
        self.path, self.raw, self.page, self.status = "/", "", Page(""), 0

    def goes(self, path):
        """Open an address. A journey knows few: those that everybody knows, and those in a mail."""
        return self._asks(self.client.get, path, {})

    def goes_home(self):
        """By the menu, which is on every page."""
        return self.follows("Home") if "Home" in self.page.links else self.goes("/").follows("Home")

    def follows(self, words):
        """Follow the link with these words, or that begins with them if they end in …"""
        return self.goes(urljoin(self.path, self.page.link(words)))

    def presses(self, button, **typed):
        """Press the button with these words, with this typed or chosen in its form."""
        form, (name, value) = self.page.button(button)
        values = form.filled(typed)
        if name:
            values[name] = value
        send = self.client.post if form.method == "post" else self.client.get
        return self._asks(send, urljoin(self.path, form.action), values)

    def _asks(self, send, path, values):
        with clock.held_at(self.story.at):
            answer = send(path, values, follow=True)
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        self.status = answer.status_code
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.raw = body.decode(errors="replace")
        self.page = Page(self.raw if "html" in answer.headers["Content-Type"] else "")
        assert self.status < 500, self.page.words
        return self

    def reads(self, *sentences):
        for words in sentences:
            assert words in self.page.words, f"“{words}” is not on {self.path}:\n{self.page.words}"
        return self

    def does_not_read(self, *sentences):
        for words in sentences:
            assert words not in self.page.words, f"“{words}” is on {self.path}"
        return self

    def is_refused(self, status):
        assert self.status == status, f"{self.path} answered {self.status}: {self.page.words}"
        return self

    def finds(self, pattern):
        """What stands at this place of the page's words."""
        found = re.search(pattern, self.page.words)
        assert found, f"“{pattern}” is not on {self.path}:\n{self.page.words}"
        return found[1]

    @property
    def buttons(self):
        return {words for form in self.page.forms for words in form.buttons}

    def takes_json(self):
        return json.loads(self.raw)

    def registers(self):
        self.goes("/").follows("Sign in").follows("Register, if you are new")
        return self._enters_the_code("Continue", name=self.name)

    def registers_if_new(self):
        """Where a page asks for it; afterwards the same page goes on."""
        if "Register" not in self.page.links:
            return self
        return self.follows("Register")._enters_the_code("Continue", name=self.name)

    def signs_in(self):
        """Where a page asks for it."""
        return self._enters_the_code("Send me a code")

    def _enters_the_code(self, button, **typed):
        """The request that asks for a code sends its mail at once."""
        self.presses(button, email=self.email, **typed)
        code = CODE.search(self.letters("Your code")[-1].body)[1]
        return self.presses("Continue", code=code)

    def letters(self, words=""):
        """The mails with these words in their subject that came to this person."""
        return [letter for letter in mail.outbox if letter.to == [self.email] and words in letter.subject]

    def opens_the_letter(self, words):
        """Follow the first address in the newest mail with these words in its subject."""
        return self.goes(ADDRESS.search(self.letters(words)[-1].body)[1])
