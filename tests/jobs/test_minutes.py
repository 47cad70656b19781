"""The pages for minutes, and who is asked for late ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from strategybot.inquiries.calendars import scheduled
from strategybot.jobs.minutes import minutes
from strategybot.jobs.plan import Plan
from strategybot.model.page import Title
from strategybot.reading.minutes import read_minutes
from tests.committee import ALPHA, BETA, BOT, Committee, outcomes, problems, roster

BODY = "Committee/Working Groups/Steering Group"
ARCHIVE = f"{BODY}/Minutes"
MINUTES = f"{ARCHIVE}/2026-12-10"
GAMMA = "Committee/Working Groups/Gamma"
ENGLISH = """\
{{Steering group/Minutes page|body=Steering Group|meeting=2026-12-10|start=2026-12-10T15:00Z|minutes=60|place=|local=\
https://zonestamp.toolforge.org/1796914800|agenda=Committee/Working Groups/Steering Group/Agenda/2026-12-10|\
archive=Committee/Working Groups/Steering Group/Minutes|minute taker=}}

== Participants ==

== Apologies ==

== Expected: move to Participants ==
* [[User:Ada|Ada]] – Alpha
* [[User:Abel|Abel]] – Alpha
* [[User:Bo|Bo]] – Beta
* [[User:Cora|Cora]] – core team

== Check-in ==

== Agenda review ==

== Last meeting ==

=== Open action items from earlier meetings ===
<!-- Leave an item as it is, or write “done”, “dropped” or a new date at its end. -->
* A1 – Book the room – [[User:Bo|Bo]] (due 2026-12-01)
* A2 – Draft the survey – [[User:Ada|Ada]]

== Progress and updates ==

=== Alpha ===

=== Beta ===

== Support needs ==

== Proposed topics ==

=== Who comes to the summit? ===

== Any other business ==

== Decisions ==
<!-- One decision for each list item, or the template below:
* The survey runs until the end of May.
{{Steering group/Decision|text=|owner=}} -->

== New action items ==
<!-- One for each list item: what, who, until when; or the template below:
* Draft the survey – Ada (due 2027-03-01)
{{Steering group/Action item|text=|owner=|due=}} -->

== Next meeting ==
14 January 2027, 15:00 UTC"""
FRENCH = [
    "== Participants ==",
    "== Absences excusées ==",
    "== Attendus : à déplacer sous Participants ==",
    "=== Actions en cours des réunions précédentes ===",
    "* A1 – Book the room – [[User:Bo|Bo]] (pour le 2026-12-01)",
    "== Décisions ==",
    "== Nouvelles actions ==",
    "== Prochaine réunion ==\n14 janvier 2027, 15:00 UTC",
]
EARLIER = """\
== Action items ==
* Book the room – [[User:Bo]] (due 2026-12-01)
* Draft the survey – [[User:Ada]]
"""


def prepared(**configuration: object) -> Committee:
    """A committee that has met before, with an update and a proposed topic for the next meeting."""
    committee = Committee(**configuration)
    committee.at("11-05").save(f"{ARCHIVE}/2026-11-05", EARLIER, "Ada")
    committee.at("11-26T16:00").file(ALPHA, "Ada", needs="* Travel: two visas")
    committee.run("agenda")
    agenda = committee.text(f"{BODY}/Agenda/2026-12-10")
    slot = "<!-- slot:proposed -->\n"
    committee.save(f"{BODY}/Agenda/2026-12-10", agenda.replace(slot, f"{slot}* Who comes to the summit?\n"), "Bo")
    return committee


def planned(committee: Committee, time: str) -> Plan:
    """The job's plan at a moment."""
    committee.at(time)
    return committee.ask(minutes(committee.ask(scheduled(committee.process)), committee.now))


def made(committee: Committee, *times: str) -> list[str]:
    """At which of these moments a run makes the page."""
    return [time for time in times if outcomes(committee.at(time).run("minutes")).get(MINUTES) == "saved"]


# --- The page


def test_the_page_in_english() -> None:
    """The page has all that can be known beforehand, and room for the rest."""
    committee = prepared()
    assert outcomes(committee.at("12-10T13:00").run("minutes"))[MINUTES] == "saved"
    assert committee.text(MINUTES) == ENGLISH


