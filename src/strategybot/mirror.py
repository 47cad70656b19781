"""The offline mirror: a process's pages, with their histories, copied into an embedded wiki to try changes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from strategybot.config import read_configuration
from strategybot.inquiries.accounts import Account, Fate, accounts_of
from strategybot.inquiries.configuration import configuration_pages
from strategybot.inquiries.rosters import other_spellings
from strategybot.jobs.made import posts_made
from strategybot.model.page import Revision, Title
from strategybot.model.process import Process
from strategybot.model.roster import Names
from strategybot.reading.roster import read_roster, read_subpage
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import Contributions, History, PagesUnder, Wiki

_POSTED = timedelta(days=366)
"""How far back posts of the bot's are looked for."""


def pull(source: Wiki, target: EmbeddedWiki) -> int:
    """Copy the pages of all processes that a wiki's bot is configured for; returns how many pages there are.

    So are the pages on which the bot has posted within a year. With them come the accounts that saved them or stand on
    a roster, with their groups, blocks and renamings, so that authority is the same.
    """
    site = source.start()
    bot = site.account.name
    runner = Runner(source)
    pages = runner.run(configuration_pages(bot))
    processes = [read_configuration(page.text, page.title, bot) for page in pages]
    places = [place for process in processes if isinstance(process, Process) for place in _places(process)]
    own = runner.run(ask(Contributions(site.time - _POSTED)))
    written_to = (one.page for one in posts_made(own, bot).values())
    titles = [*dict.fromkeys([*runner.run(_titles_under([Title(f"User:{bot}"), *places])), *written_to])]
    histories = dict(zip(titles, runner.run(together(_history(title) for title in titles)), strict=True))
    for title, revisions in histories.items():
        target.store(title, revisions)
    names = {revision.user for revision in chain.from_iterable(histories.values()) if revision.user}
    for process in processes:
        names |= _listed(process, histories) if isinstance(process, Process) else set()
    for account in runner.run(accounts_of(sorted(names), datetime.max.replace(tzinfo=UTC))).values():
        _join(target, account)
    return len(titles)


def _places(process: Process) -> Iterable[Title]:
    """Where a process's pages stand, and the talk pages on which groups are written to and minutes are objected to."""
    yield Title(process.root)
    yield from (group.page for group in process.groups)
    yield from (group.page.talk for group in process.groups)
    for seen in map(process.seen_from, process.bodies):
        yield from (seen.archive, seen.archive.talk, seen.calendar, seen.action_items, seen.decisions, seen.agendas)
    yield process.waiting
    yield from (Title(f"{namespace}:{process.templates}") for namespace in ("Template", "Module"))


def _titles_under(places: Iterable[Title]) -> Job[list[Title]]:
    """All pages that begin with one of these titles, once each."""
    found = yield from together(ask(PagesUnder(place)) for place in dict.fromkeys(places))
    return list(dict.fromkeys(chain.from_iterable(found)))


def _history(title: Title) -> Job[tuple[Revision, ...]]:
    revisions: tuple[Revision, ...] = ()
    while lot := (yield from ask(History(title, revisions[-1].id if revisions else None))):
        revisions += lot
    return revisions


def _listed(process: Process, histories: Mapping[Title, Sequence[Revision]]) -> set[str]:
    """Who stands on the groups' pages, and on those of their subpages that hold rosters, as far as they are copied."""
    found: set[str] = set()
    for group in process.groups:
        for page in (group.page, *other_spellings(group)):
            text = _newest(histories, page)
            names = read_roster(text, process.template("Working group"), group.name, page) or Names()
            below = [read_subpage(_newest(histories, Title(title)), group.name, where) for where, title in names.pages]
            found.update(name for one in (names, *below) for name in (*one.coordinators, *one.members))
    return found


def _newest(histories: Mapping[Title, Sequence[Revision]], title: Title) -> str:
    return next((revision.text or "" for revision in histories.get(title, ())), "")


def _join(wiki: EmbeddedWiki, account: Account) -> None:
    user = account.user
    if user.exists:
        wiki.add_account(user.name, user.groups, user.emailable, user.registered)
        if account.fate is Fate.RENAMED:
            wiki.rename(account.name, user.name)
    if user.blocked:
        wiki.block(user.name)
