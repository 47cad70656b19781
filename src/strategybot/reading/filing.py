"""Updates as people file them on a page: one on the page for a meeting, or several in sections.

== 2026-12-10 ==
{{Steering group/Update
|progress=We met twice…
|needs=* travel: …
|lang=fr
}}
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from strategybot.model.problem import Label
from strategybot.reading.confidence import marked_sections
from strategybot.reading.days import days_in
from strategybot.wikitext.calls import Call, outermost
from strategybot.wikitext.sections import Section, has_prose, sections

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", re.ASCII)
OTHER_FIELDS = ("lang", "meeting", "previous", "confirmed by")
"""The fields of an update beside its topics."""

_NOT_TYPED = "previous"
"""A field that only the button fills in."""


@dataclass(frozen=True)
class Flaw:
    """Something to mend in a filing: the key and the words of a problem."""

    key: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filing:
    """What one call of the template says: `topics` with a text, `lang` (empty where none or an odd one is given).

    `words` are all its fields exactly, by which it is known in another revision. `meeting` is what its field of that
    name says, `days` are those that the nearest heading above it with any names. `section` is where its section
    begins and ends. One `in_confidence` has a mark of that, or stands in a section with one.
    """

    topics: Mapping[str, str] = field(default_factory=dict, hash=False)
    lang: str = ""
    words: frozenset[tuple[str, str]] = frozenset()
    meeting: str = ""
    days: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    section: tuple[int, int] = (0, 0)
    in_confidence: bool = False


@lru_cache(maxsize=2048)
def read_filings(
    text: str, template: str, topics: tuple[str, ...], languages: tuple[str, ...] = ()
) -> tuple[Filing, ...]:
    """The updates on a page in their order; `languages` are those in which headings may name a month.

    What was read is remembered: several jobs ask for the same updates.
    """
    found = outermost(text, template)
    parts = sections(text) if found else ()
    marked = marked_sections(text, parts)
    placed = ((call, _section(call, parts)) for call in found)
    return tuple(_filing(call, topics, one, languages, in_confidence=one in marked) for call, one in placed)


def stray_text(text: str, template: str, places: Iterable[tuple[int, int]] | None = None) -> bool:
    """Whether words stand outside the updates of a page, or of these sections of it, where no agenda shows them."""
    found = outermost(text, template)
    starts = [call.start for call in found]
    for start, end in [(0, len(text))] if places is None else places:
        at, pieces = start, []
        for call in found[bisect_left(starts, start) : bisect_left(starts, end)]:
            pieces.append(text[at : call.start])
            at = call.end
        left = "".join((*pieces, text[at:end]))
        if left.strip() and has_prose(left):
            return True
    return False


def _section(call: Call, parts: tuple[Section, ...]) -> Section:
    return parts[bisect_right(parts, call.start, key=lambda part: part.start) - 1]


def _filing(
    call: Call, topics: tuple[str, ...], section: Section, languages: tuple[str, ...], *, in_confidence: bool
) -> Filing:
    lang = call.fields.get("lang", "").lower()
    texts = {topic: _uncut(call.fields.get(topic, "")) for topic in topics}
    days = (days_in(heading, languages) for heading in section.headings)
    return Filing(
        topics={topic: text for topic, text in texts.items() if text},
        lang=lang if LANGUAGE.fullmatch(lang) else "",
        words=frozenset((name, value) for name, value in call.fields.items() if value),
        meeting=call.fields.get("meeting", ""),
        days=next((found for found in days if found), ()),
        flaws=tuple(dict.fromkeys(_flaws(call, topics))),
        section=(section.start, section.end),
        in_confidence=in_confidence,
    )


def _uncut(text: str) -> str:
    """A field's text without the brace that is left of a table: `{|` ends the field between its two signs."""
    return text[:-1].rstrip() if text.endswith("{") else text


def _flaws(call: Call, topics: tuple[str, ...]) -> Iterator[Flaw]:
    """What is wrong with a call's fields. What follows a table's beginning are the table's cells, and no fields."""
    in_table = False
    seen: dict[str, str] = {}
    for name, value in call.parts:
        if name is not None and name in (*topics, *OTHER_FIELDS):
            in_table = name in topics and value.endswith("{")
            if in_table:
                yield Flaw("update-table-field", (_label(name, topics),))
            if seen.get(name) and name != _NOT_TYPED:
                yield Flaw("update-doubled-field", (_label(name, topics),))
            seen[name] = seen.get(name) or value
        elif value and not in_table:
            yield Flaw("update-odd-field", (name,)) if name and not name.isdecimal() else Flaw("update-cut-field")
    lang = call.fields.get("lang", "")
    if lang and not LANGUAGE.fullmatch(lang.lower()):
        yield Flaw("update-odd-language", (lang,))


def _label(name: str, topics: tuple[str, ...]) -> Label:
    return Label(f"topic-{name}" if name in topics else f"field-{name.replace(' ', '-')}")
