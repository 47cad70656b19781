"""Facts about languages, from CLDR by way of Babel; from MediaWiki those that CLDR lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

_SCRIPTS = {"arab": "rtl", "hebr": "rtl", "thaa": "rtl", "nkoo": "rtl", "syrc": "rtl", "latn": "ltr", "cyrl": "ltr"}
_RIGHT_TO_LEFT = frozenset(
    {"acm", "aeb", "arc", "arq", "ary", "arz", "azb", "bqi", "glk", "hno", "khw", "lki", "luz", "pnb"}
)


@cache
def direction(code: str) -> str:
    """The direction of a language's script: "ltr" or "rtl"; "ltr" for a language that nobody knows."""
    language, *rest = code.split("-")
    if script := next((_SCRIPTS[part] for part in rest if part in _SCRIPTS), ""):
        return script
    locale = _locale(code)
    return "rtl" if language in _RIGHT_TO_LEFT else locale.text_direction if locale else "ltr"


@cache
def plural_rule(code: str) -> tuple[Callable[[int], str], tuple[str, ...]]:
    """What gives a number's plural category in a language, and its categories in MediaWiki's order."""
    locale = _locale(code) or Locale("en")
    order = ("zero", "one", "two", "few", "many", "other")
    tags = {*locale.plural_form.tags, "other"}
    return locale.plural_form, tuple(category for category in order if category in tags)


def long_date(code: str, day: str) -> str:
    """A day (ISO) in words, with the day before the month in English: 10 December 2026."""
    return format_date(date.fromisoformat(day), "long", _or_english(code))


def long_month(code: str, month: str) -> str:
    """A month (`2026-12`) in words: December 2026."""
    return format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=_or_english(code))


def _or_english(code: str) -> Locale:
    """The locale of a language; for English, and for a language that nobody knows, that of Britain."""
    return (_locale(code) if code != "en" else None) or Locale("en", "GB")


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
