"""The pages that the bot makes, from the model to wikitext."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
        planned=max(agenda.needed, sum(item.minutes for item in agenda.items)),
        topics=process.topics[1:],
        core_team=sorted(process.core_team),
        local_time=local_time(process, agenda.meeting),
        place=_where(agenda.meeting.place),
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
        filed=len(front.updates) - len(front.outstanding),
        core_team=sorted(process.core_team),
        local_time=local_time(process, front.meeting) if front.meeting else None,
        place=_where(front.meeting.place) if front.meeting else None,
        all_agendas=Title(f"Special:PrefixIndex/{process.agendas.text}"),
    )
    return filled(text, "about", about)


def status_page(prefix: str, parts: Sequence[Part], changed: Written | None) -> str:
    """The text of the status page: a part for each process, and the page that changed last."""
    return render("status.wiki", prefix=Field(prefix), parts_of_status=parts, changed=changed)


def local_time(process: Process, meeting: Meeting) -> Field:
    """The address that shows a meeting's time in the reader's own zone; empty where the configuration has none."""
    return _where(process.local_time.replace("$1", str(int(meeting.start.timestamp()))))


def _where(place: str) -> Field:
    """A place as a field's value: a plain URL stays one, anything else is text."""
    is_url = re.fullmatch(r"https?://[\w.~/?#:@!$&()*+,;=%-]+", place) and not re.search(r"~~~|__", place)
    return Field(place) if is_url else field(place)
