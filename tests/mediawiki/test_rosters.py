"""Rosters on a real MediaWiki: accounts that are renamed, blocked or gone, rosters on subpages, and "&" for "and"."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from strategybot.session import Report
from tests.committee import AGENDA, ALPHA, BETA, CONFIGURATION, STATUS, Committee, moment, problems, roster, update
from tests.mediawiki.rig import rename, run, settled_wiki
from throwaway import ThrowawayWiki
from throwaway.accounts import ADA

pytestmark = pytest.mark.mediawiki

NOW = moment("12-01T06:00")
PAGE = f"{ALPHA}/Updates/2026-12-10"
PEOPLE = f"{ALPHA}/Participants"


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the committee of the tests."""
    with settled_wiki(tmp_path_factory.mktemp("rosters"), NOW, "Cora", "Eve") as wiki:
        yield wiki


@pytest.fixture
def wiki(throwaway: ThrowawayWiki) -> ThrowawayWiki:
    """The wiki as it was set up."""
    throwaway.restore("set up")
    return throwaway


def of_rosters(report: Report) -> list[str]:
    """What the run has to say of rosters."""
    return [key for key, _ in problems(report) if key.startswith(("roster", "group-page"))]


def pages(wiki: ThrowawayWiki, report: Report) -> dict[str, str]:
    """The bot's pages, by title."""
    titles = [done.edit.page.asked.text for done in report.done.values()]
    return {title: wiki.text(title) or "" for title in titles}


def agenda(wiki: ThrowawayWiki) -> str:
    return wiki.text(AGENDA) or ""


def test_renamed_coordinator(wiki: ThrowawayWiki) -> None:
    """Who was renamed goes on coordinating; the old name is on no page of the bot where the new one is."""
    wiki.edit(PAGE, update(progress="We met."), user="Ada")
    run(wiki)
    assert "|user=Ada|" in agenda(wiki)
    rename(wiki, "Ada", "Gerda")
    wiki.set_clock(moment("12-02T06:00"))
    report = run(wiki)
    assert of_rosters(report) == ["roster-renamed"]
    assert "|state=filed|user=Gerda|" in agenda(wiki)
    assert "Member|Gerda|" in agenda(wiki)
    for title, text in pages(wiki, report).items():
        assert not ("Gerda" in text and "Ada" in text), title
    wiki.set_clock(moment("12-10T15:01"))
    report = run(wiki)
    assert "|state=closed|" in agenda(wiki)
    rename(wiki, "Gerda", "Hedda")
    wiki.set_clock(moment("12-11T06:00"))
    report = run(wiki)
    for title, text in pages(wiki, report).items():
        assert not ("Gerda" in text and "Hedda" in text), title
    assert "Member|Hedda|" in agenda(wiki)


def test_old_name_registered_again(wiki: ThrowawayWiki) -> None:
    """A stranger who registers the old name of a coordinator is a stranger."""
    rename(wiki, "Ada", "Gerda")
    wiki.create_account("Ada", password=ADA.password)
    wiki.edit(PAGE, update(progress="Buy this."), user="Ada")
    report = run(wiki)
    assert "|state=waiting|" in agenda(wiki)
    assert "Member|Gerda|" in agenda(wiki)
    assert "Member|Ada|" not in agenda(wiki)
    assert of_rosters(report) == ["roster-renamed"]


def test_red_link_that_is_registered(wiki: ThrowawayWiki) -> None:
    """A name that is nobody's is told; who registers it then can't file until somebody who may confirms it."""
    wiki.edit(ALPHA, roster("Ada", "Nobody"), user="Cora")
    assert of_rosters(run(wiki)) == ["roster-no-account"]
    assert "Nobody" not in agenda(wiki)
    wiki.set_clock(moment("12-02T06:00"))
    wiki.create_account("Nobody")
    wiki.edit(PAGE, update(progress="Buy this."), user="Nobody")
    assert of_rosters(run(wiki)) == ["roster-late-account"]
    assert "|state=waiting|" in agenda(wiki)
    wiki.set_clock(moment("12-03T06:00"))
    wiki.edit(ALPHA, roster("Ada", "Nobody") + "\nWelcome!", user="Ada")
    assert of_rosters(run(wiki)) == []
    assert "Member|Nobody|" in agenda(wiki)


def test_vanished_and_blocked(wiki: ThrowawayWiki) -> None:
    """Who has vanished is gone without a name; who is blocked stays, and a block from one page is none."""
    rename(wiki, "Ada", "Vanished user 4711")
    wiki.call_as("Admin", action="block", user="Abel")
    wiki.call_as("Admin", action="block", user="Bo", partial=True, pagerestrictions="Main Page", allowusertalk=True)
    report = run(wiki)
    assert of_rosters(report) == ["roster-vanished", "roster-blocked"]
    for text in pages(wiki, report).values():
        assert "Vanished" not in text
        assert "Ada" not in text
    assert "Member|Abel|" in agenda(wiki)
    assert "Abel" in (wiki.text(STATUS) or "")


def test_roster_on_a_subpage(wiki: ThrowawayWiki) -> None:
    """The roster on the subpage that the group's page transcludes gives authority to those whom it says coordinate."""
    table = "{| class='wikitable'\n! Name !! Role\n|-\n| {{u|Chi}} || Coordinator\n|-\n| {{u|Dina}} ||\n|}"
    wiki.edit(PEOPLE, table, user="Cora")
    wiki.edit(ALPHA, "Our group.\n\n{{/Participants}}", user="Cora")
    wiki.edit(PEOPLE, "* {{u|Eve}} – coordinator", user="Eve")
    wiki.edit(PAGE, update(progress="Buy this."), user="Eve")
    report = run(wiki)
    assert "Member|Chi|" in agenda(wiki)
    assert "|state=waiting|user=Eve|" in agenda(wiki)
    assert of_rosters(report) == ["roster-waiting"]


def test_and(wiki: ThrowawayWiki) -> None:
    """A group that is configured with "&" has its page and its updates below "and"."""
    configuration = {**Committee().configuration, "groups": ["Roles & Responsibilities", "Beta"]}
    wiki.edit(CONFIGURATION.text, json.dumps(configuration), user="Admin")
    where = "Committee/Working Groups/Roles and Responsibilities"
    wiki.edit(where, roster("Ada"), user="Cora")
    wiki.edit(f"{where}/Updates/2026-12-10", update(progress="We met."), user="Ada")
    report = run(wiki)
    assert of_rosters(report) == []
    assert "|state=filed|user=Ada|" in agenda(wiki)
    assert "We met." in agenda(wiki)


def test_pages_without_the_template(wiki: ThrowawayWiki) -> None:
    """Lists and tables on the groups' pages are read, and what is missing there is told where it can be mended."""
    coordinators = (
        "# [[User:Chi|Chi]] ([[User talk:Chi|talk]]) 12:00, 3 May 2019\n# [[User:Ada|]] (until November 2026)"
    )
    text = f"== Coordinators ==\n{coordinators}\n== Members ==\n* Ada Lovely – Diversity"
    wiki.edit(ALPHA, text, user="Cora")
    wiki.edit(BETA, "* {{noping|Bo}}\n* {{noping|Dina}}", user="Cora")
    report = run(wiki)
    assert "Member|Chi|" in agenda(wiki)
    assert "Member|Ada|" not in agenda(wiki)
    assert sorted(of_rosters(report)) == ["roster-no-coordinator", "roster-unresolved"]
