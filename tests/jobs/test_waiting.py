"""What waits: by group on the front page, and by person on a page of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from strategybot.model.page import Title
from tests.committee import ALPHA, BETA, BOT, FRONT_PAGE, Committee, outcomes, roster

MINUTES = f"{FRONT_PAGE}/Minutes/2026-12-10"
WAITING = f"{FRONT_PAGE}/Waiting"
WRITTEN = """== Action items ==
* [[User:Ada]]: write to the affiliates by 2026-12-15
* [[User:Dina]]: draw a map
* [[User:Nobody at all]]: sing
* The hosts: book a room
"""


def waiting(text: str = WRITTEN, **configuration: Any) -> Committee:
    """A committee whose minutes somebody has written the day after the meeting, ten days later."""
    committee = Committee(**configuration)
    if text:
        committee.at("12-11").save(MINUTES, text, "Ada")
    committee.at("12-20").run()
    return committee


def part(committee: Committee, name: str) -> str:
    """What the page of what waits has under a heading; empty where there is none."""
    return committee.text(WAITING).partition(f"\n== {name} ==\n")[2].partition("<noinclude>")[0]


def row(committee: Committee, group: str) -> list[str]:
    """What waits for a group, on the front page."""
    call = committee.text(FRONT_PAGE).partition(f"Waiting group|group={group}|")[2].partition("\n}}\n")[0]
    return re.findall(r"^\{\{Steering group/(.*)\}\}$", call, re.MULTILINE)


def test_by_group() -> None:
    """The front page counts what waits for each group; what is nobody's there waits for the steering group."""
    committee = waiting()
    register = f"page={FRONT_PAGE}/Action items"
    minutes = f"Waiting minutes|date=2026-12-10|stage=for-approval|page={MINUTES}|until=2027-01-14T15:00Z"
    assert row(committee, "Alpha") == [f"Waiting items|count=1|overdue=1|{register}"]
    assert row(committee, "Steering Group") == [f"Waiting items|count=3|{register}", minutes]
    assert row(committee, "Beta") == []


def test_by_person() -> None:
    """Everybody who has an account has a part: coordinators, and whoever else owns an item."""
    committee = waiting()
    assert re.findall(r"\n== (.*) ==\n", committee.text(WAITING)) == ["Ada", "Dina", "Steering Group"]
    assert "|text=write to the affiliates|owner=[[User:Ada|Ada]]|due=2026-12-15|" in part(committee, "Ada")
    assert f"|overdue=yes|unconfirmed=,|register={FRONT_PAGE}/Action items}}}}" in part(committee, "Ada")
    assert "|text=draw a map|" in part(committee, "Dina")
    assert "|stage=for-approval|" in part(committee, "Steering Group")
    assert "{{#switch:@{{{1|}}}|@|@Abel|@Ada|@Bo|@Cora=\n" in committee.text(WAITING)


def test_missing_updates() -> None:
    """Once the agenda is open, coordinators see the update that their group has yet to file, with the button."""
    committee = waiting("")
    committee.at("2027-01-02").file(BETA, "Bo", "2027-01-14", progress="We met.")
    committee.run()
    button = f"|button={{{{Steering group/File update|page={ALPHA}/Updates/2027-01-14|meeting=2027-01-14"
    assert button in part(committee, "Abel")
    assert button in part(committee, "Ada")
    assert part(committee, "Bo") == ""


def test_who_writes_the_minutes() -> None:
    """Late minutes wait for whoever takes them; where nobody says who, for all coordinators."""
    committee = waiting("")
    assert "|stage=late|" in part(committee, "Steering Group")
    page = committee.text(MINUTES).replace("minute taker=", "minute taker=[[User:Bo]]")
    committee.save(MINUTES, page, "Ada")
    committee.run()
    assert "|stage=late|" in part(committee, "Bo")
    assert part(committee, "Steering Group") == ""


