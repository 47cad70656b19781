"""Slots: the marked places of a generated page that are for people to write in.

<!-- slot:proposed -->
* a topic that somebody proposes
<!-- /slot:proposed -->
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

_START = re.compile(r"<!-- slot:(?P<name>[a-z-]+) -->")


@dataclass(frozen=True)
class _Slot:
    """A slot: its name, and what stands before it (from the slot before), and its text."""

    name: str
    before: str
    text: str


def slot(text: str, name: str) -> str | None:
    """What people wrote in a slot, or None where the page has no such slot."""
    found = next((one for one in _cut(text)[0] if one.name == name), None)
    return found.text.strip("\n") if found else None


def filled(text: str, name: str, written: str) -> str:
    """The text with what people wrote put into its slot of that name, to the letter."""
    inside = f"\n{written}\n" if written else "\n"
    return _with(text, lambda one: inside if one.name == name else one.text)


def refilled(text: str, other: str) -> str:
    """The text with what stands in the slots of another version of it."""
    texts = {one.name: one.text for one in _cut(other)[0]}
    return _with(text, lambda one: texts.get(one.name, one.text))


def substitutes(text: str) -> bool:
    """Whether something in a slot would be substituted when the page is saved, in the name of whoever saves it.

    It stands there because it couldn't be substituted when it was written: its template didn't exist.
    """
    return any(re.search(r"\{\{\s*(safe)?subst\s*:", one.text, re.IGNORECASE) for one in _cut(text)[0])


def emptied(text: str) -> str:
    """The text with nothing in its slots: what is not for people to write."""
    return _with(text, lambda _: "")


def vacant(text: str) -> bool:
    """Whether nothing stands outside the slots: what is left of a page that people hand over."""
    found, rest = _cut(text)
    return not "".join((*(one.before for one in found), rest)).strip()


def _with(text: str, written: Callable[[_Slot], str]) -> str:
    """The text with something else in each slot."""
    found, rest = _cut(text)
    parts = [f"{one.before}<!-- slot:{one.name} -->{written(one)}<!-- /slot:{one.name} -->" for one in found]
    return "".join((*parts, rest))


def _cut(text: str) -> tuple[list[_Slot], str]:
    """A page's slots in their order, and what follows the last.

    A page has one slot of a name. So it begins at the first mark of its start and ends at the last of its end: one
    that somebody writes between them ends nothing.
    """
    found: list[_Slot] = []
    at = 0
    ends: dict[str, int] = {}
    for start in _START.finditer(text):
        name = start["name"]
        if name not in ends:
            ends[name] = text.rfind(f"<!-- /slot:{name} -->")
        end = ends[name]
        if at <= start.start() and start.end() <= end:
            found.append(_Slot(name, text[at : start.start()], text[start.end() : end]))
            at = end + len(f"<!-- /slot:{name} -->")
    return found, text[at:]


def digest(text: str) -> str:
    """A short fingerprint of a page without what stands in its slots."""
    return hashlib.sha256(emptied(text).strip().encode()).hexdigest()[:10]
