"""Closing agendas, and making closed ones anew.

The first run after a meeting's start makes its agenda as it stood then. From then on only what is withdrawn leaves it:
topics that were deleted or hidden at their source, or emptied there by somebody who may speak for the group. A closed
agenda itself says what it quotes, and vouches for who spoke for each group then. So looking after it needs its sources
alone (`guard.py`), and only where one of them has lost something is it made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from strategybot.config import read_configuration
from strategybot.inquiries.agendas import agendas_of
from strategybot.inquiries.configuration import configuration_at, configured_at
from strategybot.inquiries.filings import Place, places
from strategybot.inquiries.ownership import Owner, owner_of
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import gathered, late_update_made_of, update_made_of
from strategybot.inquiries.withdrawal import left_standing
from strategybot.jobs.carrying import carried, own_text
from strategybot.jobs.composition import Filed, agenda_edit, beside_of, cancelled_edit
from strategybot.jobs.guard import has_lost, meetings_on
from strategybot.jobs.leftovers import Leftovers, Stock
from strategybot.jobs.plan import Edit, Plan
from strategybot.jobs.quotes import Quote, quoted, quotes, recalled
from strategybot.jobs.testimony import group_then, pages_then, speakers, with_speakers
from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.update import Update
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import History, PageNow
from strategybot.wikitext.calls import Call, calls
from strategybot.wikitext.references import unescape
from strategybot.wikitext.slots import emptied, refilled, vacant
from strategybot.writing.texts import Texts

_Rosters = tuple[Roster, Roster]
"""A group's roster as of the start, and as of now."""


def closings(process: Process, now: datetime, stock: Stock) -> Job[tuple[Plan, ...]]:
    """The plans for a body's agendas whose meetings have started or are cancelled.

    These are those that stand as the bot's, and the last meeting's.
    """
    last = process.body.meetings.latest(now)
    titles = yield from agendas_of(process)
    asked = dict.fromkeys([*titles, *([process.agenda(last)] if last else [])])
    pages = yield from together(ask(PageNow(title)) for title in asked)
    own = yield from together(own_text(page, process.bot) for page in pages)
    texts = {page: ours.text for page, ours in zip(pages, own, strict=True) if ours}
    meetings = yield from together(_meeting_of(process, page, text) for page, text in texts.items())
    standing = [(meeting, *agenda) for meeting, agenda in zip(meetings, texts.items(), strict=True) if meeting]
    missing = [page for page in pages if last and page.asked == process.agenda(last) and page.asked not in titles]
    plans, problems = yield from both(
        together(
            [
                *(_plan(process, meeting, page, text, now=now, stock=stock) for meeting, page, text in standing),
                *(_closing(process, [last], page, "", stock) for page in missing if last and page not in texts),
            ]
        ),
        together(_unknown(process, page) for page, ours in zip(pages, own, strict=True) if ours is None),
    )
    return (*plans, *problems)


def _plan(process: Process, meeting: Meeting, page: Page, text: str, *, now: datetime, stock: Stock) -> Job[Plan]:
    """The plan for an agenda of which the bot itself wrote `text`, for that meeting as its head says."""
    state, planned = _state(process, text), process.body.meetings.on(meeting.date)
    if state == "closed":
        return (yield from _guarding(process, meeting, page, text, stock))
    if planned and planned.cancelled and (planned.start > now or state == "cancelled"):
        return Plan((cancelled_edit(process, page, planned),))
    # Since the agenda was written, the meeting may have been moved.
    started = [one for one in dict.fromkeys((meeting, planned)) if one and one.start <= now]
    return (yield from _closing(process, started, page, text, stock))


def _state(process: Process, text: str) -> str:
    head = _head(process, text)
    return head.fields.get("state", "") if head else ""


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


def _closing(process: Process, meetings: Sequence[Meeting], page: Page, text: str, stock: Stock) -> Job[Plan]:
    """The plan for an agenda of one of these meetings, which have started. The configuration counts as of the start.

    There is none for a meeting from before the process was configured, nor for one that was no longer planned when it
    should have started, nor where its agenda had another title then. That of a cancelled one says so, if it stands.
    """
    found = yield from together(_planned(process, meeting) for meeting in meetings)
    for then, meeting in filter(None, found):
        if meeting.cancelled:
            return Plan((cancelled_edit(then, page, meeting),) if text else ())
        left = stock.at(then, meeting.start, text)
        return Plan(((yield from _as_of_start(then, meeting, page, [], left)),))
    return Plan()


def _guarding(process: Process, meeting: Meeting, page: Page, text: str, stock: Stock) -> Job[Plan]:
    """The plan for a closed agenda, of which the bot itself wrote `text`: without what is withdrawn since."""
    then = (yield from configuration_at(process, meeting.start)) or process
    named, left = quotes(then, text), stock.left(then, meeting.start, text)
    if left.names < recalled(then, text) or (yield from has_lost(then, meeting, named)):
        then = (yield from configured_at(process, meeting.start)) or process
        planned = then.body.meetings.on(meeting.date)
        meeting = planned if planned == meeting else meeting
        edit = yield from _as_of_start(then, meeting, page, named, left)
        if quoted(then, text) != quoted(then, edit.text):
            return Plan((edit,))
    return (yield from _as_it_stands(then, page, text))


def _as_of_start(process: Process, meeting: Meeting, page: Page, named: list[Quote], left: Leftovers) -> Job[Edit]:
    """The edit that makes an agenda as it stood when its meeting started: of all there was, or of what it names."""
    filed = yield from together(_filed_then(process, group, meeting, named) for group in process.body.groups)
    beside = yield from beside_of(process, left, meeting.start, now=False)
    return agenda_edit(process, page, meeting, filed, beside, closed=True)


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
    page = yield from ask(PageNow(process.agenda(meeting)))
    return not page.exists and bool((yield from _planned(process, meeting)))


def _planned(process: Process, meeting: Meeting) -> Job[tuple[Process, Meeting] | None]:
    """A meeting, and the process, as they were configured at its start; None where it wasn't planned for then.

    Nor is it where its agenda had another title.
    """
    then = yield from configured_at(process, meeting.start)
    planned = then.body.meetings.on(meeting.date) if then else None
    if then is None or planned != meeting or then.agenda(meeting) != process.agenda(meeting):
        return None
    return then, planned


def _past(process: Process) -> Job[tuple[Revision, ...]]:
    """The last revisions of the process's configuration, newest first: one question for all agendas."""
    return (yield from ask(History(process.page)))


def _filed_then(process: Process, group: Group, meeting: Meeting, named: list[Quote]) -> Job[Filed]:
    """A group's roster and updates as of the start, without what is withdrawn since."""
    previous = process.body.meetings.preceding(meeting)
    group = group_then(process, group, meetings_on(process, meeting), named)
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
    lots = yield from together(_left_of(process, rosters, one, start, named) for one in gathered(process, meeting))
    return tuple(place for lot in lots for place in lot)


def _left_of(
    process: Process, rosters: _Rosters, meeting: Meeting, start: datetime, named: list[Quote]
) -> Job[tuple[Place, ...]]:
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
