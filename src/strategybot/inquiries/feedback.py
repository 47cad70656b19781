"""What became of feedback: what those who may have entered on the feedback page.

The core team alone says what became of something; what others enter waits for it. The page's history is asked for only
where somebody has edited it since the bot did: what was entered before is believed as the bot's own newest revision has
it, and whatever others did to that since changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from strategybot.inquiries.authority import by_core_team
from strategybot.inquiries.moves import was_moved
from strategybot.inquiries.ownership import by_bot, since_bot
from strategybot.inquiries.rulings import Rulings
from strategybot.model.feedback import Said
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.model.source import Source
from strategybot.reading.feedback import SLOT, Row, Thing, outcome_of, read_entries, read_rows
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow, RevisionById
from strategybot.wikitext.slots import slot, vacant


@dataclass(frozen=True)
class Entered:
    """The feedback page, and what is entered there, the newest first.

    `is_unmarked`: somebody took away the marks of the slot, so that nobody can tell where entries are to stand.
    """

    page: Page
    said: tuple[Said, ...] = ()
    is_unmarked: bool = False


def entered(process: Process) -> Job[Entered]:
    """What is entered on the feedback page of a process. What was hidden since leaves it."""
    page = yield from ask(PageNow(process.feedback))
    if page.redirected and not (yield from was_moved(page, ())):
        return Entered(page)
    revisions = yield from since_bot(page, process.bot)
    past = _Past(process, page, revisions)
    asked = sorted({*past.rulings.turns()} - past.own)
    trusted = yield from by_core_team(process, [revisions[number] for number in asked])
    said = tuple(past.said(past.own.union(number for number in asked if revisions[number].id in trusted)))
    seen = yield from together(ask(RevisionById(one.source.revid)) for one in said)
    left = [one for one, revision in zip(said, seen, strict=True) if revision and revision.text is not None]
    return Entered(page, tuple(sorted(left, key=lambda one: one.source.revid, reverse=True)), past.is_unmarked)


@dataclass(frozen=True)
class _Past:
    """The page's revisions since the bot wrote it, newest first, with that one of the bot's at the end if there is one.

    The bot's stands for all who entered what it shows: who they are, it has noted.
    """

    process: Process
    page: Page
    revisions: Sequence[Revision]
    rulings: Rulings[Thing] = field(init=False)

    def __post_init__(self) -> None:
        forms = [self._form(one.text) for one in self.revisions]
        object.__setattr__(self, "rulings", Rulings(self.revisions, forms, ended=True))

    def _form(self, text: str | None) -> tuple[Thing, ...] | None:
        """What is entered on a version of the page; None where nobody can tell."""
        if text is None or slot(text, SLOT) is None:
            return None
        return read_entries(text, self.process.template("Feedback outcome"))

    @property
    def own(self) -> frozenset[int]:
        """The number of the bot's revision."""
        last = len(self.revisions) - 1
        return frozenset({last} if self.revisions and by_bot(self.revisions[last], self.process.bot) else ())

    @property
    def noted(self) -> dict[Thing, Row]:
        """What the bot noted there."""
        return read_rows(self.revisions[-1].text or "", self.process.template("Feedback outcome")) if self.own else {}

    @property
    def is_unmarked(self) -> bool:
        """Whether the slot was taken away since."""
        return bool(self.own) and not vacant(self.page.text) and slot(self.page.text, SLOT) is None

    def said(self, may: Collection[int]) -> Iterator[Said]:
        """What is entered, and whether it counts, by the numbers of the revisions whose authors may say."""
        noted, held = self.noted, self._form(self.page.text) or ()
        for thing in self.rulings.things:
            ruling = self.rulings.on(thing, may)
            row = noted.get(thing)
            if ruling.said and row and self.own and ruling.said == self.revisions[-1]:
                if row.counts or thing in held:
                    yield self._said(thing, Source(self.page.title, row.revid, row.user, row.time), counts=row.counts)
            elif ruling.said and not (self.own and ruling.said == self.revisions[-1]):
                yield self._said(thing, self._source(ruling.said), counts=True)
            elif ruling.brought and thing in held:
                yield self._said(thing, self._source(ruling.brought), counts=False)

    def _said(self, thing: Thing, source: Source, *, counts: bool) -> Said:
        entry = thing[0]
        return Said(entry, outcome_of(entry.state, self.process.languages), source, counts)

    def _source(self, revision: Revision) -> Source:
        return Source(self.page.title, revision.id, revision.user or "", revision.time)
