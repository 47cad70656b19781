"""The look of every page that people read, measured in Chromium on a real MediaWiki."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from example.month import AGENDA, FRONT_PAGE, MONTH, NEXT_AGENDA, RELAY, RELAYS, STATUS, Save
from strategybot.session import Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wikitext.people import linked_accounts
from tests.committee import moment, update
from tests.lengths import NIGHTLY
from tests.mediawiki.rig import IMPATIENT, chromium, credentials, install, installed_wiki
from tests.relay_hands import relay
from throwaway import Revision, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

NOW = moment("12-07T06:00")
GROUPS = "Strategy/Wikimedia movement/2018-20/Working Groups"
UPDATE = f"{GROUPS}/Advocacy/Updates/2026-12-10"
EMPTY_UPDATE = f"{GROUPS}/Partnerships/Updates/2027-01-14"
GROUP = f"{GROUPS}/Diversity"
WAITING = f"{FRONT_PAGE.text}/Waiting"
ALL_RELAYS = f"{RELAYS.text}/Status"
FEEDBACK = f"{RELAYS.text}/Feedback"
OWN = "User:Bo Example"
"""Somebody's page, with what waits for them."""
HELP = "Template:Steering group/Help"
NEWCOMER = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
HELP_PAGES = [f"{HELP}/{name}" for name in ("Coordinator", "Core team", "Admin", "Minute-taker")]
SKINS = ("vector-2022", "minerva", "timeless")
LANGUAGES = ("en", "fr", "ar")
WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
OTHER_HALF = {
    *(("vector-2022", "fr"), ("vector-2022", "ar"), ("minerva", "en"), ("minerva", "fr"), ("timeless", "ar")),
}
"""A page is measured in each width, in these skins and languages in one scheme each, and in the others in the other.

So that each skin and language is seen in each width and scheme. `scripts/test --nightly` measures all.
"""
OTHER_PAGES = [STATUS.text, UPDATE, EMPTY_UPDATE, GROUP, HELP, *HELP_PAGES, WAITING, OWN, ALL_RELAYS, FEEDBACK]
LATER_PAGES = [AGENDA.text, NEXT_AGENDA.text, FRONT_PAGE.text, RELAY.text, FEEDBACK]
PAPER = 720  # an A4 page less its margins, at 96 pixels an inch
MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")
SKINS_BULLETS = ".mw-parser-output :is(ul, ol):not([style]) { list-style: none; }"
"""Lists that bring no style of their own: some skins put their bullets off the edge for readers of Arabic."""
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def bot(wiki: ThrowawayWiki) -> MediaWikiWiki:
    return MediaWikiWiki(wiki.api, credentials(), IMPATIENT)


def save_month(wiki: ThrowawayWiki) -> None:
    """All that people save in the month of the demo, and some of what goes wrong."""
    steps = [step for step in MONTH if isinstance(step, Save) and step.time < NOW]
    named = {name for step in steps for text in step.pages.values() for name in linked_accounts(text)} | {NEWCOMER}
    people = [Revision("Sandbox", f"I am {name}.", name) for name in sorted(named)]  # who is named has an account
    filed = [
        Revision(title.text, text, step.user, time=step.time) for step in steps for title, text in step.pages.items()
    ]
    odd = update(progress=f"{LONG_WORD} https://example.org/{'long/' * 40}", plans="In a field of its own.", lang="de")
    words = {"kind": "feedback", "subject": "Für '''alle'''", "text": f"* {LONG_WORD}", "lang": "de"}
    roster = f"{{{{Steering group/Working group|coordinators=* [[User:Dina Example]]\n* [[User:{NEWCOMER}]]}}}}"
    wiki.save(
        [
            *people,
            *filed,
            Revision(f"{GROUPS}/Resource Allocation/Updates/2026-12-10", odd, "Greta Sample", time=moment("12-05")),
            Revision(
                f"{RELAYS.text}/Alle", relay("Diversity", "core team", **words), "Dina Example", time=moment("12-06")
            ),
            Revision(GROUP, roster, "Passing Visitor", time=moment("12-06")),
            Revision(f"{GROUPS}/Community Health", "Nothing here.", "Cora Core", time=moment("12-06")),
            Revision(OWN, "{{Steering group/Waiting}}", "Bo Example", time=moment("12-06")),
            Revision(EMPTY_UPDATE, update(progress=""), "Eva Example", time=moment("12-06")),
        ]
    )


def stage(wiki: ThrowawayWiki) -> None:
    """Put the month on a wiki: the agenda is a draft, the front page and the status page stand."""
    wiki.set_clock(moment("11-12T12:00"))
    save_month(wiki)
    install(wiki)
    wiki.set_clock(NOW)
    Session(bot(wiki)).run()


def go_on(wiki: ThrowawayWiki) -> None:
    """The meeting begins, and three weeks later the next agenda opens."""
    for time in ("12-10T15:02", "2027-01-01T06:00"):
        wiki.set_clock(moment(time))
        Session(bot(wiki)).run()


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the month of the demo up to three days before the meeting."""
    with installed_wiki(tmp_path_factory.mktemp("look")) as wiki:
        stage(wiki)
        yield wiki


@pytest.fixture(scope="module")
def later(throwaway: ThrowawayWiki) -> ThrowawayWiki:
    """The same wiki in the new year: one agenda is closed, the next one open. Tests with it come last."""
    go_on(throwaway)
    return throwaway


@dataclass(frozen=True)
class Readers:
    """Two browsers that keep what they have loaded: one runs JavaScript, one doesn't."""

    scripted: BrowserContext
    plain: BrowserContext


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield Readers(browser.new_context(), browser.new_context(java_script_enabled=False))
        browser.close()


