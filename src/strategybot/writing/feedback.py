"""The feedback page, from the model to wikitext, and the words by which a group is told what became of something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from strategybot.model.agenda import Statement
from strategybot.model.body import Group
from strategybot.model.feedback import Outcome, Raised, Said
from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Answer, Version
from strategybot.reading.feedback import SLOT, Shown
from strategybot.wikitext.neutral import cut
from strategybot.wikitext.slots import filled
from strategybot.writing.environment import environment, render
from strategybot.writing.safe import Argument, Block, Field, Heading, Inline, argument, field, heading, target
from strategybot.writing.texts import Texts

OUTCOMES = {
    Outcome.TAKEN_UP: "feedback-taken-up",
    Outcome.ANSWERED: "feedback-answered",
    Outcome.DECLINED: "feedback-declined",
    Outcome.OPEN: "feedback-open",
}
"""The words for what became of something."""

_TOLD = {
    Outcome.TAKEN_UP: "feedback-told-taken-up",
    Outcome.ANSWERED: "feedback-told-answered",
    Outcome.DECLINED: "feedback-told-declined",
}


@dataclass(frozen=True)
class Piece:
    """Something that was raised, of which `page` shows the relay: its subject and words, with where they come from."""

    raised: Raised
    page: Title
    subject: Argument
    lang: str
    words: Block


@dataclass(frozen=True)
class Reply:
    """A group's answer to a request, of which `page` shows how it stands."""

    id: str
    page: Title
    answer: Answer


@dataclass(frozen=True)
class Part:
    """What came from a group."""

    group: Group
    pieces: tuple[Piece, ...] = ()
    answers: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Past:
    """Something that was raised and is over since an earlier year: it has a line, without its words."""

    raised: Raised
    page: Title


@dataclass(frozen=True)
class Feedback:
    """All that the feedback page shows."""

    parts: tuple[Part, ...] = ()
    past: tuple[Past, ...] = ()


def piece_of(process: Process, group: Group, raised: Raised, page: Title, versions: Sequence[Version]) -> Piece:
    """What a relay raises, in its own words."""
    first, *others = (_statement(process, group, version) for version in versions)
    words = _parts(process).quoted(replace(first, translations=tuple(others)))
    return Piece(raised, page, argument(versions[0].subject), versions[0].lang, Block(str(words).strip("\n")))


def piece_shown(shown: Shown, raised: Raised, page: Title) -> Piece:
    """The same as the bot's own text has it."""
    return Piece(raised, page, Argument(shown.subject), shown.lang, Block(shown.words))


def _statement(process: Process, group: Group, version: Version) -> Statement:
    longest = process.longest
    return Statement(group, cut(version.text, longest), version.lang, version.source, cut=len(version.text) > longest)


def _parts(process: Process) -> Any:
    return environment().get_template("parts.wiki").make_module({"prefix": Field(process.templates)})


def feedback_page(
    process: Process, feedback: Feedback, to_mend: Sequence[Problem], entered: Sequence[Said], beside: str
) -> str:
    """The text of the feedback page; `entered` is what it holds of people's entries, `beside` what they wrote there."""
    values = {"prefix": Field(process.templates), "exact": _exact}
    text = render("feedback.wiki", process=process, feedback=feedback, to_mend=to_mend, entered=bool(entered), **values)
    rows: Any = environment().get_template("feedback_rows.wiki").make_module(values)
    return filled(text, SLOT, "\n".join([*(str(rows.row(one)) for one in entered), *([beside] if beside else [])]))


def _exact(moment: datetime) -> Field:
    """A moment to the second."""
    return Field(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def told_heading(language: str, raised: Raised) -> Heading:
    """The heading of the post that tells a group what became of something."""
    return heading(Texts(language).say("feedback-told-heading", raised.id))


def told_body(process: Process, language: str, raised: Raised, page: Title) -> Block:
    """What it says, and where the rest stands: it quotes no words, which may be withdrawn later."""
    say = Texts(language).say
    return Block(
        render(
            "feedback_told.wiki",
            language=language,
            became=Inline(say(_TOLD[raised.outcome], field(raised.id))),
            where=Inline(say("feedback-told-where", target(process.feedback), target(page))),
        )
    )
