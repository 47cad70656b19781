"""A body's calendar: its meetings by rule, with the changes that people made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.source import Source


@dataclass(frozen=True)
class Change:
    """What somebody said of one meeting, by the date by which it is known (ISO).

    An `extra` one is added by it. Any other is moved to the local `day` and `hour` (None: as they were), is cancelled,
    or has another place or length (None: as they were).
    """

    meeting: str
    day: date | None = None
    hour: time | None = None
    place: str | None = None
    minutes: int | None = None
    extra: bool = False
    cancelled: bool = False
    reason: str = ""
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Calendar:
    """When a body meets: `schedule` is its rule, `changes` are people's, of a meeting one and its addition at most.

    Moments are in UTC. A meeting that was moved keeps its date, by which it is known, and comes where it starts now.
    """

    schedule: Schedule
    changes: tuple[Change, ...] = ()

    def latest(self, now: datetime) -> Meeting | None:
        """The meeting that started last, not later than now. Cancelled ones never do."""
        planned = self.schedule.latest(now)
        while planned and planned.date in self._changed:
            planned = self.schedule.preceding(planned)
        return max([one for one in (planned, *self._held) if one and one.start <= now], default=None)

    def preceding(self, meeting: Meeting) -> Meeting | None:
        """The meeting before that one."""
        return self.latest(meeting.start - timedelta.resolution)

    def following(self, moment: datetime) -> Meeting | None:
        """The first meeting that starts later than that moment. Cancelled ones never do."""
        planned = self.schedule.following(moment)
        while planned and planned.date in self._changed:
            planned = self.schedule.following(planned.start)
        return min([one for one in (planned, *self._held) if one and one.start > moment], default=None)

    def on(self, date: str) -> Meeting | None:
        """The meeting that is known by that local date (ISO), be it cancelled or not."""
        return self._changed.get(date) or self.schedule.on(date)

    def between(self, start: datetime, end: datetime) -> tuple[Meeting, ...]:
        """All meetings that start from one moment on and before another, cancelled ones included."""
        planned = [one for one in self.schedule.between(start, end) if one.date not in self._changed]
        return tuple(sorted([*planned, *(one for one in self._changed.values() if start <= one.start < end)]))

    @property
    def _held(self) -> Iterable[Meeting]:
        """The meetings that were changed and not cancelled."""
        return (one for one in self._changed.values() if not one.cancelled)

    @cached_property
    def _changed(self) -> dict[str, Meeting]:
        """The meetings that people changed or added, by their dates. Additions first: they can be changed."""
        found: dict[str, Meeting] = {}
        for change in sorted(self.changes, key=lambda one: not one.extra):
            before = (
                self._added(change) if change.extra else found.get(change.meeting) or self.schedule.on(change.meeting)
            )
            if before:
                found[change.meeting] = self._after(before, change)
        return found

    def _added(self, change: Change) -> Meeting | None:
        """The meeting that somebody added, where none is planned; it takes place at the usual hour unless told."""
        if self.schedule.on(change.meeting):
            return None
        usual, day = self.schedule.first.time(), date.fromisoformat(change.meeting)
        start = self.schedule.moment(datetime.combine(day, change.hour or usual))
        return Meeting(start, change.meeting, self.schedule.minutes, self.schedule.place, extra=True)

    def _after(self, before: Meeting, change: Change) -> Meeting:
        """A meeting after that change."""
        local, place = self.schedule.local(before.start), change.place or before.place
        start = self.schedule.moment(datetime.combine(change.day or local.date(), change.hour or local.time()))
        return replace(
            before,
            start=start,
            minutes=change.minutes or before.minutes,
            place=place,
            moved_from=before.start if start != before.start else before.moved_from,
            place_before=before.place if place != before.place else before.place_before,
            cancelled=change.cancelled,
            reason=change.reason,
            source=change.source,
        )
