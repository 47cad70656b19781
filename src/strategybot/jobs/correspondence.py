"""What stands of relays after this run, for the pages that show something of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from strategybot.inquiries.feedback import Entered, entered
from strategybot.jobs.carrying import own_text
from strategybot.jobs.relays import dispatches
from strategybot.model.correspondence import Correspondence
from strategybot.model.process import Process
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
    found, board = yield from both(dispatches(process, now), board_of(process))
    kept = tuple(one.raised for one in board.shown)
    return Correspondence(process.relay_status, process.relaying.preview, found, board.entered.said, kept)


def board_of(process: Process) -> Job[Board]:
    """The feedback page of a process."""
    found = yield from entered(process)
    own = yield from own_text(found.page, process.bot)
    return Board(found, read_shown(own.text, process), read_answers(own.text, process)) if own else Board(found)
