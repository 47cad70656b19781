"""The words of the follow-up to a meeting, in the process's first language."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.process import Process
from strategybot.model.register import Entry
from strategybot.writing.environment import render
from strategybot.writing.languages import long_date
from strategybot.writing.safe import Block, Heading, Inline, field, heading, inline
from strategybot.writing.texts import Texts


@dataclass(frozen=True)
class News:
    """What a group is told of a meeting: what it decided, what the group's people have promised, what nobody has."""

    group: Group
    minutes: Minuted
    decisions: tuple[Entry, ...] = ()
    items: tuple[Entry, ...] = ()
    unowned: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class _Line:
    """An entry as a line: its number, the accounts of its owners, until when it is due, and whether it is confirmed."""

    id: str
    owners: str
    doubt: Inline | None
    due: Inline | None


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
    lists = (
        (say("follow-up-decided"), news.decisions, process.decisions),
        (say("follow-up-items", field(news.group.name)), news.items, process.action_items),
        (say("follow-up-unowned"), news.unowned, process.action_items),
    )
    return Block(
        render(
            "follow_up.wiki",
            language=language,
            met=Inline(say("follow-up-met", field(process.body.name), long_date(language, meeting.date))),
            state=inline(_state(language, news.minutes)),
            lists=[
                (Inline(title), [_line(language, one) for one in entries], page)
                for title, entries, page in lists
                if entries
            ],
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


def _line(language: str, entry: Entry) -> _Line:
    say = Texts(language).say
    return _Line(
        entry.id,
        ", ".join(one.name for one in entry.owners if one.is_account),
        None if entry.confirmed else inline(say("register-not-confirmed")),
        inline(say("follow-up-due", long_date(language, entry.due))) if entry.due else None,
    )
