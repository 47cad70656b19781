"""The configuration of a process from questions on the command line; nothing is written anywhere.

    What is the process called?
    > Movement strategy

The page for an admin to save goes to standard output, everything else to standard error, so that answers may come
from a file and the page go to one: `strategybot configure < answers > page.json`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from strategybot.config import TOPICS, Faults, read_configuration
from strategybot.model.page import Title
from strategybot.model.process import Process, stop_pages
from strategybot.recurrence import day_of_month, in_words, rule
from strategybot.wiki.port import OperatorError

Draft = dict[str, Any]

_FILLED: Draft = {
    "name": "Process",
    "root": "Process",
    "groups": ["Group"],
    "core_team": ["Somebody"],
    "steering_group": {"first_meeting": "2026-12-10T15:00"},
}
"""What stands for the answers that are still to come, so that each can be judged at once."""


@dataclass(frozen=True)
class Question:
    """One question: `key` is where its answer goes, by its path in the configuration.

    `read` makes the value of what was typed, or raises ValueError with a sentence. `usual` is the answer that Enter
    alone gives, in words, from what is known so far; None where there must be one.
    """

    key: str
    words: str
    read: Callable[[str], Any]
    usual: Callable[[Draft], str] | None = None


def configure(bot: str, now: datetime) -> None:
    """Ask, print the page, and say where it goes and which pages there will be. Raises OperatorError at their end."""
    draft = answered(_typed, _tell)
    title = Title(f"User:{bot}/{_file_name(draft['name'])}.json")
    process = read_configuration(json.dumps(draft), title, bot)
    if isinstance(process, Faults):  # two answers that don't go together
        raise OperatorError(f"The answers don't go together: {'; '.join(process.sentences)}.", usage=True)
    _tell("\nThis is the configuration:\n")
    print(json.dumps(draft, ensure_ascii=False, indent="\t"), flush=True)
    _tell("\n".join(preview(process, now)))


def answered(typed: Callable[[str], str], tell: Callable[[str], None]) -> Draft:
    """The configuration, from what `typed` returns for each question; what is wrong is said, and asked again."""
    draft: Draft = {}
    for question in QUESTIONS:
        while sentence := _answer(question, draft, typed):
            tell(f"  That won't do: {sentence}.")
    return draft


def _answer(question: Question, draft: Draft, typed: Callable[[str], str]) -> str:
    """Put one answer into the draft; what is wrong with it, else nothing."""
    usual = question.usual(draft) if question.usual else ""
    given = typed(f"{question.words}{f' [{usual}]' if usual else ''}").strip()
    try:
        value = question.read(given or usual)
    except ValueError as error:
        return str(error)
    if not value and question.usual is None:
        return "there must be an answer"
    before = json.dumps(draft)
    _put(draft, question.key, value)
    sentences = _wrong(draft, question.key)
    if sentences:
        draft.clear()
        draft.update(json.loads(before))
    return "; ".join(sentences)


def _put(draft: Draft, key: str, value: Any) -> None:
    """A value at its path; an empty one stays out, so that what the configuration takes for usual holds."""
    *parts, last = key.split(".")
    place = draft
    for part in parts:
        place = place.setdefault(part, {})
    if value not in ("", [], None):
        place[last] = value


def _wrong(draft: Draft, key: str) -> list[str]:
    """What the rules of the configuration say about one key."""
    body = {**_FILLED["steering_group"], **draft.get("steering_group", {})}
    filled = json.dumps({**_FILLED, **draft, "steering_group": body})
    found = read_configuration(filled, Title("User:Bot/X.json"), "Bot")
    sentences = found.sentences if isinstance(found, Faults) else ()
    # A root or a group's name that is too long is told under the pattern of the title that it makes too long.
    keys = f"{re.escape(key)}|titles" if key in ("root", "groups") else re.escape(key)
    return [sentence.partition(": ")[2] for sentence in sentences if re.match(rf"({keys})[.:]", sentence)]


# --- How answers are read ---


def _words(given: str) -> str:
    return given


def _list(given: str) -> list[str]:
    """Names parted by semicolons, or by commas where there is no semicolon."""
    parts = given.split(";" if ";" in given else ",")
    return [part.strip() for part in parts if part.strip()]


def _topics(given: str) -> list[str]:
    """Topics in the form that the configuration takes: `Open points` is `open-points`."""
    named = [re.sub(r"[\s_]+", "-", name).lower() for name in _list(given)]
    return [] if tuple(named) == TOPICS else named


def _time(given: str) -> str:
    """A date and a time as the configuration takes them, with a space or a T between."""
    return re.sub(r"^(\S+)\s+(\S+)$", r"\1T\2", given)


def _minutes(given: str) -> int:
    found = re.fullmatch(r"(\d{1,4})(?:\s*min(?:utes)?)?", given)
    if not found:
        raise ValueError("a number of minutes is wanted, such as 60")
    return int(found[1])


def _yes(given: str) -> bool:
    if given.lower() not in ("yes", "y", "no", "n"):
        raise ValueError("yes or no")
    return given.lower().startswith("y")


def _trial(given: str) -> bool | None:
    return _yes(given) or None


def _usual_repeat(draft: Draft) -> str:
    return f"monthly on the {day_of_month(datetime.fromisoformat(draft['steering_group']['first_meeting']))}"


def _usual(words: str) -> Callable[[Draft], str]:
    return lambda _: words


def _usual_contact(draft: Draft) -> str:
    """An operator, or else somebody of the core team."""
    return str([*draft.get("operators", ()), *draft["core_team"]][0])


QUESTIONS = (
    Question("name", "What is the process called?", _words),
    Question("root", "Under which title shall its pages be?", _words, lambda draft: str(draft["name"])),
    Question("groups", "Which working groups are there? (Name; Name; …)", _list),
    Question("steering_group.name", "What is the body called that meets?", _words, _usual("Steering Group")),
    Question("core_team", "Who is the core team? (user names)", _list),
    Question("operators", "Who operates the bot? (user names; Enter for nobody)", _list, _usual("")),
    Question(
        "contact", "Whom may the bot write to about what isn't public? (a user name)", _words, _usual_contact
    ),
    Question("steering_group.first_meeting", "When is the first meeting, in local time? (2026-12-10 15:00)", _time),
    Question(
        "steering_group.repeat",
        "How often? (weekly, every two weeks, monthly on the second Thursday, every 3 months on the last Friday…)",
        rule, _usual_repeat,
    ),
    Question("steering_group.timezone", "In which time zone? (such as Europe/Berlin)", _words, _usual("UTC")),
    Question("steering_group.minutes", "How many minutes does a meeting last?", _minutes, _usual("60")),
    Question("steering_group.place", "Where is it? (a link or a place; Enter for nothing)", _words, _usual("")),
    Question("languages", "In which languages? (codes, the main one first)", _list, _usual("en")),
    Question(
        "topics", "Which topics has an update? (the group's own report first)", _topics, _usual(", ".join(TOPICS))
    ),
    Question("trial", "Shall it begin as a trial, below the bot's own page? (yes or no)", _trial, _usual("yes")),
)  # fmt: skip


# --- What is said at the end ---


def preview(process: Process, now: datetime) -> list[str]:
    """Where the page goes, and all pages that the process will have, for its next meeting."""
    meeting = process.schedule.following(now)
    lines = [
        "",
        f"An admin saves it as {process.page}.",
        "To start the bot, somebody of the core team saves “yes” as each of "
        + ", ".join(dict.fromkeys(str(title) for job in ("agenda", "status", "install") for title in
                                  stop_pages(process.bot, job))) + ".",
        "",
    ]  # fmt: skip
    if meeting is None:
        return [*lines, "By this rule there is no meeting from now on."]
    lines.append(f"It meets {in_words(process.schedule.rule)}; the next meetings are")
    for _ in range(3):
        if meeting:
            lines.append(f"  {meeting.start:%A, %d %B %Y, %H:%M} UTC")
            meeting = process.schedule.following(meeting.start)
    return [*lines, "", "The pages, for the next of them:", *_pages(process, now), *_afterwards(process)]


def _pages(process: Process, now: datetime) -> list[str]:
    meeting = process.schedule.following(now)
    groups = [f"  {group.page}  (the group: who coordinates it)" for group in process.groups]
    updates = [f"  {process.update(group, meeting)}  (its update)" for group in process.groups] if meeting else []
    agenda = [f"  {process.agenda(meeting)}  (the bot: the agenda)"] if meeting else []
    return [*groups, *updates, *agenda, f"  {process.status}  (the bot: what it did)"]


def _afterwards(process: Process) -> list[str]:
    """What else is to be done for topics of one's own."""
    own = [topic for topic in process.topics if topic not in TOPICS]
    if not own:
        return []
    texts = ", ".join(f"topic-{topic}" for topic in own)
    return ["", f"For your own topics, add the texts {texts} to i18n/, and their fields to the template Update."]


def _file_name(name: str) -> str:
    """A process's name as the last part of a title."""
    return re.sub(r"[\[\]{}|#<>/:%&~\s]+", " ", name).strip() or "Process"


def _typed(question: str) -> str:
    _tell(question)
    print("> ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise OperatorError(f"The answers end before the question “{question}”.", usage=True)
    if not sys.stdin.isatty():
        _tell(line.rstrip("\n"))
    return line


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
