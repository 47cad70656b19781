"""Merging two changes of one sentence, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from strategybot.wikitext.units import SPACELESS

_TOKEN = re.compile(rf"[{SPACELESS}]|[^\W{SPACELESS}]+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Change:
    """The tokens from `start` to `end` of a sentence give way to others; where both are the same, others come in."""

    start: int
    end: int
    tokens: tuple[str, ...]

    def meets(self, other: Change) -> bool:
        """Whether two changes replace the same tokens, or one comes in where the other replaces."""
        if self.start == self.end or other.start == other.end:
            return self.start < other.end and other.start < self.end
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True)
class Line:
    """A merged sentence; `clashed` are the words of people's in whose place the bot wanted others."""

    text: str
    clashed: tuple[str, ...] = ()


def merge_words(base: str, ours: str, theirs: str) -> Line:
    """Both changes of a sentence. Where they meet, theirs stays."""
    tokens = _TOKEN.findall(base)
    mine = changes(tokens, _TOKEN.findall(theirs))
    clashed: list[str] = []
    kept: list[Change] = []
    for change in changes(tokens, _TOKEN.findall(ours)):
        met = [one for one in mine if one.meets(change)]
        if met and met != [change]:
            clashed.append("".join(token for one in met for token in one.tokens).strip())
        if not met and change not in mine:
            kept.append(change)
    return Line(_applied(tokens, sorted([*mine, *kept], key=lambda one: (one.start, one.end))), tuple(clashed))


def added(before: str, after: str) -> str:
    """The words that a later version of a sentence has and the earlier one hadn't."""
    made = changes(_TOKEN.findall(before), _TOKEN.findall(after))
    return " ".join("".join(change.tokens).strip() for change in made if change.tokens).strip()


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What changed between two lists of tokens; words replaced side by side are one change."""
    found: list[Change] = []
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        tokens = tuple(after[first:last])
        if found and _side_by_side(before, found[-1], start, end):
            found[-1] = Change(found[-1].start, end, (*found[-1].tokens, *before[found[-1].end : start], *tokens))
        else:
            found.append(Change(start, end, tokens))
    return found


def _side_by_side(before: Sequence[str], change: Change, start: int, end: int) -> bool:
    between = before[change.end : start]
    return change.end > change.start and end > start and all(token.isspace() for token in between)


def _applied(tokens: Sequence[str], made: Sequence[Change]) -> str:
    """A sentence with its changes. What comes in from two sides in one place doesn't grow into one word."""
    parts: list[str] = []
    at = 0
    for change in made:
        parts += tokens[at : change.start]
        if change.start == change.end and parts and change.tokens and _grow_together(parts[-1], change.tokens[0]):
            parts.append(" ")
        parts += change.tokens
        at = max(at, change.end)
    return "".join([*parts, *tokens[at:]])


def _grow_together(before: str, after: str) -> bool:
    return before[-1:].isalnum() and after[:1].isalnum()
