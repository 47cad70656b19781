"""A run from the configuration to the report."""

from __future__ import annotations

import json
import re

import pytest

from strategybot.installation import install_session
from strategybot.jobs import JOBS
from strategybot.model.page import Title
from strategybot.session import Session
from strategybot.wiki.port import Kind, OperatorError
from tests.committee import AGENDA, ALPHA, BOT, CONFIGURATION, FRONT_PAGE, STATUS, Committee, outcomes


def everything(committee: Committee) -> dict[str, str]:
    return {title.text: text for title, text in committee.wiki.texts().items()}


def test_all_done(committee: Committee) -> None:
    """A run makes the agenda, the front page, the status page and what else is kept, and its exit status is 0.

    Nothing is made yet of which there is nothing to tell: minutes, their list, registers.
    """
    report = committee.at("12-01").run()
    process = committee.process
    made = {AGENDA, FRONT_PAGE, STATUS, process.waiting.text, process.calendar.text}
    assert outcomes(report) == dict.fromkeys(made, "saved")
    assert report.exit_status == 0


def test_dry_run_shows_what_the_run_makes(committee: Committee) -> None:
    """A dry run before shows the texts that the run then makes, and changes nothing."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    before = everything(committee)
    planned = committee.run(dry_run=True).done["agenda", committee.page(AGENDA).asked]
    assert everything(committee) == before
    committee.run()
    assert committee.text(AGENDA) == planned.edit.text


def test_rounds_do_not_grow() -> None:
    """90 groups take as many rounds as 9, with strangers' edits and late updates among them."""
    rounds = []
    for count in (9, 90):
        names = [f"Group {number}" for number in range(count)]
        committee = Committee(groups=names)
        for name in names:
            page = f"Committee/Working Groups/{name}"
            committee.save(page, "{{Steering group/Working group|coordinators=Ada}}", "Cora")
            committee.save(page, "{{Steering group/Working group|coordinators=Ada, Eve}}", "Eve")
            committee.at("12-01").file(page, "Ada", progress="We met.")
            committee.file(page, "Ada", progress="We met twice.")
        rounds.append(committee.run().rounds)
    assert rounds[0] == rounds[1] <= 11


def test_one_job(committee: Committee) -> None:
    """A single job runs without the report, and the report alone leaves the jobs' pages as they are."""
    assert set(outcomes(committee.at("12-01").run("agenda"))) == {AGENDA}
    committee.file(ALPHA, "Ada", progress="We met.")
    assert set(outcomes(committee.run("status"))) == {STATUS}
    assert "We met." not in committee.text(AGENDA)


def test_unknown_job(committee: Committee) -> None:
    """An unknown job is wrong usage, and the sentence names those that there are."""
    with pytest.raises(OperatorError, match="no job called agendas; there are agenda, front-page, call, ") as raised:
        committee.run("agendas")
    assert raised.value.usage


@pytest.mark.parametrize("text", ["[]", '{"name": 7}', '{"root": "Committee"}', '{"name": "A", "colour": "red"}'])
def test_unusable_configuration(committee: Committee, text: str) -> None:
    """Where the configuration can't be used nothing is changed, and the report says why."""
    committee.at("12-01").configure(text)
    before = everything(committee)
    report = committee.run()
    assert (report.exit_status, everything(committee)) == (2, before)
    assert report.faults[0].sentences


def test_one_bad_configuration_of_two(committee: Committee) -> None:
    """A process whose configuration is bad stands still; another goes on."""
    committee.save(f"User:{BOT}/Bad.json", json.dumps({"name": "Bad"}), "Admin")
    report = committee.at("12-01").run()
    assert (report.exit_status, outcomes(report)[AGENDA]) == (2, "saved")


def test_two_processes_with_the_same_agendas(committee: Committee) -> None:
    """Two processes whose agendas would be the same pages both stand still, and the report says why."""
    committee.save(f"User:{BOT}/Twin.json", json.dumps(committee.configuration), "Admin")
    before = everything(committee)
    report = committee.at("12-01").run()
    assert (report.exit_status, len(report.faults), everything(committee)) == (2, 2, before)


def test_two_processes_with_the_same_front_page(committee: Committee) -> None:
    """Two processes with agendas of their own whose front page would be the same stand still as well."""
    twin = {**committee.configuration, "titles": {"agenda": "{root}/Other/{date}"}}
    committee.save(f"User:{BOT}/Twin.json", json.dumps(twin), "Admin")
    before = everything(committee)
    report = committee.at("12-01").run()
    assert (report.exit_status, everything(committee)) == (2, before)
    assert [len(faults.sentences) for faults in report.faults] == [1, 1]


def test_no_configuration() -> None:
    """Without any configuration there is nothing to do, and the sentence says what is missing."""
    committee = Committee()
    committee.wiki.delete(CONFIGURATION)
    with pytest.raises(OperatorError, match=r"no page User:StrategyBot/<Process>\.json"):
        committee.run()


