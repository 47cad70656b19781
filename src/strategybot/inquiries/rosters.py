"""Rosters with the authority that page history gives them.

The names in the newest revision of a group's page by somebody trusted are the group's coordinators, and they may say
who is from then on. What others add or remove later waits. A roster on a subpage, which the group's page transcludes,
is read by the history of that page: whoever may say so on the one may on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.inquiries.accounts import Account, Fate, accounts_of
from strategybot.inquiries.authority import is_trusted, vouched
from strategybot.inquiries.seating import Seated, joined, seated
from strategybot.model.body import Group
from strategybot.model.page import Page, Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Names, Roster, Seat
from strategybot.reading.roster import has_template, read_roster, read_subpage
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow

MOST_WAITING = 10
"""How many names of a group are shown as waiting: anybody can add any number of them."""

MOST_TRIED = 50
"""How many of those who may be waiting are looked up."""

MOST_NAMED = 8
"""Of how many names of a group it is told what is wrong with them."""

_OF_SEVERAL = {"roster-unresolved": "roster-unresolved-names", "roster-no-account": "roster-no-accounts"}
"""The keys of the sentences that name several people at once."""

_Said = tuple[str, tuple[str, ...]]
"""The key of a sentence, and its words."""


def roster_of(process: Process, group: Group, at: datetime | None = None) -> Job[Roster]:
    """A group's roster as of a moment (UTC; None is now), with the authority described above.

    A revision whose text is hidden says nothing. A page nobody trusted has ever saved gives no coordinators.
    """
    group, page = yield from _place(group)
    newest = page.revision
    if newest is None:
        return Roster(group, problems=(Problem("group-page-missing", group.page, (group.name,)),), exists=False)
    if not (yield from vouched(page, lambda revision: is_trusted(process, revision))):
        return Roster(group, problems=(Problem("redirect", group.page),))

    def read(text: str) -> Names | None:
        return read_roster(text, process.template("Working group"), group.name, page.title, _others(process, group))

    main = yield from seated(process, page, read, at)
    parts = yield from _on_subpages(process, group, main, at)
    if parts and main.refused:
        sitting = joined([main, *parts])
        main = yield from seated(process, page, read, at, sitting.confirmed)
    whole = joined([main, *parts])
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


# --- Rosters on subpages


def _on_subpages(process: Process, group: Group, main: Seated, at: datetime | None) -> Job[list[Seated]]:
    """What the subpages amount to that the confirmed text of a group's page transcludes."""
    found = yield from together(_on_subpage(process, group, main, place, at) for place in main.confirmed.pages)
    return list(found)


def _on_subpage(
    process: Process, group: Group, main: Seated, place: tuple[str, str], at: datetime | None
) -> Job[Seated]:
    where, title = place[0], Title(place[1])
    pages = yield from together(ask(PageNow(one)) for one in _with_any_first_letter(title))
    page = next((one for one in pages if one.revision), pages[0])
    if page.revision is None:
        return Seated(problems=(Problem("roster-page-missing", title, (group.name,)),))
    if page.redirected:
        return Seated(problems=(Problem("redirect", page.asked),))

    def read(text: str) -> Names | None:
        return read_subpage(text, group.name, where, _others(process, group))

    return (yield from seated(process, page, read, at, main.confirmed))


def _others(process: Process, group: Group) -> tuple[str, ...]:
    """The names of the other groups."""
    return tuple(other.name for other in process.groups if other.name != group.name)


def _with_any_first_letter(title: Title) -> tuple[Title, ...]:
    """A subpage's title as written, and with the other case of its first letter: on a wiki these are two pages."""
    above, slash, name = title.text.rpartition("/")
    other = f"{above}{slash}{name[:1].swapcase()}{name[1:]}"
    return tuple(dict.fromkeys((title, Title(other, title.wiki))))


# --- Who waits, and what there is to mend


def _waiting(found: Seated) -> Job[tuple[Seat, ...]]:
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


def _problems(process: Process, roster: Roster, newest: Revision, title: Title, found: Seated) -> Iterator[Problem]:
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


def _fates(group: str, found: Seated) -> list[_Said]:
    """What became of the people on a roster, no more than `MOST_NAMED`. Never both names of who has another one now."""
    told: list[_Said] = [("roster-unresolved", (name,)) for name in found.written.unresolved]
    told += [one for account in found.accounts.values() for one in _fate(group, account, found)]
    return _in_one_sentence(list(dict.fromkeys(told))[:MOST_NAMED])


def _in_one_sentence(told: Sequence[_Said]) -> list[_Said]:
    """The same with one sentence for all names that are no account's, where a list of people may have many."""
    lacking = {key: [words[0] for said, words in told if said == key] for key in _OF_SEVERAL}
    several = [(_OF_SEVERAL[key], (", ".join(names),)) for key, names in lacking.items() if len(names) > 1]
    return [*several, *(one for one in told if len(lacking.get(one[0], ())) < 2)]


def _fate(group: str, account: Account, found: Seated) -> Iterator[_Said]:
    """What there is to say of one account."""
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
