"""Relays as people write and answer them: the button, the form and the links, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from strategybot.model.relay import Kind, Party, Side
from strategybot.reading.relay import Understood, read_relays, understood
from strategybot.wikitext.calls import calls
from tests.committee import Committee, moment
from tests.mediawiki.browsing import PHONE, Person
from tests.mediawiki.rig import install, installed_wiki, save_committee
from throwaway import ADA, BO, Revision, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

NOW = moment("12-01T06:00")
CONFIGURATION = {"relays": {}, "core_team": ["Ada"], "contact": "Cora", "languages": ["en", "fr"]}
RELAYS, SURVEY = "Committee/Relays", "Committee/Relays/Survey"
TEMPLATE = "Steering group/Relay"
MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki with the page of relays, of whose core team Ada is."""
    with installed_wiki(tmp_path_factory.mktemp("relays")) as wiki:
        save_committee(wiki, moment("11-11"), **CONFIGURATION)
        wiki.set_clock(NOW)
        install(wiki)
        wiki.save([Revision(RELAYS, "{{Steering group/New relay}}", "Ada", time=NOW)])
        yield wiki


def test_a_relay_is_written_with_the_form(wiki: ThrowawayWiki, browser: Browser) -> None:
    """A name, the button, the form: what is saved is understood as it was meant, and shown to readers in French."""
    with Person(browser, wiki, ADA) as ada:
        ada.visit(RELAYS)
        assert ada.words("update-forever") in ada.read()
        assert ada.words("update-confidential", "Cora") in ada.read()
        ada.page.get_by_placeholder(ada.words("relay-new-name")).fill("Survey")
        ada.press(ada.page.get_by_role("button", name=ada.words("relay-new"), exact=True))
        ada.start_editing()
        assert ada.words("update-forever") in ada.read(".ve-ce-mwTransclusionNode")
        ada.open_form()
        for name, typed in (
            *(("from", "core team"), ("to", "all groups"), ("kind", "request"), ("subject", "The survey | of May")),
            *(("text", "Please send:\n* a = b\n* c | d"), ("reply-by", "17 December 2026")),
        ):
            ada.field(f"relay-field-{name}").fill(typed)
        ada.apply()
        ada.save()
    (filed,) = read_relays(str(wiki.text(SURVEY)), TEMPLATE, "Survey")
    assert (filed.id, filed.subject, filed.text) == ("Survey", "The survey | of May", "Please send:\n* a = b\n* c | d")
    assert understood(filed, Committee(**CONFIGURATION).process, NOW) == Understood(
        Party(Side.CORE_TEAM), (Party(Side.ALL_GROUPS),), Kind.REQUEST, "en", date(2026, 12, 17)
    )
    with Person(browser, wiki, None, "fr") as reader:
        reader.visit(SURVEY, uselang="fr")
        said = reader.read()
        for key in ("relay-kind-request", "relay-side-core-team", "relay-side-all-groups", "relay-field-reply-by"):
            assert reader.words(key) in said, key
        assert reader.page.locator("[lang=en][dir=ltr]").get_by_text("c | d").count() == 1


def test_what_is_missing_is_said_beside_it(wiki: ThrowawayWiki, browser: Browser) -> None:
    """Each hint on the page is one that the bot has as well."""
    wiki.edit(f"{RELAYS}/Odd", f"{{{{{TEMPLATE}|to=Gamma|text=x|y|form=z|lang=qqx-a}}}}", "Ada")
    (filed,) = read_relays(str(wiki.text(f"{RELAYS}/Odd")), TEMPLATE, "Odd")
    flaws = understood(filed, Committee(**CONFIGURATION).process, NOW)
    assert isinstance(flaws, tuple)
    with Person(browser, wiki, None, screen=PHONE) as reader:
        reader.page.emulate_media(color_scheme="dark")
        reader.visit(f"{RELAYS}/Odd", uselang="ar", useskin="vector-2022", minervanightmode="os")
        assert reader.page.evaluate(MEASURE, {"touch": 24}) == []
        reader.visit(f"{RELAYS}/Odd")
        said = reader.read()
        told = {flaw.key for flaw in flaws if reader.words(f"problem-{flaw.key}", *flaw.words) in said}
        assert told == {"relay-no-sender", "relay-no-subject", "relay-cut", "relay-odd-field"}
        assert {flaw.key for flaw in flaws} - told == {"relay-odd-audience"}


@pytest.mark.parametrize(("language", "key"), [("fr", "answer-answer"), ("en", "answer-read")])
def test_two_taps_answer_a_relay(wiki: ThrowawayWiki, browser: Browser, language: str, key: str) -> None:
    """On 390 pixels: the link, and the blue button. Only an answer has words to be typed in between."""
    links = f"{{{{Steering group/Answer links|relay=Survey|group=Beta|page={RELAYS}}}}}"
    wiki.edit("Committee/Links", links, "Ada")
    with Person(browser, wiki, BO, language, screen=PHONE) as bo:
        bo.visit("Committee/Links")
        bo.press(bo.page.get_by_role("link", name=bo.words(key), exact=True))
        editor = bo.source()
        if key == "answer-answer":
            editor.fill(editor.input_value().replace("text=", "text=Oui, volontiers."))
        bo.save_source()
        said = bo.read()
        assert bo.words("answer-title" if key == "answer-answer" else "answer-read-title", "Survey") in said
    filed = calls(str(wiki.text(RELAYS)), "Steering group/Answer")[-1].fields
    assert (filed["relay"], filed["group"]) == ("Survey", "Beta")
    assert (filed.get("text"), filed.get("read")) == (
        ("Oui, volontiers.", None) if key == "answer-answer" else (None, "yes")
    )
    assert "[[User:Bo|Bo]]" in str(wiki.text(RELAYS))
