"""The story played on a wiki: people do what they do, and the bot runs in between."""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from strategybot.deeds import Done
from strategybot.model.page import Revision, Title
from strategybot.session import Report, Session
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import History, Kind, PageNow, Wiki
from strategybot.wikitext.calls import Call, outermost
from tests.committee import BOT
from tests.year.story import BEGINNING, PEOPLE, STEPS, Step, run_on, unmarked

START = datetime.combine(BEGINNING, time(), UTC)
"""When nothing has happened yet."""


def without_numbers(text: str) -> str:
    """A text without the numbers of revisions, which differ between wikis, and the clock times of signatures."""
    numbered = re.sub(
        r"(\|(?:revision|changed|disputed|disputed again)=|PermanentLink/|quoted before: )[0-9u ]+", r"\1N", text
    )
    return re.sub(r"\d\d:\d\d(?=, \d+ \w+ \d{4} \(UTC\))", "TIME", numbered)


class Play(ABC):
    """A wiki on which the story is played, from one moment on to another."""

    def __init__(self) -> None:
        self.reports: dict[datetime, Report] = {}

    def play(self, days: Collection[date], last: date, first: date = BEGINNING) -> None:
        """Play all that happens from one day to another, the bot running on these days."""
        steps: list[tuple[datetime, Step | None]] = [(step.time, step) for step in STEPS]
        for moment, step in sorted([*steps, *((run_on(day), None) for day in days)], key=lambda one: one[0]):
            if first <= moment.date() <= last:
                self.set_clock(moment)
                if step:
                    title = self._page(step)
                    self.edit(title, self._after(step, title), step.who)
                else:
                    self.run(moment)

    def run(self, moment: datetime) -> Report:
        """Run the bot."""
        report = self.reports[moment] = Session(self.wiki()).run()
        assert not report.crashes, (moment, report.crashes)
        assert not report.faults, report.faults
        return report

    def written(self) -> dict[str, str]:
        """All pages that the bot has written, as it left them last; those on which it has posted as they stand."""
        told = (one for report in self.reports.values() for one in report.told)
        saved = (one for one in told if one.outcome.kind is Kind.SAVED)
        return {
            one.outcome.title.text: one.edit.text if isinstance(one, Done) else self.text(one.outcome.title.text)
            for one in saved
        }

    def text(self, title: str) -> str:
        """The text that stands on a page."""
        wiki = self.wiki()
        wiki.start()
        return wiki.answer([PageNow(Title(title))])[PageNow(Title(title))].text

    def _page(self, step: Step) -> str:
        """The page that somebody changes: of a register, the one on which the entry stands."""
        if step.kind not in ("form", "amend"):
            return step.title
        titles = [step.title, *(f"{step.title}/{year}" for year in (2026, 2027))]
        found = [title for title in titles if _entries(self.text(title), step.words)]
        assert len(found) == 1, f"{step.title} says {step.words!r} on {found} on {step.time}"
        return found[0]

    def _after(self, step: Step, title: str) -> str:
        """The text that somebody saves."""
        text, added = self.text(title), unmarked(step.text)
        match step.kind:
            case "save":
                return added
            case "append":
                return f"{text}\n\n{added}".lstrip()
            case "replace":
                old = unmarked(step.words)
                assert old in text, f"{step.title} doesn't have {old!r} on {step.time}"
                return text.replace(old, added)
            case "form":
                (entry,) = _entries(text, step.words)
                number = entry.fields["id"]
                return f"{text}\n\n{{{{Steering group/Change|{number}|{added}}}}}\n"
            case "amend":
                (entry,) = _entries(text, step.words)
                amended = re.sub(rf"(\|{added.partition('=')[0]}=)[^|}}\n]*", rf"|{added}", entry.text, count=1)
                assert amended != entry.text, entry.text
                return text[: entry.start] + amended + text[entry.end :]
        raise ValueError(step.kind)

    @abstractmethod
    def wiki(self) -> Wiki: ...

    @abstractmethod
    def edit(self, title: str, text: str, user: str) -> None: ...

    @abstractmethod
    def set_clock(self, moment: datetime) -> None: ...


def _entries(text: str, words: str) -> list[Call]:
    """The calls of the entries of a register whose texts hold these words."""
    kinds = ("Steering group/Action item", "Steering group/Decision")
    return [call for kind in kinds for call in outermost(text, kind) if words in call.fields.get("text", "")]


class EmbeddedPlay(Play):
    """On the embedded wiki in a file, which can be copied as it stands."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._now = START
        self._wiki = EmbeddedWiki(path, BOT, lambda: self._now)

    @classmethod
    def begun(cls, path: Path, after: int = 0) -> EmbeddedPlay:
        """One on which nothing has happened yet; its revisions get numbers after that one."""
        play = cls(path)
        if after:
            play._wiki.store("Sandbox", [Revision(after, 0, START, "Admin", "", "Here anyone can try.")])
        for name in PEOPLE:
            play.edit(f"User:{name}", "Hello.", name)
        return play

    def copy(self, path: Path) -> EmbeddedPlay:
        """Another wiki on which the same has happened so far."""
        self._wiki.close()
        shutil.copy(self._path, path)
        self._wiki = EmbeddedWiki(self._path, BOT, lambda: self._now)
        return EmbeddedPlay(path)

    def histories(self) -> Iterator[tuple[str, Revision]]:
        """All revisions, the oldest first, with the titles of their pages."""
        every = [History(title, limit=None) for title in self._wiki.titles()]
        answers = self._wiki.answer(every)
        found = [(query.title.text, revision) for query in every for revision in answers[query]]
        yield from sorted(found, key=lambda one: one[1].id)

    def texts(self) -> dict[str, str]:
        """All pages."""
        return {title.text: text for title, text in self._wiki.texts().items()}

    def wiki(self) -> EmbeddedWiki:
        return self._wiki

    def edit(self, title: str, text: str, user: str) -> None:
        self._wiki.edit(title, text, user)

    def set_clock(self, moment: datetime) -> None:
        self._now = moment
