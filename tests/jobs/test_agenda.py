"""The agenda over the life of a meeting."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from strategybot.jobs.composition import compose
from strategybot.model.page import Title
from strategybot.model.roster import Names, Roster
from strategybot.model.source import Source
from strategybot.model.update import State, Update, Wording
from strategybot.printing import sentence
from strategybot.session import Session
from tests.committee import (
    AGENDA,
    ALPHA,
    BETA,
    NEXT_AGENDA,
    STATUS,
    Committee,
    moment,
    outcomes,
    problems,
    roster,
    update,
)


def report(text: str, group: str) -> str:
    """What stands below a group's heading."""
    found = re.search(rf"^=== {group} ===\n(.*?)(?=^==|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_opens(committee: Committee) -> None:
    """The agenda is made when it opens, two weeks before the meeting, and not earlier."""
    assert AGENDA not in outcomes(committee.at("11-26T14:59").run())
    assert outcomes(committee.at("11-26T15:00").run())[AGENDA] == "saved"


def test_nothing_filed(committee: Committee) -> None:
    """A group that has filed nothing has the button in place of its report."""
    committee.at("12-01").run()
    assert "|state=missing|" in report(committee.text(AGENDA), "Alpha")


def test_filed(committee: Committee) -> None:
    """A report stands under its group with who filed it and the revision, the other topics under their headings."""
    committee.at("12-01")
    revision = committee.file(ALPHA, "Ada", progress="We met.", needs="* Travel: two visas", questions="Who?")
    committee.run()
    text = committee.text(AGENDA)
    assert f"|state=filed|user=Ada|time=2026-12-01T00:00Z|revision={revision}|" in report(text, "Alpha")
    assert "We met." in report(text, "Alpha")
    assert "Travel: two visas" in text.split("id=needs")[1].split("\n== ")[0]
    assert "Who?" in text.split("id=questions")[1].split("\n== ")[0]


def test_changes_with_updates(committee: Committee) -> None:
    """Filing, changing and withdrawing an update each change the agenda at the next run."""
    committee.at("12-01").file(ALPHA, "Ada", progress="First.")
    committee.run()
    committee.at("12-02").file(ALPHA, "Ada", progress="Second.")
    committee.run()
    assert "Second." in committee.text(AGENDA)
    assert "First." not in committee.text(AGENDA)
    committee.at("12-03").save(f"{ALPHA}/Updates/2026-12-10", "", "Ada")
    committee.run()
    assert "|state=missing|" in report(committee.text(AGENDA), "Alpha")


def test_waiting(committee: Committee) -> None:
    """What a stranger filed is announced without its text, and the problem is told to whoever can mend it."""
    committee.at("12-01").file(ALPHA, "Eve", progress="Buy this.")
    found = problems(committee.run())
    assert "|state=waiting|user=Eve|" in report(committee.text(AGENDA), "Alpha")
    assert found == [("update-waiting", f"{ALPHA}/Updates/2026-12-10")]
    assert "Buy this." not in committee.text(AGENDA)


def test_second_run(committee: Committee) -> None:
    """A second run right after the first makes no edit."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.run()
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_closed_as_of_start(committee: Committee) -> None:
    """The first run after the start makes the agenda as it stood at the start, though things were filed since."""
    committee.at("12-01").file(ALPHA, "Ada", progress="In time.")
    committee.at("12-10T15:01").file(ALPHA, "Ada", progress="Too late.")
    committee.file(BETA, "Bo", progress="Much too late.")
    committee.at("12-11").run()
    text = committee.text(AGENDA)
    assert "|state=closed|" in text
    assert "In time." in report(text, "Alpha")
    assert "|state=none|" in report(text, "Beta")
    assert "late." not in text


def test_late_goes_on_the_next(committee: Committee) -> None:
    """What was filed after the start stands on the next agenda, marked as late; what was there in time doesn't."""
    committee.at("12-01").file(ALPHA, "Ada", progress="In time.", questions="Who?")
    committee.at("12-10T16:00").file(ALPHA, "Ada", progress="In time.", questions="Who else?")
    committee.file(BETA, "Bo", progress="Too late.")
    committee.at("2027-01-02").run()
    text = committee.text(NEXT_AGENDA)
    assert "Too late." in report(text, "Beta")
    assert "{{Steering group/Line|late|{{Steering group/Date|2026-12-10}}}}" in report(text, "Beta")
    assert "Who else?" in text
    assert "In time." not in text


def test_closed_agenda_keeps(committee: Committee) -> None:
    """A closed agenda changes neither with later filings nor with the configuration."""
    committee.at("12-01").file(ALPHA, "Ada", progress="In time.")
    committee.at("12-10T15:00").run()
    before = committee.text(AGENDA)
    committee.at("12-11").file(BETA, "Bo", progress="Too late.")
    committee.configure({**committee.configuration, "groups": ["Beta"]})
    committee.at("12-12").run()
    assert committee.text(AGENDA) == before


def withdraw_by_emptying(committee: Committee) -> None:
    committee.save(f"{ALPHA}/Updates/2026-12-10", "", "Ada")


def withdraw_by_deleting(committee: Committee) -> None:
    committee.wiki.delete(Title(f"{ALPHA}/Updates/2026-12-10"))


def withdraw_by_hiding(committee: Committee) -> None:
    revision = committee.page(f"{ALPHA}/Updates/2026-12-10").revision
    assert revision
    committee.save(f"{ALPHA}/Updates/2026-12-10", "", "Admin")
    committee.wiki.hide(revision.id)


@pytest.mark.parametrize("withdraw", [withdraw_by_emptying, withdraw_by_deleting, withdraw_by_hiding])
@pytest.mark.parametrize("moment_of_withdrawal", ["12-05", "12-11"])
def test_withdrawn_means_gone(committee: Committee, withdraw, moment_of_withdrawal: str) -> None:  # type: ignore[no-untyped-def]
    """What is emptied, deleted or hidden at its source leaves the agenda at the next run, a closed one too."""
    committee.at("12-01").file(ALPHA, "Ada", progress="Private matters.")
    committee.run()
    committee.at("12-10T15:00" if moment_of_withdrawal > "12-10" else "12-02").run()
    assert "Private matters." in committee.text(AGENDA)
    withdraw(committee.at(moment_of_withdrawal))
    committee.run()
    assert "Private matters." not in committee.text(AGENDA)
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_topic_withdrawn_after_the_start(committee: Committee) -> None:
    """A single field that is emptied after the start leaves the closed agenda; the others stay as they were."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", questions="Who told you?")
    committee.at("12-10T15:00").run()
    committee.at("12-11").file(ALPHA, "Ada", progress="We met twice.")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    assert "Who told you?" not in committee.text(AGENDA)
    assert "We met twice." not in committee.text(AGENDA)


def test_tampering_after_the_start(committee: Committee) -> None:
    """A stranger who changes an update after the start changes no closed agenda, and it doesn't go on the next."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.at("12-10T15:00").run()
    committee.at("12-11").file(ALPHA, "Eve", progress="We did not meet.")
    committee.at("2027-01-02").run()
    assert "We met." in committee.text(AGENDA)
    assert "We did not meet." not in committee.text(NEXT_AGENDA)


def test_proposed_topics_stay(committee: Committee) -> None:
    """What people write in the place for topics is carried along to the letter, and gets minutes."""
    committee.at("12-01").run()
    proposal = "* A [[topic]]   with {{odd}} spacing\n\n\n* another"
    text = committee.text(AGENDA).replace("<!-- slot:proposed -->\n", f"<!-- slot:proposed -->\n{proposal}\n")
    committee.save(AGENDA, text, "Passer-by")
    committee.at("12-02").file(ALPHA, "Ada", progress="We met.")
    assert outcomes(committee.run())[AGENDA] == "saved"
    assert f"<!-- slot:proposed -->\n{proposal}\n<!-- /slot:proposed -->" in committee.text(AGENDA)
    assert "item-proposed|id=proposed|minutes=" in committee.text(AGENDA)
    assert "We met." in committee.text(AGENDA)


def test_problem_beside_the_report(committee: Committee) -> None:
    """What is wrong with an update stands beside the group's report."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", colour="red")
    committee.run()
    assert f"{{{{Steering group/Problem|update-odd-field|colour|page={ALPHA}/Updates/2026-12-10}}}}" in report(
        committee.text(AGENDA), "Alpha"
    )


def test_expected(committee: Committee) -> None:
    """Coordinators and the core team are expected, and who waits for confirmation is named as waiting."""
    committee.save(ALPHA, roster("Ada", "Abel", "Eve"), "Eve")
    committee.at("12-01").run()
    text = committee.text(AGENDA)
    assert "{{Steering group/Member|Ada|group=Alpha}}" in text
    assert "{{Steering group/Member|Cora|role=core-team}}" in text
    assert "{{Steering group/Waiting member|Eve|group=Alpha|by=Eve|" in text


def test_shared_needs(committee: Committee) -> None:
    """Needs stand by kind, those that several groups share first, named with the groups."""
    committee.at("12-01").file(ALPHA, "Ada", needs="* A training\n* Travel: two visas")
    committee.file(BETA, "Bo", needs="* Voyage de trois personnes", lang="fr")
    committee.run()
    needs = committee.text(AGENDA).split("id=needs")[1].split("\n== ")[0]
    assert re.findall(r"Text\|need-(\w+)", needs) == ["travel", "training"]
    assert "{{Steering group/Shared|2|Alpha, Beta}}" in needs


def test_does_not_fit(committee: Committee) -> None:
    """Where the items can't fit, the page says how many minutes they need at the least."""
    committee.configure(
        {**committee.configuration, "steering_group": {"first_meeting": "2026-12-10T15:00", "minutes": 10}}
    )
    committee.at("12-01").run()
    assert "|minutes=10|" in committee.text(AGENDA)
    assert "|planned=16}}" in committee.text(AGENDA)


def test_no_agenda_from_before_the_process() -> None:
    """There is no agenda for meetings that had begun before the process was configured."""
    committee = Committee(steering_group={"first_meeting": "2026-09-10T15:00"})
    committee.at("11-02").run()
    assert set(outcomes(committee.run("agenda"))) == {AGENDA.replace("12-10", "11-12")}


def test_long_statement() -> None:
    """A very long statement is cut, with a link to the whole."""
    committee = Committee(longest_statement=200)
    committee.at("12-01")
    revision = committee.file(ALPHA, "Ada", progress="Many words. " * 100)
    committee.run()
    text = report(committee.text(AGENDA), "Alpha")
    assert len(text) < 1000
    assert f"{{{{Steering group/Line|cut|{revision}}}}}" in text


def test_problems_are_collected(committee: Committee) -> None:
    """What is wrong with the groups' pages comes with the run's report, each once."""
    committee.wiki.delete(Title(BETA))
    committee.at("12-01").save(f"{ALPHA}/Updates/2026-12-10", "Hello.", "Ada")
    assert sorted(problems(committee.run())) == [
        ("group-page-missing", BETA),
        ("update-without-template", f"{ALPHA}/Updates/2026-12-10"),
    ]


def test_compose_gives_each_statement_its_source(committee: Committee) -> None:
    """Every statement carries the source of the update that it comes from."""
    process = committee.process
    meeting = process.body.meetings.following(moment("12-01"))
    assert meeting
    group = process.groups[0]
    source = Source(Title("X"), 7, "Ada", moment("12-01"))
    said = {"progress": (Wording("a", "en", source),), "practices": (Wording("b", "en", source),)}
    filed = Update(group, Title("X"), State.FILED, said, source)
    later = replace(source, revid=8)
    late = replace(filed, said={"practices": (Wording("c", "en", later),)}, source=later)
    found = compose(process, meeting, [(Roster(group, Names()), (filed, late))])
    practices = next(item for item in found.items if item.key == "practices")
    assert [(said.text, said.source.revid) for said in practices.statements] == [("b", 7), ("c", 8)]


def test_withdrawn_from_an_older_agenda(committee: Committee) -> None:
    """What is withdrawn leaves every closed agenda, not only the last."""
    committee.at("12-01").file(ALPHA, "Ada", progress="Private matters.")
    committee.at("12-10T15:00").run()
    committee.at("2027-01-14T15:00").run()
    committee.wiki.delete(Title(f"{ALPHA}/Updates/2026-12-10"))
    committee.at("2027-02-01").run()
    assert "Private matters." not in committee.text(AGENDA)
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_hidden_author_on_a_closed_agenda(committee: Committee) -> None:
    """A name that is hidden at its source leaves the closed agenda, with the words that nobody vouches for then."""
    committee.at("12-01")
    revision = committee.file(ALPHA, "Ada", progress="We met.")
    committee.at("12-10T15:00").run()
    committee.wiki.hide(revision, text=False, user=True)
    committee.at("12-11").run()
    assert "|user=Ada" not in committee.text(AGENDA)
    assert "We met." not in committee.text(AGENDA)


def test_vandalism_after_the_start(committee: Committee) -> None:
    """A stranger who empties an update withdraws nothing from the closed agenda; the core team does."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.at("12-10T15:00").run()
    committee.at("12-11").save(f"{ALPHA}/Updates/2026-12-10", "", "Eve")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    committee.at("12-12").save(f"{ALPHA}/Updates/2026-12-10", " \n.", "Eve")
    committee.at("12-13").save(f"{ALPHA}/Updates/2026-12-10", "", "Cora")
    committee.run()
    assert "We met." not in committee.text(AGENDA)


def test_strangers_bring_nothing_back(committee: Committee) -> None:
    """What a coordinator withdrew stays away, whatever a stranger makes of the page afterwards."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", questions="Who?")
    committee.at("12-10T15:00").run()
    committee.at("12-11").file(ALPHA, "Ada", progress="We met.")
    committee.run()
    assert "Who?" not in committee.text(AGENDA)
    committee.at("12-12").file(ALPHA, "Eve", progress="We met.", questions="Who?", needs="Pills")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    assert "Who?" not in committee.text(AGENDA)