def test_the_page_in_french() -> None:
    """It is in the process's first language."""
    committee = prepared(languages=["fr", "en"])
    committee.at("12-10T13:00").run("minutes")
    lines = committee.text(MINUTES)
    assert [words for words in FRENCH if words not in lines] == []


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "ar"])
def test_nothing_is_read_from_a_fresh_page(language: str) -> None:
    """As it is made, the page names nobody as present, decides nothing, and has no news of open action items."""
    committee = prepared(languages=[language])
    committee.at("12-10T13:00").run("minutes")
    text = committee.text(MINUTES)
    (record,) = read_minutes(text, Title(MINUTES), (language,))
    assert record.date == "2026-12-10"
    assert (record.participants, record.apologies, record.minute_takers, record.unread) == ((), (), (), ())
    assert [(one.id, one.earlier, one.status, one.due) for one in record.noted] == [
        ("A1", True, None, "2026-12-01"),
        ("A2", True, None, ""),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "ar"])
def test_what_people_type_under_its_headings(language: str) -> None:
    """What is typed where the page has room for it is understood."""
    committee = prepared(languages=[language])
    committee.at("12-10T13:00").run("minutes")
    name, text = "* [[User:Ada|Ada]] – Alpha\n", committee.text(MINUTES)
    lines = text.replace(name, "").split("\n")
    headings = [number for number, line in enumerate(lines) if line.startswith("== ")]
    for number, typed in (
        (-2, "* Book a hall – Bo"),
        (-3, "* The survey runs until May."),
        (1, "* [[User:Bo]]"),
        (0, name),
    ):
        lines.insert(headings[number] + 1, typed)
    (record,) = read_minutes("\n".join(lines), Title(MINUTES), (language,), people=frozenset({"Ada", "Bo"}))
    assert [one.name for one in (*record.participants, *record.apologies)] == ["Ada", "Bo"]
    assert [(one.kind.value, one.text) for one in record.noted if not one.earlier] == [
        ("decision", "The survey runs until May."),
        ("action", "Book a hall"),
    ]


def test_hostile_names_and_topics() -> None:
    """What people put on the agenda and into the registers can break nothing here."""
    committee = prepared()
    agenda = committee.text(f"{BODY}/Agenda/2026-12-10")
    topic = "* == x == {{subst:y}} ~~~~ <!-- ]] [[Category:Z]]"
    committee.save(f"{BODY}/Agenda/2026-12-10", agenda.replace("* Who comes to the summit?", topic), "Bo")
    committee.at("12-10T13:00").run("minutes")
    text = committee.text(MINUTES)
    assert text.count("\n== ") == ENGLISH.count("\n== ")
    assert not {"{{subst:", "~~~~", "[[Category:"} & {
        word for word in ("{{subst:", "~~~~", "[[Category:") if word in text
    }
    assert text.count("<!--") == text.count("-->") == 3


def test_a_working_group_has_its_own() -> None:
    """A group that meets gets pages of its own, with its members; a person with several groups stands there once."""
    group = {"name": "Gamma", "meetings": {"first_meeting": "2026-12-03T18:00", "repeat": "FREQ=WEEKLY"}}
    committee = Committee(groups=["Alpha", "Beta", group])
    committee.save(GAMMA, roster("Ada", members="* [[User:Chi]]\n* [[User:Dina]]"), "Cora")
    committee.at("12-03T16:00").run("minutes")
    page = committee.text(f"{GAMMA}/Minutes/2026-12-03")
    assert "|body=Gamma|meeting=2026-12-03|" in page
    assert "* [[User:Ada|Ada]] – Gamma\n* [[User:Chi|Chi]] – Gamma\n* [[User:Dina|Dina]] – Gamma\n" in page
    assert "Cora" not in page
    assert "|date=2026-12-03|" in committee.text(f"{GAMMA}/Minutes")
    committee.at("12-10T13:00").run("minutes")
    assert "* [[User:Ada|Ada]] – Alpha, Gamma\n" in committee.text(MINUTES)


# --- When it is made


def test_when_it_is_made() -> None:
    """It is made two hours before the start, once, and made up for as long as there is time."""
    assert made(Committee(), "12-10T12:59", "12-10T13:00", "12-10T13:01", "12-11") == ["12-10T13:00"]
    assert made(Committee(), "12-10T12:59", "12-12") == ["12-12"]
    hours = {"first_meeting": "2026-12-10T15:00", "minutes_page_hours": 24}
    assert made(Committee(steering_group=hours), "12-09T14:59", "12-09T15:00") == ["12-09T15:00"]


def test_a_page_that_was_deleted() -> None:
    """A page that an admin deleted isn't made again."""
    committee = Committee()
    assert made(committee, "12-10T13:00") == ["12-10T13:00"]
    committee.wiki.delete(Title(MINUTES))
    assert made(committee, "12-10T14:00") == []


