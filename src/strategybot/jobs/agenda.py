"""The agendas of a process's bodies: the steering group's is made of what the groups filed.

An agenda is alive until the meeting starts. The first run after that makes it as it stood at the start; from then on
only what is withdrawn leaves it, and what is filed or changed goes on the next one. That of a cancelled meeting says
so, and what was filed for it goes on the next one as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from strategybot.inquiries.agendas import agendas_of
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import late_update_of, referring, update_of
from strategybot.jobs.carrying import carried
from strategybot.jobs.closing import closings
from strategybot.jobs.composition import Filed, agenda_edit, beside_of
from strategybot.jobs.confidences import filed_in_confidence, relayed_in_confidence, told_in_confidence
from strategybot.jobs.correspondence import correspondence
from strategybot.jobs.discretion import discreet
from strategybot.jobs.leftovers import Stock
from strategybot.jobs.plan import Plan, joined
from strategybot.jobs.registers import kept
from strategybot.model.body import Group
from strategybot.model.correspondence import Correspondence
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow

_A_YEAR = timedelta(days=366)
"""How far ahead people may move a meeting whose agenda is open."""


def agenda(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the agendas of meetings that have started, and for the next one's once it opens, body by body."""
    found, (filed, relayed) = yield from both(
        together(_of_body(process.seen_from(body), now) for body in process.bodies),
        both(filed_in_confidence(process, now), relayed_in_confidence(process)),
    )
    standing = {page.title: page for _, pages in found for page in pages}  # one that was moved stands at two titles
    plan = yield from carried(process, joined(plan for plan, _ in found))
    told = yield from told_in_confidence(process, [*filed, *relayed])
    return joined([told, (yield from discreet(process, plan, standing.values()))])


def _of_body(process: Process, now: datetime) -> Job[tuple[Plan, tuple[Page, ...]]]:
    """The plan for one body, and the agendas that it has."""
    (registers, titles), relayed = yield from both(
        both(kept(process, now), agendas_of(process)),
        known(Correspondence(process.relay_status)) if process.body.group else correspondence(process, now),
    )
    stock = Stock(registers.items, relayed)
    plans, alive = yield from both(
        closings(process, now, stock),
        together(_alive(process, meeting, stock, now) for meeting in _open(process, now, titles)),
    )
    pages = yield from together(ask(PageNow(title)) for title in titles)
    return joined([*plans, *alive]), pages


def _open(process: Process, now: datetime, titles: Collection[Title]) -> Iterator[Meeting]:
    """The next meeting, once its agenda opens, and all others to come whose agendas have been opened already.

    (The next one may have been added, or they may have been moved.)
    """
    meetings = process.body.meetings
    following = meetings.following(now)
    for meeting in meetings.between(now + timedelta.resolution, now + _A_YEAR):
        is_due = meeting == following and now >= meeting.start - process.body.chain.opens
        if not meeting.cancelled and (is_due or process.agenda(meeting) in titles):
            yield meeting


def _alive(process: Process, meeting: Meeting, stock: Stock, now: datetime) -> Job[Plan]:
    """The agenda of a meeting to come: what stands now, and what was filed late for the last meeting."""
    (page, beside), filed = yield from both(
        both(ask(PageNow(process.agenda(meeting))), beside_of(process, stock.now(now), now, now=True)),
        together(_filed(process, group, meeting) for group in process.body.groups),
    )
    rosters = [*(roster for roster, _ in filed), *beside.rosters]
    problems = [problem for roster in rosters for problem in roster.problems]
    problems += [problem for _, updates in filed for update in updates for problem in update.problems]
    return Plan((agenda_edit(process, page, meeting, filed, beside, closed=False),), tuple(problems))


def _filed(process: Process, group: Group, meeting: Meeting) -> Job[Filed]:
    """A group's roster and its updates for a meeting to come."""
    roster = yield from roster_of(process, group)
    last = process.body.meetings.preceding(meeting)
    update, late = yield from both(
        update_of(process, roster, meeting), late_update_of(process, roster, last) if last else known(None)
    )
    update = yield from referring(process, roster, update, meeting)
    return roster, (update, late) if late else (update,)
