"""The calendar page of a body, from the model to wikitext."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.writing.environment import render
from strategybot.writing.pages import local_time, where
from strategybot.writing.safe import Field


@dataclass(frozen=True)
class Row:
    """A meeting on the calendar page. `planned` is its start in local words for who moves it, empty where none can."""

    meeting: Meeting
    local: Field
    place: Field
    place_before: Field
    agenda: Title | None
    planned: str


def row(process: Process, meeting: Meeting, *, agenda: bool, can_change: bool) -> Row:
    """A meeting's row: `agenda` says whether its agenda may stand by now, `can_change` whether it is still to come."""
    local = process.body.meetings.schedule.local(meeting.start)
    return Row(
        meeting,
        local_time(process, meeting),
        where(meeting.place),
        where(meeting.place_before),
        process.agenda(meeting) if agenda else None,
        f"{local:%Y-%m-%d %H:%M}" if can_change else "",
    )


def calendar_text(process: Process, coming: Sequence[Row], past: Sequence[Row], to_mend: Sequence[Problem]) -> str:
    """The text of the calendar page. People's entries stand below it, and are carried along as what they change."""
    return render(
        "calendar.wiki",
        process=process,
        prefix=Field(process.templates),
        page=process.calendar,
        zone=process.body.meetings.schedule.zone,
        coming=coming,
        past=past,
        to_mend=to_mend,
    )
