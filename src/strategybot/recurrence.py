"""How often a body meets, between people's words and a recurrence rule.

    every two weeks                      FREQ=WEEKLY;INTERVAL=2
    monthly on the second Thursday       FREQ=MONTHLY;BYDAY=2TH
    every 3 months on the last Friday    FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR

Rules are those of RFC 5545, section 3.3.10.
"""

from __future__ import annotations

import re
from datetime import datetime

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CODES = {name[:2].upper(): name for name in _DAYS}
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_NUMBERS = {"other": 2, "two": 2, "three": 3, "four": 4, "six": 6}
_UNITS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_ADVERBS = {"daily": "every day", "weekly": "every week", "fortnightly": "every 2 weeks", "biweekly": "every 2 weeks",
            "monthly": "every month", "quarterly": "every 3 months", "yearly": "every year"}  # fmt: skip
_SENTENCE = re.compile(
    r"every (?:(?P<number>\w+) )?(?P<unit>day|week|month|year)s?"
    r"(?: on (?:the )?(?:(?P<place>\w+) )?(?P<day>[a-z]+?)s?)?"
)
_NOT_UNDERSTOOD = (
    "it can be “weekly”, “every two weeks”, “monthly on the second Thursday”, “every 3 months on the last Friday”"
    " or a rule such as FREQ=MONTHLY;BYDAY=2TH"
)


def rule(words: str) -> str:
    """The rule that the words mean; a rule stays as it is. Raises ValueError with a sentence."""
    if words.upper().startswith("FREQ="):
        return words.upper()
    told = " ".join(words.lower().split()).rstrip(".")
    first, _, rest = told.partition(" ")
    found = _SENTENCE.fullmatch(f"{_ADVERBS.get(first, first)} {rest}".strip())
    if not found:
        raise ValueError(_NOT_UNDERSTOOD)
    return ";".join([f"FREQ={_UNITS[found['unit']]}", *_interval(found["number"]), *_by_day(found)])


def _interval(number: str | None) -> list[str]:
    if number is None:
        return []
    count = int(number) if number.isdecimal() else _NUMBERS.get(number, 0)
    if not count:
        raise ValueError(_NOT_UNDERSTOOD)
    return [f"INTERVAL={count}"] if count > 1 else []


def _by_day(found: re.Match[str]) -> list[str]:
    """The weekday: with a place (“second”) in months, without one in weeks."""
    if found["day"] is None:
        if found["unit"] == "month":
            raise ValueError("a month needs its day, as in “monthly on the second Thursday”")
        return []
    code = next((code for code, name in _CODES.items() if name.lower() in (found["day"], f"{found['day']}s")), "")
    place = _place(found["place"])
    if not code or (found["unit"] == "month") is not bool(place) or found["unit"] not in ("week", "month"):
        raise ValueError(_NOT_UNDERSTOOD)
    return [f"BYDAY={place}{code}"]


def _place(word: str | None) -> str:
    """A place in the month as a rule has it: `2` for “second” and “2nd”."""
    if word is None:
        return ""
    ordinal = re.fullmatch(r"([1-4])(?:st|nd|rd|th)", word)
    if not ordinal and word not in _PLACES:
        raise ValueError(_NOT_UNDERSTOOD)
    return ordinal[1] if ordinal else str(_PLACES[word])


def day_of_month(moment: datetime) -> str:
    """A date's weekday with its place in the month: “second Thursday”. The fifth is the last."""
    place = (moment.day - 1) // 7 + 1
    names = {number: word for word, number in _PLACES.items()}
    return f"{names.get(place, 'last')} {_DAYS[moment.weekday()]}"


def in_words(recurrence: str) -> str:
    """A rule in words, where it is one that words were found for; any other as it is."""
    found = re.fullmatch(
        r"FREQ=(?P<unit>[A-Z]+)(?:;INTERVAL=(?P<number>\d+))?(?:;BYDAY=(?P<place>-1|[1-4])?(?P<day>[A-Z]{2}))?",
        recurrence,
    )
    if not found or found["unit"] not in _UNITS.values():
        return f"by the rule {recurrence}"
    unit = next(unit for unit, name in _UNITS.items() if name == found["unit"])
    often = f"every {found['number']} {unit}s" if found["number"] else f"every {unit}"
    place = next((f"the {word} " for word, number in _PLACES.items() if str(number) == found["place"]), "")
    return f"{often} on {place}{_CODES[found['day']]}" if found["day"] else often
