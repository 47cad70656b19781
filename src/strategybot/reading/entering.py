"""What minutes say, entered in a register: which notes are news of an old entry, and which are new.

A note is of an old entry that it names by its id; else of one that the same minutes said in the same words when they
were read before; else of one in words that are alike (identity.py); else of the one that stood in its place. What a
meeting's minutes say no more is forgotten, and an entry that nothing else speaks of is gone with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from strategybot.model.minuted import Minuted, Stage
from strategybot.model.minutes import Kind, Named, Noted, Status
from strategybot.model.register import LETTERS, STATES, Entry, Event, Origin, Register, Said, State, What, last_said
from strategybot.reading.identity import ALIKE, compatible, fingerprint, likeness
from strategybot.reading.register import as_owners, canonical
from strategybot.wikitext.neutral import cut

LONGEST_TEXT = 600
"""How many characters of an entry's text are kept; the rest is a link away."""

_ALIKE_EARLIER, _ALIKE_IN_PLACE = 0.5, 0.3
"""The same for notes that go through what an earlier meeting noted, and for what stands where another stood before."""

_APPROVED = "+"
"""What ends the sign of minutes that are approved."""

_SAYING = (What.READ, What.CHANGED)
_STATES = {Status.OPEN: State.OPEN, Status.DONE: State.DONE, Status.DROPPED: State.DROPPED}


Account = Callable[[Named], Named]
"""The account that a name means in a body."""


def entered(register: Register, minutes: Sequence[Minuted], account: Account, now: datetime) -> Register:
    """The register with what the minutes say now.

    Minutes that say what they said when they were read last aren't looked at again.
    """
    written = {one.date: one for one in minutes if one.record and not one.stage.is_awaited}
    read = {date: _sign(one) for date, one in sorted(written.items())}
    for date in sorted({*register.read, *read}):
        before, after = register.read.get(date, ""), read.get(date, "")
        if before != after:
            reading = _Reading(register, date, written.get(date), account, now, written)
            is_same = before.removesuffix(_APPROVED) == after.removesuffix(_APPROVED)
            register = reading.approved() if is_same else reading.entered()
    return replace(register, read=read)


def _notes(kind: Kind, one: Minuted) -> tuple[Noted, ...]:
    return tuple(note for note in one.record.noted if note.kind is kind) if one.record else ()


def _sign(one: Minuted) -> str:
    """A sign that changes with the words of minutes, and with their approval.

    It doesn't go by what is understood of them, which changes with the people of the body.
    """
    words = one.page.text[one.record.start : one.record.end] if one.record else ""
    return hashlib.sha256(words.encode()).hexdigest()[:10] + (_APPROVED if _is_approved(one) else "")


def _words(note: Noted) -> str:
    return canonical(cut(note.text, LONGEST_TEXT))


def _is_approved(one: Minuted) -> bool:
    return one.stage is Stage.APPROVED and not one.changed


