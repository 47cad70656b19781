"""The follow-up: some days after a meeting each group is told, once, on its talk page, what came of it.

The configuration says how many days after; without that there is none, and nothing is asked. It waits for the minutes
as long as the next meeting hasn't started. A post can't be taken back once somebody has answered it: so it quotes no
words, which may be withdrawn later, but says what stands where, whose it is, and by when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from strategybot.inquiries.minutes import minuted
from strategybot.inquiries.people import people_of
from strategybot.jobs.addresses import Address, addresses, earliest, named_since, posts_since
from strategybot.jobs.correspondence import correspondence
from strategybot.jobs.left_out import left_out
from strategybot.jobs.plan import Plan, Post
from strategybot.jobs.posting import postings, saved_since
from strategybot.jobs.registers import kept
from strategybot.model.chain import Step, is_due
from strategybot.model.correspondence import Correspondence
from strategybot.model.feedback import Raised
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.register import Registers
from strategybot.model.waiting import Named, owning
from strategybot.wiki.asking import Job, both, known
from strategybot.writing.follow_up import News, follow_up_body, follow_up_heading
from strategybot.writing.languages import long_date
from strategybot.writing.texts import Texts

JOB = Step.FOLLOW_UP.value
"""The job's name."""

_A_MONTH = timedelta(days=31)


def follow_up(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the follow-up to the latest meeting, once it is due and the minutes are there."""
    if process.body.chain.follow_up is None:
        return Plan()
    meeting = process.body.meetings.latest(now)
    is_open = meeting is not None and is_due(process.body, meeting, Step.FOLLOW_UP, now)
    plan, problems = yield from both(
        _follow_ups(process, meeting, now) if meeting and is_open else known(Plan()), _left_out(process, now)
    )
    return replace(plan, problems=(*plan.problems, *problems))


def _left_out(process: Process, now: datetime) -> Job[tuple[Problem, ...]]:
    """The problem that the follow-up to the meeting before was left out, though its minutes were there in time."""
    problems = yield from left_out(process, Step.FOLLOW_UP, now)
    if not problems:
        return ()
    approved = {one.date for one in (yield from minuted(process, now)) if one.stage is Stage.APPROVED}
    return tuple(one for one in problems if approved.intersection(one.words))


def _follow_ups(process: Process, meeting: Meeting, now: datetime) -> Job[Plan]:
    found = yield from minuted(process, now)
    minutes = next((one for one in found if one.date == meeting.date), None)
    if minutes is None or minutes.stage not in (Stage.FOR_APPROVAL, Stage.APPROVED):
        return Plan()
    ((registers, people), relayed), (saved, those) = yield from both(
        both(both(kept(process, now), people_of(process)), correspondence(process, now)),
        both(saved_since(posts_since(process, now), process), addresses(process)),
    )
    before = process.body.meetings.preceding(meeting)
    since = before.start if before else meeting.start - _A_MONTH
    outcome = _Outcome(minutes, registers, owning(process.body, people.rosters, now), relayed, now, since)
    posts = [_post(process, one, meeting, outcome.news(one)) for one in those]
    made = yield from postings(posts, process.bot, saved, named_since)
    return Plan(posts=made, problems=tuple(problem for one in those for problem in one.problems))


@dataclass(frozen=True)
class _Outcome:
    """What came of a meeting: its minutes, the registers, and whose an item is.

    So do open requests, and what became of feedback since the meeting before (UTC).
    """

    minutes: Minuted
    registers: Registers
    owning: Named
    relayed: Correspondence
    now: datetime
    since: datetime

    def news(self, address: Address) -> News:
        """What a group is told."""
        name, date = address.configured.name, self.minutes.date
        decisions, items = self.registers.decisions, self.registers.items
        return News(
            group=address.group,
            minutes=self.minutes,
            decisions=tuple(one for one in decisions.of(date) if one.is_open),
            items=tuple(one for one in items.open if name in self.owning(one)),
            unowned=tuple(one for one in items.of(date) if one.is_open and not one.owners),
            requests=tuple(one for one in self.relayed.requests(self.now) if name in one.groups),
            feedback=tuple(one for one in self.relayed.raised if one.name == name and self._is_news(one)),
        )

    def _is_news(self, raised: Raised) -> bool:
        """Whether there is still something to say of what was raised: that it waits, or what became of it."""
        return raised.waits or (raised.latest is not None and raised.latest.source.time >= self.since)


def _post(process: Process, address: Address, meeting: Meeting, news: News) -> Post:
    """The follow-up of a group."""
    language = process.languages[0]
    return Post(
        target=address.target(process),
        identity=address.key(JOB, process, meeting),
        heading=follow_up_heading(process, meeting),
        body=follow_up_body(process, meeting, news),
        summary=Texts(language).say("summary-follow-up", long_date(language, meeting.date)),
        language=language,
        since=earliest(meeting),
    )
