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
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from strategybot.config import TOPICS, Faults, read_configuration
from strategybot.jobs import JOBS, STATUS
from strategybot.model.page import Title
from strategybot.model.process import Process, stop_pages
from strategybot.model.wikiside import wiki_sides
from strategybot.recurrence import day_of_month, in_words, rule
from strategybot.wiki.port import OperatorError
from strategybot.writing.texts import Texts, codes, words
from strategybot.writing.wikiside import texts_on_wiki

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
        if question.key == "topics" and _own_topics(draft):
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


# --- How answers are read ---


def _words(given: str) -> str:
    return given


def _list(given: str) -> list[str]:
    """Names parted by semicolons, or by commas where there is no semicolon."""
    parts = given.split(";" if ";" in given else ",")
    return [part.strip() for part in parts if part.strip()]


def _topics(named: list[str], draft: Draft) -> list[Any]:
    """Topics as the configuration takes them: a usual one by its name, another one with its label.

    A usual topic is known by its name or by its label in any language: “Avancement” is `progress`.
    """
    usual = {words(code)[f"topic-{topic}"].casefold(): topic for code in codes() for topic in TOPICS}
    usual |= {topic: topic for topic in TOPICS}
    found = [
        usual.get(name.casefold()) or {"topic": _name(name, number), "label": {draft["languages"][0]: _label(name)}}
        for number, name in enumerate(named, 1)
    ]
    return [] if tuple(map(str, found)) == TOPICS else found


def _name(label: str, number: int) -> str:
    """What a topic is called in templates: “Réussites” is `reussites`; `topic-2` where there are no such letters."""
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40]
    return name if re.match("[a-z]", name) else f"topic-{number}"


def _label(typed: str) -> str:
    """A topic's label from what was typed, which may be the name that the configuration would have."""
    label = typed.replace("-", " ") if re.fullmatch("[a-z0-9-]+", typed) else typed
    return label[:1].upper() + label[1:]


def _own_topics(draft: Draft) -> list[dict[str, Any]]:
    return [topic for topic in draft.get("topics", ()) if isinstance(topic, dict)]


def _label_question(draft: Draft, code: str) -> Question:
    """What one's own topics are called in another language."""
    called = "; ".join(topic["label"][draft["languages"][0]] for topic in _own_topics(draft))
    return Question(
        "topics",
        f"What is this called in “{code}”: {called}? (in this order; Enter for the same words)",
        _list,
        _usual(""),
        lambda labels, so_far: _labelled(so_far, code, labels),
    )


def _labelled(draft: Draft, code: str, labels: list[str]) -> list[Any]:
    """The topics with the labels of one language put in, in the order of the topics of one's own."""
    own = _own_topics(draft)
    if labels and len(labels) != len(own):
        raise ValueError(f"there are {len(own)} of them, parted by semicolons")
    more = {topic["topic"]: {code: label} for topic, label in zip(own, labels, strict=False)}
    return [
        {**topic, "label": {**topic["label"], **more.get(topic["topic"], {})}} if isinstance(topic, dict) else topic
        for topic in draft["topics"]
    ]


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


def _usual_topics(draft: Draft) -> str:
    """The usual topics, by their labels in the main language."""
    texts = Texts(draft["languages"][0])
    return "; ".join(texts.say(f"topic-{topic}") for topic in TOPICS)


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
        "topics", "What does an update say? (the group's own report first; topics of your own in the main language)",
        _list, _usual_topics, _topics,
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
        + ", ".join(dict.fromkeys(str(title) for job in (*JOBS, STATUS, "install") for title in
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
    front = f"  {process.own(process.steering_group)}  (the bot: {process.body}, with what is next and what is missing)"
    return [*groups, *updates, front, *agenda, f"  {process.status}  (the bot: what it did)"]


def _afterwards(process: Process) -> list[str]:
    """What the form will ask for, and what is to be done after the page is saved."""
    side = wiki_sides([process], process.bot, TOPICS)[0]
    texts = texts_on_wiki(side, process.languages[0])
    labels = ", ".join(texts[f"topic-{topic}"] for topic in process.topics)
    card = f"{{{{{process.template('Working group')}|name=NAME|coordinators=* [[User:NAME]]}}}}"
    return [
        "",
        f"The form of an update has the fields {labels}.",
        "",
        "Then the operator runs “strategybot install” and “strategybot doctor”, and the core team saves each group's"
        f" page with {card}.",
    ]


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
