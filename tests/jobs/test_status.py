"""The status page."""

from __future__ import annotations

import json

from strategybot.model.page import Title
from tests.committee import AGENDA, ALPHA, FRONT_PAGE, STATUS, Committee, outcomes


def test_tells_what_changed(committee: Committee) -> None:
    """The page names what the bot changed last, its pages with their revisions, and the next meeting."""
    committee.at("12-01").run()
    revision = committee.page(AGENDA).revision
    assert revision
    text = committee.text(STATUS)
    assert f"{{{{Steering group/Status|time=2026-12-01T00:00Z|page={FRONT_PAGE}}}}}" in text
    assert f"|page={AGENDA}|time=2026-12-01T00:00Z|revision={revision.id}}}}}" in text
    assert "{{Steering group/Date|2026-12-10T15:00Z}}" in text


def test_runs_that_change_nothing(committee: Committee) -> None:
    """A run that changes nothing has nothing to write here, however much later."""
    committee.at("12-01").run()
    before = committee.page(STATUS).revision
    committee.at("12-05").run()
    assert committee.page(STATUS).revision == before


def test_problems(committee: Committee) -> None:
    """Problems stand there with their page, and go when they are mended."""
    committee.wiki.delete(Title(ALPHA))
    committee.at("12-01").run()
    assert f"{{{{Steering group/Status problem|page={ALPHA}|key=group-page-missing|1=Alpha}}}}" in committee.text(
        STATUS
    )
    committee.save(ALPHA, "{{Steering group/Working group|coordinators=Ada}}", "Cora")
    committee.at("12-02").run()
    assert "group-page-missing" not in committee.text(STATUS)


def test_what_kept_a_page_from_being_written(committee: Committee) -> None:
    """A page that a person has edited is named, with what to do."""
    committee.at("12-01").run()
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine!", "Passer-by")
    committee.file(ALPHA, "Ada", progress="We met.")
    assert outcomes(committee.at("12-02").run())[AGENDA] == "edited by a person"
    assert f"|page={AGENDA}|revision=" in committee.text(STATUS)
    assert "|key=page-edited}}" in committee.text(STATUS)


def test_two_processes(committee: Committee) -> None:
    """Several processes share the page, a section each."""
    other = {**committee.configuration, "name": "Second", "root": "Second"}
    committee.save("User:StrategyBot/Second.json", json.dumps(other), "Admin")
    committee.at("12-01").run()
    assert "== Committee ==" in committee.text(STATUS)
    assert "== Second ==" in committee.text(STATUS)
