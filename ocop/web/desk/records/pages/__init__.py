"""Turning chain entries into sentences a person reads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people import queries as people
from ocop.records.models import ChainEntry
from ocop.web.desk.records.pages.words import EVENTS, FIELDS, MACHINES, SUBJECTS, VALUES
from ocop.web.kit.words import role_name

_PAGES = {"product": "portal:product", "producer": "portal:producer"}  # whose subjects have a page
_LONG = 400  # characters of a value in the table of changes; the whole stands in the body below it


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an entry tells: a field with its old and new value, or a fact."""

    name: str
    before: str
    after: str
    is_change: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a sentence: `who` (`hat`) `did` `subject`."""

    n: int
    at: datetime
    who: str
    hat: str
    did: str
    subject: str
    subject_url: str
    event: str
    changes: tuple[Change, ...]


def event_words(event: str) -> str:
    """What was done, in words; the code itself when nobody has named it."""
    return str(EVENTS[event]) if event in EVENTS else _("ghi sự kiện %(event)s") % {"event": event}


def event_choices(events: Iterable[str]) -> list[tuple[str, str]]:
    """The events a list holds, by their words."""
    return sorted(((event, event_words(event).capitalize()) for event in events), key=lambda choice: choice[1])


def rows_of(entries: Iterable[ChainEntry]) -> list[EntryRow]:
    """Entries as sentences, with two questions for all their people and hats together."""
    listed = list(entries)
    bodies = [json.loads(entry.body) for entry in listed]
    names = people.names_by_id({entry.actor_id for entry in listed if entry.actor_id})
    hats = people.hats_by_id({body["mandate"] for body in bodies if body["mandate"]})
    return [_row(entry, body, names, hats) for entry, body in zip(listed, bodies, strict=True)]


def person_ids(viewer: Actor, text: str, on: date) -> tuple[int, ...] | None:
    """Whose entries are looked for; None when nobody was named."""
    return tuple(people.people_visible_to(viewer, on, text=text).values_list("pk", flat=True)) if text else None


def _row(entry: ChainEntry, body: dict[str, Any], names: dict[int, str], hats: dict[int, tuple[str, str]]) -> EntryRow:
    return EntryRow(
        n=entry.n,
        at=entry.at,
        who=_who(body["actor"], names),
        hat=_hat(hats.get(body["mandate"])),
        did=event_words(entry.event),
        subject=_subject(entry.subject, names),
        subject_url=_page_of(entry.subject),
        event=entry.event,
        changes=_changes(body["data"]),
    )


def _who(actor: int | str | None, names: dict[int, str]) -> str:
    if isinstance(actor, int):
        return names.get(actor) or _("Tài khoản số %(id)s") % {"id": actor}
    if actor:
        return _("Hệ thống (%(name)s)") % {"name": MACHINES.get(actor, actor)}
    return _("Khách không đăng nhập")


def _hat(hat: tuple[str, str] | None) -> str:
    return f"{role_name(hat[0])}, {hat[1]}" if hat else ""


def _subject(subject: str, names: dict[int, str]) -> str:
    kind, _colon, key = subject.partition(":")
    if kind == "user" and key.isdigit():
        key = names.get(int(key), key)
    return f"{SUBJECTS[kind]} {key}".strip() if kind in SUBJECTS else subject


def _page_of(subject: str) -> str:
    kind, _colon, key = subject.partition(":")
    try:
        return reverse(_PAGES[kind], args=[key]) if kind in _PAGES and key else ""
    except NoReverseMatch:
        return ""


def _changes(data: dict[str, Any]) -> tuple[Change, ...]:
    """Every field with its old and new value; what has no old value is a fact of its own."""
    if "from" in data and "to" in data and not isinstance(data["from"], dict):
        rest = {name: value for name, value in data.items() if name not in ("from", "to")}
        return (Change(_("Thay đổi"), _value(data["from"]), _value(data["to"]), True), *_changes(rest))
    return tuple(_change(name, value) for name, value in data.items())


def _change(name: str, value: Any) -> Change:
    label = str(FIELDS.get(name, name))
    if isinstance(value, dict) and set(value) == {"from", "to"}:
        return Change(label, _value(value["from"]), _value(value["to"]), True)
    return Change(label, "", _value(value), False)


def _value(value: Any) -> str:
    if value is None or value == "":
        return _("trống")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value) or _("trống")
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    text = str(VALUES.get(text) or FIELDS.get(text) or text)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
