"""The portal's settings with raw views beside its own, and a count of queries in each answer."""

from odifund.settings import *  # noqa: F403
from odifund.settings import MIDDLEWARE

ROOT_URLCONF = "tests.benchmarks.urls"
MIDDLEWARE = ["tests.benchmarks.urls.Bare", *MIDDLEWARE, "tests.benchmarks.urls.CountQueries"]
