"""The pages for minutes: what a meeting's begin with, in the process's first language, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Approval, Minuted
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.register import Entry
from strategybot.model.topic import readable
from strategybot.wikitext.neutral import cut
from strategybot.wikitext.sections import sections
from strategybot.writing.environment import render
from strategybot.writing.languages import long_date
from strategybot.writing.pages import local_time, where
from strategybot.writing.safe import Field, Heading, Inline, field, heading
from strategybot.writing.texts import Texts, words

_LONGEST_HEADING = 100
"""How many characters of a proposed topic stand in its heading."""

_WORDS = (
    *("minutes-page-participants", "minutes-page-apologies", "minutes-page-expected"),
    *("minutes-page-open", "minutes-page-open-hint", "minutes-page-due"),
    *("minutes-page-decisions", "minutes-page-decisions-hint", "minutes-page-decisions-example"),
    *("minutes-page-actions", "minutes-page-actions-hint", "minutes-page-actions-example"),
)
"""The texts that a meeting's page is made of."""


@dataclass(frozen=True)
class Expected:
    """Somebody who is expected at a meeting: the account, and for which groups (none for the core team)."""

    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """What is known of a meeting's minutes before anybody writes them.

    `items` are the keys of the agenda's items in their order, without topics that nobody raised; `proposals` are what
    people put on the agenda; `open` are the open action items. `is_listed`: there is an archive that tells the state.
    """

    meeting: Meeting
    following: Meeting | None
    expected: tuple[Expected, ...] = ()
    items: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    open: tuple[Entry, ...] = ()
    is_listed: bool = True


@dataclass(frozen=True)
class _Part:
    """An item of the agenda: its heading, those below it, and the open action items that are gone through there."""

    heading: Heading
    below: tuple[Heading, ...] = ()
    open: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A meeting's minutes in the list; `changed` is the newest revision where they changed since they were approved."""

    date: str
    page: Title
    section: str
    state: str
    until: str
    taker: str
    objections: int
    approval: Approval | None
    changed: int | None


def minutes_page(process: Process, opening: Opening) -> str:
    """The text of a page for the minutes of a meeting, for people to go on with."""
    language, meeting = process.languages[0], opening.meeting
    say = Texts(language).say
    return render(
        "minutes.wiki",
        process=process,
        prefix=Field(process.templates),
        meeting=meeting,
        place=where(meeting.place),
        local_time=local_time(process, meeting),
        agenda=process.agenda(meeting),
        is_listed=opening.is_listed,
        words={key.removeprefix("minutes-page-").replace("-", "_"): Inline(say(key)) for key in _WORDS},
        expected=[(one.name, ", ".join(one.groups) or say("role-core-team")) for one in opening.expected],
        parts=list(_parts(process, opening)),
        next_meeting=Inline(say("item-next-meeting")),
        following=_when(language, opening.following) if opening.following else None,
    )


def archive_page(process: Process, minuted: Sequence[Minuted]) -> str:
    """The text of the list of all minutes with their states, newest first."""
    rows = groupby(map(_row, minuted), key=lambda row: row.date[:4])
    return render(
        "archive.wiki",
        process=process,
        prefix=Field(process.templates),
        years=[(year, list(those)) for year, those in rows],
    )


def _parts(process: Process, opening: Opening) -> Iterator[_Part]:
    """The agenda's items, but for the next meeting, which comes last. Open action items belong to the last meeting."""
    keys = [key for key in opening.items if key != "next-meeting"]
    if opening.open and "last-meeting" not in keys:
        keys.insert(0, "last-meeting")
    below = {"reports": tuple(group.name for group in process.body.groups), "proposed": opening.proposals}
    for key in keys:
        headings = tuple(heading(cut(words, _LONGEST_HEADING)) for words in below.get(key, ()))
        yield _Part(heading(_name(process, key)), headings, opening.open if key == "last-meeting" else ())


def _name(process: Process, key: str) -> str:
    """What an item or a topic is called in the process's first language."""
    language = process.languages[0]
    label = next((topic.label for topic in process.form if topic.name == key), {})
    known = next((f"{kind}-{key}" for kind in ("item", "topic") if f"{kind}-{key}" in words("en")), "")
    return label.get(language) or (Texts(language).say(known) if known else next(iter(label.values()), readable(key)))


def _when(language: str, meeting: Meeting) -> Inline:
    return Inline(f"{long_date(language, meeting.start.date().isoformat())}, {meeting.start:%H:%M} UTC")


def _row(one: Minuted) -> _Row:
    newest = one.page.revision
    return _Row(
        date=one.date,
        page=one.page.title,
        section=_section(one),
        state=one.stage.value,
        until=field(one.until) if one.until else "",
        taker=_taker(one),
        objections=sum(objection.counts for objection in one.objections),
        approval=one.approval,
        changed=newest.id if one.changed and newest else None,
    )


def _taker(one: Minuted) -> str:
    """Who takes the minutes: an account, or else a name as it stands there."""
    named = one.record.minute_takers if one.record else ()
    return one.taker or next((person.name for person in named), "")


def _section(one: Minuted) -> str:
    """The heading at which a meeting's minutes begin, where they don't begin with the page."""
    if one.record is None or not one.record.start:
        return ""
    found = (part.headings for part in sections(one.page.text) if part.start == one.record.start)
    return next((headings[0] for headings in found if headings), "")
