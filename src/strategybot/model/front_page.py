"""The steering group's front page: when it meets next, who is in it, what waits, and what it talked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from strategybot.model.chain import Step, Window
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.roster import Roster
from strategybot.model.update import State, Update
from strategybot.model.waiting import Row

TOLD_STEPS = (Step.CALL, Step.AGENDA, Step.DUE, Step.FOLLOW_UP, Step.APPROVAL)
"""The steps around a meeting of which the page says when they come: those that concern people."""


@dataclass(frozen=True)
class Past:
    """A meeting that has been: its date (ISO), and its agenda."""

    date: str
    agenda: Title


@dataclass(frozen=True)
class FrontPage:
    """The next meeting and the one after it, as far as there are any; what groups filed for it; the rosters.

    `now` is the moment that the page is of: who coordinates a group may end at a date.
    `steps` are those around the next meeting, `agenda` the title of its agenda once that is open: `updates` are empty
    before. `rows` are what waits by group. `past` are the newest of the meetings that have been, newest first; with
    `older` there are more.
    """

    now: datetime
    meeting: Meeting | None
    after: Meeting | None
    steps: Mapping[Step, Window]
    agenda: Title | None
    rosters: tuple[Roster, ...]
    updates: tuple[Update, ...]
    rows: tuple[Row, ...]
    past: tuple[Past, ...]
    older: bool

    @property
    def filed(self) -> int:
        """How many groups have filed their updates."""
        return sum(update.state is State.FILED for update in self.updates)

    @property
    def dates(self) -> tuple[tuple[str, datetime], ...]:
        """The steps around the next meeting of which people know the day, by their names, in their order."""
        return tuple((step.value, window.due) for step, window in self.steps.items() if step in TOLD_STEPS)

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
        """For how many groups something waits."""
        return len(self.rows) + len(self.headless)
