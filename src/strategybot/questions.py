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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from strategybot import answers
from strategybot.answers import Draft
from strategybot.config import TOPICS, Faults, read_configuration
from strategybot.model.page import Title
from strategybot.preview import preview
from strategybot.recurrence import day_of_month, rule
from strategybot.wiki.port import OperatorError
from strategybot.writing.texts import Texts

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
    alone gives, in words, from what is known so far; None where there must be one. `settle` makes of the value what
    goes with the answers so far, or raises as well.
    """

    key: str
    words: str
    read: Callable[[str], Any]
    usual: Callable[[Draft], str] | None = None
    settle: Callable[[Any, Draft], Any] = lambda value, _: value


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
    for question in _questions(draft):
        while sentence := _answer(question, draft, typed):
            tell(f"  That won't do: {sentence}.")
    return draft


def _questions(draft: Draft) -> Iterator[Question]:
    """All questions; topics of one's own are asked for in each further language."""
    for question in QUESTIONS:
        yield question
        if question.key == "topics" and answers.own_topics(draft):
            yield from (_label_question(draft, code) for code in draft["languages"][1:])


def _answer(question: Question, draft: Draft, typed: Callable[[str], str]) -> str:
    """Put one answer into the draft; what is wrong with it, else nothing."""
    usual = question.usual(draft) if question.usual else ""
    given = typed(f"{question.words}{f' [{usual}]' if usual else ''}").strip()
    try:
        value = question.settle(question.read(given or usual), draft)
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


def _label_question(draft: Draft, code: str) -> Question:
    """What one's own topics are called in another language."""
    called = "; ".join(topic["label"][draft["languages"][0]] for topic in answers.own_topics(draft))
    return Question(
        "topics",
        f"What is this called in “{code}”: {called}? (in this order; Enter for the same words)",
        answers.names,
        _usual(""),
        lambda labels, so_far: answers.labelled(so_far, code, labels),
    )


def _usual_repeat(draft: Draft) -> str:
    return f"monthly on the {day_of_month(datetime.fromisoformat(draft['steering_group']['first_meeting']))}"


def _usual(words: str) -> Callable[[Draft], str]:
    return lambda _: words


def _usual_contact(draft: Draft) -> str:
    """An operator, or else somebody of the core team."""
    return str([*draft.get("operators", ()), *draft["core_team"]][0])


def _usual_topics(draft: Draft) -> str:
    """The usual topics, by their labels in the main language."""
    texts = Texts(draft["languages"][0])
    return "; ".join(texts.say(f"topic-{topic}") for topic in TOPICS)


QUESTIONS = (
    Question("name", "What is the process called?", answers.text),
    Question("root", "Under which title shall its pages be?", answers.text, lambda draft: str(draft["name"])),
    Question("groups", "Which working groups are there? (Name; Name; …)", answers.names),
    Question("steering_group.name", "What is the body called that meets?", answers.text, _usual("Steering Group")),
    Question("core_team", "Who is the core team? (user names)", answers.names),
    Question("operators", "Who operates the bot? (user names; Enter for nobody)", answers.names, _usual("")),
    Question(
        "contact", "Whom may the bot write to about what isn't public? (a user name)", answers.text, _usual_contact
    ),
    Question(
        "steering_group.first_meeting", "When is the first meeting, in local time? (2026-12-10 15:00)", answers.time
    ),
    Question(
        "steering_group.repeat",
        "How often? (weekly, every two weeks, monthly on the second Thursday, every 3 months on the last Friday…)",
        rule, _usual_repeat,
    ),
    Question("steering_group.timezone", "In which time zone? (such as Europe/Berlin)", answers.text, _usual("UTC")),
    Question("steering_group.minutes", "How many minutes does a meeting last?", answers.minutes, _usual("60")),
    Question("steering_group.place", "Where is it? (a link or a place; Enter for nothing)", answers.text, _usual("")),
    Question(
        "steering_group.call_for_updates",
        "How many days before a meeting is each group called for its update, on its talk page? (Enter for never)",
        answers.days, _usual(""),
    ),
    Question(
        "steering_group.approval_days",
        "After how many days are minutes approved that nobody objects to? (Enter for when the next meeting starts)",
        answers.days, _usual(""),
    ),
    Question("languages", "In which languages? (codes, the main one first)", answers.names, _usual("en")),
    Question(
        "topics", "What does an update say? (the group's own report first; topics of your own in the main language)",
        answers.names, _usual_topics, answers.topics,
    ),
    Question("trial", "Shall it begin as a trial, below the bot's own page? (yes or no)", answers.trial, _usual("yes")),
)  # fmt: skip


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
