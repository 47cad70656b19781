"""The ledger of letters: what the bot's own account remembers of them, so that each is sent once.

Every letter has a private option of its own, whose name ends with the letter's reference:

    userjs-strategybot-1b2c3d4e-90ab12cd    sent 2026-12-10 5e6f70819203 a4b5c6d7e8f9

It says `sending` before the letter is sent and `sent` after. The rest are the keys of what the letter is about, which
tell nobody what that is. As no two letters share an option, two processes of the bot can't undo each other's notes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from strategybot.model.page import Title
from strategybot.model.process import Process

SENDING, SENT = "sending", "sent"

LEDGERS = "userjs-strategybot-"
"""What the names of all options begin with that are about letters."""

MOST_KEYS = 1000
"""How many keys a letter has at most: MediaWiki's options hold 65,530 bytes."""

_UNSURE = (
    "The letter {reference} to the contact {contact} may have been sent or not, and isn't sent again: ask {contact} "
    "for one that ends with this reference. As the bot, with action=options in the wiki's API, set the option {option} "
    "to the value that it has with “sent” in place of “sending” where the letter has come, and to none where it hasn't."
)

_MOST_ENTRIES = 50
"""How many letters are remembered though what they were about stands nowhere any more."""


@dataclass(frozen=True)
class Entry:
    """What is remembered of a letter: the option's name, the state, the day of sending and what it was about."""

    name: str
    state: str
    day: str
    keys: frozenset[str]

    @property
    def reference(self) -> str:
        """The words by which the letter is known, at its end and here."""
        return self.name.rpartition("-")[2]

    @property
    def value(self) -> str:
        """The option's value."""
        return " ".join([self.state, self.day, *sorted(self.keys)])


def ledger_of(process: Process, matter: str = "") -> str:
    """What the names of all options begin with that are about a process's letters, or those of one matter.

    Who lets go of notes has to know all that its ledger is about: so those who know different things have their own.
    """
    return f"{LEDGERS}{_digest(f'{process.page}{matter}', 8)}-"


def key_of(page: Title, matter: int | str) -> str:
    """The key of what is on a page: of a source's revision that the bot has quoted there, or of another matter."""
    return _digest(f"{page}|{matter}", 12)


def unsettled(found: Collection[Entry], known: frozenset[str], contact: str) -> tuple[str, ...]:
    """Notes for the operator on letters of which nobody knows whether they went out, about what is still to be told."""
    return tuple(
        _UNSURE.format(reference=entry.reference, contact=contact, option=entry.name)
        for entry in found
        if entry.state == SENDING and entry.keys & known
    )


def entries(options: Mapping[str, str]) -> list[Entry]:
    """The entries of a ledger, the oldest first; an option that says something else is none."""
    found = []
    for name, value in options.items():
        state, day, *keys = value.split() if len(value.split()) > 1 else ("", "")
        if state in (SENDING, SENT):
            found.append(Entry(name, state, day, frozenset(keys)))
    return sorted(found, key=lambda entry: (entry.day, entry.name))


def outdated(found: Collection[Entry], known: frozenset[str]) -> list[Entry]:
    """The entries that can go: the oldest of many letters, where none of what they were about is `known` any more."""
    over = [entry for entry in found if entry.state == SENT and not entry.keys & known]
    return over[: max(0, len(found) - _MOST_ENTRIES)]


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
