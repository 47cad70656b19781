"""A year of a small process, as its people write it: December 2026 to November 2027.

Three working groups report to a steering group that meets on second Thursdays at 15:00 UTC. One of them, Médiation,
works in French and meets on first Tuesdays at 18:30 in Paris; it keeps its minutes on one flat page. In April a meeting
is moved, one cancelled and one added; in May the bot is out of order for two weeks; January's minutes are late, June's
are contested; in July a coordinator leaves; in September minutes are edited that had been approved.

What people do stands in `story/`, a file a month. Each step begins with a line

    --- 2027-01-04 10:00 | Bo Example | form | Steering Group/Action items | list of keys

that says when (UTC), who, what and where (below `Reading rooms/Working Groups/`, but for user pages): `save` the page
with the text that follows, whatever stood there; `append` the text; `replace` some words, up to a line `--- by`, by
others; send the `form` of the entry of a register that holds the last part's words; or `amend` a field of that entry.

Texts carry their author's marks, which say what a line means and never reach the wiki:

    ⟦+keys 2026-12-18⟧        an action item is given; it is due on that day, or on none
    ⟦=keys done⟧              its state: done, dropped, open; or ⟦=keys due 2027-01-31⟧ its day
    ⟦!hours⟧                  a decision; ⟦!hours withdrawn⟧ takes it back
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

ROOT = "Reading rooms"
STEERING = f"{ROOT}/Working Groups/Steering Group"
MEDIATION = f"{ROOT}/Working Groups/Médiation"
BODIES = (STEERING, MEDIATION)

MONTHS = tuple(f"{year}-{month:02}" for year, month in [(2026, 12), *((2027, month) for month in range(1, 12))])
BEGINNING = date(2026, 11, 20)
OUTAGE = (date(2027, 5, 8), date(2027, 5, 21))
"""The first and the last day on which the bot doesn't run."""

_THURSDAY = 3
_STEP = re.compile(r"^--- (\d{4}-\d\d-\d\d \d\d:\d\d) \| (.+?) \| (\w+) \| (.+?)(?: \| (.+))?$", re.MULTILINE)
_MARK = re.compile(r" *⟦[^⟧]*⟧")


@dataclass(frozen=True)
class Step:
    """What somebody does to a page, and when. `text` has the marks; `words` are those of an entry, or replaced ones."""

    time: datetime
    who: str
    kind: str
    title: str
    text: str
    words: str = ""


def _steps(file: Path) -> Iterator[Step]:
    """The steps of one file."""
    _, *parts = _STEP.split(file.read_text("utf-8"))
    for when, who, kind, place, words, text in zip(*(parts[number::6] for number in range(6)), strict=True):
        namespace, colon, rest = place.rpartition("Talk:")
        title = place if place.startswith("User:") else f"{namespace}{colon}{ROOT}/Working Groups/{rest}"
        old, by, new = text.strip("\n").partition("\n--- by")
        moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
        yield Step(moment, who, kind, title, new.strip("\n") if by else old, old.strip("\n") if by else words or "")


STEPS = tuple(step for file in sorted(Path(__file__).with_name("story").glob("*.txt")) for step in _steps(file))
"""All that people do, in the order of time."""

PEOPLE = tuple(sorted({step.who for step in STEPS} - {"Admin"}))


def unmarked(text: str) -> str:
    """A text as it is saved."""
    return _MARK.sub("", text)


def last_day(month: str) -> date:
    """The last day of a month."""
    return (date.fromisoformat(f"{month}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def days() -> list[date]:
    """The days of the story on which the bot can run."""
    every = (BEGINNING + timedelta(days=number) for number in range(1, (last_day(MONTHS[-1]) - BEGINNING).days + 1))
    return [day for day in every if not OUTAGE[0] <= day <= OUTAGE[1]]


def some_days() -> list[date]:
    """The Thursdays among these, the last days of the months, and some on which there is something special to do."""
    special = ("2027-01-05", "2027-01-18", "2027-01-22", "2027-04-27", "2027-10-05")
    chosen = {*map(date.fromisoformat, special), *map(last_day, MONTHS)}
    return [day for day in days() if day.weekday() == _THURSDAY or day in chosen]


def run_on(day: date) -> datetime:
    """When the bot runs on a day: an hour before the steering group's meetings."""
    return datetime.combine(day, time(14), UTC)