def test_withdrawn_before_somebody_edits_the_agenda(committee: Committee) -> None:
    """A withdrawal counts though somebody proposed a topic on the agenda after it."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", questions="Who?")
    committee.at("12-10T15:00").run()
    committee.at("12-11T10:00").file(ALPHA, "Ada", progress="We met.")
    text = committee.text(AGENDA).replace("<!-- slot:proposed -->\n", "<!-- slot:proposed -->\n* Thanks!\n")
    committee.at("12-11T10:05").save(AGENDA, text, "Eve")
    committee.at("12-11T11:00").run()
    assert "Who?" not in committee.text(AGENDA)
    assert "* Thanks!" in committee.text(AGENDA)


def test_withdrawal_beside_a_lost_roster(committee: Committee) -> None:
    """What one group withdraws takes no other group's words along, though that group's page is gone."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.file(BETA, "Bo", progress="So did we.")
    committee.at("12-10T15:00").run()
    committee.wiki.delete(Title(ALPHA))
    committee.at("12-11").save(f"{BETA}/Updates/2026-12-10", "", "Bo")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    assert "So did we." not in committee.text(AGENDA)


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00Z", "9999-12-31T23:59-14:00", "x"])
def test_strangers_agenda(committee: Committee, start: str) -> None:
    """A page that a stranger puts among the agendas is none of the bot's matter."""
    agenda = f"{{{{Steering group/Agenda|state=draft|start={start}|meeting=x|minutes=60}}}}"
    committee.at("12-01").save(AGENDA.replace("2026-12-10", "x"), agenda, "Eve")
    found = committee.run("agenda")
    assert (found.exit_status, set(outcomes(found))) == (0, {AGENDA})


