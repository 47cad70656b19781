"""Who belongs to a body: the coordinators of the groups that report to it and the core team, or a working group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from strategybot.inquiries.accounts import Fate, accounts_of
from strategybot.inquiries.authority import is_trusted
from strategybot.inquiries.rosters import roster_of
from strategybot.model.minutes import Named
from strategybot.model.page import Revision
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.wiki.asking import Job, together

_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class People:
    """The people of a body, as of a moment: the rosters of its groups (or its own), and the core team."""

    rosters: tuple[Roster, ...]
    core_team: frozenset[str]
    is_group: bool

    def coordinates(self, name: str | None, moment: datetime) -> bool:
        """Whether somebody coordinates one of its groups at a moment (UTC), or belongs to the core team."""
        return name in self.core_team or any(roster.names.coordinates(name, moment) for roster in self.rosters)

    def belongs(self, name: str | None, moment: datetime) -> bool:
        """Whether somebody belongs to the body at a moment: to a working group its members as well."""
        is_member = self.is_group and any(name in roster.names.members for roster in self.rosters)
        return is_member or self.coordinates(name, moment)

    def groups(self, name: str, moment: datetime) -> tuple[str, ...]:
        """The groups that somebody coordinates at a moment."""
        return tuple(roster.group.name for roster in self.rosters if roster.names.coordinates(name, moment))


def people_of(process: Process, at: datetime | None = None) -> Job[People]:
    """The people of the body that the process is seen from, as of a moment (UTC; None is now)."""
    body = process.body
    groups = (body.group,) if body.group else body.groups
    rosters = yield from together(roster_of(process, group, at) for group in groups)
    return People(rosters, process.core_team, body.group is not None)


def members_of(roster: Roster, at: datetime | None = None) -> Job[tuple[Named, ...]]:
    """The members of a working group beside its coordinators, by the names that their accounts have now.

    Who has no account is named in plain words, and who has left the wiki for good isn't. Of accounts that somebody
    registered after that moment (UTC; None is now) nobody knows whose they are.
    """
    accounts = yield from accounts_of(roster.names.members, at or _EVER)
    named = [
        Named(one.user.name if one.counts else one.name, is_account=one.counts)
        for one in accounts.values()
        if one.fate is not Fate.VANISHED
    ]
    return tuple(one for one in dict.fromkeys(named) if one.name not in roster.names.coordinators)


def may_steer(process: Process, people: People, revision: Revision) -> Job[bool]:
    """Whether a revision is by somebody who may say when and how the body meets: a coordinator, core team, an admin."""
    return (yield from _may(People.coordinates, process, people, revision))


def may_confirm(process: Process, people: People, revision: Revision) -> Job[bool]:
    """Whether a revision is by somebody whose word counts in the body: its people, and admins."""
    return (yield from _may(People.belongs, process, people, revision))


_Part = Callable[[People, str | None, datetime], bool]
"""A part that somebody has in a body."""


def _may(has: _Part, process: Process, people: People, revision: Revision) -> Job[bool]:
    """Whether a revision is by somebody who has that part in the body, or had it then, or whom everybody trusts."""
    if has(people, revision.user, revision.time) or (yield from is_trusted(process, revision)):
        return True
    return revision.user is not None and has(
        (yield from people_of(process, revision.time)), revision.user, revision.time
    )
