"""Steps of the chain that were left out: their time has passed, and they weren't taken while there was any.

Each is told on the status page until the next meeting starts: what, since when it was due, and until when it would have
made sense. Only what was to be done then is told: not what wasn't configured, or was switched off, when it was due.
"""

from __future__ import annotations

from datetime import datetime

from strategybot.inquiries.authority import page_as_of
from strategybot.inquiries.configuration import configured_at
from strategybot.jobs.addresses import near, posts_since
from strategybot.jobs.keys import beginning
from strategybot.model.chain import Step, Window, missed, month
from strategybot.model.meeting import Meeting
from strategybot.model.problem import Label, Problem
from strategybot.model.process import Process, stop_pages
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import Contributions
from strategybot.wikitext.summaries import post_keys


def left_out(process: Process, step: Step, now: datetime) -> Job[tuple[Problem, ...]]:
    """The problem that a step was left out whose posts to the groups would prove that it wasn't."""
    found = next(((meeting, window) for one, meeting, window in missed(process.body, now) if one is step), None)
    if found is None:
        return ()
    meeting, window = found
    own = yield from ask(Contributions(posts_since(process, now)))
    begun = tuple(beginning(step.value, date, process) for date in (meeting.date, *near(process, meeting)))
    if any(key.startswith(begun) for one in own for key in post_keys(one.summary or "")):
        return ()
    if not (yield from was_to_be(process, step, meeting, window)) or not (yield from _had_pages(process, window)):
        return ()
    return (told(process, step, meeting, window),)


def told(process: Process, step: Step, meeting: Meeting, window: Window) -> Problem:
    """That a step was left out, for the status page."""
    since, until = (f"{one:%Y-%m-%d %H:%M} UTC" for one in (window.due, window.past or window.due))
    return Problem(
        "step-left-out", process.own(process.body.page), (Label(f"step-{step.value}"), meeting.date, since, until)
    )


def was_to_be(process: Process, step: Step, meeting: Meeting, window: Window) -> Job[bool]:
    """Whether step and meeting were planned when it was due, and its job wasn't switched off when it was too late."""
    then = yield from configured_at(process, window.due)
    planned = then.body.meetings.on(meeting.date) if then else None
    if then is None or planned is None or planned.cancelled or step not in month(then.body, meeting):
        return False
    switch = yield from page_as_of(stop_pages(process.bot, step.value)[1], window.past)
    return switch.text.strip().lower() == "yes"


def _had_pages(process: Process, window: Window) -> Job[bool]:
    """Whether a group had a page, and so a talk page, when it was too late."""
    for group in process.groups:
        if (yield from page_as_of(group.page, window.past)).exists:
            return True
    return False
