"""What people change on the page of a register: rows, and slips (wikitext/slips.py).

A page is compared version by version since the bot wrote it last, so that each change has its author. What can't be
understood changes nothing: it stands below the rows as a slip, with a sentence that says why, until somebody mends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from strategybot.model.minutes import Kind
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.model.register import LETTERS, STATES, Entry, Event, Origin, Register, Said, State, What
from strategybot.reading.entering import LONGEST_TEXT
from strategybot.reading.identity import fingerprint
from strategybot.reading.register import (
    Change,
    Row,
    Sheet,
    canonical,
    read_due,
    read_entry,
    read_owners,
    read_state,
)
from strategybot.wikitext.neutral import argument, cut

LONGEST_NOTE = 300
"""How many characters of a note are kept."""

_FIELDS = ("text", "owner", "due", "status")
_NO = frozenset({"", "no", "non", "nein", "لا"})


@dataclass(frozen=True)
class Version:
    """A version of a register's page: what stands there, and whether its author's word counts in the body."""

    revision: Revision
    sheet: Sheet
    counts: bool = True


@dataclass(frozen=True)
class Sheaf:
    """The versions of one of a register's pages, the oldest first: how the bot wrote it last, and what came since.

    `own` says whether the first is the bot's; else there is none of the bot's. `is_unmarked`: somebody took away the
    marks between which the rows stand, so that nobody can tell any more what is a row and what isn't. Such versions are
    passed over.
    """

    page: Page
    versions: tuple[Version, ...] = ()
    own: bool = False
    is_unmarked: bool = False

    @property
    def base(self) -> Sheet:
        """What the bot wrote last."""
        return self.versions[0].sheet if self.own else Sheet()

    @property
    def sheet(self) -> Sheet:
        """What stands now."""
        return self.versions[-1].sheet if self.versions else Sheet()

    @property
    def steps(self) -> Iterator[tuple[Sheet, Version]]:
        """Each version of people's, with what stood before."""
        before = self.base
        for version in self.versions[self.own :]:
            yield before, version
            before = version.sheet


@dataclass(frozen=True)
class Refused:
    """A slip that can't be followed: why, as the key of a sentence and its words."""

    slip: str
    key: str
    words: tuple[str, ...] = ()


class _RefusedError(Exception):
    def __init__(self, key: str, *words: str) -> None:
        super().__init__(key)
        self.key, self.words = key, words


def written(process: Process, kind: Kind, sheaves: Sequence[Sheaf]) -> Register:
    """The register as the bot wrote it last.

    An entry that is being moved stands on two pages, and counts once, with the events of both. Where they differ, since
    the bot was interrupted, the minutes are to be read again.
    """
    register = Register(kind, next=max((sheaf.base.next for sheaf in sheaves), default=1))
    read = {date: sign for sheaf in sheaves for date, sign in sheaf.base.read.items()}
    for row in (row for sheaf in sheaves for row in sheaf.base.rows):
        entry, other = read_entry(process, kind, row), register.entries.get(row.id)
        if entry and other and entry.events != other.events:
            newer = max(entry, other, key=lambda one: len(one.events))
            entry = newer.with_events({event.key: event for one in (other, entry) for event in one.events}.values())
            read = {date: read[date] for date in read.keys() - {event.meeting for event in entry.events}}
        register = register.with_entry(entry) if entry else register
    return replace(register, read=read)


