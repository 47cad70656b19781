"""Minutes: what a meeting decided and who promised what, as people wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from strategybot.model.problem import Problem


class Kind(Enum):
    """What was noted."""

    ACTION = "action"
    DECISION = "decision"


class Status(Enum):
    """How far an action item is, where somebody says so."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Named:
    """Somebody as minutes name them: an account where a link or a template says so, else plain words."""

    name: str
    is_account: bool = False


@dataclass(frozen=True)
class Place:
    """The section of a page in which something stands: its heading as readers see it, and its anchor in addresses."""

    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Noted:
    """One decision or action item.

    `text` is the wikitext of the matter itself, `line` all of it as written, with what is taken from it: the owners,
    the day (ISO) until which it is due, the status where one is said, and the register's id (A7, D3) that it names.
    `earlier`: it stands where things of an earlier meeting are gone through.
    """

    kind: Kind
    text: str
    line: str
    owners: tuple[Named, ...] = ()
    due: str = ""
    status: Status | None = None
    id: str = ""
    place: Place = Place()
    earlier: bool = False


@dataclass(frozen=True)
class Unread:
    """A line that looks like a decision or an action item and wasn't understood, with the key of the reason."""

    line: str
    reason: str
    place: Place = Place()


@dataclass(frozen=True)
class Record:
    """The minutes of one meeting, from `start` to `end` of a page's text.

    `date` (ISO) is the meeting's day, empty where none is understood; `doubt` says what is wrong with it.
    `has_prose` says whether anything stands there but headings, templates and comments.
    """

    date: str
    start: int
    end: int
    participants: tuple[Named, ...] = ()
    apologies: tuple[Named, ...] = ()
    minute_takers: tuple[Named, ...] = ()
    noted: tuple[Noted, ...] = ()
    unread: tuple[Unread, ...] = ()
    has_prose: bool = False
    doubt: Problem | None = None