def opened(readers: Readers, wiki: ThrowawayWiki, title: str, skin: str, language: str) -> Page:
    """A page as a reader of that language and skin has it. Only English readers' browsers run JavaScript."""
    page = (readers.scripted if language == "en" else readers.plain).new_page()
    page.goto(wiki.page_url(title, useskin=skin, uselang=language, minervanightmode="os"))
    if language == "ar":
        page.evaluate("css => document.head.insertAdjacentHTML('beforeend', `<style>${css}</style>`)", SKINS_BULLETS)
    return page


def screens(skin: str, language: str) -> Iterator[tuple[int, str]]:
    """The widths and schemes of colours in which a page is measured."""
    for number, width in enumerate(WIDTHS, (skin, language) in OTHER_HALF):
        yield from ((width, scheme) for scheme in (SCHEMES if NIGHTLY else SCHEMES[number % 2 :][:1]))


def faults(page: Page, skin: str, language: str) -> dict[str, list[str]]:
    """What is wrong with the look of a page, by width and scheme of colours, and in print."""
    found = {}
    for width, scheme in screens(skin, language):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found[f"{width} {scheme}"] = page.evaluate(MEASURE, {"touch": 24})
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    found["print"] = page.evaluate(MEASURE, {"touch": 24, "print": True})
    page.close()
    return {case: said for case, said in found.items() if said}


BAD = """
== Two ==
==== Four ====
<div style="width: 3000px;">Wide</div>
<span style="color: #999; background: #fff;">Pale</span>
<div style="background: #fff; color: #202122;">[[Main Page|<span style="color: #eee;">Pale link</span>]]</div>
<div lang="ar" dir="ltr">مرحبا</div>
{{#tag:inputbox|type=create}}
[https://example.org <span></span>]
{{Steering group/Text|no-such-key}}
<div style="background: #222; color: #fff;">Dark</div>
"""


def test_measure(throwaway: ThrowawayWiki, readers: Readers) -> None:
    """The measure finds each kind of fault on a page that has them all."""
    throwaway.edit("Sandbox", BAD)
    page = opened(readers, throwaway, "Sandbox", "vector-2022", "fr")
    found = "\n".join(page.evaluate(MEASURE, {"touch": 200}))
    page.emulate_media(media="print")
    found += "\n".join(page.evaluate(MEASURE, {"touch": 200, "print": True}))
    for said in (
        "the page is 30", "Wide stands out", "Pale has contrast", "Pale link has contrast", "of level 4 after one",
        "is in ar, and goes ltr", "px high", "has no name", "a raw key", "Dark is printed on a dark ground",
    ):  # fmt: skip
        assert said in found, found


@pytest.mark.parametrize("skin", ["vector-2022", "minerva"])
def test_dark_is_dark(throwaway: ThrowawayWiki, readers: Readers, skin: str) -> None:
    """Where a skin has a night mode, the dark scheme that is measured is dark."""
    page = opened(readers, throwaway, FRONT_PAGE.text, skin, "fr")
    inks = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        inks.append(page.evaluate("getComputedStyle(document.querySelector('.mw-parser-output h2')).color"))
    page.close()
    assert inks[0] != inks[1]


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_agenda(throwaway: ThrowawayWiki, readers: Readers, language: str, skin: str) -> None:
    """The agenda can be read on every screen, in every light, from either side, and on paper."""
    assert faults(opened(readers, throwaway, AGENDA.text, skin, language), skin, language) == {}


@pytest.mark.parametrize(
    ("title", "skin", "language"),
    [
        (FRONT_PAGE.text, *seen)
        for seen in (product(SKINS, LANGUAGES) if NIGHTLY else zip(SKINS, LANGUAGES, strict=True))
    ]
    + [
        (title, skin, language)
        for number, title in enumerate(OTHER_PAGES)
        for turn, (skin, language) in enumerate(zip(SKINS, (LANGUAGES * 2)[number % 3 :], strict=False))
        if NIGHTLY or turn == number // 3 % 3
    ],
)
def test_other_pages(throwaway: ThrowawayWiki, readers: Readers, title: str, skin: str, language: str) -> None:
    """So can every other page that people read, the front page first: each in each skin and in each language.

    By day those after it are seen once each, and each skin with each language.
    """
    assert faults(opened(readers, throwaway, title, skin, language), skin, language) == {}


@pytest.mark.parametrize(
    ("title", "skin"),
    [
        (title, skin)
        for number, title in enumerate(LATER_PAGES)
        for turn, skin in enumerate(SKINS)
        if NIGHTLY or turn == number % 3
    ],
)
def test_after_the_meeting(later: ThrowawayWiki, readers: Readers, title: str, skin: str) -> None:
    """So can a closed agenda, one on which nothing is filed yet, the front page, a relay's page, and feedback."""
    assert faults(opened(readers, later, title, skin, "fr"), skin, "fr") == {}


def test_first_of_a_month(later: ThrowawayWiki) -> None:
    """French readers see the first of a month as they write it; others see a number, and times stay as they are."""
    dates = "{{Steering group/Date|2027-01-01T01:01Z}}, {{Steering group/Date|2027-01-21}}"
    french, english = (later.parse(dates, uselang=language) for language in ("fr", "en"))
    assert "1er janvier 2027 à 01:01 UTC" in french
    assert "21 janvier 2027" in french
    assert "1 January 2027, 01:01 UTC" in english
