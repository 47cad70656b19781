"""Rosters: whom a group's page names, and on whose authority."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from strategybot.model.body import Group
from strategybot.model.problem import Problem


@dataclass(frozen=True)
class Names:
    """The account names that a revision of a group's page gives, in its order.

    Coordinators are looked up, members are as they are written: no page shows them, and they may do nothing.
    `unresolved` are people whose account nothing says. `bare` are those accounts that are named by plain words:
    whether they are accounts only the wiki knows. `until` has the moments (UTC) from which on somebody named holds
    the role no more. `pages` are the page's own subpages that hold more of the roster: the field that transcludes each
    (empty where none does), and its title. `talk` is where the group wants to be written to, or empty.
    """

    coordinators: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    bare: frozenset[str] = field(default=frozenset(), compare=False)
    until: tuple[tuple[str, datetime], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    talk: str = field(default="", compare=False)

    def coordinates(self, name: str | None, moment: datetime) -> bool:
        """Whether somebody coordinates the group at a moment."""
        if name is None or name not in self.coordinators:
            return False
        return all(moment < end for one, end in self.until if one == name)

    def coordinating(self, moment: datetime) -> tuple[str, ...]:
        """Those who coordinate the group at a moment."""
        ended = {name for name, end in self.until if moment >= end}
        return tuple(name for name in self.coordinators if name not in ended)


@dataclass(frozen=True)
class Seat:
    """A coordinator's name that waits for confirmation: who put it there (empty where hidden), in which revision."""

    name: str
    by: str
    revid: int


@dataclass(frozen=True)
class Roster:
    """A group's people: `names` by somebody who may say so, `waiting` the coordinators that others added.

    `group` has the page on which they stand, be it another spelling of the one that is configured; `exists` says
    whether there is one.
    """

    group: Group
    names: Names = Names()
    waiting: tuple[Seat, ...] = ()
    problems: tuple[Problem, ...] = ()
    exists: bool = True
