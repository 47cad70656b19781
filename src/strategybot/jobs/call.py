"""The call for updates: some days before a meeting each group is asked, once, on its talk page.

The configuration says how many days before; without that there are no calls, and nothing is asked. A group that is
added later is called as long as the meeting hasn't started. One without a page has no talk page either.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from strategybot.config import MOST_DAYS_OF_CALL
from strategybot.inquiries.rosters import roster_of
from strategybot.jobs.plan import Plan, Post
from strategybot.jobs.posting import key_of, postings
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.process import Group, Process
from strategybot.model.roster import Roster
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import Contributions
from strategybot.writing.calls import call_body, call_heading
from strategybot.writing.languages import long_date
from strategybot.writing.texts import Texts

_EARLIEST = timedelta(days=MOST_DAYS_OF_CALL + 2)
"""How long before a meeting no call for it can have been made: whatever the configuration said, and has the hour been
changed since."""


def call(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the calls of the next meeting, once they are due."""
    meeting = process.schedule.following(now)
    if process.call is None or meeting is None or now < meeting.start - process.call:
        return Plan()
    _, found = yield from both(
        ask(Contributions(meeting.start - _EARLIEST)),  # at once with the rosters
        together(_post(process, group, meeting) for group in process.groups),
    )
    posts = yield from postings([post for post in found if post], process.bot)
    return Plan(posts=posts)


def _post(process: Process, group: Group, meeting: Meeting) -> Job[Post | None]:
    """The call of a group. Its key names the talk page of the group's page, wherever the group wants to be written to.

    So a group isn't called again when it says another page.
    """
    roster = yield from roster_of(process, group)
    if any(problem.key == "group-page-missing" for problem in roster.problems):
        return None
    language = process.languages[0]
    return Post(
        target=process.own(_talk_page(roster)),
        key=key_of("call", meeting.date, process, process.own(group.page.talk)),
        heading=call_heading(process, meeting),
        body=call_body(process, roster.group, meeting),
        summary=Texts(language).say("summary-call", long_date(language, meeting.date)),
        language=language,
        since=meeting.start - _EARLIEST,
    )


def _talk_page(roster: Roster) -> Title:
    """Where a group is written to: on the talk page that it names, if it is one, else on that of its page."""
    named = Title(roster.names.talk)
    return named if named.legal and named.talk == named else roster.group.page.talk
