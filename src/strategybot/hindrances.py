"""What people should know of an edit or a post that was not made, or not as it was filed."""

from __future__ import annotations

from strategybot.deeds import Delivered, Done
from strategybot.jobs.plan import Proof
from strategybot.model.problem import Problem
from strategybot.wiki.port import Kind
from strategybot.wikitext.slots import vacant

_EXPLAINED = {Kind.EXCLUDED: "page-excluded", Kind.SPAM_LIST: "page-spam", Kind.MOVED: "page-moved"}
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

_UNPOSTED = {
    Kind.EXCLUDED: "post-excluded",
    Kind.PROTECTED: "post-protected",
    Kind.DELETED: "post-page-gone",
    Kind.MOVED: "post-moved",
    Kind.INVALID: "post-invalid",
    Kind.ABUSE_FILTER: "post-refused",
    Kind.TITLE_BLACKLIST: "post-refused",
    Kind.SPAM_LIST: "post-refused",
    Kind.CAPTCHA: "post-refused",
    Kind.TOO_LARGE: "post-too-large",
    Kind.REDIRECT: "post-redirect",
    Kind.NO_TALK_PAGE: "post-no-talk-page",
    Kind.OTHER_MODEL: "post-model",
    Kind.POSTED_TWICE: "post-twice",
}
"""The sentences about posts that were not made; they name the post, and what is in its way."""

_UNPROVEN = {
    Proof.DELETED: "post-deleted",
    Proof.HIDDEN: "post-hidden",
    Proof.IMPORTED: "post-imported",
    Proof.NEAR: "post-near",
    Proof.NO_THREAD: "post-no-thread",
}
"""The sentences about posts of which nobody knows whether they were made."""


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


def undelivered(delivered: Delivered) -> Problem | None:
    """What people should know of a post: why it was not made."""
    posting, outcome = delivered.posting, delivered.outcome
    page, heading = posting.page, str(posting.post.heading)
    if outcome.kind.done:
        return None
    if stop := delivered.stop:  # once for all posts of the job
        return Problem(f"stop-{stop.key}", stop.page, (str(stop.page), stop.user))
    if outcome.kind is Kind.UNPROVEN:
        return Problem(_UNPROVEN[posting.proof], page.asked, (heading, str(posting.where)), posting.revid)
    if outcome.kind in _UNPOSTED:
        return Problem(_UNPOSTED[outcome.kind], page.asked, (heading, outcome.match), outcome.revid)
    return Problem("post-failed", page.asked, (heading, outcome.kind.label))
