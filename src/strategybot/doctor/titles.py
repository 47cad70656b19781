"""The titles of the bot's pages: those that collide, and the pages of people that stand in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations

from strategybot.config import colliding
from strategybot.doctor.configuration import FAULT
from strategybot.doctor.finding import Finding, fault, hint
from strategybot.inquiries import ownership
from strategybot.model.page import Page, Site
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow

_SHARED = ("archive", "calendar", "action_items", "decisions")
"""The pages of the bot's that people write on as well, or in place of which they may have one of theirs."""


def title_findings(processes: Sequence[Process]) -> Iterator[Finding]:
    """Titles that two processes would share."""
    at_fault = colliding(processes)
    for faults in at_fault:
        yield from (fault(FAULT, str(faults.page), sentence, page=faults.page) for sentence in faults.sentences)
    standing = [process for process in processes if process.page not in {faults.page for faults in at_fault}]
    for one, another in combinations(standing, 2):
        if one.root == another.root:
            yield hint("same-root", one.name, another.name, one.root, page=another.page)


def in_the_way(process: Process, site: Site, now: datetime) -> Job[list[Finding]]:
    """The pages that the bot will write next and that are not, or no longer, its own."""
    agendas = [
        seen.agenda(meeting)
        for seen in map(process.seen_from, process.bodies)
        if (meeting := seen.body.meetings.following(now))
    ]
    shared = {title for key, title in process.kept if key in _SHARED}
    titles = [process.status, *(title for _, title in process.kept), *agendas]
    pages = yield from together(ask(PageNow(title)) for title in titles)
    owners = yield from together(owner_of(page, site.account.name) for page in pages)
    findings = [finding for page in pages for finding in _protection(page, site)]
    own = [(page, owner) for page, owner in zip(pages, owners, strict=True) if page.asked not in shared]
    return [*findings, *(finding for page, owner in own for finding in _ownership(page, owner))]


def owner_of(page: Page, bot: str) -> Job[str]:
    """Whose a page is: `bot` where nobody else changed it, `changed` where somebody did, else `people`."""
    return (yield from ownership.owner_of(page, bot)).value


def _ownership(page: Page, owner: str) -> Iterator[Finding]:
    if owner == "people":
        yield fault("page-in-the-way", str(page.title), page=page.title)
    elif owner == "changed":
        yield hint("page-edited", str(page.title), page=page.title)


def _protection(page: Page, site: Site) -> Iterator[Finding]:
    if not site.account.may_edit(page.protection):
        yield fault("page-protected", str(page.title), page.protection, page=page.title)