@dataclass
class Amendment:
    """People's changes to a register on its pages: first those to `rows`, and `slips` once the minutes are entered."""

    process: Process
    register: Register
    sheaves: Sequence[Sheaf]

    def rows(self, sheaf: Sheaf) -> tuple[Refused, ...]:
        """Tell the register what people made of a page's rows; what can't be understood is refused.

        They may have moved a row here from another page.
        """
        bases = (row for one in (*self.sheaves, sheaf) for row in one.base.rows)
        stood = {row.id: row for row in bases if row.id in self.register.entries and row["history"]}
        known = stood.keys() & {row.id for row in sheaf.base.rows}
        refused: dict[tuple[str, str], Refused] = {}
        for _, version in sheaf.steps:
            for name, row in _by_id(version.sheet.rows, stood).items():
                for field in _FIELDS:
                    if row[field] != stood[name][field]:
                        refused.pop((name, field), None)
                for field, one in self._changed(stood[name], row, version):
                    refused[name, field] = one
                stood[name] = row
        now = _by_id(sheaf.sheet.rows, stood)
        left = {row.id for one in self.sheaves for row in one.sheet.rows}
        for name in sorted(known - left):
            self._removed(name, sheaf)
        for name, row in now.items():
            self._keep(replace(self.register.entries[name], beneath=row.beneath))
        others = [row for row in sheaf.sheet.rows if row not in now.values()]
        return (*refused.values(), *(one for row in others for one in self._added(row, sheaf)))

    def slips(self, sheaf: Sheaf) -> tuple[Refused, ...]:
        """Tell the register what the slips on a page say; what can't be followed is refused.

        On the page of one register somebody may file what is about the other as well.
        """
        refused = []
        for slip in dict.fromkeys(sheaf.sheet.changes):
            try:
                self._follow(slip, sheaf)
            except _RefusedError as error:
                refused.append(Refused(slip.text, error.key, error.words))
        return tuple(refused)

    def _keep(self, entry: Entry) -> None:
        self.register = self.register.with_entry(entry)

    # --- Rows

    def _changed(self, before: Row, row: Row, version: Version) -> Iterator[tuple[str, Refused]]:
        """Tell an entry what a version made of its row; gives the fields that can't be understood."""
        entry = self.register.entries[row.id]
        fields = [field for field in _FIELDS if row[field] != before[field]]
        if not fields:
            return
        if not entry.status.is_kept:
            if row["text"] and not _is_withdrawn(entry, row["text"]):  # somebody has brought it back
                state, due = self._state(row["status"]), read_due(self.process, row["due"])
                said = Said(state or STATES[entry.kind][0], read_owners(row["owner"]), due, text=True)
                self._tell(entry, version, said, row["text"])
            return
        if "text" in fields and not row["text"]:
            self._keep(entry.without_words(_event(What.REMOVED, version, Said(State.REMOVED))))
            return
        values: dict[str, Any] = {}
        for field in fields:
            try:
                values |= self._value(field, row[field])
            except _RefusedError as error:
                slip = f"{{{{{self.process.template('Change')}|{row.id}|{field}={argument(row[field])}}}}}"
                yield field, Refused(slip, error.key, error.words)
        if values:
            self._tell(entry, version, Said(**values), row["text"])

    def _value(self, field: str, word: str) -> dict[str, Any]:
        """What somebody says of a field, as an event has it."""
        if field == "text":
            return {"text": True}
        if field == "owner":
            return {"owners": read_owners(word)}
        if field == "due":
            due = read_due(self.process, word)
            if due is None:
                raise _RefusedError("register-due", word)
            return {"due": due}
        state = self._state(word)
        if state is None:
            raise _RefusedError("register-status", word)
        return {"state": state}

    def _state(self, word: str) -> State | None:
        kind = self.register.kind
        return STATES[kind][0] if not word else read_state(kind, word)

    def _tell(self, entry: Entry, version: Version, said: Said, text: str = "", note: str = "") -> None:
        is_sure = version.counts or entry.is_of(version.revision.user)
        event = _event(What.CHANGED, version, said, note=note, counts=is_sure)
        self._keep(entry.told(event, canonical(cut(text, LONGEST_TEXT))))

    def _removed(self, name: str, sheaf: Sheaf) -> None:
        """Tell an entry that its row was taken away."""
        entry = self.register.entries[name]
        version = _since(sheaf, lambda sheet: all(row.id != name for row in sheet.rows))
        if entry.status.is_kept and version:
            self._keep(entry.without_words(_event(What.REMOVED, version, Said(State.REMOVED))))

    def _added(self, row: Row, sheaf: Sheaf) -> Iterator[Refused]:
        """Make an entry of a row that somebody wrote."""
        if not row["text"]:
            yield Refused(row.call.text, "register-no-text")
            return
        version = _since(sheaf, lambda sheet: any(other["text"] == row["text"] for other in sheet.rows))
        version = version or sheaf.versions[-1]
        name = f"{LETTERS[self.register.kind]}{self.register.next}"
        values: dict[str, Any] = {"state": STATES[self.register.kind][0]}
        for field in ("owner", "due", "status"):
            try:
                values |= self._value(field, row[field])
            except _RefusedError as error:
                slip = f"{{{{{self.process.template('Change')}|{name}|{field}={argument(row[field])}}}}}"
                yield Refused(slip, error.key, error.words)
        event = _event(What.ADDED, version, Said(**values), counts=version.counts)
        origin = Origin(sheaf.page.title, version.revision.id)
        entry = Entry(name, self.register.kind, canonical(cut(row["text"], LONGEST_TEXT)), origin, beneath=row.beneath)
        self._keep(entry.with_events([event]))

    # --- Slips

    def _follow(self, slip: Change, sheaf: Sheaf) -> None:
        """Tell the register what a slip says, filed several times perhaps. Raises _RefusedError."""
        filed = range(1, sheaf.sheet.changes.count(slip) + 1)
        versions = [_since(sheaf, partial(_has, slip, times)) or _unknown(sheaf.versions[-1]) for times in filed]
        for version in versions:
            try:
                self._say(slip, version)
            except _RefusedError:
                if version is versions[-1]:
                    raise
            else:
                return

    def _say(self, slip: Change, version: Version) -> None:
        """Tell the register what somebody filed."""
        date = self._meeting(slip["meeting"])
        entry = self.register.entries.get(slip.id)
        if entry and not entry.status.is_kept:
            entry = None
        if entry is None and not date:
            raise _RefusedError("register-no-such-entry", slip.id)
        confirms = slip["confirmed"].casefold() not in _NO
        if confirms and not version.counts:
            raise _RefusedError("register-not-yours")
        if date and confirms:
            self._confirm_meeting(date, version)
        if entry:
            self._change(entry, slip, version)
            if confirms:
                self._keep(self.register.entries[entry.id].told(_event(What.CONFIRMED, version, Said())))

    def _meeting(self, word: str) -> str:
        """The date of the meeting that a slip names, empty where it names none."""
        date = read_due(self.process, word)
        if word and (not date or date not in self.register.read):
            raise _RefusedError("register-no-such-meeting", word)
        return date or ""

    def _change(self, entry: Entry, slip: Change, version: Version) -> None:
        """Tell an entry what a slip says of it."""
        values: dict[str, Any] = {}
        for field in _FIELDS:
            if slip[field]:
                values |= self._value(field, slip[field])
        note = canonical(cut(slip["note"], LONGEST_NOTE))
        if values or note:
            self._tell(entry, version, Said(**values), slip["text"], note)
        elif slip["confirmed"].casefold() in _NO:
            raise _RefusedError("register-says-nothing", slip.id)

    def _confirm_meeting(self, date: str, version: Version) -> None:
        """Confirm all that was read from a meeting's minutes."""
        read = [one for one in self.register.entries.values() if any(event.meeting == date for event in one.events)]
        for entry in read:
            self._keep(entry.told(replace(_event(What.CONFIRMED, version, Said()), meeting=date)))


