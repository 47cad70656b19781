"""Reminders of relays: who is asked for an answer, when, and that nobody is written to more than once a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from strategybot.jobs.relays import dispatches
from strategybot.jobs.reminders import dues_of
from strategybot.model.page import Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import History
from tests.busy_weeks import CONFIGURATION, RUNS, Saved, answer, check, play, survey
from tests.committee import ALPHA, BETA, Committee, moment, roster
from tests.relay_hands import RELAYS, relay

SENTENCES = {"asks your group": "before", "asked your group": "after", "asked for answers": "overdue"}
"""What each reminder says."""


def asking(reply_by: str = "2026-12-08", to: str = "all groups", **configuration: Any) -> Committee:
    """A committee whose core team has asked all groups for something on 1 December; it went out at once."""
    committee = Committee(**{"relays": {}, **configuration})
    for title in (f"Talk:{ALPHA}", f"Talk:{BETA}"):
        committee.save(title, "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    survey(committee.at("12-01T06:00"), reply_by, to)
    for time in ("06:30", "07:10"):
        committee.at(f"12-01T{time}").run()
    return committee


def reminded(committee: Committee, *names: str) -> dict[str, list[str]]:
    """Of what these people were reminded on their talk pages, in its order."""
    found = {}
    for name in names or ("Ada", "Abel", "Bo", "Cora"):
        lines = [line for line in committee.text(f"User talk:{name}").splitlines() if "“Survey”" in line]
        found[name] = [word for line in lines for phrase, word in SENTENCES.items() if phrase in line]
    return {name: words for name, words in found.items() if words}


def each(*words: str) -> dict[str, list[str]]:
    """That all coordinators were reminded of this."""
    return {name: list(words) for name in ("Ada", "Abel", "Bo")}


@pytest.mark.parametrize(
    ("time", "who"),
    [
        ("12-04T23:59", {}),
        ("12-05T00:00", each("before")),
        ("12-08T23:59", each("before")),
        ("12-09T00:00", each("after")),
        ("12-14T23:59", each("after")),
        ("12-15T00:00", {**each("after"), "Cora": ["overdue"]}),
        ("2027-01-08T00:00", {}),
    ],
)
def test_when(time: str, who: dict[str, list[str]]) -> None:
    """Coordinators are reminded from three days before the day, and from the day after it; a week after the core team.

    Once the relay is closed nobody is.
    """
    committee = asking()
    committee.at(time).run()
    assert reminded(committee) == who


def test_once_each() -> None:
    """Whatever runs there are, each is reminded once before the day and once after it, and the core team told once."""
    committee = asking()
    for day in range(3, 31, 3):
        committee.at(f"12-{day:02}T09:00").run()
    assert reminded(committee) == {**each("before", "after"), "Cora": ["overdue"]}


def test_what_it_says() -> None:
    """A reminder says how many have answered, and links the relay's page; it quotes none of its words."""
    committee = asking()
    answer(committee.at("12-02"), "Beta", "Bo")
    committee.at("12-05").run()
    text = committee.text("User talk:Ada")
    assert "* “Survey” asks your group for an answer by 8 December 2026, and 1 of 2 groups have answered." in text
    assert f"[[:{RELAYS}/Status/Survey|" in text
    assert "fill it in" not in text


def test_never_who_answered() -> None:
    """A group that has answered is reminded never again, and where all have, the core team isn't told."""
    committee = asking()
    answer(committee.at("12-02"), "Alpha", "Abel")
    committee.at("12-05").run()
    assert reminded(committee) == {"Bo": ["before"]}
    answer(committee.at("12-08"), "Beta", "Bo")
    for time in ("12-09", "12-15", "12-20"):
        committee.at(time).run()
    assert reminded(committee) == {"Bo": ["before"]}


@pytest.mark.parametrize("status", ["withdrawn", "closed"])
def test_withdrawn_or_closed(status: str) -> None:
    """Of a relay that was withdrawn or closed nobody is reminded."""
    committee = asking()
    survey(committee.at("12-04"), "2026-12-08", status=status)
    for time in ("12-05", "12-09", "12-15"):
        committee.at(time).run()
    assert reminded(committee) == {}


