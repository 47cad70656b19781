"""What a page's text is made of, for merging: headings, sentences, calls of templates, elements.

A paragraph is one line of wikitext, so that lines are too coarse for two people's changes to be told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Characters of scripts that put no spaces between words: each is taken for a word."""

_WORD = re.compile(rf"[{SPACELESS}]|[^\W{SPACELESS}]+")
_HEADING = re.compile(r"(?P<signs>={1,6})(?P<words>.+?)(?P=signs)\s*(?:<!--.*?-->\s*)*")
_ANCHOR = re.compile(r"\|id=([^|{}]+)")
_OF_GROUP = re.compile(r"\{\{(?P<name>[^|{}]+)\|group=(?P<group>[^|{}]*)")
_SOURCE = re.compile(r"\{\{[^{}]*\|group=(?P<group>[^|{}]*)[^{}]*\}\}")
_MARKUP = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}")
_SENTENCE = re.compile(r"(?P<text>.+?(?:[.!?…؟۔।]+(?=\s+(?!\{\{))|[。！？]+(?!\s*\{\{)|\s*$))(?P<space>\s*)")
_OPENS = re.compile(r"\s*<(?P<name>div|blockquote)\b[^>]*>\s*")
_NO_PROSE = ("=", "{{", "{|", "|", "!", "<", "[[")
"""What a line begins with that isn't cut into sentences: markup whose parts belong together."""


@dataclass(eq=False)
class Unit:
    """A piece of a page's text, with the white space before it (`lead`) and its `place` in the order of all.

    `inner` is what stands within an element, without its tags; None where the unit isn't one. `section` is the
    heading that it stands under.
    """

    text: str
    lead: str
    place: int
    section: Unit | None = None
    inner: str | None = None

    @cached_property
    def words(self) -> Counter[str]:
        """How often it has each word. Where it has none, its markup's words are taken, or its signs for one."""
        text = self.text.casefold()
        return Counter(_WORD.findall(_MARKUP.sub(" ", text)) or _WORD.findall(text) or [text])

    @cached_property
    def source(self) -> tuple[str, str]:
        """The group whose statement it is, and the call that says where it comes from; both empty where none does."""
        found = _SOURCE.search(self.text) if self.inner is None else None
        return (found["group"].strip(), found[0]) if found else ("", "")

    @cached_property
    def heading(self) -> str:
        """The words of a heading; empty where the unit is none."""
        found = _HEADING.fullmatch(self.text)
        return found["words"].strip() if found else ""

    @cached_property
    def key(self) -> str:
        """What tells it from others of its kind whatever else it says; empty for most.

        A heading's anchor or words, or the group that a call of a template is about: VisualEditor keeps all of them.
        """
        if self.heading:
            anchor = _ANCHOR.search(self.text)
            return f"#{anchor[1] if anchor else ' '.join(self.heading.split()).casefold()}"
        found = _OF_GROUP.match(self.text)
        return f"{found['name']}|{found['group']}" if found else ""

    def likeness(self, other: Unit) -> float:
        """How much of two units' words is the same, from 0 to 1 (Dice's coefficient); 1 where the key is."""
        if self.text == other.text:
            return 1.0
        if bool(self.heading) != bool(other.heading) or (self.inner is None) != (other.inner is None):
            return 0.0
        if self.key or other.key:
            return float(self.key == other.key)
        if self.source[0] != other.source[0] and self.source[0] and other.source[0]:
            return 0.0
        return 2 * (self.words & other.words).total() / (self.words.total() + other.words.total())


def units(text: str) -> tuple[Unit, ...]:
    """The units of a text, in order: with what leads to each they are all of it, but white space at its ends."""
    found: list[Unit] = []
    section: Unit | None = None
    for piece, lead, inner in _pieces(text.split("\n")):
        unit = Unit(piece, lead, len(found), section, inner)
        section = unit if unit.heading else section
        found.append(unit)
    return tuple(found)


def _pieces(lines: Sequence[str]) -> Iterator[tuple[str, str, str | None]]:
    """For each unit its text, the white space before it, and what stands within it if it is an element."""
    number, lead = 0, "\n"
    while number < len(lines):
        end = _end_of_element(lines, number)
        if end - number > 1:
            yield "\n".join(lines[number:end]), lead, "\n".join(lines[number + 1 : end - 1])
        else:
            for sentence, space in _sentences(lines[number]):
                yield sentence, lead, None
                lead = space
        lead = "\n" if lines[number].strip() else f"{lead}\n"
        number = end


def _sentences(line: str) -> list[tuple[str, str]]:
    """The sentences of a line, each with the white space that follows it."""
    if not line.strip():
        return []
    return (
        [(line, "")]
        if line.startswith(_NO_PROSE)
        else [(one["text"], one["space"]) for one in _SENTENCE.finditer(line)]
    )


def _end_of_element(lines: Sequence[str], start: int) -> int:
    """The number of the line after an element whose tags stand on lines of their own, or after this line."""
    opening = _OPENS.fullmatch(lines[start])
    if not opening:
        return start + 1
    tags = re.compile(rf"<(/?){opening['name']}\b[^>]*>")
    depth = 0
    for number in range(start, len(lines)):
        depth += sum(-1 if tag[1] else 1 for tag in tags.finditer(lines[number]))
        if depth <= 0:
            return number + 1 if lines[number].strip() == f"</{opening['name']}>" else start + 1
    return start + 1
