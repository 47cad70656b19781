"""What a closed agenda itself bears witness to: where a group's pages were then, and who spoke for the group.

So it depends neither on what became of a group's page since, nor on what stands at the titles of its sources now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.inquiries.accounts import present_names
from strategybot.inquiries.rosters import other_spellings
from strategybot.jobs.quotes import Quote
from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageAt, PageNow, RevisionById


def group_then(process: Process, group: Group, meetings: Sequence[Meeting], named: Sequence[Quote]) -> Group:
    """The group with that spelling of its page below which the agenda quotes its updates."""
    places = {quote.page for quote in named if quote.group == group.name}
    spelled = [replace(group, page=title) for title in (group.page, *other_spellings(group))]
    return next(
        (one for one in spelled if places & {process.updates(one), *(process.update(one, day) for day in meetings)}),
        group,
    )


def speakers(group: Group, named: Sequence[Quote]) -> Job[tuple[str, ...]]:
    """Who spoke for the group, by the names of today."""
    users = {quote.user: None for quote in named if quote.group == group.name and not quote.waiting}
    return (yield from present_names(user for user in users if user))


def with_speakers(roster: Roster, names: Sequence[str]) -> Roster:
    """The roster with those who spoke for the group when the agenda was closed, whatever became of its page since."""
    coordinators = tuple(dict.fromkeys((*roster.names.coordinators, *names)))
    return replace(roster, names=replace(roster.names, coordinators=coordinators))


def pages_then(group: Group, named: Sequence[Quote], at: datetime) -> Job[dict[Title, Page]]:
    """The pages that the agenda quotes for a group as of a moment, by their titles then, wherever they stand now."""
    quotes = [quote for quote in dict.fromkeys(named) if quote.group == group.name]
    revisions = yield from together(ask(RevisionById(quote.revid)) for quote in quotes)
    places = {
        quote.page: revision.page
        for quote, revision in zip(quotes, revisions, strict=True)
        if revision is not None and revision.page is not None
    }
    pages = yield from together(_page_then(asked, title, at) for asked, title in places.items())
    return dict(zip(places, pages, strict=True))


def _page_then(asked: Title, title: Title, at: datetime) -> Job[Page]:
    page = yield from ask(PageNow(title))
    if page.title != title or page.revision is None or page.revision.time > at:
        page = yield from ask(PageAt(title, at))
    return replace(page, asked=asked, redirected=False)
