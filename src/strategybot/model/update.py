"""Updates: what groups file for a meeting, and where their words come from."""

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
