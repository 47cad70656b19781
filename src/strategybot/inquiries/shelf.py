"""The shelf of a body's minutes: all pages at and under the archive's title, each with the meetings that it is about.

A page a meeting, a page a month, one for all: whatever people made. The archive itself, as the bot writes it, names the
minutes that were approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from strategybot.inquiries.ownership import Owner, by_bot, is_pure, owner_of
from strategybot.inquiries.people import People, people_of
from strategybot.inquiries.provenance import origins
from strategybot.model.meeting import Meeting
from strategybot.model.minutes import Record
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.reading.archive import Archived, read_archive
from strategybot.reading.days import days_in
from strategybot.reading.minutes import read_minutes
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow, PagesUnder
from strategybot.wikitext.slots import vacant

A_YEAR = timedelta(days=366)

_MOST_MISSING = 12
"""How many meetings before the last are looked at that may be without minutes."""

Said = tuple[Page, Record]
"""What a page says of a meeting."""


@dataclass(frozen=True)
class Shelf:
    """All pages of a body's minutes, and how they are read: `days` are its meetings', `names` of those who are in it.

    `recent` are the last meetings with their usual pages, be they there or not.
    """

    process: Process
    people: People
    pages: tuple[Page, ...]
    recent: tuple[tuple[Meeting, Page], ...]
    settled: Mapping[str, Archived]
    days: frozenset[str]
    names: frozenset[str]

    def records(self) -> Iterator[Said]:
        """The meetings that the pages have minutes of."""
        return ((page, record) for page in self.pages for record in self.read(page, page.text))

    def read(self, page: Page, text: str) -> tuple[Record, ...]:
        """The meetings that a version of a page has minutes of."""
        of = self.process
        return read_minutes(text, page.asked, of.languages, days=self.days, people=self.names, templates=of.templates)

    def by_date(self) -> dict[str, Said]:
        """What is said of each meeting, by its date.

        Of several pages about one that counts which was approved, then one on which people wrote, then the usual page.
        """
        found: dict[str, list[Said]] = {}
        for page, record in self.records():
            if record.date:
                found.setdefault(record.date, []).append((page, record))
        return {day: min(several, key=lambda one: self._rank(day, one[0])) for day, several in found.items()}

    def _rank(self, day: str, page: Page) -> tuple[bool, bool, bool, Title]:
        meeting, approved = self.process.body.meetings.on(day), self.settled.get(day)
        usual = self.process.minutes(meeting) if meeting else None
        is_blank = page.revision is not None and is_pure(page.revision, self.process.bot)
        return approved is None or page.title != approved.page, is_blank, page.title != usual, page.title


def shelf_of(process: Process, now: datetime) -> Job[Shelf]:
    """All pages of a body's minutes."""
    (archive, titles), members = yield from both(
        both(ask(PageNow(process.archive)), ask(PagesUnder(process.archive))), people_of(process)
    )
    below = {title for title in titles if title.text.startswith(f"{process.archive.text}/")}
    recent = {process.minutes(meeting): meeting for meeting in _recent(process, now)}
    (settled, is_peoples), pages = yield from both(
        both(_settled(process, archive), is_of_people(process, archive)),
        together(ask(PageNow(title)) for title in sorted(below | recent.keys())),
    )
    return Shelf(
        process=process,
        people=members,
        pages=tuple(_once([*pages, *([archive] if is_peoples else [])])),
        recent=tuple((recent[page.asked], page) for page in pages if page.asked in recent),
        settled=settled,
        days=_days(process, now),
        names=_names(members),
    )


def _days(process: Process, now: datetime) -> frozenset[str]:
    """The dates of the body's meetings, from a year before the first on."""
    calendar = process.body.meetings
    first = calendar.schedule.moment(calendar.schedule.first)
    return frozenset(one.date for one in calendar.between(first - A_YEAR, now + A_YEAR))


def _names(members: People) -> frozenset[str]:
    """The names of all who belong to a body."""
    rosters = (roster.names for roster in members.rosters)
    named = (name for one in rosters for name in (*one.coordinators, *(one.members if members.is_group else ())))
    return members.core_team.union(named)


def _recent(process: Process, now: datetime) -> list[Meeting]:
    """The last meetings, and the next one as soon as its page is to be made. Cancelled ones aren't among them."""
    calendar = process.body.meetings
    meeting, found = calendar.latest(now), list[Meeting]()
    while meeting and len(found) <= _MOST_MISSING:
        found.append(meeting)
        meeting = calendar.preceding(meeting)
    following = calendar.following(now)
    return [*found, *([following] if following and now >= following.start - process.body.chain.minutes else [])]


def _once(pages: Iterable[Page]) -> list[Page]:
    """Pages that stand, each once; of the titles of one that was moved, one counts that names a day."""
    kept: dict[Title, Page] = {}
    for page in sorted(pages, key=lambda page: not days_in(page.asked.text, ())):
        if page.exists and page.model == "wikitext":
            kept.setdefault(page.title, page)
    return list(kept.values())


def is_of_people(process: Process, archive: Page) -> Job[bool]:
    """Whether what stands at the archive's title is people's own: one page with all minutes, say."""
    if not archive.exists or vacant(archive.text):
        return False
    return (yield from owner_of(archive, process.bot)) is Owner.PEOPLE


def _settled(process: Process, archive: Page) -> Job[Mapping[str, Archived]]:
    """The minutes that the archive names as approved in the very words that the bot wrote there.

    A redirect to another body's archive settles nothing.
    """

    def own(revision: Revision) -> Job[bool]:
        return known(by_bot(revision, process.bot))

    def read(text: str) -> tuple[Archived, ...]:
        found = read_archive(text, process.template("Archived"))
        return tuple(one for one in found if one.page.text.startswith(process.archive.text))

    if archive.revision and is_pure(archive.revision, process.bot):
        return {one.date: one for one in read(archive.text)}
    found = yield from origins(archive, read, own)
    return {one.date: one for one, origin in found.items() if origin.counts}
