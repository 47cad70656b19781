"""Facts about languages, from CLDR by way of Babel."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def direction(code: str) -> str:
    """The direction of a language's script: "ltr" or "rtl"; "ltr" for a language that CLDR doesn't know."""
    locale = _locale(code)
    return locale.text_direction if locale else "ltr"


@cache
def plural_rule(code: str) -> tuple[Callable[[int], str], tuple[str, ...]]:
    """What gives a number's plural category in a language, and its categories in MediaWiki's order."""
    locale = _locale(code) or Locale("en")
    order = ("zero", "one", "two", "few", "many", "other")
    tags = {*locale.plural_form.tags, "other"}
    return locale.plural_form, tuple(category for category in order if category in tags)


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
