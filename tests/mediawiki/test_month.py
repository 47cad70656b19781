"""The month of the demo, on the embedded wiki and on a real MediaWiki alike."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from example.month import (
    ACTION_ITEMS,
    AGENDA,
    ARCHIVE,
    DECISIONS,
    FRONT_PAGE,
    MONTH,
    NEXT_AGENDA,
    STATUS,
    TALK,
    Change,
    Command,
    Save,
)
from strategybot.installation import install_session
from strategybot.mirror import pull
from strategybot.model.page import Title
from strategybot.session import Report, Session
from strategybot.share import share
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.folder import read_folder
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import Kind, PageNow, Wiki
from strategybot.wikitext.people import linked_accounts
from tests.mediawiki.rig import IMPATIENT, chromium, credentials, installed_wiki
from throwaway import Revision, ThrowawayWiki

pytestmark = pytest.mark.mediawiki


PAGES = (FRONT_PAGE, AGENDA, NEXT_AGENDA, ACTION_ITEMS, DECISIONS, ARCHIVE, TALK, STATUS)
"""The pages that are looked at."""


class Play(ABC):
    """A stage within this process that keeps what each command of the bot reported."""

    def __init__(self) -> None:
        self.reports: list[tuple[Command, Report]] = []

    def save(self, step: Save) -> None:
        self.set_clock(step.time)
        for title, text in step.pages.items():
            self.edit(title, text, step.user)

    def change(self, step: Change) -> None:
        self.set_clock(step.time)
        self.edit(step.title, step.make(self.text(step.title)), step.user)

    def strategybot(self, step: Command) -> None:
        self.set_clock(step.time)
        if step.arguments == ("install",):
            report = install_session(self.wiki(), read_folder(share("wikiconfig")))
        else:
            report = Session(self.wiki(), dry_run=step.arguments == ("plan",)).run()
        self.reports.append((step, report))

    def text(self, title: Title) -> str:
        wiki = self.wiki()
        wiki.start()
        return wiki.answer([PageNow(title)])[PageNow(title)].text

    @abstractmethod
    def wiki(self) -> Wiki: ...

    @abstractmethod
    def edit(self, title: Title, text: str, user: str) -> None: ...

    @abstractmethod
    def set_clock(self, time: datetime) -> None: ...


class EmbeddedPlay(Play):
    """On the embedded wiki."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._now = MONTH[0].time
        self._wiki = EmbeddedWiki(path, "StrategyBot", lambda: self._now)

    def wiki(self) -> Wiki:
        return self._wiki

    def edit(self, title: Title, text: str, user: str) -> None:
        for name in linked_accounts(text):
            self._wiki.ensure_account(name)
        self._wiki.edit(title, text, user)

    def set_clock(self, time: datetime) -> None:
        self._now = time


class MediaWikiPlay(Play):
    """On a real MediaWiki, with real edits by real accounts."""

    def __init__(self, throwaway: ThrowawayWiki) -> None:
        super().__init__()
        self.throwaway = throwaway
        saves = [step for step in MONTH if isinstance(step, Save)]
        named = {name for step in saves for text in step.pages.values() for name in linked_accounts(text)}
        people = {step.user for step in MONTH if not isinstance(step, Command)} - {"Admin"}
        # Who registers a name after it was written down isn't who was meant.
        throwaway.save(Revision("Sandbox", f"I am {name}.", name) for name in sorted(named | people))

    def wiki(self) -> Wiki:
        return MediaWikiWiki(self.throwaway.api, credentials(), IMPATIENT)

    def edit(self, title: Title, text: str, user: str) -> None:
        self.throwaway.edit(title.text, text, user=user)

    def set_clock(self, time: datetime) -> None:
        self.throwaway.set_clock(time)

    def text(self, title: Title) -> str:
        return self.throwaway.text(title.text) or ""


@dataclass
class Month:
    """The month, played on both wikis."""

    embedded: EmbeddedPlay
    real: MediaWikiPlay
    texts: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """Both wikis after the month, and the texts of the bot's pages after each step, side by side.

    On the real one most templates stand from before: newcomers (`test_newcomers.py`) install all of them.
    """
    with installed_wiki(tmp_path_factory.mktemp("month")) as throwaway:
        month = Month(EmbeddedPlay(tmp_path_factory.mktemp("month") / "wiki.sqlite"), MediaWikiPlay(throwaway))
        for step in MONTH:
            step.play(month.embedded)
            step.play(month.real)
            if isinstance(step, Command):
                for title in PAGES:
                    month.texts.append((f"{step.time} {title}", month.embedded.text(title), month.real.text(title)))
        yield month


def without_numbers(text: str) -> str:
    """A text without the numbers of revisions, which differ between wikis, and the minutes of signatures."""
    numbered = re.sub(r"(\|revision=|PermanentLink/|quoted before: )[0-9u ]+", r"\1N", text)
    return re.sub(r"\d\d:\d\d(?=, \d+ \w+ \d{4} \(UTC\))", "TIME", numbered)


def test_same_text_on_both(month: Month) -> None:
    """After each run, the bot's pages read the same on both wikis, byte for byte but for revision numbers."""
    assert len(month.texts) == len(PAGES) * sum(isinstance(step, Command) for step in MONTH)
    for name, embedded, real in month.texts:
        assert without_numbers(embedded) == without_numbers(real), name


