"""The chain of a month after outages: each step is made up for while there is time, once, or told as left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from strategybot.model.page import Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import History
from tests.committee import ALPHA, BETA, BOT, STATUS, Committee, moment, roster

TALK = f"Talk:{ALPHA}"
BODY = {"first_meeting": "2026-12-10T15:00", "call_for_updates": 7}
FRONT = "Committee/Working Groups/Steering Group"


def calling(**configuration: Any) -> Committee:
    """A committee that is called a week before its meetings."""
    return Committee(**{"steering_group": BODY, **configuration})


def left_out(committee: Committee, *steps: str) -> list[tuple[str, ...]]:
    """Those of some steps that a run tells were left out, with their words."""
    told = [one.words for one in committee.run().problems if one.key == "step-left-out"]
    return [words for words in told if words[0] in (steps or ("step-call",))]


def calls(committee: Committee, title: str = TALK) -> list[str]:
    """The meetings for which a group was called, by their dates."""
    parts = committee.text(title).split("<!-- post: call ")[1:]
    return [part[:10] for part in parts]


DECEMBER = ("step-call", "2026-12-10", "2026-12-03 15:00 UTC", "2026-12-10 15:00 UTC")
JANUARY = ("step-call", "2027-01-14", "2027-01-07 15:00 UTC", "2027-01-14 15:00 UTC")


@pytest.mark.parametrize(
    ("last_run", "back", "called", "missing"),
    [
        # An hour, around each edge of the call's time.
        ("12-03T14:30", "12-03T15:30", ["2026-12-10"], []),
        ("12-03T15:30", "12-03T16:30", ["2026-12-10"], []),
        ("12-10T14:30", "12-10T15:30", ["2026-12-10"], []),
        # Days: within the time, over its end, after it.
        ("12-02", "12-05", ["2026-12-10"], []),
        ("12-02", "12-10T14:59", ["2026-12-10"], []),
        ("12-02", "12-10T15:00", [], [DECEMBER]),
        ("12-04", "12-10T15:00", ["2026-12-10"], []),
        # Two weeks.
        ("11-20", "12-04", ["2026-12-10"], []),
        ("12-01", "12-15", [], [DECEMBER]),
        ("12-05", "12-19", ["2026-12-10"], []),
        ("12-12", "12-26", [], [DECEMBER]),  # nothing ran when it was time for it
        ("12-30", "2027-01-13", ["2027-01-14"], [DECEMBER]),
        # A month, and two.
        ("12-01", "2027-01-01", [], [DECEMBER]),
        ("12-04", "2027-01-04", ["2026-12-10"], []),
        ("12-04", "2027-01-10", ["2026-12-10", "2027-01-14"], []),
        ("12-04", "2027-01-20", ["2026-12-10"], [JANUARY]),
        ("12-01", "2027-01-31", [], [JANUARY]),
    ],
)
def test_outages(last_run: str, back: str, called: list[str], missing: list[tuple[str, ...]]) -> None:
    """After an outage the call is made up for while there is time, once; else it is told until the next meeting."""
    committee = calling()
    committee.at(last_run).run()
    committee.at(back).run()
    assert left_out(committee) == missing
    assert calls(committee) == calls(committee, f"Talk:{BETA}") == called


MINUTES = f"{FRONT}/Minutes/2026-12-10"
EVERYTHING = {"call", "agenda", "minutes", "closed", "follow-up"}
ALL = {**BODY, "follow_up_days": 5}


def done(committee: Committee) -> set[str]:
    """What the bot has done around the meeting of December."""
    talk, agenda = committee.text(TALK), committee.text(f"{FRONT}/Agenda/2026-12-10")
    minutes = committee.ask(ask(History(Title(MINUTES))))
    found = {
        "call": "<!-- post: call 2026-12-10" in talk,
        "agenda": bool(agenda),
        "closed": "|state=closed" in agenda,
        "minutes": any(one.user == BOT for one in minutes),
        "follow-up": "<!-- post: follow-up 2026-12-10" in talk,
    }
    return {step for step, is_done in found.items() if is_done}


@pytest.mark.parametrize(
    ("last_run", "back", "missing"),
    [
        # An hour, at the edge of each step.
        ("11-26T14:30", "11-26T15:30", {"call", "minutes", "closed", "follow-up"}),
        ("12-03T14:30", "12-03T15:30", {"minutes", "closed", "follow-up"}),
        ("12-10T12:30", "12-10T13:30", {"closed", "follow-up"}),
        ("12-10T14:30", "12-10T15:30", {"follow-up"}),
        ("12-15T14:30", "12-15T15:30", set()),
        # Two weeks, at each phase.
        ("11-20", "12-04", {"minutes", "closed", "follow-up"}),
        ("11-27", "12-11T12:00", {"call", "minutes", "follow-up"}),  # people have begun their page themselves
        ("12-04", "12-18", {"minutes"}),
        ("12-10T14:00", "12-24T14:00", set()),
        ("12-14", "12-28", set()),
        # A month, and two.
        ("11-20", "12-20", {"call", "minutes"}),
        ("12-04", "2027-01-04", {"minutes"}),
        ("12-12", "2027-01-13", set()),
        ("12-12", "2027-01-14T15:00", {"follow-up"}),
        ("11-20", "2027-01-20", {"call", "agenda", "minutes", "closed", "follow-up"}),
        ("12-04", "2027-02-05", {"minutes", "follow-up"}),
    ],
)
def test_all_steps(last_run: str, back: str, missing: set[str]) -> None:
    """The bot runs daily until it breaks down, and then again: what there is time for is made up for, each once.

    Somebody writes the minutes on the day after the meeting.
    """
    committee = calling(steering_group=ALL)
    before = [time for time in ("11-20", "12-04", "12-10T14:00") if moment(time) < moment(last_run)]
    for time in (*before, last_run, back):
        if moment(time) > moment("12-11") and "We go on" not in committee.text(MINUTES):
            committee.at("12-11").save(MINUTES, "== Decisions ==\n* We go on.\n", "Ada")
        committee.at(time).run()
    committee.run()
    assert done(committee) == EVERYTHING - missing
    assert [committee.text(TALK).count(f"post: {step} 2026-12-10") for step in ("call", "follow-up")] == [
        "call" not in missing, "follow-up" not in missing,
    ]  # fmt: skip


def moved(committee: Committee, day: str) -> None:
    """Somebody of the core team moves the meeting of December."""
    change = f"{{{{Steering group/Meeting|was=2026-12-10|date={day}|reason=Holidays}}}}"
    committee.save(f"{FRONT}/Calendar", f"{committee.text(f'{FRONT}/Calendar')}\n{change}", "Cora")


def test_a_meeting_that_is_moved() -> None:
    """A meeting that is moved by weeks after its call is called for no more, and its follow-up comes later, once."""
    committee = calling(steering_group=ALL)
    committee.at("12-03T16:00").run()
    moved(committee, "2027-01-08")
    for time in ("12-04", "12-20", "2027-01-02", "2027-01-07", "2027-01-08T16:00"):
        committee.at(time).run()
    assert calls(committee) == ["2026-12-10", "2027-01-14"]
    assert left_out(committee, "step-call", "step-follow-up") == []
    committee.save(MINUTES, "== Decisions ==\n* We go on.\n", "Ada")
    for time in ("2027-01-12", "2027-01-13T15:00", "2027-01-14"):
        committee.at(time).run()
    assert committee.text(TALK).count("<!-- post: follow-up 2026-12-10 ") == 1


def test_a_meeting_that_is_moved_ahead() -> None:
    """A meeting that is moved to an earlier day after its follow-up isn't told of again, nor moved to a later one."""
    committee = calling(steering_group=ALL)
    committee.at("12-10T14:00").run()
    committee.at("12-11").save(MINUTES, "== Decisions ==\n* We go on.\n", "Ada")
    committee.at("12-16").run()
    for day in ("2026-12-08", "2026-12-30"):
        moved(committee, day)
        committee.at("2027-01-10").run()
    assert committee.text(TALK).count("<!-- post: follow-up 2026-12-10 ") == 1


