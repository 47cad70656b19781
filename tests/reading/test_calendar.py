"""Entries on a calendar page: what is understood, and what is said of the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from strategybot.model.calendar import Calendar
from strategybot.model.meeting import Schedule
from strategybot.model.page import Title
from strategybot.model.source import Source
from strategybot.reading.calendar import Entry, Noted, changes_of, read_entries

WRITTEN = datetime(2026, 12, 1, 12, tzinfo=UTC)
BERLIN = Schedule(datetime(2026, 12, 10, 15), "FREQ=MONTHLY;BYDAY=2TH", "Europe/Berlin", 60)  # noqa: DTZ001  # local


def noted(text: str, written: datetime = WRITTEN) -> list[Noted]:
    """The entries of a text, each by a revision of its own."""
    entries = read_entries(text, "Steering group/Meeting")
    return [
        Noted(entry, Source(Title("Calendar"), number, "Ada", written), written)
        for number, entry in enumerate(entries, 1)
    ]


def entry(fields: str) -> str:
    return f"{{{{Steering group/Meeting|{fields}}}}}"


def told(fields: str) -> str:
    """What one entry comes to: the meeting as it then is, or the key of what is said of it."""
    changes, flaws = changes_of(noted(entry(fields)), BERLIN, ("en", "fr"))
    if flaws:
        return " ".join([flaws[0].key.removeprefix("calendar-"), *flaws[0].words])
    meeting = Calendar(BERLIN, changes).on(changes[0].meeting)
    assert meeting
    local = BERLIN.local(meeting.start)
    return f"{meeting.date} {'off' if meeting.cancelled else f'{local:%Y-%m-%d %H:%M}'}"


@pytest.mark.parametrize(
    ("fields", "meeting"),
    [
        # moved, in all forms of dates and times
        ("was=2026-12-10|date=2026-12-17", "2026-12-10 2026-12-17 15:00"),
        ("was=2026-12-10|date=2026-12-17 16:00", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17T16:00", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17T16:00:00", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17, 16h", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17 16h30", "2026-12-10 2026-12-17 16:30"),
        ("was=2026-12-10|date=le 17 décembre 2026 à 16 h 30", "2026-12-10 2026-12-17 16:30"),
        ("was=2026-12-10|date=17 December 2026 16:00", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=16:00, 17 December 2026", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=Thursday, December 17th, 2026 at 4 pm", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17 4:30 p.m.", "2026-12-10 2026-12-17 16:30"),
        ("was=2026-12-10|date=2026-12-17 12 am", "2026-12-10 2026-12-17 00:00"),
        ("was=2026-12-10|date=17. Dezember 2026, 16:00 Uhr", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=17 de diciembre de 2026, 16:00", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=17 ديسمبر 2026 16:00", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17 15:00 UTC", "2026-12-10 2026-12-17 16:00"),
        ("was=2026-12-10|date=2026-12-17T23:30Z", "2026-12-10 2026-12-18 00:30"),
        ("was=10 December 2026|date=2026-12-17", "2026-12-10 2026-12-17 15:00"),
        ("was=10/12/2026|date=2026-12-17", "2026-12-10 2026-12-17 15:00"),
        ("was=10.12.2026|date=17.12.2026 16:00", "2026-12-10 2026-12-17 16:00"),
        (" was = 2026-12-10 \n| date = 2026-12-17 \n", "2026-12-10 2026-12-17 15:00"),
        # cancelled, elsewhere, longer, added
        ("was=2026-12-10", "2026-12-10 off"),
        ("was=2026-12-10|reason=Holidays", "2026-12-10 off"),
        ("was=2026-12-10|place=the library", "2026-12-10 2026-12-10 15:00"),
        ("was=2026-12-10|minutes=90", "2026-12-10 2026-12-10 15:00"),
        ("date=2026-12-20", "2026-12-20 2026-12-20 15:00"),
        ("date=2026-12-20 09:15", "2026-12-20 2026-12-20 09:15"),
        # what isn't understood
        ("reason=Holidays", "no-date"),
        ("date=|reason=", "no-date"),
        ("was=2026-12-10|date=|reason=", "nothing 2026-12-10"),
        ("was=2026-12-10|place=", "nothing 2026-12-10"),
        ("was=2026-12-11|date=2026-12-17", "no-such-meeting 2026-12-11 2026-12-10"),
        ("was=the next one|date=2026-12-17", "no-such-meeting the next one 2026-12-10"),
        ("was=9999-12-31", "no-such-meeting 9999-12-31 2026-12-10"),
        ("was=0001-01-01", "no-such-meeting 0001-01-01 2026-12-10"),
        ("was=2026-12-10|date=next week", "day next week"),
        ("was=2026-12-10|date=2026-02-30", "day 2026-02-30"),
        ("was=2026-12-10|date=11/12/2026", "days 11/12/2026 2026-12-11 2026-11-12"),
        ("was=2026-12-10|date=2026-12-17 or 2026-12-18", "days 2026-12-17 or 2026-12-18 2026-12-17 2026-12-18"),
        ("was=2026-12-10|date=2026-12-17 25:00", "time 2026-12-17 25:00"),
        ("was=2026-12-10|date=2026-12-17 16:75", "time 2026-12-17 16:75"),
        ("was=2026-12-10|date=2026-12-17 13 pm", "time 2026-12-17 13 pm"),
        ("was=2026-12-10|date=2026-12-17 16", "time 2026-12-17 16"),
        ("was=2026-12-10|date=2026-12-17 16:00-17:00", "time 2026-12-17 16:00-17:00"),
        ("was=2026-12-10|date=2026-12-17 16:00 EST", "time 2026-12-17 16:00 EST"),
        ("was=2026-12-10|date=2026-12-17 UTC", "time 2026-12-17 UTC"),
        ("was=2026-12-10|date=2025-12-17", "past 2025-12-17"),
        ("was=2026-12-10|date=2026-12-01 09:00", "past 2026-12-01 09:00"),
        ("date=2026-11-30", "past 2026-11-30"),
        ("was=2026-12-10|date=2062-12-17", "far 2062-12-17"),
        ("was=2026-12-10|date=2199-12-31", "far 2199-12-31"),
        ("was=2026-12-10|date=9999-12-31", "day 9999-12-31"),
        ("was=2026-12-10|date=1900-01-01", "past 1900-01-01"),
        ("was=2026-12-10|minutes=long", "minutes long"),
        ("was=2026-12-10|minutes=2", "minutes 2"),
        ("was=2026-12-10|minutes=99999", "minutes 99999"),
        ("date=2026-12-10 09:00", "already 2026-12-10"),
        ("was=2026-12-10|date=2027-01-14 18:00", "taken 2027-01-14"),
    ],
)  # fmt: skip
def test_an_entry(fields: str, meeting: str) -> None:
    """It changes a meeting, or a sentence says what can't be followed."""
    assert told(fields) == meeting


