"""What a body's calendar page comes to: whose entries count, and the calendar that they make.

An entry is what somebody said, to the letter. The last word on it counts that somebody who may had: a coordinator, the
core team or an admin, who brought it to the page or took it away. What others bring waits for them, and so does what
others take away: a meeting that was moved doesn't go back because a stranger blanked the page. Whoever brings the page
back to a form that it had before, to the letter, brings nothing new: then the last word is the one from before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from strategybot.inquiries.authority import is_move, is_redirect, is_trusted, revisions_until, vouched
from strategybot.inquiries.moves import way_from
from strategybot.inquiries.ownership import MOST_REVISIONS, is_pure
from strategybot.inquiries.people import may_steer, people_of
from strategybot.inquiries.rulings import Ruling, Rulings
from strategybot.model.body import Body
from strategybot.model.calendar import Change
from strategybot.model.meeting import Schedule
from strategybot.model.page import Move, Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.source import Source
from strategybot.reading.calendar import Entry, Flaw, Noted, changes_of, last_day, read_entries
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow

CHANGED = "changed="
"""The field of the bot's own rows that shows a meeting that people changed: a page without it has none."""

_KEPT = timedelta(days=400)

_SURELY_OVER = timedelta(days=2)
"""How long after a day has begun in UTC it is over in all zones."""


@dataclass(frozen=True)
class Waiting:
    """An entry that somebody brought, or took away, who may not say so."""

    entry: Entry
    source: Source
    is_taken: bool = False