def test_told_on_the_status_page() -> None:
    """A step that was left out stands on the status page until the next meeting, with its reason."""
    committee = calling()
    committee.at("12-20").run()
    said = (
        f"|page={FRONT}|key=step-left-out|1={{{{Steering group/Text|step-call}}}}|2=2026-12-10|3=2026-12-03 15:00 UTC|"
    )
    assert said in committee.text(STATUS)
    committee.at("2027-01-08").run()
    assert said in committee.text(STATUS)
    committee.at("2027-01-14T15:00").run()
    assert "Text|step-call}}|2=2026-12-10" not in committee.text(STATUS)


def switched_on_later(committee: Committee) -> None:
    """The configuration says only after the meeting that there are calls."""
    committee.configure({**committee.configuration, "steering_group": {"first_meeting": "2026-12-10T15:00"}})
    committee.at("12-11").configure(committee.configuration)


def configured_later(committee: Committee) -> None:
    """The process is configured after the meeting."""
    committee.wiki.store(f"User:{BOT}/Committee.json", [])
    committee.at("12-11").configure(committee.configuration)


def switched_off(committee: Committee) -> None:
    """The job is stopped when it is time for the call, and started later."""
    committee.at("12-02").save(f"User:{BOT}/Run/call", "no", "Mallory")
    committee.at("12-11").save(f"User:{BOT}/Run/call", "yes", "Admin")