def test_closed_after_a_broken_configuration(committee: Committee) -> None:
    """A meeting whose start found the configuration broken is closed once it is mended."""
    committee.at("12-01").run()
    committee.at("12-09").configure("[]")
    committee.at("12-11").configure(committee.configuration)
    committee.at("12-12").run()
    assert "|state=closed|" in committee.text(AGENDA)


def test_change_of_time_after_the_meeting(committee: Committee) -> None:
    """A closed agenda doesn't change with the hour of the meetings to come."""
    committee.at("12-10T15:00").run()
    before = committee.text(AGENDA)
    committee.at("12-10T15:20").file(ALPHA, "Ada", progress="Too late.")
    committee.at("12-11").configure(
        {**committee.configuration, "steering_group": {"first_meeting": "2026-12-10T16:00"}}
    )
    committee.at("12-12").run()
    assert committee.text(AGENDA) == before


def test_late_filings_cost_nothing_in_the_long_run(committee: Committee) -> None:
    """Looking after closed agendas takes as many requests for one as for several, late filings or not."""
    costs = []
    for start in ("2026-12-10", "2027-01-14", "2027-02-11"):
        committee.at(f"{start}T15:00").run()
        committee.at(f"{start}T16:00").file(ALPHA, "Ada", start, progress="Too late.")
        costs.append(committee.at(f"{start}T17:00").run().requests)
    assert costs[1] == costs[2]


