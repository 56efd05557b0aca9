"""Pages that were seen already: a browser that has the page as it would be now is told so, without it.

A page names all that it is made of; the tag digests that. To it comes what every page shows: the release,
the contact, the hour in London, and the key of its forms. The minutes of the clock go on by script.
Whoever is signed in is answered in full each time, and no cache keeps it: nobody's page is served to
another, and no message is lost.
"""

import hashlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, DecimalField, Func, QuerySet, Sum, Value
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from odifund.core import demonstration
from odifund.core.http import PortalRequest
from odifund.core.wording import in_london

SOURCES = ("odifund", "consortia", "tenders", "deliverables", "templates", "static", "print")
Inputs = Iterable[object]


def unless_seen(
    request: PortalRequest, inputs: Callable[[], Inputs | None], page: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 where the browser has it, else the page with its tag. `inputs` is None where not all can be named.

    They are read before the page is. What changes in between makes the page newer than its tag, never older.
    """
    named = inputs() if _is_anonymous_reading(request) else None
    if named is None:
        return page()
    told = list(map(str, named))
    if found := get_conditional_response(request, etag=_tag(request, told)):
        return _marked(found, _tag(request, told)) if isinstance(found, HttpResponseNotModified) else page()
    answer = page()
    return _marked(answer, _tag(request, told)) if answer.status_code == 200 else answer


def versions(**rows: QuerySet[Any]) -> list[str]:
    """A digest of the versions of these rows, a name a table: one query, whatever was changed by whom.

    PostgreSQL keeps with each row which transaction wrote it, and where: an update changes both. Their
    hashes are summed up, which needs no order.
    """
    found = [_versions(name, queryset) for name, queryset in sorted(rows.items())]
    return sorted(" ".join(map(str, seen)) for seen in found[0].union(*found[1:], all=True))


def _versions(name: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int, Decimal]]:
    table = rows.model._meta.db_table
    version = RawSQL(f'"{table}".xmin::text || "{table}".ctid::text', ())  # noqa: S611 - names of ours
    every = Sum(Func(version, Value(0), function="hashtextextended", output_field=DecimalField()))
    named = (
        rows.order_by().annotate(table=Value(name)).values("table").annotate(count=Count("pk"), seen=every)
    )
    told: QuerySet[Any, tuple[str, int, Decimal]] = named.values_list("table", "count", "seen")
    return told


def _is_anonymous_reading(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _tag(request: PortalRequest, told: list[str]) -> str:
    """Weak: two pages of one tag differ in the padding of their forms' key."""
    digest = hashlib.sha256()
    for part in (*told, *map(str, _of_every_page(request))):
        digest.update(f"{len(part)}:{part}".encode())
    return f'W/"{digest.hexdigest()[:32]}"'


def _of_every_page(request: PortalRequest) -> Inputs:
    yield release()
    yield settings.CONTACT
    yield settings.PORTAL_URL
    yield bool(settings.CLAMD)
    yield demonstration.on_pages(request)
    yield request.get_full_path()
    yield f"{in_london(request.at):%Y-%m-%d %H %Z}"
    yield request.META.get("CSRF_COOKIE", "")


def _marked(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Cookie", "Accept-Encoding"])
    return answer


@lru_cache(maxsize=1)
def release() -> str:
    """A digest of the portal's own files: another release makes other pages."""
    digest = hashlib.sha256()
    folders = [settings.BASE_DIR / source for source in SOURCES]
    files = (file for folder in folders for file in folder.rglob("*") if "__pycache__" not in file.parts)
    for file in sorted([*files, settings.BASE_DIR / "requirements.txt"]):
        if file.is_file():
            digest.update(f"{file.relative_to(settings.BASE_DIR)}".encode() + file.read_bytes())
    return digest.hexdigest()
