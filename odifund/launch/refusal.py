"""The launcher's one way to say no: a sentence that names what is missing and what to do."""


class Refusal(Exception):
    """Shown as one line, without a traceback."""
