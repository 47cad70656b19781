"""What becomes of 1,000 changes that people and the bot make to one page of a real MediaWiki at the same time.

Beside it, on the same changes: MediaWiki's own merge, line by line, and plain pywikibot code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.chronicle import own_words
from benchmarks.lives import Life, lives
from benchmarks.stage import AGENDA, MediaWikiStage, environment
from strategybot.wikitext.merging import merge as merged
from strategybot.wikitext.slots import emptied
from throwaway import STRATEGY_BOT, ApiError, ThrowawayWiki

CHANGES = 1000
SEED = 2026

Plain = Callable[[str, str | None], str]
"""Plain pywikibot code: it reads the page of that title, or makes it read a text, and says how that went."""


def merge(changes: int = CHANGES) -> dict[str, int]:
    """The figures for so many changes.

    `meetings` is how often people and the bot had both changed the page since the bot's last run; the other counts of
    what needs a human, and of conflicts, are of these.
    """
    random = Random(SEED)  # noqa: S311  # the same changes each time
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, ThrowawayWiki.create(Path(folder, "wiki")) as wiki:
        stage = MediaWikiStage(wiki)
        with _plain(wiki.api, Path(folder, "pywikibot")) as plain:
            for life in lives(lambda: _Compared(stage, random, plain), changes):
                counts.update(life.counts())
                print(f"merge: {dict(counts)} …", file=sys.stderr)
    return {name: counts[name] for name in FIGURES}


FIGURES = (
    "changes",
    "changes_between",
    "words_added",
    "words_lost",
    "bot_changes_missed",
    "meetings",
    "needs_human",
    "needs_human_diff3",
    "words_lost_pywikibot",
    "conflicts_pywikibot_read_before",
    "words_lost_pywikibot_read_before",
)


class _Compared(Life):
    """A life whose changes are also put to MediaWiki's own merge and to plain pywikibot code."""

    def __init__(self, stage: MediaWikiStage, random: Random, plain: Plain) -> None:
        super().__init__(stage, random)
        self._on = stage
        self._plain = plain
        self._met: Counter[str] = Counter()

    def counts(self) -> Counter[str]:
        """The figures of this life."""
        record = self.record
        return self._met + Counter(
            changes=self.changes,
            changes_between=self.in_between,
            words_added=len(record.added),
            words_lost=len(record.lost),
            bot_changes_missed=len(record.missed),
        )

    def round(self) -> None:
        """As in any life; where people and the bot have both changed the page, that is put to the others as well."""
        self.groups_file()
        before, wanted = self._on.text(), self._wanted()
        self.people_edit()
        edited = self._on.text()
        self.bot_runs()
        if before != edited and wanted not in (before, edited):
            self._compare(before, wanted, edited)

    def _wanted(self) -> str:
        """What the bot would make of the page as it stands."""
        (done,) = self._on.run(dry_run=True).done.values()
        return done.edit.text

    def _compare(self, before: str, wanted: str, edited: str) -> None:
        title = f"{AGENDA}/{self._met['meetings']}"
        added = own_words(edited, "h") - own_words(before, "h")
        self._met["meetings"] += 1
        self._met["needs_human"] += bool(merged(emptied(before), emptied(wanted), emptied(edited)).clashes)
        self._met["needs_human_diff3"] += self._conflicts(f"{title}/diff3", before, wanted, edited)
        for kind, reads in (("", False), ("_read_before", True)):
            page = f"{title}/pywikibot{kind}"
            self._on.wiki.edit(page, before, STRATEGY_BOT.name)
            if reads:
                self._plain(page, None)
            self._on.later()  # what is saved within one second overwrites each other
            self._on.wiki.edit(page, edited, "Ada")
            self._on.later()
            self._met[f"conflicts_pywikibot{kind}"] += self._plain(page, wanted) == "conflict"
            self._met[f"words_lost_pywikibot{kind}"] += len(added - own_words(self._on.wiki.text(page) or ""))

    def _conflicts(self, title: str, before: str, wanted: str, edited: str) -> bool:
        """Whether MediaWiki refuses to merge the two, and leaves that to people."""
        wiki, bot = self._on.wiki, STRATEGY_BOT.name
        base = wiki.edit(title, before, bot)
        wiki.edit(title, edited, "Ada")
        try:
            wiki.edit(title, wanted, bot, baserevid=base)
        except ApiError as refused:
            if refused.code != "editconflict":
                raise
            return True
        return False


@contextmanager
def _plain(api: str, folder: Path) -> Iterator[Plain]:
    """Plain pywikibot code in a process of its own."""
    folder.mkdir()
    account = environment(STRATEGY_BOT)
    user, password = account["STRATEGYBOT_USER"], account["STRATEGYBOT_BOT_PASSWORD"]
    with subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-m", "benchmarks.plain", api, user, password],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,  # where pywikibot leaves its cookies
        env={**os.environ, "PYWIKIBOT_DIR": str(folder), "PYWIKIBOT_NO_USER_CONFIG": "2"},
    ) as script:
        given, said = script.stdin, script.stdout
        assert given  # noqa: S101  # both are pipes
        assert said  # noqa: S101

        def plain(title: str, text: str | None) -> str:
            work = {"title": title} if text is None else {"title": title, "text": text}
            given.write(json.dumps(work) + "\n")
            given.flush()
            return said.readline().strip()

        yield plain
        given.close()
