"""How it stands with a meeting's minutes: from being expected to being approved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from strategybot.model.meeting import Meeting
from strategybot.model.minutes import Record
from strategybot.model.page import Page


class Stage(Enum):
    """How far minutes have come; the value is its name on pages."""

    EXPECTED = "expected"
    LATE = "late"
    FOR_APPROVAL = "for-approval"
    CONTESTED = "contested"
    APPROVED = "approved"

    @property
    def is_awaited(self) -> bool:
        """Whether nobody has written down yet what the meeting said."""
        return self in (Stage.EXPECTED, Stage.LATE)


@dataclass(frozen=True)
class Objection:
    """A section of the minutes' talk page that objects to them, with who raised it (empty where hidden), and when.

    It `counts` where that is somebody whose word counts in the body. `ended` is when it was resolved or withdrawn by
    somebody who may, None while it is open. Both moments are in UTC.
    """

    heading: str
    user: str
    raised: datetime
    revid: int
    counts: bool
    ended: datetime | None = None


@dataclass(frozen=True)
class Approval:
    """Minutes as they were approved: by which revision, and a digest of their words by then."""

    revid: int
    words: str


@dataclass(frozen=True)
class Minuted:
    """A meeting by its date, and its minutes.

    `page` is where they stand, or would (then it is missing). `record` is what the page says of the meeting: None where
    there is no such page, or it can't be read. `meeting` is None where the calendar has none on that date.

    `until` is when they are due (EXPECTED, LATE), or approved unless somebody objects (FOR_APPROVAL, CONTESTED); None
    where that isn't known. `objections` are those that are open and those that count for nothing. `approval` is set
    where they are approved; `changed` says that they read otherwise since. `taker` is the account of
    whoever takes them, empty where only words say who that is, or nothing does. `offered` is the revision that stands
    where nobody has written them yet but people whose word doesn't count in the body.
    """

    date: str
    page: Page
    stage: Stage
    meeting: Meeting | None = None
    record: Record | None = None
    until: datetime | None = None
    objections: tuple[Objection, ...] = ()
    approval: Approval | None = None
    changed: bool = False
    taker: str = ""
    offered: int | None = None


def stage_of(due: datetime, until: datetime | None, objections: Collection[Objection], now: datetime) -> Stage:
    """How far minutes have come that are due at a moment; `until` as far as they were written, None where they aren't.

    An objection that counts holds them while it is open.
    """
    if until is None:
        return Stage.LATE if now >= due else Stage.EXPECTED
    approved = approved_at(until, objections)
    if approved is None or (now < until and any(one.counts and one.ended is None for one in objections)):
        return Stage.CONTESTED
    return Stage.APPROVED if now >= approved else Stage.FOR_APPROVAL


def approved_at(until: datetime, objections: Collection[Objection]) -> datetime | None:
    """When minutes were approved that were to be so at a moment; None where an objection is open that holds them.

    What is raised later, once they are approved, holds them no more.
    """
    moment = until
    for one in sorted((one for one in objections if one.counts), key=lambda one: one.raised):
        if one.raised >= moment:
            break
        if one.ended is None:
            return None
        moment = max(moment, one.ended)
    return moment