def never_switched_on(committee: Committee) -> None:
    """The job has no stop page until after the meeting."""
    committee.wiki.delete(f"User:{BOT}/Run/call")
    committee.at("12-11").save(f"User:{BOT}/Run/call", "yes", "Admin")


def no_pages(committee: Committee) -> None:
    """The groups get their pages after the meeting."""
    for group in (ALPHA, BETA):
        committee.wiki.store(group, [])
    for group in (ALPHA, BETA):
        committee.at("12-11").save(group, roster("Ada"), "Cora")


def another_rule(committee: Committee) -> None:
    """The configuration says only after the meeting that there are meetings on Fridays, and has been for weeks."""
    fridays = {**BODY, "first_meeting": "2026-11-06T15:00", "repeat": "FREQ=WEEKLY;BYDAY=FR"}
    committee.at("12-12").configure({**committee.configuration, "steering_group": fridays})


def added_later(committee: Committee) -> None:
    """Somebody of the core team adds a meeting of the day after."""
    committee.at("12-10").save(f"{FRONT}/Calendar", "{{Steering group/Meeting|date=2026-12-11|reason=Snow}}", "Cora")


def held_after_all(committee: Committee) -> None:
    """The meeting was cancelled until the day before."""
    committee.save(f"{FRONT}/Calendar", "{{Steering group/Meeting|was=2026-12-10|reason=Snow}}", "Cora")
    committee.at("12-09").save(f"{FRONT}/Calendar", "", "Cora")


NOT_TO_BE = [
    *(switched_on_later, configured_later, switched_off, never_switched_on, no_pages),
    *(another_rule, added_later, held_after_all),
]


@pytest.mark.parametrize("happens", NOT_TO_BE)
def test_what_was_not_to_be(happens: Any) -> None:
    """What wasn't to be done when it was time for it is no step that was left out."""
    committee = calling()
    happens(committee)
    assert left_out(committee.at("12-12")) == []


def test_what_changed_since() -> None:
    """A configuration that is changed in another matter changes nothing about what was left out."""
    committee = calling()
    changed = {"languages": ["en", "fr"], "steering_group": {**BODY, "name": "Council"}}
    committee.at("12-11").configure({**committee.configuration, **changed})
    committee.save(f"User:{BOT}/Run/call", "yes", "Otto")
    assert left_out(committee.at("12-12")) == [DECEMBER]


def test_one_group_is_enough() -> None:
    """A group that comes after the meeting wasn't left out, nor one whose talk page could not be posted on."""
    committee = calling()
    committee.wiki.protect(TALK)
    committee.at("12-05").run()
    committee.save("Committee/Working Groups/Gamma", roster("Chi"), "Cora")
    committee.at("12-11").configure({**committee.configuration, "groups": ["Alpha", "Beta", "Gamma"]})
    assert left_out(committee.at("12-12")) == []


def test_another_process() -> None:
    """The calls of one process prove nothing for another's, though they meet on one day."""
    committee = calling()
    committee.at("12-05").run()
    other = {**committee.configuration, "name": "Other", "root": "Other", "groups": [{"name": "Alpha", "page": ALPHA}]}
    committee.wiki.store(f"User:{BOT}/Committee 2.json", [])
    committee.now = committee.now.replace(month=11, day=2)
    committee.configure(committee.configuration)
    committee.save(f"User:{BOT}/Committee 2.json", json.dumps(other), "Admin")
    told = [one for one in committee.at("12-12").run().problems if one.words[:1] == ("step-call",)]
    assert [one.page.text for one in told] == ["Other/Working Groups/Steering Group"]


def test_what_it_costs() -> None:
    """Looking for what was left out takes one request more."""
    committee, plain = calling(), Committee()
    for one in (committee, plain):
        one.at("12-05").run()
        one.at("12-12").run()
    report, without = committee.at("12-13").run(), plain.at("12-13").run()
    assert report.rounds == without.rounds
    assert sum(report.requests.values()) <= sum(without.requests.values()) + 1
