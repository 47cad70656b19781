"""What every run asks of a process, as far as its configuration alone tells: so it is asked in one round.

Nothing depends on it: what isn't foreseen is asked when it is wanted, and what was asked isn't asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from strategybot.jobs.relay_status import usual_years
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import ImportedSince, PageNow, PagesUnder, PagesUsing, Query, UserNamed


def foreseen(process: Process, now: datetime) -> Job[None]:
    """Ask it: whoever wants the answers finds them known."""
    yield from together(ask(question) for question in (*_of_all(process), *_of_relays(process, now)))


def _of_all(process: Process) -> Iterator[Query[Any]]:
    yield PageNow(process.status)
    yield from (PageNow(process.seen_from(body).calendar) for body in process.bodies)
    yield from (PageNow(group.page) for group in process.groups)
    yield from (UserNamed(name) for name in sorted(process.core_team | process.operators))


def _of_relays(process: Process, now: datetime) -> Iterator[Query[Any]]:
    if process.relaying is None:
        return
    lists = (process.relaying.opt_out, *process.relaying.lists.values())
    years = (process.relay_status.under(year) for year in usual_years(process, now))
    yield from (PageNow(title) for title in (process.relays, process.relay_status, *years, *lists))
    yield PagesUnder(process.relays)
    yield PagesUsing(Title(f"Template:{process.template('Relay')}"))
    yield UserNamed(process.bot)
    yield ImportedSince(process.beginning)
