"""Writing where answers get lost: nothing is sent again, but the page's history is looked at.

What is found there was done. What isn't may come still, or be hidden from us by a database that lags behind: then
nobody knows, and the next run goes by what stands.
"""

from __future__ import annotations

from strategybot.wiki.port import Change, History, Kind, OperatorError, Outcome, Wiki

_NEWEST = 10
"""How many revisions are looked through: it was sent a moment ago."""


def attempt(wiki: Wiki, change: Change, bot: str) -> Outcome:
    """Make a change once, and say how it turned out; where its answer is lost, after one look. Raises nothing.

    The bot's summaries name the run and the very text, or post: so the summary tells our revision from any other.
    """
    outcome = wiki.act(change)
    if outcome.kind is not Kind.UNKNOWN:
        return outcome
    history = History(change.title, limit=_NEWEST)
    try:
        revisions = wiki.answer([history])[history]
    except OperatorError:
        return outcome
    for revision in revisions:
        is_ours = revision.user == bot and _same(revision.summary or "", change.summary)
        if is_ours and revision.id > (change.base or 0):
            reason = "The answer was lost, and the page's history shows that it was done."
            after = revision.parent if revision.parent != (change.base or 0) else None
            return Outcome(change.title, Kind.SAVED, revision.id, revision.time, reason, after=after)
    return outcome


def _same(one: str, other: str) -> bool:
    """Whether two summaries are the same, but for white space, which MediaWiki tidies."""
    return one.split() == other.split() != []
