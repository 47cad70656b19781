"""The stop pages: what keeps the bot, or one of its jobs, from running."""

from __future__ import annotations

from collections.abc import Collection

from strategybot.doctor.finding import Finding, fault
from strategybot.inquiries.stopping import MISSING, Stop, stop_on
from strategybot.jobs import jobs_of
from strategybot.model.process import Process, starters, stop_pages
from strategybot.wiki.asking import Job, together

_INSTALL = "install"
"""The job that an operator runs by hand: its stop page may be missing."""


def switches(bot: str, processes: Collection[Process]) -> Job[list[Finding]]:
    """All stop pages that stop something. One of a job that no process has configured may be missing."""
    pages = {title: job for job in (*jobs_of(processes), _INSTALL) for title in stop_pages(bot, job)}
    stops = yield from together(stop_on(title, starters(processes)) for title in pages)
    return [
        _finding(stop)
        for stop, job in zip(stops, pages.values(), strict=True)
        if stop and not (job == _INSTALL and stop.key == MISSING and stop.page.text.endswith(f"/{_INSTALL}"))
    ]


def _finding(stop: Stop) -> Finding:
    return fault(f"stop-{stop.key}", str(stop.page), stop.user, page=stop.page)
