"""What a page carries along for the form that confirms it: which proposal of the first person it showed."""

import re


def as_read(response) -> dict[str, str]:
    """The fields that say what was read, as the page's form would send them."""
    (key,) = re.findall(r'name="read"\s+value="([^"]+)"', response.content.decode())
    return {"read": key}
