"""The form, filled in by hand: a real Chromium, VisualEditor, people with and without an account."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.committee import FRONT_PAGE, NEXT_AGENDA
from tests.conftest import Tally
from tests.mediawiki.browsing import (
    CONTACT,
    PHONE,
    Person,
    committee_wiki,
    next_run,
    plain,
    under,
    update_of,
)
from throwaway import ADA, BO, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]


SHOWING = ("agenda", "front-page")
"""The jobs whose pages show what is filed, and have the button."""


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki. Each test files for a group of its own."""
    with committee_wiki(tmp_path_factory.mktemp("form")) as wiki:
        yield wiki


def revision(wiki: ThrowawayWiki, title: str) -> int:
    """The number of a page's newest revision."""
    page = wiki.call(action="query", prop="revisions", titles=title, rvprop="ids")["query"]["pages"][0]
    return int(page["revisions"][0]["revid"])


def assert_filed(person: Person, group: str, *said: str) -> None:
    """After the next run the agenda has the words below the group's heading, with a link to where they were filed."""
    wiki = person.wiki
    report = next_run(wiki, *SHOWING)
    assert [problem.key for problem in report.problems if group in problem.page.text] == []
    source = revision(wiki, update_of(group))
    assert f"|revision={source}|" in under(wiki.text(NEXT_AGENDA) or "", group)
    person.visit(NEXT_AGENDA)
    shown = person.read_under(group)
    assert all(words in shown for words in said), shown
    assert person.words("report-missing") not in shown
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link = person.page.locator(f".mw-parser-output a[href*='Special:PermanentLink/{source}']").first
    person.press(link)
    person.page.wait_for_url(f"**oldid={source}**")
    assert all(words in person.read() for words in said)


def assert_says_what_to_know(person: Person) -> None:
    """The empty form says what was open last time, that all is public for good, and whom to write in confidence."""
    template = person.page.locator(".ve-ce-mwTransclusionNode")
    text = plain(template.inner_text())
    for key in ("update-last", "topic-needs", "topic-questions", "update-forever", "update-public"):
        assert person.words(key) in text, key
    for open_point in ("Travel: two visas", "Training", "Who has a list?"):
        assert open_point in text
    assert "Before." not in text  # what is done isn't open
    assert person.words("update-confidential", CONTACT) in text
    assert template.locator(f"a[href$='Special:EmailUser/{CONTACT}']").count() == 1


