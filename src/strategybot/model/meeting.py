"""Meetings: when a body meets, by a recurrence rule, and how each meeting is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

from strategybot.model.source import Source

_A_DAY = timedelta(days=1)
"""More than clocks are ever put forward or back: the order of local times isn't quite that of moments."""


@dataclass(frozen=True, order=True)
class Meeting:
    """One meeting: `date` is its originally scheduled local date (ISO), by which it is known for good.

    `start` is in UTC; `minutes` is how long it lasts; `place` is where, as the configuration or the calendar page says
    it. What people changed on that page: `moved_from` is the start that it had before (UTC), `place_before` its place;
    `cancelled` ones keep their start, and `extra` ones are in no rule. `reason` is theirs, and `source` says whose.
    """

    start: datetime
    date: str
    minutes: int = field(compare=False)
    place: str = field(default="", compare=False)
    moved_from: datetime | None = field(default=None, compare=False)
    place_before: str = field(default="", compare=False)
    cancelled: bool = field(default=False, compare=False)
    extra: bool = field(default=False, compare=False)
    reason: str = field(default="", compare=False)
    source: Source | None = field(default=None, compare=False)

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
        return rrulestr(self.rule, dtstart=self.first, cache=True)

    def on(self, date: str) -> Meeting | None:
        """The meeting that is planned on a local date (ISO)."""
        day = datetime.fromisoformat(date)
        found = self._rule.between(day, day + _A_DAY - timedelta.resolution, inc=True)
        return self._meeting(found[0]) if found else None

    def between(self, start: datetime, end: datetime) -> tuple[Meeting, ...]:
        """The meetings that start from one moment on and before another."""
        locals_ = self._rule.between(self.local(start) - _A_DAY, self.local(end) + _A_DAY, inc=True)
        return tuple(one for one in map(self._meeting, locals_) if start <= one.start < end)

    def moment(self, local: datetime) -> datetime:
        """A local time as a moment in UTC."""
        return local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def latest(self, now: datetime) -> Meeting | None:
        """The meeting that started last, not later than now."""
        local = self._rule.before(self.local(now) + _A_DAY, inc=True)
        while local and self._meeting(local).start > now:
            local = self._rule.before(local)
        return self._meeting(local) if local else None

    def preceding(self, meeting: Meeting) -> Meeting | None:
        """The meeting before that one."""
        return self.latest(meeting.start - timedelta(microseconds=1))

    def following(self, moment: datetime) -> Meeting | None:
        """The first meeting that starts later than that moment."""
        local = self._rule.after(self.local(moment) - _A_DAY)
        while local and self._meeting(local).start <= moment:
            local = self._rule.after(local)
        return self._meeting(local) if local else None

    def local(self, moment: datetime) -> datetime:
        """A moment as local time, without its zone."""
        return moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def _meeting(self, local: datetime) -> Meeting:
        return Meeting(self.moment(local), local.date().isoformat(), self.minutes, self.place)
