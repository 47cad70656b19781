"""Closing agendas, and making closed ones anew.

The first run after a meeting's start makes its agenda as it stood then. From then on only what is withdrawn leaves it:
topics that were deleted or hidden at their source, or emptied there by somebody who may speak for the group. A closed
agenda itself says what it quotes, and vouches for who spoke for each group then. So looking after it needs its sources
alone (`guard.py`), and only where one of them has lost something is it made anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from strategybot.config import read_configuration
from strategybot.inquiries.authority import page_as_of, present_people
from strategybot.inquiries.filings import Place, places
from strategybot.inquiries.ownership import Owner, owner_of
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import late_update_made_of, update_made_of
from strategybot.inquiries.withdrawal import left_standing
from strategybot.jobs.carrying import carried, own_text
from strategybot.jobs.composition import Filed, agenda_edit
from strategybot.jobs.guard import has_lost
from strategybot.jobs.plan import Edit, Plan
from strategybot.jobs.quotes import Quote, quoted, quotes
from strategybot.jobs.testimony import group_then, pages_then, speakers, with_speakers
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.update import Update
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import History, PageNow, PagesUnder
from strategybot.wikitext.calls import Call, calls
from strategybot.wikitext.references import unescape
from strategybot.wikitext.slots import emptied, refilled, vacant
from strategybot.writing.texts import Texts

_Rosters = tuple[Roster, Roster]
"""A group's roster as of the start, and as of now."""


def closings(process: Process, now: datetime) -> Job[tuple[Plan, ...]]:
    """The plans for all agendas whose meetings have started: those that stand as the bot's, and the last meeting's."""
    last = process.schedule.latest(now)
    titles = yield from ask(PagesUnder(process.agendas))
    pages = yield from together(ask(PageNow(title)) for title in titles)
    own = yield from together(own_text(page, process.bot) for page in pages)
    texts = {page: ours.text for page, ours in zip(pages, own, strict=True) if ours}
    meetings = yield from together(_meeting_of(process, page, text) for page, text in texts.items())
    found = zip(meetings, texts.items(), strict=True)
    standing = {meeting: agenda for meeting, agenda in found if meeting and meeting.start <= now}
    if last and process.agenda(last) not in {page.asked for page in pages}:
        standing[last] = (yield from ask(PageNow(process.agenda(last)))), ""
    plans, problems = yield from both(
        together(_closing(process, meeting, *agenda) for meeting, agenda in standing.items()),
        together(_unknown(process, page) for page, ours in zip(pages, own, strict=True) if ours is None),
    )
    return (*plans, *problems)


def _unknown(process: Process, page: Page) -> Job[Plan]:
    """The problem of a page that is the bot's, but of which nobody knows what of it is: it can't be guarded."""
    if page.redirected or vacant(page.text) or (yield from owner_of(page, process.bot)) is not Owner.CHANGED:
        return Plan()
    return Plan(problems=(Problem("page-edited", page.asked, (), page.revision.id if page.revision else None),))


def _meeting_of(process: Process, page: Page, text: str) -> Job[Meeting | None]:
    """The meeting that a page of the bot's is the agenda of, be it with templates that had other names then."""
    meeting = _meeting(process, page, text)
    if meeting is None and "|start=" in text:
        older = [read_configuration(one.text or "", process.page, process.bot) for one in (yield from _past(process))]
        found = (_meeting(replace(one, trial=process.trial), page, text) for one in older if isinstance(one, Process))
        meeting = next((one for one in found if one), None)
    return meeting


def _meeting(process: Process, page: Page, text: str) -> Meeting | None:
    """The meeting that a page is the agenda of, as its head says; None where it is no agenda of this process."""
    head = _head(process, text)
    meeting = meeting_in(head) if head else None
    return meeting if meeting and page.asked == process.agenda(meeting) else None


def meeting_in(head: Call) -> Meeting | None:
    """The meeting that an agenda's head names; None where it names none."""
    fields = head.fields
    try:
        start = datetime.fromisoformat(fields["start"]).astimezone(UTC)
        meeting = Meeting(start, fields["meeting"], int(fields["minutes"]), unescape(fields.get("place", "")))
    except (KeyError, ValueError, OverflowError):
        return None
    return meeting if start.year >= 2000 else None


def _head(process: Process, text: str) -> Call | None:
    return next(iter(calls(text, process.template("Agenda"))), None)


def _closing(process: Process, meeting: Meeting, page: Page, text: str) -> Job[Plan]:
    """The plan for one agenda, of which the bot itself wrote `text`. The configuration counts as it was at the start.

    There is none for a meeting from before the process was configured, nor for one that was no longer planned when it
    should have started, nor where its agenda had another title then.
    """
    then = yield from _configured(process, meeting)
    is_planned, process = _plans(process, then, meeting), then or process
    head = _head(process, text)
    is_closed = head is not None and head.fields.get("state") == "closed"
    named = quotes(process, text) if is_closed else []
    if is_closed and not (yield from has_lost(process, meeting, named)):
        return (yield from _as_it_stands(process, page, text))
    if not (is_closed or is_planned):
        return Plan()
    previous = process.schedule.latest(meeting.start - timedelta(seconds=1))
    filed = yield from together(
        _as_of_start(process, number, meeting, previous, named) for number in range(len(process.groups))
    )
    edit = agenda_edit(process, page, meeting, filed, closed=True)
    if is_closed and quoted(process, text) == quoted(process, edit.text):
        return (yield from _as_it_stands(process, page, text))
    return Plan((edit,))


