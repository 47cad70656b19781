"""Registers: what a body has decided and who has promised what, with all that became of each entry.

An entry is what its events say: each field (status, owners, due) is as the latest event has it that says something of
it, in whatever order the bot hears of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from strategybot.model.minutes import Kind, Named, Place, Unread
from strategybot.model.page import Title
from strategybot.model.problem import Problem


class State(Enum):
    """How it stands with an entry; the value is its name on pages.

    An action item is open, done or dropped, a decision stands or is withdrawn. GONE is what no longer stands in its
    minutes, REMOVED what somebody took out of the register: of these nothing is kept but that they were there.
    """

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    REMOVED = "removed"

    @property
    def is_current(self) -> bool:
        """Whether there is something to do, or to hold to."""
        return self in (State.OPEN, State.STANDING)

    @property
    def is_kept(self) -> bool:
        """Whether the entry's words are kept."""
        return self not in (State.GONE, State.REMOVED)


STATES = {
    Kind.ACTION: (State.OPEN, State.DONE, State.DROPPED),
    Kind.DECISION: (State.STANDING, State.WITHDRAWN),
}
"""What people may say of an entry of each kind; the first is what nobody has said anything of."""

NOWHERE = Place()
"""No section."""

LETTERS = {Kind.ACTION: "A", Kind.DECISION: "D"}
"""What the ids of each kind begin with."""


class What(Enum):
    """What happened to an entry; the value is its name on pages."""

    READ = "read"
    ADDED = "added"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    HANDED = "handed"
    REMOVED = "removed"
    GONE = "gone"


