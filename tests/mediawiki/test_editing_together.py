"""A person has the agenda open in an editor while the bot saves a new version of it; then the person saves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, TimeoutError  # noqa: A004  # playwright's own

from tests.committee import NEXT_AGENDA, update
from tests.conftest import Tally
from tests.lengths import NIGHTLY
from tests.mediawiki.browsing import Person, committee_wiki, next_run, under, update_of
from throwaway import BO, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

KEYS = re.compile(r"\|id=[\w-]+|\|group=\w+|<!-- /?slot:[a-z-]+ -->")
"""What tells the parts of an agenda from each other."""

BEFORE, THEN = "We metted twice. The draft is ready.", "We metted twice. The final draft is ready."
BOTH = "We met twice. The final draft is ready."
"""What Alpha says, what it says after it filed anew, and that with the slip that Bo mends on the agenda."""


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki, with an agenda on which Alpha and Beta report."""
    with committee_wiki(tmp_path_factory.mktemp("together")) as wiki:
        wiki.edit(update_of("Alpha"), update(progress=BEFORE, lang="en"), "Ada")
        wiki.edit(update_of("Beta"), update(progress="Beta began.", lang="en"), "Bo")
        next_run(wiki)
        wiki.snapshot("reported")
        yield wiki


@pytest.fixture
def wiki(throwaway: ThrowawayWiki) -> ThrowawayWiki:
    """The wiki as it was then."""
    throwaway.restore("reported")
    return throwaway


def agenda(wiki: ThrowawayWiki) -> str:
    return wiki.text(NEXT_AGENDA) or ""


def alpha_files(wiki: ThrowawayWiki) -> None:
    """Alpha changes a sentence beside the one with the slip, in the same line of wikitext; the bot saves that."""
    wiki.edit(update_of("Alpha"), update(progress=THEN, lang="en"), "Ada")
    next_run(wiki, "agenda")
    assert THEN in agenda(wiki)


def beta_files(wiki: ThrowawayWiki) -> None:
    """Beta changes what it filed, on lines of its own; the bot saves that."""
    wiki.edit(update_of("Beta"), update(progress="Beta went on.", lang="en"), "Bo")
    next_run(wiki, "agenda")
    assert "Beta went on." in agenda(wiki)


def test_source_editor_merges(wiki: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """The source editor: where the bot has changed other lines, MediaWiki merges, and both changes are there."""
    with Person(browser, wiki, BO) as bo:
        open_source(bo)
        beta_files(wiki)
        mend(bo)
        bo.save_source()
    both_are_there(wiki, "We met twice. The draft is ready.", "Beta went on.")
    tally("editors open while the bot saves", 1)


def test_source_editor_conflicts(wiki: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """In the same line MediaWiki shows the bot's version and Bo's; who repeats the change in the former has both."""
    with Person(browser, wiki, BO) as bo:
        open_source(bo)
        alpha_files(wiki)
        mend(bo)
        bo.save_source()
        resolve(bo)
    both_are_there(wiki, BOTH)
    tally("editors open while the bot saves", 1)


def test_visual_editor_merges(wiki: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """VisualEditor: both changes are there, and so are all keys by which the bot knows the parts of its page."""
    before = KEYS.findall(agenda(wiki))
    with Person(browser, wiki, BO) as bo:
        open_visual(bo)
        beta_files(wiki)
        retype(bo, "metted", "met")
        bo.save()
    assert KEYS.findall(agenda(wiki)) == before
    both_are_there(wiki, "We met twice. The draft is ready.", "Beta went on.")
    tally("editors open while the bot saves", 1)


@pytest.mark.skipif(not NIGHTLY, reason="what differs from the source editor's is the way to the same page")
def test_visual_editor_conflicts(wiki: ThrowawayWiki, browser: Browser, tally: Tally) -> None:
    """In the same line VisualEditor leads to the page that shows both versions."""
    with Person(browser, wiki, BO) as bo:
        open_visual(bo)
        alpha_files(wiki)
        retype(bo, "metted", "met")
        bo.send()
        bo.press(bo.page.get_by_role("button", name="Resolve conflict"))
        resolve(bo)
    both_are_there(wiki, BOTH)
    tally("editors open while the bot saves", 1)


def both_are_there(wiki: ThrowawayWiki, *words: str) -> None:
    """What Bo and the groups changed is there, then as after the bot's next change, and nothing is left to do."""
    text = agenda(wiki)
    assert all(one in text for one in words), under(text, "Alpha")
    wiki.edit(update_of("Gamma"), update(progress="Gamma is here.", lang="en"), "Bo")
    next_run(wiki, "agenda")
    text = agenda(wiki)
    assert all(one in text for one in (*words, "Gamma is here.")), under(text, "Alpha")
    next_run(wiki, "agenda")
    assert agenda(wiki) == text


# --- Bo at the browser


def open_source(bo: Person) -> None:
    """The source editor: text in a box."""
    bo.visit(NEXT_AGENDA, action="edit", veswitched="1")
    assert BEFORE in bo.source().input_value()


def mend(bo: Person) -> None:
    """Mend the slip in the upper box."""
    box = bo.page.locator("#wpTextbox1")
    box.fill(box.input_value().replace("metted", "met"))


def resolve(bo: Person) -> None:
    """MediaWiki's page for conflicts has the newest version in the upper box, and in the lower what was to be saved."""
    bo.page.locator("#wpTextbox2").wait_for()
    assert THEN in bo.page.locator("#wpTextbox1").input_value()
    assert "We met twice. The draft is ready." in bo.page.locator("#wpTextbox2").input_value()
    mend(bo)
    bo.save_source()


def open_visual(bo: Person) -> None:
    bo.visit(NEXT_AGENDA, veaction="edit")
    bo.start_editing()
    bo.page.locator(".ve-ce-documentNode").get_by_text(BEFORE).wait_for()


def retype(bo: Person, word: str, other: str) -> None:
    """Select a word by a double click on it, as often as VisualEditor needs to see that, and type another."""
    bo.page.locator(".ve-ce-documentNode").get_by_text(word).scroll_into_view_if_needed()
    for _ in range(5):
        box = bo.page.evaluate(WHERE, word)
        bo.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        try:
            bo.page.wait_for_function(f"{SELECTED} === {word!r}", timeout=4000)
        except TimeoutError:
            continue
        bo.page.keyboard.type(other)
        bo.page.locator(".ve-ce-documentNode").get_by_text(f"We {other} twice.").wait_for()
        return
    raise AssertionError("VisualEditor doesn't select the word")


SELECTED = "ve.init.target.getSurface().getModel().getFragment().getText().trim()"

WHERE = """word => {
    const texts = document.createTreeWalker(document.querySelector('.ve-ce-documentNode'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode.data.indexOf(word);
        if (at >= 0) {
            const range = document.createRange();
            range.setStart(texts.currentNode, at);
            range.setEnd(texts.currentNode, at + word.length);
            return range.getBoundingClientRect().toJSON();
        }
    }
}"""
"""Where a word stands on the screen."""
