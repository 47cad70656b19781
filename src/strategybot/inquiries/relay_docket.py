"""What a page of relays has held, thing by thing, and what somebody who may had to say on each of them.

A thing is what can be brought and taken away by itself: the words of a relay, the approval of exactly these, its state,
and that it stands there at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from strategybot.inquiries.authority import is_revert
from strategybot.inquiries.relay_pages import Form, Past
from strategybot.inquiries.rulings import Ruling, Rulings
from strategybot.inquiries.vouching import Parts
from strategybot.model.page import Revision
from strategybot.model.relay import Party
from strategybot.model.source import Source
from strategybot.reading.relay import Filed

Thing = tuple[object, ...]

_TO_THE_LETTER = ("words", "approval")
"""What the things are called that are the same wherever they come back."""

_STATUS = "status"
"""Begins what is said of a relay's state: its id, the word, and how often another call had said so before it."""


@dataclass(frozen=True)
class Docket:
    """A page's past, with the parts that its authors had."""

    past: Past
    parts: Parts

    @cached_property
    def things(self) -> Sequence[frozenset[Thing] | None]:
        """What each revision holds, None where it is hidden."""
        return [None if form is None else frozenset(things_in(form)) for form in self.past.forms]

    def on(self, thing: Thing, sender: Party, start: int = 0) -> Ruling:
        """The last word on a thing that is said for a sender, as of the revision with the number `start`.

        Words that stood there before are not said anew: who brings them back lets them be whose they were. Who changes
        nothing but white space in them has said nothing, nor has who brings back what is hidden now.
        """
        may, takers = self.parts.speaking(sender), self.parts.withdrawing(sender)
        rulings = self._heard(thing, sender, start)
        ruling = rulings.on(thing, self._numbers(may, start), self._numbers(takers, start))
        if ruling.said is None:
            return ruling
        number = self.number(ruling.said)
        hidden = (one for one in range(number + 1, len(self.things)) if self.things[one] is None)
        if is_revert(ruling.said) and (restored := next(hidden, None)):
            return Ruling(None, self.past.revisions[restored], ruling.taken)
        below = next((one for one in range(number + 1, len(self.things)) if self.things[one] is not None), number)
        for other in self.things[below] or ():
            if _squeezed(other) == _squeezed(thing) and other not in (self.things[number] or ()):
                earlier = self.on(other, sender, below)
                if earlier.said is None:
                    return Ruling(None, earlier.brought or ruling.said, ruling.taken)
        return ruling

    def ever(self, thing: Thing, sender: Party) -> tuple[Ruling, Revision | None]:
        """The same, and the revision by which somebody who may had said it, though it was taken back since."""
        ruling = last = self.on(thing, sender)
        while last.said is None and last.gone:
            last = self.on(thing, sender, self.number(last.gone) + 1)
        return ruling, last.said

    def states(self, name: str) -> frozenset[Thing]:
        """All that was ever said of a relay's state."""
        return frozenset(thing for form in self.things for thing in form or () if thing[:2] == (_STATUS, name))

    def number(self, revision: Revision) -> int:
        """The number of a revision, the newest being 0."""
        return self._number[revision.id]

    @cached_property
    def _number(self) -> Mapping[int, int]:
        return {one.id: number for number, one in enumerate(self.past.revisions)}

    def is_strange_move(self, revision: Revision, sender: Party) -> bool:
        """Whether by that revision somebody moved the page to its title who may not."""
        return self.number(revision) in self.past.moves and revision.id not in self.parts.moving(sender)

    def source(self, revision: Revision) -> Source:
        """A revision as the source of what it brought."""
        return Source(self.past.title, revision.id, revision.user or "", revision.time)

    def _heard(self, thing: Thing, sender: Party, start: int) -> Rulings[Thing]:
        """What may be heard of a thing: behind a move by somebody who may not lies another page's past."""
        moved = (one for one in self.past.moves if self.past.revisions[one].id not in self.parts.moving(sender))
        strange = next(moved, None)
        end = len(self.things) if strange is None else max(strange, start) + 1
        forms = [self._form(thing, number) for number in range(start, end)]
        return Rulings(self.past.revisions[start:end], forms, ended=self.past.ended or strange is not None)

    def _form(self, thing: Thing, number: int) -> tuple[Thing, ...] | None:
        """A revision with that thing alone. Where it is no words that come back, no two of them are the same."""
        held = self.things[number]
        if held is None or thing not in held:
            return None if held is None else ()
        return (thing,) if thing[0] in _TO_THE_LETTER else (thing, (number,))

    def _numbers(self, ids: Collection[int], start: int) -> frozenset[int]:
        return frozenset(number for number, one in enumerate(self.past.revisions[start:]) if one.id in ids)


def things_in(form: Form) -> Iterator[Thing]:
    """All that a form holds. States are counted: who says one says it, though another call has said it before."""
    states = Counter[tuple[str, str]]()
    for one in form:
        yield words(one)
        if one.sender:
            yield stands(one.id)
        if one.approved_by:
            yield approval(one)
        if one.status:
            yield _STATUS, one.id, one.status, states[one.id, one.status]
            states[one.id, one.status] += 1


def words(one: Filed) -> Thing:
    """A relay's words, as a thing."""
    return "words", *one.words


def approval(one: Filed) -> Thing:
    """The approval of exactly these words."""
    return "approval", *one.words, one.approved_by


def stands(name: str) -> Thing:
    """That a relay stands there, whatever its words."""
    return "relay", name


def _squeezed(thing: Thing) -> Thing:
    return tuple("".join(part.split()) if isinstance(part, str) else part for part in thing)
