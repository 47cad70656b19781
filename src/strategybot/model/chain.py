"""The chain of a month: the steps around a meeting, each with the time in which it makes sense.

Each job decides by it whether its step is due. So every step is made up for after an outage as long as there is time,
and one whose time has passed is left out:

    if is_due(process.body, meeting, Step.CALL, now): ...
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from strategybot.model.body import Body
from strategybot.model.meeting import Meeting


class Step(Enum):
    """A step of a month, in the order in which they usually come; the value is its name in texts."""

    CALL = "call"
    AGENDA = "agenda"
    MINUTES = "minutes"
    START = "start"
    DUE = "due"
    FOLLOW_UP = "follow-up"
    APPROVAL = "approval"


@dataclass(frozen=True)
class Window:
    """From when on a step is due, and from when on it is too late for it (UTC; None where it never is)."""

    due: datetime
    past: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the step is to be done now if it hasn't been."""
        return self.due <= now and not self.is_past(now)

    def is_past(self, now: datetime) -> bool:
        """Whether it is too late for the step."""
        return self.past is not None and self.past <= now


def month(body: Body, meeting: Meeting) -> dict[Step, Window]:
    """The steps around a meeting of a body, without those that it doesn't take, in the order of their times.

    What is said before a meeting has passed when it starts; what follows one has passed when the next one starts. The
    agenda and the approval are states, which are made up for at any time.
    """
    chain, start = body.chain, meeting.start
    after = body.meetings.following(start)
    end = after.start if after else None
    approved = min(filter(None, (end, start + chain.approval if chain.approval else None)), default=None)
    steps = {
        Step.CALL: Window(start - chain.call, start) if chain.call else None,
        Step.AGENDA: Window(start - chain.opens),
        Step.MINUTES: Window(start - chain.minutes, end),
        Step.START: Window(start),
        Step.DUE: Window(start + chain.due, end),
        Step.FOLLOW_UP: Window(start + chain.follow_up, end) if chain.follow_up else None,
        Step.APPROVAL: Window(approved) if approved else None,
    }
    taken = [
        (step, window) for step, window in steps.items() if window and (window.past is None or window.due < window.past)
    ]
    return dict(sorted(taken, key=lambda one: one[1].due))


def is_due(body: Body, meeting: Meeting, step: Step, now: datetime) -> bool:
    """Whether a body takes a step around a meeting, and is to take it now."""
    window = month(body, meeting).get(step)
    return window is not None and window.is_open(now)


def missed(body: Body, now: datetime) -> list[tuple[Step, Meeting, Window]]:
    """The steps for which it is too late since the latest meeting started: its own, and those of the one before."""
    latest = body.meetings.latest(now)
    if latest is None:
        return []
    before = body.meetings.preceding(latest)
    return [
        (step, meeting, window)
        for meeting in (before, latest)
        if meeting
        for step, window in month(body, meeting).items()
        if window.past == latest.start
    ]
