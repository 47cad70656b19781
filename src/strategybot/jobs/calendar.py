"""The calendar page of each body: its meetings, what people changed, and the links by which they change them.

People's entries stand on the page itself, below what the bot writes, and stay theirs. Two bodies that meet at the same
time and have people in common are told of as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from strategybot.inquiries.calendars import Kept, kept_calendar
from strategybot.inquiries.people import People, people_of
from strategybot.jobs.carrying import carried
from strategybot.jobs.discretion import discreet
from strategybot.jobs.plan import Edit, Plan, joined
from strategybot.model.meeting import Meeting
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.reading.calendar import Entry, last_day
from strategybot.wiki.asking import Job, both, together
from strategybot.writing.calendar import Row, calendar_text, row
from strategybot.writing.texts import Texts

SHOWN = timedelta(days=366)
"""How far ahead and back meetings are shown. Those that people changed are shown however far ahead they are."""

_SOON = timedelta(weeks=5)
"""How far ahead it is told that two bodies meet at the same time."""

_MOST_NAMED = 5


def calendar(process: Process, now: datetime) -> Job[Plan]:
    """The plans for the calendar pages of all bodies, and what there is to mend in any of them."""
    plans, clashes = yield from both(
        together(_page(process.seen_from(body), now) for body in process.bodies), _clashes(process, now)
    )
    return joined([*plans, Plan(problems=clashes)])


def _page(process: Process, now: datetime) -> Job[Plan]:
    kept = yield from kept_calendar(process)
    problems = tuple(_problems(process, kept, now))
    meetings = _shown(process, now)
    coming = [_row(process, one, now) for one in meetings if one.end > now]
    past = [_row(process, one, now) for one in reversed(meetings) if one.end <= now]
    text = calendar_text(process, coming, past, problems)
    changed = sum(one.source is not None for one in meetings if one.end > now)
    summary = Texts(process.languages[0]).say("summary-calendar", str(changed))
    told = tuple(problem for problem in problems if problem.key != "calendar-superseded")
    plan = yield from carried(process, Plan((Edit(kept.page, text, summary),), told))
    return (yield from discreet(process, plan, [kept.page]))


def _shown(process: Process, now: datetime) -> tuple[Meeting, ...]:
    """The meetings of the last and of the next twelve months, and what people changed beyond."""
    calendar = process.body.meetings
    changed = [calendar.on(change.meeting) for change in calendar.changes]
    far = [one for one in changed if one and one.start >= now + SHOWN]
    return tuple(sorted({*calendar.between(now - SHOWN, now + SHOWN), *far}))


def _row(process: Process, meeting: Meeting, now: datetime) -> Row:
    opens = min(meeting.start, meeting.moved_from or meeting.start) - process.body.chain.opens
    return row(process, meeting, agenda=opens <= now, can_change=meeting.start > now)


def _problems(process: Process, kept: Kept, now: datetime) -> Iterator[Problem]:
    """What there is to mend on a calendar page, or to confirm. Of days that are over there isn't anything any more."""

    def is_over(entry: Entry) -> bool:
        return "" < last_day(entry, process.languages) < now.date().isoformat()

    yield from kept.problems
    for flaw in (one for one in kept.flaws if not is_over(one.noted.entry)):
        yield Problem(flaw.key, kept.page.asked, flaw.words, flaw.noted.source.revid)
    for one in (one for one in kept.waiting if not is_over(one.entry)):
        about = one.entry.was or one.entry.date or ""
        if one.is_taken:
            yield Problem("calendar-taken-away", kept.page.asked, (one.source.user, about), one.source.revid)
        else:
            yield Problem("calendar-waiting", kept.page.asked, (one.source.user,), one.source.revid)


# --- Bodies that meet at the same time


def _clashes(process: Process, now: datetime) -> Job[tuple[Problem, ...]]:
    """The problems of bodies that have people in common and meet at the same time; of two bodies the first one."""
    soon = [[one for one in body.meetings.between(now, now + _SOON) if not one.cancelled] for body in process.bodies]
    found = {
        pair: meetings
        for pair in combinations(range(len(soon)), 2)
        if (meetings := _overlapping(soon[pair[0]], soon[pair[1]]))
    }
    concerned = sorted({number for pair in found for number in pair})
    lots = yield from together(people_of(process.seen_from(process.bodies[number])) for number in concerned)
    people = dict(zip(concerned, lots, strict=True))
    problems = []
    for (one, other), meeting in found.items():
        if who := _in_both(people[one], people[other], meeting.start):
            names = process.bodies[one].name, process.bodies[other].name
            page = process.seen_from(process.bodies[other]).calendar
            problems.append(Problem("calendar-same-time", page, (*names, f"{meeting.start:%Y-%m-%d, %H:%M} UTC", who)))
    return tuple(problems)


def _overlapping(some: Sequence[Meeting], others: Sequence[Meeting]) -> Meeting | None:
    """The first of some meetings during which another one takes place."""
    return next((one for one in some if any(one.start < two.end and two.start < one.end for two in others)), None)


def _in_both(some: People, others: People, moment: datetime) -> str:
    """The coordinators and core team who belong to both bodies, by name; empty where nobody does."""
    shared = sorted(_seated(some, moment) & _seated(others, moment))
    more = [f"+ {len(shared) - _MOST_NAMED}"] if len(shared) > _MOST_NAMED else []
    return ", ".join([*shared[:_MOST_NAMED], *more])


def _seated(people: People, moment: datetime) -> frozenset[str]:
    """Those whom a body's own rosters name as coordinators; the core team sits in the steering group."""
    names = {name for roster in people.rosters for name in roster.names.coordinating(moment)}
    return frozenset(names if people.is_group else names | people.core_team)
