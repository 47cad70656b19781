"""Slots: the marked places of a generated page that are for people to write in.

<!-- slot:proposed -->
* a topic that somebody proposes
<!-- /slot:proposed -->
"""

from __future__ import annotations

import hashlib
import re

_SLOT = re.compile(
    r"(?P<start><!-- slot:(?P<name>[a-z-]+) -->)(?P<text>.*?)(?P<end><!-- /slot:(?P=name) -->)", re.DOTALL
)


def slot(text: str, name: str) -> str | None:
    """What people wrote in a slot, or None where the page has no such slot. The first one counts."""
    found = next((match for match in _SLOT.finditer(text) if match["name"] == name), None)
    return found["text"].strip("\n") if found else None


def filled(text: str, name: str, written: str) -> str:
    """The text with what people wrote put into its slots of that name, to the letter."""
    inside = f"\n{written}\n" if written else "\n"
    return _SLOT.sub(lambda found: found["start"] + inside + found["end"] if found["name"] == name else found[0], text)


def substitutes(text: str) -> bool:
    """Whether something in a slot would be substituted when the page is saved, in the name of whoever saves it.

    It stands there because it couldn't be substituted when it was written: its template didn't exist.
    """
    return any(re.search(r"\{\{\s*(safe)?subst\s*:", found["text"], re.IGNORECASE) for found in _SLOT.finditer(text))


def emptied(text: str) -> str:
    """The text with nothing in its slots: what is not for people to write."""
    return _SLOT.sub(lambda found: found["start"] + found["end"], text)


def digest(text: str) -> str:
    """A short fingerprint of a page without what stands in its slots."""
    return hashlib.sha256(emptied(text).strip().encode()).hexdigest()[:10]
