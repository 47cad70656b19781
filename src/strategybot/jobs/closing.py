"""Closing agendas, and guarding closed ones.

The first run after a meeting's start makes its agenda as it stood then. From then on only what is withdrawn leaves it:
topics that were deleted or hidden at their source, or emptied there by somebody who may speak for the group. A closed
agenda itself says what it quotes, and vouches for who spoke for each group then. So looking after it needs its sources
alone, and only where one of them has lost something is it made anew.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from strategybot.config import read_configuration
from strategybot.inquiries.authority import page_as_of, roster_of, trusted
from strategybot.inquiries.ownership import untouched
from strategybot.inquiries.updates import late_update_of, update_of
from strategybot.jobs.composition import Filed, agenda_edit
from strategybot.jobs.plan import Plan
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.model.roster import Names, Roster
from strategybot.model.update import State, Update
from strategybot.reading.filing import read_filing
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow, PagesUnder, RevisionById
from strategybot.wikitext.calls import Call, calls

_MOST_EDITS = 10
"""How many edits by people who may not speak for a group are looked behind for what the group left standing."""


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
        meeting = Meeting(start, fields["meeting"], int(fields["minutes"]), html.unescape(fields.get("place", "")))
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
    quotes = _quotes(process, page.text) if is_closed else []
    if is_closed and not (yield from _has_lost(process, quotes)):
        return Plan()
    then = yield from _configured(process, meeting)
    planned = then.schedule.latest(meeting.start) if then else None
    if not is_closed and (planned is None or planned.start != meeting.start):
        return Plan()
    process = then or process
    previous = process.schedule.latest(meeting.start - timedelta(seconds=1))
    filed = yield from together(
        _as_of_start(process, number, meeting, previous, quotes) for number in range(len(process.groups))
    )
    edit = agenda_edit(process, page, meeting, filed, closed=True)
    if is_closed and _quoted(process, page.text) == _quoted(process, edit.text):
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
class _Quote:
    """A source that an agenda names, in one of its calls: the page, the revision, the group and who filed it."""

    page: Title
    revid: int
    group: str
    user: str


def _quotes(process: Process, text: str) -> list[_Quote]:
    """The sources of an agenda. People can write such calls there, too: only what can be one counts."""
    found = []
    for name in ("Report", "Source"):
        for call in calls(text, process.template(name)):
            page, number = Title(html.unescape(call.fields.get("page", ""))), call.fields.get("revision", "")
            if page.legal and re.fullmatch(r"[1-9][0-9]{0,14}", number):
                group, user = (html.unescape(call.fields.get(field, "")) for field in ("group", "user"))
                found.append(_Quote(page, int(number), group, user))
    return found


def _quoted(process: Process, text: str) -> Counter[_Quote | str]:
    """What an agenda quotes: by this, and not by its wording, two versions of a closed one are compared."""
    return Counter([*_quotes(process, text), *re.findall(r'^<div lang="', text, re.MULTILINE)])


def _has_lost(process: Process, quotes: list[_Quote]) -> Job[bool]:
    """Whether a source was deleted or hidden, or has fewer topics now than in the revision that is quoted."""
    distinct = tuple(dict.fromkeys(quotes))
    pages, revisions = yield from both(
        together(ask(PageNow(quote.page)) for quote in distinct),
        together(ask(RevisionById(quote.revid)) for quote in distinct),
    )
    return any(
        revision is None
        or (revision.user or "") != quote.user
        or not _topics(process, revision)
        or source.revision is None
        or not _topics(process, revision) <= _topics(process, source.revision)
        for quote, source, revision in zip(distinct, pages, revisions, strict=True)
    )


def _topics(process: Process, revision: Revision) -> frozenset[str]:
    filing = read_filing(revision.text or "", process.template("Update"), process.topics)
    return frozenset(filing.topics) if filing else frozenset()


def _as_of_start(
    process: Process, number: int, meeting: Meeting, previous: Meeting | None, quotes: list[_Quote]
) -> Job[Filed]:
    """A group's roster and updates as of the start, without the topics that are withdrawn since."""
    group = process.groups[number]
    vouched = tuple(quote.user for quote in quotes if quote.group == group.name and quote.user)
    roster, today = yield from both(roster_of(process, group, meeting.start), roster_of(process, group))
    roster, today = _with(roster, vouched), _with(today, vouched)
    update, late = yield from both(
        _left(process, today, meeting, update_of(process, roster, meeting, meeting.start)),
        _left(process, today, previous, late_update_of(process, roster, previous, meeting.start))
        if previous
        else known(None),
    )
    updates = (update or Update(group, process.update(group, meeting), State.MISSING),)
    return roster, (*updates, late) if late else updates


def _with(roster: Roster, vouched: tuple[str, ...]) -> Roster:
    """The roster with those who spoke for the group when the agenda was closed, whatever became of its page since."""
    coordinators = tuple(dict.fromkeys((*roster.names.coordinators, *vouched)))
    return replace(roster, names=Names(coordinators, roster.names.members, roster.names.unresolved))


def _left(
    process: Process, today: Roster, meeting: Meeting, asked: Job[Update] | Job[Update | None]
) -> Job[Update | None]:
    """An update as of the start, without the topics that are withdrawn since; None where nothing is left."""
    then, now = yield from both(asked, _left_standing(process, today, meeting))
    if then is None or then.state is not State.FILED or now is None:
        return then
    kept = {topic: text for topic, text in then.fields.items() if topic in now.fields}
    return replace(then, fields=kept) if kept else None


def _left_standing(process: Process, today: Roster, meeting: Meeting) -> Job[Update | None]:
    """The update as those who may speak for the group last left it; None where nothing of theirs came after the start.

    What others make of the page withdraws nothing and brings nothing back: it is looked at as it stood before them.
    """
    at: datetime | None = None
    for _ in range(_MOST_EDITS):
        update = yield from update_of(process, today, meeting, at)
        page = yield from page_as_of(process.update(today.group, meeting), at)
        newest = page.revision
        if newest is None or newest.text is None or newest.time <= meeting.start:
            return update if newest is None or newest.text is None else None
        may = newest.user in today.names.coordinators or bool((yield from trusted(process, [newest])))
        if update.state is State.FILED or (update.state is State.MISSING and may and not page.redirected):
            return update
        at = newest.time - timedelta(seconds=1)
    return None
