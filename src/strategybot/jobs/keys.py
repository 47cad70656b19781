"""Keys: by what a post is known for good, and by what it may have been known before.

A key ends the summary of the edit that makes its post. It names the process by its configuration's page and the target
by its title, as the wiki spells it. Both can be moved since: then the same post may stand under earlier titles.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from strategybot.model.page import LogEntry, Title
from strategybot.model.process import Process, trial_root

_LONGEST = 160


@dataclass(frozen=True)
class Key:
    """`call 2026-12-10 Committee | Talk:Committee/Working Groups/Alpha`.

    `page` is the page whose talk page the post is meant for in the beginning, as the wiki spells it; `spellings` are
    other titles that it may have had without a move. `near` are matters that may be the same one, named otherwise.
    """

    job: str
    matter: str
    process: Process
    page: Title
    spellings: tuple[Title, ...] = ()
    near: tuple[str, ...] = ()

    _FORM: ClassVar[str] = "{job} {matter} {name} | {target}"

    def __str__(self) -> str:
        return self._written(self.matter, self.process.page, self.target)

    @property
    def target(self) -> Title:
        """The talk page that the key names."""
        return self.process.own(self.page.talk)

    def targets(self, logged: Sequence[LogEntry]) -> frozenset[Title]:
        """All talk pages that it may have named, by the moves since; `logged` is newest first."""
        pages = earlier([self.page, *self.spellings], logged)
        return earlier([self.process.own(page.talk) for page in pages], logged)

    def all(self, logged: Sequence[LogEntry]) -> frozenset[str]:
        """The keys under which the post may have been made."""
        return self._of([self.matter], logged)

    def neighbours(self, logged: Sequence[LogEntry]) -> frozenset[str]:
        """The keys under which it may have been made for a matter that was named otherwise."""
        return self._of(self.near, logged)

    def may_stand_on(self, title: Title) -> bool:
        """Whether the post may stand on a page: on any talk page, since nobody knows all that groups have named."""
        return self._plain(title).talk == self._plain(title)

    def _plain(self, title: Title) -> Title:
        """A title without what a process on trial puts before it."""
        return Title(title.text.removeprefix(f"{trial_root(self.process.bot)}/")) if self.process.trial else title

    def _of(self, matters: Iterable[str], logged: Sequence[LogEntry]) -> frozenset[str]:
        names, targets = earlier([self.process.page], logged), self.targets(logged)
        return frozenset(
            self._written(matter, name, target) for matter in matters for name in names for target in targets
        )

    def _written(self, matter: str, configuration: Title, target: Title) -> str:
        name = _name(configuration)
        return _shortened(self._FORM.format(job=self.job, matter=matter, name=name, target=target))


class Listed(Key):
    """A key of what goes to a page that a list or a roster names: to that very page, be it a talk page or not."""

    @property
    def target(self) -> Title:
        """That page."""
        return self.page

    def targets(self, logged: Sequence[LogEntry]) -> frozenset[Title]:
        """All titles that it may have had, by the moves since; `logged` is newest first."""
        return earlier([self.page, *self.spellings], logged)

    def may_stand_on(self, title: Title) -> bool:
        """As of any key, or there."""
        return title == self.page or super().may_stand_on(title)


class Personal(Key):
    """A key of what is written to somebody: on a user's talk page alone."""

    def may_stand_on(self, title: Title) -> bool:
        """As of any key."""
        return self._plain(title).text.startswith("User talk:")


class Addressed(Personal):
    """`outbox | User talk:Ada`: the key of all that a job writes to somebody, whatever it is about."""

    _FORM = "{job} | {target}"


class Told(Personal):
    """`5e6f70819203`: the key of one of many things that a post tells, as a digest: a summary has room for some."""

    def _written(self, matter: str, configuration: Title, target: Title) -> str:
        return _digest(super()._written(matter, configuration, target), 12)


def beginning(job: str, matter: str, process: Process) -> str:
    """What all keys of a job begin with for a matter, wherever its posts went: as much as no key is cut short of."""
    whole = Key._FORM.partition("{target}")[0].format(job=job, matter=matter, name=_name(process.page))
    return unicodedata.normalize("NFC", whole)[: _LONGEST - 20].rstrip()


def earlier(titles: Iterable[Title], logged: Sequence[LogEntry]) -> frozenset[Title]:
    """Titles, and those that their pages had before they were moved there; `logged` is newest first."""
    found = set(titles)
    for entry in logged:
        if entry.title and entry.target in found:
            found.add(entry.title)
    return frozenset(found)


def later(titles: Iterable[Title], logged: Sequence[LogEntry]) -> frozenset[Title]:
    """Titles, and those to which their pages were moved; `logged` is newest first."""
    found = set(titles)
    for entry in reversed(logged):
        if entry.target and entry.title in found:
            found.add(entry.target)
    return frozenset(found)


def _name(configuration: Title) -> str:
    """The name of a process in a key."""
    return configuration.text.rpartition("/")[2].removesuffix(".json")


def _shortened(key: str) -> str:
    """A key in one form of Unicode; a long one is cut, with a digest. Titles have no `|`: no two keys are equal."""
    key = unicodedata.normalize("NFC", key)
    if len(key) <= _LONGEST:
        return key
    digest = _digest(key, 16)
    return f"{key[: _LONGEST - len(digest) - 1].rstrip()} {digest}"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
