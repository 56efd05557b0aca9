"""Filters and tags every template can use."""
