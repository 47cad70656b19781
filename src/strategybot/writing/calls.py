"""The words of the call for updates, in the process's first language."""

from __future__ import annotations

from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.process import Process
from strategybot.writing.environment import render
from strategybot.writing.languages import long_date
from strategybot.writing.pages import local_time
from strategybot.writing.safe import Block, Field, Heading, Inline, field, heading, inline
from strategybot.writing.texts import Texts


def call_heading(process: Process, meeting: Meeting) -> Heading:
    """The heading of a call."""
    language = process.languages[0]
    return heading(Texts(language).say("call-heading", long_date(language, meeting.date)))


def call_body(process: Process, group: Group, meeting: Meeting) -> Block:
    """What a call says: for which meeting, by when, where, and that it is public.

    It mentions nobody: names stand in it as plain text, without the links that they may hold.
    """
    language = process.languages[0]
    say = Texts(language).say
    day = long_date(language, meeting.start.date().isoformat())
    return Block(
        render(
            "call.wiki",
            prefix=Field(process.templates),
            language=language,
            when=Inline(say("call-when", field(process.body.name), day, f"{meeting.start:%H:%M}")),
            local_time=local_time(process, meeting),
            local=inline(say("agenda-local")),
            ask=Inline(say("call-ask", field(group.name))),
            update=process.update(group, meeting),
            meeting=meeting,
            public=inline(say("call-public")),
            group=group,
            page=inline(say("call-page")),
        )
    )
