"""The pages app: it has no tables."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Above all other apps."""

    name = "odifund.pages"
    label = "pages"
