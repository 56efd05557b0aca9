"""How fast the pages are, beside raw views measured in the same run."""
