"""Sending letters, each once: what the bot's own account remembers before and after decides.

The ledger says `sending` before the letter goes out, and `sent` after. Whoever finds `sending` can't know, and doesn't
send. Two processes that are at it together each see the other's note, since each looks again after its own: then
neither sends, and the next run does.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from strategybot.jobs.ledger import MOST_KEYS, SENDING, SENT, Entry, entries, outdated
from strategybot.jobs.plan import Letter
from strategybot.model.page import Title
from strategybot.wiki.port import Kind, Mail, OperatorError, Outcome, OwnOptions, Remember, Wiki
from strategybot.writing.letters import (
    confidence_subject,
    confidence_text,
    letter_subject,
    letter_text,
    permanent_links,
)


def in_one(letters: Iterable[Letter]) -> list[Letter]:
    """Letters with all in one that a process has to tell its contact, as far as one letter holds it."""
    found: list[Letter] = []
    for letter in letters:
        place = next((place for place, other in enumerate(found) if _go_together(letter, other)), None)
        if place is None:
            found.append(letter)
        else:
            found[place] = _both(found[place], letter)
    return found


def _go_together(one: Letter, other: Letter) -> bool:
    is_same = one.in_confidence == other.in_confidence
    is_same = is_same and (one.to, one.language, one.ledger) == (other.to, other.language, other.ledger)
    return is_same and len({*one.keys, *other.keys}) <= MOST_KEYS


def _both(one: Letter, other: Letter) -> Letter:
    return replace(
        one,
        revisions=tuple(sorted({*one.revisions, *other.revisions})),
        left=tuple(dict.fromkeys((*one.left, *other.left))),
        keys=tuple(dict.fromkeys((*one.keys, *other.keys))),
        known=one.known | other.known,
    )


def send(wiki: Wiki, bot: str, letter: Letter, address: str) -> Outcome:
    """Send a letter unless another process is sending it, and say how that turned out. Raises nothing.

    `address` is that of the wiki's pages, with `$1` for the title.
    """
    reference = secrets.token_hex(4)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    entry = Entry(f"{letter.ledger}{reference}", SENDING, day, frozenset(letter.keys))
    links, left = (permanent_links(revids, address) for revids in (letter.revisions, letter.left))
    if letter.in_confidence:
        text = confidence_text(letter.language, bot, links, reference)
        mail = Mail(letter.to, confidence_subject(letter.language, len(links)), text)
    else:
        text = letter_text(letter.language, bot, links, left, reference)
        mail = Mail(letter.to, letter_subject(letter.language, len(links)), text)
    outcome = _hindrance(wiki, letter, entry, mail.title) or wiki.act(mail)
    if outcome.kind is Kind.SENT:
        _note(wiki, letter, replace(entry, state=SENT))
    elif outcome.kind is not Kind.UNKNOWN:
        # It has certainly not been sent. Where the note can't be taken back, the operator will be asked.
        wiki.act(Remember(((entry.name, None),)))
    if outcome.kind.done:
        return outcome
    sent = "may have been sent or not" if outcome.kind is Kind.UNKNOWN else "is not sent"
    reason = f"A letter to the contact {sent}: {outcome.reason}"
    if outcome.kind in (Kind.FORBIDDEN, Kind.UNREACHABLE):
        reason += " “strategybot doctor” says what is missing."
    return replace(outcome, title=mail.title, reason=reason)


def _hindrance(wiki: Wiki, letter: Letter, entry: Entry, title: Title) -> Outcome | None:
    """Note that the letter is being sent, and say why it can't be, or None."""
    noted = wiki.act(Remember(((entry.name, entry.value),)))
    if noted.kind is not Kind.SAVED:
        kind = Kind.FAILED if noted.kind is Kind.UNKNOWN else noted.kind
        return replace(noted, title=title, kind=kind, reason=f"the bot can't remember it. {noted.reason}")
    try:
        found = _ledger(wiki, letter)
    except OperatorError as failure:
        return Outcome(title, Kind.FAILED, reason=str(failure))
    if entry not in found:
        return Outcome(title, Kind.FAILED, reason="the bot's account has not remembered it.")
    if any(other.keys & entry.keys for other in found if other != entry):
        return Outcome(title, Kind.NOT_TRIED, reason="another process of the bot is at it.")
    return None


def _note(wiki: Wiki, letter: Letter, entry: Entry) -> None:
    """Note that a letter was sent, and let go of notes that are of no use any more."""
    try:
        gone = [(old.name, None) for old in outdated(_ledger(wiki, letter), letter.known)]
    except OperatorError:
        gone = []
    wiki.act(Remember(((entry.name, entry.value), *gone)))


def _ledger(wiki: Wiki, letter: Letter) -> list[Entry]:
    ledger = OwnOptions(letter.ledger)
    return entries(wiki.answer([ledger])[ledger])
