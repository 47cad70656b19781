"""The parts of a wikitext that a wiki takes verbatim: comments, and what stands inside certain tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# MediaWiki brings the first five; the others come with the extensions that Wikimedia's wikis have in common.
_TAGS = (
    *("nowiki", "pre", "gallery", "indicator", "langconvert"),
    *("categorytree", "ce", "chem", "imagemap", "inputbox", "maplink", "mapframe", "math", "poem", "ref", "references"),
    *("score", "source", "syntaxhighlight", "templatedata", "templatestyles", "timeline"),
)
_OPENING = re.compile(rf"<!--|<({'|'.join(_TAGS)})(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
_COMMENT_END = re.compile(r"-->|\Z")
_CLOSINGS = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in _TAGS}


def outside_verbatim(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied to each stretch between verbatim parts."""
    return "".join(piece if verbatim else change(piece) for piece, verbatim in _pieces(text))


def without_verbatim(text: str) -> str:
    """The text without its verbatim parts."""
    return "".join(piece for piece, verbatim in _pieces(text) if not verbatim)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The whole text in pieces, each with whether it is verbatim."""
    end = 0
    for part in _verbatim_parts(text):
        yield text[end : part.start], False
        yield text[part], True
        end = part.stop
    yield text[end:], False


def _verbatim_parts(text: str) -> Iterator[slice]:
    """Where verbatim parts stand: a comment may be left open, a tag that is never closed is none.

    A tag found to be open isn't looked for again, so that a row of them takes no time.
    """
    position = 0
    open_tags: set[str] = set()
    while opening := _OPENING.search(text, position):
        position = opening.end()
        tag = (opening[1] or "").lower()
        if tag in open_tags:
            continue
        closing = (_CLOSINGS[tag] if tag else _COMMENT_END).search(text, position)
        if closing:
            position = closing.end()
            yield slice(opening.start(), position)
        else:
            open_tags.add(tag)
