"""The words of the follow-up to a meeting, in the process's first language."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.body import Group
from strategybot.model.correspondence import Asked
from strategybot.model.feedback import Raised
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.register import Entry
from strategybot.writing.environment import render
from strategybot.writing.feedback import OUTCOMES
from strategybot.writing.languages import long_date
from strategybot.writing.safe import Block, Heading, Inline, field, heading, inline
from strategybot.writing.texts import Texts


@dataclass(frozen=True)
class News:
    """What a group is told of a meeting: what it decided, what the group's people have promised, what nobody has.

    So is what waits for its answer, and how it stands with what it has sent to the core team.
    """

    group: Group
    minutes: Minuted
    decisions: tuple[Entry, ...] = ()
    items: tuple[Entry, ...] = ()
    unowned: tuple[Entry, ...] = ()
    requests: tuple[Asked, ...] = ()
    feedback: tuple[Raised, ...] = ()


@dataclass(frozen=True)
class _Line:
    """Something in a line: its id, on which page it stands, and under which anchor there.

    `owners` are accounts' names, `due` says until when, and `state` whether it is confirmed, or what became of it.
    """

    id: str
    page: Title
    anchor: str = ""
    owners: str = ""
    state: Inline | None = None
    due: Inline | None = None


def follow_up_heading(process: Process, meeting: Meeting) -> Heading:
    """The heading of a follow-up."""
    language = process.languages[0]
    return heading(Texts(language).say("follow-up-heading", long_date(language, meeting.date)))


def follow_up_body(process: Process, meeting: Meeting, news: News) -> Block:
    """What a follow-up says: what was decided, who has promised what, and where all of it stands.

    It mentions nobody: names stand in it as plain text.
    """
    language = process.languages[0]
    say = Texts(language).say
    name = field(news.group.name)
    lists = (
        (say("follow-up-decided"), [_line(language, one, process.decisions) for one in news.decisions]),
        (say("follow-up-items", name), [_line(language, one, process.action_items) for one in news.items]),
        (say("follow-up-unowned"), [_line(language, one, process.action_items) for one in news.unowned]),
        (say("follow-up-requests", name), [_request(language, one) for one in news.requests]),
        (say("follow-up-feedback", name), [_feedback(process, language, one) for one in news.feedback]),
    )
    return Block(
        render(
            "follow_up.wiki",
            language=language,
            met=Inline(say("follow-up-met", field(process.body.name), long_date(language, meeting.date))),
            state=inline(_state(language, news.minutes)),
            lists=[(Inline(title), lines) for title, lines in lists if lines],
            nothing=None if news.decisions else inline(say("follow-up-none")),
            links=[
                (inline(say(key)), page)
                for key, page in (
                    ("follow-up-minutes", news.minutes.page.title),
                    ("follow-up-decisions", process.decisions),
                    ("follow-up-all-items", process.action_items),
                )
            ],
        )
    )


def _state(language: str, minutes: Minuted) -> str:
    say = Texts(language).say
    if minutes.stage is Stage.APPROVED:
        return say("follow-up-approved")
    until = minutes.until
    return say("follow-up-for-approval", long_date(language, until.date().isoformat())) if until else ""


def _line(language: str, entry: Entry, page: Title) -> _Line:
    say = Texts(language).say
    return _Line(
        entry.id,
        page,
        entry.id,
        ", ".join(one.name for one in entry.owners if one.is_account),
        None if entry.confirmed else inline(say("register-not-confirmed")),
        _due(language, entry.due),
    )


def _request(language: str, asked: Asked) -> _Line:
    return _Line(asked.id, asked.page, due=_due(language, asked.until))


def _feedback(process: Process, language: str, raised: Raised) -> _Line:
    state = inline(Texts(language).say(OUTCOMES[raised.outcome]))
    return _Line(raised.id, process.relay_status.under(raised.id), state=state)


def _due(language: str, day: str) -> Inline | None:
    return inline(Texts(language).say("follow-up-due", long_date(language, day))) if day else None