@dataclass(frozen=True)
class Kept:
    """What a calendar page comes to: the changes that count, what is wrong with entries, and what waits."""

    page: Page
    changes: tuple[Change, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    problems: tuple[Problem, ...] = ()


def scheduled(process: Process, at: datetime | None = None) -> Job[Process]:
    """The process with the changes that people made to its bodies' meetings, as of a moment (UTC; None is now)."""
    bodies = yield from together(_scheduled(process, body, at) for body in process.bodies)
    return replace(process, bodies=bodies)


def _scheduled(process: Process, body: Body, at: datetime | None) -> Job[Body]:
    kept = yield from kept_calendar(process.seen_from(body), at)
    return replace(body, meetings=replace(body.meetings, changes=kept.changes))


def kept_calendar(process: Process, at: datetime | None = None) -> Job[Kept]:
    """What the calendar page comes to of the body that the process is seen from, as of a moment (UTC; None is now)."""
    page = yield from ask(PageNow(process.calendar))
    if not page.redirected and (page.revision is None or (at is None and _says_nothing(process, page.revision))):
        return Kept(page)
    return (yield from past_of(process, page, at)).kept(process.body.meetings.schedule)


def _says_nothing(process: Process, newest: Revision) -> bool:
    """Whether a page is as the bot wrote it, without any entry, and tells of no meeting that people changed."""
    return is_pure(newest, process.bot) and CHANGED not in (newest.text or "") and not _entries(process, newest)


@dataclass(frozen=True)
class Past:
    """A calendar page's revisions, newest first, and what entries each holds (None where it is hidden).

    `may` are the numbers of those by somebody who may, of all that changed something. `ended` says that nothing lies
    behind the last one. `problems` are what is wrong with the page itself.
    """

    page: Page
    revisions: Sequence[Revision]
    forms: Sequence[tuple[Entry, ...] | None]
    may: frozenset[int]
    ended: bool
    languages: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def turns(self) -> list[int]:
        """The numbers of the revisions that may have changed something, newest first."""
        return list(Rulings(self.revisions, self.forms, ended=True).turns())

    def kept(self, schedule: Schedule, number: int = 0) -> Kept:
        """What the page came to with one of its revisions, by a rule for the meetings."""
        rulings = Rulings(self.revisions[number:], self.forms[number:], ended=self.ended)
        may = frozenset(one - number for one in self.may)
        held = next(iter(self.forms[number:]), None) or ()
        found = {entry: rulings.on(entry, may) for entry in rulings.things}
        tidied = {
            entry: one for entry in found if entry not in held and (one := self._tidied(entry, rulings, may, number))
        }
        found |= tidied
        order = [*(entry for entry in found if entry not in held), *held]
        noted = [
            Noted(
                replace(entry, reason="") if entry in tidied else entry, self._source(said), self._since(entry, number)
            )
            for entry in order
            if (said := found[entry].said)
        ]
        changes, flaws = changes_of(noted, schedule, self.languages)
        waiting = self._waiting(found, held, {flaw.noted.entry for flaw in flaws})
        return Kept(self.page, changes, flaws, tuple(waiting), self.problems)

    def _tidied(self, entry: Entry, rulings: Rulings[Entry], may: Collection[int], number: int) -> Ruling | None:
        """The ruling on what was said of a meeting in time, and taken away once that was over, but for its reason.

        Who tidies the page up doesn't say that a meeting that was cancelled took place.
        """
        if not (entry.was and (day := last_day(entry, self.languages))):
            return None
        over, past = datetime.fromisoformat(day).replace(tzinfo=UTC) + _SURELY_OVER, self.revisions[number:]
        taking = {one for one in may if past[one].time > over and entry not in (self.forms[number + one] or ())}
        said = rulings.on(entry, frozenset(may) - taking).said if taking else None
        return Ruling(said) if said and said.time <= over else None

    def _since(self, entry: Entry, number: int) -> datetime:
        """When the page first said of a meeting what an entry says, be it in other words."""
        past = zip(self.revisions[number:], self.forms[number:], strict=True)
        return min(one.time for one, form in past if any(other.about == entry.about for other in form or ()))

    def _waiting(
        self, found: Mapping[Entry, Ruling], held: Sequence[Entry], flawed: Collection[Entry]
    ) -> Iterator[Waiting]:
        """What waits for those who may: entries of others, and those that others took away and nothing has replaced."""
        for entry, ruling in found.items():
            if entry in held and not ruling.said and ruling.brought:
                yield Waiting(entry, self._source(ruling.brought))
            elif entry not in held and entry not in flawed and ruling.said and ruling.taken:
                yield Waiting(entry, self._source(ruling.taken), is_taken=True)

    def _source(self, revision: Revision) -> Source:
        return Source(self.page.title, revision.id, revision.user or "", revision.time)


def past_of(process: Process, page: Page, at: datetime | None = None, *, whole: bool = False) -> Job[Past]:
    """A calendar page's past as of a moment (UTC; None is now), as much of it as can matter now, or the whole.

    Wherever somebody moves the page, or leads readers of its title, its past is that of the page that stood there.
    """
    follows = yield from vouched(page, lambda revision: is_trusted(process, revision))
    title = page.title if follows else page.asked
    every, ended = yield from _walked(process, title, at, whole=whole)
    way: tuple[Move, ...] = ()
    if ended and every and is_redirect(every[-1]) and (way := (yield from way_from(title))):
        behind, ended = yield from _walked(process, way[-1].target, at, whole=whole)
        every = [*every[:-1], *behind]
    revisions = [one for one in every if at is None or one.time <= at]
    forms = [_entries(process, one) for one in revisions]
    may: frozenset[int] = frozenset()
    if any(forms):
        moves = [number for number, pair in enumerate(pairwise(revisions)) if is_move(*pair)]
        asked = sorted({*moves, *Rulings(revisions, forms, ended=True).turns()})
        people = yield from people_of(process, at)
        answers = yield from together(may_steer(process, people, revisions[number]) for number in asked)
        may = frozenset(number for number, answer in zip(asked, answers, strict=True) if answer)
        if strange := (yield from _strange(page, moves, may, way)):
            revisions, forms, ended = revisions[: strange[0] + 1], forms[: strange[0] + 1], True
    problems = () if follows or way else (Problem("redirect", page.asked),)
    return Past(page, revisions, forms, may, ended, process.languages, problems)


def _walked(process: Process, title: Title, at: datetime | None, *, whole: bool) -> Job[tuple[list[Revision], bool]]:
    """As much of a page's history as can matter at a moment, newest first, and whether it ends there.

    What was taken away more than a year before the page's last change has been taken away for good.
    """
    revisions: list[Revision] = []
    while whole or len(revisions) < MOST_REVISIONS:
        lot = yield from revisions_until(title, None, revisions[-1].id if revisions else None, limit=None)
        revisions += lot
        if not lot or not lot[-1].parent:
            return revisions, True
        newest = next((one for one in revisions if at is None or one.time <= at), revisions[-1])
        standing, oldest = _entries(process, newest) or (), _entries(process, revisions[-1]) or ()
        if not whole and revisions[-1].time < newest.time - _KEPT and not set(standing) & set(oldest):
            break
    return revisions, False


def _strange(page: Page, moves: Sequence[int], may: Collection[int], way: Sequence[Move]) -> Job[list[int]]:
    """The numbers of those moves, newest first, behind which lies another page's history.

    They are by somebody who may not, and brought a page to this title that hadn't stood there before.
    """
    if not set(moves) <= set(may) and not way:
        way = yield from way_from(page.asked)
        way = way if way and way[-1].target == page.title else ()
    return [number for number in moves[len(way) :] if number not in may]


def _entries(process: Process, revision: Revision) -> tuple[Entry, ...] | None:
    """The entries that a revision holds; None where it is hidden."""
    return None if revision.text is None else read_entries(revision.text, process.template("Meeting"))
