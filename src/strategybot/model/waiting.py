"""What waits: for each group, for the steering group as a whole, and for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from strategybot.model.body import Body, Group
from strategybot.model.correspondence import Asked, Awaited
from strategybot.model.minuted import Minuted, Stage
from strategybot.model.page import Title
from strategybot.model.register import Entry
from strategybot.model.roster import Roster, Seat
from strategybot.model.update import State, Update

MOST_MINUTES = 3
"""Of how many meetings a row tells that their minutes wait, the newest; the others are in the archive."""


@dataclass(frozen=True)
class Matter:
    """What waits in a body: its open action items, the most urgent first, and the newest minutes that aren't approved.

    `home` is the body's name and front page, `register` is where the items stand.
    """

    body: Body
    home: Group
    register: Title
    items: tuple[Entry, ...]
    minutes: tuple[Minuted, ...]


@dataclass(frozen=True)
class Pile:
    """Action items that wait for somebody: the register in which they stand, and those that are overdue."""

    register: Title
    items: tuple[Entry, ...]
    overdue: tuple[Entry, ...]


@dataclass(frozen=True)
class Row:
    """All that waits for a group, or for the steering group as a whole.

    `update` is one that isn't there, or waits for a coordinator; `seats` are people who wait for confirmation;
    `to_mend` says how many things are wrong on the group's page. `requests` wait for the group's answer, `feedback` for
    the core team's.
    """

    group: Group
    piles: tuple[Pile, ...] = ()
    minutes: tuple[Minuted, ...] = ()
    update: Update | None = None
    seats: tuple[Seat, ...] = ()
    to_mend: int = 0
    requests: tuple[Asked, ...] = ()
    feedback: tuple[Awaited, ...] = ()

    def __bool__(self) -> bool:
        several = self.piles or self.minutes or self.seats or self.requests or self.feedback
        return bool(several or self.update or self.to_mend)

    @property
    def is_overdue(self) -> bool:
        """Whether something should have been done by now."""
        is_late = any(one.stage is Stage.LATE for one in self.minutes) or any(one.is_overdue for one in self.requests)
        return is_late or any(pile.overdue for pile in self.piles)


@dataclass(frozen=True)
class Part:
    """What waits for a person, or for several of a body: open items by register, updates of their groups, minutes.

    `name` is the person's, or the body's; the minutes stand by body, and requests by the group that they wait for.
    `feedback` waits for the core team, at the steering group's.
    """

    name: str
    people: tuple[str, ...]
    piles: tuple[Pile, ...] = ()
    updates: tuple[Update, ...] = ()
    minutes: tuple[tuple[Group, tuple[Minuted, ...]], ...] = ()
    requests: tuple[tuple[Group, tuple[Asked, ...]], ...] = ()
    feedback: tuple[tuple[Group, tuple[Awaited, ...]], ...] = ()

    def __bool__(self) -> bool:
        waiting = self.piles or self.updates or self.minutes or self.requests or self.feedback
        return bool(self.people) and bool(waiting)


Audience = Callable[[Body, Minuted], tuple[str, ...]]
"""The people for whom minutes of a body wait."""


Named = Callable[[Entry], frozenset[str]]
"""The names of those for whom an item waits."""

Shares = Sequence[tuple[Title, Mapping[str, Sequence[Entry]]]]
"""For each register its items by the names of those for whom they wait."""


def unapproved(minuted: Iterable[Minuted], now: datetime) -> tuple[Minuted, ...]:
    """The newest minutes that wait for somebody: of meetings that have begun, to be written or to be approved."""
    waiting = [
        one for one in minuted if one.stage is not Stage.APPROVED and (one.meeting is None or one.meeting.start <= now)
    ]
    return tuple(waiting[:MOST_MINUTES])


@dataclass(frozen=True)
class Waiting:
    """All that waits at a moment (UTC), by the rosters of groups, their updates, and what waits in each body.

    `requests` are open ones; `feedback` waits for the core team.
    """

    rosters: Sequence[Roster]
    updates: Sequence[Update]
    matters: Sequence[Matter]
    now: datetime
    requests: tuple[Asked, ...] = ()
    feedback: tuple[Awaited, ...] = ()
    core_team: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What waits by group, where something does: what is overdue first, then the steering group, then the others.

        A group's are the items that its coordinators own, or that it owns itself, and all that waits in its own body.
        What is nobody's, or somebody's who coordinates no group, waits for the steering group.
        """
        whole = [Roster(home) for home in self._homes]
        shares = self._shares(lambda matter: owning(matter.body, self.rosters, self.now))
        made = [self._row(roster, shares) for roster in (*whole, *self.rosters)]
        return tuple(sorted((one for one in made if one), key=lambda one: not one.is_overdue))

    def _row(self, roster: Roster, shares: Shares) -> Row:
        name = roster.group.name
        return Row(
            roster.group,
            self._piles(shares, name),
            tuple(one for matter in self.matters if matter.body.name == name for one in matter.minutes),
            next((one for one in self._missing if one.group.name == name), None),
            roster.waiting,
            sum(found.key != "roster-waiting" for found in roster.problems),
            self._requests(name),
            self.feedback if roster.group in self._homes else (),
        )

    def parts(self, people: Iterable[str], audience: Audience) -> tuple[Part, ...]:
        """What waits for these accounts, where something does, by their names, and then for all of a body."""
        minutes: dict[tuple[str, ...], dict[Group, tuple[Minuted, ...]]] = {}
        for matter in self.matters:
            for one in matter.minutes:
                those = minutes.setdefault(audience(matter.body, one), {})
                those[matter.home] = (*those.get(matter.home, ()), one)
        shares = self._shares(lambda _: accounts)
        own = [self._part(one, self._piles(shares, one), minutes.pop((one,), {})) for one in sorted(set(people))]
        shared = [
            Part(home.name, several, minutes=((home, those),))
            for several, by_home in minutes.items()
            for home, those in by_home.items()
        ]
        return tuple(part for part in (*own, *shared) if part)

    def _part(self, person: str, piles: tuple[Pile, ...], minutes: Mapping[Group, tuple[Minuted, ...]]) -> Part:
        groups = {roster.group.name for roster in self.rosters if roster.names.coordinates(person, self.now)}
        missing = tuple(one for one in self._missing if one.group.name in groups)
        asked = [
            (roster.group, self._requests(name)) for roster in self.rosters if (name := roster.group.name) in groups
        ]
        return Part(
            person,
            (person,),
            piles,
            missing,
            tuple(minutes.items()),
            tuple(pair for pair in asked if pair[1]),
            tuple((home, self.feedback) for home in self._homes if self.feedback and person in self.core_team),
        )

    def _shares(self, named: Callable[[Matter], Named]) -> Shares:
        shares = []
        for matter in self.matters:
            names, share = named(matter), dict[str, list[Entry]]()
            for item in matter.items:
                for name in names(item):
                    share.setdefault(name, []).append(item)
            shares.append((matter.register, share))
        return shares

    def _piles(self, shares: Shares, name: str) -> tuple[Pile, ...]:
        today = self.now.date()
        return tuple(
            Pile(register, tuple(items), tuple(item for item in items if item.overdue(today)))
            for register, share in shares
            if (items := share.get(name))
        )

    def _requests(self, group: str) -> tuple[Asked, ...]:
        """The requests that wait for a group's answer."""
        return tuple(one for one in self.requests if group in one.groups)

    @property
    def _homes(self) -> list[Group]:
        """The steering group, with its front page."""
        return [matter.home for matter in self.matters if matter.body.group is None]

    @property
    def _missing(self) -> list[Update]:
        return [one for one in self.updates if one.state is not State.FILED]


def owning(body: Body, rosters: Iterable[Roster], now: datetime) -> Named:
    """What gives the names of the groups for which an item of a body waits, or the body's where there are none."""
    groups: dict[str, set[str]] = {}
    for roster in rosters:
        for name in roster.names.coordinating(now):
            groups.setdefault(name, set()).add(roster.group.name)
    by_words = {roster.group.name.casefold(): roster.group.name for roster in rosters}

    def named(item: Entry) -> frozenset[str]:
        if body.group:
            return frozenset({body.name})
        found = {group for name in accounts(item) for group in groups.get(name, ())}
        words = {one.name.casefold() for one in item.owners if not one.is_account}
        found |= {group for name, group in by_words.items() if name in words}
        return frozenset(found or {body.name})

    return named


def owners(matters: Iterable[Matter]) -> frozenset[str]:
    """The accounts that own open items."""
    return frozenset(name for matter in matters for item in matter.items for name in accounts(item))


def accounts(item: Entry) -> frozenset[str]:
    """The accounts that own an item."""
    return frozenset(one.name for one in item.owners if one.is_account)
