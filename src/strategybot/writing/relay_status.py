"""The pages about relays: the list of all of them, and a page for each, which is its preview and then its record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from strategybot.model.body import Group
from strategybot.model.memory import Remembered
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relay import Answer, Dispatch, Fate, Party, Relay, Side, Stage, State, Target, Voucher
from strategybot.model.source import Source
from strategybot.reading.memory import Row, Settled
from strategybot.reading.relay import is_id
from strategybot.writing.environment import environment, render
from strategybot.writing.safe import Block, Field, Heading, block, heading
from strategybot.writing.safe import field as as_field

GOT_IT = (Fate.POSTED, Fate.SENT)
"""The fates of targets that have a relay."""

GETS_IT = (*GOT_IT, Fate.DUE, Fate.THIS_WEEK, Fate.PREPARED, Fate.ELSEWHERE, Fate.FAILED, Fate.UNPROVEN)
"""Those of targets that have it, or are to get it if all goes well."""

_SAID = tuple(fate for fate in Fate if fate not in GETS_IT)

OVER = (State.CLOSED, State.WITHDRAWN)
"""The states in which nothing is waited for any more."""

_UNSENT = (State.PREVIEW, State.UNAPPROVED, State.WAITING, State.FLAWED)


@dataclass(frozen=True)
class Wording:
    """What is posted in a language: a heading, and what stands below it."""

    lang: str
    heading: Heading
    body: Block


@dataclass(frozen=True)
class Prepared:
    """What a person sends by message delivery: the list, as of a revision, and the text; `sent` says who did when."""

    targets: Title
    text: Title
    revid: int | None = None
    sent: Source | None = None


@dataclass(frozen=True)
class Leaf:
    """What the pages about relays say of one.

    `goes_out` is the earliest moment for that (UTC), None where it isn't known or is over. `wordings` are how it is
    posted, in each language; without them its versions are shown as they were filed. `made` are the bot's posts, by the
    title under which each target was asked for. `remembered` is what later runs need not read again, and `reminded`
    says when the people of a group were reminded last.
    """

    dispatch: Dispatch
    goes_out: datetime | None = None
    wordings: tuple[Wording, ...] = ()
    made: Mapping[Title, Source] = field(default_factory=dict, hash=False)
    prepared: Prepared | None = None
    remembered: tuple[Remembered, ...] = ()
    reminded: Mapping[str, datetime] = field(default_factory=dict, hash=False)

    @property
    def relay(self) -> Relay:
        """The relay itself."""
        return self.dispatch.relay

    @property
    def is_withdrawn(self) -> bool:
        """Whether nothing of it is to be shown any more."""
        return self.dispatch.state is State.WITHDRAWN


@dataclass(frozen=True)
class Binding:
    """A list of relays, newest first: those under way, and those that are over.

    `title` is where it stands, `year` empty but for the list of a year; `years` are the others, the last first.
    """

    title: Title
    current: Sequence[Leaf]
    over: Sequence[Leaf | Row]
    year: str = ""
    years: Sequence[str] = ()
    settled: Sequence[Settled] = ()


def fingerprint(relay: Relay) -> str:
    """By what exactly that which goes out is known, in all languages, and to whom."""
    parties = [(one.side.value, one.name) for one in (relay.sender, *relay.audience) if one]
    words = relay.id, parties, relay.kind.value if relay.kind else "", relay.digest
    return hashlib.sha256(repr(words).encode()).hexdigest()[:10]


def relays_page(process: Process, binding: Binding) -> str:
    """The text of a list of relays."""
    return render(
        "relay_status.wiki",
        prefix=Field(process.templates),
        process=process,
        binding=binding,
        current=[_row(process, leaf) for leaf in binding.current],
        over=[Field(one.text) if isinstance(one, Row) else _row(process, one) for one in binding.over],
        main=process.relay_status,
    )


def _row(process: Process, leaf: Leaf) -> Field:
    part: Any = environment().get_template("relay_rows.wiki").make_module({"prefix": Field(process.templates)})
    return Field(part.row(process, view(process, leaf)).strip())


def relay_page(process: Process, leaf: Leaf) -> str:
    """The text of a relay's own page."""
    return render(
        "relay_page.wiki",
        prefix=Field(process.templates),
        process=process,
        main=process.relay_status,
        view=view(process, leaf),
        leaf=leaf,
        relay=leaf.relay,
        exact=exact,
    )


