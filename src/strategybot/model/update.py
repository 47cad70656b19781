"""Updates: what groups file for a meeting, and where their words come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.source import Source


@dataclass(frozen=True)
class Wording:
    """What a group said on a topic in one language (the author's), and the filing that it stands in."""

    text: str
    lang: str
    source: Source


@dataclass(frozen=True)
class Addition:
    """A filing after a group's first: `lang` where it is a translation, empty where it completes or changes.

    `before` is the filing before it, of the same language if there is one.
    """

    source: Source
    before: Source
    lang: str = ""


class State(Enum):
    """How far a group's update is."""

    FILED = "filed"
    WAITING = "waiting"
    MISSING = "missing"


@dataclass(frozen=True)
class Update:
    """A group's update for a meeting, made of all that it filed for it; `page` is where the form would file it.

    `said` is by topic, the original first and then its translations; it is empty unless the update is filed.
    `source` is the first filing, or else the first that waits; `additions` are the later ones, and `waiting` what
    waits beside them. `late` names the meeting that had begun when these words were filed for it. `previous` is the
    meeting before, of whose update a form may show what was open: that page holds only what the group filed.
    """

    group: Group
    page: Title
    state: State
    said: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict, hash=False)
    source: Source | None = None
    additions: tuple[Addition, ...] = ()
    waiting: tuple[Source, ...] = ()
    late: Meeting | None = None
    previous: Meeting | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def fields(self) -> Mapping[str, str]:
        """The texts by topic, without translations."""
        return {topic: wordings[0].text for topic, wordings in self.said.items()}

    @property
    def lang(self) -> str:
        """The language of the first topic; empty where nothing is filed."""
        return next((wordings[0].lang for wordings in self.said.values()), "")
