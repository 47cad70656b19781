"""What waits for groups and for people, from rosters, updates, registers and minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from strategybot.model.body import Body, Chain, Group
from strategybot.model.calendar import Calendar
from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.minutes import Kind, Named
from strategybot.model.page import Page, Title
from strategybot.model.problem import Problem
from strategybot.model.register import Entry, Origin
from strategybot.model.roster import Names, Roster, Seat
from strategybot.model.update import State, Update
from strategybot.model.waiting import Matter, Part, Row, Waiting, owners, unapproved
from tests.committee import moment

NOW = moment("12-20")
ADA, ABEL, BO, CORA = (Named(name, is_account=True) for name in ("Ada", "Abel", "Bo", "Cora"))
ALPHA, BETA = Group("Alpha", Title("Alpha")), Group("Beta", Title("Beta"))
ROSTERS = (Roster(ALPHA, Names(("Ada", "Abel"))), Roster(BETA, Names(("Bo", "Ada"), until=(("Ada", moment("12-01")),))))
CHAIN = Chain(*[timedelta(days=days) for days in (14, 1, 3, 4)])
CALENDAR = Calendar(Schedule(datetime.fromisoformat("2026-12-10T15:00"), "FREQ=MONTHLY;BYDAY=2TH"))
COUNCIL = Body("Council", Title("Council"), CALENDAR, (), CHAIN, (ALPHA, BETA))
ALPHAS = Body("Alpha", ALPHA.page, CALENDAR, (), CHAIN, group=ALPHA)


def item(number: int, *named: Named, due: str = "") -> Entry:
    """An open action item."""
    return Entry(f"A{number}", Kind.ACTION, "Write.", Origin(Title("Minutes"), 7), tuple(named), due)


def minutes(stage: Stage, day: str = "2026-12-10", **values: Any) -> Minuted:
    """A meeting's minutes."""
    start = datetime.fromisoformat(f"{day}T15:00+00:00")
    title = Title(f"Minutes/{day}")
    return Minuted(day, Page(title, title), stage, Meeting(start, day, 60), **values)


def matter(*items: Entry, of: Body = COUNCIL, minuted: tuple[Minuted, ...] = ()) -> Matter:
    """What waits in a body."""
    return Matter(of, Group(of.name, of.page), of.page.under("Action items"), items, minuted)


def made(*matters: Matter, updates: tuple[Update, ...] = (), rosters: tuple[Roster, ...] = ROSTERS) -> list[Row]:
    """The rows of the front page."""
    return list(Waiting(rosters, updates, matters, NOW).rows)


def told(found: list[Row]) -> list[tuple[str, list[str], list[str]]]:
    """The group of each row, its items, and those that are overdue."""
    return [
        (
            row.group.name,
            [one.id for pile in row.piles for one in pile.items],
            [o.id for p in row.piles for o in p.overdue],
        )
        for row in found
    ]


@pytest.mark.parametrize(
    ("owned", "expected"),
    [
        ((ADA,), ["Alpha"]),
        ((BO,), ["Beta"]),
        ((ADA, BO), ["Alpha", "Beta"]),
        ((Named("beta"),), ["Beta"]),  # the group itself, in plain words
        ((Named("Ada"),), ["Council"]),  # whoever that is
        ((Named("Beta", is_account=True),), ["Council"]),  # an account that is called like a group
        ((CORA,), ["Council"]),
        ((), ["Council"]),
        ((CORA, ABEL), ["Alpha"]),
    ],
)
def test_whose_an_item_is(owned: tuple[Named, ...], expected: list[str]) -> None:
    """An item waits for the groups that its owners coordinate now; what is nobody's waits for the whole."""
    assert told(made(matter(item(1, *owned)))) == [(name, ["A1"], []) for name in expected]


def test_own_bodies() -> None:
    """All that is open in a group's own body waits for the group, whoever owns it."""
    found = made(matter(item(1, ADA)), matter(item(1, BO), item(2), of=ALPHAS, minuted=(minutes(Stage.FOR_APPROVAL),)))
    assert told(found) == [("Alpha", ["A1", "A1", "A2"], [])]
    assert [pile.register.text for pile in found[0].piles] == ["Council/Action items", "Alpha/Action items"]
    assert [one.stage for one in found[0].minutes] == [Stage.FOR_APPROVAL]


