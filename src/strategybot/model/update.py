"""Rosters and updates: what a group's pages say, and on whose authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Group


@dataclass(frozen=True)
class Names:
    """The account names that a revision of a group's page gives, in its order.

    `bare` are those coordinators who are named by plain words: they count where there is such an account.
    """

    coordinators: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    bare: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Seat:
    """A coordinator's name that waits for confirmation: who put it there (empty where hidden), in which revision."""

    name: str
    by: str
    revid: int


@dataclass(frozen=True)
class Roster:
    """A group's people: `names` by somebody who may say so, `waiting` the coordinators that others added."""

    group: Group
    names: Names = Names()
    waiting: tuple[Seat, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where words come from: the page, the revision in which somebody filed them, who, and when (UTC)."""

    page: Title
    revid: int
    user: str
    time: datetime


class State(Enum):
    """How far a group's update is."""

    FILED = "filed"
    WAITING = "waiting"
    MISSING = "missing"


@dataclass(frozen=True)
class Update:
    """A group's update for a meeting. `fields` are by topic, empty unless it is filed; `lang` is the author's.

    `late` names the meeting that had begun when these words were filed for it.
    """

    group: Group
    page: Title
    state: State
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    lang: str = ""
    source: Source | None = None
    late: Meeting | None = None
    problems: tuple[Problem, ...] = ()
