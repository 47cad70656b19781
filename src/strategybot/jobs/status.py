"""The status page: what the bot last changed, what there is to mend and by whom, and what comes next.

It is a report: it is made after the other jobs' plans were carried out, and tells what then stands. It shows
changes, not runs, so that a run that changed nothing has nothing to write here either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from strategybot.inquiries.ownership import by_bot
from strategybot.jobs.carrying import followed
from strategybot.jobs.discretion import discreet
from strategybot.jobs.plan import Edit, Plan, joined
from strategybot.model.page import Page, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.status import Part, Written
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow
from strategybot.writing.pages import status_page
from strategybot.writing.texts import Texts

MOST_OF_A_PAGE = 8
"""How many problems of one page are told, so that those of other pages can be seen."""


def status(
    problems: Mapping[Process, Sequence[Problem]], now: datetime, saved: Mapping[Title, Page] = MappingProxyType({})
) -> Job[Plan]:
    """The plan for the status pages of the processes that `problems` has entries for.

    `saved` are the pages that this run wrote, by the titles that were asked for, as they now stand.
    """
    places = tuple(dict.fromkeys(process.status for process in problems))
    pages, parts = yield from both(
        together(ask(PageNow(place)) for place in places),
        together(_part(process, now, saved, found) for process, found in problems.items()),
    )
    plans = []
    for place, page in zip(places, pages, strict=True):
        here = [part for part in parts if part.process.status == place]
        count = sum(len(found) for process, found in problems.items() if process.status == place)
        summary = Texts(here[0].process.languages[0]).say("summary-status", str(count))
        edit = Edit(page, status_page(here[0].process.templates, here, _last(here)), summary)
        reachable = next((part.process for part in here if part.process.contact), here[0].process)
        plans.append(_discreet(reachable, edit))
    return joined((yield from together(plans)))


def _discreet(process: Process, edit: Edit) -> Job[Plan]:
    edits = yield from followed(process, [edit])
    return (yield from discreet(process, Plan(edits), [edit.page]))


def _part(process: Process, now: datetime, saved: Mapping[Title, Page], problems: Sequence[Problem]) -> Job[Part]:
    meetings = [process.body.meetings.latest(now), process.body.meetings.following(now)]
    titles = [process.own(process.steering_group), *(process.agenda(meeting) for meeting in meetings if meeting)]
    read = yield from together(ask(PageNow(title)) for title in titles)
    pages = [saved.get(title, page) for title, page in zip(titles, read, strict=True)]
    shown = [
        Written(page.title, page.revision, by_bot=by_bot(page.revision, process.bot)) for page in pages if page.revision
    ]
    return Part(process, meetings[1], tuple(shown), tuple(_listed(problems)))


def _listed(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems page by page, and of a page that has many how many more there are: all pages are to be found here."""
    by_page: dict[Title, list[Problem]] = {}
    for found in sorted(problems, key=lambda found: (found.page, found.key)):
        by_page.setdefault(found.page, []).append(found)
    for page, here in by_page.items():
        yield from here[:MOST_OF_A_PAGE]
        if more := here[MOST_OF_A_PAGE:]:
            yield Problem("more-here", page, (str(len(more)),))


def _last(parts: Sequence[Part]) -> Written | None:
    own = [page for part in parts for page in part.pages if page.by_bot]
    return max(own, key=lambda page: page.revision.id, default=None)
