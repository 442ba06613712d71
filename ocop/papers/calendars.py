"""Calendars that other programs subscribe to (iCalendar, RFC 5545): whole days, nothing personal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Day:
    """One entry of a calendar. `key` stays the same when the day changes, so that the entry moves and is not doubled."""

    key: str
    on: date
    title: str
    text: str
    url: str


def calendar_ics(days: Iterable[Day], *, name: str, host: str, made_at: datetime) -> bytes:
    """The days as a calendar. An end is exclusive in iCalendar: a whole day ends on the next one."""
    calendar = Calendar()
    calendar.add("prodid", "-//OCOP Bac Kan//Danh gia lai//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@{host}")
        event.add("dtstamp", made_at)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.title)
        event.add("description", day.text)
        event.add("url", day.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
