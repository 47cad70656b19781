"""Bodies: who meets, and what is to happen around a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from strategybot.model.calendar import Calendar
from strategybot.model.page import Title


@dataclass(frozen=True)
class Group:
    """A working group and the page that holds its roster; `language` is that in which it is written to, if known."""

    name: str
    page: Title
    language: str = ""


@dataclass(frozen=True)
class StandingItem:
    """An item that every agenda has: its wished and its least number of minutes."""

    key: str
    minutes: int
    least: int


@dataclass(frozen=True)
class Chain:
    """What happens around a meeting, and how far from its start. None is what a body does without.

    Before it: the groups are called for their updates (`call`), the agenda opens (`opens`), the page for the minutes is
    made (`minutes`). After it: the minutes are due (`due`), and asked for once more that long after (`again`); those
    that nobody objects to are approved (`approval`, or else when the next meeting starts); the groups are told what
    came of it (`follow_up`).
    """

    opens: timedelta
    minutes: timedelta
    due: timedelta
    again: timedelta
    call: timedelta | None = None
    approval: timedelta | None = None
    follow_up: timedelta | None = None


@dataclass(frozen=True)
class Body:
    """A body that meets: the steering group, to which `groups` report, or the working group `group`.

    Its pages stand under `page`, its front page: a working group's is the page with its roster.
    """

    name: str
    page: Title
    meetings: Calendar
    items: tuple[StandingItem, ...]
    chain: Chain
    groups: tuple[Group, ...] = ()
    group: Group | None = None

    @property
    def circle(self) -> tuple[Group, ...]:
        """The groups whose people meet in it."""
        return (self.group,) if self.group else self.groups

    def is_same(self, other: Body) -> bool:
        """Whether both are the steering group, be it by another name, or the same working group."""
        return self.name == other.name if self.group and other.group else self.group is other.group
