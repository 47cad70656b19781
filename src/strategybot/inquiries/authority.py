"""Who may: rosters and filed words with the authority that page history gives them.

Trust starts at the core team (which the configuration names, and only admins can edit that) and at the wiki's
admins, and passes on through the groups' pages: the names in the newest revision by somebody who may say so
are the group's coordinators, and they may say so from then on. What others add or remove later waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Group, Process
from strategybot.model.update import Names, Roster, Seat
from strategybot.reading.roster import read_roster
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import History, PageAt, PageNow, UserNamed

ADMINS = "sysop"
"""MediaWiki's name for the group of a wiki's admins."""


def trusted(process: Process, names: Iterable[str | None]) -> Job[frozenset[str]]:
    """Those of the accounts that belong to the core team or are admins of the wiki and not blocked."""
    given = frozenset(name for name in names if name)
    others = sorted(given - process.core_team)
    users = yield from together(ask(UserNamed(name)) for name in others)
    admins = {name for name, user in zip(others, users, strict=True) if ADMINS in user.groups and not user.blocked}
    return (given & process.core_team) | admins


def page_as_of(title: Title, at: datetime | None) -> Job[Page]:
    """The page as it stood at that moment (UTC), or as it stands now where that is None or nothing came since."""
    page = yield from ask(PageNow(title))
    if at is None or page.revision is None or page.revision.time <= at:
        return page
    return (yield from ask(PageAt(page.title, at)))


def revisions_until(title: Title, at: datetime | None, before: int | None = None) -> Job[tuple[Revision, ...]]:
    """The next lot of a page's history, newest first, without what came after that moment; empty at its end."""
    while True:
        lot = yield from ask(History(title, before))
        kept = tuple(revision for revision in lot if at is None or revision.time <= at)
        if kept or not lot:
            return kept
        before = lot[-1].id


def roster_of(process: Process, group: Group, at: datetime | None = None) -> Job[Roster]:
    """A group's roster as of a moment (UTC; None is now), with the authority described above.

    A revision whose text is hidden says nothing. A page nobody trusted has ever saved gives no coordinators.
    """
    page = yield from ask(PageNow(group.page))
    if page.revision is None:
        return Roster(group, problems=(Problem("group-page-missing", group.page, (group.name,)),))
    newest = page.revision
    if at is None or newest.time <= at:
        names = read_roster(newest.text or "", process.template("Working group"))
        if names is None:
            problems = (Problem("group-page-without-template", page.title, (group.name,), newest.id),)
            return Roster(group, problems=problems)
        if (yield from trusted(process, [newest.user])):
            return Roster(group, names, problems=_unresolved(page.title, names, newest))
    history = yield from _back_to_trust(process, page.title, at)
    return _fold(process, group, page.title, history)


def _back_to_trust(process: Process, title: Title, at: datetime | None) -> Job[list[tuple[Revision, bool]]]:
    """The history, oldest first, from the newest revision by somebody trusted on; each with whether it was."""
    walked: list[tuple[Revision, bool]] = []
    before: int | None = None
    while True:
        lot = yield from revisions_until(title, at, before)
        known = yield from trusted(process, (revision.user for revision in lot))
        for revision in lot:
            walked.append((revision, revision.user in known and revision.text is not None))
            if walked[-1][1]:
                return walked[::-1]
        if not lot:
            return walked[::-1]
        before = lot[-1].id


def _fold(process: Process, group: Group, title: Title, history: Sequence[tuple[Revision, bool]]) -> Roster:
    confirmed, standing = Names(), Names()
    added: dict[str, Revision] = {}
    newest = history[-1][0] if history else None
    for revision, is_trusted in history:
        if revision.text is None:
            continue
        standing = read_roster(revision.text, process.template("Working group")) or Names()
        for name in standing.coordinators:
            added.setdefault(name, revision)
        if is_trusted or revision.user in confirmed.coordinators:
            confirmed = standing
    seats = tuple(
        Seat(name, added[name].user or "", added[name].id)
        for name in standing.coordinators
        if name not in confirmed.coordinators
    )
    waiting = [Problem("roster-waiting", title, (seat.name, seat.by), seat.revid) for seat in seats]
    problems = (*_unresolved(title, confirmed, newest), *waiting) if newest else ()
    return Roster(group, confirmed, seats, problems)


def _unresolved(title: Title, names: Names, revision: Revision) -> tuple[Problem, ...]:
    return tuple(Problem("roster-unresolved", title, (name,), revision.id) for name in names.unresolved)
