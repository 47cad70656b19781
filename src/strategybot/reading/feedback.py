"""What became of feedback, as people enter it on the feedback page.

    {{Steering group/Feedback outcome|F7|state=taken up|note=It is on the budget of May.|lang=en}}

It is entered anywhere on the page. The bot takes it from there into a slot, with who entered it and when, so that no
history has to be read for it again. A note that bears a mark of confidence isn't taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from strategybot.model.feedback import Entry, Outcome, Raised
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relay import Answer
from strategybot.reading.confidence import is_marked
from strategybot.wikitext.calls import Call, calls
from strategybot.wikitext.references import unescape
from strategybot.wikitext.slips import slips
from strategybot.wikitext.slots import slot
from strategybot.writing.texts import words

SLOT = "outcomes"
"""The slot of the feedback page in which the bot keeps what was entered."""

_WORDS = {
    Outcome.TAKEN_UP: "feedback-words-taken-up",
    Outcome.ANSWERED: "feedback-words-answered",
    Outcome.DECLINED: "feedback-words-declined",
    Outcome.OPEN: "feedback-words-open",
}

Thing = tuple[Entry, int]
"""An entry, and which of several that read the same it is, from 1."""


@dataclass(frozen=True)
class Row:
    """What the bot noted of an entry: who made it, when (UTC), in which revision, and whether it counts."""

    user: str
    time: datetime
    revid: int
    counts: bool


def read_entries(text: str, template: str) -> tuple[Thing, ...]:
    """All that is entered on a page: first what stands in the slot, then the slips beside it."""
    found = (*calls(slot(text, SLOT) or "", template), *(call for call in slips(text) if call.is_of(template)))
    return tuple(_numbered(map(_entry, found)))


def entries_in_confidence(text: str, template: str) -> tuple[str, ...]:
    """Of what (ids of relays) something is entered beside the slot that bears a mark of confidence."""
    marked = (call for call in slips(text) if call.is_of(template) and is_marked(call.text))
    return tuple(dict.fromkeys(_entry(call).id for call in marked))


def read_rows(text: str, template: str) -> dict[Thing, Row]:
    """What the bot noted in its slot of a page."""
    found = calls(slot(text, SLOT) or "", template)
    rows = zip(_numbered(map(_entry, found)), map(_row, found), strict=True)
    return {thing: row for thing, row in rows if row}


def between(text: str, template: str) -> str:
    """What people wrote in the slot beside entries."""
    inside = slot(text, SLOT) or ""
    for call in reversed(calls(inside, template)):
        inside = inside[: call.start] + inside[call.end :]
    return re.sub(r"\n{2,}", "\n", inside).strip()


@dataclass(frozen=True)
class Shown:
    """Something that was raised, as the bot shows it on the page: `words` are its words, with where they come from.

    Of what is over since an earlier year there are none.
    """

    raised: Raised
    subject: str = ""
    lang: str = ""
    words: str = ""


@dataclass(frozen=True)
class Told:
    """An answer to a request, as the bot tells of it on the page."""

    id: str
    answer: Answer


def read_shown(text: str, process: Process) -> tuple[Shown, ...]:
    """What the bot's own text of the page shows of what was raised."""
    found = [Shown(one) for call in calls(text, process.template("Feedback past")) if (one := _raised(call))]
    ends = calls(text, process.template("Feedback state"))
    for call in calls(text, process.template("Feedback item")):
        end = next((one.start for one in ends if one.start >= call.end), call.end)
        if one := _raised(call):
            given = call.fields
            words = text[call.end : end].strip("\n")
            found.append(Shown(one, given.get("subject", ""), given.get("lang", ""), words))
    return tuple(found)


def read_answers(text: str, process: Process) -> tuple[Told, ...]:
    """The answers to requests that the bot's own text of the page tells of."""
    found = []
    for call in calls(text, process.template("Feedback answer")):
        given = {name: unescape(value) for name, value in call.fields.items()}
        try:
            time, change = datetime.fromisoformat(given["time"]).astimezone(UTC), given.get("change")
            where = Title(given["where"])
            answer = Answer(given["user"], time, where, int(change) if change else None, given["group"])
            found.append(Told(given["id"], answer))
        except (KeyError, ValueError):
            continue
    return tuple(found)


def _raised(call: Call) -> Raised | None:
    given = {name: unescape(value) for name, value in call.fields.items()}
    try:
        since, first = (datetime.fromisoformat(given[name]).astimezone(UTC) for name in ("since", "first"))
        side = given["from"], given.get("name", "")
        return Raised(given["id"], *side, given["kind"], since, first, "closed" in given)
    except (KeyError, ValueError):
        return None


def outcome_of(word: str, languages: tuple[str, ...]) -> Outcome | None:
    """The outcome that a word names in one of these languages or in English, None where it names none."""
    codes = dict.fromkeys(code for one in (*languages, "en") for code in (one, one.partition("-")[0]))
    said = _plain(word)
    for outcome, key in _WORDS.items():
        if said in {_plain(phrase) for code in codes for phrase in words(code).get(key, "").split("|") if phrase}:
            return outcome
    return None


def _plain(word: str) -> str:
    return " ".join(word.replace("’", "'").replace("_", " ").casefold().split()).strip(" .'\"“”«»")


def _numbered(entries: Iterator[Entry]) -> Iterator[Thing]:
    times = Counter[Entry]()
    for entry in entries:
        times[entry] += 1
        yield entry, times[entry]


def _entry(call: Call) -> Entry:
    given = call.fields
    name = unescape(given.get("id") or next(iter(call.unnamed), ""))
    return Entry(
        id=" ".join(name.replace("_", " ").split()),
        state=unescape(given.get("state", "")),
        note="" if is_marked(call.text) else given.get("note", ""),
        lang=given.get("lang", "").lower(),
    )


def _row(call: Call) -> Row | None:
    given = call.fields
    try:
        time = datetime.fromisoformat(given["time"]).astimezone(UTC)
        return Row(unescape(given.get("user", "")), time, int(given["revision"]), "waiting" not in given)
    except (KeyError, ValueError):
        return None
