"""Whether two notes are of one matter: the same words, or words alike enough.

Bo to send the travel list · Bo will send the travel list to all      the same
Book the room in Lyon · Book the room in Berlin                       not: what differs is what matters
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from strategybot.model.minutes import Named

ALIKE = 0.72
"""From which likeness on two texts are of one matter."""

_MARKUP = re.compile(
    r"<!--.*?-->|<[^<>]*>|\[\[(?:[^|\[\]]*\|)?|\]\]|\[(?:https?:)?//\S+\s?|https?://\S+|'{2,}|\{\{[^{}|]*\|?|\}\}|&#?\w+;",
    re.DOTALL,
)
# fmt: off
_SMALL = frozenset([
    "a", "an", "the", "to", "of", "for", "in", "on", "at", "by", "and", "or", "with", "from", "will", "shall",
    "should", "is", "are", "be", "it", "its", "this", "that", "as", "we", "our", "their",
    "le", "la", "les", "un", "une", "des", "du", "de", "d", "l", "à", "au", "aux", "en", "et", "ou", "pour",
    "par", "sur", "dans", "avec", "ce", "cette", "ces", "son", "sa", "ses", "leur", "leurs", "va", "vont",
    "doit", "sera", "est", "sont", "être", "que", "qui",
    "der", "die", "das", "ein", "eine", "und", "oder", "zu", "im", "el", "los", "las", "y", "para", "con",
])
# fmt: on
"""Words that join others, in English and French above all: they tell no matter from another."""

_NUMBER = re.compile(r"\d+")
_LEAST_SHARED = 2


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without markup, signs, capitals and accents."""
    seen = unicodedata.normalize("NFKD", _MARKUP.sub(" ", text).casefold())
    return tuple(re.findall(r"\w+", "".join(one for one in seen if not unicodedata.combining(one))))


@lru_cache(maxsize=4096)
def fingerprint(text: str) -> str:
    """A short sign of a text's words: the same for texts that say the same in the same words."""
    return hashlib.sha256(" ".join(words_of(text)).encode()).hexdigest()[:10]


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[str, ...]:
    """The words that tell what it is about: all, where there are none but small ones."""
    words = words_of(text)
    return tuple(word for word in words if word not in _SMALL) or words


def likeness(one: str, other: str) -> float:
    """How much two texts are of one matter, from 0 to 1.

    A number that only one of them has tells two matters apart, and so does what each of them has in the place of the
    other's: who only adds a few words goes on about the same. One word is too little to go by.
    """
    first, second = _telling(one), _telling(other)
    if not first or not second:
        return float(first == second)
    if set(_NUMBER.findall(" ".join(first))) ^ set(_NUMBER.findall(" ".join(second))):
        return 0.0
    if first == second:
        return 1.0
    matched = [_counterpart(word, second) for word in first]
    shared = sum(score for score, _ in matched)
    if round(shared) < _LEAST_SHARED or shared <= max(len(first), len(second)) / 2:
        return 0.0
    used = Counter(found for _, found in matched if found)
    mine = [word for word, (_, found) in zip(first, matched, strict=True) if not found]
    theirs = [word for word in second if not used[word]]
    covers = shared / min(len(first), len(second))
    replaced = min(len(mine), len(theirs)) / min(len(first), len(second))
    return max(0.0, min(1.0, covers) - replaced)


def _counterpart(word: str, others: Sequence[str]) -> tuple[float, str]:
    """How surely a word stands among others, in another form perhaps ("survey", "surveys"), and which one that is."""
    if word in others:
        return 1.0, word
    close = [
        one for one in others if len(one) > 3 and len(word) > 3 and one[:3] == word[:3] and _ratio(word, one) > 0.72
    ]
    return (0.9, close[0]) if close else (0.0, "")


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def compatible(owners: Sequence[Named], others: Sequence[Named]) -> bool:
    """Whether what two sets of owners promised may be one thing: one of them is in both, or one set is empty."""
    mine, theirs = ({word for one in some for word in words_of(one.name)[:1]} for some in (owners, others))
    return not mine or not theirs or bool(mine & theirs)
