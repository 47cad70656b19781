"""Dates as far as somebody's words say them: a whole day, one without its year, a month, a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names

from strategybot.reading.days import DAY, OF, day_of, months, places_of_days

_PLAIN = dict.fromkeys(map(ord, "\u2010\u2011\u2012"), "-") | dict.fromkeys(map(ord, "\u200e\u200f\u061c\xa0"), " ")
"""One sign for another, so that places in a text stay what they are."""

_LEAP = 8
"""After how many years at most there is a 29 February again."""


@dataclass(frozen=True)
class Date:
    """A date from `start` to `end` of a text; 0 where year, month or day isn't said.

    `days` are the whole days (ISO) that it may mean: two where its day and month may be either.
    """

    start: int
    end: int
    year: int = 0
    month: int = 0
    day: int = 0
    days: tuple[str, ...] = ()


def dates_in(words: str, languages: tuple[str, ...]) -> tuple[Date, ...]:
    """All dates that a text names, in order."""
    plain = words.translate(_PLAIN)
    whole = [_whole(*place) for place in places_of_days(plain, languages) if place[2]]
    partial = (_partial(found, languages) for found in _pattern(languages).finditer(plain))
    return tuple(sorted((*whole, *_beside(whole, partial)), key=lambda one: one.start))


def month_alone(words: str, languages: tuple[str, ...]) -> int:
    """The month that words name and nothing else, 0 where they name none."""
    return months(languages).get(words.translate(_PLAIN).strip(" .,:'").casefold(), 0)


def next_day(month: int, day: int, since: str) -> str:
    """The first such day of a year on or after a day (ISO), empty where no year has it."""
    year = int(since[:4])
    return next((found for one in range(year, year + _LEAP + 1) if (found := day_of(one, month, day)) >= since), "")


@cache
def weekdays(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the days of the week, in lower case."""
    return tuple(dict.fromkeys(name for code in languages for name in _weekdays(code)))


def _weekdays(code: str) -> Iterator[str]:
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return
    yield from (name.casefold() for name in get_day_names("wide", "format", locale).values())


def _whole(start: int, end: int, days: tuple[str, ...]) -> Date:
    year, month, day = map(int, days[0].split("-"))
    return Date(start, end, year, month, day, days)


def _beside(whole: list[Date], partial: Iterable[Date]) -> Iterator[Date]:
    """Those of the partial dates that aren't in a whole one."""
    number = 0
    for one in partial:
        while number < len(whole) and whole[number].end <= one.start:
            number += 1
        if number == len(whole) or one.end <= whole[number].start:
            yield one


def _partial(found: re.Match[str], languages: tuple[str, ...]) -> Date:
    parts = {name.rstrip("_"): text for name, text in found.groupdict().items() if text}
    name = parts.get("name", "").casefold().rstrip(".")
    month = months(languages).get(name, 0) if name else int(parts.get("month", 0))
    return Date(found.start(), found.end(), int(parts.get("year", 0)), month, int(parts.get("day", 0)))


@cache
def _pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(months(languages), key=len, reverse=True) if len(name) > 1)
    year = r"(?<!\d)(?P<year{0}>(?:19|20|21)\d\d)(?![\d])"
    return re.compile(
        rf"{year.format('')}[-/](?P<month>0[1-9]|1[0-2])(?![\d/-])"
        rf"|{DAY.format('day')}{OF}(?P<name>{names})\.?(?!\w)"
        rf"|(?<!\w)(?P<name_>{names})\.?,?{OF}{year.format('_')}"
        rf"|(?<!\w)(?P<name__>{names})\.?\s*{DAY.format('day_')}(?![\w:])"
        rf"|{year.format('__')}",
        re.IGNORECASE,
    )
