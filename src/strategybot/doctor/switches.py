"""The stop pages: what keeps the bot, or one of its jobs, from running."""

from __future__ import annotations

from collections.abc import Collection

from strategybot.doctor.finding import Finding, fault
from strategybot.inquiries.stopping import MISSING, Stop, stop_on
from strategybot.jobs import JOBS, STATUS
from strategybot.model.process import stop_pages
from strategybot.wiki.asking import Job, together

_INSTALL = "install"
"""The job that an operator runs by hand: its stop page may be missing."""


def switches(bot: str, starters: Collection[str]) -> Job[list[Finding]]:
    """All stop pages that stop something; `starters` may start the bot again, and so may admins."""
    pages = {title: job for job in (*JOBS, STATUS, _INSTALL) for title in stop_pages(bot, job)}
    stops = yield from together(stop_on(title, frozenset(starters)) for title in pages)
    return [
        _finding(stop)
        for stop, job in zip(stops, pages.values(), strict=True)
        if stop and not (job == _INSTALL and stop.key == MISSING and stop.page.text.endswith(f"/{_INSTALL}"))
    ]


def _finding(stop: Stop) -> Finding:
    return fault(f"stop-{stop.key}", str(stop.page), stop.user, page=stop.page)
