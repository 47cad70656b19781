"""The names of months, from CLDR."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names


def month_names(code: str) -> Iterator[tuple[str, int]]:
    """The names of months in a language, whole and abbreviated, each with its number; nothing for an unknown language.

    They are in small letters and without the point of an abbreviation.
    """
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, locale).items():
                yield name.casefold().rstrip("."), number
