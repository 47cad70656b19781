"""Delivering a post, so that it stands once: the one edit, and a look at what came of it."""

from __future__ import annotations

from dataclasses import replace

from strategybot.attempt import attempt
from strategybot.jobs.plan import Post
from strategybot.jobs.posting import is_post
from strategybot.wiki.port import Append, HistorySince, Kind, OperatorError, Outcome, RevisionById, Save, Wiki

_BY_ANOTHER = "Another process of the bot has posted it before."


def deliver(wiki: Wiki, bot: str, post: Post, append: Append, taken_back: str) -> Outcome:
    """Append the text of a post, and say how that turned out. Raises nothing.

    The summary of `append` ends with the post's mark; `taken_back` is the summary where the post must be taken back,
    since another process had posted it and somebody removed that before ours came.
    """
    outcome = attempt(wiki, append, bot)
    if outcome.kind is not Kind.SAVED or outcome.after is None:
        return outcome
    try:
        return _once(wiki, bot, post, outcome, taken_back)
    except OperatorError as failure:
        return replace(outcome, kind=Kind.POSTED_TWICE, reason=f"It may stand twice, and nobody can look: {failure}")


def _once(wiki: Wiki, bot: str, post: Post, outcome: Outcome, summary: str) -> Outcome:
    """The page has changed between the proof and the post: where that was the post of another, take ours back."""
    history = HistorySince(outcome.title, post.since)
    before = RevisionById(outcome.after or 0)
    answers = wiki.answer([history, before])
    posts = [revision for revision in answers[history] if is_post(revision, bot, post.key)]
    other = next((revision for revision in posts if revision.id != outcome.revid), None)
    if other is None:
        return outcome
    revision = answers[before]
    if revision and revision.text is not None:
        back = attempt(wiki, Save(outcome.title, revision.text, outcome.revid, summary), bot)
        if back.kind.done:
            return Outcome(outcome.title, Kind.UNCHANGED, other.id, other.time, _BY_ANOTHER)
    return replace(outcome, kind=Kind.POSTED_TWICE, reason=f"{_BY_ANOTHER} This one can't be taken back.")