@pytest.mark.parametrize(
    ("entries", "meeting", "flaws"),
    [
        (["was=2026-12-10|date=2026-12-17", "was=2026-12-10|date=2026-12-18"], "2026-12-10 12-18", ["1 superseded"]),
        (["was=2026-12-10", "was=2026-12-10|date=2026-12-10"], "2026-12-10 12-10", ["1 superseded"]),
        (["was=2026-12-20|date=2026-12-21", "date=2026-12-20"], "2026-12-20 12-21", []),
        (["was=2026-12-10|date=2027-01-14", "was=2027-01-14|date=2026-12-10"], "2026-12-10 01-14", []),
        (["was=2026-12-10|date=2027-01-14", "was=2027-01-14"], "2026-12-10 01-14", []),
        (["date=2026-12-12", "was=2026-12-10|date=2026-12-12"], "2026-12-10 12-10", ["2 taken"]),
        (["was=2026-12-10|date=2026-12-17", "was=2026-12-10|date=tomorrow"], "2026-12-10 12-17", ["2 day"]),
    ],
)
def test_several_entries(entries: list[str], meeting: str, flaws: list[str]) -> None:
    """The last about a meeting counts, and no meeting is put on another one's day as things stand in the end."""
    changes, found = changes_of(noted("\n\n".join(map(entry, entries))), BERLIN, ("en",))
    known = Calendar(BERLIN, changes).on(meeting[:10])
    assert known
    assert f"{known.date} {BERLIN.local(known.start):%m-%d}" == meeting
    assert [f"{flaw.noted.source.revid} {flaw.key.removeprefix('calendar-')}" for flaw in found] == flaws


def test_a_clash_moves_on() -> None:
    """Where an entry falls away, its meeting is back where it was planned, and what was put there falls away, too."""
    text = "\n".join(
        map(
            entry,
            ["was=2027-01-14|date=2026-12-10", "was=2026-12-10|date=2027-02-11", "was=2027-03-11|date=2027-02-11"],
        )
    )
    changes, flaws = changes_of(noted(text), BERLIN, ("en",))
    assert changes == ()
    assert {flaw.key for flaw in flaws} == {"calendar-taken"}


def test_what_was_said_in_time_stays() -> None:
    """Whoever corrects the reason of an old entry doesn't undo the move; what was never said in time doesn't count."""
    later = WRITTEN + timedelta(days=100)
    one = Noted(Entry(was="2026-12-10", date="2026-12-17"), Source(Title("Calendar"), 1, "Ada", later), WRITTEN)
    assert changes_of([one], BERLIN, ("en",))[1] == ()
    other = Noted(one.entry, one.source, later)
    assert [flaw.key for flaw in changes_of([other], BERLIN, ("en",))[1]] == ["calendar-past"]


def test_what_is_an_entry() -> None:
    """Calls of the template, wherever they stand; not those without fields, in comments or in nowiki."""
    text = (
        "{{Template:steering group/Meeting|was=2026-12-10}}\n<!-- {{Steering group/Meeting|was=1}} -->"
        "<nowiki>{{Steering group/Meeting|was=2}}</nowiki>{{Steering group/Meeting}}{{Steering group/Meetings|was=3}}"
    )
    assert read_entries(text, "Steering group/Meeting") == (Entry(was="2026-12-10"),)
