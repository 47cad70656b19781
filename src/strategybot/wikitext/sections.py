"""Sections of a page, and whether there is anything to read in a text beside its templates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from strategybot.wikitext.preprocessor import opaque

_HEADING = re.compile(r"^(?P<signs>={1,6})(?P<words>.+?)(?P=signs)[ \t]*$", re.MULTILINE)
_UNSAID = re.compile(
    r"<noinclude\s*>.*?(?:</noinclude\s*>|\Z)"
    r"|^[ \t]*(?:\[\[[^\[\]|:]+:[^\[\]\n]*\]\][ \t]*)+$"  # categories, in any language, and the like
    r"|__[^\W_]+__|</?[a-z][^<>]*>|&\#?\w+;",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Section:
    """A part of a page from its heading (or the page's start) to the next heading.

    `headings` are the words of its own heading and of those above it, the innermost first; `level` is its own one's.
    """

    start: int
    end: int
    headings: tuple[str, ...] = ()
    level: int = 0


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a page in their order; what stands above the first heading is one as well."""
    found = list(_HEADING.finditer(masked(text))) if re.search("^=", text, re.MULTILINE) else []
    starts = [0, *(heading.start() for heading in found), len(text)]
    made = [Section(0, starts[1])]
    open_headings: list[tuple[int, str]] = []
    for number, heading in enumerate(found, 1):
        level = len(heading["signs"])
        words = text[heading.start("words") : heading.end("words")].strip()
        open_headings = [(level, words), *(above for above in open_headings if above[0] < level)]
        made.append(Section(starts[number], starts[number + 1], tuple(words for _, words in open_headings), level))
    return tuple(made)


def has_prose(text: str) -> bool:
    """Whether a text has words that are no heading, and stand in no template, comment or the like."""
    return bool(re.search(r"\w", _UNSAID.sub("", _HEADING.sub("", masked(text)))))


def masked(text: str) -> str:
    """The text with spaces for its templates, comments and what MediaWiki doesn't read as wikitext."""
    characters = list(text)
    for start, end in opaque(text):
        characters[start:end] = " " * (end - start)
    return "".join(characters)
