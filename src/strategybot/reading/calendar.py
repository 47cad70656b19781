"""What people say on a calendar page, and what of it can't be done.

    {{Steering group/Meeting|was=2026-12-10|date=2026-12-17 16:00|reason=…}}    moved (without a time: to the same one)
    {{Steering group/Meeting|was=2026-12-10|reason=…}}                          cancelled
    {{Steering group/Meeting|was=2026-12-10|place=https://…}}                   at another place; minutes=90: longer
    {{Steering group/Meeting|date=17 December 2026}}                            an extra meeting

Times are local ones of the body's zone, unless they say UTC. `was` is the date by which a meeting is known for good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from strategybot.model.calendar import Calendar, Change
from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.source import Source
from strategybot.reading.days import days_in, without_days
from strategybot.wikitext.calls import calls

_FARTHEST = timedelta(days=2 * 366)
"""How far ahead a meeting can be changed: what lies farther is a slip of the pen."""

_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:\s?[h:]\s?(?P<minute>\d\d)(?::00)?|\s?h(?!\w)|(?=\s?[ap]\.?m\b))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?!\d)(?:\s?uhr\b)?",
    re.IGNORECASE,
)
_UNIVERSAL = re.compile(r"(?<![A-Z])(?:UTC|GMT|(?<=\d)Z)(?![A-Z])")
_UNCLEAR = re.compile(r"\d|\b[A-Z]{2,5}\b")
"""What is left of a moment's words where something of it wasn't understood: digits, or another zone's name."""

_LENGTHS = range(5, 1441)


@dataclass(frozen=True)
class Entry:
    """One call on the page, to the letter; None is a field that it doesn't have."""

    was: str | None = None
    date: str | None = None
    place: str | None = None
    minutes: str | None = None
    reason: str = ""
    confirmed: str = ""

    @property
    def about(self) -> tuple[str, str]:
        """What it says when: who changes that says something else, and not only in other words."""
        return self.was or "", self.date or ""


@dataclass(frozen=True)
class Noted:
    """An entry that counts: where it comes from, and when somebody said first what it says (UTC)."""

    entry: Entry
    source: Source
    since: datetime


@dataclass(frozen=True)
class Flaw:
    """Why an entry can't be followed: the key of a sentence and its words."""

    noted: Noted
    key: str
    words: tuple[str, ...] = ()


def last_day(entry: Entry, languages: tuple[str, ...]) -> str:
    """The last day (ISO) that an entry is about, empty where it names none."""
    return max(days_in(" ".join(entry.about), languages), default="")


def read_entries(text: str, template: str) -> tuple[Entry, ...]:
    """All entries on a page, in its order. Those without any field say nothing."""
    return tuple(entry for call in calls(text, template) if (entry := _entry(call.fields)) != Entry())


def _entry(fields: Mapping[str, str]) -> Entry:
    was, day, place, minutes = (fields.get(name) for name in ("was", "date", "place", "minutes"))
    return Entry(was, day, place, minutes, fields.get("reason", ""), fields.get("confirmed by", ""))


def changes_of(
    entries: Sequence[Noted], schedule: Schedule, languages: tuple[str, ...]
) -> tuple[tuple[Change, ...], tuple[Flaw, ...]]:
    """The changes that entries make, in the page's order, and what is wrong with the others."""
    changes: dict[Noted, Change] = {}
    flaws: list[Flaw] = []
    for noted in sorted(entries, key=lambda one: bool(one.entry.was)):
        found = _Reading(noted, Calendar(schedule, tuple(changes.values())), languages).change()
        if isinstance(found, Flaw):
            flaws.append(found)
            continue
        for earlier in [one for one, change in changes.items() if _is_same(change, found)]:
            flaws.append(Flaw(earlier, "calendar-superseded", (found.meeting,)))
            del changes[earlier]
        changes[noted] = found
    while clash := _clash(changes, schedule):
        flaws.append(Flaw(clash[0], "calendar-taken", (clash[1],)))
        del changes[clash[0]]
    order = list(entries)
    return tuple(changes.values()), tuple(sorted(flaws, key=lambda flaw: order.index(flaw.noted)))


def _is_same(one: Change, other: Change) -> bool:
    return (one.meeting, one.extra) == (other.meeting, other.extra)


def _clash(changes: Mapping[Noted, Change], schedule: Schedule) -> tuple[Noted, str] | None:
    """The last entry that puts a meeting on another one's day, and that day."""
    calendar = Calendar(schedule, tuple(changes.values()))
    return next(((one, day) for one in reversed(list(changes)) if (day := _shared(calendar, changes[one]))), None)


