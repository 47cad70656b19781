"""Milestones to subscribe to: one thread a year on the steering group's talk page, with a signed line for each.

The wiki tells whoever has subscribed to the thread of each line, and nobody else. The first milestone of a year begins
the thread, and its line follows right after. A milestone belongs to the year of its meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from strategybot.inquiries.minutes import minuted
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Plan, Post, Proof
from strategybot.jobs.posting import postings, saved_since
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known
from strategybot.wiki.port import PageNow
from strategybot.writing.languages import long_date
from strategybot.writing.milestones import milestone_line, milestones_body, milestones_heading
from strategybot.writing.texts import Texts

JOB = "milestones"

_NEWS = timedelta(days=60)
"""How far a meeting may be away for what belongs to it to be told: nothing of it was told before that."""


def milestones(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the steering group's milestones, once they are there."""
    if process.relaying is None:
        return Plan()
    meeting = process.body.meetings.following(now)
    agenda, minutes = yield from both(_agenda(process, meeting, now), minuted(process, now))
    lines = list(_lines(process, agenda, meeting, minutes, now))
    awaited = frozenset([process.agenda(meeting)] if meeting and not agenda else [])
    if not lines:
        return Plan(awaits=awaited)
    threads = {year: _thread(process, year) for year in sorted({year for year, _ in lines})}
    saved = yield from saved_since(min(thread.since for thread in threads.values()))
    opened = yield from postings(list(threads.values()), process.bot, saved, lambda _: known(()))
    begun = {one.post.key for one in opened if one.proof is Proof.DONE}
    due = [line for year, line in lines if threads[year].key in begun]
    told = yield from postings(due, process.bot, saved, lambda _: known(()))
    return Plan(posts=(*opened, *told), unfinished=len(begun) < len(threads), awaits=awaited)


def _agenda(process: Process, meeting: Meeting | None, now: datetime) -> Job[Title | None]:
    """The agenda of the next meeting, where it stands and that is near."""
    if meeting is None or meeting.start - now > _NEWS:
        return None
    page = yield from ask(PageNow(process.agenda(meeting)))
    return page.title if page.exists and not page.redirected else None


def _lines(
    process: Process, agenda: Title | None, meeting: Meeting | None, minutes: tuple[Minuted, ...], now: datetime
) -> Iterator[tuple[str, Post]]:
    """All lines that there may be now, each with its year."""
    if agenda and meeting:
        yield meeting.date[:4], _line(process, "agenda", meeting.date, agenda)
    for one in minutes:
        is_near = one.meeting is not None and now - one.meeting.start <= _NEWS
        if one.stage is Stage.APPROVED and is_near:
            yield one.date[:4], _line(process, "minutes", one.date, one.page.title)


def _line(process: Process, kind: str, date: str, page: Title) -> Post:
    """The line that tells a milestone, at the end of its year's thread."""
    language, thread = process.languages[0], _thread(process, date[:4])
    return Post(
        target=thread.target,
        identity=Key(JOB, f"{kind} {date}", process, process.steering_group),
        heading=thread.heading,
        body=milestone_line(language, kind, date, page),
        summary=Texts(language).say(f"summary-milestone-{kind}", long_date(language, date)),
        language=language,
        since=thread.since,
        within=thread.key,
    )


def _thread(process: Process, year: str) -> Post:
    """The post that begins a year's thread."""
    language = process.languages[0]
    identity = Key(JOB, year, process, process.steering_group)
    return Post(
        target=identity.target,
        identity=identity,
        heading=milestones_heading(language, process.body.name, year),
        body=milestones_body(language, process.body.name),
        summary=Texts(language).say("summary-milestones", year),
        language=language,
        since=datetime(int(year), 1, 1, tzinfo=UTC) - _NEWS - timedelta(days=2),
    )
