"""The form, filled in by hand: a real Chromium, VisualEditor, and a coordinator's account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright  # noqa: A004  # playwright's own

from strategybot.installation import install_session
from strategybot.session import Session
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import Kind
from tests.committee import AGENDA, ALPHA, moment
from tests.mediawiki.rig import IMPATIENT, chromium, credentials, fresh_wiki, save_committee
from throwaway import ADA, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser, pytest.mark.xdist_group("form")]

NOW = moment("12-01T06:00")


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the committee of the tests, its forms, and an agenda on which nothing is filed."""
    with fresh_wiki(tmp_path_factory.mktemp("form")) as wiki:
        wiki.set_clock(NOW)
        save_committee(wiki, NOW - timedelta(days=20))
        install_session(bot(wiki), read_folder(share("wikiconfig")))
        Session(bot(wiki)).run()
        yield wiki


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield browser
        browser.close()


def bot(wiki: ThrowawayWiki) -> MediaWikiWiki:
    return MediaWikiWiki(wiki.api, credentials(), IMPATIENT)


def log_in(page: Page, wiki: ThrowawayWiki) -> None:
    page.goto(wiki.page_url("Special:UserLogin"))
    page.fill("#wpName1", ADA.name)
    page.fill("#wpPassword1", ADA.password)
    page.click("#wpLoginAttempt")
    page.wait_for_load_state("networkidle")


def press_the_button(page: Page, wiki: ThrowawayWiki) -> None:
    page.goto(wiki.page_url(AGENDA))
    page.locator("form.createbox button, form.createbox input[type=submit]").first.click()
    page.wait_for_selector(".ve-ui-surface")
    page.wait_for_load_state("networkidle")
    start = page.get_by_role("button", name="Start editing")
    if start.count():
        start.click()


def open_the_form(page: Page) -> None:
    """Click on the template and press Enter; VisualEditor may still be settling, so a few times."""
    form = page.locator(".ve-ui-mwParameterPage textarea:visible")
    for _ in range(10):
        page.keyboard.press("Escape")
        page.locator(".ve-ce-mwTransclusionNode").first.click(position={"x": 60, "y": 60}, force=True)
        page.keyboard.press("Enter")
        try:
            form.first.wait_for(timeout=3000)
        except TimeoutError:
            continue
        return
    raise AssertionError("VisualEditor doesn't open the template's form")


def save(page: Page, wiki: ThrowawayWiki) -> None:
    page.locator(".oo-ui-processDialog-actions-primary a").first.click()
    page.locator(".ve-ui-toolbar-saveButton a, .ve-ui-toolbar-group-save a").first.click()
    page.locator(".ve-ui-mwSaveDialog .oo-ui-processDialog-actions-primary a").first.click()
    page.wait_for_url("**/Updates/2026-12-10")
    page.wait_for_function("!document.querySelector('.ve-active')")
    assert wiki.text(f"{ALPHA}/Updates/2026-12-10")


def test_from_the_button_to_the_agenda(throwaway: ThrowawayWiki, browser: Browser) -> None:
    """A coordinator presses the button, fills in the form and saves; the next run has the words, with their source."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    log_in(page, throwaway)
    press_the_button(page, throwaway)
    open_the_form(page)
    fields = page.locator(".ve-ui-mwParameterPage textarea:visible")
    fields.nth(0).fill("We met | twice.")
    fields.nth(2).fill("* Travel: two visas = 80 euros")
    save(page, throwaway)
    report = Session(bot(throwaway)).run()
    assert {done.outcome.kind for done in report.done.values()} == {Kind.SAVED}
    text = throwaway.text(AGENDA) or ""
    assert "|state=filed|user=Ada|" in text
    assert "We met | twice." in text
    assert "Travel: two visas = 80 euros" in text
    assert report.problems == []