def _event(what: What, version: Version, said: Said, *, note: str = "", counts: bool = True) -> Event:
    revision = version.revision
    return Event(what, revision.time, revision.id, revision.user or "", said=said, note=note, counts=counts)


def _is_withdrawn(entry: Entry, text: str) -> bool:
    """Whether these words left with their minutes: who restores an old version of the page means other things."""
    return entry.status is State.GONE and any(event.words == fingerprint(text) for event in entry.events)


def _has(slip: Change, times: int, sheet: Sheet) -> bool:
    return sheet.changes.count(slip) >= times


def _unknown(version: Version) -> Version:
    """A version of which nobody knows who wrote what."""
    return replace(version, counts=False, revision=replace(version.revision, user=""))


def _by_id(rows: Sequence[Row], known: Mapping[str, Row]) -> dict[str, Row]:
    """The rows of known entries. Of several with one id the one that is most like before is meant."""
    found: dict[str, Row] = {}
    for row in rows:
        other = found.get(row.id)
        if row.id in known and (other is None or (row["text"] == known[row.id]["text"] != other["text"])):
            found[row.id] = row
    return found


def _since(sheaf: Sheaf, holds: Callable[[Sheet], bool]) -> Version | None:
    """The version since which something holds that holds now; None where it did when the bot wrote the page."""
    found: Version | None = None
    for before, version in sheaf.steps:
        if not holds(version.sheet):
            found = None
        elif not holds(before):
            found = version
    return found
