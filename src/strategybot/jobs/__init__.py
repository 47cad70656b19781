"""One file a job, and the registry of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from strategybot.jobs.agenda import agenda
from strategybot.jobs.call import call
from strategybot.jobs.front_page import front_page
from strategybot.jobs.plan import Plan
from strategybot.model.process import Process
from strategybot.wiki.asking import Job

JOBS: dict[str, Callable[[Process, datetime], Job[Plan]]] = {
    "agenda": agenda,
    "front-page": front_page,
    "call": call,
}
"""The jobs that plan from what people wrote, by the names that their stop pages and the command line use."""

STATUS = "status"
"""The name of the report that follows them."""


def jobs_of(processes: Iterable[Process]) -> tuple[str, ...]:
    """The jobs that do something for these processes, and so need their stop pages; the report comes last."""
    are_called = any(process.call for process in processes)
    return (*(job for job in JOBS if job != "call" or are_called), STATUS)
