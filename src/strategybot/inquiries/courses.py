"""The course of each meeting: how often it was changed, and when last, by people or in the configuration.

Calendar programs know by that which of two versions of a meeting is newer. It is read from the histories of both pages,
so that it grows with every change, also with one that puts the meeting back where it was.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from strategybot.config import read_configuration
from strategybot.inquiries.authority import history_until
from strategybot.inquiries.calendars import Past, past_of
from strategybot.model.calendar import Calendar
from strategybot.model.course import Course
from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.page import Revision
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known
from strategybot.wiki.port import PageNow

T = TypeVar("T")


def courses(process: Process, start: datetime, end: datetime) -> Job[tuple[Course, ...]]:
    """The courses of all meetings of the body that the process is seen from, which start within that time (UTC)."""
    page = yield from ask(PageNow(process.calendar))
    configured, past = yield from both(
        history_until(process.page),
        past_of(process, page, whole=True) if page.revision or page.redirected else known(None),
    )
    calendars = list(_calendars(process, configured, past))
    return tuple(_course(meeting, calendars) for meeting in process.body.meetings.between(start, end))


def _calendars(process: Process, configured: list[Revision], past: Past | None) -> list[tuple[datetime, Calendar]]:
    """All states of the calendar, oldest first, each with when it came about."""
    found = ((one.time, _schedule(process, one)) for one in reversed(configured))
    schedules = [(time, schedule) for time, schedule in found if schedule]
    turns = [(past.revisions[number].time, number) for number in past.turns()][::-1] if past else []
    states = []
    for moment in sorted({time for time, _ in (*schedules, *turns)}):
        schedule, number = _latest(schedules, moment), _latest(turns, moment)
        if schedule:
            changes = past.kept(schedule, number).changes if past and number is not None else ()
            states.append((moment, Calendar(schedule, changes)))
    return states


def _schedule(process: Process, revision: Revision) -> Schedule | None:
    """When the body met by a revision of the configuration; None where that isn't known, or it didn't."""
    then = read_configuration(revision.text or "", process.page, process.bot)
    bodies = then.bodies if isinstance(then, Process) else ()
    return next((body.meetings.schedule for body in bodies if body.is_same(process.body)), None)


def _latest(dated: Sequence[tuple[datetime, T]], moment: datetime) -> T | None:
    """What came last, not later than a moment."""
    return next((one for time, one in reversed(dated) if time <= moment), None)


def _course(meeting: Meeting, calendars: Sequence[tuple[datetime, Calendar]]) -> Course:
    seen = [(moment, _shape(calendar.on(meeting.date))) for moment, calendar in calendars]
    planned = [(moment, shape) for moment, shape in seen if shape]
    changed = [moment for (_, before), (moment, shape) in pairwise(planned) if shape != before]
    since = planned[0][0] if planned else meeting.start
    return Course(meeting, len(changed), max([since, *changed]))


def _shape(meeting: Meeting | None) -> tuple[Hashable, ...]:
    """What calendar programs show of a meeting; empty where there is none."""
    if meeting is None:
        return ()
    return meeting.start, meeting.minutes, meeting.place, meeting.cancelled, meeting.reason