def test_draft_saved_after_the_start(committee: Committee) -> None:
    """A draft that was planned before the start and saved after it is closed by the next run all the same."""
    committee.at("12-10T14:59:58")
    Session(committee.wiki, now=committee.now, pause=lambda _: bool(committee.at("12-10T15:00:03"))).run()
    assert "|state=draft|" in committee.text(AGENDA)
    committee.at("12-10T15:05").run()
    assert "|state=closed|" in committee.text(AGENDA)


def test_closed_after_a_long_outage(committee: Committee) -> None:
    """A draft is closed as of its start after an outage over the next meeting, too."""
    committee.at("12-01").file(ALPHA, "Ada", progress="In time.")
    committee.run()
    committee.at("12-20").file(ALPHA, "Ada", progress="Too late.")
    committee.at("2027-01-20").run()
    assert "|state=closed|" in committee.text(AGENDA)
    assert "In time." in committee.text(AGENDA)


def test_change_of_cadence(committee: Committee) -> None:
    """A new cadence makes no agenda for a day on which nobody met, and the meeting that was held is closed."""
    committee.at("12-01").run()
    moved = {"first_meeting": "2026-12-07T15:00", "repeat": "FREQ=MONTHLY;BYDAY=1MO"}
    committee.at("12-20").configure({**committee.configuration, "steering_group": moved})
    assert AGENDA.replace("12-10", "12-07") not in outcomes(committee.run())
    assert "|state=closed|" in committee.text(AGENDA)


