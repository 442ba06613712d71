"""The bytes of an answer. Lists go from rows to JSON without a model between: it would cost more than the database."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ocop.register.queries.lists import ProductRow
from ocop.register.queries.portal_parts import Place
from ocop.register.rules import Standing, StandingReason

T = TypeVar("T")
Json = dict[str, Any]
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ONE_DAY = timedelta(days=1)


def answer(body: Json, status: int = 200) -> HttpResponse:
    return HttpResponse(_write(body).encode(), status=status, content_type="application/json")


def listed(request: HttpRequest, rows: Iterable[T], *, following: str, item: Callable[[T], Json], **about: Any) -> HttpResponse:
    """One page of a list. `following` is the cursor of the next one, empty on the last."""
    address = f"{settings.SITE_URL}{request.path}?{_asked(request, following)}" if following else None
    response = answer({**about, "items": [item(row) for row in rows], "next": address})
    if address:
        response["Link"] = f'<{address}>; rel="next"'
    return response


def page_of(found: Sequence[T], limit: int, kind: str, code: Callable[[T], str]) -> tuple[Sequence[T], str]:
    """What a page shows of the rows found, one more than it holds if there is another behind it; and that one's cursor."""
    shown = found[:limit]
    return shown, f"{kind}~{code(shown[-1])}" if len(found) > limit else ""


def _asked(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return query.urlencode(safe="~")


def begins_behind(cursor: str | None) -> str:
    """The code in a cursor, which its pattern has checked; empty at the beginning."""
    return cursor.partition("~")[2] if cursor else ""


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def last_day(end: date | None) -> str | None:
    """The last day before an exclusive end."""
    return (end - _ONE_DAY).isoformat() if end else None


def source(urls: str, name: str, confidence: str, as_of: date) -> Json:
    """Several addresses stand in one column, joined by " ; "."""
    return {"urls": [url for url in urls.split(" ; ") if url], "name": name or None, "confidence": confidence, "as_of": as_of.isoformat()}


def named(code: str | None, name: str | None) -> Json | None:
    return {"code": code, "name": name} if code else None


def place(commune_code: str | None, commune: str | None, unit: str | None, parent: str | None) -> Json:
    """The commune of today, and the unit as the source named it."""
    in_source = f"{unit}, {parent}" if unit and parent else unit
    return {"commune": named(commune_code, commune), "in_source": in_source or None}


def place_of(found: Place) -> Json:
    return place(found.commune_code, found.commune, found.unit, found.unit_parent)


def standing(found: Standing, on: date, decision_no: str | None = None) -> Json:
    return {
        "on": on.isoformat(),
        "state": str(found.kind),
        "stars": found.stars,
        "last_day": last_day(found.until),
        "is_due": found.is_due,
        "is_disputed": found.is_disputed,
        "reason": str(found.reason),
        "confirmed_on": day(found.confirmed_on),
        "recognition": found.recognition_code or None,
        "decision_no": decision_no or None,
    }


def standing_of(row: ProductRow, on: str) -> Json:
    """The same of a row, without making a `Standing` of it: a page holds a hundred."""
    is_due = row.state == "due"
    return {
        "on": on,
        "state": "valid" if is_due else row.state,
        "stars": row.stars,
        "last_day": last_day(row.until),
        "is_due": is_due,
        "is_disputed": bool(row.is_disputed),
        "reason": row.reason or StandingReason.NO_RECOGNITION.value,
        "confirmed_on": day(row.confirmed_on),
        "recognition": row.recognition,
        "decision_no": row.decision_no or None,
    }
