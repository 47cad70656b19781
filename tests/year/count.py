"""The independent count: what should be open, overdue, carried over and decided at a month's end.

It goes by the marks that the story's author left in what people write (`tests/year/story.py`), and by nothing of
strategybot: it keeps the people's pages as they wrote them, notes when each mark comes and goes, and adds up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tests.year.story import BODIES, MEDIATION, MONTHS, STEERING, STEPS, Step, last_day

_MARK = re.compile(r"⟦([+=!])(\w+) ?([^⟧]*)⟧")

HELD = {
    STEERING: (
        "2026-12-10", "2027-01-14", "2027-02-11", "2027-03-11", "2027-04-15", "2027-04-27", "2027-05-13", "2027-06-10",
        "2027-07-08", "2027-08-12", "2027-09-09", "2027-10-14", "2027-11-11",
    ),
    MEDIATION: (
        "2026-12-01", "2027-01-05", "2027-02-02", "2027-03-02", "2027-05-04", "2027-06-01", "2027-07-06", "2027-08-03",
        "2027-09-07", "2027-10-05", "2027-11-02",
    ),
}  # fmt: skip
"""The days on which each body met."""


@dataclass(frozen=True, order=True)
class Mark:
    """A mark in what somebody wrote: when it came, in which body, and what it says of which thing."""

    time: datetime
    body: str
    kind: str
    thing: str
    says: str


@dataclass(frozen=True)
class Row:
    """What should hold for one body at a month's end."""

    open: int
    overdue: int
    carried: int
    standing: int

    def __str__(self) -> str:
        return f"{self.open} {self.overdue} {self.carried} {self.standing}"


@dataclass
class Item:
    """An action item as it stands: when it was given, for which day, and its state."""

    given: date
    due: date | None
    state: str = "open"


def row(body: str, month: str) -> Row:
    """What should hold for a body at the end of a month."""
    today = last_day(month)
    items, decisions = _state([mark for mark in _marks(today) if mark.body == body])
    latest = _met(body, today)
    left = [item for item in items.values() if item.state == "open"]
    return Row(
        open=len(left),
        overdue=sum(item.due is not None and item.due < today for item in left),
        carried=sum(item.given < latest for item in left),
        standing=sum(decisions.values()),
    )


def table() -> str:
    """All rows, as a text: a month a line, the steering group's figures and Médiation's."""
    lines = [f"{month} | {' | '.join(str(row(body, month)) for body in BODIES)}" for month in MONTHS]
    return "\n".join(["month | steering group: open overdue carried decisions | Médiation", *lines, ""])


def _marks(until: date) -> list[Mark]:
    """The marks that stand on the people's pages at the end of a day, each with the time at which it came there."""
    pages: dict[str, str] = {}
    standing: dict[tuple[str, ...], Mark] = {}
    for step in STEPS:
        if step.time.date() > until:
            break
        pages[step.title] = _written(pages.get(step.title, ""), step)
        before = {key: mark for key, mark in standing.items() if key[0] == step.title}
        standing = {key: mark for key, mark in standing.items() if key[0] != step.title}
        for number, (kind, thing, says) in enumerate(_MARK.findall(pages[step.title])):
            key = (step.title, kind, thing, f"{says} {number}" if kind == "=" else "")
            came = before[key].time if key in before else step.time
            standing[key] = Mark(came, _body(step.title), kind, thing, says)
    return sorted(standing.values())


def _written(text: str, step: Step) -> str:
    """What people have written on a page, with its marks, after a step."""
    if step.kind == "save":
        return step.text
    if step.kind == "replace":
        assert step.words in text, f"{step.title} doesn't have {step.words!r} on {step.time}"
        return text.replace(step.words, step.text)
    return f"{text}\n{step.text}"


def _body(title: str) -> str:
    return next((body for body in BODIES if body in title), "")


def _state(marks: list[Mark]) -> tuple[dict[str, Item], dict[str, bool]]:
    """The items and the decisions by their names, as the marks leave them; a decision is True while it stands."""
    items = {mark.thing: Item(_met(mark.body, mark.time.date()), _day(mark.says)) for mark in marks if mark.kind == "+"}
    decisions = {mark.thing: True for mark in marks if mark.kind == "!" and not mark.says}
    for mark in marks:
        if mark.kind == "=" and mark.thing in items:
            word, _, day = mark.says.partition(" ")
            if word == "due":
                items[mark.thing].due = _day(day)
            else:
                items[mark.thing].state = word
        elif mark.says == "withdrawn":
            assert decisions[mark.thing]
            decisions[mark.thing] = False
    return items, decisions


def _met(body: str, today: date) -> date:
    """The day of the body's last meeting until then."""
    return date.fromisoformat(max(day for day in HELD[body] if day <= today.isoformat()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