def exact(time: datetime) -> Field:
    """A moment to the second, so that it can be read back."""
    return Field(time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def status_title(process: Process, relay: str) -> Title | None:
    """The page of a relay; None where its id can be no page's name."""
    return process.relay_status.under(relay) if is_id(relay) else None


def view(process: Process, leaf: Leaf) -> View:
    """A relay as its row and its page show it."""
    return View(leaf, status_title(process, leaf.relay.id))


@dataclass(frozen=True)
class Pile:
    """Targets with the same fate."""

    fate: Fate
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Heard:
    """What a group has said to a relay; `is_awaited`: an answer is waited for, and `reminded` is when it was last."""

    group: Group
    answers: tuple[Answer, ...]
    is_awaited: bool
    reminded: datetime | None


@dataclass(frozen=True)
class View:
    """A relay with what its row and its page say of it; `page` is its own."""

    leaf: Leaf
    page: Title | None

    @property
    def relay(self) -> Relay:
        """The relay itself."""
        return self.leaf.relay

    @property
    def dispatch(self) -> Dispatch:
        """What has become of it."""
        return self.leaf.dispatch

    @property
    def state(self) -> str:
        """How it stands."""
        return self.dispatch.state.value

    @property
    def since(self) -> Field:
        """When it first stood on its page."""
        return exact(self.relay.first)

    @property
    def fingerprint(self) -> str:
        """By what its words are known; empty where none count."""
        return fingerprint(self.relay) if self.relay.versions else ""

    @property
    def versions(self) -> str:
        """The numbers of the revisions that brought its words."""
        return " ".join(str(one.source.revid) for one in self.relay.versions)

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """What is posted, or would be, in each language."""
        filed = (Wording(one.lang, heading(one.subject), block(one.text)) for one in self.relay.versions)
        return self.leaf.wordings or tuple(filed)

    @property
    def has_gone_out(self) -> bool:
        """Whether something of it stands somewhere."""
        return bool(self.leaf.made) or self.delivered > 0

    @property
    def is_unsent(self) -> bool:
        """Whether nothing of it has gone out yet."""
        return self.dispatch.state in _UNSENT and not self.has_gone_out

    @property
    def is_explained(self) -> bool:
        """Whether there is a sentence that says why it stands so, beside those of its problems."""
        return bool(self.relay.reason) and self.relay.stage not in (Stage.FLAWED, Stage.CLOSED)

    @property
    def can_be_answered(self) -> bool:
        """Whether people are offered to answer."""
        return not self.is_unsent and self.dispatch.state not in OVER

    @property
    def parties(self) -> tuple[tuple[Field, str], ...]:
        """Those for whom it is: the key of each, and its name if it has one."""
        return tuple(party(one) for one in self.relay.audience)

    @property
    def sender(self) -> tuple[Field, str] | None:
        """From whom it is."""
        return party(self.relay.sender) if self.relay.sender else None

    @property
    def due(self) -> int:
        """How many targets are to have it."""
        return sum(one.fate in GETS_IT for one in self.dispatch.targets)

    @property
    def delivered(self) -> int:
        """How many have it."""
        return sum(one.fate in GOT_IT for one in self.dispatch.targets)

    @property
    def groups(self) -> tuple[Target, ...]:
        """The targets that are groups'."""
        return tuple(one for one in self.dispatch.targets if one.group)

    @property
    def people(self) -> tuple[Target, ...]:
        """The targets that are people's, by the part they have."""
        return tuple(one for one in self.dispatch.targets if one.person and not one.group)

    @property
    def listed(self) -> tuple[Pile, ...]:
        """The targets that only a list names, by their fate: those first that don't get it."""
        piles: dict[Fate, list[Target]] = {}
        for one in self.dispatch.targets:
            if not (one.group or one.person):
                piles.setdefault(one.fate, []).append(one)
        order = sorted(piles, key=(*_SAID, *GETS_IT).index)
        return tuple(Pile(fate, tuple(piles[fate])) for fate in order)

    @property
    def heard(self) -> tuple[Heard, ...]:
        """What each group has said that was asked, and each that has said something, once it has gone out."""
        if self.is_unsent:
            return ()
        awaited = set(self.dispatch.asked) - set(self.dispatch.answered) if self.dispatch.state not in OVER else set()
        made = (
            Heard(group, self._of(group.name), group in awaited, self.leaf.reminded.get(group.name))
            for group in self._groups
        )
        return tuple(one for one in made if one.answers or one.group in self.dispatch.asked)

    @property
    def others(self) -> tuple[Answer, ...]:
        """What people replied that counts for no group."""
        names = {group.name for group in self._groups}
        return tuple(one for one in self.dispatch.answers if one.group not in names)

    @property
    def _groups(self) -> tuple[Group, ...]:
        reached = (one.group for one in self.dispatch.targets if one.group)
        return tuple(dict.fromkeys((*self.dispatch.asked, *reached)))

    def _of(self, group: str) -> tuple[Answer, ...]:
        return tuple(one for one in self.dispatch.answers if one.group == group)

    def thread(self, answer: Answer) -> Remembered | None:
        """Where an answer was found, as far as that is remembered."""
        return next((one for one in self.leaf.remembered if answer in one.answers), None)

    def post(self, target: Target) -> Source | None:
        """The bot's post at a target."""
        return self.leaf.made.get(target.asked)

    def part(self, voucher: Voucher) -> tuple[Field, str]:
        """The part that somebody has who stands behind it."""
        return party(Party(voucher.part, voucher.name))


def party(one: Party) -> tuple[Field, str]:
    """A side as a template names it, with the name of the group or list that it is."""
    is_named = one.side in (Side.GROUP, Side.STAKEHOLDERS)
    return as_field(one.side.value.replace(" ", "-")), one.name if is_named else ""
