"""Rosters with the authority that page history gives them.

The names in the newest revision of a group's page by somebody trusted are the group's coordinators, and they may say
who is from then on. What others add or remove later waits. A roster on a subpage, which the group's page transcludes,
is read by the history of that page: whoever may say so on the one may on the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from strategybot.inquiries.accounts import Account, Accounts, Fate, accounts_of, as_now
from strategybot.inquiries.authority import revisions_until, trusted, vouched
from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Group, Process
from strategybot.model.roster import Names, Roster, Seat
from strategybot.reading.roster import MOST_PAGES, has_template, read_roster, read_subpage
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow

MOST_WAITING = 10
"""How many names of a group are shown as waiting: anybody can add any number of them."""

MOST_TRIED = 50
"""How many of those who may be waiting are looked up."""

MOST_NAMED = 8
"""For how many names of a group there is a sentence on what is wrong with each."""

_Said = tuple[str, tuple[str, ...]]
"""The key of a sentence, and its words."""

Read = Callable[[str], Names | None]
"""How the text of a page is read."""


def roster_of(process: Process, group: Group, at: datetime | None = None) -> Job[Roster]:
    """A group's roster as of a moment (UTC; None is now), with the authority described above.

    A revision whose text is hidden says nothing. A page nobody trusted has ever saved gives no coordinators.
    """
    group, page = yield from _place(group)
    newest = page.revision
    if newest is None:
        return Roster(group, problems=(Problem("group-page-missing", group.page, (group.name,)),))
    if not (yield from vouched(page, lambda revision: _is_trusted(process, revision))):
        return Roster(group, problems=(Problem("redirect", group.page),))

    def read(text: str) -> Names | None:
        return read_roster(text, process.template("Working group"), group.name, page.title)

    main = yield from _seated(process, page, read, at)
    parts = yield from _on_subpages(process, group, main, at)
    if parts and main.refused:
        sitting = _together([main, *parts])
        main = yield from _seated(process, page, read, at, sitting.confirmed)
    whole = _together([main, *parts])
    waiting = yield from _waiting(whole)
    roster = Roster(group, whole.confirmed, waiting)
    return replace(roster, problems=tuple(_problems(process, roster, newest, page.title, whole)))


# --- Where a group's roster is


def _place(group: Group) -> Job[tuple[Group, Page]]:
    """The group's page; where there is none, that whose title has "and" for "&" or the other way round, if there is.

    Updates are below the one that is there.
    """
    page = yield from ask(PageNow(group.page))
    others = other_spellings(group)
    if page.revision is None and not page.redirected:
        found = yield from together(ask(PageNow(title)) for title in others)
        page = next((other for other in found if other.revision), page)
    real = page.title if page.title in others else page.asked
    return replace(group, page=real), page


def other_spellings(group: Group) -> tuple[Title, ...]:
    """The other titles that the page of a group with "&" or "and" in its name may have."""
    title, name = group.page.text, group.name
    start, found, end = title.rpartition(name)
    if not found:
        return ()
    plain = re.sub(r"\s*&(?:amp;)?\s*", " & ", name)
    spellings = (plain, plain.replace(" & ", " and "), re.sub(r"(?i) and ", " & ", plain))
    titles = dict.fromkeys(Title(f"{start}{spelling}{end}", group.page.wiki) for spelling in spellings)
    return tuple(one for one in titles if one != group.page and one.legal)


# --- Who may, revision by revision


@dataclass(frozen=True)
class _Seated:
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


def _seated(
    process: Process, page: Page, read: Read, at: datetime | None, sitting: Names | None = None
) -> Job[_Seated]:
    """The names on a page that somebody put there who may: trusted, on the page's own roster, or `sitting`."""
    newest = page.revision
    assert newest is not None  # noqa: S101  # the caller has looked
    steps, _ = yield from both(_steps(process, page.title, newest, at), _looked_up(read, newest))
    found = _Seated()
    for revision, is_trusted in steps:
        names = read(revision.text or "") if revision.text is not None else None
        if revision.text is None:
            continue
        standing = names or Names()
        added = {name: found.added.get(name, revision) for name in standing.coordinators}
        found = replace(found, standing=names, added=added, refused=True)
        may = is_trusted or found.confirmed.coordinates(revision.user, revision.time)
        if may or (sitting is not None and sitting.coordinates(revision.user, revision.time)):
            accounts = yield from accounts_of(standing.coordinators, revision.time)
            confirmed = as_now(standing, accounts)
            found = replace(found, confirmed=confirmed, written=standing, accounts=accounts, refused=False)
    return found


def _looked_up(read: Read, newest: Revision) -> Job[Accounts]:
    """The accounts that the newest revision names: asked at once, as most often that is the one that counts."""
    names = read(newest.text or "") or Names()
    return (yield from accounts_of(names.coordinators, newest.time))


def _steps(process: Process, title: Title, newest: Revision, at: datetime | None) -> Job[list[tuple[Revision, bool]]]:
    """The history, oldest first, from the newest revision by somebody trusted on; each with whether it was."""
    if (at is None or newest.time <= at) and newest.text is not None and (yield from _is_trusted(process, newest)):
        return [(newest, True)]
    walked: list[tuple[Revision, bool]] = []
    while lot := (yield from revisions_until(title, at, walked[-1][0].id if walked else None)):
        known = yield from trusted(process, lot)
        for revision in lot:
            walked.append((revision, revision.id in known and revision.text is not None))
            if walked[-1][1]:
                return walked[::-1]
    return walked[::-1]


