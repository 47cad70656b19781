"""The pages that the bot makes, from the model to wikitext."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategybot.model import waiting
from strategybot.model.agenda import Agenda
from strategybot.model.front_page import FrontPage
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.status import Part, Written
from strategybot.wikitext.slots import filled
from strategybot.writing.environment import render
from strategybot.writing.safe import Field, field


def agenda_page(process: Process, agenda: Agenda, proposed: str) -> str:
    """The text of an agenda. `proposed` is what people wrote in its slot, carried along to the letter."""
    text = render(
        "agenda.wiki",
        process=process,
        prefix=Field(process.templates),
        agenda=agenda,
        meeting=agenda.meeting,
        proposed=bool(proposed.strip()),
        planned=max(agenda.needed, sum(item.minutes for item in agenda.items)),
        topics=process.topics[1:],
        core_team=[] if process.body.group else sorted(process.core_team),
        local_time=local_time(process, agenda.meeting),
        place=where(agenda.meeting.place),
        place_before=where(agenda.meeting.place_before),
    )
    return filled(text, "proposed", proposed)


def front_page_text(process: Process, front: FrontPage, about: str) -> str:
    """The text of the front page. `about` is what people wrote in its slot, carried along to the letter."""
    text = render(
        "front_page.wiki",
        process=process,
        prefix=Field(process.templates),
        front=front,
        about=bool(about.strip()),
        core_team=sorted(process.core_team),
        local_time=local_time(process, front.meeting) if front.meeting else None,
        place=where(front.meeting.place) if front.meeting else None,
        all_agendas=Title(f"Special:PrefixIndex/{process.agendas.text}"),
    )
    return filled(text, "about", about)


def waiting_page(process: Process, parts: Sequence[waiting.Part], meeting: Meeting | None) -> str:
    """The text of the page of what waits for each person; `meeting` is the one that updates are missing for."""
    return render(
        "waiting.wiki",
        prefix=Field(process.templates),
        feedback=process.feedback,
        parts_of_waiting=parts,
        everybody=sorted({name for part in parts for name in part.people}),
        meeting=meeting,
    )


def status_page(prefix: str, parts: Sequence[Part], changed: Written | None) -> str:
    """The text of the status page: a part for each process, and the page that changed last."""
    return render("status.wiki", prefix=Field(prefix), parts_of_status=parts, changed=changed)


def local_time(process: Process, meeting: Meeting) -> Field:
    """The address that shows a meeting's time in the reader's own zone; empty where the configuration has none."""
    return where(process.local_time.replace("$1", str(int(meeting.start.timestamp()))))


def where(place: str) -> Field:
    """A place as a field's value: a plain URL stays one, anything else is text."""
    is_url = re.fullmatch(r"https?://[\w.~/?#:@!$&()*+,;=%-]+", place) and not re.search(r"~~~|__", place)
    return Field(place) if is_url else field(place)
