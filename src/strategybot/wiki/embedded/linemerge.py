"""The merge that MediaWiki makes where two edits meet."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import partial
from typing import Any

from merge3 import Merge3

from strategybot.wiki.characters import trimmed

# Without this, difflib passes over the lines that are frequent on a long page, such as empty ones.
_MATCHER: Any = partial(SequenceMatcher, autojunk=False)


def merged(base: str, ours: str, theirs: str) -> str | None:
    """The text with both changes of `base`, line by line, as diff3 makes it; None where they touch each other."""
    text = ""
    merge = Merge3(_lines(base), _lines(ours), _lines(theirs), sequence_matcher=_MATCHER)
    for kind, *lines in merge.merge_groups():
        if kind == "conflict":
            return None
        text += "".join(lines[0])
    return text


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in trimmed(text).split("\n")]
