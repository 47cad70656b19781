"""The words by which minutes are understood, in a process's languages and in English, and the patterns made of them."""

from __future__ import annotations

import re
from functools import cache

from strategybot.reading.dates import weekdays
from strategybot.writing.texts import words

_KEYS = (
    *("minutes-words-action", "minutes-words-decision", "minutes-words-decides", "minutes-words-beside"),
    *("minutes-words-earlier", "minutes-words-carried", "minutes-words-discussion", "minutes-words-participants"),
    *("minutes-words-apologies", "minutes-words-minute-taker", "minutes-words-owner", "minutes-words-due"),
    *("minutes-words-when", "minutes-words-what", "minutes-words-status", "minutes-words-done"),
    *("minutes-words-dropped", "minutes-words-open", "minutes-words-will", "minutes-words-passive"),
    *("minutes-words-no-name", "minutes-words-nothing", "minutes-words-without", "minutes-words-next-meeting"),
    "minutes-words-date",
)
_NAMES = {key.removeprefix("minutes-words-"): key for key in _KEYS}
_PLACE = re.compile("«([a-z+-]+)»")
_ARABIC = re.compile("[\u0600-\u06ff]")


class Vocabulary:
    """The words of some languages. Words count as a whole, in capitals or not, with straight or curly apostrophes."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self._patterns: dict[str, re.Pattern[str]] = {}

    def pattern(self, source: str) -> re.Pattern[str]:
        """A pattern in which `«action»` stands for any of the words for action items, `«done+open»` for two lists'.

        `«weekday»` is a day of the week.
        """
        if source not in self._patterns:
            filled = _PLACE.sub(lambda found: self._any(found[1].split("+")), source)
            self._patterns[source] = re.compile(filled, re.IGNORECASE)
        return self._patterns[source]

    def are(self, name: str, text: str) -> bool:
        """Whether a text is one of a list's words, but for signs around it."""
        return bool(self.pattern(rf"[\W_]*+«{name}»[\W_]*+").fullmatch(text))

    def _any(self, names: list[str]) -> str:
        """Any of the words of some lists, the longest that stands there: it is never given up for a shorter one."""
        listed = {phrase for name in names for phrase in self._phrases(name)}
        return rf"(?<!\w)(?>{'|'.join(map(_sounding, sorted(listed, key=len, reverse=True)))})"

    def _phrases(self, name: str) -> list[str]:
        if name == "weekday":
            return list(weekdays((*self.languages, "en")))
        key = _NAMES[name]
        codes = dict.fromkeys(code for one in (*self.languages, "en") for code in (one, one.split("-")[0]))
        found = (phrase.strip() for code in codes for phrase in words(code).get(key, "").split(","))
        return [phrase for phrase in found if phrase]


@cache
def vocabulary(languages: tuple[str, ...]) -> Vocabulary:
    """The words of these languages, and of English."""
    return Vocabulary(languages)


def _sounding(phrase: str) -> str:
    """A pattern for a phrase as people type it; in Arabic with "and" before it, which is part of the word there."""
    parts = (re.escape(part).replace("’", "['’]").replace(r"\-", "[-‐‑]") for part in phrase.split())
    end = r"(?!\w)" if phrase[-1].isalnum() else ""
    return ("و?" if _ARABIC.match(phrase) else "") + r",?\s+".join(parts) + end
