"""Template tags of the competition."""
