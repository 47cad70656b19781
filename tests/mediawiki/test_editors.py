"""A group's page of updates, written by hand in each editor that the wiki has: it says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from strategybot.model.update import State
from tests.committee import ALPHA, NEXT_AGENDA, update
from tests.conftest import Tally
from tests.mediawiki.browsing import MEETING, NOW, Person, committee_wiki, next_run, under
from tests.mediawiki.rig import alphas_update
from throwaway import ADA, ThrowawayWiki

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

UPDATES = f"{ALPHA}/Updates"
OLD = f"== 2026-11-12 ==\n{update(progress='What we did before.')}\n"
EMPTY = "{{Steering group/Update\n| progress = \n| needs = \n| lang = en\n}}"
FIELDS = {"progress": "We met.\n\nThen | again.", "needs": "* Travel: 2 visas = 80 euros\n* Training", "lang": "en"}


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki."""
    with committee_wiki(tmp_path_factory.mktemp("editors")) as wiki:
        yield wiki


# --- Ways to write


def fill(ada: Person) -> None:
    """Fill in the form that is open."""
    ada.field("topic-progress").fill(FIELDS["progress"])
    ada.field("topic-needs").fill(FIELDS["needs"])
    ada.field("field-lang").fill(FIELDS["lang"])
    ada.apply()


def visual_editor(ada: Person) -> None:
    """VisualEditor: a new heading at the page's end, and below it the template from the menu “Insert”."""
    page, keys = ada.page, ada.page.keyboard
    ada.visit(UPDATES, veaction="edit")
    ada.start_editing()
    page.locator(".ve-ce-documentNode").focus()
    keys.press("Control+End")
    keys.press("Enter")
    keys.press("Control+2")
    keys.type(MEETING)
    expect(page.locator(".ve-ce-documentNode h2").last).to_have_text(MEETING)
    keys.press("Enter")
    ada.press(page.locator(".ve-ui-toolbar").get_by_role("button", name="Insert"))
    ada.press(page.locator(".ve-ui-toolbar").get_by_role("button", name="Template"))
    choose_template(ada, "Steering group/Update")
    fill(ada)
    ada.save()


def choose_template(ada: Person, name: str) -> None:
    """Type the template's name and choose it from the list."""
    ada.window().locator(".ve-ui-mwTemplatePlaceholderPage input:visible").press_sequentially(name)
    ada.press(ada.page.get_by_role("option", name=name))


def form_in_a_section(ada: Person) -> None:
    """VisualEditor: the section's “edit”, and in it the empty form that stands there."""
    ada.wiki.edit(UPDATES, f"{OLD}\n== {MEETING} ==\n{EMPTY}\n", "Ada")
    ada.visit(UPDATES)
    ada.press(ada.page.locator(".mw-editsection a[href*='veaction=edit']").last)
    ada.start_editing()
    ada.open_form(1)
    fill(ada)
    ada.save()


def source_editor(ada: Person) -> None:
    """The source editor: text in a box."""
    ada.visit(UPDATES, action="edit", veswitched="1")
    box = ada.source()
    fields = FIELDS | {"progress": FIELDS["progress"].replace("|", "{{!}}")}
    box.fill(f"{box.input_value()}\n== {MEETING} ==\n{update(**fields)}")
    ada.save_source()


def mobile_editor(ada: Person) -> None:
    """The mobile editor: from the browser one section is fetched, and its new text sent, through the API."""
    ada.wiki.edit(UPDATES, f"{OLD}\n== {MEETING} ==\n{EMPTY}\n", "Ada")
    ada.visit(UPDATES)
    ada.page.evaluate(MOBILE_SAVE, {"title": UPDATES, "section": "2", "empty": EMPTY, "filled": mobile_text()})


def mobile_text() -> str:
    fields = FIELDS | {"progress": FIELDS["progress"].replace("|", "{{!}}")}
    return update(**fields)


MOBILE_SAVE = """async ({title, section, empty, filled}) => {
    await mw.loader.using('mediawiki.api');
    const api = new mw.Api();
    const asked = {action: 'query', prop: 'revisions', rvprop: ['content', 'timestamp'], titles: title,
        rvslots: 'main', rvsection: section, formatversion: 2};
    const revision = (await api.get(asked)).query.pages[0].revisions[0];
    const text = revision.slots.main.content.replace(empty, filled);
    await api.postWithToken('csrf', {action: 'edit', title, section, text, summary: '',
        basetimestamp: revision.timestamp, starttimestamp: revision.timestamp, nocreate: true, errorformat: 'html'});
}"""
"""What MobileFrontend's EditorGateway sends to fetch and to save a section."""


@pytest.mark.parametrize("write", [visual_editor, form_in_a_section, source_editor, mobile_editor])
def test_every_editor_says_the_same(
    throwaway: ThrowawayWiki, browser: Browser, write: Callable[[Person], None], tally: Tally
) -> None:
    """A section that a coordinator writes by hand is the same update whichever editor it was, and is on the agenda."""
    throwaway.edit(UPDATES, OLD, "Ada")
    with Person(browser, throwaway, ADA) as ada:
        write(ada)
    found = alphas_update(throwaway, NOW)
    assert (found.state, found.lang, found.problems) == (State.FILED, "en", ())
    assert found.fields == {key: text for key, text in FIELDS.items() if key != "lang"}
    assert found.source
    assert (found.source.user, found.source.page.text) == ("Ada", UPDATES)
    assert "What we did before." in (throwaway.text(UPDATES) or "")
    next_run(throwaway, "agenda")
    assert f"|revision={found.source.revid}|" in under(throwaway.text(NEXT_AGENDA) or "", "Alpha")
    tally("editors by hand in a browser", 1)
