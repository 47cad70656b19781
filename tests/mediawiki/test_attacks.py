"""What only a real MediaWiki can do to a run: spam lists, moves with their null revisions, hidden names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from strategybot.wiki.port import Kind
from tests.committee import AGENDA, ALPHA, BETA, moment, problems, update
from tests.mediawiki.rig import run, settled_wiki
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki

NOW = moment("12-01T06:00")
PAGE = f"{ALPHA}/Updates/2026-12-10"


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the committee of the tests, and a stranger."""
    with settled_wiki(tmp_path_factory.mktemp("attacks"), NOW, "Eve") as wiki:
        yield wiki


@pytest.fixture
def wiki(throwaway: ThrowawayWiki) -> ThrowawayWiki:
    """The wiki as it was set up."""
    throwaway.restore("set up")
    return throwaway


def agenda(wiki: ThrowawayWiki) -> str:
    return wiki.text(AGENDA) or ""


def test_link_on_the_spam_list(wiki: ThrowawayWiki) -> None:
    """A link that is refused is shown inert with a problem, and everybody's agenda is saved all the same."""
    wiki.edit(PAGE, update(progress="See https://spam.example/buy and https://fine.example/x now."), user="Ada")
    wiki.edit(f"{BETA}/Updates/2026-12-10", update(progress="We met."), user="Bo")
    wiki.edit("MediaWiki:Spam-blacklist", r"spam\.example", user="Admin")
    report = run(wiki)
    assert "We met." in agenda(wiki)
    assert "See https<nowiki/>://spam.example/buy and https://fine.example/x now." in agenda(wiki)
    assert [key for key, _ in problems(report)] == ["page-link-inert"]
    again = run(wiki)
    assert {done.outcome.kind for done in again.done.values()} == {Kind.UNCHANGED}
    assert [key for key, _ in problems(again)] == ["page-link-inert"]


@pytest.mark.parametrize(("mover", "state"), [("Eve", "waiting"), ("Ada", "filed")])
def test_moved_in_draft(wiki: ThrowawayWiki, mover: str, state: str) -> None:
    """A coordinator's draft that a stranger moves to the update's title is not filed; her own move files it."""
    wiki.edit("User:Ada/draft", update(progress="Not yet."), user="Ada")
    wiki.call_as(mover, action="move", **{"from": "User:Ada/draft"}, to=PAGE, noredirect=True)
    run(wiki)
    assert f"|state={state}|" in agenda(wiki)
    assert ("Not yet." in agenda(wiki)) == (state == "filed")


def test_hidden_name_leaves_a_closed_agenda(wiki: ThrowawayWiki) -> None:
    """Where a name is hidden at its source it leaves the closed agenda at the next run."""
    revision = wiki.edit(PAGE, update(progress="We met."), user="Ada")
    wiki.set_clock(moment("12-10T15:01"))
    run(wiki)
    assert "|user=Ada|" in agenda(wiki)
    wiki.call_as("Admin", action="revisiondelete", type="revision", ids=revision, hide="user")
    wiki.set_clock(moment("12-11T06:00"))
    run(wiki)
    assert "|state=closed|" in agenda(wiki)
    assert "|user=Ada|" not in agenda(wiki)


def test_redirected_agenda(wiki: ThrowawayWiki) -> None:
    """An agenda that somebody redirects to a template makes the bot write neither."""
    run(wiki)
    wiki.edit("Template:Mine", "Mine.", user="Eve")
    wiki.edit(AGENDA, "#REDIRECT [[Template:Mine]]", user="Eve")
    wiki.edit(PAGE, update(progress="We met."), user="Ada")
    report = run(wiki)
    assert ("page-redirect", AGENDA) in problems(report)
    assert wiki.text("Template:Mine") == "Mine."


def test_pending_substitution(wiki: ThrowawayWiki) -> None:
    """What a stranger left to be substituted is never substituted in the bot's name."""
    run(wiki)
    slot = "<!-- slot:proposed -->\n"
    wiki.edit(AGENDA, agenda(wiki).replace(slot, f"{slot}* {{{{subst:User:Eve/x}}}}\n"), user="Eve")
    wiki.edit("User:Eve/x", "topic\n<!-- /slot:proposed -->\n== Evil ==", user="Eve")
    wiki.edit(PAGE, update(progress="We met."), user="Ada")
    report = run(wiki)
    assert ("page-subst", AGENDA) in problems(report)
    assert "== Evil ==" not in agenda(wiki)


def test_configuration_that_anybody_could_edit(wiki: ThrowawayWiki) -> None:
    """A page of wikitext that came to a configuration's title by a move configures nothing, and the report says why."""
    wiki.edit("User:Eve/Evil.txt", '{"name": "Evil"}', user="Eve")
    wiki.call_as("Admin", action="move", **{"from": "User:Eve/Evil.txt"}, to="User:StrategyBot/Evil.json")
    report = run(wiki)
    assert report.exit_status == 2
    assert [fault.sentences for fault in report.faults] == [
        ("the page must hold JSON and be no redirect, so that only admins can edit it",)
    ]
