"""Who may: whom everybody trusts, and pages' histories, which show whose each of them is.

Trust starts at the core team (which the configuration names, and only admins can edit that) and at the wiki's
admins, and passes on through the groups' pages (rosters.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from strategybot.config import read_configuration
from strategybot.inquiries.accounts import Fate, accounts_on
from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import History, PageAt, PageNow, UserNamed

ADMINS = "sysop"
"""MediaWiki's name for the group of a wiki's admins."""

_REVERTS = frozenset({"mw-undo", "mw-rollback", "mw-manual-revert"})
"""How MediaWiki tags edits that may have brought back what stood before."""

_REDIRECT = re.compile(r"\s*#[^\[]*\[\[\s*:?([^\]|#]+)")


def trusted(process: Process, revisions: Collection[Revision]) -> Job[frozenset[int]]:
    """The numbers of those revisions whose authors belong to the core team, or did then, or are admins not blocked."""
    names = {revision.user for revision in revisions if revision.user} - process.core_team
    users = yield from together(ask(UserNamed(name)) for name in sorted(names))
    admins = {user.name for user in users if ADMINS in user.groups and not user.blocked}
    by_admins = frozenset(revision.id for revision in revisions if revision.user in admins)
    return by_admins | (yield from by_core_team(process, [one for one in revisions if one.id not in by_admins]))


def by_core_team(process: Process, revisions: Collection[Revision]) -> Job[frozenset[int]]:
    """The numbers of those revisions whose authors belong to the core team, or did then."""
    now = {revision.id for revision in revisions if revision.user in process.core_team}
    others = [revision for revision in revisions if revision.id not in now and revision.user]
    then = yield from together(_was_core_team(process, revision) for revision in others)
    return frozenset(now | {revision.id for revision, was in zip(others, then, strict=True) if was})


def is_trusted(process: Process, revision: Revision) -> Job[bool]:
    """Whether a single revision is such a one."""
    return revision.id in (yield from trusted(process, [revision]))


def is_admin(name: str) -> Job[bool]:
    """Whether that account is an admin's who isn't blocked."""
    user = yield from ask(UserNamed(name))
    return ADMINS in user.groups and not user.blocked


def _was_core_team(process: Process, revision: Revision) -> Job[bool]:
    """Whether the configuration named the author as core team when the revision was saved."""
    page = yield from page_as_of(process.page, revision.time)
    if page.revision is None or page.revision.time > revision.time:
        return False
    then = read_configuration(page.text, process.page, process.bot)
    if not isinstance(then, Process) or revision.user == process.bot:
        return False
    people, _ = yield from present_people(then, page.revision)
    return revision.user in people.core_team


def present_people(process: Process, revision: Revision) -> Job[tuple[Process, tuple[Problem, ...]]]:
    """A process with its people's present names, as a revision of its page names them, and what is to be mended there.

    Who registered a name that stood there already isn't who was meant. A name that is nobody's stays.
    """

    def read(text: str) -> frozenset[str]:
        found = read_configuration(text, process.page, process.bot)
        return found.core_team | found.operators if isinstance(found, Process) else frozenset()

    names = sorted(process.core_team | process.operators)
    accounts = yield from accounts_on(process, process.page, revision, names, read)
    gone = {name for name, one in accounts.items() if one.fate in (Fate.LATE, Fate.VANISHED)}
    core_team, operators = (
        frozenset(accounts[name].user.name for name in some - gone) for some in (process.core_team, process.operators)
    )
    wrong = [name for name in names if accounts[name].fate in (Fate.LATE, Fate.RENAMED)]
    problems = tuple(Problem("core-team-renamed", process.page, (name,), revision.id) for name in wrong)
    return replace(process, core_team=core_team, operators=operators), problems


def page_as_of(title: Title, at: datetime | None) -> Job[Page]:
    """The page as it stood at that moment (UTC), or as it stands now where that is None or nothing came since."""
    page = yield from ask(PageNow(title))
    if at is not None and page.redirected:  # perhaps it wasn't then
        before = yield from ask(PageAt(title, at))
        if before.exists and not _REDIRECT.match(before.text):
            return before
    if at is None or page.revision is None or page.revision.time <= at:
        return page
    then = yield from ask(PageAt(page.title, at))
    return replace(then, asked=page.asked, redirected=page.redirected)


def revisions_until(
    title: Title, at: datetime | None, before: int | None = None, limit: int | None = 50
) -> Job[tuple[Revision, ...]]:
    """The next lot of a page's history, newest first, without what came after that moment; empty at its end."""
    while True:
        lot = yield from ask(History(title, before, limit))
        kept = tuple(revision for revision in lot if at is None or revision.time <= at)
        if kept or not lot:
            return kept
        before = lot[-1].id


def history_until(title: Title, at: datetime | None = None) -> Job[list[Revision]]:
    """All of a page's history, newest first, without what came after a moment (UTC; None is now)."""
    history: list[Revision] = []
    while lot := (yield from revisions_until(title, at, history[-1].id if history else None)):
        history += lot
        if lot[-1].parent == 0:
            break
    return history


def is_redirect(revision: Revision) -> bool:
    """Whether a revision leads to another page."""
    return bool(_REDIRECT.match(revision.text or ""))


def is_revert(revision: Revision) -> bool:
    """Whether a revision may have brought back what stood before, by MediaWiki's own word."""
    return bool(_REVERTS & set(revision.tags))


def is_move(revision: Revision, parent: Revision) -> bool:
    """Whether a revision is one that a move leaves at the moved page's top: it changes nothing."""
    return parent.text is not None and parent.text == revision.text


def vouched(page: Page, may: Callable[[Revision], Job[bool]]) -> Job[bool]:
    """Whether a page stands where it was asked for, or behind one redirect that was saved by somebody who may.

    Else a redirect would lend one page the history, and so the authority, of another.
    """
    if not page.redirected:
        return True
    newest = yield from ask(History(page.asked, limit=1))
    target = _REDIRECT.match(newest[0].text or "") if newest else None
    return target is not None and Title(target[1]) == page.title and (yield from may(newest[0]))
