"""The month: who saves what when, and when the bot runs in between.

The steps are played on a `Stage`, which is the embedded wiki or a real MediaWiki.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from strategybot.model.page import Title
from strategybot.wiki.folder import read_folder

HERE = Path(__file__).parent
ROOT = "Strategy/Wikimedia movement/2018-20"
BODY = f"{ROOT}/Working Groups/Steering Group"
FRONT_PAGE = Title(BODY)
AGENDA = Title(f"{BODY}/Agenda/2026-12-10")
NEXT_AGENDA = Title(f"{BODY}/Agenda/2027-01-14")
ARCHIVE = Title(f"{BODY}/Minutes")
ACTION_ITEMS = Title(f"{BODY}/Action items")
DECISIONS = Title(f"{BODY}/Decisions")
RELAYS = Title(f"{ROOT}/Relays")
RELAY = Title(f"{ROOT}/Relays/Status/Summit")
STATUS = Title("User:StrategyBot/Status")
TALK = Title(f"Talk:{BODY.rpartition('/')[0]}/Advocacy")
SLOT = "<!-- slot:proposed -->\n"


class Stage(Protocol):
    """A wiki on which people save pages and the bot runs, each at a moment of its own."""

    def save(self, step: Save) -> None:
        """Somebody saves the pages of a folder."""
        ...

    def change(self, step: Change) -> None:
        """Somebody changes a page."""
        ...

    def strategybot(self, step: Command) -> None:
        """The operator runs the bot."""
        ...


@dataclass(frozen=True)
class Save:
    """`user` saves every page of a folder, and `says` why."""

    time: datetime
    user: str
    folder: str
    says: str

    @property
    def pages(self) -> dict[Title, str]:
        """The pages by their titles."""
        return read_folder(HERE / self.folder)

    def play(self, stage: Stage) -> None:
        """Play the step."""
        stage.save(self)


@dataclass(frozen=True)
class Change:
    """`user` changes a page: `make` makes its new text of the old one."""

    time: datetime
    user: str
    title: Title
    make: Callable[[str], str]
    says: str

    def play(self, stage: Stage) -> None:
        """Play the step."""
        stage.change(self)


@dataclass(frozen=True)
class Command:
    """The bot runs with these arguments; `says` what that shows."""

    time: datetime
    arguments: tuple[str, ...]
    says: str

    def play(self, stage: Stage) -> None:
        """Play the step."""
        stage.strategybot(self)


Step = Save | Change | Command


def proposed(topic: str) -> Callable[[str], str]:
    """The agenda with a line in the place where it asks for topics."""
    return lambda agenda: agenda.replace(SLOT, f"{SLOT}{topic}\n", 1)


def done(words: str, note: str) -> Callable[[str], str]:
    """The action items with what the link “Done” beside one of them adds: the first whose text begins so."""

    def make(text: str) -> str:
        found = re.search(rf"\|id=(A\d+)\s*\|text={re.escape(words)}", text)
        if found is None:
            raise ValueError(f"no action item begins with {words!r}")
        return f"{text}\n\n{{{{Steering group/Change|{found[1]}|status=done|note={note}}}}}\n"

    return make


def answered(relay: str, group: str, words: str) -> Callable[[str], str]:
    """The page of relays with what the link “Answer” beside one of them adds, filled in."""
    answer = f"{{{{Steering group/Answer|relay={relay}|group={group}|text={words}}}}}"
    return lambda page: f"{page}\n\n== Re: {relay} ==\n{answer}\n"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+00:00")


MONTH: tuple[Step, ...] = (
    Save(_at("2026-11-13T09:00"), "Admin", "1 admin", "An admin configures the process and lets the bot run."),
    Save(_at("2026-11-13T10:00"), "Cora Core", "2 core team", "The core team writes down who coordinates which group."),
    Command(_at("2026-11-13T11:00"), ("install",), "The operator puts the templates, forms and texts on the wiki."),
    Command(
        _at("2026-11-26T16:00"),
        ("run",),
        "Two weeks before the meeting its agenda opens, and each group is called for its update, on its talk page.",
    ),
    Save(_at("2026-12-01T18:20"), "Ada Example", "3 Ada Example", "A coordinator files the update of Advocacy."),
    Save(_at("2026-12-02T07:45"), "Bo Example", "3 Bo Example", "Another does, in French."),
    Save(_at("2026-12-02T20:10"), "Chi Example", "3 Chi Example", "And others do."),
    Save(_at("2026-12-03T11:30"), "Dina Example", "3 Dina Example", "In Arabic, too."),
    Save(_at("2026-12-04T09:00"), "Fatou Sample", "3 Fatou Sample", ""),
    Save(_at("2026-12-04T16:40"), "Greta Sample", "3 Greta Sample", "In German."),
    Save(_at("2026-12-05T13:05"), "Ivo Example", "3 Ivo Example", ""),
    Save(
        _at("2026-12-06T10:00"),
        "Kofi Kern",
        "3 Kofi Kern",
        "The core team asks all groups something, in two languages, and writes to the affiliates.",
    ),
    Save(_at("2026-12-06T22:15"), "Passing Visitor", "4 Passing Visitor", "Somebody writes in the name of a group."),
    Command(_at("2026-12-07T06:00"), ("plan",), "What would the bot do now? It shows the changes and makes none."),
    Command(_at("2026-12-07T06:00"), ("run",), "It makes them."),
    Change(
        _at("2026-12-08T17:00"),
        "Hana Example",
        AGENDA,
        proposed("* Who comes to the summit in May? (10 minutes)"),
        "A topic is proposed.",
    ),
    Command(
        _at("2026-12-09T06:00"),
        ("run",),
        "The topic stays where it was put, and gets its minutes. What was passed on goes out.",
    ),
    Change(
        _at("2026-12-09T12:00"),
        "Bo Example",
        RELAYS,
        answered("Summit", "Capacity Building", "Deux personnes, sans visa."),
        "A group answers.",
    ),
    Command(_at("2026-12-10T13:30"), ("run",), "The meeting is near: there is a page for its minutes."),
    Command(_at("2026-12-10T15:02"), ("run",), "The meeting has started: its agenda is closed."),
    Save(_at("2026-12-10T17:10"), "Cora Core", "5 Cora Core", "Somebody types the minutes, as people do."),
    Save(_at("2026-12-10T19:30"), "Eva Example", "6 Eva Example", "One group files after that."),
    Command(
        _at("2026-12-11T06:00"),
        ("run",),
        "What was decided and promised stands in the registers, each line with its source.",
    ),
    Change(
        _at("2026-12-17T12:00"),
        "Bo Example",
        ACTION_ITEMS,
        done("send the travel list", "It is on the wiki."),
        "An item is done.",
    ),
    Command(
        _at("2027-01-01T06:00"),
        ("run",),
        "The minutes are approved. The next agenda opens, with what is still open and what was filed too late; the "
        "next call goes out.",
    ),
    Command(_at("2027-01-01T07:00"), ("run",), "Nothing has changed since, and nothing is written."),
)
