"""A finding: one thing that is wrong with a set-up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from strategybot.model.page import Title


class Severity(Enum):
    """A fault keeps the bot, or part of what it promises, from working; a hint is good to know."""

    FAULT = "fault"
    HINT = "hint"


@dataclass(frozen=True)
class Finding:
    """`key` names the sentence with the remedy (`doctor-<key>` in i18n/), `words` fill its $1, $2 and so on.

    `page` is where it is to be seen or mended, None where that is no page of the wiki.
    """

    key: str
    severity: Severity
    words: tuple[str, ...] = ()
    page: Title | None = None


def fault(key: str, *words: str, page: Title | None = None) -> Finding:
    """A finding that must be mended."""
    return Finding(key, Severity.FAULT, words, page)


def hint(key: str, *words: str, page: Title | None = None) -> Finding:
    """A finding that is good to know."""
    return Finding(key, Severity.HINT, words, page)
