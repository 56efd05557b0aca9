"""A real SMTP server in a thread of the test, which may refuse, fail or hang."""

import socket
import threading
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller


class Postbox:
    """What arrived, and what to answer: `answers` maps an address to a code and words."""

    def __init__(self):
        self.mails, self.answers, self.lock = [], {}, threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        with self.lock:
            self.mails.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
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
def server(settings):
    """A server that takes mail; the portal sends to it."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    point_to(settings, controller.port)
    try:
        yield postbox
    finally:
        controller.stop()


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
