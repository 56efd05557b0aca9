"""How the trail says what happened in delivery."""

SENTENCES: dict[str, str] = {}
"""Event name to sentence."""
