"""Terms of office: until when somebody holds a role, as people write it beside a name.

"(until March 2019)", "bis 5. März 2019", "jusqu'en mars 2019", "(hasta el 5 de marzo de 2019)", "حتى مارس 2019",
"(May 2018 – March 2019)", "(2018-2019)", "(until 01/03/2019)": that is over once both readings have passed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain

from strategybot.wikitext.months import month_names

_LANGUAGES = (
    *("en", "fr", "de", "es", "ar", "ar-SY", "ar-DZ", "ar-MA"),
    *("pt", "it", "nl", "sv", "uk", "ru", "pl", "ca", "tr", "id", "fa", "he", "hi", "bn"),
)
_UNTIL = (
    r"until|till|through|up to|left(?: in| on)?|ended(?: in| on)?|bis|hasta|até|fino al?"
    r"|jusqu['’](?:en|aux?|à)|tot|do|до|till och med|حتى|إلى|直到|至"
)
_FILLERS = (
    r"(?:the|end|of|le|la|el|fin|fines|finales|fine|final|de|del|du|d['’]|zum|ende|dem|einschließlich|including"
    r"|inclusive|نهاية|شهر|кінця|конца)"
)
_BETWEEN = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=\d{4})-(?=\d{4}(?!\d)|[^\W\d])|(?<=/\d{4})-(?=\d)")
"""What stands between a term's beginning and its end: no hyphen inside a day as ISO 8601 writes it."""

_FURTHEST = 60
"""How many characters of what stands after "until" are read."""


def ended(text: str) -> datetime | None:
    """The moment (UTC) from which on somebody of whom this is said holds the role no more; None where it says no end.

    That is the end of the day, month or year that is named.
    """
    text = _plain(text)
    for found in _until().finditer(text):
        moment = _date_at(text[found.end() : found.end() + _FURTHEST])
        if moment:
            return moment
    for bracket in re.finditer(r"[(（]([^()（）]{8,60})[)）]", text):
        halves = _BETWEEN.split(bracket[1].strip())
        if len(halves) == 2 and all(day(half) for half in halves):
            return day(halves[1])
    return None


def day(text: str) -> datetime | None:
    """The end (UTC) of the day, month or year that a text names and nothing else; None where it names none."""
    text = _plain(text).strip(" .,()")
    for pattern in _dates():
        if found := pattern.fullmatch(text):
            return _end(found)
    return None


def _date_at(text: str) -> datetime | None:
    """The end of the date that a text begins with."""
    for pattern in _dates():
        if found := pattern.match(text):
            return _end(found)
    return None


def _end(found: re.Match[str]) -> datetime | None:
    """The end of a date; of one that may begin with its day or its month, the end of the later of both readings."""
    parts = found.groupdict()
    if one := parts.get("one"):
        readings = (
            _end_of(parts | {"day": one, "month": parts["two"]}),
            _end_of(parts | {"day": parts["two"], "month": one}),
        )
        return max(filter(None, readings), default=None)
    return _end_of(parts)


def _end_of(parts: Mapping[str, str | None]) -> datetime | None:
    year, month, number = int(parts["year"] or 0), parts.get("month"), parts.get("day")
    named = parts.get("name")
    which = int(month) if month else _months()[named] if named else None
    try:
        if which is None:
            return datetime(year + 1, 1, 1, tzinfo=UTC)
        if number:
            return datetime(year, which, int(number), tzinfo=UTC) + timedelta(days=1)
        return datetime(year + which // 12, which % 12 + 1, 1, tzinfo=UTC) if 1 <= which <= 12 else None
    except ValueError:
        return None


def _plain(text: str) -> str:
    """The text in small letters, with the digits 0 to 9 for those of all scripts, and without marks of direction."""
    text = re.sub("[\u2010-\u2012]", "-", text)
    text = re.sub("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", "", text).replace("\xa0", " ")
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text).lower()


@cache
def _until() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_UNTIL})(?:\s*{_FILLERS}(?!\w))*[\s:]*")


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    """Dates, those that say most first."""
    name = rf"(?P<name>{'|'.join(map(re.escape, sorted(_months(), key=len, reverse=True)))})\.?"
    year, day = r"(?P<year>(?:19|20|21)\d\d)(?!\d)", r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
    of = r"(?:\s*(?:of|de|del|d['’])(?!\w))?"
    patterns = (
        rf"{year}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
        rf"(?P<one>\d\d?)[/-](?P<two>\d\d?)[/-]{year}",
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{year}",
        rf"(?P<month>\d\d?)[/.-]{year}",
        rf"{year}/(?P<month>\d\d?)(?![\d/])",
        rf"{year}年(?P<month>\d\d?)月(?P<day>\d\d?)日",
        rf"{year}年(?P<month>\d\d?)月",
        rf"{year}-(?P<month>\d\d)(?![\d-])",
        rf"{day}{of}\s+{name},?{of}\s+{year}",
        rf"{name}\s+{day},?\s+{year}",
        rf"{name},?{of}\s+{year}",
        year,
    )
    return tuple(re.compile(pattern) for pattern in patterns)


@cache
def _months() -> dict[str, int]:
    """The names of months in small letters; without those that mean one month here and another one there."""
    meanings: dict[str, set[int]] = {}
    for name, month in chain.from_iterable(map(month_names, _LANGUAGES)):
        if len(name) > 2 and not re.search(r"\d", name):
            meanings.setdefault(name, set()).add(month)
    return {name: min(months) for name, months in meanings.items() if len(months) == 1}
