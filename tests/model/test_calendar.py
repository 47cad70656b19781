"""A body's calendar: its rule, and what people changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.calendar import Calendar, Change
from strategybot.model.meeting import Meeting, Schedule

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def schedule(rule: str = "FREQ=MONTHLY;BYDAY=2TH", zone: str = "UTC", first: str = "2026-12-10T15:00") -> Schedule:
    return Schedule(datetime.fromisoformat(first), rule, zone, 60, "online")


def moved(meeting: str, day: str, hour: str = "") -> Change:
    return Change(meeting, day=date.fromisoformat(day), hour=time.fromisoformat(hour) if hour else None)


def cancelled(meeting: str) -> Change:
    return Change(meeting, cancelled=True)


def extra(day: str, hour: str = "") -> Change:
    return Change(day, hour=time.fromisoformat(hour) if hour else None, extra=True)


def coming(calendar: Calendar, count: int, since: datetime = NOW) -> list[str]:
    """The dates and starts of the next meetings, as one asks for them one by one."""
    found: list[str] = []
    meeting = calendar.following(since)
    while meeting and len(found) < count:
        found.append(f"{meeting.date} {meeting.start:%Y-%m-%dT%H:%M}")
        meeting = calendar.following(meeting.start)
    return found


RULES = [
    ("the 31st", "FREQ=MONTHLY;BYMONTHDAY=31", "UTC", "2027-01-31T15:00",
     ["2027-01-31 2027-01-31T15:00", "2027-03-31 2027-03-31T15:00", "2027-05-31 2027-05-31T15:00"]),
    ("the last day", "FREQ=MONTHLY;BYMONTHDAY=-1", "UTC", "2027-01-31T15:00",
     ["2027-01-31 2027-01-31T15:00", "2027-02-28 2027-02-28T15:00", "2027-03-31 2027-03-31T15:00"]),
    ("the last Friday", "FREQ=MONTHLY;BYDAY=-1FR", "UTC", "2027-01-29T15:00",
     ["2027-01-29 2027-01-29T15:00", "2027-02-26 2027-02-26T15:00", "2027-03-26 2027-03-26T15:00"]),
    ("the fifth Monday, which few months have", "FREQ=MONTHLY;BYDAY=5MO", "UTC", "2027-03-29T15:00",
     ["2027-03-29 2027-03-29T15:00", "2027-05-31 2027-05-31T15:00", "2027-08-30 2027-08-30T15:00"]),
    ("the leap day", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "UTC", "2028-02-29T15:00",
     ["2028-02-29 2028-02-29T15:00", "2032-02-29 2032-02-29T15:00", "2036-02-29 2036-02-29T15:00"]),
    ("around a leap day", "FREQ=DAILY", "UTC", "2028-02-28T15:00",
     ["2028-02-28 2028-02-28T15:00", "2028-02-29 2028-02-29T15:00", "2028-03-01 2028-03-01T15:00"]),
    ("around New Year", "FREQ=WEEKLY", "UTC", "2026-12-24T15:00",
     ["2026-12-24 2026-12-24T15:00", "2026-12-31 2026-12-31T15:00", "2027-01-07 2027-01-07T15:00"]),
    ("New Year's Eve, which is next year in UTC", "FREQ=YEARLY", "America/New_York", "2026-12-31T20:00",
     ["2026-12-31 2027-01-01T01:00", "2027-12-31 2028-01-01T01:00", "2028-12-31 2029-01-01T01:00"]),
    ("clocks that go forward", "FREQ=WEEKLY", "Europe/Paris", "2027-03-25T15:00",
     ["2027-03-25 2027-03-25T14:00", "2027-04-01 2027-04-01T13:00", "2027-04-08 2027-04-08T13:00"]),
    ("clocks that go back", "FREQ=WEEKLY", "America/New_York", "2027-11-04T15:00",
     ["2027-11-04 2027-11-04T19:00", "2027-11-11 2027-11-11T20:00", "2027-11-18 2027-11-18T20:00"]),
    ("summer in the south", "FREQ=MONTHLY;BYDAY=1SU", "Pacific/Auckland", "2027-04-04T09:00",
     ["2027-04-04 2027-04-03T21:00", "2027-05-02 2027-05-01T21:00", "2027-06-06 2027-06-05T21:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "zone", "first", "dates"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_meetings_by_rule(rule: str, zone: str, first: str, dates: list[str]) -> None:
    """Months of all lengths, leap days, New Year, and clocks that are put forward and back."""
    assert coming(Calendar(schedule(rule, zone, first)), 3) == dates


CHANGES = [
    ("nothing", (), ["2026-12-10 2026-12-10T15:00", "2027-01-14 2027-01-14T15:00"]),
    ("moved to another day", (moved("2026-12-10", "2026-12-17"),),
     ["2026-12-10 2026-12-17T15:00", "2027-01-14 2027-01-14T15:00"]),
    ("moved to another hour", (moved("2026-12-10", "2026-12-10", "18:30"),),
     ["2026-12-10 2026-12-10T18:30", "2027-01-14 2027-01-14T15:00"]),
    ("moved over midnight", (moved("2026-12-10", "2026-12-11", "00:30"),),
     ["2026-12-10 2026-12-11T00:30", "2027-01-14 2027-01-14T15:00"]),
    ("moved over New Year", (moved("2026-12-10", "2027-01-01"),),
     ["2026-12-10 2027-01-01T15:00", "2027-01-14 2027-01-14T15:00"]),
    ("moved behind the next one", (moved("2026-12-10", "2027-01-20"),),
     ["2027-01-14 2027-01-14T15:00", "2026-12-10 2027-01-20T15:00"]),
    ("moved before the one before", (moved("2027-01-14", "2026-12-03"),),
     ["2027-01-14 2026-12-03T15:00", "2026-12-10 2026-12-10T15:00"]),
    ("the next one cancelled", (cancelled("2026-12-10"),),
     ["2027-01-14 2027-01-14T15:00", "2027-02-11 2027-02-11T15:00"]),
    ("two in a row cancelled", (cancelled("2026-12-10"), cancelled("2027-01-14")),
     ["2027-02-11 2027-02-11T15:00", "2027-03-11 2027-03-11T15:00"]),
    ("an extra one", (extra("2026-12-20"),),
     ["2026-12-10 2026-12-10T15:00", "2026-12-20 2026-12-20T15:00"]),
    ("an extra one before", (extra("2026-12-03", "09:15"),),
     ["2026-12-03 2026-12-03T09:15", "2026-12-10 2026-12-10T15:00"]),
    ("an extra one that was moved", (extra("2026-12-03"), moved("2026-12-03", "2026-12-05")),
     ["2026-12-03 2026-12-05T15:00", "2026-12-10 2026-12-10T15:00"]),
    ("an extra one that was cancelled", (cancelled("2026-12-03"), extra("2026-12-03")),
     ["2026-12-10 2026-12-10T15:00", "2027-01-14 2027-01-14T15:00"]),
    ("an extra one where one is planned", (extra("2026-12-10", "09:00"),),
     ["2026-12-10 2026-12-10T15:00", "2027-01-14 2027-01-14T15:00"]),
    ("two that changed places", (moved("2026-12-10", "2027-01-14"), moved("2027-01-14", "2026-12-10")),
     ["2027-01-14 2026-12-10T15:00", "2026-12-10 2027-01-14T15:00"]),
    ("one that was never planned", (moved("2026-12-11", "2026-12-12"), cancelled("2026-12-13")),
     ["2026-12-10 2026-12-10T15:00", "2027-01-14 2027-01-14T15:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "dates"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_meetings_that_people_changed(changes: tuple[Change, ...], dates: list[str]) -> None:
    """A meeting keeps the date by which it is known; cancelled ones don't come up, extra ones do."""
    assert coming(Calendar(schedule(), changes), 2) == dates


