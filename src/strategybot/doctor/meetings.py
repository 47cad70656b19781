"""When a process meets, and what its agenda has room for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from strategybot.doctor.finding import Finding, fault, hint
from strategybot.model.allotment import allot
from strategybot.model.body import Body, StandingItem
from strategybot.model.process import Process


def meeting_findings(process: Process, now: datetime) -> Iterator[Finding]:
    """What is wrong with the meetings of a process from now on, body by body."""
    for body in process.bodies:
        yield from _of_body(process, body, now)


def _of_body(process: Process, body: Body, now: datetime) -> Iterator[Finding]:
    meetings = body.meetings
    schedule = meetings.schedule
    coming = meetings.following(now)
    if coming is None:
        last = meetings.latest(now)
        yield fault("no-meeting", last.date if last else "", schedule.rule, body.name, page=process.page)
    elif (after := meetings.following(coming.start)) and after.start - coming.start < body.chain.opens:
        days = (after.start - coming.start).days
        yield hint("window-too-long", str(body.chain.opens.days), str(days), body.name, page=process.page)
    needed = allot([(item.minutes, _least(body, item)) for item in body.items], schedule.minutes).needed
    if needed > schedule.minutes:
        yield fault("items-too-long", str(needed), str(schedule.minutes), body.name, page=process.page)


def _least(body: Body, item: StandingItem) -> int:
    """The least minutes of an item where all groups have something to say."""
    return max(item.least, len(body.groups)) if item.key == "reports" else item.least
