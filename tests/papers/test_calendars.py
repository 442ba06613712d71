"""A calendar read back by the library other programs use: whole days, ends exclusive, entries that move instead of doubling."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from ocop.papers.calendars import Day, calendar_ics

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OPENS = Day("BK001-R1-open", date(2027, 2, 28), "Mở nhận hồ sơ, đánh giá lại; Miến dong", "HTX Mai.\nDòng hai", "https://ocop.vn/a/")


def read(*days: Day) -> Calendar:
    return Calendar.from_ical(calendar_ics(days, name="Đánh giá lại", host="ocop.vn", made_at=AT))


def test_a_day_is_a_whole_day() -> None:
    (event,) = read(OPENS).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 2, 28), date(2027, 3, 1))
    assert (str(event["summary"]), str(event["description"])) == (OPENS.title, OPENS.text)
    assert (str(event["uid"]), str(event["url"])) == ("BK001-R1-open@ocop.vn", OPENS.url)
    assert event["dtstamp"].dt == AT


def test_an_entry_keeps_its_name_when_its_day_changes() -> None:
    moved = Day(OPENS.key, OPENS.on + timedelta(days=9), OPENS.title, OPENS.text, OPENS.url)
    uids = {str(event["uid"]) for day in (OPENS, moved) for event in read(day).walk("VEVENT")}
    assert len(uids) == 1


def test_it_is_a_calendar_by_the_standard() -> None:
    calendar = read(OPENS)
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    assert calendar["prodid"]
    assert calendar.errors == []
    text = calendar_ics([OPENS], name="x", host="h", made_at=AT)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_nothing_to_show_is_an_empty_calendar() -> None:
    assert read().walk("VEVENT") == []
