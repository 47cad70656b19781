"""What a run did: the bot's own edits whose summaries name it, page by page.

The bot's contributions tell it. They know nothing of pages that were deleted since, nor of edits under a name that is
hidden, nor which run an edit belongs to whose summary is hidden. They name each page by the title that it has now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from strategybot.model.page import LogEntry, Revision, Title
from strategybot.wiki.asking import Job, ask, both
from strategybot.wiki.port import Contributions, LoggedSince
from strategybot.wikitext.summaries import job_of, run_of, undone_by


@dataclass(frozen=True)
class Work:
    """What a run made of one page: its revisions, the oldest first, without their texts.

    `job` is the one that made the first; `undone` says that they were taken back, after the last of them; `was` is
    where the page stood then.
    """

    page: Title
    revisions: tuple[Revision, ...]
    job: str
    undone: bool
    was: Title

    @property
    def before(self) -> int:
        """The number of the revision from before the run; 0 where the run made the page."""
        return self.revisions[0].parent

    @property
    def last(self) -> int:
        """The number of the run's last revision."""
        return self.revisions[-1].id

    @property
    def mixed(self) -> bool:
        """Whether there are others' edits between the run's."""
        return any(later.parent != one.id for one, later in pairwise(self.revisions))

    @property
    def shown_at(self) -> Title:
        """The page that shows what the run changed."""
        return Title(f"Special:Diff/{self.before}/{self.last}" if self.before else f"Special:PermanentLink/{self.last}")


@dataclass(frozen=True)
class Doings:
    """What a run made of each page that it wrote, and where nobody knows.

    `unsaid` are pages that the bot has edited since with a summary that is hidden now, `deleted` those at which one
    was deleted since.
    """

    works: tuple[Work, ...]
    unsaid: frozenset[Title]
    deleted: frozenset[Title]


def doings_of(run: str, begun: datetime, bot: str) -> Job[Doings]:
    """What a run did that began then (UTC)."""
    own, logged = yield from both(ask(Contributions(begun)), ask(LoggedSince(begun)))
    by_page: dict[Title, list[Revision]] = {}
    for revision in reversed(own):
        if revision.page:
            by_page.setdefault(revision.page, []).append(revision)
    works = (_work(run, bot, page, here, logged) for page, here in by_page.items())
    return Doings(
        works=tuple(work for work in works if work),
        unsaid=frozenset(page for page, here in by_page.items() if any(one.summary is None for one in here)),
        deleted=frozenset(entry.title for entry in logged if entry.title and not entry.moved),
    )


def _work(run: str, bot: str, page: Title, here: list[Revision], logged: Iterable[LogEntry]) -> Work | None:
    """What a run made of a page, of which these are the bot's revisions, the oldest first; None where nothing."""
    mine = tuple(one for one in here if run_of(one.summary or "") == run)
    if not mine:
        return None
    undone = any(undone_by(one.summary or "") == run for one in here[here.index(mine[-1]) :])
    was = _moved_from(page, [entry for entry in logged if entry.time >= mine[-1].time])
    return Work(page, mine, job_of(mine[0].summary or "", bot), undone, was)


def _moved_from(page: Title, logged: Iterable[LogEntry]) -> Title:
    """Where a page stood before these moves, which come newest first."""
    for entry in logged:
        if entry.moved and entry.target == page and entry.title:
            page = entry.title
    return page
