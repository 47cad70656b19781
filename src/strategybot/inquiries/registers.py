"""A body's registers: what the minutes say, what people have changed on the registers' pages, and who belongs where.

Whatever the past holds, a run asks for the pages of a register by one list, and for a page's history only where
somebody has edited it since the bot did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from strategybot.inquiries.minutes import minuted
from strategybot.inquiries.ownership import by_bot, since_bot
from strategybot.inquiries.people import People, may_confirm, people_of
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted
from strategybot.model.minutes import Kind, Named
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.register import Age, Entry, Event, NotUnderstood, Origin, Register, Registers, Said, State, What
from strategybot.reading.amending import Amendment, Refused, Sheaf, Version, written
from strategybot.reading.entering import Account, entered
from strategybot.reading.register import SLOT, read_sheet
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow, RenamedTo
from strategybot.wikitext.slots import slot, vacant


@dataclass(frozen=True)
class Book:
    """A register as it stands after this run, with the pages that it stands on.

    `pages` are what is there now, the first of them the register's own page and the others the years'. `refused` is
    what can't be followed, by the page on which it stands, and `slips` are those slips on the pages of both registers
    that this one can't follow.
    """

    kind: Kind
    register: Register
    sheaves: tuple[Sheaf, ...]
    refused: Mapping[Title, tuple[Refused, ...]]
    slips: Mapping[str, Refused]
    problems: tuple[Problem, ...] = ()


def books(process: Process, now: datetime) -> Job[tuple[Registers, tuple[Book, ...]]]:
    """The registers of the body that the process is seen from, and how they stand on their pages."""
    (minutes, people), sheaves = yield from both(
        both(minuted(process, now), people_of(process)),
        together(_sheaves(process, kind, now) for kind in Kind),
    )
    judged = yield from together(together(_judged(process, people, sheaf) for sheaf in some) for some in sheaves)
    desk = _Desk(process, minutes, people, tuple(sheaf for some in judged for sheaf in some), now)
    made = yield from together(desk.book(kind, some) for kind, some in zip(Kind, judged, strict=True))
    made = (_with_slips(made[0], made[1]), _with_slips(made[1], made[0]))
    items, decisions = (_aged(process, book.register, now) for book in made)
    unread = tuple(
        NotUnderstood(one.date, Origin(one.page.title, one.page.revision.id, line.place), line)
        for one in minutes
        if one.record and one.page.revision and not one.stage.is_awaited
        for line in one.record.unread
    )
    problems = tuple(problem for book in made for problem in book.problems)
    return Registers(items, decisions, unread[:MOST_UNREAD], problems), made


MOST_UNREAD = 20
"""How many lines that weren't understood are shown, the newest first."""


def _with_slips(book: Book, other: Book) -> Book:
    """A register's book with those slips on its pages that the other register can't follow either."""
    refused = dict(book.refused)
    for sheaf in book.sheaves:
        for slip, mine in book.slips.items():
            if slip in other.slips and any(slip == filed.text for filed in sheaf.sheet.changes):
                why = other.slips[slip] if mine.key == "register-no-such-entry" else mine
                refused[sheaf.page.title] = (*refused[sheaf.page.title], why)
    return replace(book, refused=refused)


def title_of(process: Process, kind: Kind) -> Title:
    """The page of a register."""
    return process.action_items if kind is Kind.ACTION else process.decisions


def _sheaves(process: Process, kind: Kind, now: datetime) -> Job[tuple[Sheaf, ...]]:
    """The pages of a register: its own, and below it those of years: of the meetings', and what its own page names."""
    own = yield from _sheaf(process, kind, title_of(process, kind))
    usual = range(process.body.meetings.schedule.first.year, now.year + 1)
    years = sorted({*own.base.years, *map(str, usual)})
    others = yield from together(_sheaf(process, kind, own.page.asked.under(year)) for year in years)
    return (own, *(one for one in others if one.page.exists))


def _sheaf(process: Process, kind: Kind, title: Title) -> Job[Sheaf]:
    """A page of a register since the bot wrote it last."""
    page = yield from ask(PageNow(title))
    revisions = yield from since_bot(page, process.bot)
    shown = [one for one in reversed(revisions) if slot(one.text or "", SLOT) is not None]
    versions = tuple(Version(one, read_sheet(process, kind, one.text or "")) for one in shown)
    is_own = bool(shown) and by_bot(shown[0], process.bot)
    is_unmarked = is_own and not vacant(page.text) and slot(page.text, SLOT) is None
    return Sheaf(page, versions, is_own, is_unmarked)


@dataclass(frozen=True)
class _Desk:
    """What the registers of a body are kept by: minutes, people, and what stands on the pages of all of them."""

    process: Process
    minutes: Sequence[Minuted]
    people: People
    all: Sequence[Sheaf]
    now: datetime

    def book(self, kind: Kind, sheaves: Sequence[Sheaf]) -> Job[Book]:
        """A register with all that was said of it since the bot wrote it."""
        amendment = Amendment(self.process, written(self.process, kind, sheaves), sheaves)
        refused = {sheaf.page.title: amendment.rows(sheaf) for sheaf in sheaves}
        amendment.register = entered(amendment.register, self.minutes, _account(self.people), self.now)
        slips = {one.slip: one for sheaf in self.all for one in amendment.slips(sheaf)}
        register, others = yield from _handed(self.process, self.people, amendment.register, self.now)
        unmarked = (_unmarked(sheaf) for sheaf in sheaves if sheaf.is_unmarked)
        lost = _lost(register, self.process.body.meetings.latest(self.now))
        return Book(kind, register, tuple(sheaves), refused, slips, (*unmarked, *lost, *others))


