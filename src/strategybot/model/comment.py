"""Comments: what people have signed on a talk page, as the wiki's own discussion tools see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Heading:
    """A heading on a talk page: its words as readers see them, and its level, from 1 to 6."""

    words: str
    level: int


@dataclass(frozen=True)
class Comment:
    """A signed comment on a talk page: whom its signature names, and the minute that it names (UTC).

    Both are text that anybody can type. `level` says how deep it is indented: 1 is a comment to the heading.
    """

    author: str
    time: datetime
    level: int = 1


Thread = tuple[Heading | Comment, ...]
"""Headings and comments in the order in which they stand."""
