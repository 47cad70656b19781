"""Links that the wiki's spam list refuses: one in what somebody filed must not hold up everybody's page.

They are shown inert, and the outcome names them, at the run that did it and at each that finds the page so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from strategybot.jobs.plan import Edit
from strategybot.wiki.port import Kind, Outcome
from strategybot.wikitext.neutral import inert_links, without_links

_MOST_ATTEMPTS = 5
"""How often a page is tried, each time with more of its links inert: a spam list may name one at a time."""


def unchanged(edit: Edit, bot: str) -> Outcome | None:
    """Whether the page reads so already, if need be with links inert that the wiki has refused before."""
    newest = edit.page.revision
    if newest is None or newest.text is None:
        return None
    if newest.text == edit.text:
        return Outcome(edit.page.title, Kind.UNCHANGED, newest.id, newest.time)
    inert = _made_inert(edit.text, newest.text)
    if inert and newest.user == bot and newest.text == without_links(edit.text, inert.split()):
        return Outcome(edit.page.title, Kind.UNCHANGED, newest.id, newest.time, match=inert)
    return None


def with_links_inert(edit: Edit, attempt: Callable[[Edit], Outcome]) -> Outcome:
    """Attempt an edit, and again with the links inert that the spam list names, a few times.

    The outcome is that of the last attempt; where the page is saved, it names the links that are inert.
    """
    wanted = edit.text
    for _ in range(_MOST_ATTEMPTS):
        outcome = attempt(edit)
        inert = without_links(edit.text, outcome.match.split())
        if outcome.kind is not Kind.SPAM_LIST or inert == edit.text:
            break
        edit = replace(edit, text=inert)
    return replace(outcome, match=outcome.match or _made_inert(wanted, edit.text))


def _made_inert(wanted: str, saved: str) -> str:
    """The links that are shown inert in what was saved, but for those that people have written so themselves."""
    return " ".join(Counter(inert_links(saved)) - Counter(inert_links(wanted)))
