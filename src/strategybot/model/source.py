"""Where somebody's words come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from strategybot.model.page import Title


@dataclass(frozen=True)
class Source:
    """Where words come from: the page, the revision in which somebody filed them, who, and when (UTC)."""

    page: Title
    revid: int
    user: str
    time: datetime