def test_it_is_never_written_again() -> None:
    """Whatever becomes of the page, the bot leaves it as it is."""
    committee = Committee()
    committee.at("12-10T13:00").run("minutes")
    for time, text in (("12-10T16:00", "We met."), ("12-11", ""), ("12-12", f"#REDIRECT [[{ALPHA}]]")):
        committee.at(time).save(MINUTES, text, "Ada")
        assert outcomes(committee.run("minutes")).get(MINUTES) is None


def test_left_out() -> None:
    """Where the bot didn't run in time, the status page says so until the next meeting, and there is no page."""
    committee = Committee()
    assert made(committee, "12-01", "2027-01-14T15:00") == []
    told = [one for one in planned(committee, "2027-01-15").problems if one.key == "step-left-out"]
    assert [one.words[:2] for one in told] == [("step-minutes", "2026-12-10")]
    assert [one.key for one in planned(committee, "2027-02-11T15:00").problems] == []


def test_a_cancelled_meeting() -> None:
    """A cancelled meeting gets no page."""
    committee = Committee()
    committee.save(f"{BODY}/Calendar", "{{Steering group/Meeting|was=2026-12-10|reason=Snow.}}", "Cora")
    assert made(committee, "12-10T13:00", "12-11") == []


def test_on_trial() -> None:
    """A process on trial has its minutes below the bot's own page."""
    committee = Committee(trial=True)
    report = committee.at("12-10T13:00").run("minutes")
    assert {title for title, outcome in outcomes(report).items() if outcome == "saved"} == {
        f"User:{BOT}/Trial/{MINUTES}",
        f"User:{BOT}/Trial/{ARCHIVE}",
    }


def test_dates_that_are_in_doubt() -> None:
    """A wrong year and a missing date are told as long as they may matter."""
    committee = Committee().at("2027-01-14T18:00")
    committee.save(f"{ARCHIVE}/2026-01-14", "'''Date:''' 14 January 2027\n\n== Decisions ==\n* We go on.", "Ada")
    committee.save(f"{ARCHIVE}/Someday", "== Decisions ==\n* We go on.", "Ada")
    told = [("minutes-year", f"{ARCHIVE}/2026-01-14"), ("minutes-no-date", f"{ARCHIVE}/Someday")]
    for time, expected in (("2027-01-15", told), ("2028-02-01", told[1:])):
        found = [(one.key, one.page.text) for one in planned(committee, time).problems]
        assert sorted(one for one in found if one[0].startswith("minutes-")) == sorted(expected)


# --- Late minutes


def asked(committee: Committee, time: str) -> list[tuple[str, str]]:
    """Who is asked for minutes at a moment, and as what."""
    return sorted((due.person, due.key.rpartition("-")[2]) for due in planned(committee, time).dues)


def test_who_is_asked() -> None:
    """First who takes the minutes, when they are due; days later the coordinators as well; none once they came."""
    committee = Committee()
    committee.at("12-10T13:00").run("minutes")
    text = committee.text(MINUTES).replace("minute taker=}}", "minute taker=[[User:Chi]]}}")
    committee.at("12-10T15:10").save(MINUTES, text, "Chi")
    coordinators = [(name, "coordinators") for name in ("Abel", "Ada", "Bo")]
    assert asked(committee, "12-13T14:59") == []
    assert asked(committee, "12-13T15:00") == [("Chi", "taker")]
    assert asked(committee, "12-17T15:00") == sorted([*coordinators, ("Chi", "taker")])
    assert asked(committee, "2027-01-14T15:00") == []
    committee.at("12-18").save(MINUTES, f"{text}\nWe met.", "Bo")
    assert asked(committee, "12-18") == []


def test_what_a_stranger_writes() -> None:
    """What somebody writes whose word doesn't count spares nobody the request, until a member has taken it on."""
    committee = Committee()
    committee.at("12-10T13:00").run("minutes")
    written = committee.at("12-10T15:10").save(MINUTES, f"{committee.text(MINUTES)}\nx", "Mallory")

    def offered(time: str) -> list[tuple[str, tuple[str, ...], int | None]]:
        found = planned(committee, time).problems
        return [(one.page.text, one.words, one.revid) for one in found if one.key == "minutes-offered"]

    assert offered("12-11") == offered("12-17T15:00") == [(MINUTES, ("2026-12-10",), written)]
    assert asked(committee, "12-17T15:00") == [(name, "coordinators") for name in ("Abel", "Ada", "Bo")]
    committee.save(MINUTES, committee.text(MINUTES).replace("== Apologies ==", "== Apologies ==\n* Bo"), "Ada")
    assert asked(committee, "12-18") == offered("12-18") == []


