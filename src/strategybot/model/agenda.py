"""An agenda: what a meeting is about, item by item, with who said what."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.body import Group
from strategybot.model.correspondence import Asked, Awaited
from strategybot.model.meeting import Meeting
from strategybot.model.minutes import Named
from strategybot.model.problem import Problem
from strategybot.model.register import Entry
from strategybot.model.roster import Roster
from strategybot.model.source import Source
from strategybot.model.update import Update

OTHER = "other"
"""The kind of a need that is of no known kind."""


@dataclass(frozen=True)
class Statement:
    """What a group said on one topic; `cut` where only its beginning is shown. `translations` are the group's own."""

    group: Group
    text: str
    lang: str
    source: Source
    cut: bool = False
    translations: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Need:
    """A kind of support, with what each group needs of it and the groups that share it."""

    kind: str
    points: tuple[Statement, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups that need this kind of support, once each."""
        return tuple(dict.fromkeys(point.group.name for point in self.points))

    @property
    def shared(self) -> bool:
        """Whether several groups need the same kind of support (of no known kind, nobody knows)."""
        return len(self.groups) > 1 and self.kind != OTHER


@dataclass(frozen=True)
class Report:
    """A group's own report: its updates (one for this meeting, or also what it filed late for the last)."""

    group: Group
    updates: tuple[Update, ...]
    statements: tuple[Statement, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is clear from its first line where all that it says comes from."""
        return {said.source for said in self.statements} <= {update.source for update in self.updates[:1]}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with its updates, each once; of what waits it tells otherwise."""
        told = dict.fromkeys(problem for update in self.updates for problem in update.problems)
        return tuple(problem for problem in told if problem.key != "update-waiting")


@dataclass(frozen=True)
class Item:
    """An item with its minutes, and what the groups said on it, as a whole or point by point by kind of need.

    `more` are the statements of which not all points are shown, `translations` those that stand as a whole beside the
    points.
    """

    key: str
    minutes: int
    statements: tuple[Statement, ...] = ()
    needs: tuple[Need, ...] = ()
    more: tuple[Statement, ...] = ()
    translations: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Recalled:
    """An open action item: how many meetings ago it was given, and whether it is overdue."""

    entry: Entry
    meetings: int
    is_overdue: bool


@dataclass(frozen=True)
class Agenda:
    """A meeting's agenda. `needed` is how many minutes its items take at the very least.

    `members` are those of a working group that meets, beside its coordinators. `entries` are open action items, and
    `entries_left` says of how many it isn't told. `requests` wait for answers of groups, `feedback` for the core team.
    """

    meeting: Meeting
    closed: bool
    rosters: tuple[Roster, ...] = ()
    members: tuple[Named, ...] = ()
    reports: tuple[Report, ...] = ()
    items: tuple[Item, ...] = ()
    needed: int = 0
    following: Meeting | None = None
    entries: tuple[Recalled, ...] = ()
    entries_left: int = 0
    requests: tuple[Asked, ...] = ()
    feedback: tuple[Awaited, ...] = ()

    @property
    def state(self) -> str:
        """How it stands with it, as its head says."""
        return "cancelled" if self.meeting.cancelled else "closed" if self.closed else "draft"
