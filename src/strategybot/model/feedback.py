"""Feedback: what groups send upwards, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from strategybot.model.relay import Dispatch, Kind, Side, Stage, State
from strategybot.model.source import Source


class Outcome(Enum):
    """What became of something that a group raised; the value is the word in the field `state`."""

    TAKEN_UP = "taken up"
    ANSWERED = "answered"
    DECLINED = "declined"
    OPEN = "open"

    @property
    def key(self) -> str:
        """What ends the key of its texts: `feedback-taken-up`."""
        return self.value.replace(" ", "-")


@dataclass(frozen=True)
class Entry:
    """What somebody entered on the feedback page, to the letter; `id` is that of the relay that it is about."""

    id: str
    state: str
    note: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Said:
    """An entry with who made it; `counts` says whether that is somebody who may.

    `outcome` is what it comes to, None where its words aren't understood.
    """

    entry: Entry
    outcome: Outcome | None
    source: Source
    counts: bool


@dataclass(frozen=True)
class Raised:
    """Something that was raised, with all that counts of what became of it, the newest first.

    `id` is that of the relay, `side` whom it is from (`steering-group`, or `group` with its `name`), `kind` the word
    for that. `since` is when its words came, `first` when there was anything of it (UTC). `is_closed`: somebody closed
    it.
    """

    id: str
    side: str
    name: str
    kind: str
    since: datetime
    first: datetime
    is_closed: bool = False
    said: tuple[Said, ...] = ()

    @property
    def latest(self) -> Said | None:
        """What was said last of what became of it."""
        return next(iter(self.said), None)

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        return (self.latest and self.latest.outcome) or Outcome.OPEN

    @property
    def waits(self) -> bool:
        """Whether it waits for the core team."""
        return self.outcome is Outcome.OPEN and not self.is_closed

    def with_said(self, said: Iterable[Said]) -> Raised:
        """The same with what counts of this."""
        return replace(self, said=tuple(one for one in said if one.counts and one.outcome and one.entry.id == self.id))


_OUT = frozenset(
    {State.GOING_OUT, State.PREPARED, State.OUT, State.OPEN, State.ANSWERED, State.OVERDUE, State.CLOSED},
)
"""The states of relays that have gone out, or are going."""


def is_out(dispatch: Dispatch) -> bool:
    """Whether a relay has gone out, and counts still: so that its words may be shown."""
    return dispatch.state in _OUT and bool(dispatch.relay.versions)


def raised_by(dispatch: Dispatch) -> Raised | None:
    """What is raised by a relay: it is feedback, or for the core team, and from somebody else. Most raise nothing."""
    relay = dispatch.relay
    if relay.sender is None or relay.kind is None or relay.sender.side is Side.CORE_TEAM or not is_out(dispatch):
        return None
    if relay.kind is not Kind.FEEDBACK and all(party.side is not Side.CORE_TEAM for party in relay.audience):
        return None
    since, is_closed = relay.since or relay.first, relay.stage is Stage.CLOSED
    return Raised(relay.id, *sender_of(dispatch), relay.kind.value, since, relay.first, is_closed)


def sender_of(dispatch: Dispatch) -> tuple[str, str]:
    """Whom a relay is from: the key of a side, and the name of a group."""
    sender = dispatch.relay.sender
    return (sender.side.value.replace(" ", "-"), sender.name) if sender else ("", "")
