"""Objections to minutes, as people write them on the talk page.

    == Objection to the minutes of 10 December 2026 ==
    {{Steering group/Objection|date=2026-12-10|resolved=}}
    Nobody agreed to pay for the travel. [[User:Bo|Bo]] 15:04, 12 December 2026 (UTC)

A section of the second level is one where it calls the template (which the link “Object” puts there), or where its
heading says so, in any of our languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from strategybot.reading.days import days_in
from strategybot.wikitext.calls import outermost
from strategybot.wikitext.sections import sections

_WORDS = r"\b(?:objections?|i object|objeci[oó]n(?:es)?|einspr[uü]ch\w*|widerspr[uü]ch\w*|einw[aä]nde?)\b|اعتراض"
_NO_WORDS = r"\b(?:no|not|without|pas|sans|aucune|keine?|ohne|sin|ninguna)\b|بدون|لا "
_SAYS_SO = re.compile(_WORDS, re.IGNORECASE)
_NONE = re.compile(rf"(?:{_NO_WORDS})(?:[\s'’]+\w+){{0,2}}?[\s'’]*(?:{_WORDS})", re.IGNORECASE)
"""“No objection”, “pas d’objection”: what else a heading says may be one all the same."""

_SIGNED = re.compile(r"\d{1,2}[:.٫]\d\d\b.{0,60}?\([^()\n]{2,12}\)[ \t]*$", re.MULTILINE)
"""How MediaWiki's signatures end, in whatever language: the time and the day, in either order, and the zone."""

_NO = ("", "no", "non", "nein", "لا")
"""What says in the field `resolved` that it isn't."""


@dataclass(frozen=True)
class Said:
    """An objection as it stands on a page: its heading, its words to the end of the first signature, and its date.

    The date (ISO) is that of the meeting whose minutes it is about, empty where it names none.
    """

    heading: str
    words: str
    date: str


@lru_cache(maxsize=2048)
def read_objections(text: str, template: str, languages: tuple[str, ...] = ()) -> dict[Said, bool]:
    """The objections on a talk page in their order, and whether each is said to be resolved.

    Their words are those without the template, so that nobody's words change where one is resolved.
    """
    found: dict[Said, bool] = {}
    for heading, body in _threads(text):
        calls = outermost(body, template)
        says_so = _SAYS_SO.search(_NONE.sub("", heading))
        if not (calls or says_so):
            continue
        words = body
        for call in reversed(calls):
            words = words[: call.start] + words[call.end :]
        dates = [call.fields.get("date", "") for call in calls]
        days = (*filter(None, dates), *days_in(heading, languages))
        said = Said(heading, _first_comment(words), days[0] if days else "")
        resolved = any(call.fields.get("resolved", "").casefold() not in _NO for call in calls)
        found[said] = found.get(said, False) or resolved
    return found


def _threads(text: str) -> list[tuple[str, str]]:
    """The sections of the second level with all that is below them: each one's heading and text."""
    found: list[tuple[str, int, int]] = []
    for section in sections(text):
        if len(section.headings) == 1:
            found.append((section.headings[0], section.start, section.end))
        elif found and section.headings:
            found[-1] = (*found[-1][:2], section.end)
    return [(heading, text[start:end].partition("\n")[2]) for heading, start, end in found]


def _first_comment(words: str) -> str:
    """What stands there until the first signature ends, or until the first empty line where there is none."""
    signed = _SIGNED.search(words)
    return " ".join((words[: signed.end()] if signed else words.strip().partition("\n\n")[0]).split())
