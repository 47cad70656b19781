"""Rosters: whom a group's page names, and on whose authority."""

from __future__ import annotations

from dataclasses import dataclass, field

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
