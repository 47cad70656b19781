"""The call for updates: some days before a meeting each group is asked, once, on its talk page.

The configuration says how many days before; without that there are no calls, and nothing is asked. A group that is
added later is called as long as the meeting hasn't started. One without a page has no talk page either.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from strategybot.config import MOST_DAYS_OF_CALL
from strategybot.inquiries.rosters import other_spellings, roster_of
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Plan, Post
from strategybot.jobs.posting import postings, saved_since, takes_posts
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Group, Process
from strategybot.model.roster import Roster
from strategybot.reading.roster import read_roster
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import History, PageNow
from strategybot.writing.calls import call_body, call_heading
from strategybot.writing.languages import long_date
from strategybot.writing.texts import Texts

_EARLIEST = timedelta(days=MOST_DAYS_OF_CALL + 4)
"""How long before a meeting no call for it can have been made: whatever the configuration said, and has the hour been
changed since, or the zone."""

_A_DAY = timedelta(days=1)


def call(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the calls of the next meeting, once they are due."""
    meeting = process.schedule.following(now)
    if process.call is None or meeting is None or now < meeting.start - process.call:
        return Plan()
    saved, found = yield from both(
        saved_since(meeting.start - _EARLIEST), together(_address(process, group) for group in process.groups)
    )
    addresses = [address for address in found if address.roster.exists]
    posts = yield from postings(
        [_post(process, address, meeting) for address in addresses], process.bot, saved, _named_since
    )
    return Plan(posts=posts, problems=tuple(problem for one in addresses for problem in one.problems))


@dataclass(frozen=True)
class _Address:
    """Where a group is written to: on the talk page that it names, or else on that of its page.

    `group` is as configured, `page` the group's page as the wiki spells it.
    """

    group: Group
    roster: Roster
    page: Title
    named: Title | None = None
    problems: tuple[Problem, ...] = ()


def _post(process: Process, address: _Address, meeting: Meeting) -> Post:
    """The call of a group. It is known by the talk page of the group's page, wherever the group wants to be written to.

    So a group isn't called again when it says another page.
    """
    group, real = address.group, address.roster.group
    spellings = (group.page, real.page, *other_spellings(group))
    identity = Key("call", meeting.date, process, address.page, spellings, _near(process, meeting))
    language = process.languages[0]
    return Post(
        target=process.own(address.named) if address.named else identity.target,
        identity=identity,
        heading=call_heading(process, meeting),
        body=call_body(process, real, meeting),
        summary=Texts(language).say("summary-call", long_date(language, meeting.date)),
        language=language,
        since=meeting.start - _EARLIEST,
    )


def _near(process: Process, meeting: Meeting) -> tuple[str, ...]:
    """The dates by which a meeting was known if it has moved over midnight since, by its hour or its zone.

    What is another meeting's date is none of this one's.
    """
    others = (process.schedule.preceding(meeting), process.schedule.following(meeting.start))
    taken = {other.date for other in others if other}
    day = date.fromisoformat(meeting.date)
    return tuple(one for one in ((day - _A_DAY).isoformat(), (day + _A_DAY).isoformat()) if one not in taken)


# --- Where a group is written to


def _address(process: Process, group: Group) -> Job[_Address]:
    """Where a group is written to. What it names that is no talk page is told, and its own is taken."""
    roster = yield from roster_of(process, group)
    page = yield from ask(PageNow(roster.group.page))
    address = _Address(group, roster, page.spelled or page.asked)
    named = roster.names.talk
    if not named:
        return address
    talk = yield from ask(PageNow(Title(named)))
    if takes_posts(talk):
        return replace(address, named=talk.spelled)
    return replace(address, problems=(Problem("post-elsewhere", address.page, (named[:255],)),))


def _named_since(post: Post) -> Job[Collection[Title]]:
    """The talk pages that a group has named since a call for it can have been made, and its own where it named none.

    What only somebody else wrote there counts as well: it can keep a call away, and never send one anywhere.
    """
    identity = post.identity
    page = yield from ask(PageNow(identity.page))
    if page.revision is None or page.revision.time < post.since:
        return ()
    revisions = yield from ask(History(page.title, limit=None))
    then = [revision for revision in revisions if revision.time >= post.since]
    template = identity.process.template("Working group")
    texts = [revision.text or "" for revision in revisions[: len(then) + 1]]
    talks = dict.fromkeys(names.talk if (names := read_roster(text, template)) else "" for text in texts)
    pages = yield from together(ask(PageNow(Title(talk))) for talk in talks if talk)
    own = [identity.target] if "" in talks else []
    return {*own, *(identity.process.own(one.spelled) for one in pages if one.spelled)}