def test_nothing_waits() -> None:
    """Where nothing waits there is no row."""
    filed = Update(ALPHA, Title("Alpha/Updates"), State.FILED)
    assert made(matter(), updates=(filed,)) == []


def test_overdue_first() -> None:
    """What is overdue comes first, or late minutes; then the whole, then the groups as they are configured."""
    late, ahead = item(1, BO, due="2026-12-19"), item(2, ADA, due="2026-12-20")
    assert told(made(matter(item(3), late, ahead))) == [
        ("Beta", ["A1"], ["A1"]), ("Council", ["A3"], []), ("Alpha", ["A2"], []),
    ]  # fmt: skip
    found = made(matter(ahead, minuted=(minutes(Stage.LATE),)), matter(of=ALPHAS, minuted=(minutes(Stage.EXPECTED),)))
    assert [row.group.name for row in found] == ["Council", "Alpha"]


def test_one_row_for_all() -> None:
    """All that waits for a group stands in one row."""
    beta = Roster(
        BETA,
        Names(("Bo",)),
        waiting=(Seat("Eve", "Eve", 5),),
        problems=(Problem("roster-waiting", BETA.page), Problem("roster-blocked", BETA.page)),
    )
    missing = Update(BETA, Title("Beta/Updates"), State.MISSING)
    (row,) = made(matter(item(1, BO)), updates=(missing,), rosters=(ROSTERS[0], beta))
    assert (row.update, row.seats, row.to_mend, len(row.piles)) == (missing, beta.waiting, 1, 1)


def test_which_minutes() -> None:
    """Minutes wait once their meeting has begun and until they are approved; three are told at most, the newest."""
    later = minutes(Stage.EXPECTED, "2027-01-14")
    stages = (Stage.FOR_APPROVAL, Stage.APPROVED, Stage.CONTESTED, Stage.LATE, Stage.LATE)
    past = tuple(
        minutes(stage, f"2026-{month}-10") for month, stage in zip((12, 11, 10, "09", "08"), stages, strict=True)
    )
    assert unapproved([later, *past], NOW) == (past[0], past[2], past[3])


# --- By person


def shared(*matters: Matter, updates: tuple[Update, ...] = (), **audience: tuple[str, ...]) -> tuple[Part, ...]:
    """What waits by person; `audience` are those for whom minutes wait, by their stage."""
    waiting = Waiting(ROSTERS, updates, matters, NOW)
    return waiting.parts(("Ada", "Abel", "Bo", "Cora"), lambda _, one: audience[one.stage.name])


def test_by_person() -> None:
    """Everybody has their own items, and the missing updates of the groups that they coordinate now."""
    updates = tuple(Update(group, group.page, State.MISSING) for group in (ALPHA, BETA))
    found = shared(matter(item(1, ADA), item(2, ADA, BO), item(3, Named("Bo"))), updates=updates)
    assert [(part.name, [one.id for pile in part.piles for one in pile.items], [u.group.name for u in part.updates])
            for part in found] == [
        ("Abel", [], ["Alpha"]), ("Ada", ["A1", "A2"], ["Alpha"]), ("Bo", ["A2"], ["Beta"]),
    ]  # fmt: skip


def test_minutes_by_person() -> None:
    """Minutes that wait for one person are that one's; what waits for several is told once, in the body's name."""
    both = (minutes(Stage.FOR_APPROVAL), minutes(Stage.LATE, "2026-11-12"), minutes(Stage.CONTESTED, "2026-10-08"))
    everybody = ("Abel", "Ada", "Bo", "Cora")
    found = shared(matter(minuted=both), LATE=("Ada",), FOR_APPROVAL=everybody, CONTESTED=everybody)
    assert [(part.name, part.people, [one.stage for _, those in part.minutes for one in those]) for part in found] == [
        ("Ada", ("Ada",), [Stage.LATE]),
        ("Council", everybody, [Stage.FOR_APPROVAL, Stage.CONTESTED]),
    ]


def test_nobody_to_tell() -> None:
    """Minutes that wait for nobody are in nobody's part."""
    assert shared(matter(minuted=(minutes(Stage.LATE),)), LATE=()) == ()


def test_owners() -> None:
    """Those who own open items by their accounts are known by name."""
    assert owners([matter(item(1, ADA, Named("Dina")), item(2, CORA))]) == {"Ada", "Cora"}
