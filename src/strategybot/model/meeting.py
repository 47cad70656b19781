"""Meetings: when a body meets, by a recurrence rule, and how each meeting is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

_A_DAY = timedelta(days=1)
"""More than clocks are ever put forward or back: the order of local times isn't quite that of moments."""


@dataclass(frozen=True, order=True)
class Meeting:
    """One meeting: `date` is its originally scheduled local date (ISO), by which it is known for good.

    `start` is in UTC; `minutes` is how long it lasts; `place` is where, as the configuration says it.
    """

    start: datetime
    date: str
    minutes: int = field(compare=False)
    place: str = field(default="", compare=False)

    @property
    def end(self) -> datetime:
        """When it ends, in UTC."""
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Schedule:
    """When a body meets: `first` is local time in `zone`, `rule` an RRULE of RFC 5545 (FREQ=MONTHLY;BYDAY=2TH).

    An hour that daylight saving skips or doubles is taken as the zone's standard library takes it (PEP 495, fold=0).
    """

    first: datetime
    rule: str
    zone: str = "UTC"
    minutes: int = 60
    place: str = ""

    @cached_property
    def _rule(self) -> rrule | rruleset:
        return rrulestr(self.rule, dtstart=self.first)

    def latest(self, now: datetime) -> Meeting | None:
        """The meeting that started last, not later than now."""
        local = self._rule.before(self._local(now) + _A_DAY, inc=True)
        while local and self._meeting(local).start > now:
            local = self._rule.before(local)
        return self._meeting(local) if local else None

    def preceding(self, meeting: Meeting) -> Meeting | None:
        """The meeting before that one."""
        return self.latest(meeting.start - timedelta(microseconds=1))

    def following(self, moment: datetime) -> Meeting | None:
        """The first meeting that starts later than that moment."""
        local = self._rule.after(self._local(moment) - _A_DAY)
        while local and self._meeting(local).start <= moment:
            local = self._rule.after(local)
        return self._meeting(local) if local else None

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def _meeting(self, local: datetime) -> Meeting:
        start = local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        return Meeting(start, local.date().isoformat(), self.minutes, self.place)
