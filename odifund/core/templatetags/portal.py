"""Filters and tags every template can use."""

from django import template

register = template.Library()
