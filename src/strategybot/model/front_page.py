"""The steering group's front page: when it meets next, who is in it, what is missing, and what it talked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Group
from strategybot.model.roster import Roster, Seat
from strategybot.model.update import State, Update


@dataclass(frozen=True)
class Past:
    """A meeting that has been: its date (ISO), and its agenda."""

    date: str
    agenda: Title


@dataclass(frozen=True)
class FrontPage:
    """The next meeting and the one after it, as far as there are any; what groups filed for it; the rosters.

    `now` is the moment that the page is of: who coordinates a group may end at a date.
    `opens` is when the next meeting's agenda opens, `agenda` its title once that is so: `updates` are empty before.
    `past` are the newest of the meetings that have been, newest first; with `older` there are more.
    """

    now: datetime
    meeting: Meeting | None
    after: Meeting | None
    opens: datetime | None
    agenda: Title | None
    rosters: tuple[Roster, ...]
    updates: tuple[Update, ...]
    past: tuple[Past, ...]
    older: bool

    @property
    def outstanding(self) -> tuple[Update, ...]:
        """The updates that are still to come, or to be confirmed."""
        return tuple(update for update in self.updates if update.state is not State.FILED)

    @property
    def waiting(self) -> tuple[tuple[Roster, Seat], ...]:
        """The people who wait for confirmation, each with the group."""
        return tuple((roster, seat) for roster in self.rosters for seat in roster.waiting)

    @property
    def to_mend(self) -> tuple[tuple[Group, int], ...]:
        """The groups on whose pages something is wrong, each with how many things; who waits is told by `waiting`."""
        counts = ((one.group, sum(found.key != "roster-waiting" for found in one.problems)) for one in self.rosters)
        return tuple((group, count) for group, count in counts if count)

    @property
    def headless(self) -> tuple[Problem, ...]:
        """What is wrong with the groups that nobody coordinates, though their pages have nothing else to mend."""
        return tuple(
            Problem("nobody-coordinates", one.group.page, (one.group.name,))
            for one in self.rosters
            if not (one.names.coordinating(self.now) or one.problems)
        )

    @property
    def lacking(self) -> int:
        """How many things are missing; a group's page is one, however much there is to mend on it."""
        return sum(map(len, (self.outstanding, self.waiting, self.to_mend, self.headless)))