def test_once_by_the_outbox() -> None:
    """Each is told once, in a message on the talk page, also where the body gets another name meanwhile."""
    committee = Committee()
    committee.at("12-10T13:00").run()
    text = committee.text(MINUTES).replace("minute taker=}}", "minute taker=Ada}}")
    committee.at("12-10T15:10").save(MINUTES, text, "Chi")
    for time in ("12-13T15:00", "12-14", "12-17T15:00", "12-18", "12-25"):
        committee.at(time).run()
    council = {"name": "Council", **committee.configuration["steering_group"]}
    committee.configure({**committee.configuration, "steering_group": council})
    committee.wiki.move(MINUTES, "Committee/Working Groups/Council/Minutes/2026-12-10")
    committee.at("2027-01-04").run()
    for name, count in (("Ada", 1), ("Abel", 1), ("Bo", 1), ("Chi", 0), ("Cora", 0)):
        assert committee.text(f"User talk:{name}").count(f"[[:{MINUTES}|") == count, name


NAMING = {
    "a stranger named somebody": "Mallory Chi",
    "a stranger named a coordinator": "Mallory Bo",
    "a stranger named themselves": "Mallory Mallory",
    "a coordinator named somebody": "Ada Chi",
}
"""Who writes in the head of the page that somebody takes the minutes."""


@pytest.mark.parametrize(
    ("story", "who"),
    [
        ("nobody began", []),
        ("a stranger began", []),
        ("a stranger named somebody", []),
        ("a stranger named a coordinator", [("Bo", "taker")]),
        ("a stranger named themselves", [("Mallory", "taker")]),
        ("a coordinator named somebody", [("Chi", "taker")]),
        ("before the meeting's rule", []),
        ("only words say who", []),
        ("cancelled", []),
        ("before the process", []),
    ],
)
def test_who_is_not_asked(story: str, who: list[tuple[str, str]]) -> None:
    """Nobody is asked for what isn't owed, nor anybody whose account isn't known."""
    committee = Committee()
    committee.at("12-10T13:00").run("minutes")
    if story == "a stranger began":
        committee.at("12-10T14:00").save(MINUTES, committee.text(MINUTES) + "\nSoon.", "Mallory")
    if story == "only words say who":
        committee.at("12-10T14:00").save(MINUTES, committee.text(MINUTES) + "\n'''Minutes by:''' Zoë", "Mallory")
    by, _, name = NAMING.get(story, "").partition(" ")
    if name:
        text = committee.text(MINUTES).replace("minute taker=}}", f"minute taker=[[User:{name}]]}}}}")
        committee.at("12-10T15:10").save(MINUTES, text, by)
    if story == "before the meeting's rule":
        committee.wiki.delete(Title(MINUTES))
        weekly = {"first_meeting": "2026-11-05T15:00", "repeat": "FREQ=WEEKLY;BYDAY=FR"}
        committee.at("12-12").configure({**committee.configuration, "steering_group": weekly})
        assert asked(committee, "12-18T14:59") == []
        return
    if story == "cancelled":
        committee.save(f"{BODY}/Calendar", "{{Steering group/Meeting|was=2026-12-10|reason=Snow.}}", "Cora")
    if story == "before the process":
        committee = Committee(steering_group={"first_meeting": "2026-10-08T15:00"})
        committee.now -= timedelta(days=1)
        assert asked(committee, "11-02") == []
        return
    assert asked(committee, "12-13T15:00") == who


def test_nobody_coordinates() -> None:
    """Where a body has no coordinators, the core team is asked."""
    committee = Committee()
    for group in (ALPHA, BETA):
        committee.save(group, roster(), "Cora")
    assert asked(committee, "12-17T15:00") == [("Cora", "coordinators")]


def test_people_who_own_the_archive_title() -> None:
    """Where people's own page has all minutes, it is left alone, and a problem says where the list could be."""
    committee = Committee()
    committee.at("12-08").save(ARCHIVE, "== 5 November 2026 ==\nWe met.", "Ada")
    report = committee.at("12-10T13:00").run("minutes", "status")
    assert outcomes(report)[MINUTES] == "saved"
    assert ("archive-of-people", ARCHIVE) in problems(report)
    assert committee.text(ARCHIVE) == "== 5 November 2026 ==\nWe met."
    assert "|archive=" not in committee.text(MINUTES)
    committee.wiki.move(ARCHIVE, f"{ARCHIVE}/Before", user="Ada")
    committee.save(ARCHIVE, "", "Ada")
    assert outcomes(committee.run("minutes"))[ARCHIVE] == "saved"
    assert f"|date=2026-11-05|page={ARCHIVE}/Before|state=" in committee.text(ARCHIVE)
