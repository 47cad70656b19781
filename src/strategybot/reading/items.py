"""Single points in a text, the items of its lists or its paragraphs, and what kind of need they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MARKER = re.compile(r"[*#:;]+|-{4,}")


def items(text: str) -> tuple[str, ...]:
    """The points of a text in their order: each list item with what is indented below it, each paragraph."""
    points: list[str] = []
    in_paragraph = False
    for line in text.split("\n"):
        marker = _MARKER.match(line)
        words = line[marker.end() :].strip() if marker else line.strip()
        if words and marker and len(marker[0]) > 1 and points:
            points[-1] += f"<br>{words}"
        elif words and in_paragraph and not marker:
            points[-1] += f" {words}"
        elif words:
            points.append(words)
        in_paragraph = bool(words) and not marker
    return tuple(points)


def kind_of_need(point: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The kind whose words come first in a point ("Travel: visas for two" is travel), or "other".

    `words` gives for each kind the words, in lower case and any language, that tell it; a word counts where one
    of the point's words begins with it.
    """
    found: list[tuple[int, str]] = []
    lowered = point.casefold()
    for kind, stems in words.items():
        places = [match.start() for stem in stems if (match := re.search(rf"\b{re.escape(stem)}", lowered))]
        if places:
            found.append((min(places), kind))
    return min(found)[1] if found else "other"
