"""What stands of relays after this run, for the pages that show something of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from strategybot.inquiries.feedback import Entered, entered
from strategybot.jobs.carrying import own_text
from strategybot.jobs.dispatch import Sending, state_of
from strategybot.jobs.relay_status import Shelf, shelf_of
from strategybot.jobs.relays import dispatches
from strategybot.model.correspondence import Correspondence
from strategybot.model.process import Process
from strategybot.model.relay import REACHED, Dispatch, Stage, State
from strategybot.reading.feedback import Shown, Told, read_answers, read_shown
from strategybot.wiki.asking import Job, both


@dataclass(frozen=True)
class Board:
    """The feedback page: what people have entered there, and what the bot's own text of it shows.

    Of relays that are long over nothing else is asked; as long as their words stand nobody tells of them.
    """

    entered: Entered
    shown: tuple[Shown, ...] = ()
    answers: tuple[Told, ...] = ()


def correspondence(process: Process, now: datetime) -> Job[Correspondence]:
    """The correspondence of a process. Where no relays are passed on, nothing is asked."""
    if process.relaying is None:
        return Correspondence(process.relay_status)
    (found, shelf), board = yield from both(both(dispatches(process, now), shelf_of(process, now)), board_of(process))
    withdrawn = _withdrawn(shelf, found)
    kept = tuple(one.raised for one in board.shown if one.raised.id not in withdrawn)
    shown = frozenset(one.id for one in kept)
    sent = tuple(_as_sent(process, one, now, is_shown=one.relay.id in shown) for one in found)
    return Correspondence(process.relay_status, process.relaying.preview, sent, board.entered.said, kept, withdrawn)


def _withdrawn(shelf: Shelf, found: Sequence[Dispatch]) -> frozenset[str]:
    """The relays (ids) that were withdrawn: now, or as the lists know it of those that nobody tells of any more."""
    listed = {name: row.state is State.WITHDRAWN for name, row in shelf.rows.items()}
    told = {one.relay.id: one.relay.stage is Stage.WITHDRAWN for one in found}
    return frozenset(name for name, is_withdrawn in (listed | told).items() if is_withdrawn)


def _as_sent(process: Process, dispatch: Dispatch, now: datetime, *, is_shown: bool) -> Dispatch:
    """How a relay stands whose words somebody who may not has changed: once it is out, that changes nothing.

    It is out where it has reached somebody, or where the bot's own text of the feedback page shows it (`is_shown`).
    """
    relay = dispatch.relay
    is_out = is_shown or any(one.fate in REACHED for one in dispatch.targets)
    if relay.stage not in (Stage.WAITING, Stage.UNAPPROVED) or not relay.versions or not is_out:
        return dispatch
    since = max(one.source.time for one in relay.versions)
    relay = replace(relay, stage=Stage.VALID, since=relay.since or since)
    sending = Sending(relay, dispatch.targets, is_going=True)
    state = state_of(process, sending, now, answered=dispatch.is_answered)
    return replace(dispatch, relay=relay, state=state)


def board_of(process: Process) -> Job[Board]:
    """The feedback page of a process."""
    found = yield from entered(process)
    own = yield from own_text(found.page, process.bot)
    return Board(found, read_shown(own.text, process), read_answers(own.text, process)) if own else Board(found)
