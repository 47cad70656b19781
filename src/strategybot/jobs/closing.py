"""Closing agendas, and guarding closed ones.

The first run after a meeting's start makes its agenda as it stood then. From then on only what is withdrawn leaves it:
topics that were deleted or hidden at their source, or emptied there by somebody who may speak for the group. A closed
agenda itself says what it quotes, and vouches for who spoke for each group then. So looking after it needs its sources
alone, and only where one of them has lost something is it made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from strategybot.config import read_configuration
from strategybot.inquiries.accounts import present_names
from strategybot.inquiries.authority import page_as_of
from strategybot.inquiries.filings import meeting_date, places
from strategybot.inquiries.ownership import untouched
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import late_update_made_of, update_made_of
from strategybot.inquiries.withdrawal import left_standing
from strategybot.jobs.composition import Filed, agenda_edit
from strategybot.jobs.plan import Plan
from strategybot.jobs.quotes import Quote, quoted, quotes
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.update import Update
from strategybot.reading.filing import Filing, read_filings
from strategybot.reading.succession import Words, became
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow, PagesUnder, RevisionById
from strategybot.wikitext.calls import Call, calls
from strategybot.wikitext.references import unescape
from strategybot.wikitext.slots import emptied


def closings(process: Process, now: datetime) -> Job[tuple[Plan, ...]]:
    """The plans for all agendas whose meetings have started: those that stand as the bot's, and the last meeting's."""
    last = process.schedule.latest(now)
    titles = yield from ask(PagesUnder(process.agendas))
    pages = yield from together(ask(PageNow(title)) for title in titles)
    own = yield from together(untouched(page, process.bot) for page in pages)
    agendas = [page for page, ours in zip(pages, own, strict=True) if ours]
    standing = {meeting: page for page in agendas if (meeting := _meeting(process, page)) and meeting.start <= now}
    if last and process.agenda(last) not in {page.asked for page in pages}:
        standing[last] = yield from ask(PageNow(process.agenda(last)))
    return (yield from together(_closing(process, meeting, page) for meeting, page in standing.items()))


def _meeting(process: Process, page: Page) -> Meeting | None:
    """The meeting that a page is the agenda of, as its head says; None where it is no agenda of this process."""
    head = _head(process, page)
    fields = head.fields if head else {}
    try:
        start = datetime.fromisoformat(fields["start"]).astimezone(UTC)
        meeting = Meeting(start, fields["meeting"], int(fields["minutes"]), unescape(fields.get("place", "")))
    except (KeyError, ValueError, OverflowError):
        return None
    return meeting if page.asked == process.agenda(meeting) and start.year >= 2000 else None


def _head(process: Process, page: Page) -> Call | None:
    return next(iter(calls(page.text, process.template("Agenda"))), None)


def _closing(process: Process, meeting: Meeting, page: Page) -> Job[Plan]:
    """The plan for one agenda. The configuration counts as it was at the start.

    There is none for a meeting from before the process was configured, nor for one that was no longer planned when it
    should have started.
    """
    head = _head(process, page)
    is_closed = head is not None and head.fields.get("state") == "closed"
    named = quotes(process, emptied(page.text)) if is_closed else []
    if is_closed and not (yield from _has_lost(process, meeting, named)):
        return Plan()
    then = yield from _configured(process, meeting)
    planned = then.schedule.latest(meeting.start) if then else None
    if not is_closed and (planned is None or planned.start != meeting.start):
        return Plan()
    process = then or process
    previous = process.schedule.latest(meeting.start - timedelta(seconds=1))
    filed = yield from together(
        _as_of_start(process, number, meeting, previous, named) for number in range(len(process.groups))
    )
    edit = agenda_edit(process, page, meeting, filed, closed=True)
    if is_closed and quoted(process, page.text) == quoted(process, edit.text):
        return Plan()
    return Plan((edit,))


def _configured(process: Process, meeting: Meeting) -> Job[Process | None]:
    """The process as it was configured when a meeting started; None where it wasn't. A trial is one as of now.

    Where the configuration of that time can't be used or seen, the present one has to do.
    """
    page = yield from page_as_of(process.page, meeting.start)
    if page.revision is None:
        return None
    then = read_configuration(page.text, process.page, process.bot)
    return replace(then, trial=process.trial) if isinstance(then, Process) else process


@dataclass(frozen=True)
class _Stated:
    """A quote with its revision, and what is filed there and now."""

    quote: Quote
    revision: Revision
    then: tuple[Filing, ...]
    now: tuple[Filing, ...]


def _has_lost(process: Process, meeting: Meeting, named: list[Quote]) -> Job[bool]:
    """Whether a source was deleted or hidden, or topics are gone that were filed in the revision that is quoted."""
    distinct = tuple(dict.fromkeys(named))
    pages, revisions = yield from both(
        together(ask(PageNow(quote.page)) for quote in distinct),
        together(ask(RevisionById(quote.revid)) for quote in distinct),
    )
    stated = []
    for quote, source, revision in zip(distinct, pages, revisions, strict=True):
        if revision is None or (revision.user or "") != quote.user or source.revision is None:
            return True
        then, now = (_filings(process, meeting, quote, one) for one in (revision, source.revision))
        if not any(one.topics for one in then):
            return True
        stated.append(_Stated(quote, revision, then, now))
    changed = {one.quote.page for one in stated if not _words(one.then) <= _words(one.now)}
    return (yield from _has_lost_topics(process, meeting, [one for one in stated if one.quote.page in changed]))


def _has_lost_topics(process: Process, meeting: Meeting, stated: Sequence[_Stated]) -> Job[bool]:
    """Whether a topic is gone of what the quoted revisions themselves brought to their pages."""
    parents = yield from together(_parent(one.revision) for one in stated)
    brought: dict[Title, dict[Words, Filing]] = {}
    for one, parent in zip(stated, parents, strict=True):
        before = _words(_filings(process, meeting, one.quote, parent))
        own = {filing.words: filing for filing in one.then if filing.words not in before}
        brought[one.quote.page] = brought.get(one.quote.page, {}) | own
    return any(
        _lacks(tuple(brought[one.quote.page].values()), one.now, in_sections=_in_sections(process, one.quote))
        for one in stated
    )


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
    found = read_filings(text, process.template("Update"), process.topics, process.languages)
    if not _in_sections(process, quote):
        return found
    previous = process.schedule.latest(meeting.start - timedelta(seconds=1))
    dates = {meeting.date, previous.date if previous else ""}
    return tuple(filing for filing in found if meeting_date(process, filing, meeting) in dates)


def _in_sections(process: Process, quote: Quote) -> bool:
    return quote.page in {process.updates(group) for group in process.groups if group.name == quote.group}


def _as_of_start(
    process: Process, number: int, meeting: Meeting, previous: Meeting | None, named: list[Quote]
) -> Job[Filed]:
    """A group's roster and updates as of the start, without what is withdrawn since."""
    group = process.groups[number]
    quoted_users = {quote.user: None for quote in named if quote.group == group.name and not quote.waiting}
    vouched = yield from present_names(user for user in quoted_users if user)
    roster, today = yield from both(roster_of(process, group, meeting.start), roster_of(process, group))
    roster, today = _with(roster, vouched), _with(today, vouched)
    update, late = yield from both(
        _update(process, roster, today, meeting),
        _late(process, roster, today, meeting, previous) if previous else known(None),
    )
    return roster, (update, late) if late else (update,)


def _with(roster: Roster, vouched: tuple[str, ...]) -> Roster:
    """The roster with those who spoke for the group when the agenda was closed, whatever became of its page since."""
    coordinators = tuple(dict.fromkeys((*roster.names.coordinators, *vouched)))
    return replace(roster, names=replace(roster.names, coordinators=coordinators))


def _update(process: Process, roster: Roster, today: Roster, meeting: Meeting) -> Job[Update]:
    then = yield from places(process, roster, meeting, meeting.start)
    left = yield from left_standing(process, today, meeting, then, meeting.start)
    return update_made_of(process, roster.group, meeting, left)


def _late(process: Process, roster: Roster, today: Roster, meeting: Meeting, previous: Meeting) -> Job[Update | None]:
    """What was filed for the meeting before after that had started, and before this one did."""
    then = yield from places(process, roster, previous, meeting.start)
    left = yield from left_standing(process, today, previous, then, meeting.start)
    return (yield from late_update_made_of(process, roster, previous, left))
