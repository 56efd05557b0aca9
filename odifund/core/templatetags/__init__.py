"""Template tags and filters of the core; `portal` is loaded in every template."""
