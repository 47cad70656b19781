"""Minutes on a real MediaWiki: typed in VisualEditor, shown as for approval, objected to on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from strategybot.model.minutes import Kind
from strategybot.model.page import Title
from strategybot.reading.minutes import read_minutes
from strategybot.session import Session
from strategybot.wikitext.calls import calls
from tests.committee import moment
from tests.mediawiki.browsing import PHONE, Person, bot, words
from tests.mediawiki.rig import install, installed_wiki, save_committee
from throwaway import ADA, BO, Revision, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

ARCHIVE = "Committee/Working Groups/Steering Group/Minutes"
MINUTES = f"{ARCHIVE}/2026-12-10"
TALK = f"Talk:{MINUTES}"
MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki, an hour and a half before its meeting; the page for the minutes has been made."""
    with installed_wiki(tmp_path_factory.mktemp("minutes")) as wiki:
        wiki.set_clock(moment("10-01"))  # accounts are older than their names on pages
        save_committee(wiki, moment("11-01"))
        wiki.save([Revision("MediaWiki:Lang", "en"), Revision("MediaWiki:Lang/ar", "ar")])
        wiki.set_clock(moment("12-10T13:30"))
        install(wiki)
        run(wiki, "12-10T13:30")
        yield wiki


def run(wiki: ThrowawayWiki, time: str) -> None:
    """The bot runs at a moment, and what includes the list is shown with its news."""
    wiki.set_clock(moment(time))
    report = Session(bot(wiki)).run(["minutes"])
    assert (report.crashes, report.exit_status) == ([], 0)
    wiki.run_jobs()


def shown(person: Person) -> str:
    """What the minutes say of themselves to a reader."""
    person.visit(MINUTES)
    return person.page.locator(".mw-parser-output").inner_text()


def test_typed_in_visual_editor(throwaway: ThrowawayWiki, browser: Browser) -> None:
    """Ada types a decision under its heading and saves; the next run says until when the minutes are for approval."""
    throwaway.set_clock(moment("12-10T15:30"))
    with Person(browser, throwaway, ADA) as ada:
        assert "The minutes are due on 13 December 2026." in shown(ada)
        ada.visit(MINUTES, veaction="edit")
        ada.start_editing()
        ada.page.locator(".ve-ce-documentNode h2", has_text="Decisions").click()
        for key in ("End", "Enter"):
            ada.page.keyboard.press(key)
        lists = ada.page.locator(".ve-ce-documentNode li")
        before = lists.count()
        ada.page.keyboard.type("* ", delay=120)
        expect(lists).to_have_count(before + 1)
        ada.page.keyboard.type("The survey runs until May.")
        expect(lists.get_by_text("The survey runs until May.")).to_have_count(1)
        ada.save()
        text = throwaway.text(MINUTES)
        assert text.startswith("{{Steering group/Minutes page|body=Steering Group|meeting=2026-12-10|")
        (record,) = read_minutes(text, Title(MINUTES), ("en",))
        assert [(one.kind, one.text) for one in record.noted] == [(Kind.DECISION, "The survey runs until May.")]
        run(throwaway, "12-10T17:00")
        assert "For approval until 14 January 2027, 15:00 UTC" in shown(ada)


def test_objected_to_on_a_phone(throwaway: ThrowawayWiki, browser: Browser) -> None:
    """Bo taps “Object”, types, and taps “Save”; the next run holds the approval until Bo says that it is resolved."""
    throwaway.set_clock(moment("12-11"))
    with Person(browser, throwaway, BO, screen=PHONE) as bo:
        bo.visit(MINUTES)
        bo.press(bo.page.get_by_role("link", name=words("en", "minutes-object")))
        box = bo.source()
        box.fill(box.input_value().replace("}}\n", "}}\nNobody agreed to May.", 1))
        bo.save_source()
        talk = throwaway.text(TALK)
        assert talk.startswith("== Objection to the minutes of 2026-12-10 ==\n")
        assert "Nobody agreed to May.\n\n[[User:Bo|Bo]]" in talk
        assert [call.fields for call in calls(talk, "Steering group/Objection")] == [
            {"date": "2026-12-10", "resolved": ""}
        ]
        run(throwaway, "12-12")
        assert words("en", "minutes-objections") in shown(bo)
        assert "Not approved: an objection is open." in shown(bo)
        throwaway.edit(TALK, talk.replace("resolved=", "resolved=yes"), "Bo")
        run(throwaway, "12-13")
        assert "For approval until 14 January 2027, 15:00 UTC" in shown(bo)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_look(throwaway: ThrowawayWiki, browser: Browser, language: str) -> None:
    """The minutes and their list fit on each screen, in the light and in the dark."""
    throwaway.edit(TALK, throwaway.text(TALK).replace("resolved=yes", "resolved="), "Bo")
    run(throwaway, "12-14" if language == "en" else "12-15")
    with Person(browser, throwaway, None) as reader:
        for title in (MINUTES, ARCHIVE):
            reader.visit(title, uselang=language)
            for width, scheme in ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")):
                reader.page.set_viewport_size({"width": width, "height": 900})
                reader.page.emulate_media(color_scheme=scheme)
                assert reader.page.evaluate(MEASURE, {"touch": 24}) == [], (title, width, scheme)
