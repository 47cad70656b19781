"""The status page."""

from __future__ import annotations

import json

from strategybot.jobs.status import MOST_OF_A_PAGE
from strategybot.model.page import Title
from tests.committee import AGENDA, ALPHA, BETA, FRONT_PAGE, STATUS, Committee, outcomes, update


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
    """A page that a person has emptied is named, with what to do."""
    committee.at("12-01").run()
    committee.save(AGENDA, "", "Passer-by")
    committee.file(ALPHA, "Ada", progress="We met.")
    assert outcomes(committee.at("12-02").run())[AGENDA] == "edited by a person"
    assert f"|page={AGENDA}|revision=" in committee.text(STATUS)
    assert "|key=page-blanked}}" in committee.text(STATUS)


def test_a_page_with_many_problems(committee: Committee) -> None:
    """Of one page some are told and how many more there are; all of another page's are still there."""
    sections = (f"== 2026-12-10 ==\n{update(progress=f'x {one}', lang=f'Klingon {one}')}" for one in range(30))
    committee.save(f"{ALPHA}/Updates", "\n".join(sections), "Ada")
    committee.file(BETA, "Bo", progress="x", lang="Klingon")
    report = committee.at("12-01").run()
    many = sum(problem.page.text == f"{ALPHA}/Updates" for problem in report.problems)
    text = committee.text(STATUS)
    assert many > MOST_OF_A_PAGE + 1
    assert text.count(f"|page={ALPHA}/Updates|") == MOST_OF_A_PAGE + 1
    assert f"|page={ALPHA}/Updates|key=more-here|1={many - MOST_OF_A_PAGE}}}}}" in text
    assert f"|page={BETA}/Updates/2026-12-10|" in text
    assert committee.run().done["status", Title(STATUS)].outcome.kind.label == "unchanged"


def test_two_processes(committee: Committee) -> None:
    """Several processes share the page, a section each."""
    other = {**committee.configuration, "name": "Second", "root": "Second"}
    committee.save("User:StrategyBot/Second.json", json.dumps(other), "Admin")
    committee.at("12-01").run()
    assert "== Committee ==" in committee.text(STATUS)
    assert "== Second ==" in committee.text(STATUS)