def _shared(calendar: Calendar, change: Change) -> str:
    """The local day on which a meeting would be held beside another one since it was put there; else empty."""
    meeting = calendar.on(change.meeting)
    if meeting is None or meeting.cancelled or not (change.day or change.extra):
        return ""
    local = calendar.schedule.local(meeting.start)
    start = calendar.schedule.moment(datetime.combine(local.date(), time()))
    end = calendar.schedule.moment(datetime.combine(local.date() + timedelta(days=1), time()))
    others = [one for one in calendar.between(start, end) if one != meeting and not one.cancelled]
    return local.date().isoformat() if others else ""


class _UnclearError(Exception):
    """Something in an entry that can't be followed: the key of a sentence, and its words."""

    def __init__(self, key: str, *words: str) -> None:
        super().__init__(key)
        self.key, self.words = key, words


@dataclass(frozen=True)
class _Reading:
    """The reading of one entry, in a calendar that has the changes of those before it."""

    noted: Noted
    calendar: Calendar
    languages: tuple[str, ...]

    def change(self) -> Change | Flaw:
        """What the entry says, or what is wrong with it."""
        try:
            return self._moved() if self.noted.entry.was else self._added()
        except _UnclearError as error:
            return Flaw(self.noted, error.key, error.words)

    def _added(self) -> Change:
        if not self.noted.entry.date:
            raise _UnclearError("calendar-no-date")
        local, hour = self._moment(self.noted.entry.date)
        day = local.date().isoformat()
        if self.calendar.schedule.on(day):
            raise _UnclearError("calendar-already", day)
        return self._bounded(self._said(day, extra=True, hour=hour))

    def _moved(self) -> Change:
        entry, meeting = self.noted.entry, self._meeting()
        said = (entry.date, entry.place, entry.minutes)
        if any(one is not None for one in said) and not any(said):
            raise _UnclearError("calendar-nothing", meeting.date)
        if not entry.date:
            return self._said(meeting.date, cancelled=not any(said))
        local, hour = self._moment(entry.date)
        return self._bounded(replace(self._said(meeting.date, hour=hour), day=local.date()))

    def _meeting(self) -> Meeting:
        """The meeting that the entry is about."""
        word = self.noted.entry.was or ""
        last = self.calendar.schedule.local(self.noted.since + _FARTHEST).date().isoformat()
        days = [day for day in days_in(word, self.languages) if day <= last]
        found = [one for day in days if (one := self.calendar.on(day))]
        if len(found) != 1:
            following = self.calendar.following(self.noted.source.time)
            raise _UnclearError("calendar-no-such-meeting", word, following.date if following else "")
        return found[0]

    def _moment(self, word: str) -> tuple[datetime, time | None]:
        """The local day and time that words name; the time is None where they name none."""
        days = [day for day in days_in(word, self.languages) if day]
        if len(days) != 1:
            raise _UnclearError("calendar-day" if not days else "calendar-days", word, *days[:2])
        day = datetime.fromisoformat(days[0])
        if not self.noted.since - _FARTHEST < day.replace(tzinfo=UTC) < self.noted.since + _FARTHEST:
            raise _UnclearError("calendar-past" if day.replace(tzinfo=UTC) < self.noted.since else "calendar-far", word)
        rest = without_days(word, self.languages)
        clock, is_universal = _CLOCK.search(rest), _UNIVERSAL.search(rest)
        if _UNCLEAR.search(_CLOCK.sub("", _UNIVERSAL.sub("", rest), count=1)) or (is_universal and not clock):
            raise _UnclearError("calendar-time", word)
        if clock is None:
            return day, None
        hour = _hour(clock)
        if hour is None:
            raise _UnclearError("calendar-time", word)
        local = datetime.combine(day.date(), hour)
        local = self.calendar.schedule.local(local.replace(tzinfo=UTC)) if is_universal else local
        return local, local.time()

    def _said(self, meeting: str, *, hour: time | None = None, extra: bool = False, cancelled: bool = False) -> Change:
        entry = self.noted.entry
        return Change(
            meeting,
            hour=hour,
            place=entry.place or None,
            minutes=self._minutes(),
            extra=extra,
            cancelled=cancelled,
            reason=entry.reason,
            source=self.noted.source,
        )

    def _minutes(self) -> int | None:
        word = (self.noted.entry.minutes or "").strip()
        if not word:
            return None
        if not re.fullmatch(r"\d{1,4}", word) or int(word) not in _LENGTHS:
            raise _UnclearError("calendar-minutes", word)
        return int(word)

    def _bounded(self, change: Change) -> Change:
        """The change, unless the meeting would have begun before somebody said so."""
        changed = replace(self.calendar, changes=(*self.calendar.changes, change)).on(change.meeting)
        if changed and changed.start <= self.noted.since:
            raise _UnclearError("calendar-past", self.noted.entry.date or "")
        return change


def _hour(found: re.Match[str]) -> time | None:
    """The time of day that was found; None where there is none such."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
