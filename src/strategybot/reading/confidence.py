"""Marks of confidence: what somebody filed on a public page though it is for a few people's eyes only.

A mark is a word such as “Confidential” that begins a line, a field or a sentence and is cut off from what follows
(“Confidential: …”, “In confidence, …”), or stands alone there, in brackets or in bold (so also as a template, a comment
or a field), or a sentence that asks for it (“keep this confidential”). All languages' words count, in whatever language
a process works. It is for the whole section that it stands in. To see a mark where there is none keeps a text off the
bot's pages until somebody rewords it; to miss one can't be mended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from strategybot.wikitext.references import unescape
from strategybot.wikitext.sections import Section
from strategybot.writing.texts import codes, words

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff\u064b-\u0652]")
_MARKUP = re.compile(r"</?[a-z][^<>]*>|'{2,}", re.IGNORECASE)
_BEGINNING = re.compile(r"(?:[\n|=]|[.!?؟…:–—-]\s)[^\w\n]{0,20}\Z")
"""What stands before a word that begins a line, a field or a sentence."""

_FAR = 24
"""How much of a text is looked at for that."""

_CUT_OFF = r"(?<!\w)«word»(?:[^\w\n]*$|\s*[.,!:;=/،؛—–\])}|]|\s+-)"
_MARK = (
    r"(?:[(\[{|=【「>]|''|!--)\s*«word»[\s!.:]*(?:[)\]}|=】」<]|''|--|$)"
    r"|(?<!\w)«phrase»(?!\w)"
)


@lru_cache(maxsize=2048)
def is_marked(text: str) -> bool:
    """Whether a text of wiki markup bears a mark of confidence."""
    seen = _seen(unescape(text)).replace("_", " ")
    return any(_bears_mark(f"\n{one}") for one in (seen, _MARKUP.sub("", seen)))


def marked_sections(text: str, parts: Sequence[Section]) -> frozenset[Section]:
    """Those of a text's sections that bear a mark, and those below them; what stands above all headings is for all."""
    found: list[Section] = []
    above: int | None = None
    for part in parts if is_marked(text) else ():
        if above is None or part.level <= above:
            above = part.level if is_marked(text[part.start : part.end]) else None
        found += [part] if above is not None else []
    return frozenset(found)


def _bears_mark(text: str) -> bool:
    """The same of a text without disguises. Most have none of the words, and that is seen at once."""
    folded = text.casefold()
    if not any(word in folded for word in _telling()):
        return False
    cut_off = (one.start() for one in _pattern(_CUT_OFF).finditer(text))
    begins = any(_BEGINNING.search(text[max(0, start - _FAR) : start]) for start in cut_off)
    return begins or bool(_pattern(_MARK).search(text))


def _seen(text: str) -> str:
    """A text without signs that nobody sees, and with the plain ones in place of those that look like them."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


@cache
def _pattern(source: str) -> re.Pattern[str]:
    source = source.replace("«word»", _any("confidence-marks")).replace("«phrase»", _any("confidence-phrases"))
    return re.compile(source, re.IGNORECASE | re.MULTILINE)


@cache
def _telling() -> frozenset[str]:
    """The longest word of each mark and each phrase."""
    listed = (*_listed("confidence-marks"), *_listed("confidence-phrases"))
    return frozenset(max(phrase.casefold().split(), key=len) for phrase in listed)


def _any(key: str) -> str:
    """Any of a list's words, in any language."""
    ordered = sorted(_listed(key), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")"


def _listed(key: str) -> frozenset[str]:
    """A list's words, in all languages."""
    listed = {phrase for code in codes() for phrase in words(code).get(key, "").split(",")}
    return frozenset({_seen(phrase).strip() for phrase in listed} - {""})
