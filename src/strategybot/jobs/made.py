"""What the bot's own contributions tell of the posts that it has made: where they stand, and what they say by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from strategybot.jobs.posting import taken_back
from strategybot.model.page import Revision, Title
from strategybot.model.relay import Version, saying
from strategybot.wikitext.summaries import post_of, said_by


@dataclass(frozen=True)
class Made:
    """A post that was made: its key, the revision that made it, and the one by which it says what it does.

    `page` is where that revision stands now, `words` the digest of what the post says since, empty for posts that
    aren't amended.
    """

    key: str
    page: Title
    revid: int
    time: datetime
    newest: int
    words: str = ""


def posts_made(own: Iterable[Revision], bot: str) -> Mapping[int, Made]:
    """All posts among what the bot's account has saved (newest first), by the revisions that made them."""
    contributions = list(own)
    gone = taken_back(contributions, bot)
    newest: dict[str, tuple[int, str]] = {}
    found: dict[int, Made] = {}
    for one in contributions:
        summary = one.summary or ""
        if one.id in gone or one.page is None:
            continue
        if said := said_by(summary):
            newest.setdefault(said[0], (one.id, said[1]))
        if key := post_of(summary):
            revid, words = newest.get(key, (one.id, ""))
            found[one.id] = Made(key, one.page, one.id, one.time, revid, words)
    return found


def said(version: Version, reply_by: date | None) -> str:
    """The digest of what a post of these words says."""
    return saying(version.lang, version.subject, version.text, reply_by)
