"""Asks the web server beside it whether a proposal could be taken; for a container's health check.

It asks as the proxy does: by the portal's name and over HTTPS, since the portal answers to nothing else.
"""

import http.client
import os
import sys
from collections.abc import Mapping

LIMIT = 5  # seconds


def ask(port: int, host: str, path: str = "/healthz", method: str = "GET") -> int:
    """The status of a page, or 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        connection.request(method, path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def portals_name(environment: Mapping[str, str]) -> str:
    """The first of the names that the portal answers to."""
    return (environment.get("ALLOWED_HOSTS") or "127.0.0.1").split(",")[0]


if __name__ == "__main__":
    sys.exit(0 if ask(int(os.environ.get("PORT", "8000")), portals_name(os.environ)) == 200 else 1)
