"""Registers on a real MediaWiki: plain minutes fill them, "Done" is two taps on a phone, rows hold whatever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from strategybot.model.minutes import Kind, Named, Place
from strategybot.model.page import Title
from strategybot.model.register import Entry, Event, Origin, Register, Said, State, What
from strategybot.reading.register import as_owners, canonical
from strategybot.session import Session
from strategybot.wikitext.neutral import cut
from strategybot.writing.register import Leaf, register_page
from tests.committee import Committee, moment
from tests.hostile import HOSTILE
from tests.mediawiki.browsing import PHONE, Person, bot, words
from tests.mediawiki.rig import install, installed_wiki, save_committee
from throwaway import BO, Revision, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

BODY = "Committee/Working Groups/Steering Group"
MINUTES = f"{BODY}/Minutes/2026-12-10"
ITEMS, DECISIONS = f"{BODY}/Action items", f"{BODY}/Decisions"
AT_ONCE = 60
"""How many rows are tried on one page: more than a register has at a time."""

MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")
HELD = """== Decisions ==
* We meet on Thursdays, see [[Help:Meetings|the rules]].
== Action items ==
* '''Action:''' [[User:Bo|Bo]] to send the travel list by 2027-03-01
* '''Action:''' [[User:Ada|Ada]] to draft the survey (due 2026-12-12)
"""


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki after its meeting: Ada has typed the minutes the plain way, and the bot has run."""
    with installed_wiki(tmp_path_factory.mktemp("registers")) as wiki:
        wiki.set_clock(moment("10-01"))  # accounts are older than their names on pages
        save_committee(wiki, moment("11-01"))
        wiki.save([Revision("MediaWiki:Lang", "en"), Revision("MediaWiki:Lang/ar", "ar")])
        wiki.set_clock(moment("12-10T16:30"))
        install(wiki)
        wiki.edit(MINUTES, HELD, "Ada")
        run(wiki, "12-10T17:00")
        yield wiki


def run(wiki: ThrowawayWiki, time: str) -> None:
    """The bot runs at a moment."""
    wiki.set_clock(moment(time))
    report = Session(bot(wiki)).run(["registers"])
    assert (report.crashes, report.exit_status) == ([], 0)
    wiki.run_jobs()


def test_rows_lead_to_their_source(throwaway: ThrowawayWiki, browser: Browser) -> None:
    """Each row says what, who and by when, and its link opens the revision of the minutes at the section."""
    with Person(browser, throwaway, None) as reader:
        for page, row, said in ((ITEMS, "#A1", ("send the travel list", "Bo")), (DECISIONS, "#D1", ("the rules",))):
            reader.visit(page)
            text = reader.read(row)
            assert all(word in text for word in (*said, words("en", "register-not-confirmed"))), text
            assert "{{" not in text
            assert "⧼" not in reader.read()
            link = reader.page.locator(f"{row} a[href*='PermanentLink/']")
            with reader.page.expect_navigation():
                link.click()
            assert "Revision as of" in reader.read("body")
            assert "#" in reader.page.url


def test_done_is_two_taps(throwaway: ThrowawayWiki, browser: Browser) -> None:
    """On a phone Bo taps “Done” and saves; the next run takes it in, and the page is as tidy as before."""
    throwaway.set_clock(moment("12-11T09:00"))
    with Person(browser, throwaway, BO, screen=PHONE) as bo:
        bo.visit(ITEMS)
        bo.press(bo.page.locator("#A1").get_by_text(words("en", "register-mark-done"), exact=True))
        assert "{{Steering group/Change|A1|status=done|" in bo.source().input_value()
        assert words("en", "change-intro") in bo.read("body")
        bo.save_source()
        assert words("en", "change-filed", "A1") in bo.read()
    run(throwaway, "12-11T10:00")
    with Person(browser, throwaway, None) as reader:
        reader.visit(ITEMS)
        row = reader.page.locator("#A1").inner_text()
        assert words("en", "register-done") in row
        assert "Change" not in throwaway.text(ITEMS).split("slot:items -->")[2]
        assert reader.page.locator("#register-over, #A1 a[href*='Diff/']").count() >= 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_look(throwaway: ThrowawayWiki, browser: Browser, language: str) -> None:
    """Nothing is cut off, too faint or too small to be tapped, in light and dark, in both directions."""
    with Person(browser, throwaway, None, language) as reader:
        for title in (ITEMS, DECISIONS):
            reader.visit(title, uselang=language)
            assert "⧼" not in reader.read()
            for width, scheme in ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")):
                reader.page.set_viewport_size({"width": width, "height": 900})
                reader.page.emulate_media(color_scheme=scheme)
                assert reader.page.evaluate(MEASURE, {"touch": 24}) == [], (title, width, scheme)


def test_hostile_rows(throwaway: ThrowawayWiki) -> None:
    """What people typed as text or name stays in its row: nothing acts, no row is broken, each is closed."""
    process = Committee().process
    register = Register(Kind.ACTION)
    for number, value in enumerate((cut(value, 300) for value in HOSTILE.values()), 1):
        event = Event(What.READ, moment("12-10T15:00"), 1, meeting="2026-12-10", note=canonical(value))
        owners = as_owners([Named(value), Named(value, is_account=True), Named("Zed")])
        origin = Origin(Title(MINUTES), 1, Place(value, value))
        entry = Entry(f"A{number}", Kind.ACTION, canonical(value), origin)
        register = register.with_entry(entry.with_events([replace(event, said=Said(State.OPEN, owners, ""))]))
    for start in range(0, len(register.entries), AT_ONCE):
        rows = [*register.entries.values()][start : start + AT_ONCE]
        text = register_page(
            process, process.action_items, Leaf(register, (("register-current", rows),)), moment("12-11")
        )
        throwaway.edit("Sandbox of rows", text, "Ada")
        assert throwaway.text("Sandbox of rows") == text
        prop = "text|categories|templates|images"
        said = throwaway.call(action="parse", page="Sandbox of rows", prop=prop)["parse"]
        found = re.findall(r'<div id="(A[0-9]+)"[^>]*class="plainlinks"', said["text"])
        assert found == [row.id for row in rows]
        assert (said["images"], said["categories"]) == ([], [])
        names = {one["title"] for one in said["templates"]}
        assert all(re.match(r"(Template|Module):Steering group/|MediaWiki:Lang", name) for name in names), names


def test_a_form_in_minutes(throwaway: ThrowawayWiki) -> None:
    """A template without its fields says what to fill in, and has no links to a register that doesn't know it."""
    html = throwaway.parse("{{Steering group/Action item|owner=}}{{Steering group/Decision|text=We agree.}}")
    assert words("en", "register-text-missing") in html
    assert "We agree." in html
    assert words("en", "register-mark-done") not in html
