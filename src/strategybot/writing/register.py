"""The pages of registers: rows that people can change, with all that became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from strategybot.model.minutes import Kind
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.register import Entry, Event, NotUnderstood, Register
from strategybot.reading.amending import Refused
from strategybot.reading.register import NOTHING, SLOT, TEMPLATES, owners_text
from strategybot.wikitext.slots import filled
from strategybot.writing.environment import environment, render
from strategybot.writing.safe import Argument, Field, field

NAMES = {Kind.ACTION: "action-items", Kind.DECISION: "decisions"}
"""What the texts about each register are called."""


_NONE = {Kind.ACTION: "register-none-action-items", Kind.DECISION: "register-none-decisions"}
"""The texts that say that there is nothing."""


@dataclass(frozen=True)
class Leaf:
    """What a page of a register is to show: `parts` are its entries under the keys of their headings.

    `year` is empty on the register's own page, which has the links to the years' pages: `years`. `top` is what people
    wrote above the rows, and what follows stands below them.
    """

    register: Register
    parts: Sequence[tuple[str, Sequence[Entry]]]
    year: str = ""
    years: Sequence[tuple[str, Title]] = ()
    top: str = ""
    unread: Sequence[NotUnderstood] = ()
    refused: Sequence[Refused] = ()


def register_page(process: Process, title: Title, leaf: Leaf, now: datetime) -> str:
    """The text of a page of a register."""
    kind = leaf.register.kind
    text = render(
        "register.wiki",
        prefix=Field(process.templates),
        process=process,
        kind=NAMES[kind],
        title=title,
        leaf=leaf,
        main=title if not leaf.year else Title(title.text.rpartition("/")[0]),
    )
    return filled(text, SLOT, _inside(process, leaf, now))


def _inside(process: Process, leaf: Leaf, now: datetime) -> str:
    """What stands in the slot: people's own words there stay to the letter."""
    part: Any = environment().get_template("register_rows.wiki").make_module({"prefix": Field(process.templates)})
    kind, today = leaf.register.kind, now.date()
    read = ", ".join(f"{day} {sign}" for day, sign in sorted(leaf.register.read.items()))
    years = ", ".join(year for year, _ in leaf.years)
    record = "" if leaf.year else str(part.record(leaf.register.next, field(read), field(years)))
    blocks = [record, leaf.top]
    for name, entries in leaf.parts:
        unread = leaf.unread if name == "register-unconfirmed" else ()
        if entries or unread:
            blocks.append(str(part.heading(name)))
        blocks += [str(part.unread(one)) for one in unread]
        for entry in entries:
            blocks += [str(part.row(TEMPLATES[kind], view(entry, today))), entry.beneath]
    if not any(entries for _, entries in leaf.parts) and not leaf.unread:
        blocks.append(str(part.nothing(_NONE[kind])))
    for one in leaf.refused:
        blocks.append(f"{part.refused(one)}\n{one.slip}")
    return "\n\n".join(block.strip() for block in blocks if block.strip())


@dataclass(frozen=True)
class View:
    """An entry as its row shows it."""

    entry: Entry
    overdue: bool

    @property
    def owners(self) -> Argument:
        """The owners, those with accounts as links."""
        return Argument(owners_text(self.entry.owners))

    @property
    def groups(self) -> str:
        """The groups that the owners coordinated when they were given it."""
        return "; ".join("/".join(seat) for seat in self.entry.groups)

    @property
    def events(self) -> tuple[Told, ...]:
        """All that happened to it."""
        return tuple(Told(event) for event in self.entry.events)

    @property
    def doubtful(self) -> tuple[Event, ...]:
        """Those events that somebody has to stand for yet, and that weren't said in minutes."""
        return tuple(event for event in self.entry.doubts if not event.meeting)


@dataclass(frozen=True)
class Told:
    """An event as its call tells it."""

    event: Event

    @property
    def time(self) -> Field:
        """When, to the second."""
        return Field(self.event.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    @property
    def owners(self) -> Argument | None:
        """The owners that it names."""
        named = self.event.said.owners
        return None if named is None else Argument(owners_text(named)) if named else Argument(NOTHING)

    @property
    def due(self) -> Field | None:
        """The day that it names."""
        said = self.event.said.due
        return None if said is None else Field(NOTHING) if said == "" else field(said)


def view(entry: Entry, today: date) -> View:
    """An entry as its row shows it on a day."""
    return View(entry, entry.overdue(today))
