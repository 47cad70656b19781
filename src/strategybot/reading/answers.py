"""Answers to relays by call of a template, on a page of relays or in a field of a group's update.

    {{Steering group/Answer
    | relay = Survey
    | group = Diversity
    | text = We have sent it to all.
    | read =
    }}

The link “Read” fills in `read` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from strategybot.reading.confidence import is_marked, marked_sections
from strategybot.wikitext.calls import all_outermost, outermost
from strategybot.wikitext.sections import sections

_NO = ("", "no", "non", "nein", "لا")
"""What says in the field `read` that it wasn't."""


@dataclass(frozen=True)
class Said:
    """One call to the letter: to which relay, for which group (empty where it names none), and what it says."""

    relay: str
    group: str = ""
    text: str = ""
    read: str = ""

    @property
    def is_read(self) -> bool:
        """Whether it only says that the relay was read."""
        return not self.text

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: a form that nobody has filled in yet."""
        return self.is_read and self.read.casefold() in _NO


@lru_cache(maxsize=2048)
def read_answers(text: str, template: str, relay: str = "") -> tuple[Said, ...]:
    """The answers on a page in their order; `relay` is the one that is meant where none is typed.

    What bears a mark of confidence is no answer, nor is one in a call or a section that bears one.
    """
    return tuple(one for one, is_open in _read(text, template, relay) if is_open)


def answers_in_confidence(text: str, template: str) -> tuple[Said, ...]:
    """Those that bear a mark of confidence, or stand in a call or a section that bears one."""
    return tuple(one for one, is_open in _read(text, template) if not is_open)


def _read(text: str, template: str, relay: str = "") -> Iterator[tuple[Said, bool]]:
    """All answers on a page, and whether they are for all."""
    found = [(one, outermost(one.text, template)) for one in all_outermost(text)]
    marked = marked_sections(text, sections(text)) if is_marked(text) else ()
    for outer, calls in found:
        is_open = not any(part.start <= outer.start < part.end for part in marked)
        for given in (call.fields for call in calls):
            name = _id(given.get("relay", "")) or relay
            said = Said(name, *(given.get(name, "") for name in ("group", "text", "read")))
            if said.relay and not said.is_empty:
                yield said, is_open


def _id(typed: str) -> str:
    """An id as those of relays are spelled."""
    return " ".join(typed.replace("_", " ").split())
