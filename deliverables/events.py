"""How the trail says what happened in delivery."""

SENTENCES: dict[str, str] = {}
"""Event name to sentence."""

SEALED: dict[str, str] = {}
"""What staff read before the opening: nothing of delivery is sealed."""