def test_a_move_keeps_the_local_hour() -> None:
    """Also over the night in which clocks are put forward, and when the hour is changed in the configuration."""
    move = (moved("2027-03-25", "2027-03-29"),)
    berlin = schedule("FREQ=WEEKLY", "Europe/Berlin", "2027-03-25T15:00")
    assert coming(Calendar(berlin, move), 1) == ["2027-03-25 2027-03-29T13:00"]
    later = schedule("FREQ=WEEKLY", "Europe/Berlin", "2027-03-25T18:00")
    assert coming(Calendar(later, move), 1) == ["2027-03-25 2027-03-29T16:00"]


def test_what_a_meeting_tells_of_its_change() -> None:
    """Where it was before, what its place was, and why; a cancelled one is known by its date."""
    change = Change("2026-12-10", day=date(2026, 12, 17), place="the library", minutes=90, reason="Holidays")
    calendar = Calendar(schedule(), (change, cancelled("2027-01-14"), extra("2026-12-20")))
    meeting = calendar.on("2026-12-10")
    assert meeting == Meeting(utc("2026-12-17T15:00"), "2026-12-10", 90)
    assert (meeting.moved_from, meeting.place_before) == (utc("2026-12-10T15:00"), "online")
    assert (meeting.place, meeting.minutes, meeting.reason) == ("the library", 90, "Holidays")
    off, added = calendar.on("2027-01-14"), calendar.on("2026-12-20")
    assert off
    assert added
    assert (off.cancelled, off.start, added.extra) == (True, utc("2027-01-14T15:00"), True)
    assert calendar.on("2026-12-17") is None
    shown = calendar.between(NOW, utc("2027-02-01"))
    assert [(one.date, one.cancelled) for one in shown] == [
        ("2026-12-10", False), ("2026-12-20", False), ("2027-01-14", True),
    ]  # fmt: skip


