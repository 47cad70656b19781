"""The merge that MediaWiki makes where two edits meet."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import partial

from merge3 import Merge3

from strategybot.wiki.characters import trimmed

# Without this, difflib doesn't take the empty lines of a long page for equal.
_MATCHER = partial(SequenceMatcher, autojunk=False)


def merged(base: str, ours: str, theirs: str) -> str | None:
    """The text with both changes of `base`, line by line, as diff3 makes it; None where they touch each other."""
    groups = list(Merge3(*map(_lines, (base, ours, theirs)), sequence_matcher=_MATCHER).merge_groups())
    if any(kind == "conflict" for kind, *_ in groups):
        return None
    return "".join(line for _, lines in groups for line in lines)


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in trimmed(text).split("\n")]
