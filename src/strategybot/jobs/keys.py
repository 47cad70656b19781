"""Keys: by what a post is known for good, and by what it may have been known before.

A key ends the summary of the edit that makes its post. It names the process by its configuration's page and the target
by its title, as the wiki spells it. Both can be moved since: then the same post may stand under earlier titles.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategybot.model.page import LogEntry, Title
from strategybot.model.process import Process

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

    def __str__(self) -> str:
        return _written(self.job, self.matter, self.process.page, self.target)

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

    def _of(self, matters: Iterable[str], logged: Sequence[LogEntry]) -> frozenset[str]:
        names, targets = earlier([self.process.page], logged), self.targets(logged)
        return frozenset(
            _written(self.job, matter, name, target) for matter in matters for name in names for target in targets
        )


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


def _written(job: str, matter: str, configuration: Title, target: Title) -> str:
    """A key in one form of Unicode; a long one is cut, with a digest. Titles have no `|`: no two keys are equal."""
    name = configuration.text.rpartition("/")[2].removesuffix(".json")
    key = unicodedata.normalize("NFC", f"{job} {matter} {name} | {target}")
    if len(key) <= _LONGEST:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: _LONGEST - len(digest) - 1].rstrip()} {digest}"
