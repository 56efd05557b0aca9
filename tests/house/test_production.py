"""What a production portal is told, and that it is told to be careful."""

import os
import re
import secrets
import subprocess
import sys

from odifund.launch.workplace import CHECKOUT

EXAMPLE = (CHECKOUT / ".env.example").read_text()
# Its key is each test's matter; the other is set for the browser's tests in this same process.
NOT_FOR_PRODUCTION = {"SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def test_every_setting_from_the_environment_is_in_the_example():
    named = set(
        re.findall(r'os\.environ\.get\(\s*"(\w+)"', (CHECKOUT / "odifund" / "settings.py").read_text())
    )
    assert len(named) > 15
    assert named - set(re.findall(r"^(?:# )?(\w+)=", EXAMPLE, re.MULTILINE)) == set()


def test_everything_that_compose_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (CHECKOUT / "compose.yaml").read_text()))
    assert "PORTAL_PASSWORD" in asked
    assert asked - set(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE)) == set()


def in_production(*words, **environment):
    told = {"ODIFUND_MODE": "production", "ALLOWED_HOSTS": "portal.example.org"} | environment
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_PRODUCTION}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=CHECKOUT, env=kept | told, capture_output=True, text=True, check=False)


def test_djangos_own_check_finds_nothing_careless():
    done = in_production("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=secrets.token_urlsafe(50))
    assert done.returncode == 0, done.stderr


def test_production_does_not_start_without_a_key_of_its_own():
    done = in_production("check")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
