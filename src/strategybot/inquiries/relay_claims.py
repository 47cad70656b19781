"""What was ever filed under one id on one page, and whose the id is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from strategybot.inquiries.relay_docket import Docket, Thing, approval, stands, words
from strategybot.inquiries.rulings import Ruling
from strategybot.inquiries.vouching import CORE_TEAM
from strategybot.model.page import Revision
from strategybot.model.process import Process
from strategybot.model.relay import Party, Side, Stage, saying
from strategybot.reading.days import days_in
from strategybot.reading.relay import Filed, language_of, sender_of, status_of

_NOBODY = Party(Side.STAKEHOLDERS)
"""The sender of words that don't say who sends them: nobody speaks for it."""

_STAGES = {"closed": Stage.CLOSED, "withdrawn": Stage.WITHDRAWN}


@dataclass(frozen=True)
class Counted:
    """Words that counted at some time: the revision `said` in which somebody who may brought them last, and the ruling.

    They are `alive` as long as nobody who may has taken them back.
    """

    filed: Filed
    sender: Party
    said: Revision
    ruling: Ruling

    @property
    def alive(self) -> bool:
        """Whether they still count, be they there or not."""
        return self.ruling.said is not None


@dataclass(frozen=True)
class Claim:
    """One id on one page."""

    process: Process
    docket: Docket
    id: str

    @cached_property
    def standing(self) -> tuple[Filed, ...]:
        """The calls that stand on the page, each once."""
        return tuple(dict.fromkeys(one for one in self.docket.past.standing if one.id == self.id))

    @cached_property
    def ever(self) -> tuple[Filed, ...]:
        """All calls that ever stood there, the newest first."""
        forms = (form for _, form in self.docket.past.about(self.id))
        return tuple(dict.fromkeys(one for form in forms for one in form or ()))

    @cached_property
    def stood(self) -> frozenset[str]:
        """By what all its words are known that can be seen in the page's past, whoever brought them."""
        languages = self.process.languages
        days = {date.fromisoformat(day) for one in self.ever for day in days_in(one.reply_by, languages)}
        return frozenset(
            saying(lang, one.subject, one.text, day)
            for one in self.ever
            for lang in ([one.lang] if one.lang else languages)
            for day in (None, *days)
        )

    @cached_property
    def first(self) -> datetime:
        """When the id may have stood on the page first, as far back as that is known."""
        forms = self.docket.past.forms
        oldest = max(number for number, form in self.docket.past.about(self.id) if form)
        while oldest + 1 < len(forms) and forms[oldest + 1] is None:
            oldest += 1
        return self.docket.past.revisions[oldest].time

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """All words that ever counted, of calls that say who sends them."""
        return tuple(self._counted())

    def _counted(self) -> Iterator[Counted]:
        for thing, filed in {words(one): one for one in self.ever}.items():
            if sender := sender_of(filed, self.process):
                ruling, said = self.docket.ever(thing, sender)
                if said:
                    yield Counted(filed, sender, said, ruling)

    @cached_property
    def owner(self) -> Party:
        """Whose relay it is: who filed it first, of those whose words nobody has taken back who may."""
        if alive := [one for one in self.counted if one.alive]:
            return min(alive, key=lambda one: self.age(one.said)).sender
        return max(self.counted, key=lambda one: self.age(one.said)).sender if self.counted else _NOBODY

    @cached_property
    def last(self) -> Counted:
        """The owner's words that counted last; there must be such."""
        own = [one for one in self.counted if one.sender == self.owner]
        return max(own, key=lambda one: (one.alive, self.age(one.said)))

    @cached_property
    def kept(self) -> datetime | None:
        """When its owner filed it first, in whatever words (UTC)."""
        return min((one.said.time for one in self.counted if one.sender == self.owner), default=None)

    @cached_property
    def original(self) -> Counted | None:
        """What stands and counts, of the calls that say who sends it that which was filed first."""
        held = {one.words for one in self.standing}
        own = [one for one in self.counted if one.alive and one.sender == self.owner and one.filed.words in held]
        return min(own, key=self._since, default=None)

    def _since(self, one: Counted) -> int:
        """Since when there are words in the language of these."""
        same = (other for other in self.counted if other.sender == one.sender and self._lang(other) == self._lang(one))
        return min(self.age(other.said) for other in same)

    def _lang(self, one: Counted) -> str:
        return language_of(one.filed, self.process)

    def gone(self) -> Revision | None:
        """The revision in which somebody who may took the relay off the page, where that was the last word.

        Where another call stands there with the same id, that takes away who puts nothing in the place of these words.
        """
        if by := self.docket.on(stands(self.id), self.owner).gone:
            return by
        taken = self.last.ruling.gone
        if taken is None:
            return None
        number = self.docket.number(taken)
        before, after = (self._calls(one) for one in (number + 1, number))
        return None if after - before else taken

    def _calls(self, number: int) -> frozenset[tuple[object, ...]]:
        """The words with this id in a revision; where it is hidden, in the one before."""
        forms = self.docket.past.forms[number:]
        form = next((one for one in forms if one is not None), ())
        return frozenset(one.words for one in form if one.id == self.id)

    def ended(self) -> tuple[Stage, Revision] | None:
        """That it is closed or withdrawn by its state, and by whose word; None where it isn't."""
        said: list[tuple[Revision, Stage]] = []
        for thing in self.docket.states(self.id):
            stage = _STAGES.get(status_of(Filed(status=str(thing[2])), self.process.languages))
            by = self._by_either(thing) if stage else None
            if stage and by:
                said.append((by, stage))
        by, stage = max(said, key=lambda one: (self.age(one[0]), one[1].value), default=(None, None))
        return (stage, by) if stage and by else None

    def _by_either(self, thing: Thing) -> Revision | None:
        """Who said something of its state: somebody who speaks for the sender, or the core team."""
        by = [said for party in (self.owner, CORE_TEAM) if (said := self.docket.on(thing, party).said)]
        return max(by, key=self.age, default=None)

    def approved(self, one: Filed) -> Revision | None:
        """By whose word exactly these words are approved of, as they stand."""
        stand = [other for other in self.standing if other.words == one.words and other.approved_by]
        said = [said for other in stand if (said := self.docket.on(approval(other), CORE_TEAM).said)]
        return max(said, key=self.age, default=None)

    def age(self, revision: Revision) -> int:
        """A number that is higher the newer a revision of the page is."""
        return -self.docket.number(revision)
