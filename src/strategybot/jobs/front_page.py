"""The steering group's front page: the next meeting, what waits by group, who is in it, and past agendas.

With it comes the page of what waits by person, of which a template shows each person's part.

It asks what the agenda's job asks, so that both together ask nothing twice, and it tells what will stand when that
job's plan is carried out: an agenda that is due in this run is linked in this run.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import referring, update_of
from strategybot.jobs.carrying import carried
from strategybot.jobs.closing import due
from strategybot.jobs.correspondence import correspondence
from strategybot.jobs.discretion import discreet
from strategybot.jobs.plan import Edit, Plan
from strategybot.jobs.waiting import bodies, by_person, waiting_edit
from strategybot.model.body import Group
from strategybot.model.chain import month
from strategybot.model.front_page import FrontPage, Past
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.update import Update
from strategybot.model.waiting import Waiting
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow, PagesUnder
from strategybot.wikitext.slots import slot
from strategybot.writing.pages import front_page_text
from strategybot.writing.texts import Texts

MOST_PAST = 12
"""How many past meetings are listed; the others are a link away."""


def front_page(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the front page, and for the page of what waits. What people wrote in its slot is carried along."""
    meeting = process.body.meetings.following(now)
    opens = meeting.start - process.body.chain.opens if meeting else None
    opened = meeting if opens and now >= opens else None
    ((pages, past), relayed), (groups, found) = yield from both(
        both(both(_pages(process), _past(process, meeting, now)), correspondence(process, now)),
        both(together(_group(process, group, opened) for group in process.groups), bodies(process, now)),
    )
    rosters, updates = tuple(roster for roster, _ in groups), tuple(update for _, update in groups if update)
    open_ones = relayed.requests(now), relayed.feedback(now)
    waiting = Waiting(rosters, updates, found.matters, now, *open_ones, process.core_team)
    front = FrontPage(
        now=now,
        meeting=meeting,
        after=process.body.meetings.following(meeting.start) if meeting else None,
        steps=month(process.body, meeting) if meeting else {},
        agenda=process.agenda(opened) if opened else None,
        rosters=rosters,
        updates=updates,
        rows=waiting.rows,
        past=past[:MOST_PAST],
        older=len(past) > MOST_PAST,
    )
    persons = yield from by_person(process, waiting, found)
    edits = (_edit(process, pages[0], front), waiting_edit(process, pages[1], persons, opened))
    problems = tuple(problem for roster in rosters for problem in roster.problems)
    plan = yield from carried(process, Plan(edits, problems))
    return (yield from discreet(process, plan, pages))


def _pages(process: Process) -> Job[tuple[Page, ...]]:
    """The front page, and the page of what waits."""
    return (
        yield from together(ask(PageNow(title)) for title in (process.own(process.steering_group), process.waiting))
    )


def _edit(process: Process, page: Page, front: FrontPage) -> Edit:
    summary = Texts(process.languages[0]).say("summary-front-page", str(front.lacking))
    return Edit(page, front_page_text(process, front, slot(page.text, "about") or ""), summary)


def _group(process: Process, group: Group, meeting: Meeting | None) -> Job[tuple[Roster, Update | None]]:
    """A group's roster, and its update for a meeting whose agenda is open."""
    roster = yield from roster_of(process, group)
    if meeting is None:
        return roster, None
    update = yield from update_of(process, roster, meeting)
    return roster, (yield from referring(process, roster, update, meeting))


def _past(process: Process, meeting: Meeting | None, now: datetime) -> Job[tuple[Past, ...]]:
    """The agendas of meetings before the next one that stand, or will after this run, newest first.

    Those that people made by hand are among them.
    """
    last = process.body.meetings.latest(now)
    titles, is_due = yield from both(ask(PagesUnder(process.agendas)), due(process, last) if last else known(False))
    made = [process.agenda(last)] if last and is_due else []
    found = {past.date: past for title in (*titles, *made) if (past := _dated(process, title))}
    return tuple(found[day] for day in sorted(found, reverse=True) if meeting is None or day < meeting.date)


def _dated(process: Process, title: Title) -> Past | None:
    """The meeting whose agenda a title is; None where it isn't an agenda's."""
    day = title.text.removeprefix(process.agendas.text).lstrip("/")[:10]
    try:
        moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    except ValueError:
        return None
    return Past(day, title) if process.agenda(Meeting(moment, day, 0)) == title else None
