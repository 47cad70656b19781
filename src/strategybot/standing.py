"""Talk pages as they stand after this run's own posts, which were all planned on what stood before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from strategybot.jobs.plan import Posting, Proof
from strategybot.jobs.posting import with_section
from strategybot.model.page import Page, Revision, Title
from strategybot.wiki.port import Kind, Outcome


class Standing:
    """What is known of pages that this run has posted on."""

    def __init__(self) -> None:
        self._tops: dict[tuple[Title, int | None], Page] = {}

    def on_top(self, posting: Posting) -> Posting:
        """A post for a page that was read before this run posted there, on top of that.

        Where ours follows the base directly, nobody has posted in between, and what was proven holds for ours as well.
        """
        page, base = posting.page, posting.base
        is_apart = bool(posting.post.within) or page.title.text.startswith("User talk:")
        if is_apart and posting.proof is Proof.FREE and (page.title, base) in self._tops:
            # A line goes into a text as the wiki has kept it, and a user gets one message a week.
            return replace(posting, proof=Proof.UNSETTLED)
        while posting.proof is Proof.FREE and (page.title, base) in self._tops:
            page = self._tops[page.title, base]
            base = page.revision.id if page.revision else None
        return replace(posting, page=page, base=base)

    def learn(self, read: Posting, made: Posting, outcome: Outcome) -> None:
        """Remember the page of a post as it stands after it: `read` is the post as planned, `made` as it was tried."""
        if outcome.kind is Kind.SAVED and outcome.after is None:
            text, revid, time = with_section(made), outcome.revid or 0, outcome.time or datetime.now(UTC)
            revision = Revision(revid, made.base or 0, time, None, None, text)
            self._tops[outcome.title, read.base] = replace(made.page, revision=revision)
