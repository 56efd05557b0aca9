"""What a production portal is told, and that it is told to be careful."""

import os
import re
import secrets
import subprocess
import sys

import pytest

from odifund.launch.workplace import CHECKOUT

EXAMPLE = (CHECKOUT / ".env.example").read_text()
# Its key is each test's matter; the other is set for the browser's tests in this same process.
NOT_FOR_PRODUCTION = {"SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def test_every_setting_from_the_environment_is_in_the_example():
    named = set(re.findall(r'\btold\(\s*"(\w+)"', (CHECKOUT / "odifund" / "settings.py").read_text()))
    assert len(named) > 15
    assert named - set(re.findall(r"^(?:# )?(\w+)=", EXAMPLE, re.MULTILINE)) == set()


def test_everything_that_compose_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (CHECKOUT / "compose.yaml").read_text()))
    assert "PORTAL_PASSWORD" in asked
    assert asked - set(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE)) == set()


# As compose and systemd read such a file: a comment is a line, and a value ends with its line.
PLAIN, QUOTED = r"[^\s\"'#$]*", r'"[^"$`\\]*"'


def test_the_strictest_reader_of_the_example_takes_no_comment_for_a_value():
    for line in EXAMPLE.splitlines():
        setting = line.removeprefix("# ") if re.match(r"# [A-Z_]+=", line) else line
        if setting and not setting.startswith("#"):
            assert re.fullmatch(rf"[A-Z_]+=({PLAIN}|{QUOTED})", setting), line


def test_what_has_to_be_filled_in_is_empty_in_the_example():
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "PORTAL_PASSWORD"):
        assert f"\n{name}=\n" in EXAMPLE
        assert f"${{{name}:?}}" in (CHECKOUT / "compose.yaml").read_text(), "compose would take an empty one"


@pytest.mark.parametrize("name", [".gitignore", ".dockerignore"])
def test_keys_and_passwords_stay_out_of_the_image_and_of_git(name):
    kept_out = {line.strip("/*") for line in (CHECKOUT / name).read_text().splitlines()}
    assert {".env", "tls"} <= kept_out


def in_production(*words, **environment):
    told = {"ODIFUND_MODE": "production", "ALLOWED_HOSTS": "portal.example.org"} | environment
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_PRODUCTION}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=CHECKOUT, env=kept | told, capture_output=True, text=True, check=False)


def test_djangos_own_check_finds_nothing_careless():
    done = in_production("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=secrets.token_urlsafe(50))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "key",
    ["", "short", "# 50 random characters; whoever has it can sign in as anybody", f"{'k' * 40}\t"],
    ids=["none", "short", "a comment", "with a tab"],
)
def test_production_does_not_start_without_a_key_of_its_own(key):
    done = in_production("check", SECRET_KEY=key)
    assert done.returncode != 0
    assert "SECRET_KEY is missing or weak" in done.stderr


def asked(question, **environment):
    done = in_production(
        "shell", "-v", "0", "-c", question, SECRET_KEY=secrets.token_urlsafe(50), **environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_what_is_left_empty_has_its_usual_value():
    names = ("EMAIL_PORT", "MAIL_FROM", "CONTACT_PHONE", "CONTACT_EMAIL", "CONTACT_HOURS", "LOG_LEVEL")
    question = (
        "from django.conf import settings; print(settings.EMAIL_PORT, settings.LOGGING['root']['level'])\n"
        "print(settings.DEFAULT_FROM_EMAIL); print(*settings.CONTACT.values(), sep=' | ')"
    )
    assert asked(question, **dict.fromkeys(names, "")) == [
        "25 WARNING",
        "Stimulus fund <fund@example.org>",
        "020 7946 0142 | fund@example.org | Monday to Friday, 9am to 5:30pm",
    ]


FORWARDED = [
    ("", "10.0.0.2"),
    ("203.0.113.7", "203.0.113.7"),
    ("198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first is what the client said of itself
    ("2001:db8::7", "2001:db8::7"),
]
WHO_ASKS = f"""
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
for said in {[said for said, _ in FORWARDED]!r}:
    headers = {{"x-forwarded-for": said}} if said else {{}}
    print(get_client_ip(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.2")))
"""


def test_production_believes_the_one_proxy_in_front_about_who_asks():
    assert asked(WHO_ASKS) == [address for _, address in FORWARDED]


def test_nobody_else_is_believed_about_who_asks():
    assert asked(WHO_ASKS, ODIFUND_MODE="evaluation") == ["10.0.0.2"] * len(FORWARDED)
