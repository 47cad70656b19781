"""The pages for minutes: each made once before its meeting, with all that is known by then, and people's from then on.

Where a page or a section with the meeting's date exists, whoever made it, there is nothing to make. The list of all
minutes with their states is this job's as well (archive.py), and what is due where minutes are late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from strategybot.inquiries.configuration import configuration_at
from strategybot.inquiries.minutes import doubts, minuted
from strategybot.inquiries.people import People, people_of
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.shelf import is_of_people
from strategybot.inquiries.updates import update_of
from strategybot.jobs.archive import archive
from strategybot.jobs.left_out import told, was_to_be
from strategybot.jobs.plan import Edit, Plan, joined
from strategybot.jobs.registers import kept
from strategybot.model.body import Group
from strategybot.model.chain import Step, is_due, missed
from strategybot.model.due import Due
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.update import Update
from strategybot.reading.items import items
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow
from strategybot.wikitext.slots import slot
from strategybot.writing.languages import long_date
from strategybot.writing.minutes import Expected, Opening, minutes_page
from strategybot.writing.texts import Texts


def minutes(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the minutes of all bodies."""
    return joined((yield from together(_of_body(process.seen_from(body), now) for body in process.bodies)))


def _of_body(process: Process, now: datetime) -> Job[Plan]:
    found, doubtful = yield from both(minuted(process, now), doubts(process, now))
    made, (listed, (problems, dues)) = yield from both(
        together(_made(process, meeting, now) for meeting in _wanted(process, found, now)),
        both(archive(process, found), both(_left_out(process, found, now), _dues(process, found, now))),
    )
    return joined([*made, listed, Plan(problems=(*problems, *doubtful, *_offered(found)), dues=dues)])


# --- Making a page


def _wanted(process: Process, found: Sequence[Minuted], now: datetime) -> Iterator[Meeting]:
    """The meetings for which a page is to be made now: those that have no minutes anywhere."""
    for one in found:
        meeting = one.meeting
        if meeting and not (meeting.cancelled or one.page.exists) and is_due(process.body, meeting, Step.MINUTES, now):
            yield meeting


def _made(process: Process, meeting: Meeting, now: datetime) -> Job[Plan]:
    """The plan that makes the page for a meeting's minutes."""
    titles = process.minutes(meeting), process.agenda(meeting), process.archive
    (page, agenda, standing), ((registers, people), updates) = yield from both(
        together(ask(PageNow(title)) for title in titles),
        both(
            both(kept(process, now), people_of(process)),
            together(_update(process, group, meeting) for group in process.body.groups),
        ),
    )
    raised = {topic for update in updates for topic in update.said}
    opening = Opening(
        meeting=meeting,
        following=process.body.meetings.following(meeting.start),
        expected=tuple(_expected(people, meeting)),
        items=tuple(item.key for item in process.body.items if item.key not in process.topics or item.key in raised),
        proposals=items(slot(agenda.text, "proposed") or ""),
        open=registers.items.open,
        is_listed=not (yield from is_of_people(process, standing)),
    )
    language = process.languages[0]
    summary = Texts(language).say("summary-minutes", long_date(language, meeting.date))
    return Plan((Edit(page, minutes_page(process, opening), summary),))


def _update(process: Process, group: Group, meeting: Meeting) -> Job[Update]:
    roster = yield from roster_of(process, group)
    return (yield from update_of(process, roster, meeting))


def _expected(people: People, meeting: Meeting) -> Iterator[Expected]:
    """Those who are expected: the coordinators and the core team, of a working group its members as well."""
    groups: dict[str, list[str]] = {}
    for roster in people.rosters:
        members = roster.names.members if people.is_group else ()
        for name in (*roster.names.coordinating(meeting.start), *members):
            groups.setdefault(name, []).append(roster.group.name)
    yield from (Expected(name, tuple(dict.fromkeys(those))) for name, those in groups.items())
    if not people.is_group:
        yield from (Expected(name) for name in sorted(people.core_team - groups.keys()))


# --- What people should know


def _left_out(process: Process, found: Sequence[Minuted], now: datetime) -> Job[tuple[Problem, ...]]:
    """The problem that the page of the meeting before the last was never made, in time or at all."""
    there = {one.date for one in found if one.page.exists}
    never = [one for one in missed(process.body, now) if one[0] is Step.MINUTES and one[1].date not in there]
    were_to_be = yield from together(was_to_be(process, *one) for one in never)
    return tuple(told(process, *one) for one, was in zip(never, were_to_be, strict=True) if was)


def _offered(found: Sequence[Minuted]) -> Iterator[Problem]:
    """The problems that somebody wrote minutes whose word doesn't count, and that nobody has taken them on."""
    return (Problem("minutes-offered", one.page.title, (one.date,), one.offered) for one in found if one.offered)


def _dues(process: Process, found: Sequence[Minuted], now: datetime) -> Job[tuple[Due, ...]]:
    """Who is asked for the last meeting's minutes: whoever takes them, and then the body's coordinators.

    The minutes of a meeting from before the process was configured nobody owes.
    """
    latest = process.body.meetings.latest(now)
    late = next((one for one in found if one.stage is Stage.LATE and one.meeting == latest), None)
    if late is None or latest is None or (yield from configuration_at(process, latest.start)) is None:
        return ()
    people = yield from people_of(process)
    asked: dict[str, str] = {}
    if now >= latest.start + process.body.chain.due + process.body.chain.again:
        coordinators = [name for roster in people.rosters for name in roster.names.coordinating(now)]
        asked = dict.fromkeys(coordinators or sorted(people.core_team), "coordinators")
    if late.taker:
        asked[late.taker] = "taker"
    return tuple(_due(process, latest, late.page.asked, name, role) for name, role in asked.items())


_ASKING = {"taker": "due-minutes-taker", "coordinators": "due-minutes-coordinators"}
"""The sentence for each part that somebody has in it."""


def _due(process: Process, meeting: Meeting, page: Title, name: str, role: str) -> Due:
    day, group = long_date(process.languages[0], meeting.date), process.body.group
    return Due(
        person=name,
        matter=f"minutes {meeting.date} {group.name if group else '*'} {role}",  # whatever the body is called
        key=_ASKING[role],
        words=(process.body.name, day),
        page=page,
        since=min(meeting.start, meeting.moved_from or meeting.start),
        process=process,
    )
