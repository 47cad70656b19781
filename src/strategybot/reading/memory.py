"""What the bot's own pages about relays remember, so that what is over or unchanged need not be looked at again.

    {{Steering group/Relay row|id=Survey|state=closed|since=…|page=…|words=0123456789|versions=12 15|…}}
    {{Steering group/Relay settled|page=…|seen=123|relays=2}}
    {{Steering group/Relay thread|post=45|page=…|seen=67}}
    {{Steering group/Relay answer|group=…|user=…|time=…|page=…|revision=66|post=45|thread=…}}

Only texts that are the bot's own may be read here: what anybody can write proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from strategybot.model.memory import Remembered
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relay import Answer, State
from strategybot.wikitext.calls import Call, calls
from strategybot.wikitext.references import unescape


@dataclass(frozen=True)
class Row:
    """A relay as a list of relays has it.

    `page` is where it stands, `since` when it first stood there (UTC), `words` the fingerprint of what goes out, and
    `versions` are the revisions that brought it, in all its languages. `text` is the whole call.
    """

    id: str
    state: State
    page: Title
    since: datetime
    words: str = ""
    versions: tuple[int, ...] = ()
    text: str = field(default="", compare=False)

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.state in (State.CLOSED, State.WITHDRAWN)


_UNHEARD = (State.FLAWED, State.WAITING)
"""The states of relays of which nothing is to be remembered, unless words of theirs have counted before."""


@dataclass(frozen=True)
class Settled:
    """A page of so many relays on which nothing was open any more in its revision `seen`."""

    page: Title
    seen: int
    relays: int


def read_rows(process: Process, text: str) -> tuple[Row, ...]:
    """The relays in a list of the bot's."""
    return tuple(row for call in calls(text, process.template("Relay row")) if (row := _row(call)))


def read_settled(process: Process, text: str) -> tuple[Settled, ...]:
    """The pages that a list of the bot's says to be settled."""
    found = (
        (_title(call, "page"), _number(call, "seen"), _number(call, "relays"))
        for call in calls(text, process.template("Relay settled"))
    )
    return tuple(Settled(page, seen, relays) for page, seen, relays in found if page and seen)


def read_years(process: Process, text: str) -> tuple[str, ...]:
    """The earlier years that have lists of their own."""
    heads = calls(text, process.template("Relay list"))
    return tuple(re.findall(r"\b[0-9]{4}\b", heads[0].fields.get("years", ""))) if heads else ()


def read_threads(process: Process, text: str, relay: str) -> tuple[Remembered, ...]:
    """What the bot's page of a relay remembers of answers; nothing where it is another relay's page."""
    heads = calls(text, process.template("Relay head"))
    if not heads or _word(heads[0], "id") != relay:
        return ()
    answers = [(call, one) for call in calls(text, process.template("Relay answer")) if (one := _answer(call))]
    return tuple(_threads(calls(text, process.template("Relay thread")), answers))


def shows_words(process: Process, text: str) -> bool:
    """Whether a relay's page shows what the relay says."""
    return any(call.fields.get("subject") for call in calls(text, process.template("Relay head")))


def _threads(found: tuple[Call, ...], answers: list[tuple[Call, Answer]]) -> Iterator[Remembered]:
    for call in found:
        post, page, seen = _number(call, "post"), _title(call, "page"), _number(call, "seen")
        if page and seen:
            here = (one for said, one in answers if _number(said, "post") == post and _thread(said) == page)
            yield Remembered(post, page, seen, tuple(sorted(here, key=lambda one: (one.time, one.revid or 0))))


def _thread(call: Call) -> Title | None:
    """The page on which an answer was found."""
    return _title(call, "thread") or _title(call, "page")


def _row(call: Call) -> Row | None:
    page, since = _title(call, "page"), _time(call, "since")
    state = next((one for one in State if one.value == _word(call, "state")), None)
    versions = tuple(int(one) for one in re.findall(r"\b[1-9][0-9]{0,14}\b", _word(call, "versions")))
    if not (page and since and state) or (state in _UNHEARD and not versions and _word(call, "sent") != "yes"):
        return None
    return Row(_word(call, "id"), state, page, since, _word(call, "words"), versions, call.text)


def _answer(call: Call) -> Answer | None:
    page, time = _title(call, "page"), _time(call, "time")
    if not (page and time):
        return None
    is_read = _word(call, "read") == "yes"
    return Answer(_word(call, "user"), time, page, _number(call, "revision") or None, _word(call, "group"), is_read)


def _word(call: Call, name: str) -> str:
    return unescape(call.fields.get(name, "")).strip()


def _number(call: Call, name: str) -> int:
    word = _word(call, name)
    return int(word) if re.fullmatch(r"[1-9][0-9]{0,14}", word) else 0


def _title(call: Call, name: str) -> Title | None:
    title = Title(_word(call, name))
    return title if title.legal else None


def _time(call: Call, name: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(_word(call, name).replace("Z", "+00:00"))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
