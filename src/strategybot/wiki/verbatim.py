"""The parts of a wikitext that a wiki takes verbatim: comments, and what stands inside certain tags."""

from __future__ import annotations

import re
from collections.abc import Callable

# The tags of the extensions that Wikimedia's wikis have in common; MediaWiki itself brings the first five.
_TAGS = (
    "nowiki|pre|gallery|indicator|langconvert|categorytree|ce|chem|imagemap|inputbox|maplink|mapframe|math|poem|ref|"
    "references|score|source|syntaxhighlight|templatedata|templatestyles|timeline"
)
_VERBATIM = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({_TAGS})(?:\s[^>]*)?(?<!/)>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)


def outside_verbatim(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied to each stretch between verbatim parts."""
    pieces, end = [], 0
    for verbatim in _VERBATIM.finditer(text):
        pieces += [change(text[end : verbatim.start()]), verbatim[0]]
        end = verbatim.end()
    return "".join([*pieces, change(text[end:])])


def without_verbatim(text: str) -> str:
    """The text without its verbatim parts."""
    return _VERBATIM.sub("", text)
