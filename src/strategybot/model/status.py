"""What the status page tells about a process."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.meeting import Meeting
from strategybot.model.page import Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process


@dataclass(frozen=True)
class Written:
    """A page of the bot with its newest revision, and whether that is the bot's."""

    title: Title
    revision: Revision
    by_bot: bool


@dataclass(frozen=True)
class Part:
    """One process on the status page."""

    process: Process
    next_meeting: Meeting | None
    pages: tuple[Written, ...]
    problems: tuple[Problem, ...]
