"""Asks the web server beside it whether a proposal could be taken; for a container's health check.

It asks as the proxy does: by the portal's name and over HTTPS, since the portal answers to nothing else.
"""

import http.client
import os
import sys

LIMIT = 5  # seconds


def ask(port: int, host: str) -> int:
    """The status of `/healthz`, or 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    portals_name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    sys.exit(0 if ask(int(os.environ.get("PORT", "8000")), portals_name) == 200 else 1)
