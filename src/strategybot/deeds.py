"""What became of each edit, post and letter, and what an edit or a post changes, as a diff has it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from strategybot.inquiries.stopping import Stop
from strategybot.jobs.plan import Edit, Letter, Posting
from strategybot.jobs.posting import section_text
from strategybot.model.page import Page
from strategybot.wiki.port import Kind, Outcome


@dataclass(frozen=True)
class Done:
    """What became of an edit; `stop` is what stopped it, if that did."""

    job: str
    edit: Edit
    outcome: Outcome
    stop: Stop | None = None

    @property
    def diff(self) -> str:
        """What the edit changes, line by line; empty where it never was to be made."""
        return "" if self.outcome.kind in (Kind.UNCHANGED, Kind.INVALID) else _changes(self.edit)


@dataclass(frozen=True)
class Delivered:
    """What became of a post; `stop` is what stopped it, if that did."""

    job: str
    posting: Posting
    outcome: Outcome
    stop: Stop | None = None

    @property
    def diff(self) -> str:
        """What the post adds to its page, line by line; empty where it never was to be made."""
        never = self.outcome.kind in (Kind.UNCHANGED, Kind.INVALID, Kind.UNPROVEN)
        return "" if never else _added(self.posting)


@dataclass(frozen=True)
class Sent:
    """What became of a letter."""

    letter: Letter
    outcome: Outcome


def _changes(edit: Edit) -> str:
    """What an edit changes, line by line, unless that is hidden."""
    old, new, (now, then) = edit.page.text.splitlines(), edit.text.splitlines(), _names(edit.page)
    if edit.discreet:
        return f"--- {now}\n+++ {then}\n(not shown, since something leaves the page that is hidden now)"
    return "\n".join(difflib.unified_diff(old, new, now, then, lineterm="", n=2))


def _added(posting: Posting) -> str:
    """What a post adds to its page, line by line."""
    (now, then), text = _names(posting.page), section_text(posting.post, posting.page)
    return "\n".join([f"--- {now}", f"+++ {then}", *(f"+{line}" for line in text.splitlines())])


def _names(page: Page) -> tuple[str, str]:
    """What a diff calls the page before and after."""
    return f"{page.title} (now)", f"{page.title} (then)"
