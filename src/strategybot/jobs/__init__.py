"""One file a job, and the registry of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from strategybot.jobs.agenda import agenda
from strategybot.jobs.calendar import calendar
from strategybot.jobs.call import call
from strategybot.jobs.feedback import feedback
from strategybot.jobs.follow_up import follow_up
from strategybot.jobs.front_page import front_page
from strategybot.jobs.milestones import milestones
from strategybot.jobs.minutes import minutes
from strategybot.jobs.outbox import OUTBOX
from strategybot.jobs.plan import Plan
from strategybot.jobs.registers import registers
from strategybot.jobs.relays import relays
from strategybot.model.process import Process
from strategybot.wiki.asking import Job

JOBS: dict[str, Callable[[Process, datetime], Job[Plan]]] = {
    "agenda": agenda,
    "front-page": front_page,
    "call": call,
    "follow-up": follow_up,
    "calendar": calendar,
    "minutes": minutes,
    "registers": registers,
    "relays": relays,
    "feedback": feedback,
    "milestones": milestones,
}
"""The jobs that plan from what people wrote, by the names that their stop pages and the command line use."""

STATUS = "status"
"""The name of the report that comes last."""

LAST = (OUTBOX, STATUS)
"""What follows the others, in this order: the outbox tells people what they have found due, the report tells of all."""


def jobs_of(processes: Iterable[Process]) -> tuple[str, ...]:
    """The jobs that do something for these processes, and so need their stop pages."""
    processes = tuple(processes)
    chains = [process.body.chain for process in processes]
    wanted = {"call": any(chain.call for chain in chains), "follow-up": any(chain.follow_up for chain in chains)}
    wanted |= dict.fromkeys(("relays", "feedback", "milestones"), any(process.relaying for process in processes))
    return (*(job for job in JOBS if wanted.get(job, True)), *LAST)
