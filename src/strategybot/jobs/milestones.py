"""Milestones to subscribe to: one thread a year on the steering group's talk page, with a signed line for each.

The wiki tells whoever has subscribed to the thread of each line, and nobody else. The first milestone of a year begins
the thread, and its line follows right after. A milestone belongs to the year of its meeting, or of its letter's month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from strategybot.inquiries.letters import origin_of
from strategybot.inquiries.minutes import minuted
from strategybot.inquiries.provenance import Origin
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Plan, Post, Proof
from strategybot.jobs.posting import Saved, postings, saved_since
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.page import Page, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow
from strategybot.writing.milestones import date_in_words, milestone_line, milestones_body, milestones_heading
from strategybot.writing.texts import Texts

JOB = "milestones"

_NEWS = timedelta(days=60)
"""How far a meeting, or a month's end, may be away for what belongs to it to be told: nothing was told before that."""

_Line = tuple[str, Post]
"""A line and its year."""


def milestones(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the steering group's milestones, once they are there."""
    if process.relaying is None:
        return Plan()
    meeting = process.body.meetings.following(now)
    agenda, (minutes, letters) = yield from both(
        _agenda(process, meeting, now), both(minuted(process, now), _letters(process, now))
    )
    lines = list(_of_meetings(process, agenda, meeting, minutes, now))
    awaited = frozenset([process.agenda(meeting)] if meeting and not agenda else [])
    if not lines and not letters:
        return Plan(awaits=awaited)
    years = {*(year for year, _ in lines), *(month[:4] for month in letters)}
    saved = yield from saved_since(_begins(min(years)), process)
    published, problems = yield from _published(process, letters, saved)
    lines += published
    threads = {year: _thread(process, year) for year in sorted({year for year, _ in lines})}
    opened = yield from postings(list(threads.values()), process.bot, saved, lambda _: known(()))
    begun = {one.post.key for one in opened if one.proof is Proof.DONE}
    due = [line for year, line in lines if threads[year].key in begun]
    told = yield from postings(due, process.bot, saved, lambda _: known(()))
    return Plan(posts=(*opened, *told), problems=problems, unfinished=len(begun) < len(threads), awaits=awaited)


# --- What there is to tell


def _agenda(process: Process, meeting: Meeting | None, now: datetime) -> Job[Title | None]:
    """The agenda of the next meeting, where it stands and that is near."""
    if meeting is None or meeting.start - now > _NEWS:
        return None
    page = yield from ask(PageNow(process.agenda(meeting)))
    return page.title if page.exists and not page.redirected else None


def _letters(process: Process, now: datetime) -> Job[Mapping[str, Page]]:
    """What stands where the letters of the last months are published, by their months."""
    months = sorted({f"{now - timedelta(days=days):%Y-%m}" for days in range(_NEWS.days + 1)})
    pages = yield from together(ask(PageNow(process.letter(month))) for month in months)
    return {month: page for month, page in zip(months, pages, strict=True) if _is_led_on(page) or page.text.strip()}


def _is_led_on(page: Page) -> bool:
    """Whether a title leads to another page, or nowhere."""
    return page.redirected or page.leads_nowhere


def _of_meetings(
    process: Process, agenda: Title | None, meeting: Meeting | None, minutes: tuple[Minuted, ...], now: datetime
) -> Iterator[_Line]:
    """All lines that there may be now about meetings."""
    if agenda and meeting:
        yield _line(process, "agenda", meeting.date, agenda)
    for one in minutes:
        is_near = one.meeting is not None and now - one.meeting.start <= _NEWS
        if one.stage is Stage.APPROVED and is_near:
            yield _line(process, "minutes", one.date, one.page.title)


def _published(
    process: Process, letters: Mapping[str, Page], saved: Saved
) -> Job[tuple[list[_Line], tuple[Problem, ...]]]:
    """The lines of those letters that are published and not told yet, and why others aren't."""
    lines = {month: _line(process, "letter", month, page.title) for month, page in letters.items()}
    untold = [month for month, (_, post) in lines.items() if not saved.proof(post, process.bot)]
    standing = [month for month in untold if not _is_led_on(letters[month])]
    origins = yield from together(origin_of(process, letters[month]) for month in standing)
    found = dict(zip(standing, origins, strict=True))
    counting = [month for month in standing if found[month].counts]
    problems = tuple(_problem(letters[month], found.get(month)) for month in untold if month not in counting)
    return [lines[month] for month in counting], problems


def _problem(page: Page, origin: Origin | None) -> Problem:
    """Why a letter isn't told: by which revision it stands there, None where the page leads elsewhere."""
    if origin is None:
        return Problem("letter-redirect", page.asked)
    return Problem("letter-waiting", page.title, (origin.revision.user or "",), origin.revision.id)


# --- What is told


def _line(process: Process, kind: str, date: str, page: Title) -> _Line:
    """The line that tells a milestone, at the end of its year's thread."""
    language, thread = process.languages[0], _thread(process, date[:4])
    post = Post(
        target=thread.target,
        identity=Key(JOB, f"{kind} {date}", process, process.steering_group),
        heading=thread.heading,
        body=milestone_line(language, kind, date, page),
        summary=Texts(language).say(f"summary-milestone-{kind}", date_in_words(language, date)),
        language=language,
        since=thread.since,
        within=thread.key,
    )
    return date[:4], post


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
        since=_begins(year),
    )


def _begins(year: str) -> datetime:
    """Since when a year's milestones can have been told."""
    return datetime(int(year), 1, 1, tzinfo=UTC) - _NEWS - timedelta(days=2)
