"""Closing agendas, and guarding closed ones.

The first run after a meeting's start makes its agenda as it stood then. From then on only what is withdrawn leaves it:
what was deleted, emptied or hidden at its source. A closed agenda itself says what it quotes, so that looking after it
needs its sources alone; only where one of them has changed is it made anew.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from strategybot.config import read_configuration
from strategybot.inquiries.authority import page_as_of, roster_of
from strategybot.inquiries.updates import late_update_of, update_of
from strategybot.jobs.composition import Filed, agenda_edit
from strategybot.jobs.plan import Plan
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.model.update import Roster, State, Update
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow, PagesUnder, RevisionById
from strategybot.wikitext.calls import Call, calls


def closings(process: Process, now: datetime) -> Job[tuple[Plan, ...]]:
    """The plans for all agendas whose meetings have started: those that stand, and the last meeting's."""
    last = process.schedule.latest(now)
    titles = yield from ask(PagesUnder(process.agendas))
    pages = yield from together(ask(PageNow(title)) for title in titles)
    standing = {meeting: page for page in pages if (meeting := _meeting(process, page)) and meeting.start <= now}
    if last and last not in standing:
        standing[last] = yield from ask(PageNow(process.agenda(last)))
    return (yield from together(_closing(process, meeting, page) for meeting, page in standing.items()))


def _meeting(process: Process, page: Page) -> Meeting | None:
    """The meeting that a page is the agenda of, as its head says; None where it is no agenda of this process."""
    head = _head(process, page)
    try:
        fields = head.fields if head else {}
        start = datetime.fromisoformat(fields["start"])
        meeting = Meeting(start, fields["meeting"], int(fields["minutes"]), html.unescape(fields.get("place", "")))
    except (KeyError, ValueError):
        return None
    return meeting if start.tzinfo and page.asked == process.agenda(meeting) else None


def _head(process: Process, page: Page) -> Call | None:
    return next(iter(calls(page.text, process.template("Agenda"))), None)


def _closing(process: Process, meeting: Meeting, page: Page) -> Job[Plan]:
    """The plan for one agenda. The configuration counts as it was at the start.

    There is none for a meeting from before the process was configured, nor for one that was no longer planned when it
    should have started.
    """
    head = _head(process, page)
    is_closed = head is not None and head.fields.get("state") == "closed"
    if is_closed and not (yield from _in_doubt(process, page)):
        return Plan()
    then = yield from _configured(process, meeting)
    planned = then.schedule.latest(meeting.start) if then else None
    if not is_closed and (planned is None or planned.start != meeting.start):
        return Plan()
    process = then or process
    previous = process.schedule.latest(meeting.start - timedelta(seconds=1))
    filed = yield from together(
        _as_of_start(process, number, meeting, previous) for number in range(len(process.groups))
    )
    edit = agenda_edit(process, page, meeting, filed, closed=True)
    if is_closed and _quoted(process, page.text) == _quoted(process, edit.text):
        return Plan()
    return Plan((edit,))


def _configured(process: Process, meeting: Meeting) -> Job[Process | None]:
    """The process as it was configured when a meeting started; None where it wasn't. A trial is one as of now."""
    page = yield from page_as_of(process.page, meeting.start)
    then = read_configuration(page.text, process.page, process.bot) if page.exists else None
    return replace(then, trial=process.trial) if isinstance(then, Process) else None


@dataclass(frozen=True)
class _Quote:
    """A page that an agenda names as a source: with a revision and who filed it, or as one where nothing was filed."""

    page: Title
    revid: int
    user: str


def _quotes(process: Process, text: str) -> list[_Quote]:
    """The sources of an agenda. People can write such calls there, too: only what can be one counts."""
    found = []
    for name in ("Report", "Source"):
        for call in calls(text, process.template(name)):
            page, number = Title(html.unescape(call.fields.get("page", ""))), call.fields.get("revision", "0")
            if page.legal and re.fullmatch(r"[0-9]{1,15}", number):
                found.append(_Quote(page, int(number), html.unescape(call.fields.get("user", ""))))
    return found


def _quoted(process: Process, text: str) -> Counter[_Quote | str]:
    """What an agenda quotes: by this, and not by its wording, two versions of a closed one are compared."""
    return Counter([*_quotes(process, text), *re.findall(r'^<div lang="', text, re.MULTILINE)])


def _in_doubt(process: Process, page: Page) -> Job[bool]:
    """Whether any source of a closed agenda was deleted, hidden or edited since the agenda was written."""
    quotes = tuple(dict.fromkeys(_quotes(process, page.text)))
    filed = [quote for quote in quotes if quote.revid]
    pages, revisions = yield from both(
        together(ask(PageNow(quote.page)) for quote in quotes),
        together(ask(RevisionById(quote.revid)) for quote in filed),
    )
    hidden = (
        revision is None or revision.text is None or (revision.user or "") != quote.user
        for quote, revision in zip(filed, revisions, strict=True)
    )
    gone = (
        quote.revid and (not source.exists or source.redirected) for quote, source in zip(quotes, pages, strict=True)
    )
    return any(hidden) or any(gone) or any(_is_newer(source, page) for source in pages)


def _is_newer(source: Page, page: Page) -> bool:
    """Whether a source was edited after a page; within the same second nobody knows."""
    return source.revision is not None and page.revision is not None and source.revision.time >= page.revision.time


def _as_of_start(process: Process, number: int, meeting: Meeting, previous: Meeting | None) -> Job[Filed]:
    """A group's roster and updates as of the start, without the topics that are withdrawn since."""
    group = process.groups[number]
    roster, today = yield from both(roster_of(process, group, meeting.start), roster_of(process, group))
    update, late = yield from both(
        _left(process, today, meeting, update_of(process, roster, meeting, meeting.start)),
        _left(process, today, previous, late_update_of(process, roster, previous, meeting.start))
        if previous
        else known(None),
    )
    updates = (update or Update(group, process.update(group, meeting), State.MISSING),)
    return roster, (*updates, late) if late else updates


def _left(
    process: Process, today: Roster, meeting: Meeting, asked: Job[Update] | Job[Update | None]
) -> Job[Update | None]:
    """An update as of the start, without the topics that are withdrawn since; None where nothing is left.

    What somebody without the role has made of it since withdraws nothing.
    """
    then, now = yield from both(asked, update_of(process, today, meeting))
    if then is None or then.state is not State.FILED or now.state is State.WAITING:
        return then
    kept = {topic: text for topic, text in then.fields.items() if topic in now.fields}
    return replace(then, fields=kept) if kept else None