def test_a_move_to_the_same_time_is_none() -> None:
    """A meeting that was put back is where it was planned."""
    meeting = Calendar(schedule(), (moved("2026-12-10", "2026-12-10"),)).on("2026-12-10")
    assert meeting
    assert meeting.moved_from is None


def test_a_cancelled_meeting_was_never_the_latest() -> None:
    """Neither before nor after it should have begun."""
    calendar = Calendar(schedule(), (cancelled("2027-01-14"),))
    latest = [calendar.latest(utc(text)) for text in ("2026-12-09", "2026-12-11", "2027-01-15", "2027-02-12")]
    assert [one and one.date for one in latest] == [None, "2026-12-10", "2026-12-10", "2027-02-11"]


DAYS = st.dates(date(2026, 12, 1), date(2027, 12, 1))
DATES = [one.date for one in schedule().between(NOW, NOW + timedelta(days=365))]
HOURS = st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Calendars of which people moved and cancelled some meetings and added others, no two of them on one day."""
    planned = draw(st.lists(st.sampled_from(DATES), unique=True, max_size=6))
    days = draw(st.lists(DAYS.filter(lambda day: day.isoformat() not in DATES), unique=True, min_size=8, max_size=8))
    changes = [
        cancelled(meeting) if draw(st.booleans()) else Change(meeting, day=day, hour=draw(HOURS))
        for meeting, day in zip(planned, days, strict=False)
    ]
    changes += [Change(day.isoformat(), hour=draw(HOURS), extra=True) for day in days[len(planned) :]]
    zone = draw(st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]))
    return Calendar(schedule(zone=zone), tuple(draw(st.permutations(changes))))


@given(calendars(), st.datetimes(datetime(2026, 12, 1), datetime(2027, 11, 1)))  # noqa: DTZ001  # made aware below
def test_before_and_after_are_inverse(calendar: Calendar, local: datetime) -> None:
    """From any moment the next meeting and the last are neighbours, and the whole chain is the calendar's list."""
    now = local.replace(tzinfo=UTC)
    latest, following = calendar.latest(now), calendar.following(now)
    assert following
    assert following.start > now
    assert calendar.preceding(following) == latest
    if latest:
        assert latest.start <= now
        assert calendar.following(latest.start) == following
    end = now + timedelta(days=90)
    chain, meeting = list[Meeting](), calendar.following(now)
    while meeting and meeting.start < end:
        chain.append(meeting)
        meeting = calendar.following(meeting.start)
    shown = calendar.between(now + timedelta.resolution, end)
    assert chain == [one for one in shown if not one.cancelled]
    assert len({one.date for one in shown}) == len(shown)
    assert all(calendar.on(one.date) == one for one in shown)


@given(calendars())
def test_meetings_keep_their_local_hour(calendar: Calendar) -> None:
    """Whatever the zone does, a meeting that nobody gave another hour begins at the usual one."""
    given_hours = {change.meeting for change in calendar.changes if change.hour}
    zone = ZoneInfo(calendar.schedule.zone)
    for one in calendar.between(NOW, NOW + timedelta(days=365)):
        if one.date not in given_hours:
            assert one.start.astimezone(zone).time() == time(15)
