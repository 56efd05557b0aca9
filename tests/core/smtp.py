"""A real SMTP server in a thread of the test, which may refuse, fail, hang or hang up."""

import asyncio
import socket
import threading
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend

HANGS_UP = object()


class Postbox:
    """What arrived, and what to answer: `answers` maps an address to a code and words, or to HANGS_UP.

    `inside_data` is called with the address before a mail is taken in, and may take its time; what
    it returns is the answer, and then the mail is not taken in. `before_answer` is called after that.
    """

    def __init__(self):
        self.mails, self.answers, self.lock = [], {}, threading.Lock()
        self.inside_data = self.before_answer = lambda address: None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.answers.get(address)
        if answer is HANGS_UP:
            server.transport.abort()
        elif answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        address = envelope.rcpt_tos[0]
        if answer := await asyncio.to_thread(self.inside_data, address):
            return answer
        with self.lock:
            self.mails.append((address, message_from_bytes(envelope.content)))
        await asyncio.to_thread(self.before_answer, address)
        return "250 OK"

    @property
    def addresses(self):
        return [address for address, _ in self.mails]


def point_to(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def listening():
    """A server that takes mail; it knows its port."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    postbox.port = controller.port
    try:
        yield postbox
    finally:
        controller.stop()


@contextmanager
def server(settings):
    """A server that takes mail; the portal sends to it."""
    with listening() as postbox:
        point_to(settings, postbox.port)
        yield postbox


@contextmanager
def hung_server(settings):
    """A server that takes the connection and never says a word."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(20)
        point_to(settings, door.getsockname()[1])
        yield


def nobody_there(settings):
    """An address where nothing listens."""
    point_to(settings, free_port())


class SomeProvidersBackend(BaseEmailBackend):
    """A provider's own way of taking mail, with a fault that nobody foresaw."""

    taken = []

    def send_messages(self, email_messages):
        for message in email_messages:
            if message.to[0].startswith("cursed"):
                raise KeyError("no such field")
            self.taken.append(message.to[0])
        return len(email_messages)
