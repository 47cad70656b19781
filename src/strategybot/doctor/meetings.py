"""When a process meets, and what its agenda has room for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from strategybot.doctor.finding import Finding, fault, hint
from strategybot.model.allotment import allot
from strategybot.model.process import Process, StandingItem


def meeting_findings(process: Process, now: datetime) -> Iterator[Finding]:
    """What is wrong with the meetings of a process from now on."""
    schedule = process.schedule
    coming = schedule.following(now)
    if coming is None:
        last = schedule.latest(now)
        yield fault("no-meeting", last.date if last else "", schedule.rule, page=process.page)
    elif (after := schedule.following(coming.start)) and after.start - coming.start < process.opens:
        days = (after.start - coming.start).days
        yield hint("window-too-long", str(process.opens.days), str(days), page=process.page)
    needed = allot([(item.minutes, _least(process, item)) for item in process.items], schedule.minutes).needed
    if needed > schedule.minutes:
        yield fault("items-too-long", str(needed), str(schedule.minutes), page=process.page)


def _least(process: Process, item: StandingItem) -> int:
    """The least minutes of an item where all groups have something to say."""
    return max(item.least, len(process.groups)) if item.key == "reports" else item.least
