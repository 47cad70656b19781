"""Guarding what a closed agenda quotes: whether one of its sources has lost something since.

The agenda's own calls name the revisions that it quotes. What counts is what those brought to their pages: one that was
deleted or hidden, or of which a topic was withdrawn, makes the agenda be made anew. Where the page stands by now, or
what stands at its title instead, is no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from strategybot.inquiries.reader import meeting_date
from strategybot.inquiries.rosters import other_spellings, roster_of
from strategybot.inquiries.updates import gathered
from strategybot.inquiries.withdrawal import edits_since
from strategybot.jobs.quotes import Quote
from strategybot.jobs.testimony import group_then, speakers, with_speakers
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.reading.filing import Filing, read_filings
from strategybot.reading.succession import Edit, Words, became, left_over
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow, RevisionById


@dataclass(frozen=True)
class _Stated:
    """A quote with its revision and the page on which that stands now, and what is filed there and on the page now.

    `doubtful` says that what stands there now doesn't tell what was withdrawn: somebody else saved the page since, or
    it isn't at its title.
    """

    quote: Quote
    revision: Revision
    page: Page
    then: tuple[Filing, ...]
    now: tuple[Filing, ...]
    doubtful: bool


def has_lost(process: Process, meeting: Meeting, named: list[Quote]) -> Job[bool]:
    """Whether a quoted revision was deleted or hidden, or topics were withdrawn that were filed in it.

    `process` is as it was configured then. A page's history is asked for only where its newest revision is in doubt.
    """
    distinct = tuple(dict.fromkeys(named))
    pages, revisions = yield from both(
        together(ask(PageNow(quote.page)) for quote in distinct),
        together(ask(RevisionById(quote.revid)) for quote in distinct),
    )
    stated = []
    for quote, page, revision in zip(distinct, pages, revisions, strict=True):
        if revision is None or (revision.user or "") != quote.user:
            return True
        one = _stated(process, meeting, named, page, (quote, revision))
        if not any(filing.topics for filing in one.then):
            return True
        stated += [one] if not quote.waiting else []
    changed = {one.quote.page for one in stated if one.doubtful or not _words(one.then) <= _words(one.now)}
    return (yield from _has_lost_topics(process, meeting, named, [one for one in stated if one.quote.page in changed]))


def _stated(
    process: Process, meeting: Meeting, named: Sequence[Quote], page: Page, source: tuple[Quote, Revision]
) -> _Stated:
    quote, revision = source
    title = revision.page or page.title
    newest = page.revision if page.title == title else None
    known = process.core_team | {one.user for one in named if one.group == quote.group and not one.waiting}
    is_quiet = newest and (newest.id == quote.revid or newest.time <= meeting.start or newest.user in known)
    then, now = (_filings(process, meeting, quote, one) for one in (revision, newest))
    return _Stated(quote, revision, Page(title, quote.page, revision), then, now, doubtful=not is_quiet)


def _has_lost_topics(
    process: Process, meeting: Meeting, named: Sequence[Quote], stated: Sequence[_Stated]
) -> Job[bool]:
    """Whether a topic is gone of what the quoted revisions themselves brought to their pages."""
    parents = yield from together(_parent(one.revision) for one in stated)
    brought: dict[Title, dict[Words, Filing]] = {}
    for one, parent in zip(stated, parents, strict=True):
        before = _words(_filings(process, meeting, one.quote, parent))
        own = {filing.words: filing for filing in one.then if filing.words not in before}
        brought[one.quote.page] = brought.get(one.quote.page, {}) | own
    if any(
        _lacks(tuple(brought[one.quote.page].values()), one.now, in_sections=_in_sections(process, one.quote))
        for one in stated
        if not one.doubtful
    ):
        return True
    doubtful = {(one.quote.page, one.quote.group): one for one in stated if one.doubtful}
    walked = yield from together(
        _has_withdrawn(process, meeting, named, one, brought[one.quote.page].keys()) for one in doubtful.values()
    )
    return any(walked)


def _has_withdrawn(
    process: Process, meeting: Meeting, named: Sequence[Quote], one: _Stated, brought: Collection[Words]
) -> Job[bool]:
    """Whether somebody who may speak for the group has withdrawn some of this from a page, edit by edit."""
    group = next((group for group in process.body.groups if group.name == one.quote.group), None)
    if group is None:
        return False
    group = group_then(process, group, meetings_on(process, meeting), named)
    today, names = yield from both(roster_of(process, group), speakers(group, named))
    base, edits = yield from edits_since(process, with_speakers(today, names), one.page, meeting.start)
    if base is None:
        return True
    before = _filings(process, meeting, one.quote, base)
    followed = [Edit(_filings(process, meeting, one.quote, revision), may) for revision, may in edits]
    left = left_over(before, _words(before) - set(brought), followed)
    return any(left.get(filing.words) != set(filing.topics) for filing in before if filing.words in brought)


def _lacks(then: Sequence[Filing], now: Sequence[Filing], *, in_sections: bool) -> bool:
    """Whether a filing has lost a topic, or can't be found again. The only one on a page may have changed wholly."""
    found = became(then, now, in_place=not in_sections and len(then) == len(now) == 1)
    return any(one.words not in found or not one.topics.keys() <= found[one.words].topics.keys() for one in then)


def _words(filings: Sequence[Filing]) -> set[Words]:
    return {one.words for one in filings}


def _parent(revision: Revision) -> Job[Revision | None]:
    return (yield from ask(RevisionById(revision.parent))) if revision.parent else None


def _filings(process: Process, meeting: Meeting, quote: Quote, revision: Revision | None) -> tuple[Filing, ...]:
    """What is filed in a revision, as far as it can be on the meeting's agenda.

    On a page of sections that is what is filed for the meeting, and what was filed late for the one before.
    """
    text = (revision.text or "") if revision else ""
    every = read_filings(text, process.template("Update"), process.topics, process.languages)
    found = tuple(filing for filing in every if not filing.in_confidence)
    if not _in_sections(process, quote):
        return found
    dates = {one.date for one in meetings_on(process, meeting)}
    return tuple(filing for filing in found if meeting_date(process, filing, meeting) in dates)


def meetings_on(process: Process, meeting: Meeting) -> tuple[Meeting, ...]:
    """The meetings whose updates are on the meeting's agenda: its own, and what came late for the one before."""
    previous = process.body.meetings.preceding(meeting)
    return (*gathered(process, meeting), *(gathered(process, previous) if previous else ()))


def _in_sections(process: Process, quote: Quote) -> bool:
    spelled = [
        replace(group, page=title)
        for group in process.body.groups
        if group.name == quote.group
        for title in (group.page, *other_spellings(group))
    ]
    return quote.page in {process.updates(group) for group in spelled}
