"""Meetings by a rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.meeting import Meeting, Schedule


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _schedule(rule: str = "FREQ=MONTHLY;BYDAY=2TH", zone: str = "UTC", first: str = "2026-12-10T15:00") -> Schedule:
    return Schedule(datetime.fromisoformat(first), rule, zone, 90, "online")


def test_a_meeting_knows_its_times_and_place() -> None:
    """Start and end in UTC, the local date, and where it is."""
    meeting = _schedule(zone="Europe/Berlin").following(_utc("2026-12-01T00:00"))
    assert meeting == Meeting(_utc("2026-12-10T14:00"), "2026-12-10", 90, "online")
    assert (meeting.minutes, meeting.place) == (90, "online")
    assert meeting.end == _utc("2026-12-10T15:30")


@pytest.mark.parametrize(
    ("now", "latest", "following"),
    [
        ("2026-12-10T14:59", None, "2026-12-10"),
        ("2026-12-10T15:00", "2026-12-10", "2027-01-14"),
        ("2027-01-14T14:59:59", "2026-12-10", "2027-01-14"),
        ("2036-01-01T00:00", "2035-12-13", "2036-01-10"),
    ],
)
def test_a_meeting_has_started_at_its_start(now: str, latest: str | None, following: str) -> None:
    """The latest is not later than now, the following is later."""
    found = _schedule().latest(_utc(now)), _schedule().following(_utc(now))
    assert [meeting and meeting.date for meeting in found] == [latest, following]


@pytest.mark.parametrize(
    ("zone", "first", "starts"),
    [
        ("Europe/Berlin", "2026-03-26T15:00", ["2026-03-26T14:00", "2026-04-02T13:00"]),
        ("America/New_York", "2026-10-29T23:30", ["2026-10-30T03:30", "2026-11-06T04:30"]),
        ("Asia/Kathmandu", "2026-10-29T00:15", ["2026-10-28T18:30", "2026-11-04T18:30"]),
        ("Europe/Berlin", "2026-03-22T02:30", ["2026-03-22T01:30", "2026-03-29T01:30"]),
        ("Europe/Berlin", "2026-10-25T02:30", ["2026-10-25T00:30", "2026-11-01T01:30"]),
    ],
)
def test_meetings_keep_their_local_time(zone: str, first: str, starts: list[str]) -> None:
    """Daylight saving moves them in UTC; a skipped or doubled hour is taken as the zone has it."""
    schedule = _schedule("FREQ=WEEKLY", zone, first)
    meetings = [schedule.following(_utc(starts[0]) - timedelta(days=1)), schedule.following(_utc(starts[0]))]
    assert [meeting and meeting.start for meeting in meetings] == [_utc(start) for start in starts]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=2", "FREQ=DAILY;UNTIL=20261211T150000"])
def test_a_rule_may_end(rule: str) -> None:
    """After its end there is a latest meeting and none to follow."""
    now = _utc("2027-06-01T00:00")
    latest = _schedule(rule).latest(now)
    assert latest
    assert latest.date == "2026-12-11"
    assert _schedule(rule).following(now) is None
    before = _schedule(rule).preceding(latest)
    assert before
    assert before.date == "2026-12-10"
    assert _schedule(rule).preceding(before) is None


@given(
    st.integers(0, 3 * 366 * 86400).map(lambda seconds: _utc("2026-12-11T00:00") + timedelta(seconds=seconds)),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"]),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU", "FREQ=MONTHLY;BYDAY=-1SU"]),
    st.integers(0, 23),
)
def test_no_moment_falls_between_two_meetings(now: datetime, zone: str, rule: str, hour: int) -> None:
    """What follows the latest meeting is the following one, and now lies between, whatever clocks do."""
    schedule = _schedule(rule, zone, f"2026-11-01T{hour:02}:30")
    latest, following = schedule.latest(now), schedule.following(now)
    assert latest
    assert following
    assert latest.start <= now < following.start
    assert schedule.following(latest.start) == following
    assert schedule.latest(following.start) == following
