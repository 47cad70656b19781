"""The life of an agenda, made up: people change the page while groups file and the bot writes, all in made-up words.

What became of each word is worked out from what people saved and groups filed, not from what the merge says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol, TypeVar

from benchmarks.chronicle import Chronicle, own_words
from strategybot.model.problem import Problem
from strategybot.session import Report
from strategybot.wiki.port import Kind

PEOPLE = ("Ada", "Bo")
"""Who changes the agenda. Ada files for all groups as well."""

_ROUNDS = 8
"""How often the bot runs in a life, or somewhat more."""

_SENTENCE_END = re.compile(r"(?<=\.)\s+|\n")

LifeT = TypeVar("LifeT", bound="Life")


class Stage(Protocol):
    """A wiki with the bot on it, and with people who have accounts there."""

    def reset(self) -> None:
        """Begin with an agenda that nobody has written yet."""
        ...

    def text(self) -> str:
        """The agenda as it stands."""
        ...

    def revision(self, revid: int) -> str:
        """The text of a revision of it."""
        ...

    def edit(self, text: str, user: str) -> None:
        """Somebody saves the agenda."""
        ...

    def file(self, group: str, fields: Mapping[str, str]) -> None:
        """A group files its update; without fields it withdraws it."""
        ...

    def run(self, pause: Callable[[], None]) -> Report:
        """The bot makes the agenda; `pause` is called before each edit of it."""
        ...


@dataclass
class Record:
    """What people and groups did to the words of an agenda, and what became of them.

    `added` and `removed` are by people; `touched` are the bot's words in sentences that people have changed, `taken`
    those in lines that they moved into or out of an element; `gone` is what the bot has reported as gone with its
    sentence; `settled` are those where people's words stay instead, which it has reported once. `lost` and `missed` are
    the words that the merge failed.
    """

    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)

    def edited(self, before: str, after: str) -> None:
        """Somebody's edit of the page."""
        old, new = own_words(before), own_words(after)
        self.added |= own_words(after, "h") - own_words(before, "h")
        self.removed = (self.removed | (old - new)) - new
        left = set(_SENTENCE_END.split(after))
        for sentence in _SENTENCE_END.split(before):
            if sentence not in left:
                self.touched |= own_words(sentence, "b")
        within = _within(after)
        for line, element in _within(before).items():
            if within.get(line, element) != element:
                self.taken |= own_words(line, "b")

    def looked_at(self, page: str, filed: frozenset[str], kin: Mapping[str, set[str]], clashes: bool) -> None:
        """The page as it stands after a run, beside the words of all that is filed.

        A word of the bot's is missed where it isn't on the page, or still is there after it was withdrawn. It isn't
        where people took it out, or took out its sentence; nor where they changed that sentence, and a clash is
        reported; nor where they moved it between elements, or wrote a third of its sentence, which makes that theirs.
        """
        there = own_words(page)
        theirs = self.taken | _mostly_peoples(page)
        self.lost |= self.added - self.removed - self.gone - there
        for word in filed ^ own_words(page, "b"):
            own = kin[word]
            if clashes and own & self.touched:
                self.settled.add(word)
            taken_out = word in self.removed | self.settled or (own & self.removed and not own & there)
            if not taken_out and word not in self.gone and not own & theirs:
                self.missed.add(word)


def _under(text: str, heading: str) -> str:
    """What stands under a heading, and that itself; above the first where it is empty."""
    found, here, inside = [], not heading, False
    for line in text.split("\n"):
        inside = line.startswith("<div") or (inside and line != "</div>")
        if not inside and line.startswith("="):
            here = bool(heading) and line.strip("= ") == heading
        found += [line] * here
    return "\n".join(found)


def _mostly_peoples(page: str) -> set[str]:
    """The bot's words in sentences of which people wrote a third: where they moved it as well, it isn't known again."""
    sentences = (own_words(sentence) for sentence in _SENTENCE_END.split(page))
    bots = ((words, {word for word in words if word.startswith("b")}) for words in sentences)
    return {word for words, own in bots if 3 * len(own) <= 2 * len(words) for word in own}


def _within(text: str) -> dict[str, str]:
    """Which element each line of a page stands in, by what stands before it; empty for none."""
    within, element, before = {}, "", ""
    for line in text.split("\n"):
        if line.startswith("<div"):
            element = before
        elif line == "</div>":
            element = ""
        within[line] = element
        before = line if line.startswith("{{") else before
    return within


class Life:
    """One agenda's life on a stage. `between` is how often somebody saves between the bot's read and its save."""

    def __init__(self, stage: Stage, random: Random, between: float = 0.6) -> None:
        self.stage, self.random, self.between = stage, random, between
        self.chronicle = Chronicle(random)
        self.record = Record()
        self.changes = self.in_between = 0
        self._filed: dict[str, dict[str, str]] = {}
        self._told: set[Problem] = set()
        stage.reset()
        self._file()
        self._run()

    def round(self) -> None:
        """Groups file, people change the page, and the bot runs."""
        self.groups_file()
        self.people_edit()
        self.bot_runs()

    def groups_file(self) -> None:
        """Some groups change what they filed."""
        for _ in range(self.random.choice((0, 1, 1, 2))):
            self.chronicle.file()
        self._file()

    def people_edit(self) -> None:
        """Some people change the page, one after the other."""
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            self.person_edits()

    def bot_runs(self) -> None:
        """The bot runs; where people came between or it couldn't save, it runs once more."""
        before = self.in_between
        report = self._run(self._perhaps)
        while self.in_between > before or not all(done.outcome.kind.done for done in report.done.values()):
            before = self.in_between
            report = self._run()
        self._look(report)

    def person_edits(self) -> None:
        """Somebody changes the page as it stands."""
        before = self.stage.text()
        after = self.chronicle.edit(before)
        if after != before:
            self.stage.edit(after, self.random.choice(PEOPLE))
            self.record.edited(before, self.stage.text())
            self.changes += 1

    def _perhaps(self) -> None:
        if self.random.random() < self.between:
            before = self.changes
            self.person_edits()
            self.in_between += self.changes - before

    def _file(self) -> None:
        """Save the updates that have changed."""
        filings = self.chronicle.filings()
        for group, fields in filings.items():
            if fields != self._filed.get(group, {}):
                self.stage.file(group, fields)
        self._filed = filings

    def _run(self, pause: Callable[[], None] = lambda: None) -> Report:
        report = self.stage.run(pause)
        self.changes += sum(done.outcome.kind is Kind.SAVED for done in report.done.values())
        new = {problem for problem in report.problems if problem.key == "page-words-gone"} - self._told
        if new:
            there = own_words(self.stage.text())
            self.record.gone |= {word for problem in new for word in self._named(problem) - there}
            self._told |= new
        return report

    def _named(self, problem: Problem) -> frozenset[str]:
        """The words in the section and the revision that a problem names."""
        (heading,) = problem.words
        return own_words(_under(self.stage.revision(problem.revid or 0), str(heading)))

    def _look(self, report: Report) -> None:
        filed = own_words(" ".join(words for fields in self._filed.values() for words in fields.values()))
        clashes = any(problem.key == "page-clash" for problem in report.problems)
        self.record.looked_at(self.stage.text(), filed, self.chronicle.kin, clashes)


def lives(begin: Callable[[], LifeT], changes: int) -> Iterator[LifeT]:
    """Lives of agendas, one after the other, each when it is over, until so many changes have been made."""
    while changes > 0:
        life = begin()
        for _ in range(_ROUNDS):
            if life.changes < changes:
                life.round()
        changes -= life.changes
        yield life