def test_done() -> None:
    """What is done waits no more, and what was taken out of the minutes is gone with its words."""
    committee = waiting()
    change = "\n\n== A1 ==\n{{Steering group/Change|A1|status=done}}"
    committee.save(f"{FRONT_PAGE}/Action items", committee.text(f"{FRONT_PAGE}/Action items") + change, "Ada")
    committee.save(MINUTES, WRITTEN.replace("* [[User:Dina]]: draw a map\n", ""), "Ada")
    committee.at("12-21").run()
    assert part(committee, "Ada") == part(committee, "Dina") == ""
    assert "map" not in committee.text(WAITING)
    assert row(committee, "Alpha") == []


def test_a_groups_own_body() -> None:
    """What is open in a group's own meetings waits for the group, and for its owners."""
    meets = {"first_meeting": "2026-12-08T15:00", "repeat": "FREQ=MONTHLY;BYDAY=2TU"}
    committee = Committee(groups=[{"name": "Alpha", "meetings": meets}, "Beta"])
    committee.at("12-11").save(f"{ALPHA}/Minutes/2026-12-08", WRITTEN, "Ada")
    committee.at("12-20").run()
    assert row(committee, "Alpha")[0] == f"Waiting items|count=4|overdue=1|page={ALPHA}/Action items"
    assert f"|register={ALPHA}/Action items" in part(committee, "Ada")
    assert re.findall(r"\n== (.*) ==\n", committee.text(WAITING)) == ["Ada", "Dina", "Steering Group", "Alpha"]


def test_nothing_waits() -> None:
    """Where nothing waits for anybody, the page says so."""
    committee = Committee()
    committee.at("11-20").run()
    assert "{{Steering group/Line|waiting-nobody}}" in committee.text(WAITING)
    assert "==" not in committee.text(WAITING)


def test_second_run_changes_nothing() -> None:
    """A second run leaves both pages as they are."""
    committee = waiting()
    report = outcomes(committee.run())
    assert (report[FRONT_PAGE], report[WAITING]) == ("unchanged", "unchanged")


def test_names_that_act() -> None:
    """Whatever stands in the minutes stays within its owner's part."""
    words = "}}<noinclude> {{subst:x}} |@Bo= </noinclude> <includeonly> == Bo =="
    committee = waiting(f"== Action items ==\n* [[User:Ada]]: write {words}\n")
    text, harmless = committee.text(WAITING), waiting("== Action items ==\n* [[User:Ada]]: write\n").text(WAITING)
    for sign in ("<noinclude>", "</noinclude>", "{{", "}}", "\n=="):
        assert text.replace("{{!}}", "").count(sign) == harmless.count(sign)
    assert not re.search(r"subst:|\|@Bo= |<includeonly>|\n== Bo", text.replace("&#123;&#123;subst:", ""))


@pytest.mark.parametrize("text", ["", WRITTEN])
def test_rounds(text: str) -> None:
    """However many groups there are and people who own something, all of it is asked in as many rounds."""
    counts = set()
    for number in (2, 12):
        names = [f"Group {one}" for one in range(number)]
        committee = Committee(groups=names)
        for name in names:
            committee.save(f"Committee/Working Groups/{name}", roster(f"User of {name}"), "Cora")
        owned = "".join(f"* [[User:User of {name}]]: write\n* [[User:Owner {name}]]: call\n" for name in names)
        if text:
            committee.at("12-11").save(MINUTES, f"{text}{owned}", "Cora")
        committee.at("12-20").run("minutes", "registers")
        counts.add(committee.run("front-page").rounds)
    assert len(counts) == 1


def test_asks_nothing_more_than_the_registers() -> None:
    """What waits is known from what other jobs ask anyway."""
    committee = waiting(WRITTEN.replace("* [[User:Dina]]: draw a map\n* [[User:Nobody at all]]: sing\n", ""))
    committee.wiki.delete(Title(f"User:{BOT}/Run/front-page"))
    alone, both = committee.run("agenda", "minutes", "registers").requests, committee.run().requests
    assert both["read"] <= alone["read"] + 1
    assert both["history"] == alone["history"]
