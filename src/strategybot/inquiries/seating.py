"""Who sits on a page's roster: revision by revision, the names that somebody put there who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from strategybot.inquiries.accounts import Accounts, accounts_of, accounts_on, as_now
from strategybot.inquiries.authority import is_move, is_trusted, revisions_until, trusted
from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Names
from strategybot.wiki.asking import Job, both

Read = Callable[[str], Names | None]
"""How the text of a page is read."""


@dataclass(frozen=True)
class Seated:
    """What a page's history amounts to: `confirmed` names as their accounts are called now, and what stands.

    `accounts` are those of the names that were confirmed; `added` is where each name that stands came from. `refused`
    says that somebody who may not has edited since.
    """

    confirmed: Names = field(default_factory=Names)
    written: Names = field(default_factory=Names)
    standing: Names | None = None
    accounts: Accounts = field(default_factory=dict)
    added: dict[str, Revision] = field(default_factory=dict)
    refused: bool = False
    problems: tuple[Problem, ...] = ()


def seated(process: Process, page: Page, read: Read, at: datetime | None, sitting: Names | None = None) -> Job[Seated]:
    """The names on a page that somebody put there who may: trusted, on the page's own roster, or `sitting`."""
    newest = page.revision
    assert newest is not None  # noqa: S101  # the caller has looked
    steps, _ = yield from both(_steps(process, page.title, newest, at, sitting), _looked_up(read, newest))
    found = Seated()
    for revision, counts in steps:
        if revision.text is None:
            continue
        names = read(revision.text)
        standing = names or Names()
        added = {name: found.added.get(name, revision) for name in standing.coordinators}
        found = replace(found, standing=names, added=added, refused=True)
        may = counts or found.confirmed.coordinates(revision.user, revision.time)
        if may or (sitting is not None and sitting.coordinates(revision.user, revision.time)):
            accounts = yield from accounts_on(process, page.title, revision, standing.coordinators, _names_by(read))
            confirmed = as_now(standing, accounts)
            found = replace(found, confirmed=confirmed, written=standing, accounts=accounts, refused=False)
    return found


def _names_by(read: Read) -> Callable[[str], tuple[str, ...]]:
    return lambda text: (read(text) or Names()).coordinators


def _looked_up(read: Read, newest: Revision) -> Job[Accounts]:
    """The accounts that the newest revision names: asked at once, as most often that is the one that counts."""
    names = read(newest.text or "") or Names()
    return (yield from accounts_of(names.coordinators, newest.time))


def _steps(
    process: Process, title: Title, newest: Revision, at: datetime | None, sitting: Names | None
) -> Job[list[tuple[Revision, bool]]]:
    """The history, oldest first, from the newest revision by somebody trusted on; each with whether it was.

    It begins where somebody put the page there who may not: a move lends a page another one's history, also for the
    time before the move.
    """
    if (at is None or newest.time <= at) and newest.text is not None and (yield from is_trusted(process, newest)):
        return [(newest, True)]
    walked: list[tuple[Revision, bool]] = []
    above, led = None, False
    while lot := (yield from revisions_until(title, None, above.id if above else None)):
        then = [revision for revision in lot if at is None or revision.time <= at]
        known = yield from trusted(process, then)
        for revision in lot:
            if above and not led and is_move(above, revision):
                led = bool(sitting and sitting.coordinates(above.user, above.time))
                led = led or (yield from is_trusted(process, above))
                if not led:
                    return walked[::-1]
            above = revision
            if at is None or revision.time <= at:
                walked.append((revision, revision.id in known and revision.text is not None))
                if walked[-1][1]:
                    return walked[::-1]
    return walked[::-1]


def joined(parts: Sequence[Seated]) -> Seated:
    """What the pages of a roster amount to together."""
    if len(parts) == 1:
        return parts[0]
    return Seated(
        confirmed=_all_names([part.confirmed for part in parts]),
        written=_all_names([part.written for part in parts]),
        standing=_all_names([part.standing for part in parts if part.standing]),
        accounts={name: account for part in parts for name, account in part.accounts.items()},
        added={name: revision for part in parts for name, revision in part.added.items()},
        refused=any(part.refused for part in parts),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _all_names(some: Sequence[Names]) -> Names:
    """The names of several pages, each once; who coordinates by one of them is no member."""
    coordinators = tuple(dict.fromkeys(name for names in some for name in names.coordinators))
    members = dict.fromkeys(name for names in some for name in names.members)
    return Names(
        coordinators,
        tuple(name for name in members if name not in coordinators),
        tuple(dict.fromkeys(name for names in some for name in names.unresolved)),
        frozenset(name for names in some for name in names.bare),
        tuple(dict.fromkeys(term for names in some for term in names.until)),
        tuple(dict.fromkeys(page for names in some for page in names.pages)),
        next((names.talk for names in some if names.talk), ""),
    )