def test_from_the_button_to_the_agenda(throwaway: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """A coordinator presses the button, fills in the form and saves; the next run has the words, with their source."""
    with Person(browser, throwaway, ADA) as ada:
        ada.visit(NEXT_AGENDA)
        ada.press(ada.file_button("Alpha"))
        ada.start_editing()
        assert_says_what_to_know(ada)
        ada.open_form()
        ada.field("topic-progress").fill("We met | twice.")
        ada.field("topic-needs").fill("* Travel: two visas = 80 euros")
        ada.apply()
        ada.save()
        assert_filed(ada, "Alpha", "We met | twice.")
        assert "Travel: two visas = 80 euros" in (throwaway.text(NEXT_AGENDA) or "")
    tally("ways through the form in a browser", 1)


def test_by_keyboard_in_french(throwaway: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """The same with keys alone, for a reader of French: every word of the way is French, and so is the language."""
    with Person(browser, throwaway, BO, "fr") as bo:
        page, keys = bo.page, bo.page.keyboard
        bo.visit(NEXT_AGENDA)
        keys.press("Tab")
        keys.press("Enter")  # “Jump to content”
        tab_to(bo, bo.file_button("Beta"))
        keys.press("Enter")
        focused(bo, bo.window().get_by_role("button", name=bo.mw("start")))
        keys.press("Enter")
        notice = page.get_by_text(bo.words("update-intro-keyboard"))
        notice.wait_for()
        assert bo.words("update-intro") in plain(page.locator(".oo-ui-popupWidget", has=notice).inner_text())
        keys.press("Escape")
        notice.wait_for(state="hidden")
        tab_to(bo, page.locator(".ve-ce-surface-paste, .ve-ce-documentNode"))
        assert_says_what_to_know(bo)
        keys.press("ArrowDown")
        page.locator(".ve-ui-contextItem").get_by_role("button", name=bo.mw("edit")).wait_for()
        keys.press("Enter")
        bo.window()
        for key, text in (("topic-progress", "Nous nous sommes réunis deux fois."), ("topic-questions", "* Qui ?")):
            tab_to(bo, bo.field(key))
            keys.type(text)
            expect(bo.field(key)).to_have_value(text)
        assert bo.field("field-lang").input_value() == "fr"
        for key in ("form-progress", "form-questions", "form-lang"):
            assert page.get_by_text(bo.words(key), exact=True).count() == 1
        keys.press("Control+Enter")
        bo.window_closed()
        keys.press("Alt+Shift+S")
        summary = bo.window().locator("textarea:visible")
        focused(bo, summary)
        assert summary.input_value() == bo.words("update-title", "2027-01-14")
        tab_to(bo, bo.window().get_by_role("button", name="Enregistrer", exact=True))
        with bo.saving():
            keys.press("Enter")
        assert_filed(bo, "Beta", "Nous nous sommes réunis deux fois.")
        assert '<div lang="fr" dir="ltr"' in under(throwaway.text(NEXT_AGENDA) or "", "Beta")
    tally("ways through the form in a browser", 1)


def test_on_a_phone_from_the_front_page(throwaway: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """On 390 pixels, by touch and in French, the front page's button leads to the agenda as well."""
    with Person(browser, throwaway, BO, "fr", screen=PHONE) as bo:
        bo.visit(FRONT_PAGE)
        bo.press(bo.file_button("Gamma"))
        bo.start_editing()
        bo.open_form()
        for key, text in (("topic-progress", "Réunis."), ("topic-needs", "* Voyages : deux visas")):
            bo.field(key).fill(text)
        assert bo.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        bo.apply()
        bo.save()
        assert_filed(bo, "Gamma", "Réunis.")
        bo.visit(FRONT_PAGE)
        assert bo.file_button("Gamma").count() == 0
        assert bo.file_button("Epsilon").count() == 1
    tally("ways through the form in a browser", 1)


def test_without_an_account(throwaway: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """What a stranger has filed waits, without its text; a coordinator confirms it on a phone in Minerva, in French."""
    with Person(browser, throwaway, None) as stranger:
        stranger.visit(NEXT_AGENDA)
        stranger.press(stranger.file_button("Delta"))
        stranger.start_editing()
        stranger.open_form()
        stranger.field("topic-progress").fill("Words of a stranger.")
        stranger.apply()
        stranger.save()
    next_run(throwaway, *SHOWING)
    with Person(browser, throwaway, BO, "fr", screen=PHONE, skin="minerva") as bo:
        for title in (FRONT_PAGE, NEXT_AGENDA):
            assert "Words of a stranger." not in (throwaway.text(title) or "")
            bo.visit(title)
            waiting = bo.page.locator(".mw-parser-output li, .mw-parser-output div").filter(
                has=bo.page.get_by_role("link", name=bo.words("report-open"))
            )
            assert "en attente de confirmation" in waiting.last.inner_text()
            assert "Words of a stranger." not in bo.read("body")
        bo.press(bo.page.get_by_role("link", name=bo.words("report-open")))
        bo.start_editing()
        bo.open_form()
        bo.field("field-confirmed-by").fill("Bo")
        bo.apply()
        bo.save()
        assert_filed(bo, "Delta", "Words of a stranger.")
        bo.visit(FRONT_PAGE)
        assert bo.page.get_by_role("link", name=bo.words("report-open")).count() == 0
    tally("ways through the form in a browser", 2)


TYPED = {
    "topic-progress": "We met.\n\nThen we met again.",
    "topic-experiences": "* First\n** Second",
    "topic-needs": "[[Talk:Main Page|Our notes]], [https://example.org a page]",
    "topic-practices": 'Tea.\n{| class="wikitable"\n! Kind\n| green\n|}',
    "topic-collaboration": "either | or",
    "topic-questions": "Is 2 + 2 = 4?",
}


def test_what_is_typed_into_the_form(throwaway: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """Paragraphs, lists, links, pipes and equals signs arrive as typed; a table is told of, with the field's label."""
    with Person(browser, throwaway, BO, "fr") as bo:
        bo.visit(NEXT_AGENDA)
        bo.press(bo.file_button("Epsilon"))
        bo.start_editing()
        bo.open_form()
        for key, text in TYPED.items():
            bo.field(key).fill(text)
        bo.apply()
        problem = bo.words("problem-update-table-field", bo.words("topic-practices"))
        bo.page.locator(".ve-ce-mwTransclusionNode").get_by_text(problem).wait_for()
        bo.save()
        assert problem in bo.read()
        report = next_run(throwaway, *SHOWING)
        told = [(one.key, *one.words) for one in report.problems if "Epsilon" in one.page.text]
        assert told == [("update-table-field", "topic-practices")]
        bo.visit(NEXT_AGENDA)
        shown = bo.read_under("Epsilon")
        assert problem in shown
        agenda = bo.read()
        assert "We met.\n\nThen we met again." in shown
        for arrived in ("First", "Second", "Our notes", "a page", "Tea.", "either | or", "Is 2 + 2 = 4?"):
            assert arrived in agenda, arrived
        assert "green" not in agenda
        nested = bo.page.locator(".mw-parser-output ul ul li", has_text="Second")
        assert nested.count() == 1
        assert bo.page.get_by_role("link", name="a page", exact=True).get_attribute("href") == "https://example.org"
    tally("ways through the form in a browser", 1)


# --- Keys


def focused(person: Person, spot: Locator) -> None:
    """Wait until the keys go to something."""
    spot.and_(person.page.locator(":focus")).first.wait_for(state="attached")


def tab_to(person: Person, spot: Locator) -> None:
    """Press Tab until the keys go to something."""
    for _ in range(90):
        if spot.and_(person.page.locator(":focus")).count():
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {spot}")