def test_stop_page(committee: Committee) -> None:
    """A set stop page lets nothing be written."""
    committee.at("12-01").save(f"User:{BOT}/Run", "no", "Passer-by")
    before = everything(committee)
    report = committee.run()
    assert (report.exit_status, everything(committee)) == (1, before)
    assert set(outcomes(report).values()) == {"stop page"}


def test_stop_page_of_one_job(committee: Committee) -> None:
    """A stop page of one job stops that job alone, and the status page says so."""
    committee.at("12-01").save(f"User:{BOT}/Run/agenda", "no", "Passer-by")
    report = committee.run()
    stopped = {title: outcome for title, outcome in outcomes(report).items() if outcome != "saved"}
    assert stopped == {AGENDA: "stop page"}
    assert {FRONT_PAGE, STATUS} < outcomes(report).keys()
    assert "|key=stop-stopped|1=User:StrategyBot/Run/agenda|2=Passer-by}}" in committee.text(STATUS)


def test_blocked(committee: Committee) -> None:
    """A blocked account changes nothing and says so."""
    committee.wiki.block(BOT)
    with pytest.raises(OperatorError, match="The account StrategyBot is blocked"):
        committee.at("12-01").run()


def test_trial() -> None:
    """A process on trial writes below its trial page alone, and converges there."""
    committee = Committee(trial=True)
    before = set(everything(committee))
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    assert set(outcomes(committee.run()).values()) == {"saved"}
    made = set(everything(committee)) - before - {f"{ALPHA}/Updates/2026-12-10"}
    assert {title for title in made if not title.startswith(f"User:{BOT}/Trial/")} == set()
    assert {f"User:{BOT}/Trial/{title}" for title in (AGENDA, FRONT_PAGE, STATUS)} < made
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_conflict_is_planned_anew(committee: Committee) -> None:
    """Where another process of the bot writes the same place in between, the job is planned anew in the same run."""
    committee.at("12-01").run()
    committee.file(ALPHA, "Ada", progress="First.")
    moved_on = iter([True])

    def meanwhile(_: object) -> bool:
        if next(moved_on, False):
            committee.file(ALPHA, "Ada", progress="Second.")
            committee.run()
        return True

    report = Session(committee.wiki, now=committee.now, pause=meanwhile).run()
    assert outcomes(report)[AGENDA] == "unchanged"
    assert "Second." in committee.text(AGENDA)
    assert committee.wiki.requests["edit"] > 4


def test_topic_proposed_meanwhile(committee: Committee) -> None:
    """A topic that somebody proposes between the bot's reading and its saving stays, and the next run counts it."""
    committee.at("12-01").run()
    committee.file(ALPHA, "Ada", progress="First.")
    proposal = committee.text(AGENDA).replace("<!-- slot:proposed -->\n", "<!-- slot:proposed -->\n* A topic\n")
    moved_on = iter([True])

    def meanwhile(_: object) -> bool:
        if next(moved_on, False):
            committee.save(AGENDA, proposal, "Bo")
        return True

    Session(committee.wiki, now=committee.now, pause=meanwhile).run()
    committee.run()
    text = committee.text(AGENDA)
    assert "First." in text
    assert "<!-- slot:proposed -->\n* A topic\n" in text
    assert "item-proposed|id=proposed|minutes=" in text


def test_broken_job_is_reported(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours in one job is told to the operator, and the others go on."""

    def broken(*_: object):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("on purpose")
        yield

    monkeypatch.setitem(JOBS, "broken", broken)
    report = committee.at("12-01").run()
    assert outcomes(report)[AGENDA] == "saved"
    assert report.exit_status == 1
    assert "ZeroDivisionError: on purpose" in report.crashes[0]


def test_status_alone_tells_the_same(committee: Committee) -> None:
    """Running the report alone tells the same problems as a whole run."""
    committee.at("12-01").run()
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine!", "Passer-by")
    committee.file(ALPHA, "Ada", progress="We met.")
    committee.run()
    assert outcomes(committee.run("status")) == {STATUS: "unchanged"}


def test_plan_shows_the_status_page_too(committee: Committee) -> None:
    """The status page that a dry run shows is the one that the run makes, but for the number that nobody knows yet."""
    committee.at("12-01")
    planned = committee.run(dry_run=True).done["status", committee.page(STATUS).asked]
    committee.run()
    assert re.sub(r"revision=\d+", "", planned.edit.text) == re.sub(r"revision=\d+", "", committee.text(STATUS))


@pytest.mark.parametrize("stopped", ["Run", "Run/install"])
def test_install_is_stopped_like_any_job(committee: Committee, stopped: str) -> None:
    """A stop page that says stop, or one that is gone, stops the installation."""
    files = {Title("Template:Steering group/X"): "x"}
    committee.save(f"User:{BOT}/{stopped}", "no", "Passer-by")
    other = {"Run": "Run/install", "Run/install": "Run"}[stopped]
    committee.wiki.delete(Title(f"User:{BOT}/{other}"))
    report = install_session(committee.wiki, files)
    assert {done.outcome.kind for done in report.done.values()} == {Kind.STOPPED}
