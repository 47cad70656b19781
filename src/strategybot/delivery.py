"""Delivering posts, so that each stands once: the one edit, and a look at what came of it.

After an edit that came later on its page than was meant, the page's history is looked at. After all posts of a run,
the account's contributions are: another process may have been led to another page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strategybot.attempt import attempt
from strategybot.jobs.plan import Post
from strategybot.jobs.posting import posts_among, posts_by_key
from strategybot.model.page import Revision
from strategybot.wiki.port import (
    Change,
    Contributions,
    HistorySince,
    Kind,
    OperatorError,
    Outcome,
    RevisionById,
    Save,
    Wiki,
)
from strategybot.wikitext.summaries import unpost_mark

_BY_ANOTHER = "Another process of the bot has posted it before."


def deliver(wiki: Wiki, bot: str, post: Post, change: Change, taken_back: str) -> Outcome:
    """Make the change that adds a post to its page, and say how that turned out. Raises nothing.

    The summary of `change` ends with the post's mark; `taken_back` is the summary where the post must be taken back,
    since another process had posted it and somebody removed that before ours came.
    """
    outcome = attempt(wiki, change, bot)
    if outcome.kind is not Kind.SAVED or outcome.after is None:
        return outcome
    try:
        return _once(wiki, bot, post, outcome, taken_back)
    except OperatorError as failure:
        return replace(outcome, kind=Kind.POSTED_TWICE, reason=f"It may stand twice, and nobody can look: {failure}")


def _once(wiki: Wiki, bot: str, post: Post, outcome: Outcome, summary: str) -> Outcome:
    """The page has changed between the proof and the post: where that was the post of another, take ours back."""
    history = HistorySince(outcome.title, post.since)
    posts = posts_among(wiki.answer([history])[history], bot, post.key)
    other = next((revision for revision in posts if revision.id != outcome.revid), None)
    return take_back(wiki, bot, outcome, other, summary) if other else outcome


def posted_before(wiki: Wiki, bot: str, made: Sequence[tuple[Post, Outcome]]) -> list[Revision | None]:
    """The oldest revision by which another process has made each of a run's posts before; None where there is none.

    It is one question for all. Where the wiki can't be reached, nothing says that any was.
    """
    if not made:
        return []
    question = Contributions(min(post.since for post, _ in made))
    try:
        own = wiki.answer([question])[question]
    except OperatorError:
        own = ()
    named = posts_by_key(own, bot)
    same = ([one for one in named.get(post.key, ()) if one.id < (done.revid or 0)] for post, done in made)
    return [min(others, key=lambda one: one.id, default=None) for others in same]


def take_back(wiki: Wiki, bot: str, outcome: Outcome, other: Revision, summary: str) -> Outcome:
    """Take back a post that another process has made before as `other`, so that the page reads as before.

    A page that the post has made is empty then. Raises nothing: what can't be taken back stays, and is told.
    """
    try:
        text = _text_before(wiki, outcome.revid or 0)
    except OperatorError:
        text = None
    if text is not None:
        words = f"{summary} {unpost_mark(outcome.revid or 0)}"
        back = attempt(wiki, Save(outcome.title, text, outcome.revid, words), bot)
        if back.kind.done:
            return Outcome(outcome.title, Kind.UNCHANGED, other.id, other.time, _BY_ANOTHER)
    return replace(outcome, kind=Kind.POSTED_TWICE, reason=f"{_BY_ANOTHER} This one can't be taken back.")


def _text_before(wiki: Wiki, revid: int) -> str | None:
    """What the page of a revision read before it, empty where there was no page; None where nobody can see that."""
    ours = RevisionById(revid)
    revision = wiki.answer([ours])[ours]
    if revision is None or revision.parent == 0:
        return None if revision is None else ""
    question = RevisionById(revision.parent)
    before = wiki.answer([question])[question]
    return before.text if before else None