@dataclass(frozen=True)
class Said:
    """What an event says of an entry; None of what it doesn't mention. A text is only told to be new."""

    state: State | None = None
    owners: tuple[Named, ...] | None = None
    due: str | None = None
    text: bool = False

    def __bool__(self) -> bool:
        return bool(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that something is said of."""
        named = tuple(name for name in _FIELDS if getattr(self, name) is not None)
        return (*named, "text") if self.text else named

    def beyond(self, other: Said) -> Said:
        """What is said here and not there."""
        return Said(**{name: says for name, says, other_says in self.beside(other) if says != other_says})

    def beside(self, other: Said) -> Iterator[tuple[str, Any, Any]]:
        """Each field with what is said here, and there."""
        return ((name, getattr(self, name), getattr(other, name)) for name in _FIELDS)


_FIELDS = ("state", "owners", "due")


@dataclass(frozen=True)
class Event:
    """Something that happened to an entry: when (UTC), by whom (empty where that isn't known), in which revision.

    `meeting` is the date of the meeting in whose minutes it was said, empty for the register. `counts` is False as long
    as nobody stands for it: what unapproved minutes say, or somebody who isn't of the body. Of what was read, `words`
    is a fingerprint, `number` its place among what the minutes say, and `place` their section.
    """

    what: What
    time: datetime
    revid: int
    user: str = ""
    meeting: str = ""
    said: Said = Said()
    note: str = ""
    counts: bool = True
    words: str = ""
    number: int = 0
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[datetime, int, str, str]:
        """By what it is known, and ordered."""
        return self.time, self.revid, self.meeting, self.what.value

    def with_more(self, other: Event) -> Event:
        """The event with what else the same revision says; where both say something of one field, the first counts."""
        said = Said(
            **{name: other_says if says is None else says for name, says, other_says in self.said.beside(other.said)},
            text=self.said.text or other.said.text,
        )
        notes = (self.note, "" if other.note in self.note else other.note)
        return replace(self, said=said, note=" · ".join(filter(None, notes)))


@dataclass(frozen=True)
class Origin:
    """Where an entry comes from: a page, a revision of it, and the section there."""

    page: Title
    revid: int
    section: Place = NOWHERE


@dataclass(frozen=True)
class Age:
    """How many meetings and how many days an entry is old."""

    meetings: int = 0
    days: int = 0


@dataclass(frozen=True)
class Entry:
    """A decision or an action item, as the register has it.

    `groups` are the groups that its owners coordinated when they were given it: pairs of an owner and a group.
    `beneath` is what people wrote below it on the register's page. `lang` is the language of its words, empty where
    that isn't known.
    """

    id: str
    kind: Kind
    text: str
    source: Origin
    owners: tuple[Named, ...] = ()
    due: str = ""
    status: State = State.OPEN
    lang: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    events: tuple[Event, ...] = ()
    beneath: str = ""
    age: Age = field(default=Age(), compare=False)

    @property
    def is_open(self) -> bool:
        """Whether there is something to do, or to hold to."""
        return self.status.is_current

    @property
    def number(self) -> int:
        """The number in its id."""
        return int(self.id[1:])

    @property
    def given(self) -> datetime:
        """When it came into being."""
        return self.events[0].time

    @property
    def meetings(self) -> tuple[str, ...]:
        """The dates of the meetings in whose minutes it stands, as far as it was read there last."""
        return tuple(dict.fromkeys(event.meeting for event in self.events if event.what is What.READ))

    @property
    def ended(self) -> datetime | None:
        """When it was closed; None while it is open."""
        return None if self.is_open else self._latest("state", self.events[-1]).time

    def overdue(self, today: date) -> bool:
        """Whether it should have been done before that day."""
        return self.status is State.OPEN and bool(self.due) and self.due < today.isoformat()

    @property
    def confirmed(self) -> bool:
        """Whether somebody stands for it, and for each of its fields as it is now."""
        return not self.doubts

    @property
    def doubts(self) -> tuple[Event, ...]:
        """The events that made it what it is, and that nobody stands for yet."""
        deciding = (self.events[0], *(self._latest(name) for name in ("state", "owners", "due", "text")))
        found = {event.key: event for event in deciding if event and not event.counts and not self._is_settled(event)}
        return tuple(found[key] for key in sorted(found))

    def is_of(self, user: str | None) -> bool:
        """Whether an account owns it, by what minutes say, or somebody whose word counts."""
        given = self._latest("owners")
        return bool(given.counts or given.meeting) and any(one.is_account and one.name == user for one in self.owners)

    @property
    def dispute(self) -> tuple[Event, Event] | None:
        """The two latest changes by which two people change one field back and forth."""
        for name in ("state", "owners", "due"):
            telling = [event for event in self.events if getattr(event.said, name) is not None]
            if len(telling) < 3:
                continue
            first, other, back = telling[-3:]
            values = [getattr(event.said, name) for event in (first, other, back)]
            if values[0] == values[2] != values[1] and other.user != back.user:
                return other, back
        return None

    def told(self, event: Event, text: str = "") -> Entry:
        """The entry after it is told of an event; `text` are its new words, if the event says so.

        What it has heard before changes nothing, and neither does what a later event says otherwise. What else somebody
        says in the same revision is added to what is known of that.
        """
        known = next((one for one in self.events if one.key == event.key), None)
        others = [one for one in self.events if one is not known]
        made = self.with_events((*others, known.with_more(event) if known else event))
        is_newest = not any(one.said.text and one.key >= event.key for one in self.events)
        return replace(made, text=text) if event.said.text and is_newest else made

    def with_events(self, events: Iterable[Event]) -> Entry:
        """The entry with these events, its fields as they say."""
        ordered = tuple(sorted(events, key=lambda one: one.key))
        said = last_said(ordered)
        status = STATES[self.kind][0] if said.state is None else said.state
        return replace(self, events=ordered, status=status, owners=said.owners or (), due=said.due or "")

    def without_words(self, event: Event) -> Entry:
        """What is kept of it once it is gone or removed: what happened, without anybody's words."""
        kept = [
            replace(one, said=replace(one.said, owners=None, due=None), note="", place=NOWHERE) for one in self.events
        ]
        source = replace(self.source, section=NOWHERE)
        return replace(self, text="", groups=(), lang="", source=source).with_events((*kept, event))

    def _latest(self, name: str, default: Event | None = None) -> Event:
        telling = [event for event in self.events if name in event.said.names]
        return telling[-1] if telling else default or self.events[0]

    def _is_settled(self, event: Event) -> bool:
        """Whether somebody confirmed the entry after an event, or the minutes in which that was said are approved."""
        return any(
            one.what is What.CONFIRMED
            and (one.meeting == event.meeting and one.revid >= event.revid if one.meeting else one.key > event.key)
            for one in self.events
        )


def last_said(events: Sequence[Event]) -> Said:
    """What events (in order) said last of each field."""
    found: dict[str, Any] = {}
    for event in events:
        found |= {name: getattr(event.said, name) for name in event.said.names if name != "text"}
    return Said(**found)


@dataclass(frozen=True)
class Register:
    """A body's decisions, or its action items: all that there ever were, by id.

    `next` is the number of the next new entry. `read` has for each meeting (its date) a fingerprint of what its minutes
    said when they were read last.
    """

    kind: Kind
    entries: Mapping[str, Entry] = field(default_factory=dict)
    next: int = 1
    read: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Entry, ...]:
        """What is open, or stands: what is due first comes first, then the oldest."""
        return tuple(sorted((one for one in self.entries.values() if one.is_open), key=by_urgency))

    def of(self, meeting: str) -> tuple[Entry, ...]:
        """The entries that the minutes of a meeting (its date) brought, by their numbers."""
        found = [one for one in self.entries.values() if one.status.is_kept and one.meetings[:1] == (meeting,)]
        return tuple(sorted(found, key=lambda one: one.number))

    def with_entry(self, entry: Entry) -> Register:
        """The register with an entry as it is now. Its id is used up for good."""
        return replace(self, entries={**self.entries, entry.id: entry}, next=max(self.next, entry.number + 1))


def by_urgency(entry: Entry) -> tuple[bool, str, int]:
    """The order of open entries: by the day on which they are due, and by age."""
    return not entry.due, entry.due, entry.number


@dataclass(frozen=True)
class NotUnderstood:
    """A line of minutes that looks like an entry and wasn't understood: of which meeting, and where it stands."""

    meeting: str
    source: Origin
    line: Unread


@dataclass(frozen=True)
class Registers:
    """A body's registers, as they stand after this run, with what its minutes say beside."""

    items: Register = Register(Kind.ACTION)
    decisions: Register = Register(Kind.DECISION)
    unread: tuple[NotUnderstood, ...] = ()
    problems: tuple[Problem, ...] = ()
