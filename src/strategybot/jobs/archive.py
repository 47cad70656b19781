"""The archive: the list of all of a body's minutes with their states, which each page of minutes shows of itself.

    {{:…/Minutes|2026-12-10}}    gives that meeting's state

What it says of approved minutes is what later runs know of them (inquiries/minutes.py). A row that people change stays
as they left it, as anything on the bot's pages does; a problem says that the bot says something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from strategybot.inquiries.shelf import is_of_people
from strategybot.jobs.carrying import carried
from strategybot.jobs.plan import Edit, Plan
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.page import Page
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import PageNow
from strategybot.wikitext.calls import calls
from strategybot.writing.minutes import archive_page
from strategybot.writing.texts import Texts


def archive(process: Process, minuted: Sequence[Minuted]) -> Job[Plan]:
    """The plan for the list. Where people's own page stands in its place, that is left alone, and a problem says so."""
    page = yield from ask(PageNow(process.archive))
    if (yield from is_of_people(process, page)):
        return Plan(problems=(Problem("archive-of-people", page.title),))
    if not (minuted or page.exists):
        return Plan()
    waiting = sum(one.stage in (Stage.FOR_APPROVAL, Stage.CONTESTED) for one in minuted)
    summary = Texts(process.languages[0]).say("summary-archive", str(waiting))
    text = archive_page(process, minuted)
    plan = yield from carried(process, Plan((Edit(page, text, summary),)))
    return replace(plan, problems=(*plan.problems, *_altered(process, page, text, plan)))


def _altered(process: Process, page: Page, text: str, plan: Plan) -> Iterator[Problem]:
    """The problems of meetings of which the list, with people's changes in it, says something else than the bot."""
    own = list(_rows(process, text))
    stands = [row for edit in plan.edits for row in _rows(process, edit.text) if row not in own]
    altered = {row["date"] for row in stands} & {row["date"] for row in own}
    for date in sorted(altered, reverse=True):
        yield Problem("archive-altered", page.title, (date,), page.revision.id if page.revision else None)


def _rows(process: Process, text: str) -> Iterator[Mapping[str, str]]:
    """What a version of the list says of meetings, in it and on the pages of their minutes, by the names of fields."""
    for name in ("Archived", "Approval"):
        yield from ({"": name, "date": "", **call.fields} for call in calls(text, process.template(name)))
