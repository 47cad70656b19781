"""Where working groups are written to about a meeting, and by what such a post is known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from strategybot.config import MOST_DAYS_OF_CALL
from strategybot.inquiries.rosters import other_spellings, roster_of
from strategybot.inquiries.targets import takes_posts
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Post
from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.reading.roster import read_roster
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import History, PageNow

_EARLIEST = timedelta(days=MOST_DAYS_OF_CALL + 4)
"""How long before a meeting no post about it can have been made: whatever the configuration said, and has the hour been
changed since, or the zone."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Address:
    """Where a group is written to: on the talk page that it names, or else on that of its page.

    `configured` is the group as configured, `page` the group's page as the wiki spells it.
    """

    configured: Group
    roster: Roster
    page: Title
    named: Title | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def group(self) -> Group:
        """The group with the page that it has."""
        return self.roster.group

    def key(self, job: str, process: Process, meeting: Meeting) -> Key:
        """By what a job's post about a meeting is known: the talk page of the group's page, wherever it really goes.

        So a group isn't written to again when it says another page.
        """
        spellings = (self.configured.page, self.group.page, *other_spellings(self.configured))
        return Key(job, meeting.date, process, self.page, spellings, near(process, meeting))

    def target(self, process: Process) -> Title:
        """The page to post on, as it is asked for."""
        return process.own(self.named or self.page.talk)


def addresses(process: Process) -> Job[tuple[Address, ...]]:
    """Where the groups of a process are written to. A group without a page has no talk page either."""
    found = yield from together(_address(process, group) for group in process.groups)
    return tuple(one for one in found if one.roster.exists)


def _address(process: Process, group: Group) -> Job[Address]:
    """Where a group is written to. What it names that is no talk page is told, and its own is taken."""
    roster = yield from roster_of(process, group)
    page = yield from ask(PageNow(roster.group.page))
    address = Address(group, roster, page.spelled or page.asked)
    named = roster.names.talk
    if not named:
        return address
    talk = yield from ask(PageNow(Title(named)))
    if takes_posts(talk):
        return replace(address, named=talk.spelled)
    return replace(address, problems=(Problem("post-elsewhere", address.page, (named[:255],)),))


def named_since(post: Post) -> Job[Collection[Title]]:
    """The talk pages that a group has named since a post to it can have been made, and its own where it named none.

    What only somebody else wrote there counts as well: it can keep a post away, and never send one anywhere.
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


# --- Meetings, as posts know them


def earliest(meeting: Meeting) -> datetime:
    """The moment before which no post about a meeting can have been made, whatever has been said of it since."""
    return min(meeting.start, meeting.moved_from or meeting.start) - _EARLIEST


def posts_since(process: Process, now: datetime) -> datetime:
    """Since when all posts about the last two meetings and the next one were made: jobs ask for them once."""
    meetings = process.body.meetings
    latest, following = meetings.latest(now), meetings.following(now)
    near_ones = (meetings.preceding(latest) if latest else None, latest, following)
    return min((earliest(one) for one in near_ones if one), default=now)


def near(process: Process, meeting: Meeting) -> tuple[str, ...]:
    """The dates by which a meeting was known if it has moved over midnight since, by its hour or its zone.

    What is another meeting's date is none of this one's.
    """
    others = (process.body.meetings.preceding(meeting), process.body.meetings.following(meeting.start))
    taken = {other.date for other in others if other}
    day = date.fromisoformat(meeting.date)
    return tuple(one for one in ((day - _A_DAY).isoformat(), (day + _A_DAY).isoformat()) if one not in taken)
