"""For which pages a relay is: those of its groups, its coordinators, and all that its delivery lists name.

A group gets it where it is written to (`addresses.py`), a coordinator on the talk page of the account that is the
coordinator's now. The core team finds it on the feedback page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.targets import Listing, Wanted, listing, reached
from strategybot.jobs.addresses import addresses
from strategybot.model.body import Group
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Party, Relay, Side, Target
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import UserNamed


def targets_of(process: Process, relay: Relay, now: datetime) -> Job[tuple[Target, ...]]:
    """All that a relay is for, in the order of its field and of the lists, each with what hinders a post there."""
    parts, (opted, bot) = yield from both(
        together(_wanted(process, relay, party, now) for party in relay.audience),
        both(_opted(process), ask(UserNamed(process.bot))),
    )
    return (yield from reached(process, bot, [one for part in parts for one in part], opted.wanted))


def problems_with_lists(process: Process, relay: Relay) -> Job[tuple[Problem, ...]]:
    """What there is to mend on the delivery lists of a relay. It asks nothing that `targets_of` doesn't ask."""
    named, opted = yield from both(
        together(_list(process, party.name) for party in relay.audience if party.side is Side.STAKEHOLDERS),
        _opted(process),
    )
    return tuple(dict.fromkeys(problem for one in (*named, opted) for problem in one.problems))


# --- Whom a relay is for


def _wanted(process: Process, relay: Relay, party: Party, now: datetime) -> Job[tuple[Wanted, ...]]:
    """The pages of one of those to whom a relay goes."""
    match party.side:
        case Side.GROUP:
            return (yield from _of_groups(process, [one for one in process.groups if one.name == party.name]))
        case Side.ALL_GROUPS:
            sender = relay.sender.name if relay.sender and relay.sender.side is Side.GROUP else ""
            return (yield from _of_groups(process, [one for one in process.groups if one.name != sender]))
        case Side.COORDINATORS:
            return (yield from _of_coordinators(process, now))
        case Side.STAKEHOLDERS:
            return (yield from _list(process, party.name)).wanted
    return ()


def _of_groups(process: Process, groups: Iterable[Group]) -> Job[tuple[Wanted, ...]]:
    """Where groups are written to. One without a page has no talk page either, which its target says."""
    found = {one.configured.name: one for one in (yield from addresses(process))}
    return tuple(
        Wanted(found[one.name].named or found[one.name].page.talk, group=found[one.name].group)
        if one.name in found
        else Wanted(one.page.talk, group=one)
        for one in groups
    )


def _of_coordinators(process: Process, now: datetime) -> Job[tuple[Wanted, ...]]:
    """The talk pages of all who coordinate a group now, each once."""
    rosters = yield from together(roster_of(process, group) for group in process.groups)
    names = dict.fromkeys(name for roster in rosters for name in roster.names.coordinating(now))
    return tuple(Wanted(Title(f"User talk:{name}"), person=name) for name in names)


def _list(process: Process, name: str) -> Job[Listing]:
    """The delivery list of those stakeholders."""
    title = process.relaying.lists.get(name) if process.relaying else None
    return listing(title) if title else known(Listing())


def _opted(process: Process) -> Job[Listing]:
    """The list of those who want nothing. There need not be one."""
    return listing(process.relaying.opt_out, may_lack=True) if process.relaying else known(Listing())
