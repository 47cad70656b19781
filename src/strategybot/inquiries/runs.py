"""What a run did: the bot's own edits whose summaries name it, page by page.

The bot's contributions tell it. They know nothing of pages that were deleted since, nor of an edit whose summary is
hidden, and name each page by the title that it has now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from strategybot.model.page import LogEntry, Revision, Title
from strategybot.model.process import stop_pages
from strategybot.model.run import run_of, undone_by
from strategybot.wiki.asking import Job, ask, both
from strategybot.wiki.port import Contributions, LoggedSince


@dataclass(frozen=True)
class Work:
    """What a run made of one page: its revisions, the oldest first, without their texts.

    `job` is the one that made the first; `undone` says that they were taken back before; `was` is where the page stood
    then.
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


def works_of(run: str, begun: datetime, bot: str) -> Job[tuple[tuple[Work, ...], frozenset[Title]]]:
    """What a run that began then (UTC) made of each page that it wrote, and where pages were deleted since."""
    own, logged = yield from both(ask(Contributions(begun)), ask(LoggedSince(begun)))
    by_page: dict[Title, list[Revision]] = {}
    for revision in sorted(own, key=lambda one: (one.time, one.id)):
        if revision.page:
            by_page.setdefault(revision.page, []).append(revision)
    works = []
    for page, here in by_page.items():
        if mine := tuple(one for one in here if run_of(one.summary or "") == run):
            undone = any(undone_by(one.summary or "") == run for one in here)
            was = _moved_from(page, [entry for entry in logged if entry.time >= mine[-1].time])
            works.append(Work(page, mine, _job(mine[0], bot), undone, was))
    return tuple(works), frozenset(entry.title for entry in logged if entry.title and not entry.moved)


def _moved_from(page: Title, logged: Iterable[LogEntry]) -> Title:
    """Where a page stood before these moves, which come newest first."""
    for entry in logged:
        if entry.moved and entry.target == page and entry.title:
            page = entry.title
    return page


def _job(revision: Revision, bot: str) -> str:
    """The job that made a revision, by the link that its summary begins with."""
    beginning = f"[[{stop_pages(bot, '')[1]}"
    return (revision.summary or "").removeprefix(beginning).partition("|")[0]
