"""Template tags of delivery and the library."""
