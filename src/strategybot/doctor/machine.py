"""The machine that the bot runs on: its clock, its time zones, and the heartbeat of `serve`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from strategybot.doctor.finding import Finding, fault, hint
from strategybot.model.page import Site

_OFF = timedelta(minutes=1)
"""How far apart two clocks may be. OAuth refuses signatures that are some minutes old."""

_SILENT = timedelta(hours=3)
"""How long `serve` may write no heartbeat: three of its usual intervals."""


@dataclass(frozen=True)
class Heartbeat:
    """What the heartbeat's file says: how long ago the last run ended (None where it can't be read) and how."""

    path: str
    age: timedelta | None = None
    exit_status: int = 0


@dataclass(frozen=True)
class Machine:
    """`clock` is this machine's time (UTC) at the moment of `start()`; None where the wiki has no clock of its own.

    `zones` says whether the time zone database is there; `heartbeat` is None where no file is given.
    """

    clock: datetime | None
    zones: bool = True
    heartbeat: Heartbeat | None = None


def machine_findings(machine: Machine, site: Site) -> Iterator[Finding]:
    """What is wrong with the machine."""
    if machine.clock and abs(machine.clock - site.time) > _OFF:
        yield fault("clock", str(round(abs(machine.clock - site.time).total_seconds())), site.name)
    if not machine.zones:
        yield fault("no-zones")
    if machine.heartbeat:
        yield from _heartbeat(machine.heartbeat)


def _heartbeat(heartbeat: Heartbeat) -> Iterator[Finding]:
    if heartbeat.age is None:
        yield fault("heartbeat-missing", heartbeat.path)
    elif heartbeat.age > _SILENT:
        yield fault("heartbeat-old", str(heartbeat.age // timedelta(hours=1)), heartbeat.path)
    elif heartbeat.exit_status:
        yield hint("heartbeat-failed", str(heartbeat.exit_status))
