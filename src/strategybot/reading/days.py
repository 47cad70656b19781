"""The days that somebody's words name.

2026-12-10 · 2026/12/10 · 10 December 2026 · December 10th, 2026 · 10 de diciembre de 2026 · 10. Dezember 2026
· 10.12.2026 · 10/12/2026, which may be 12 October as well: both are told, in that order
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from strategybot.wikitext.months import month_names

_NUMBERS = (
    r"(?<!\d)(?P<year>\d{4})(?:-(?P<month>\d\d)-(?P<day>\d\d)|/(?P<month___>\d{1,2})/(?P<day_____>\d{1,2}))(?!\d)"
    r"|(?<![\d/-])(?P<one>\d{1,2})(?P<sign>[/-])(?P<two>\d{1,2})(?P=sign)(?P<year_____>\d{4})(?![\d/-])"
    r"|(?<!\d)(?P<day_>\d{1,2})\.\s?(?P<month_>\d{1,2})\.\s?(?P<year_>\d{4})(?!\d)"
    r"|(?<!\d)(?P<year__>\d{4})\s?[年년]\s?(?P<month__>\d{1,2})\s?[月월]\s?(?P<day__>\d{1,2})\s?[日일]"
)
_EVERYWHERE = ("en", "fr", "de", "es", "ar")
"""Languages in which headings may name a month on any wiki."""

_YEARS = range(1900, 2200)
"""Years that people mean: with what lies far beyond them no calendar can reckon."""

_PLAIN = dict.fromkeys(map(ord, "\u2010\u2011\u2012"), "-") | dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
"""Hyphens of all kinds are one; marks of direction say nothing here."""

DAY = r"(?<!\d)(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?"
OF = r"\s*(?:de\s|del\s|of\s)?\s*"
"""A day within a month, its group's name to be put in; and what may stand between day, month and year."""


def days_in(words: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The days (ISO) that are named in a text, in digits or with a month's name in one of the languages, in order."""
    found = places_of_days(words.translate(_PLAIN), languages)
    return tuple(dict.fromkeys(day for _, _, days in found for day in days))


def places_of_days(words: str, languages: tuple[str, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a text with plain hyphens and without marks of direction names days (ISO): what each place may mean."""
    for found in _pattern(languages).finditer(words):
        yield found.start(), found.end(), tuple(filter(None, _days(found, months(languages))))


def without_days(words: str, languages: tuple[str, ...]) -> str:
    """What is left of a text without the days that it names."""
    return _pattern(languages).sub(" ", words.translate(_PLAIN))


def is_day(word: str) -> bool:
    """Whether a word is a day as ISO 8601 writes it."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", word, re.ASCII)
    return bool(found and day_of(*map(int, found.groups())))


def _days(found: re.Match[str], months: Mapping[str, int]) -> tuple[str, ...]:
    """The day that was found; both where it may begin with its day or with its month."""
    parts = {name.rstrip("_"): text for name, text in found.groupdict().items() if text}
    if "one" in parts:
        year, one, two = (int(parts[name]) for name in ("year", "one", "two"))
        return day_of(year, two, one), day_of(year, one, two)
    month = months.get(parts["name"].casefold().rstrip("."), 0) if "name" in parts else int(parts["month"])
    return (day_of(int(parts["year"]), month, int(parts["day"])),)


def day_of(year: int, month: int, day: int) -> str:
    """A day as ISO 8601 writes it, empty where there is no such day."""
    try:
        return date(year, month, day).isoformat() if year in _YEARS else ""
    except ValueError:
        return ""


@cache
def _pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A day in any of the forms; the names of groups end in underscores since each may stand once."""
    names = "|".join(re.escape(name) for name in sorted(months(languages), key=len, reverse=True))
    day_first = rf"{DAY.format('day___')}{OF}(?P<name>{names})\.?,?{OF}(?P<year___>\d{{4}})(?!\d)"
    month_first = rf"(?<!\w)(?P<name_>{names})\.?\s*{DAY.format('day____')},?{OF}(?P<year____>\d{{4}})(?!\d)"
    return re.compile(f"{_NUMBERS}|{day_first}|{month_first}", re.IGNORECASE)


@cache
def months(languages: tuple[str, ...]) -> dict[str, int]:
    """The months by their names, in lower case and without the point of an abbreviation."""
    return {name: number for code in (*_EVERYWHERE, *languages) for name, number in month_names(code)}
