"""The stop page: anyone stops the bot with one edit, and only those who may start it again.

A page reads `yes`, or the bot is stopped. A `yes` counts where an operator, somebody of the core team or an
admin saved it, or where it stands since then, whoever edited around it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from strategybot.inquiries.authority import is_admin
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import stop_pages
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import History, PageNow

UNDO = "undo"
"""The job that takes runs back. Its own stop page stops it alone, and needn't exist."""

RUNNING = "yes"
MISSING = "missing"


@dataclass(frozen=True)
class Stop:
    """Why the bot may not write: `key` names the sentence (`stop-<key>`), `user` who stopped or tried to start."""

    key: str
    page: Title
    user: str = ""


def stop_of(bot: str, job: str, starters: frozenset[str], *, attended: bool = False) -> Job[Stop | None]:
    """What stops a job, or None where it may run. `starters` are the operators and the core teams.

    Where an operator is at it (`attended`), a page that doesn't exist stops nothing; but undoing is stopped by the
    page for all jobs being deleted, since that was there when there was a run.
    """
    general, own = stop_pages(bot, job)
    excused = {own} if job == UNDO else {general, own}
    stops = yield from together(stop_on(title, starters) for title in (general, own))
    return next((stop for stop in stops if stop and not _is_excused(stop, excused if attended else ())), None)


def _is_excused(stop: Stop, titles: Collection[Title]) -> bool:
    return stop.key == MISSING and stop.page in titles


def stop_on(title: Title, starters: frozenset[str]) -> Job[Stop | None]:
    """What stops the bot on one stop page, or None where the page lets it run."""
    page: Page = yield from ask(PageNow(title))
    if page.revision is None:
        return Stop(MISSING, title)
    if page.title != title:
        return Stop("moved", title)
    if not _says_yes(page.revision):
        return Stop("stopped", title, page.revision.user or "")
    if (yield from _may_start(page.revision.user, starters)):
        return None
    return (yield from _standing(title, page.revision, starters))


def _standing(title: Title, newest: Revision, starters: frozenset[str]) -> Job[Stop | None]:
    """Whether a `yes` that somebody else saved last has stood since somebody who may start saved it."""
    refused = Stop("not-started", title, newest.user or "")
    before: int | None = None
    while lot := (yield from ask(History(title, before))):
        for revision in lot:
            if not _says_yes(revision):
                return refused
            if (yield from _may_start(revision.user, starters)):
                return None
        before = lot[-1].id
    return refused


def _says_yes(revision: Revision) -> bool:
    return (revision.text or "").strip().lower() == RUNNING


def _may_start(name: str | None, starters: frozenset[str]) -> Job[bool]:
    if name is None:
        return False
    return name in starters or (yield from is_admin(name))
