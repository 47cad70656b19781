"""The agenda of the steering group's meeting, made of what the groups filed.

It is alive until the meeting starts. The first run after that makes it as it stood at the start; from then on
only what is withdrawn leaves it, and what is filed or changed goes on the next one.
"""

from __future__ import annotations

from datetime import datetime

from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import late_update_of, referring, update_of
from strategybot.jobs.carrying import carried
from strategybot.jobs.closing import closings
from strategybot.jobs.composition import Filed, agenda_edit
from strategybot.jobs.discretion import discreet
from strategybot.jobs.plan import Plan, joined
from strategybot.model.meeting import Meeting
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow, PagesUnder


def agenda(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the agendas of meetings that have started, and for the next one's once it opens."""
    last, following = process.schedule.latest(now), process.schedule.following(now)
    opened = following is not None and now >= following.start - process.opens
    closed, alive = yield from both(
        closings(process, now), _alive(process, following, last) if following and opened else known(Plan())
    )
    titles = yield from ask(PagesUnder(process.agendas))
    pages = yield from together(ask(PageNow(title)) for title in titles)
    standing = {page.title: page for page in pages}  # one that was moved stands at two titles
    plan = yield from carried(process, joined([*closed, alive]))
    return (yield from discreet(process, plan, standing.values()))


def _alive(process: Process, meeting: Meeting, last: Meeting | None) -> Job[Plan]:
    """The agenda of a meeting to come: what stands now, and what was filed late for the last meeting."""
    page, filed = yield from both(
        ask(PageNow(process.agenda(meeting))),
        together(_filed(process, number, meeting, last) for number in range(len(process.groups))),
    )
    problems = [problem for roster, _ in filed for problem in roster.problems]
    problems += [problem for _, updates in filed for update in updates for problem in update.problems]
    return Plan((agenda_edit(process, page, meeting, filed, closed=False),), tuple(problems))


def _filed(process: Process, number: int, meeting: Meeting, last: Meeting | None) -> Job[Filed]:
    """A group's roster and its updates for a meeting to come."""
    roster = yield from roster_of(process, process.groups[number])
    update, late = yield from both(
        update_of(process, roster, meeting), late_update_of(process, roster, last) if last else known(None)
    )
    update = yield from referring(process, roster, update, meeting)
    return roster, (update, late) if late else (update,)