def _is_trusted(process: Process, revision: Revision) -> Job[bool]:
    return revision.id in (yield from trusted(process, [revision]))


# --- Rosters on subpages


def _on_subpages(process: Process, group: Group, main: _Seated, at: datetime | None) -> Job[list[_Seated]]:
    """What the subpages amount to that the confirmed text of a group's page transcludes."""
    found = yield from together(
        _on_subpage(process, group, main, place, at) for place in main.confirmed.pages[:MOST_PAGES]
    )
    return list(found)


def _on_subpage(
    process: Process, group: Group, main: _Seated, place: tuple[str, str], at: datetime | None
) -> Job[_Seated]:
    where, title = place[0], Title(place[1])
    pages = yield from together(ask(PageNow(one)) for one in _with_any_first_letter(title))
    page = next((one for one in pages if one.revision), pages[0])
    if page.revision is None:
        return _Seated(problems=(Problem("roster-page-missing", title, (group.name,)),))
    if page.redirected:
        return _Seated(problems=(Problem("redirect", page.asked),))
    return (yield from _seated(process, page, lambda text: read_subpage(text, group.name, where), at, main.confirmed))


def _with_any_first_letter(title: Title) -> tuple[Title, ...]:
    """A subpage's title as written, and with the other case of its first letter: on a wiki these are two pages."""
    above, slash, name = title.text.rpartition("/")
    other = f"{above}{slash}{name[:1].swapcase()}{name[1:]}"
    return tuple(dict.fromkeys((title, Title(other, title.wiki))))


def _together(parts: Sequence[_Seated]) -> _Seated:
    """What the pages of a roster amount to together."""
    if len(parts) == 1:
        return parts[0]
    return _Seated(
        confirmed=_joined([part.confirmed for part in parts]),
        written=_joined([part.written for part in parts]),
        standing=_joined([part.standing for part in parts if part.standing]),
        accounts={name: account for part in parts for name, account in part.accounts.items()},
        added={name: revision for part in parts for name, revision in part.added.items()},
        refused=any(part.refused for part in parts),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _joined(some: Sequence[Names]) -> Names:
    coordinators = tuple(dict.fromkeys(name for names in some for name in names.coordinators))
    members = dict.fromkeys(name for names in some for name in names.members)
    return Names(
        coordinators,
        tuple(name for name in members if name not in coordinators),
        tuple(dict.fromkeys(name for names in some for name in names.unresolved)),
        frozenset(name for names in some for name in names.bare),
        tuple(dict.fromkeys(term for names in some for term in names.until)),
        tuple(dict.fromkeys(page for names in some for page in names.pages)),
    )


# --- Who waits, and what there is to mend


def _waiting(found: _Seated) -> Job[tuple[Seat, ...]]:
    """The coordinators that somebody added who may not. A name that is nobody's doesn't even wait."""
    known = {*found.written.coordinators, *found.confirmed.coordinators}
    names = [name for name in (found.standing or Names()).coordinators if name not in known][:MOST_TRIED]
    lots = yield from together(accounts_of([name], found.added[name].time) for name in names)
    seats = {
        lot[name].user.name: Seat(lot[name].user.name, found.added[name].user or "", found.added[name].id)
        for name, lot in zip(names, lots, strict=True)
        if lot[name].counts and lot[name].user.name not in known
    }
    return tuple(seats.values())[:MOST_WAITING]


def _problems(process: Process, roster: Roster, newest: Revision, title: Title, found: _Seated) -> Iterator[Problem]:
    """What there is to mend on a group's page, for its coordinators."""
    group = roster.group.name
    yield from [Problem(key, title, words, newest.id) for key, words in _fates(group, found)]
    for seat in roster.waiting:
        yield Problem("roster-waiting", title, (seat.name, seat.by), seat.revid)
    yield from found.problems
    if found.problems or has_template(newest.text or "", process.template("Working group")):
        return
    if roster.names == Names():
        yield Problem("group-page-without-template", title, (group,), newest.id)
    elif not roster.names.coordinators:
        yield Problem("roster-no-coordinator", title, (group,), newest.id)
    elif found.standing is None:
        yield Problem("roster-gone", title, (group,), newest.id)


def _fates(group: str, found: _Seated) -> list[_Said]:
    """What became of the people on a roster, no more than `MOST_NAMED`. Never both names of who has another one now."""
    told: list[_Said] = [("roster-unresolved", (name,)) for name in found.written.unresolved]
    told += [one for account in found.accounts.values() for one in _fate(group, account, found)]
    return list(dict.fromkeys(told))[:MOST_NAMED]


def _fate(group: str, account: Account, found: _Seated) -> Iterator[_Said]:
    match account.fate:
        case Fate.MISSING:
            yield "roster-unresolved" if account.name in found.written.bare else "roster-no-account", (account.name,)
        case Fate.LATE:
            yield "roster-late-account", (account.name,)
        case Fate.VANISHED:
            yield "roster-vanished", (group,)
        case Fate.RENAMED:
            yield "roster-renamed", (account.user.name,)
    if account.counts and account.user.blocked and account.user.name in found.confirmed.coordinators:
        yield "roster-blocked", (account.user.name, group)