def test_late_words_stay_when_the_next_agenda_closes(committee: Committee) -> None:
    """What came too late for one meeting stands on the next one's agenda, and stays there when that closes."""
    committee.at("12-10T15:00").run()
    committee.at("12-11").file(BETA, "Bo", progress="Late words.")
    committee.at("2027-01-14T15:00").run()
    assert "Late words." in committee.text(NEXT_AGENDA)


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", ""])
def test_odd_calls_in_the_slot(committee: Committee, number: str) -> None:
    """Calls of our templates that somebody writes on a closed agenda break nothing."""
    committee.at("12-01").run()
    call = f"* {{{{Steering group/Source|revision={number}|page={ALPHA}}}}}\n"
    text = committee.text(AGENDA).replace("<!-- slot:proposed -->\n", f"<!-- slot:proposed -->\n{call}")
    committee.save(AGENDA, text, "Eve")
    report_ = committee.at("12-11").run()
    assert report_.crashes == []
    assert "|state=closed|" in committee.text(AGENDA)


def test_many_needs(committee: Committee) -> None:
    """Of very many needs some are shown, with a link to all."""
    committee.at("12-01")
    revision = committee.file(ALPHA, "Ada", needs="*a\n" * 1330)
    committee.run()
    assert committee.text(AGENDA).count("|dir=") + committee.text(AGENDA).count("<span lang=") == 12
    assert f"{{{{Steering group/Text|points-cut|{revision}}}}}" in committee.text(AGENDA)


# --- Sections, several filings, translations

UPDATES = f"{ALPHA}/Updates"


def section(date: str = "2026-12-10", **fields: str) -> str:
    return f"== {date} ==\n{update(**fields)}\n"


def test_later_filing(committee: Committee) -> None:
    """A later filing is told beside the report, with links to both, and each statement has its own source."""
    first = committee.at("12-01").file(ALPHA, "Ada", progress="We met.", needs="Visas")
    second = committee.at("12-03").save(UPDATES, section(progress="We met twice."), "Abel")
    committee.run()
    text = report(committee.text(AGENDA), "Alpha")
    assert f"|state=filed|user=Ada|time=2026-12-01T00:00Z|revision={first}|page={ALPHA}/Updates/2026-12-10|" in text
    assert f"|state=later|user=Abel|time=2026-12-03T00:00Z|revision={second}|page={UPDATES}|before={first}}}}}" in text
    assert "We met twice." in text
    assert "We met." not in text
    source = "{{Steering group/Source|group=Alpha|user="
    assert f"{source}Abel|time=2026-12-03T00:00Z|revision={second}|page={UPDATES}}}}}" in text
    assert f"Visas</span> {source}Ada|" in committee.text(AGENDA)


