"""Who may speak for whom in relays, and why: the parts that authors of revisions had.

The core team speaks for itself and for the steering group. A coordinator speaks for their group, and for the steering
group where the core team approves; to stakeholders, too, a coordinator's words need that. An admin has no say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from strategybot.inquiries.authority import by_core_team, is_trusted, trusted
from strategybot.inquiries.provenance import origins
from strategybot.inquiries.rosters import roster_of
from strategybot.model.body import Group
from strategybot.model.page import Revision
from strategybot.model.process import Process
from strategybot.model.relay import Party, Side
from strategybot.model.source import Source
from strategybot.reading.roster import read_roster
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow, RenamedTo

CORE_TEAM = Party(Side.CORE_TEAM)


@dataclass(frozen=True)
class Parts:
    """The ids of those revisions of a page whose authors had a part: core team, or coordinator of a group.

    `trusted` are those by the core team and admins. `borrowed` are those by accounts whose name was another one's
    before: nobody knows which of them is meant where the name stands.
    """

    held: Mapping[Party, frozenset[int]]
    trusted: frozenset[int] = frozenset()
    borrowed: frozenset[int] = frozenset()

    def speaking(self, sender: Party) -> frozenset[int]:
        """Those by somebody who may say what is from that party."""
        if sender.side is Side.STEERING_GROUP:
            return frozenset[int]().union(*self.held.values())
        return self.held.get(sender, frozenset())

    def withdrawing(self, sender: Party) -> frozenset[int]:
        """Those by somebody who may take it back."""
        return self.speaking(sender) | self.approving

    def moving(self, sender: Party) -> frozenset[int]:
        """Those by somebody who may say on what page it stands."""
        return self.speaking(sender) | self.trusted

    @property
    def approving(self) -> frozenset[int]:
        """Those by somebody who may approve of it."""
        return self.held[CORE_TEAM]

    def part(self, sender: Party, revision: Revision) -> Party:
        """The part by which somebody spoke for that party in a revision."""
        if sender.side is not Side.STEERING_GROUP:
            return sender
        return next(party for party, ids in self.held.items() if revision.id in ids)


def needs_approval(part: Party, sender: Party, audience: Collection[Party]) -> bool:
    """Whether the core team has to approve of what somebody who has a part says for a sender."""
    outward = sender.side is Side.STEERING_GROUP or any(party.side is Side.STAKEHOLDERS for party in audience)
    return part.side is Side.GROUP and outward


def parts_on(process: Process, asked: Mapping[Party, Collection[Revision]]) -> Job[Parts]:
    """The parts that the authors of some revisions had, now or when they saved them, where it matters which.

    `asked` are the revisions by the senders that they are about; all of them are asked of the core team.
    """
    every = list({one.id: one for revisions in asked.values() for one in revisions if one.user != process.bot}.values())
    wanted = {party: list(revisions) for party, revisions in asked.items() if party.side is Side.GROUP}
    steering = asked.get(Party(Side.STEERING_GROUP), ())
    for group in process.groups if steering else ():
        party = Party(Side.GROUP, group.name)
        wanted[party] = [*wanted.get(party, ()), *steering]
    groups = {group.name: group for group in process.groups}
    core, may_move = yield from both(by_core_team(process, every), trusted(process, every))
    coordinated = yield from together(
        _by_coordinators(process, groups[party.name], [one for one in revisions if one.user != process.bot])
        for party, revisions in wanted.items()
    )
    held = {CORE_TEAM: core, **dict(zip(wanted, coordinated, strict=True))}
    someones = frozenset[int]().union(*held.values())
    borrowed = yield from _borrowed([one for one in every if one.id in someones])
    held = {party: ids - borrowed for party, ids in held.items()}
    return Parts(held, may_move - borrowed, borrowed)


def _by_coordinators(process: Process, group: Group, revisions: Sequence[Revision]) -> Job[frozenset[int]]:
    """The ids of those revisions whose authors coordinate the group, or did then."""
    today = yield from roster_of(process, group)
    now = {one.id for one in revisions if today.names.coordinates(one.user, one.time)}
    others = [one for one in revisions if one.id not in now and one.user]
    then = yield from together(roster_of(process, group, one.time) for one in others)
    was = {one.id for one, roster in zip(others, then, strict=True) if roster.names.coordinates(one.user, one.time)}
    return frozenset(now | was)


def _borrowed(revisions: Collection[Revision]) -> Job[frozenset[int]]:
    """The ids of those revisions whose author has the name of an account that was given another one."""
    names = sorted({one.user for one in revisions if one.user})
    bearers = yield from together(_bearer(name) for name in names)
    others = {name for name, bearer in zip(names, bearers, strict=True) if bearer != name}
    return frozenset(one.id for one in revisions if one.user in others)


def _bearer(name: str) -> Job[str]:
    """What the account is called last that had a name when it was renamed; the name itself where none ever was."""
    seen = [name]
    while (newer := (yield from ask(RenamedTo(seen[-1])))) and newer not in seen:
        seen.append(newer)
    return newer or seen[-1]


def seat_of(process: Process, party: Party, name: str) -> Job[Source | None]:
    """The revision in which somebody who may put a coordinator's name on the group's page; None where it isn't known.

    The core team is named by the configuration.
    """
    group = next((one for one in process.groups if party == Party(Side.GROUP, one.name)), None)
    if group is None:
        return None
    roster = yield from roster_of(process, group)
    page = yield from ask(PageNow(roster.group.page))
    others = tuple(one.name for one in process.groups if one.name != group.name)

    def read(text: str) -> tuple[str, ...]:
        names = read_roster(text, process.template("Working group"), group.name, page.title, others)
        return names.coordinators if names else ()

    def may(revision: Revision) -> Job[bool]:
        if roster.names.coordinates(revision.user, revision.time):
            return True
        return (yield from is_trusted(process, revision))

    found = yield from origins(page, read, may)
    put = found.get(name)
    if put is None or not put.counts:
        return None
    return Source(page.title, put.revision.id, put.revision.user or "", put.revision.time)