def test_installed_pages_are_the_same(month: Month) -> None:
    """Templates, modules and texts stand on both wikis as they were sent; what stands so already is left alone."""
    installed = month.real.reports[0][1].done.values()
    assert {done.outcome.kind for done in installed} == {Kind.SAVED, Kind.UNCHANGED}
    for done in installed:
        title = done.edit.page.asked
        assert month.real.throwaway.text(title.text) == month.embedded.text(title) == done.edit.text


def test_every_group_is_on_the_agenda(month: Month) -> None:
    """The agenda has the nine groups, with what seven of them filed in time."""
    text = month.real.text(AGENDA)
    assert len(re.findall(r"^=== .* ===$", text.split("id=reports")[1].split("\n== ")[0], re.MULTILINE)) == 9
    assert text.count("|state=filed|") == 7
    assert text.count("|state=waiting|") == text.count("|state=none|") == 1
    assert "it should hurry up" not in text


def test_plan_shows_what_run_makes(month: Month) -> None:
    """The diffs of `plan` are those that the `run` after it makes."""
    for play in (month.embedded, month.real):
        (planned,) = [report for step, report in play.reports if step.arguments == ("plan",)]
        reports = [report for _, report in play.reports]
        made = reports[reports.index(planned) + 1]
        key = ("agenda", AGENDA)
        assert planned.done[key].diff == made.done[key].diff != ""


def test_second_run_makes_no_edit(month: Month) -> None:
    """The last run of the month, right after another, sends no edit."""
    for play in (month.embedded, month.real):
        report = play.reports[-1][1]
        assert report.requests["edit"] == report.requests["stop"] == 0
        assert {one.outcome.kind for one in report.told} == {Kind.UNCHANGED}


def test_calls(month: Month) -> None:
    """Each of the nine groups is called once for each of the two meetings, and no run in between calls again."""
    for play in (month.embedded, month.real):
        posts = [
            [one.outcome.kind for (job, _), one in report.posts.items() if job == "call"] for _, report in play.reports
        ]
        assert [kinds.count(Kind.SAVED) for kinds in posts] == [0, 9, 0, 0, 0, 0, 0, 0, 9, 0]
        assert {kind for kinds in posts for kind in kinds} == {Kind.SAVED, Kind.UNCHANGED}
        assert play.text(TALK).count("<!-- post: call ") == 2


def test_relays(month: Month) -> None:
    """The relay to all groups and that to a list reach each of their pages once, and no run in between posts again."""
    for play in (month.embedded, month.real):
        posts = Counter(
            key
            for _, report in play.reports
            for (job, key), one in report.posts.items()
            if job == "relays" and one.outcome.kind is Kind.SAVED
        )
        assert sorted(posts.values()) == [1] * 11
        assert play.text(TALK).count("<!-- post: relays Summit ") == 1


def test_requests(month: Month) -> None:
    """A run takes at most 24 reading requests, one in which posts follow from each other 48.

    An edit takes one request, and a page that tells of posts is saved after them again.
    """
    assert month.real.reports[-1][1].requests["read"] <= 24
    for _, report in month.real.reports[1:]:
        edits = sum(one.outcome.kind is Kind.SAVED for one in report.told)
        assert report.requests["read"] <= 48
        assert edits <= report.requests["edit"] <= edits + 4


def test_in_the_readers_language(month: Month) -> None:
    """One page reads in English and in French, by the reader's language, and leaves no text without words."""
    real = month.real.throwaway
    for language, words in (("en", ("Progress and updates", "Filed by")), ("fr", ("Avancement", "Déposé par"))):
        for title in PAGES:
            parsed = real.call(action="parse", page=title.text, prop=["text", "templates"], uselang=language)["parse"]
            assert "⧼" not in parsed["text"]
            assert "scribunto-error" not in parsed["text"]
            assert [one["title"] for one in parsed["templates"] if not one["exists"]] == []
            if title == AGENDA:
                assert all(word in parsed["text"] for word in words), language


@pytest.mark.browser
def test_in_a_browser(month: Month) -> None:
    """In Chromium the agenda shows its nine groups in the reader's language and is never wider than the screen."""
    headings = {"en": "Support needs", "fr": "Besoins de soutien"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page()
        for language, heading in headings.items():
            page.goto(month.real.throwaway.page_url(AGENDA.text, uselang=language))
            groups = page.locator("#mw-content-text h3").all_inner_texts()
            assert sum("Roles & Responsibilities" in group for group in groups) == 1
            assert page.locator("h2", has_text=heading).count() == 1
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()


def test_mirror(month: Month) -> None:
    """A mirror of the real wiki has all that the bot goes by: a run on it finds nothing to do."""
    mirror = EmbeddedWiki(":memory:", "StrategyBot", lambda: MONTH[-1].time)
    pull(month.real.wiki(), mirror)
    report = Session(mirror).run()
    assert {one.outcome.kind for one in report.told} == {Kind.UNCHANGED}
    assert mirror.texts()[AGENDA] == month.real.text(AGENDA)