def test_translation(committee: Committee) -> None:
    """A translation stands after the original, marked with its language and direction, and counts as no other need."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", needs="* Travel: two visas", lang="en")
    committee.file(BETA, "Bo", needs="* Travel")
    translated = section(progress="اجتمعنا.", needs="* السفر: تأشيرتان\n* سفر آخر", lang="ar")
    revision = committee.at("12-03").save(UPDATES, translated, "Abel")
    committee.run()
    text = committee.text(AGENDA)
    assert f"|state=translated|lang=ar|user=Abel|time=2026-12-03T00:00Z|revision={revision}|" in report(text, "Alpha")
    original, translation = report(text, "Alpha").split("{{Steering group/Translation|ar}}")
    assert '<div lang="en" dir="ltr"' in original
    assert "We met." in original
    assert '<div lang="ar" dir="rtl"' in translation
    assert "اجتمعنا." in translation
    needs = text.split("id=needs")[1].split("\n== ")[0]
    assert "{{Steering group/Shared|2|Alpha, Beta}}" in needs
    assert needs.count("<span lang=") == 2
    assert needs.split("{{Steering group/Translation|ar}}")[1].count("السفر") == 1
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_waiting_beside_what_is_filed(committee: Committee) -> None:
    """What a stranger adds is announced below the group's own report."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.save(UPDATES, section(progress="Buy this."), "Eve")
    committee.run()
    text = report(committee.text(AGENDA), "Alpha")
    assert text.index("|state=filed|user=Ada|") < text.index("|state=waiting|user=Eve|")
    assert f"|page={UPDATES}}}}}" in text
    assert "Buy this." not in committee.text(AGENDA)


def test_a_line_for_each_problem(committee: Committee) -> None:
    """Every problem stands beside the report and on the status page; a field of the form is named by its label."""
    odd = "progress=We met.|progress=Again.|so|colour=red\n|needs={|\n| a\n|}\n|lang=French"
    committee.at("12-01").save(UPDATES, f"== 2026-12-10 ==\nHi!\n{{{{Steering group/Update|{odd}}}}}", "Ada")
    found = committee.run()
    text, status = report(committee.text(AGENDA), "Alpha"), committee.text(STATUS)
    calls = ["outside-text", "doubled-field|{{Steering group/Text|topic-progress}}", "cut-field", "odd-field|colour"]
    calls += ["table-field|{{Steering group/Text|topic-needs}}", "odd-language|French"]
    assert re.findall(rf"\{{\{{Steering group/Problem\|update-(.*)\|page={UPDATES}\}}\}}", text) == calls
    assert "|key=update-table-field|1={{Steering group/Text|topic-needs}}}}" in status
    sentences = [sentence(problem) for problem in found.problems]
    assert any("the field “Support needs”" in one for one in sentences)
    assert any("“Progress” is there twice" in one for one in sentences)


def test_problems_of_the_page_of_updates_are_told_once(committee: Committee) -> None:
    """What is wrong with the page of updates stands once on the agenda, late filings or not."""
    committee.at("12-10T15:00").run()
    committee.at("12-11").save(UPDATES, section(progress="Late.") + section("Soon", progress="x"), "Ada")
    committee.at("2027-01-02").run()
    assert report(committee.text(NEXT_AGENDA), "Alpha").count("update-no-meeting") == 1
    assert "Late." in report(committee.text(NEXT_AGENDA), "Alpha")


def test_sections_late_and_for_the_next_meeting(committee: Committee) -> None:
    """What came late in a section stands on the next agenda beside what was filed for that, each with its source."""
    committee.at("12-01").save(UPDATES, section(progress="In time."), "Ada")
    committee.at("12-10T15:00").run()
    text = section(progress="In time.") + section(progress="Late.")
    late = committee.at("12-11").save(UPDATES, text, "Ada")
    new = committee.at("12-20").save(UPDATES, text + section("2027-01-14", progress="New."), "Ada")
    committee.at("2027-01-02").run()
    found = report(committee.text(NEXT_AGENDA), "Alpha")
    assert "In time." not in committee.text(NEXT_AGENDA)
    assert re.findall(r"Source\|.*\|revision=(\d+)\|", found) == [str(new), str(late)]


