"""Undoing a run on a real MediaWiki."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest

from strategybot.installation import install_session
from strategybot.model.page import Title
from strategybot.reversal import undo_session
from tests import commands
from tests.committee import AGENDA, ALPHA, BETA, FRONT_PAGE, STATUS, moment, outcomes, problems, update
from tests.mediawiki.rig import MediaWikiRig, credentials, fresh_wiki, run, save_committee

pytestmark = pytest.mark.mediawiki

START = moment("12-01T06:00")
LINE = Title("Template:Steering group/Line")
PROTECTED = Title("Template:Steering group/Member")
MODULE = Title("Module:Steering group/Text")
TEXTS = "Module:Steering group/Text/fr.json"


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with the committee."""
    with fresh_wiki(tmp_path_factory.mktemp("undo")) as wiki:
        save_committee(wiki, moment("11-01"))
        yield MediaWikiRig(wiki)


def by_command(rig: MediaWikiRig, *arguments: str) -> dict[str, dict[str, str]]:
    """What `undo` says, page by page."""
    environment = {**os.environ, **credentials(), "STRATEGYBOT_PACE": "0"}
    found = commands.run("--wiki", rig.api, "undo", *arguments, "--json", environment=environment)
    return {outcome["title"]: outcome for outcome in json.loads(found.stdout)["outcomes"]}


def test_undoing(rig: MediaWikiRig) -> None:
    """A run is undone where nobody has edited since, and so is the one before it; the next run leaves that so."""
    wiki = rig.throwaway
    wiki.set_clock(START)
    made = run(wiki).run
    before = wiki.text(FRONT_PAGE)
    rig.edit(f"{ALPHA}/Updates/2026-12-10", update(progress="Alpha began."))
    wiki.set_clock(START + timedelta(days=1))
    changed = run(wiki).run
    rig.edit(AGENDA, (wiki.text(AGENDA) or "") + "\nMine.", "Bo")
    rig.move(STATUS, "User:StrategyBot/Report")

    found = by_command(rig, changed, "--operator", "Otto")
    left = {title: one["outcome"] for title, one in found.items() if one["outcome"] != "saved"}
    assert left == {AGENDA: "edited since", "User:StrategyBot/Report": "unchanged"}
    assert found[FRONT_PAGE]["outcome"] == "saved"
    assert wiki.text(FRONT_PAGE) == before
    assert found[AGENDA]["reason"].startswith("Bo has edited the page since. What the run changed there: http")
    assert outcomes(undo_session(rig.wiki(), changed, "Otto"))[FRONT_PAGE] == "unchanged"
    assert outcomes(undo_session(rig.wiki(), made, "Admin"))[FRONT_PAGE] == "saved"
    assert wiki.text(FRONT_PAGE) == ""

    wiki.set_clock(START + timedelta(days=2))
    rig.edit(f"{BETA}/Updates/2026-12-10", update(progress="Beta began."), "Bo")
    later = run(wiki)
    assert wiki.text(FRONT_PAGE) == ""
    assert "Beta began." in (wiki.text(AGENDA) or "")
    assert ("page-blanked", FRONT_PAGE) in problems(later)


def test_undoing_an_installation(rig: MediaWikiRig) -> None:
    """What an installation made is emptied, as each content model has it; a page that is protected now is listed."""
    files = {LINE: "One.", PROTECTED: "Two.", MODULE: "return {}"}
    installed = install_session(rig.wiki(), files).run
    rig.protect(PROTECTED.text)
    rig.move(LINE.text, "Template:Elsewhere", redirect=False)
    found = outcomes(undo_session(rig.wiki(), installed, "Otto"))
    assert (found.pop(PROTECTED.text), found.pop("Template:Elsewhere")) == ("protected", "moved away")
    assert set(found.values()) == {"saved"}
    assert (rig.throwaway.text(TEXTS), rig.throwaway.text(MODULE.text)) == ("{}", "")


def test_what_isnt_shown_again(rig: MediaWikiRig) -> None:
    """What was withdrawn isn't shown again, and an edit of the run's that is hidden in part is listed."""
    wiki = rig.throwaway
    page, kept = f"{BETA}/Updates/2026-12-10", "Beta began."
    wiki.set_clock(START + timedelta(days=3))
    rig.edit(page, update(progress=kept, needs="My number is five."), "Bo")
    run(wiki)
    assert "five" in (wiki.text(AGENDA) or "")
    wiki.set_clock(START + timedelta(days=4))
    rig.edit(page, update(progress=kept), "Bo")
    removing = run(wiki)
    (revid,) = (done.outcome.revid for done in removing.done.values() if done.outcome.title.text == AGENDA)
    found = undo_session(rig.wiki(), removing.run, "Otto").done["undo", Title(AGENDA)].outcome
    assert found.reason.startswith("The text from before the run shows what was withdrawn where it was filed.")
    assert "five" not in (wiki.text(AGENDA) or "")

    rig.edit(AGENDA, (wiki.text(AGENDA) or "") + "\nMine, too.", "Bo")
    assert revid
    for parts in ({"user": True}, {"summary": True}):
        rig.hide(revid, text=False, **parts)
        found = undo_session(rig.wiki(), removing.run, "Otto").done["undo", Title(AGENDA)].outcome
        assert found.reason == "An edit since the run began is hidden in part: it may belong to the run."