@pytest.mark.parametrize("text", ["", "#REDIRECT [[Elsewhere]]", relay(subject="The survey", text="Send money.")])
def test_a_stranger_stops_nothing(text: str) -> None:
    """Once a relay is out, its reminders come, whatever others make of its page; and no more once it is long over."""
    committee = asking()
    committee.at("12-04").save(f"{RELAYS}/Survey", text, "Mallory")
    answer(committee, "Beta", "Bo")
    for time in ("12-05", "12-09", "12-16", "12-24"):
        committee.at(time).run()
    assert reminded(committee) == {"Ada": ["before", "after"], "Abel": ["before", "after"], "Cora": ["overdue"]}
    committee.save(ALPHA, roster("Chi"), "Ada")
    committee.at("2027-01-08").run()
    assert reminded(committee, "Chi") == {}


def test_successors() -> None:
    """Whoever comes to coordinate a group is asked in the place of who has left; who only says so isn't."""
    committee = asking()
    committee.at("12-05").run()
    committee.at("12-06").save(ALPHA, roster("Chi"), "Ada")
    committee.at("12-07").save(BETA, roster("Bo", "Mallory"), "Mallory")
    for time in ("12-08", "12-09", "12-13", "12-20"):
        committee.at(time).run()
    assert reminded(committee, "Ada", "Chi", "Bo", "Mallory") == {
        "Ada": ["before"],
        "Chi": ["before", "after"],
        "Bo": ["before", "after"],
    }


@pytest.mark.parametrize(
    ("reply_by", "times"),
    [
        ("2026-12-01", ["12-01T12:39", "12-01T12:41"]),
        ("2026-12-02", ["12-01T20:39", "12-01T20:41"]),
        ("2026-12-03", ["12-02T04:39", "12-02T04:41"]),
    ],
)
def test_little_time(reply_by: str, times: list[str]) -> None:
    """Where there are less than three days for an answer, nobody is reminded before a third of the time is over."""
    committee = asking(reply_by)
    committee.at(times[0]).run()
    assert reminded(committee) == {}
    committee.at(times[1]).run()
    assert reminded(committee) == each("before")


def test_not_reached() -> None:
    """A group that the relay hasn't reached is reminded of nothing."""
    committee = Committee(relays={})
    committee.save(f"Talk:{ALPHA}", "Hello.", "Ada")
    committee.save(f"Talk:{BETA}", "{{nobots}}", "Bo")
    survey(committee.at("12-01T06:00"), "2026-12-08")
    for time in ("12-01T06:30", "12-01T07:10", "12-05"):
        committee.at(time).run()
    assert reminded(committee) == {"Ada": ["before"], "Abel": ["before"]}


def test_the_core_team_is_told_what_is_for_it() -> None:
    """What a group sends to the core team waits for each of its members, who are told once."""
    committee = Committee(relays={}, core_team=["Cora", "Kofi"])
    committee.wiki.add_account("Kofi")
    text = relay("Alpha", "core team", kind="feedback", subject="Budget", text="It is small.")
    committee.at("12-01T06:00").save(f"{RELAYS}/Budget", text, "Ada")
    for time in ("12-01T06:30", "12-01T07:10", "12-09", "12-20"):
        committee.at(time).run()
    for name in ("Cora", "Kofi"):
        assert committee.text(f"User talk:{name}").count("A group has sent “Budget” to the core team.") == 1
        assert "small" not in committee.text(f"User talk:{name}")


def test_what_it_costs() -> None:
    """Where nobody is to be reminded, nothing is asked."""
    committee = asking()
    found = committee.at("12-04").ask(dispatches(committee.process, committee.now))
    with pytest.raises(StopIteration) as ended:
        next(dues_of(committee.process, found, committee.now))
    assert ended.value.value == ()


# --- Two weeks

EVERY_13_HOURS = tuple(
    f"{moment('12-01T06:30') + timedelta(hours=hours):%m-%dT%H:%M}" for hours in range(0, 23 * 24, 13)
)


@pytest.mark.parametrize("runs", [RUNS, EVERY_13_HOURS], ids=["as on a real MediaWiki", "every 13 hours"])
def test_one_message_a_week(runs: tuple[str, ...]) -> None:
    """In weeks with relays to groups and to people, reminders and late minutes, nobody gets two in seven days.

    And nothing is lost: in the end each was told of everything, but for who had answered.
    """
    committee = Committee(**CONFIGURATION)
    play(committee, runs)
    check({title.text: history(committee, title) for title in committee.wiki.titles() if is_of_a_user(title)})


def is_of_a_user(title: Title) -> bool:
    return title.text.startswith("User talk:")


def history(committee: Committee, title: Title) -> list[Saved]:
    """A page's revisions, oldest first."""
    revisions = committee.ask(ask(History(title, limit=None)))
    return [Saved(one.time, one.user or "", one.text or "") for one in reversed(revisions)]