def test_late_translation_is_no_news(committee: Committee) -> None:
    """A translation that comes after the meeting goes on no agenda."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", lang="en")
    committee.at("12-10T15:00").run()
    committee.at("12-11").save(UPDATES, section(progress="Réunis.", lang="fr"), "Ada")
    committee.at("2027-01-02").run()
    assert "Réunis." not in committee.text(NEXT_AGENDA)
    assert "|state=missing|" in report(committee.text(NEXT_AGENDA), "Alpha")


def closed(committee: Committee, text: str, *more: str) -> None:
    """A closed agenda with these sections, filed one after the other by Ada."""
    written = ""
    for day, one in enumerate((text, *more), 1):
        written += one
        committee.at(f"12-0{day}").save(UPDATES, written, "Ada")
    committee.at("12-10T15:00").run()


FIRST = section(progress="We met.", questions="Who?")
SECOND = section(progress="We met twice.", needs="Visas")
FRENCH = section(progress="Réunis.", questions="Qui ?", lang="fr")


@pytest.mark.parametrize(
    ("before", "after", "shown", "gone"),
    [
        ((FIRST,), "", [], ["We met.", "Who?"]),
        ((FIRST,), section(progress="We met."), ["We met."], ["Who?"]),
        ((FIRST,), section(progress="We fled."), ["We met."], ["Who?", "We fled."]),
        ((FIRST,), section("2027-01-14", progress="We met.", questions="Who?"), [], ["We met.", "Who?"]),
        ((FIRST, SECOND), FIRST, ["We met.", "Who?"], ["We met twice.", "Visas"]),
        ((FIRST, SECOND), SECOND, ["We met twice.", "Visas"], ["Who?"]),
        ((FIRST, SECOND), FIRST + section(progress="We met twice."), ["We met twice.", "Who?"], ["Visas"]),
        ((FIRST, SECOND), FIRST + section(needs="Visas"), ["We met.", "Who?", "Visas"], ["We met twice."]),
        ((FIRST, SECOND), section(progress="Other."), [], ["We met.", "Who?", "We met twice.", "Visas", "Other."]),
        ((FIRST, FRENCH), FIRST, ["We met.", "Who?"], ["Réunis.", "Qui ?", "Translation|fr"]),
        ((FIRST, FRENCH), FRENCH, ["Réunis.", "Qui ?"], ["We met.", "Who?", "Translation|fr"]),
        ((FIRST, FRENCH), FIRST + section(progress="Réunis.", lang="fr"), ["Who?", "Réunis."], ["Qui ?"]),
        ((FIRST, FRENCH), section(progress="We met.") + FRENCH, ["We met.", "Qui ?"], ["Who?"]),
        ((FIRST, FRENCH), section(progress="We met.", questions="Who?", lang="en") + FRENCH, ["Who?", "Qui ?"], []),
    ],
)
def test_withdrawn_from_sections(
    committee: Committee, before: tuple[str, ...], after: str, shown: list[str], gone: list[str]
) -> None:
    """What leaves a section after the meeting leaves the closed agenda, and nothing else does."""
    closed(committee, *before)
    committee.at("12-11").save(UPDATES, after, "Ada")
    committee.run()
    text = committee.text(AGENDA)
    assert [words for words in shown if words not in text] == []
    assert [words for words in gone if words in text] == []
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_withdrawn_section_hidden_page(committee: Committee) -> None:
    """A page of updates that is deleted takes its words along, and leaves those of the page for the meeting."""
    committee.at("12-01").file(ALPHA, "Ada", questions="Who?")
    closed(committee, section(progress="We met."))
    committee.wiki.delete(Title(UPDATES))
    committee.at("12-11").run()
    assert "We met." not in committee.text(AGENDA)
    assert "Who?" in committee.text(AGENDA)


def test_other_sections_after_the_meeting(committee: Committee) -> None:
    """A closed agenda changes with no other section, and looking after it then costs no history."""
    closed(committee, section("2026-11-12", progress="Old.") + FIRST)
    before, cost = committee.text(AGENDA), committee.run().requests
    committee.at("12-12").save(UPDATES, FIRST + section("2027-01-14", progress="New."), "Ada")
    committee.run()
    assert committee.text(AGENDA) == before
    assert committee.run().requests == cost


def test_strangers_withdraw_no_section(committee: Committee) -> None:
    """A stranger who removes or changes a section withdraws nothing, whatever a coordinator edits elsewhere since."""
    closed(committee, FIRST)
    committee.at("12-11").save(UPDATES, section(progress="We fled."), "Eve")
    committee.run()
    assert "Who?" in committee.text(AGENDA)
    committee.at("12-12").save(UPDATES, section(progress="We fled.") + section("2027-01-14", progress="x"), "Ada")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    assert "Who?" in committee.text(AGENDA)


@pytest.mark.parametrize("edits", [0, 1, 30])
def test_strangers_keep_no_withdrawn_section(committee: Committee, edits: int) -> None:
    """A stranger's section beside a withdrawn one, or edits after it, keep no word of it."""
    committee.at("12-01").save(UPDATES, section(needs="Pills"), "Eve")
    committee.at("12-02").save(UPDATES, section(needs="Pills") + FIRST, "Ada")
    committee.at("12-10T15:00").run()
    assert "We met." in committee.text(AGENDA)
    committee.at("12-11").save(UPDATES, section(needs="Pills"), "Ada")
    for number in range(edits):
        committee.at(f"12-12T10:{number:02}").save(UPDATES, section(needs=f"Pills {number}"), "Eve")
    committee.at("12-13").run()
    assert "We met." not in committee.text(AGENDA)
    assert "Pills" not in committee.text(AGENDA)


