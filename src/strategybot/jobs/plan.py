"""What a job wants done, and what it found to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from strategybot.model.page import Page
from strategybot.model.problem import Problem


@dataclass(frozen=True)
class Edit:
    """A page, as the job read it, shall read `text`. The summary is plain text; the executor adds the task's link.

    `merged`: the text was made from the one that stands, with what people changed in it, and `carries` says that there
    is something of theirs outside the slots. `model` is the content model that the page is to have. `discreet`: what
    leaves the page is hidden at its source, so that no diff is to be shown.
    """

    page: Page
    text: str
    summary: str
    merged: bool = False
    carries: bool = False
    model: str = "wikitext"
    discreet: bool = False


@dataclass(frozen=True)
class Letter:
    """A mail to the contact: these revisions of the bot's pages still hold what is hidden at its source.

    `left` are those among them that people have edited, so that the bot leaves them as they stand. `keys` are what the
    letter is about, by which it is sent once: they are remembered under names that begin with `ledger`. `known` are
    the keys of all that is hidden, told or not.
    """

    to: str
    language: str
    revisions: tuple[int, ...]
    left: tuple[int, ...]
    ledger: str
    keys: tuple[str, ...]
    known: frozenset[str]


@dataclass(frozen=True)
class Plan:
    """All that a job wants done, letters first, and the problems that it met.

    `notes` are sentences for the operator alone, for what no page may say.
    """

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
    letters: tuple[Letter, ...] = ()
    notes: tuple[str, ...] = ()


def joined(plans: Iterable[Plan]) -> Plan:
    """All of several plans in one, each problem and each note once."""
    whole = list(plans)
    return Plan(
        edits=tuple(edit for plan in whole for edit in plan.edits),
        problems=tuple(dict.fromkeys(problem for plan in whole for problem in plan.problems)),
        letters=tuple(letter for plan in whole for letter in plan.letters),
        notes=tuple(dict.fromkeys(note for plan in whole for note in plan.notes)),
    )
