"""Reminders of relays that wait for an answer, for the outbox to tell.

Who coordinates a group that was asked and hasn't answered is reminded once before the day by which an answer is asked
for, and once after it; then the core team is told. Whoever comes to coordinate it meanwhile is asked instead. A group
that a relay hasn't reached is reminded of nothing, and one that has answered never again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from strategybot.inquiries.people import People, people_of
from strategybot.model.due import Due
from strategybot.model.process import Process
from strategybot.model.relay import REACHED, Dispatch, Relay, State
from strategybot.wiki.asking import Job
from strategybot.writing.languages import long_date

_BEFORE = timedelta(days=3)
"""How long before the day coordinators are reminded."""

_TOLD = timedelta(days=7)
"""How many days after it the core team is told."""

_A_DAY = timedelta(days=1)

_SENTENCES = {"before": "due-relay-before", "after": "due-relay-after"}


def dues_of(process: Process, dispatches: Iterable[Dispatch], now: datetime) -> Job[tuple[Due, ...]]:
    """What waits for coordinators and the core team where an answer is asked for by a day. Else nothing is asked."""
    waiting = [one for one in dispatches if _silent(one) and _part_of(process, one.relay, now)]
    if not waiting:
        return ()
    people = yield from people_of(process)
    return tuple(due for one in waiting for due in _dues(process, people, one, now))


def _silent(dispatch: Dispatch) -> frozenset[str]:
    """The names of the groups that a relay has reached and that haven't answered, as long as that is waited for."""
    if not (dispatch.state.is_open or dispatch.state is State.GOING_OUT):
        return frozenset()
    reached = {one.group for one in dispatch.targets if one.fate in REACHED}
    return frozenset(group.name for group in dispatch.unanswered if group in reached)


def _part_of(process: Process, relay: Relay, now: datetime) -> str:
    """What part of the time for answers it is: `before` its end, when one is to remind, `after` it, or neither yet.

    The time is over with the day, in UTC. Where there was little of it, a third of it goes by first.
    """
    over = relay.until
    if over is None or relay.since is None or process.relaying is None:
        return ""
    out = relay.since + process.relaying.preview
    if now >= over:
        return "after"
    return "before" if now >= max(over - _A_DAY - _BEFORE, out + (over - out) / 3) else ""


def _dues(process: Process, people: People, dispatch: Dispatch, now: datetime) -> Iterator[Due]:
    relay = dispatch.relay
    part = _part_of(process, relay, now)
    silent = _silent(dispatch)
    for roster in people.rosters:
        if roster.group.name in silent:
            for name in roster.names.coordinating(now):
                yield _due(process, dispatch, name, f"{roster.group.name} {part}", _SENTENCES[part])
    if relay.until and now >= relay.until + _TOLD - _A_DAY:
        for name in sorted(people.core_team):
            yield _due(process, dispatch, name, "overdue", "due-relay-overdue")


def _due(process: Process, dispatch: Dispatch, person: str, matter: str, key: str) -> Due:
    relay = dispatch.relay
    day = long_date(process.languages[0], relay.reply_by.isoformat()) if relay.reply_by else ""
    count = str(len(dispatch.answered)), str(len(dispatch.asked))
    return Due(
        person=person,
        matter=f"relay {relay.id} {matter}",
        key=key,
        words=(relay.id, day, *count),
        page=process.relay_status.under(relay.id),
        since=relay.first,
        process=process,
    )
