"""The words of a message to a person: all that waits for them, in the languages of the processes that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from strategybot.model.due import Due
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.writing.environment import render
from strategybot.writing.languages import long_date
from strategybot.writing.safe import Block, Heading, Inline, field, heading, inline
from strategybot.writing.texts import Texts


@dataclass(frozen=True)
class _Line:
    """What is to be done, in a sentence, and where."""

    sentence: Inline
    page: Title


@dataclass(frozen=True)
class _Part:
    """What waits in one process, in that one's first language."""

    language: str
    waits: Inline
    dues: tuple[_Line, ...]


def message_heading(dues: Sequence[Due], now: datetime) -> Heading:
    """The heading of a message: for which processes, and when."""
    language, names = dues[0].process.languages[0], ", ".join(one.name for one in _processes(dues))
    return heading(Texts(language).say("outbox-heading", names, long_date(language, now.date().isoformat())))


def message_body(dues: Sequence[Due], stop: Title) -> Block:
    """What a message says: what waits, where, why one is told, and where that is stopped. It mentions nobody."""
    language = dues[0].process.languages[0]
    say = Texts(language).say
    return Block(
        render(
            "outbox.wiki",
            language=language,
            parts=[_part(process, dues) for process in _processes(dues)],
            why=inline(say("outbox-why")),
            opt_out=inline(say("outbox-none")),
            stop=stop,
        )
    )


def _processes(dues: Sequence[Due]) -> list[Process]:
    return list(dict.fromkeys(due.process for due in dues))


def _part(process: Process, dues: Sequence[Due]) -> _Part:
    language = process.languages[0]
    say = Texts(language).say
    lines = (_Line(Inline(say(due.key, *map(field, due.words))), due.page) for due in dues if due.process == process)
    return _Part(language, Inline(say("outbox-waits", field(process.name))), tuple(lines))
