"""Weeks in which there is much to tell the same people: relays to groups and to people, reminders, late minutes.

The story is played on whatever wiki. What the bot wrote to whom is counted from the histories of users' talk pages
alone, and judged here, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol, Self

from tests.committee import ALPHA, BETA, BOT, roster
from tests.relay_hands import RELAYS, relay

GAMMA = "Committee/Working Groups/Gamma"
CONFIGURATION: dict[str, Any] = {
    "relays": {},
    "groups": ["Alpha", "Beta", "Gamma"],
    "steering_group": {"first_meeting": "2026-12-10T15:00", "call_for_updates": 7, "follow_up_days": 4},
}
"""All jobs have something to do."""

WEEK = timedelta(days=7)


class Stage(Protocol):
    """A wiki with people, a clock and the bot."""

    def at(self, time: str) -> Self:
        """Set the clock (`12-05T08:00`), which goes on and never back."""
        ...

    def save(self, title: str, text: str, user: str) -> int:
        """Somebody saves a page."""
        ...

    def text(self, title: str) -> str:
        """The text that stands."""
        ...

    def run(self) -> object:
        """The bot runs, with all its jobs."""
        ...


def survey(stage: Stage, reply_by: str, to: str = "all groups", **fields: str) -> None:
    """The core team asks for something."""
    request = relay(to=to, kind="request", subject="The survey", text="Please fill it in.", reply_by=reply_by, **fields)
    stage.save(f"{RELAYS}/Survey", request, "Cora")


def answer(stage: Stage, group: str, user: str) -> None:
    """Somebody answers for a group on the page of relays."""
    text = stage.text(RELAYS)
    stage.save(RELAYS, f"{text}\n{{{{Steering group/Answer|relay=Survey|group={group}|text=Yes.}}}}", user)


# --- The story


def begins(stage: Stage) -> None:
    stage.save(GAMMA, roster("Chi"), "Cora")
    for group in (ALPHA, BETA, GAMMA):
        stage.save(f"Talk:{group}", "== Hello ==\nWelcome! [[User:Cora|Cora]] 12:00, 30 November 2026 (UTC)", "Cora")


def more_is_passed_on(stage: Stage) -> None:
    """One goes to each coordinator's own talk page, the other to the core team."""
    change = relay(to="all coordinators", subject="A change", text="The next meeting is longer.")
    stage.save(f"{RELAYS}/Change", change, "Cora")
    feedback = relay("Alpha", "core team", kind="feedback", subject="Budget", text="It is small.")
    stage.save(f"{RELAYS}/Budget", feedback, "Ada")


def alpha_is_asked(stage: Stage) -> None:
    question = relay(to="Alpha", kind="request", subject="A question", text="Who comes?", reply_by="2026-12-12")
    stage.save(f"{RELAYS}/Question", question, "Cora")


STEPS: tuple[tuple[str, Callable[[Stage], object]], ...] = (
    ("11-30T12:00", begins),
    ("12-01T06:00", lambda stage: survey(stage, "2026-12-09")),
    ("12-02T09:00", lambda stage: answer(stage, "Gamma", "Chi")),
    ("12-06T10:00", more_is_passed_on),
    ("12-08T03:00", alpha_is_asked),
    ("12-12T03:00", lambda stage: answer(stage, "Beta", "Bo")),
)
"""What people do. The meeting of 10 December takes place, and nobody writes its minutes."""

RUNS = (
    "12-01T06:30", "12-01T07:10", "12-06T08:00", "12-06T11:00", "12-06T13:00", "12-08T08:00", "12-10T14:00",
    "12-13T07:00", "12-13T09:00", "12-14T16:00", "12-16T08:00", "12-17T16:00", "12-20T08:00", "12-20T10:00",
    "12-22T08:00", "12-23T12:00",
)  # fmt: skip
"""Enough runs for all that there is to tell, and some in which it would be told too early."""


def play(stage: Stage, runs: Iterable[str]) -> None:
    """The story, with runs of the bot at these times."""
    for time, happens in sorted([*STEPS, *((time, _run) for time in runs)], key=lambda event: event[0]):
        happens(stage.at(time))


def _run(stage: Stage) -> None:
    stage.run()


# --- What came of it


@dataclass(frozen=True)
class Saved:
    """A revision of a page."""

    time: datetime
    user: str
    text: str


@dataclass(frozen=True)
class Message:
    """What a revision of the bot's adds to the talk page of a user."""

    time: datetime
    text: str

    @property
    def matters(self) -> list[str]:
        """What it is about, in its order."""
        said = ((found.start(), name) for name, words in MATTERS.items() for found in re.finditer(words, self.text))
        return [name for _, name in sorted(said)]


MATTERS = {
    "A change": "== A change ==",
    "Budget": "A group has sent “Budget” to the core team",
    "Survey asks": "“Survey” asks your group",
    "Survey asked": "“Survey” asked your group",
    "Survey overdue": "“Survey” asked for answers",
    "Question asks": "“Question” asks your group",
    "Question asked": "“Question” asked your group",
    "Question overdue": "“Question” asked for answers",
    "minutes": "Nobody has written the minutes",
}
"""By what words a message tells what."""

IN_TIME = ["Survey asks"], ["A change"]
TOLD = {
    "Ada": [*IN_TIME, ["minutes", "Question asked", "Survey asked"]],
    "Abel": [*IN_TIME, ["minutes", "Question asked", "Survey asked"]],
    "Bo": [*IN_TIME, ["minutes"]],
    "Chi": [["A change"], ["minutes"]],
    "Cora": [["Budget"], ["Survey overdue"], ["Question overdue"]],
}
"""Who is to be told what, message by message. Chi has answered before any reminder, Bo before the second one."""


def check(histories: Mapping[str, Sequence[Saved]]) -> None:
    """Each was told what they should be, and nobody more than once in seven days.

    `histories` are all talk pages of users, with all their revisions, oldest first.
    """
    written = {page.removeprefix("User talk:"): list(_messages(saved)) for page, saved in histories.items()}
    written = {name: messages for name, messages in written.items() if messages}
    assert {name: [one.matters for one in messages] for name, messages in written.items()} == TOLD
    gaps = {name: min(two.time - one.time for one, two in pairwise(every)) for name, every in written.items()}
    assert {name: gap for name, gap in gaps.items() if gap < WEEK} == {}


def _messages(history: Sequence[Saved]) -> Iterator[Message]:
    """What the bot has added to a page, revision by revision; it has changed nothing else there."""
    before = ""
    for one in history:
        if one.user == BOT:
            assert one.text.startswith(before)
            yield Message(one.time, one.text[len(before) :])
        before = one.text
