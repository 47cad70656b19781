"""The offline mirror: a process's pages, with their histories, copied into an embedded wiki to try changes on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from strategybot.config import read_configuration
from strategybot.inquiries.configuration import configuration_pages
from strategybot.model.page import Revision, Title, User
from strategybot.model.process import Process
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import History, PagesUnder, UserNamed, Wiki


def pull(source: Wiki, target: EmbeddedWiki) -> int:
    """Copy the pages of all processes that a wiki's bot is configured for; returns how many pages there are.

    With them come the accounts that saved them, with their groups and blocks, so that authority is the same.
    """
    bot = source.start().account.name
    runner = Runner(source)
    pages = runner.run(configuration_pages(bot))
    processes = [read_configuration(page.text, page.title, bot) for page in pages]
    places = [place for process in processes if isinstance(process, Process) for place in _places(process)]
    titles = runner.run(_titles_under([Title(f"User:{bot}"), *places]))
    histories = dict(zip(titles, runner.run(together(_history(title) for title in titles)), strict=True))
    for title, revisions in histories.items():
        target.store(title, revisions)
    names = {revision.user for revision in chain.from_iterable(histories.values()) if revision.user}
    for user in runner.run(together(ask(UserNamed(name)) for name in sorted(names))):
        _join(target, user)
    return len(titles)


def _places(process: Process) -> Iterable[Title]:
    """Where a process's pages stand."""
    yield Title(process.root)
    yield from (group.page for group in process.groups)
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


def _join(wiki: EmbeddedWiki, user: User) -> None:
    if user.exists:
        wiki.add_account(user.name, user.groups, user.emailable)
    if user.blocked:
        wiki.block(user.name)
