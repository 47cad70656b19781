"""What a heading in minutes says of the lines under it, and what it is called in addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from strategybot.model.minutes import Kind, Place
from strategybot.reading.vocabulary import Vocabulary
from strategybot.wikitext.pieces import SIGN, Pieced
from strategybot.wikitext.references import unescape

_NUMBERING = re.compile(r"\A[\W_]*(?:\d{1,3}(?:[.)]\d{0,3})*[.)]?\s+)?")
_LONGEST = 200
ROLES = ("participants", "apologies", "minute-taker")
"""What people may be listed as."""

_KINDS = (("action", Kind.ACTION), ("decision", Kind.DECISION))


@dataclass(frozen=True)
class Scope:
    """What stands under a heading: things of some kinds, none (nobody expects any there), or None where it doesn't say.

    `people`: those who are listed there, as one of `ROLES`. `earlier`: things of an earlier meeting.
    """

    kinds: frozenset[Kind] | None = None
    people: str = ""
    earlier: bool = False


@lru_cache(maxsize=4096)
def scope(words: str, vocabulary: Vocabulary) -> Scope:
    """What a heading says, a title between paragraphs, or an item with others below it."""
    if len(words) > _LONGEST:
        return Scope()
    bare = _NUMBERING.sub("", words, count=1)
    for role in ROLES:
        if vocabulary.are(role, bare):
            return Scope(frozenset(), role)
    earlier = bool(vocabulary.pattern("«earlier»").search(bare))
    if vocabulary.pattern(r"(?:[\W\d_]*+(?:«action+decision+earlier+carried+beside»))++[\W\d_]*+").fullmatch(bare):
        told = vocabulary.pattern(r"«decision»(?=\s+«action»)").sub("", bare)
        kinds = frozenset(kind for name, kind in _KINDS if vocabulary.pattern(f"«{name}»").search(told))
        if kinds:
            return Scope(kinds, earlier=earlier or bool(vocabulary.pattern("«carried»").search(bare)))
    talked = vocabulary.pattern(r"(?:[\W\d_]*+(?:«discussion+beside+earlier»))++[\W\d_]*+").fullmatch(bare)
    return Scope(frozenset() if talked and vocabulary.pattern("«discussion»").search(bare) else None, earlier=earlier)


def scope_of(above: Iterable[str], vocabulary: Vocabulary) -> Scope:
    """What all that a line stands under says of it, given from the outermost: the nearest that says what it is."""
    said = [scope(words, vocabulary) for words in above]
    nearest = next((one for one in said[::-1] if one.kinds is not None), Scope())
    return Scope(nearest.kinds, nearest.people, any(one.earlier for one in said))


def readable(words: str, pieced: Pieced) -> str:
    """The words of a heading as readers see them; empty where a template makes some of them."""
    pieces = list(pieced.pieces_in(words))
    if any(not piece.label for piece in pieces):
        return ""
    labels = iter(piece.label for piece in pieces)
    shown = re.sub(SIGN, lambda _: next(labels), words)
    return " ".join(unescape(re.sub(r"</?[a-zA-Z][^<>]*>|''+", "", shown)).split())


def places(headings: Iterable[str]) -> list[Place]:
    """The headings of a page, as readers see them, with the anchors that MediaWiki gives them: each another one."""
    taken: Counter[str] = Counter()
    found = []
    for heading in headings:
        name = heading.replace(" ", "_")
        taken[name.lower()] += 1
        number = taken[name.lower()]
        found.append(Place(heading, f"{name}_{number}" if number > 1 and name else name))
    return found