def test_nobody_vouches_for_themselves(committee: Committee) -> None:
    """Who waits on a closed agenda, or names themselves in its slot, isn't believed when it is made anew."""
    committee.at("12-01").save(UPDATES, section(progress="Buy this."), "Eve")
    committee.file(ALPHA, "Ada", progress="We met.", questions="Who?")
    committee.at("12-10T15:00").run()
    assert "|state=waiting|user=Eve|" in committee.text(AGENDA)
    committee.at("12-11").file(ALPHA, "Ada", progress="We met.")
    call = f"* {{{{Steering group/Source|group=Alpha|user=Eve|revision=1|page={UPDATES}}}}}\n"
    text = committee.text(AGENDA).replace("<!-- slot:proposed -->\n", f"<!-- slot:proposed -->\n{call}")
    committee.save(AGENDA, text, "Eve")
    committee.run()
    assert "Who?" not in committee.text(AGENDA)
    assert "Buy this." not in committee.text(AGENDA)


def test_pages_of_updates_cost_no_requests() -> None:
    """Nine groups with sections take as many requests as without, and ninety as many rounds."""
    costs = []
    for count, place in ((9, "{group}/Updates/2026-12-10"), (9, "{group}/Updates"), (90, "{group}/Updates")):
        committee = Committee(groups=[f"Group {number}" for number in range(count)])
        committee.wiki.add_account("StrategyBot", ("bot",))
        for number in range(count):
            page = f"Committee/Working Groups/Group {number}"
            committee.at("11-02").save(page, roster("Ada"), "Cora")
            committee.at("12-01").save(place.replace("{group}", page), section(progress="We met."), "Ada")
        found = committee.run()
        assert committee.text(AGENDA).count("We met.") == count
        costs.append((found.rounds, found.requests["read"], found.requests["history"]))
    assert costs[0] == costs[1]
    assert costs[1][0] == costs[2][0]


def test_late_section_in_place_of_a_withdrawn_one(committee: Committee) -> None:
    """A section that was added after the meeting keeps no word of one that is removed after that."""
    closed(committee, FIRST)
    late = section(progress="Late.", questions="Late?")
    committee.at("12-11").save(UPDATES, FIRST + late, "Ada")
    committee.run()
    assert "Who?" in committee.text(AGENDA)
    committee.at("12-12").save(UPDATES, late, "Ada")
    committee.run()
    assert "We met." not in committee.text(AGENDA)
    assert "Who?" not in committee.text(AGENDA)
    assert "Late" not in committee.text(AGENDA)
