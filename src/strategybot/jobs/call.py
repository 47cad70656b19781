"""The call for updates: some days before a meeting each group is asked, once, on its talk page.

The configuration says how many days before; without that there are no calls, and nothing is asked. A group that is
added later is called as long as the meeting hasn't started. One without a page has no talk page either.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from strategybot.jobs.addresses import Address, addresses, earliest, named_since, posts_since
from strategybot.jobs.left_out import left_out
from strategybot.jobs.plan import Plan, Post
from strategybot.jobs.posting import postings, saved_since
from strategybot.model.chain import Step, is_due
from strategybot.model.meeting import Meeting
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, both, known
from strategybot.writing.calls import call_body, call_heading
from strategybot.writing.languages import long_date
from strategybot.writing.texts import Texts


def call(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the calls of the next meeting, once they are due."""
    if process.body.chain.call is None:
        return Plan()
    meeting = process.body.meetings.following(now)
    is_open = meeting is not None and is_due(process.body, meeting, Step.CALL, now)
    plan, problems = yield from both(
        _calls(process, meeting, now) if meeting and is_open else known(Plan()), left_out(process, Step.CALL, now)
    )
    return replace(plan, problems=(*plan.problems, *problems))


def _calls(process: Process, meeting: Meeting, now: datetime) -> Job[Plan]:
    saved, found = yield from both(saved_since(posts_since(process, now), process), addresses(process))
    posts = yield from postings([_post(process, one, meeting) for one in found], process.bot, saved, named_since)
    return Plan(posts=posts, problems=tuple(problem for one in found for problem in one.problems))


def _post(process: Process, address: Address, meeting: Meeting) -> Post:
    """The call of a group."""
    language = process.languages[0]
    return Post(
        target=address.target(process),
        identity=address.key("call", process, meeting),
        heading=call_heading(process, meeting),
        body=call_body(process, address.group, meeting),
        summary=Texts(language).say("summary-call", long_date(language, meeting.date)),
        language=language,
        since=earliest(meeting),
    )
