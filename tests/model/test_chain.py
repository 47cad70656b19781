"""The steps of a month, from the meeting and the offsets of its chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from strategybot.model.body import Body, Chain
from strategybot.model.calendar import Calendar
from strategybot.model.chain import Step, Window, missed, month
from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.page import Title
from tests.committee import moment

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CHAIN = Chain(
    call=7 * DAY, opens=14 * DAY, minutes=2 * HOUR, due=3 * DAY, again=4 * DAY, approval=20 * DAY, follow_up=5 * DAY
)
SECOND_THURSDAYS = Schedule(datetime.fromisoformat("2026-12-10T15:00"), "FREQ=MONTHLY;BYDAY=2TH")
BODY = Body("Council", Title("Council"), Calendar(SECOND_THURSDAYS), (), CHAIN)


def first(body: Body = BODY) -> Meeting:
    """The meeting of December; the next is on 14 January."""
    meeting = body.meetings.following(moment("12-01"))
    assert meeting
    return meeting


def test_month() -> None:
    """Each step has its time, and they come in the order of their times."""
    assert list(month(BODY, first()).items()) == [
        (Step.AGENDA, Window(moment("11-26T15:00"))),
        (Step.CALL, Window(moment("12-03T15:00"), moment("12-10T15:00"))),
        (Step.MINUTES, Window(moment("12-10T13:00"), moment("2027-01-14T15:00"))),
        (Step.START, Window(moment("12-10T15:00"))),
        (Step.DUE, Window(moment("12-13T15:00"), moment("2027-01-14T15:00"))),
        (Step.FOLLOW_UP, Window(moment("12-15T15:00"), moment("2027-01-14T15:00"))),
        (Step.APPROVAL, Window(moment("12-30T15:00"))),
    ]


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        (Step.CALL, {"call": None}),
        (Step.FOLLOW_UP, {"follow_up": None}),
        (Step.FOLLOW_UP, {"follow_up": 40 * DAY}),  # after the next meeting
        (Step.DUE, {"due": 40 * DAY}),
    ],
)
def test_steps_that_are_not_taken(step: Step, changes: dict[str, timedelta | None]) -> None:
    """What a body does without is no step of it, nor what would come when it makes no sense any more."""
    body = replace(BODY, chain=replace(CHAIN, **changes))
    assert set(month(BODY, first())) - set(month(body, first())) == {step}


def test_approval() -> None:
    """Minutes are approved after their span, or when the next meeting starts: whichever comes first."""
    slow = replace(BODY, chain=replace(CHAIN, approval=60 * DAY))
    without = replace(BODY, chain=replace(CHAIN, approval=None))
    once = replace(BODY, meetings=Calendar(replace(SECOND_THURSDAYS, rule="FREQ=DAILY;COUNT=1")))
    never = replace(once, chain=replace(CHAIN, approval=None))
    found = [month(body, first(body)).get(Step.APPROVAL) for body in (slow, without, once, never)]
    assert found == [Window(moment(time)) if time else None for time in (
        "2027-01-14T15:00", "2027-01-14T15:00", "12-30T15:00", ""
    )]  # fmt: skip


def test_the_last_meeting_of_all() -> None:
    """What follows the last meeting of all makes sense at any time."""
    once = replace(BODY, meetings=Calendar(replace(SECOND_THURSDAYS, rule="FREQ=DAILY;COUNT=1")))
    assert month(once, first(once))[Step.FOLLOW_UP] == Window(moment("12-15T15:00"))
    assert [step for step, _, _ in missed(once, moment("2028-01-01"))] == [Step.CALL]


@pytest.mark.parametrize(
    ("time", "is_open", "is_past"),
    [
        ("12-03T14:59", False, False),
        ("12-03T15:00", True, False),
        ("12-10T14:59", True, False),
        ("12-10T15:00", False, True),
        ("2028-01-01", False, True),
    ],
)
def test_window(time: str, is_open: bool, is_past: bool) -> None:
    """A step is due from its moment on, and it is too late for it from another on, to the minute."""
    window = month(BODY, first())[Step.CALL]
    assert (window.is_open(moment(time)), window.is_past(moment(time))) == (is_open, is_past)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("12-10T14:59", []),
        ("12-10T15:00", [(Step.CALL, "2026-12-10")]),
        ("2027-01-14T14:59", [(Step.CALL, "2026-12-10")]),
        (
            "2027-01-14T15:00",
            [
                (Step.MINUTES, "2026-12-10"), (Step.DUE, "2026-12-10"), (Step.FOLLOW_UP, "2026-12-10"),
                (Step.CALL, "2027-01-14"),
            ],
        ),
    ],
)  # fmt: skip
def test_missed(time: str, expected: list[tuple[Step, str]]) -> None:
    """It is too late for a step from one meeting's start on, and nobody hears of it any more from the next one's."""
    assert [(step, meeting.date) for step, meeting, _ in missed(BODY, moment(time))] == expected
