"""Courses: how meetings came to be as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from strategybot.model.meeting import Meeting


@dataclass(frozen=True)
class Course:
    """A meeting, how often it was changed since it was first planned, and when that was done last (UTC)."""

    meeting: Meeting
    changes: int
    changed: datetime
