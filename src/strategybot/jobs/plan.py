"""What a job wants done, and what it found to mend."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.page import Page
from strategybot.model.problem import Problem


@dataclass(frozen=True)
class Edit:
    """A page, as the job read it, shall read `text`. The summary is plain text; the executor adds the task's link.

    `merged`: the text was made from the one that stands, and carries what people changed in it. `model` is the
    content model that the page is to have.
    """

    page: Page
    text: str
    summary: str
    merged: bool = False
    model: str = "wikitext"


@dataclass(frozen=True)
class Plan:
    """All that a job wants done, in order, and the problems that it met."""

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
