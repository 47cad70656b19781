"""Who may: rosters with the authority that page history gives them.

Trust starts at the core team (which the configuration names, and only admins can edit that) and at the wiki's
admins, and passes on through the groups' pages: the names in the newest revision by somebody who may say so
are the group's coordinators, and they may say so from then on. What others add or remove later waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.config import read_configuration
from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Group, Process
from strategybot.model.roster import Names, Roster, Seat
from strategybot.reading.roster import read_roster
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import History, PageAt, PageNow, UserNamed

ADMINS = "sysop"
"""MediaWiki's name for the group of a wiki's admins."""

MOST_WAITING = 10
"""How many names of a group are shown as waiting: anybody can add any number of them."""


def trusted(process: Process, revisions: Collection[Revision]) -> Job[frozenset[int]]:
    """The numbers of those revisions whose authors belong to the core team, or did then, or are admins not blocked."""
    names = {revision.user for revision in revisions if revision.user} - process.core_team
    users = yield from together(ask(UserNamed(name)) for name in sorted(names))
    admins = {user.name for user in users if ADMINS in user.groups and not user.blocked}
    now = {revision.id for revision in revisions if revision.user in process.core_team | admins}
    others = [revision for revision in revisions if revision.id not in now and revision.user]
    then = yield from together(_was_core_team(process, revision) for revision in others)
    return frozenset(now | {revision.id for revision, was in zip(others, then, strict=True) if was})


def _was_core_team(process: Process, revision: Revision) -> Job[bool]:
    """Whether the configuration named the author as core team when the revision was saved."""
    page = yield from page_as_of(process.page, revision.time)
    if page.revision is None or page.revision.time > revision.time:
        return False
    then = read_configuration(page.text, process.page, process.bot)
    return isinstance(then, Process) and revision.user in then.core_team


def page_as_of(title: Title, at: datetime | None) -> Job[Page]:
    """The page as it stood at that moment (UTC), or as it stands now where that is None or nothing came since."""
    page = yield from ask(PageNow(title))
    if at is None or page.revision is None or page.revision.time <= at:
        return page
    then = yield from ask(PageAt(page.title, at))
    return replace(then, asked=page.asked, redirected=page.redirected)


def revisions_until(title: Title, at: datetime | None, before: int | None = None) -> Job[tuple[Revision, ...]]:
    """The next lot of a page's history, newest first, without what came after that moment; empty at its end."""
    while True:
        lot = yield from ask(History(title, before))
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


def vouched(page: Page, may: Callable[[Revision], Job[bool]]) -> Job[bool]:
    """Whether a page stands where it was asked for, or behind one redirect that was saved by somebody who may.

    Else a redirect would lend one page the history, and so the authority, of another.
    """
    if not page.redirected:
        return True
    newest = yield from ask(History(page.asked, limit=1))
    target = re.match(r"\s*#[^\[]*\[\[\s*:?([^\]|#]+)", newest[0].text or "") if newest else None
    return target is not None and Title(target[1]) == page.title and (yield from may(newest[0]))


def roster_of(process: Process, group: Group, at: datetime | None = None) -> Job[Roster]:
    """A group's roster as of a moment (UTC; None is now), with the authority described above.

    A revision whose text is hidden says nothing. A page nobody trusted has ever saved gives no coordinators.
    """
    page = yield from ask(PageNow(group.page))
    if page.revision is None:
        return Roster(group, problems=(Problem("group-page-missing", group.page, (group.name,)),))
    if not (yield from vouched(page, lambda revision: _is_trusted(process, revision))):
        return Roster(group, problems=(Problem("redirect", group.page),))
    newest = page.revision
    if (at is None or newest.time <= at) and newest.text is not None and (yield from _is_trusted(process, newest)):
        names = read_roster(newest.text, process.template("Working group"))
        return (yield from _settled(Roster(group, names or Names()), page.title, newest, readable=names is not None))
    history = yield from _back_to_trust(process, page.title, at)
    roster = _fold(process, group, history)
    readable = read_roster(newest.text or "", process.template("Working group")) is not None
    return (yield from _settled(roster, page.title, newest, readable=readable))


def _is_trusted(process: Process, revision: Revision) -> Job[bool]:
    return revision.id in (yield from trusted(process, [revision]))


def _settled(roster: Roster, title: Title, newest: Revision, *, readable: bool) -> Job[Roster]:
    """The roster without the plain words that are no account, and with what there is to mend."""
    users = yield from together(ask(UserNamed(name)) for name in sorted(roster.names.bare))
    strange = tuple(user.name for user in users if not user.exists)
    coordinators = tuple(name for name in roster.names.coordinators if name not in strange)
    names = replace(roster.names, coordinators=coordinators, unresolved=roster.names.unresolved + strange)
    problems = [Problem("roster-unresolved", title, (name,), newest.id) for name in names.unresolved]
    problems += [Problem("roster-waiting", title, (seat.name, seat.by), seat.revid) for seat in roster.waiting]
    if not readable:
        problems.append(Problem("group-page-without-template", title, (roster.group.name,), newest.id))
    return replace(roster, names=names, problems=tuple(problems))


def _back_to_trust(process: Process, title: Title, at: datetime | None) -> Job[list[tuple[Revision, bool]]]:
    """The history, oldest first, from the newest revision by somebody trusted on; each with whether it was."""
    walked: list[tuple[Revision, bool]] = []
    while lot := (yield from revisions_until(title, at, walked[-1][0].id if walked else None)):
        known = yield from trusted(process, lot)
        for revision in lot:
            walked.append((revision, revision.id in known and revision.text is not None))
            if walked[-1][1]:
                return walked[::-1]
    return walked[::-1]


def _fold(process: Process, group: Group, history: Sequence[tuple[Revision, bool]]) -> Roster:
    """The roster that a history amounts to: confirmed names, and those that wait."""
    confirmed, standing = Names(), Names()
    added: dict[str, Revision] = {}
    for revision, is_trusted in history:
        if revision.text is None:
            continue
        standing = read_roster(revision.text, process.template("Working group")) or Names()
        for name in standing.coordinators:
            added.setdefault(name, revision)
        if is_trusted or revision.user in confirmed.coordinators:
            confirmed = standing
    waiting = [name for name in standing.coordinators if name not in confirmed.coordinators][:MOST_WAITING]
    return Roster(group, confirmed, tuple(Seat(name, added[name].user or "", added[name].id) for name in waiting))
