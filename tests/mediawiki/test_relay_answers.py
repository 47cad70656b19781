"""Answers to relays on a real MediaWiki, as its own discussion tools see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, cast

import pytest

from strategybot.checkup import check_up
from strategybot.config import read_configuration
from strategybot.doctor.finding import Finding, Severity
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import THREADING, CommentFound, PageNow, Threads
from tests.committee import BOT, CONFIGURATION, Committee, moment
from tests.inquiries.test_answers import HAPPENINGS, SENT, TALKS, Relayed, check_thread
from tests.lengths import NIGHTLY
from tests.mediawiki.rig import MediaWikiRig, fresh_wiki, save_committee
from throwaway.php import EXTENSIONS

pytestmark = pytest.mark.mediawiki

T = TypeVar("T")
PEOPLE = ("Bo", "Mia", "Ada", "Mallory")
BY_DAY = ("renamed section", "comment removed and section renamed", "archived below", "archived without comment",
          "archived twice", "page moved", "page moved as an archive")  # fmt: skip


class Onwiki:
    """The committee of the tests on a real MediaWiki, with what these tests do to one."""

    def __init__(self, rig: MediaWikiRig) -> None:
        self.wiki, self.now = rig, SENT
        self._process: Process | None = None

    def at(self, text: str) -> Onwiki:
        """Set the clock, which goes on from there, and never back."""
        self.now = max(self.now, moment(text))
        self.wiki.set_clock(self.now)
        return self

    def save(self, title: str, text: str, user: str) -> int:
        return self.wiki.edit(title, text, user)

    def page(self, title: str) -> Page:
        return self.ask(ask(PageNow(Title(title))))

    def text(self, title: str) -> str:
        return self.wiki.throwaway.text(title) or ""

    def ask(self, job: Job[T]) -> T:
        return Runner(self.wiki.wiki()).run(job)

    @property
    def process(self) -> Process:
        if self._process is None:
            found = read_configuration(self.text(CONFIGURATION.text), CONFIGURATION, BOT)
            assert isinstance(found, Process), found
            self._process = found
        return self._process


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MediaWikiRig, Relayed]]:
    """A wiki on which a relay was just posted, and the relay."""
    with fresh_wiki(tmp_path_factory.mktemp("answers")) as wiki:
        save_committee(wiki, moment("11-01"), relays={})
        for name in ("Cora", "Mia", "Mallory"):
            wiki.create_account(name)
        rig = MediaWikiRig(wiki)
        wiki.set_clock(SENT - timedelta(days=1))
        relayed = Relayed(cast(Committee, Onwiki(rig)))
        for name in PEOPLE:
            wiki.call_as(name, action="query", meta="userinfo")
        rig.admin(action="query", meta="userinfo")
        wiki.snapshot("posted")
        yield rig, relayed


@pytest.fixture
def relayed(posted: tuple[MediaWikiRig, Relayed]) -> Relayed:
    """The relay, just posted."""
    rig, relayed = posted
    rig.throwaway.restore("posted")
    relayed.committee, relayed.remembered = cast(Committee, Onwiki(rig)), ()
    return relayed


@pytest.mark.parametrize("happening", HAPPENINGS if NIGHTLY else BY_DAY)
def test_whatever_becomes_of_the_thread(relayed: Relayed, happening: str) -> None:
    """Replies from before count wherever their thread went, and so do those to it there."""
    check_thread(relayed, happening, known=happening != BY_DAY[-1])


def test_in_three_languages(relayed: Relayed, posted: tuple[MediaWikiRig, Relayed]) -> None:
    """Who reads the wiki in another language, signs in their own way and uses the wiki's own tool has answered."""
    wiki = posted[0].throwaway
    relayed.committee.at("12-02T09:30")
    for user, lang, talk, text in (
        ("Bo", "fr", "Beta", "Oui, c’est fait."),
        ("Mia", "de", "Beta", "Ja, ist getan."),
        ("Ada", "ar", "Alpha", "نعم، تم ذلك."),
    ):
        wiki.call_as(user, action="options", change=f"language={lang}|fancysig=1")
        wiki.call_as(
            user, action="options", optionname="nickname", optionvalue=f"<b>{text[:2]}</b> [[User talk:{user}|☎]]"
        )
        post = f"c-{BOT}-20261201060000-The_survey_of_May"
        reply = {"paction": "addcomment", "page": TALKS[talk], "commentid": post, "wikitext": text, "uselang": lang}
        wiki.call_as(user, action="discussiontoolsedit", **reply)
    assert sorted(relayed.told()) == ["Ada for Alpha", "Bo for Beta", "Mia for Beta"]
    assert "☎" in relayed.committee.text(TALKS["Alpha"])


def test_forged_changed_and_taken_back(relayed: Relayed) -> None:
    """A forged signature is nobody's; an edited answer counts, one that is taken back doesn't; strangers' are told."""
    talk = TALKS["Beta"]
    relayed.reply("Bo", "\n: Yes. ~~~~")
    relayed.reply(
        "Mallory",
        "\n:: Me too. [[User:Mia|Mia]] ([[User talk:Mia|talk]]) 09:40, 2 December 2026 (UTC)",
        at="12-02T09:40",
    )
    relayed.reply("Mallory", "\n::: And I. ~~~~", at="12-02T09:50")
    assert relayed.told() == ["Bo for Beta", "Mallory"]
    relayed.change(talk, lambda text: text.replace("Yes.", "No."), "Bo", at="12-03")
    assert relayed.told() == ["Bo for Beta", "Mallory"]
    relayed.change(
        talk,
        lambda text: text.replace("\n: No.", "\n<!-- : No.").replace("\n::: And", "-->\n::: And"),
        "Bo",
        at="12-04",
    )
    assert relayed.told() == ["Mallory"]


def test_a_wiki_without_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wiki that lacks the extension knows no comments, without a request for any; the doctor says so."""
    monkeypatch.setattr("throwaway.php.EXTENSIONS", tuple(one for one in EXTENSIONS if one != THREADING))
    with fresh_wiki(tmp_path) as wiki:
        save_committee(wiki, moment("11-01"), relays={})
        rig = MediaWikiRig(wiki)
        rig.edit("Talk:Sandbox", "== One ==\nHello. ~~~~")
        connection = rig.wiki()
        questions = Threads(Title("Talk:Sandbox")), CommentFound("Ada", SENT)
        assert set(connection.answer(questions).values()) == {()}
        assert connection.requests == {"start": 3}
        findings = check_up(rig.wiki, {}).findings
    assert Finding("no-comments", Severity.HINT) in findings
