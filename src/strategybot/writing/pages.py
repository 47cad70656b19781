"""The pages that the bot makes, from the model to wikitext."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategybot.model.agenda import Agenda
from strategybot.model.process import Process
from strategybot.model.status import Part, Written
from strategybot.wikitext.slots import filled
from strategybot.writing.environment import render
from strategybot.writing.safe import Field, field


def agenda_page(process: Process, agenda: Agenda, proposed: str) -> str:
    """The text of an agenda. `proposed` is what people wrote in its slot, carried along to the letter."""
    local_time = process.local_time.replace("$1", str(int(agenda.meeting.start.timestamp())))
    text = render(
        "agenda.wiki",
        process=process,
        prefix=Field(process.templates),
        agenda=agenda,
        planned=max(agenda.needed, sum(item.minutes for item in agenda.items)),
        topics=process.topics[1:],
        core_team=sorted(process.core_team),
        local_time=_where(local_time),
        place=_where(agenda.meeting.place),
    )
    return filled(text, "proposed", proposed)


def status_page(prefix: str, parts: Sequence[Part], changed: Written | None) -> str:
    """The text of the status page: a part for each process, and the page that changed last."""
    return render("status.wiki", prefix=Field(prefix), parts_of_status=parts, changed=changed)


def _where(place: str) -> Field:
    """A place as a field's value: a plain URL stays one, anything else is text."""
    is_url = re.fullmatch(r"https?://[\w.~/?#:@!$&()*+,;=%-]+", place) and not re.search(r"~~~|__", place)
    return Field(place) if is_url else field(place)
