"""What agendas recall from before: open action items, open requests, and feedback that waits for an answer.

A closed agenda shows them as they stood when its meeting started. What the registers hold can be worked out for any
moment; of requests and feedback the agenda's own rows are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from strategybot.jobs.quotes import Recalled, recalled
from strategybot.model.correspondence import Asked, Awaited, Correspondence
from strategybot.model.process import Process
from strategybot.model.register import Entry, Register, by_urgency
from strategybot.wikitext.calls import calls
from strategybot.wikitext.references import unescape


@dataclass(frozen=True)
class Leftovers:
    """What an agenda recalls."""

    entries: tuple[Entry, ...] = ()
    requests: tuple[Asked, ...] = ()
    feedback: tuple[Awaited, ...] = ()

    @property
    def names(self) -> frozenset[Recalled]:
        """What that is, as `recalled` has it."""
        lots = (("Open item", self.entries), ("Open request", self.requests), ("Open feedback", self.feedback))
        return frozenset((template, one.id) for template, lot in lots for one in lot)


@dataclass(frozen=True)
class Stock:
    """All that agendas of a body can recall."""

    register: Register
    correspondence: Correspondence

    def now(self, now: datetime) -> Leftovers:
        """What is open now."""
        requests, feedback = self.correspondence.requests(now), self.correspondence.feedback(now)
        return Leftovers(self.register.open, requests, feedback)

    def at(self, process: Process, moment: datetime, text: str) -> Leftovers:
        """What was open at a moment (UTC); `text` is the agenda as the bot wrote it before."""
        stood = {name for template, name in recalled(process, text) if template != "Open item"}
        found = self.correspondence
        return Leftovers(
            entries_at(self.register, moment), found.requests(moment, stood), found.feedback(moment, stood)
        )

    def left(self, process: Process, moment: datetime, text: str) -> Leftovers:
        """What a closed agenda recalls, of which the bot itself wrote `text`, without what has gone since."""
        kept = {entry.id for entry in self.register.entries.values() if entry.status.is_kept}
        items = {name for template, name in recalled(process, text) if template == "Open item"}
        withdrawn = self.correspondence.withdrawn
        return Leftovers(
            entries_at(self.register, moment, items & kept),
            tuple(one for one in _requests(process, text) if one.id not in withdrawn),
            tuple(one for one in _feedback(process, text) if one.id not in withdrawn),
        )


def entries_at(register: Register, moment: datetime, ids: Collection[str] | None = None) -> tuple[Entry, ...]:
    """What was open before a moment (UTC) and hasn't left the register since: everything, or what has these ids.

    What minutes say was said when their meeting started.
    """
    found = [
        entry.with_events(event for event in entry.events if event.time < moment)
        for entry in register.entries.values()
        if entry.status.is_kept and entry.given < moment and (ids is None or entry.id in ids)
    ]
    return tuple(sorted((entry for entry in found if entry.is_open or ids), key=by_urgency))


def _requests(process: Process, text: str) -> tuple[Asked, ...]:
    """The open requests that an agenda of the bot's shows, as it shows them."""
    return tuple(
        Asked(
            id=row["id"],
            page=process.relay_status.under(row["id"]),
            side=row["from"],
            name=row.get("name", ""),
            answered=int(row["answered"]),
            asked=int(row["asked"]),
            until=row.get("until", ""),
            is_overdue="overdue" in row,
        )
        for row in _rows(process, text, "Open request")
    )


def _feedback(process: Process, text: str) -> tuple[Awaited, ...]:
    """The feedback that an agenda of the bot's shows, as it shows it."""
    return tuple(
        Awaited(row["id"], process.relay_status.under(row["id"]), row["from"], row.get("name", ""), row["since"])
        for row in _rows(process, text, "Open feedback")
    )


def _rows(process: Process, text: str, template: str) -> Iterator[dict[str, str]]:
    """The fields of the rows of a kind."""
    for call in calls(text, process.template(template)):
        yield {name: unescape(value) for name, value in call.fields.items()}
