"""The registers: what each body has decided, and who promised what, with all that became of it.

An entry that moves to another page, since its year is over or it was taken up again, is written there first; it leaves
the page where it stood once it is seen to stand on the other. So none is lost when a run ends between the two, or where
one of them can't be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from strategybot.inquiries.registers import Book, books, title_of
from strategybot.jobs.carrying import carried
from strategybot.jobs.discretion import discreet
from strategybot.jobs.plan import Edit, Plan, joined
from strategybot.model.minutes import Kind
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.model.register import Entry, Register, Registers, by_urgency
from strategybot.reading.amending import Sheaf
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow
from strategybot.writing.register import Leaf, register_page
from strategybot.writing.texts import Texts

_SUMMARIES = {Kind.ACTION: "summary-action-items", Kind.DECISION: "summary-decisions"}


def registers(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the registers of all bodies."""
    return joined((yield from together(_of_body(process.seen_from(body), now) for body in process.bodies)))


def kept(process: Process, now: datetime) -> Job[Registers]:
    """The registers of the body that the process is seen from, as they stand after this run."""
    found, _ = yield from books(process, now)
    return found


def _of_body(process: Process, now: datetime) -> Job[Plan]:
    found, made = yield from books(process, now)
    plans = yield from together(_of_book(process, book, found, now) for book in made)
    return joined([Plan(problems=found.problems), *plans])


def _of_book(process: Process, book: Book, found: Registers, now: datetime) -> Job[Plan]:
    """The plan for one register: its own page, and those of years."""
    binding = _Binding(process, book, found, now)
    titles = binding.titles
    pages = yield from together(ask(PageNow(title)) for title in titles)
    edits = [edit for title, page in zip(titles, pages, strict=True) if (edit := binding.edit(title, page))]
    recent = [page for title, page in zip(titles, pages, strict=True) if binding.is_recent(title)]
    plan = yield from carried(process, Plan(tuple(edits), unfinished=binding.is_moving))
    return (yield from discreet(process, plan, recent))


@dataclass(frozen=True)
class _Binding:
    """Which of a register's entries stand on which of its pages after this run."""

    process: Process
    book: Book
    found: Registers
    now: datetime

    @cached_property
    def own(self) -> Title:
        """The register's own page."""
        return title_of(self.process, self.book.kind)

    @cached_property
    def register(self) -> Register:
        """The register, with the ages of its entries."""
        return self.found.items if self.book.kind is Kind.ACTION else self.found.decisions

    @cached_property
    def standing(self) -> Mapping[Title, Sheaf]:
        """What stands now on the pages that there are."""
        return {sheaf.page.asked: sheaf for sheaf in self.book.sheaves}

    @cached_property
    def homes(self) -> Mapping[str, Title]:
        """The page on which each entry belongs."""
        return {entry.id: self._home(entry) for entry in self.register.entries.values()}

    @cached_property
    def places(self) -> Mapping[str, frozenset[Title]]:
        """The pages on which each entry is to stand: where it belongs, and until it was written there, where it stood.

        What stood nowhere is kept on the register's own page until then.
        """
        stood: dict[str, set[Title]] = {}
        for title, sheaf in self.standing.items():
            for row in sheaf.base.rows:
                stood.setdefault(row.id, set()).add(title)
        return {
            name: frozenset({home} if home in stood.get(name, ()) else {home, *stood.get(name, {self.own})})
            for name, home in self.homes.items()
        }

    @property
    def titles(self) -> tuple[Title, ...]:
        """All pages, the register's own first, then the years', the last first."""
        return (self.own, *sorted({*self.homes.values(), *self.standing} - {self.own}, reverse=True))

    @property
    def is_moving(self) -> bool:
        """Whether an entry isn't seen yet where it belongs, and has to stand where it stood."""
        return any(len(self.places[name]) > 1 for name in self.homes)

    def is_recent(self, title: Title) -> bool:
        """Whether a page is one of those that still change: what the others quote isn't looked after any more."""
        return title == self.own or title.text.endswith(f"/{self.now.year}")

    def edit(self, title: Title, page: Page) -> Edit | None:
        """The edit that makes a page what it should be; None where nothing is to stand there, or nobody knows where."""
        if title in self.standing and self.standing[title].is_unmarked:
            return None
        here = [entry for entry in self.register.entries.values() if title in self.places[entry.id]]
        is_due = title == self.own and (self.register.read or self.found.unread)
        if not (page.exists or here or is_due):
            return None
        text = register_page(self.process, title, self._leaf(title, page, here), self.now)
        says = Texts(self.process.languages[0]).say
        return Edit(page, text, says(_SUMMARIES[self.book.kind], str(len(self.register.open))))

    def _home(self, entry: Entry) -> Title:
        """The page of its year once an entry is over, or else the register's own."""
        last = self.process.body.meetings.latest(self.now)
        ended = entry.given if entry.kind is Kind.DECISION and entry.status.is_kept else entry.ended
        if last is None or ended is None:
            return self.own
        is_past = ended.year < last.start.year if entry.kind is Kind.DECISION else ended < last.start
        return self.own.under(str(ended.year)) if is_past else self.own

    def _leaf(self, title: Title, page: Page, here: Sequence[Entry]) -> Leaf:
        refused = self.book.refused.get(page.title, ())
        top = self.standing[title].sheet.top if title in self.standing else ""
        if title != self.own:
            parts = (("register-past", sorted(here, key=lambda one: one.number)),)
            return Leaf(self.register, parts, year=_year(title), top=top, refused=refused)
        return Leaf(
            self.register,
            tuple(self._parts(here)),
            years=tuple((_year(one), one) for one in self.titles[1:]),
            top=top,
            unread=self.found.unread if self.book.kind is Kind.ACTION else (),
            refused=refused,
        )

    def _parts(self, entries: Sequence[Entry]) -> Iterator[tuple[str, Sequence[Entry]]]:
        """Entries under their headings: what waits for confirmation, what is open or stands, what is over."""
        current = sorted((one for one in entries if one.is_open), key=by_urgency)
        yield "register-unconfirmed", [one for one in current if not one.confirmed]
        yield "register-current", sorted((one for one in current if one.confirmed), key=self._is_in_time)
        yield "register-over", sorted((one for one in entries if not one.is_open), key=lambda one: one.number)

    def _is_in_time(self, entry: Entry) -> bool:
        return not entry.overdue(self.now.date())


def _year(title: Title) -> str:
    return title.text.rpartition("/")[2]