def _lost(register: Register, latest: Meeting | None) -> Iterator[Problem]:
    """What people had changed of entries that have left with their minutes, since the latest meeting."""
    for entry in register.entries.values():
        changed = [event.revid for event in entry.events if event.user]
        if entry.status is State.GONE and changed and latest and entry.ended and entry.ended >= latest.start:
            yield Problem("register-gone", entry.source.page, (entry.id, entry.events[-1].meeting), changed[-1])


def _unmarked(sheaf: Sheaf) -> Problem:
    return Problem("register-unmarked", sheaf.page.title, (), sheaf.page.revision.id if sheaf.page.revision else None)


def _judged(process: Process, people: People, sheaf: Sheaf) -> Job[Sheaf]:
    """The versions of a page, with whether their authors' words count."""
    judged = yield from together(_counts(process, people, version, sheaf) for version in sheaf.versions)
    return replace(sheaf, versions=judged)


def _counts(process: Process, people: People, version: Version, sheaf: Sheaf) -> Job[Version]:
    if (sheaf.own and version is sheaf.versions[0]) or version.revision.user == process.bot:  # who undid a run may
        return version
    return replace(version, counts=(yield from may_confirm(process, people, version.revision)))


def _account(people: People) -> Account:
    """What tells the account of a body's that plain words name."""
    names = {name.casefold(): name for roster in people.rosters for name in roster.names.coordinators}
    names |= {name.casefold(): name for name in people.core_team}

    def account(named: Named) -> Named:
        known = names.get(named.name.casefold())
        return Named(known, is_account=True) if known and not named.is_account else named

    return account


# --- Who has left


def _handed(
    process: Process, people: People, register: Register, now: datetime
) -> Job[tuple[Register, tuple[Problem, ...]]]:
    """The register with what owners who have left hand to those who coordinate their groups now."""
    seats = _Seats(people, now)
    for entry in register.open:
        register = register.with_entry(seats.noted(entry))
    leaving = [(entry, owners) for entry in register.open if (owners := seats.left(entry))]
    names = sorted({owner for _, owners in leaving for owner in owners})
    renamed, then = yield from both(
        together(ask(RenamedTo(name)) for name in names),
        together(people_of(process, entry.given) for entry, _ in leaving),
    )
    present = dict(zip(names, renamed, strict=True))
    problems = []
    for (entry, owners), before in zip(leaving, then, strict=True):
        heirs = {owner: seats.heirs(entry, owner, present[owner], before) for owner in owners}
        if any(heirs.values()):
            register = register.with_entry(seats.handed(entry, heirs))
        elif len(heirs) == len(entry.owners):
            words = entry.id, ", ".join(heirs)
            problems.append(Problem("register-nobody-left", title_of(process, entry.kind), words))
    return register, tuple(problems)


@dataclass(frozen=True)
class _Seats:
    """Who coordinates which groups now, and who did when they were given an action item."""

    people: People
    now: datetime

    def noted(self, entry: Entry) -> Entry:
        """An entry with the groups that its owners coordinated when they were given it: as known, or as of now."""
        return replace(entry, groups=tuple(self._seats(entry)))

    def _seats(self, entry: Entry) -> Iterator[tuple[str, str]]:
        for owner in entry.owners:
            known = [seat for seat in entry.groups if seat[0] == owner.name]
            if entry.kind is Kind.ACTION and owner.is_account:
                yield from known or ((owner.name, group) for group in self.people.groups(owner.name, self.now))

    def left(self, entry: Entry) -> tuple[str, ...]:
        """The owners who coordinate none of the groups any more for which they were given an entry."""
        owners = dict.fromkeys(owner for owner, _ in entry.groups)
        return tuple(one for one in owners if not self._groups(entry, one) & {*self.people.groups(one, self.now)})

    def heirs(self, entry: Entry, owner: str, present: str | None, before: People) -> tuple[str, ...]:
        """Who has come to coordinate these groups since (`before` were the people); if nobody has, those who stay.

        Somebody who has another name now (`present`) is still the same.
        """
        groups = self._groups(entry, owner)
        if present and groups & {*self.people.groups(present, self.now)}:
            return (present,)
        rosters = [roster for roster in self.people.rosters if roster.group.name in groups]
        names = tuple(dict.fromkeys(name for roster in rosters for name in roster.names.coordinating(self.now)))
        return tuple(name for name in names if not groups & {*before.groups(name, entry.given)}) or names

    def handed(self, entry: Entry, heirs: Mapping[str, tuple[str, ...]]) -> Entry:
        """An entry after those who have left handed it over, if there is anybody to hand it to."""
        gone = [owner for owner in heirs if heirs[owner]]
        new = (Named(heir, is_account=True) for owner in gone for heir in heirs[owner])
        owners = dict.fromkeys((*(one for one in entry.owners if one.name not in gone), *new))
        said = Said(owners=tuple(owners))
        event = Event(What.HANDED, self.now.replace(microsecond=0), 0, said=said, note=", ".join(gone))
        return self.noted(entry.told(event))

    def _groups(self, entry: Entry, owner: str) -> set[str]:
        return {group for one, group in entry.groups if one == owner}


def _aged(process: Process, register: Register, now: datetime) -> Register:
    """The register with the age of its open entries."""
    entries = dict(register.entries)
    if register.open:
        first = min(entry.given for entry in register.open)
        meetings = process.body.meetings.between(first, now + timedelta(seconds=1))
        starts = [meeting.start for meeting in meetings if not meeting.cancelled]
        for entry in register.open:
            count = sum(entry.given < start <= now for start in starts)
            entries[entry.id] = replace(entry, age=Age(count, (now.date() - entry.given.date()).days))
    return replace(register, entries=entries)