def _as_it_stands(process: Process, page: Page, text: str) -> Job[Plan]:
    """The plan for a closed agenda that has lost nothing: notes where somebody has changed what it quotes since."""
    if emptied(page.text) == text:
        return Plan()
    edit = Edit(page, refilled(text, page.text), Texts(process.languages[0]).say("summary-edited"))
    plan = yield from carried(process, Plan((edit,)))
    if any(one.text != page.text for one in plan.edits):
        return Plan((edit,))
    return Plan(problems=tuple(problem for problem in plan.problems if problem.key == "page-replaced"))


def due(process: Process, meeting: Meeting) -> Job[bool]:
    """Whether an agenda of a meeting that has started is to be made where there is none."""
    return _plans(process, (yield from _configured(process, meeting)), meeting)


def _plans(process: Process, then: Process | None, meeting: Meeting) -> bool:
    """Whether the process as it was configured at the meeting's start plans it, with the title that it has now."""
    planned = then.schedule.latest(meeting.start) if then else None
    if then is None or planned is None or planned.start != meeting.start:
        return False
    return then.agenda(meeting) == process.agenda(meeting)


def _configured(process: Process, meeting: Meeting) -> Job[Process | None]:
    """The process as it was configured when a meeting started; None where it wasn't. A trial is one as of now.

    Where the configuration of that time can't be used or seen, the present one has to do.
    """
    page = yield from ask(PageNow(process.page))
    if page.revision and page.revision.time > meeting.start:
        past = yield from _past(process)
        page = replace(page, revision=next((one for one in past if one.time <= meeting.start), None))
        if page.revision is None:
            page = yield from page_as_of(process.page, meeting.start)
    if page.revision is None:
        return None
    then = read_configuration(page.text, process.page, process.bot)
    if not isinstance(then, Process):
        return process
    then, _ = yield from present_people(then, page.revision)
    return replace(then, trial=process.trial)


def _past(process: Process) -> Job[tuple[Revision, ...]]:
    """The last revisions of the process's configuration, newest first: one question for all agendas."""
    return (yield from ask(History(process.page)))


def _as_of_start(
    process: Process, number: int, meeting: Meeting, previous: Meeting | None, named: list[Quote]
) -> Job[Filed]:
    """A group's roster and updates as of the start, without what is withdrawn since."""
    meetings = (meeting, previous) if previous else (meeting,)
    group = group_then(process, process.groups[number], meetings, named)
    names = yield from speakers(group, named)
    roster, today = yield from both(roster_of(process, group, meeting.start), roster_of(process, group))
    rosters = with_speakers(roster, names), with_speakers(today, names)
    update, late = yield from both(
        _update(process, rosters, meeting, named),
        _late(process, rosters, previous, meeting.start, named) if previous else known(None),
    )
    return rosters[0], (update, late) if late else (update,)


def _update(process: Process, rosters: _Rosters, meeting: Meeting, named: list[Quote]) -> Job[Update]:
    left = yield from _left(process, rosters, meeting, meeting.start, named)
    return update_made_of(process, rosters[0].group, meeting, left)


def _late(
    process: Process, rosters: _Rosters, previous: Meeting, start: datetime, named: list[Quote]
) -> Job[Update | None]:
    """What was filed for the meeting before after that had started, and before this one did."""
    left = yield from _left(process, rosters, previous, start, named)
    return (yield from late_update_made_of(process, rosters[0], previous, left))


def _left(
    process: Process, rosters: _Rosters, meeting: Meeting, start: datetime, named: list[Quote]
) -> Job[tuple[Place, ...]]:
    """What was filed for a meeting at the start, without what is withdrawn since: of a closed agenda what it quotes."""
    roster, today = rosters
    pages = yield from pages_then(roster.group, named, start)
    then = yield from places(process, roster, meeting, start, pages)
    if named:
        revids = {quote.revid for quote in named}
        then = tuple(_quoted(place, revids, as_asked=place.page.asked in pages) for place in then)
    return (yield from left_standing(process, today, meeting, then, start))


def _quoted(place: Place, revids: Collection[int], *, as_asked: bool) -> Place:
    """A place with what is quoted of it alone, by the title that its page had then."""
    title = place.page.asked if as_asked else place.page.title
    named = [one for one in place.filed if not one.valid or one.source.revid in revids]
    return replace(place, filed=tuple(replace(one, source=replace(one.source, page=title)) for one in named))