@dataclass
class _Reading:
    """The reading of one meeting's minutes, None where there are none any more, beside all `others` by their dates."""

    register: Register
    date: str
    minuted: Minuted | None
    account: Account
    now: datetime
    others: Mapping[str, Minuted]

    def entered(self) -> Register:
        """The register with what these minutes say."""
        notes = _notes(self.register.kind, self.minuted) if self.minuted else ()
        before = {entry.id for entry in self.register.entries.values() if self._events(entry)}
        found = self._matched(notes)
        for number, note in enumerate(notes):
            if number not in found:
                found[number] = self._new_id()
                self._keep(self._new(found[number], note, number))
            elif self.register.entries[found[number]].status is not State.REMOVED:
                several = [notes[other] for other in found if found[other] == found[number]]
                self._keep(self._mentioned(self.register.entries[found[number]], several, number))
        for name in sorted(before - set(found.values())):
            self._keep(self._unsaid(self.register.entries[name]))
        return self.register

    def approved(self) -> Register:
        """The register where these minutes say what they said before: if they are approved, they stand for it."""
        for entry in tuple(self.register.entries.values()):
            if mine := self._events(entry):
                events = (
                    replace(one, counts=one.counts or self._is_sure) if one in mine else one for one in entry.events
                )
                self._keep(entry.with_events(events))
        return self.register

    def _keep(self, entry: Entry) -> None:
        self.register = self.register.with_entry(entry)

    def _new_id(self) -> str:
        return f"{LETTERS[self.register.kind]}{self.register.next}"

    # --- Which note is of which entry

    def _matched(self, notes: Sequence[Noted]) -> dict[int, str]:
        """The ids of the entries that notes are of, by the notes' numbers."""
        found: dict[int, str] = {}
        for number, note in enumerate(notes):
            named = self.register.entries.get((note.id or note.text).strip().upper())
            if named and named.status.is_kept:
                found[number] = named.id
        for number, note in enumerate(notes):
            if number not in found and (same := self._in_the_same_words(note)):
                found[number] = same.id
        for _, number, name in sorted(self._alike(notes, found), reverse=True):
            same_words = fingerprint(notes[number].text) in {
                fingerprint(notes[other].text) for other in found if found[other] == name
            }
            if number not in found and (name not in found.values() or same_words):
                found[number] = name
        for number, note in enumerate(notes):
            if number not in found and (other := self._in_its_place(note, number, found)):
                found[number] = other.id
        return found

    def _in_the_same_words(self, note: Noted) -> Entry | None:
        """The entry of which these minutes said the same before, be it gone."""
        sign = fingerprint(note.text)
        told = (entry for entry in self.register.entries.values() for one in self._events(entry) if one.words == sign)
        return next((entry for entry in told if compatible(note.owners, entry.owners)), None)

    def _alike(
        self, notes: Sequence[Noted], found: dict[int, str]
    ) -> Iterator[tuple[tuple[float, bool, bool, bool, int], int, str]]:
        """Notes and entries of one matter, each pair with how surely they are: the best match counts."""
        for number, note in enumerate(notes):
            if number in found:
                continue
            for entry in self.register.entries.values():
                is_here = bool(self._events(entry))
                is_news, is_theirs = note.earlier and entry.is_open, compatible(note.owners, entry.owners)
                if not entry.status.is_kept or not (is_theirs or is_news) or not self._may_be(note, entry):
                    continue
                least = _ALIKE_EARLIER if is_news and is_theirs else ALIKE  # somebody else's now: who took it over
                if (score := likeness(note.text, entry.text)) >= least:
                    yield (score, is_theirs, is_here, entry.is_open, entry.number), number, entry.id

    def _may_be(self, note: Noted, entry: Entry) -> bool:
        """Whether minutes may speak of an entry: what was over before is spoken of as over, else it is a new matter."""
        tells = note.earlier or note.status in (Status.DONE, Status.DROPPED)
        is_over = entry.ended is not None and entry.ended <= self._start
        return tells or not is_over or bool(self._events(entry))

    def _in_its_place(self, note: Noted, number: int, found: dict[int, str]) -> Entry | None:
        """The entry that stood in the note's place when these minutes were read last, and that no other note is of."""
        for entry in self.register.entries.values():
            stood = any(event.number == number + 1 for event in self._events(entry))
            is_like = not entry.status.is_kept or likeness(note.text, entry.text) >= _ALIKE_IN_PLACE
            if stood and is_like and entry.id not in found.values() and compatible(note.owners, entry.owners):
                return entry
        return None

    def _words(self, event: Event) -> str:
        """The words of what other minutes said, empty where they don't any more."""
        other = self.others.get(event.meeting)
        notes = _notes(self.register.kind, other) if other and event.meeting != self.date else ()
        return next((_words(note) for note in notes if fingerprint(note.text) == event.words), "")

    # --- What is told of an entry

    def _events(self, entry: Entry) -> list[Event]:
        """What these minutes have said of an entry so far."""
        return [event for event in entry.events if event.meeting == self.date and event.what in _SAYING]

    @property
    def _start(self) -> datetime:
        meeting = self.minuted.meeting if self.minuted else None
        return meeting.start if meeting else datetime.combine(datetime.fromisoformat(self.date), time(12), UTC)

    @property
    def _is_sure(self) -> bool:
        """Whether these minutes are approved as they read now."""
        return bool(self.minuted and _is_approved(self.minuted))

    @property
    def _revision(self) -> tuple[int, datetime]:
        """The revision in which the minutes read as they do, and its time."""
        revision = self.minuted.page.revision if self.minuted else None
        return (revision.id, revision.time) if revision else (0, self.now)

    def _event(self, note: Noted, number: int, said: Said) -> Event:
        revid, _ = self._revision
        return Event(
            what=What.READ,
            time=self._start,
            revid=revid,
            meeting=self.date,
            said=said,
            counts=self._is_sure,
            words=fingerprint(note.text),
            number=number + 1,
            place=note.place,
        )

    def _new(self, name: str, note: Noted, number: int) -> Entry:
        page = self.minuted.page.title if self.minuted else None
        assert page is not None  # noqa: S101  # a note is from minutes
        event = self._event(note, number, self._all_said([note]))
        text = _words(note)
        entry = Entry(name, note.kind, text, Origin(page, event.revid, note.place))
        return entry.with_events([event])

    def _all_said(self, notes: Sequence[Noted]) -> Said:
        """What notes of one entry say of it, the last of each."""
        owners = next((note.owners for note in reversed(notes) if note.owners), ())
        state = next((_STATES[note.status] for note in reversed(notes) if note.status), STATES[self.register.kind][0])
        due = next((note.due for note in reversed(notes) if note.due), None)
        is_action = self.register.kind is Kind.ACTION
        return Said(
            state if is_action else STATES[self.register.kind][0],
            tuple(dict.fromkeys(map(self.account, as_owners(owners)))) or None,
            due,
        )

    def _mentioned(self, entry: Entry, notes: Sequence[Noted], number: int) -> Entry:
        """An entry after minutes spoke of it: those that brought it say all of it, others only what is new."""
        before, said = self._events(entry), self._all_said(notes)
        if self._is_origin(entry):
            unsaid = {name for name in last_said(before).names if name not in said.names}  # is nothing from now on
            said = replace(said, **{name: () if name == "owners" else "" for name in unsaid})  # type: ignore[arg-type]  # each field has its own nothing
            return self._retold(entry, notes[0], number, said)
        says = {"state": any(one.status for one in notes), "owners": said.owners, "due": said.due}
        if entry.status is not State.GONE and not all(says[name] for name in last_said(before).names):
            entry, before = entry.with_events(one for one in entry.events if one not in before), []  # taken back
        said = self._news(entry, notes, said)
        if before:
            return self._retold(entry, notes[0], number, said)
        is_silent = not said and (notes[0].id or notes[0].earlier)
        return entry if is_silent else entry.told(self._event(notes[0], number, said))

    def _retold(self, entry: Entry, note: Noted, number: int, said: Said) -> Entry:
        """An entry of which these minutes have spoken before, with what they say otherwise now."""
        before, is_origin, is_back = self._events(entry), self._is_origin(entry), entry.status is State.GONE
        changed = said.beyond(last_said(before))
        reworded = is_back or (is_origin and fingerprint(note.text) != before[0].words)
        revid, moment = self._revision
        if is_back:
            was = entry.with_events(event for event in entry.events if event.what is not What.GONE)
            changed, moment = replace(changed, state=was.status), self._after(entry)
        entry = entry.with_events(self._renewed(one, note, number) if one in before else one for one in entry.events)
        if is_origin:
            entry = replace(entry, source=replace(entry.source, section=note.place))
        if not (changed or reworded):
            return entry
        said = replace(changed, text=reworded)
        event = Event(What.CHANGED, moment, revid, meeting=self.date, said=said, counts=self._is_sure)
        return entry.told(event, _words(note))

    def _is_origin(self, entry: Entry) -> bool:
        """Whether these minutes brought an entry."""
        return entry.events[0] in self._events(entry)

    def _news(self, entry: Entry, notes: Sequence[Noted], said: Said) -> Said:
        """Of what notes say that which is new of the entry."""
        states = [_STATES[note.status] for note in notes if note.status] if entry.kind is Kind.ACTION else []
        return Said(
            states[-1] if states and states[-1] is not entry.status else None,
            said.owners if said.owners and set(said.owners) != set(entry.owners) else None,
            said.due if said.due != entry.due else None,
        )

    def _after(self, entry: Entry) -> datetime:
        """When the minutes came to read as they do, but after all that has happened to an entry before."""
        _, moment = self._revision
        return max(moment, entry.events[-1].time + timedelta(seconds=1))

    def _renewed(self, event: Event, note: Noted, number: int) -> Event:
        """What was said before, with where it stands now; approved minutes stand for it."""
        is_sure = event.counts or self._is_sure
        if event.what is not What.READ:
            return replace(event, counts=is_sure)
        return replace(event, counts=is_sure, words=fingerprint(note.text), number=number + 1, place=note.place)

    def _unsaid(self, entry: Entry) -> Entry:
        """An entry of which these minutes say nothing any more."""
        if not entry.status.is_kept:
            return entry
        mine = self._events(entry)
        left = [event for event in entry.events if event not in mine]
        if any(event.what is What.ADDED for event in left):
            return entry.with_events(left)
        for event in left:
            if event.what is What.READ and (words := self._words(event)):
                page = self.others[event.meeting].page.title
                source = Origin(page, event.revid, event.place)
                return replace(entry, text=words, source=source).with_events(left)
        revid, _ = self._revision
        return entry.without_words(
            Event(What.GONE, self._after(entry), revid, meeting=self.date, said=Said(State.GONE))
        )
