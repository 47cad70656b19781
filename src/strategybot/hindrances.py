"""What the people who keep a page should know of an edit that was not made, or not as it was filed."""

from __future__ import annotations

from strategybot.executor import Done
from strategybot.model.problem import Problem
from strategybot.wiki.port import Kind
from strategybot.wikitext.slots import vacant

_EXPLAINED = {Kind.EXCLUDED: "page-excluded", Kind.SPAM_LIST: "page-spam"}
"""Hindrances whose sentence names what it was."""

_PLAIN = {
    Kind.EDITED_BY_PERSON: "page-edited",
    Kind.MADE_BY_PEOPLE: "page-of-people",
    Kind.PROTECTED: "page-protected",
    Kind.DELETED: "page-deleted",
    Kind.ABUSE_FILTER: "page-refused",
    Kind.TITLE_BLACKLIST: "page-refused",
    Kind.CAPTCHA: "page-refused",
    Kind.TOO_LARGE: "page-too-large",
    Kind.REDIRECT: "page-redirect",
    Kind.OTHER_MODEL: "page-model",
    Kind.SUBSTITUTION: "page-subst",
}
"""Hindrances whose sentence says all; any other is told by its name, and tried again at the next run."""


def hindered(done: Done) -> Problem | None:
    """What the people who keep a page should know of an edit: why it was not made, or not as it was filed."""
    page, outcome = done.edit.page, done.outcome
    revid = page.revision.id if page.revision else None
    if outcome.kind.done:
        return Problem("page-link-inert", page.title, (outcome.match,)) if outcome.match else None
    if done.stop:
        return Problem(f"stop-{done.stop.key}", page.title, (str(done.stop.page), done.stop.user), revid)
    if outcome.kind in _EXPLAINED:
        return Problem(_EXPLAINED[outcome.kind], page.title, (outcome.match or outcome.reason,), revid)
    if outcome.kind is Kind.EDITED_BY_PERSON and vacant(page.text):
        return Problem("page-blanked", page.asked, (), revid)
    if outcome.kind in _PLAIN:
        return Problem(_PLAIN[outcome.kind], page.asked, (), revid)
    return Problem("page-failed", page.title, (outcome.kind.label,), revid)
