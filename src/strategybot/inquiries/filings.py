"""What stands on a group's pages for a meeting, filing by filing, and whose words each of them is.

Updates stand on the page for the meeting, or in sections of the group's page of updates. A filing is a group's when one
of its coordinators introduced exactly its words for that meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from strategybot.inquiries.authority import page_as_of, vouched
from strategybot.inquiries.introductions import introductions, may_lead
from strategybot.inquiries.reader import Reader
from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.source import Source
from strategybot.reading.days import is_day
from strategybot.reading.filing import Filing, Flaw, stray_text
from strategybot.wiki.asking import Job, together
from strategybot.wiki.asking import known as already

MOST_WAITING = 5
"""How many filings on a page are told as waiting, or as odd by their headings: anybody can add any number of them."""


@dataclass(frozen=True)
class Filed:
    """A filing, the revision that introduced its words, and whether the group may be quoted with them."""

    filing: Filing
    source: Source
    valid: bool


@dataclass(frozen=True)
class Place:
    """A page where a group files, and what stands on it for a meeting, in the page's order.

    `in_confidence`: something stands there that bears a mark of that, of which nothing else is told.
    """

    page: Page
    filed: tuple[Filed, ...] = ()
    problems: tuple[Problem, ...] = ()
    in_confidence: bool = False


def places(
    process: Process,
    roster: Roster,
    meeting: Meeting,
    at: datetime | None = None,
    known: Mapping[Title, Page] = MappingProxyType({}),
) -> Job[tuple[Place, ...]]:
    """What a group filed for a meeting, page by page, as of a moment (UTC; None is now), as `roster` is.

    `known` are pages as of that moment that needn't be read, by the titles where they were then.
    """
    titles = process.update(roster.group, meeting), process.updates(roster.group)
    pages = yield from together(already(known[title]) if title in known else page_as_of(title, at) for title in titles)
    if pages[0].title == pages[1].title:  # one of them is a redirect to the other
        pages = tuple(page for page in pages if page.asked == page.title)[:1] or pages[:1]
    return (yield from together(_place(process, roster, meeting, page, at) for page in pages))


def _place(process: Process, roster: Roster, meeting: Meeting, page: Page, at: datetime | None = None) -> Job[Place]:
    """The same for one of the pages, as it was read."""
    newest = page.revision
    if newest is None or not page.text.strip():
        return Place(page)
    if not (yield from vouched(page, lambda revision: may_lead(process, roster, revision))):
        return Place(page, problems=(Problem("redirect", page.asked),))
    reader = Reader(process, meeting, page, in_sections=page.asked == process.updates(roster.group))
    judged = {reader.words(one): one for one in reader.filings(newest) if reader.is_judged(one)}
    introduced = yield from introductions(process, roster, reader, frozenset(judged), at)
    found = [
        Filed(filing, Source(page.title, by.revision.id, by.revision.user or "", by.since), by.valid)
        for words, filing in judged.items()
        for by in [introduced[words]]
    ]
    filed = tuple(one for one in found if one.filing.topics and reader.is_here(one.filing))
    problems = tuple(dict.fromkeys(_problems(reader, roster.group, newest, found)))
    return Place(page, filed, problems, reader.has_confidences(newest))


# --- What there is to mend ---


def _problems(reader: Reader, group: Group, newest: Revision, found: list[Filed]) -> Iterator[Problem]:
    """What is wrong with a page. Nothing is repeated of what somebody typed who may not speak for the group."""
    title, filings = reader.page.title, reader.filings(newest)
    if not filings and not reader.in_sections and not reader.has_confidences(newest):
        yield Problem("update-without-template", title, (), newest.id)
    for filing in filings:
        if not filing.topics and reader.is_here(filing):
            yield Problem("update-blank", title, (), newest.id)
    for flaw in (*_lost(reader, filings, found), *_stray(reader, newest, filings, found)):
        yield Problem(flaw.key, title, flaw.words, newest.id)
    waiting = [one for one in found if not one.valid and one.filing.topics and reader.is_here(one.filing)]
    for one in waiting[:MOST_WAITING]:
        yield Problem("update-waiting", title, (group.name, one.source.user), one.source.revid)
    for one in found:
        for flaw in one.filing.flaws if one.valid else ():
            yield Problem(flaw.key, title, flaw.words, newest.id)


def _lost(reader: Reader, filings: tuple[Filing, ...], found: list[Filed]) -> Iterator[Flaw]:
    """Filings whose meeting can't be known, and dates that are none of a meeting."""
    own = {reader.words(one.filing): one.filing for one in found if one.valid}
    filed = [filing for filing in filings if filing.topics] if reader.in_sections else []
    if any(not reader.date(filing) and reader.words(filing) not in own for filing in filed):
        yield Flaw("update-no-meeting")
    headings = sorted({day for filing in filed if (day := reader.date(filing)) in filing.days})
    for day in [day for day in headings if reader.is_odd(day)][:MOST_WAITING]:
        yield Flaw("update-odd-meeting", (day,))
    for filing in own.values():
        day = filing.meeting
        is_wrong = reader.is_odd if reader.in_sections else reader.meeting.date.__ne__
        if day and (not is_day(day) or is_wrong(day)):
            yield Flaw("update-odd-meeting", (day,))


def _stray(reader: Reader, newest: Revision, filings: tuple[Filing, ...], found: list[Filed]) -> Iterator[Flaw]:
    """Text beside the updates, where it isn't beside a stranger's."""
    strange = {reader.words(one.filing) for one in found if not one.valid}
    beside = [filing for filing in filings if reader.is_here(filing) and reader.words(filing) not in strange]
    places = {filing.section for filing in beside} if reader.in_sections else None
    if beside and stray_text(newest.text or "", reader.process.template("Update"), places):
        yield Flaw("update-outside-text")
