"""The follow-up to a meeting: when it comes, what it says, and whose words it quotes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from strategybot.session import Report
from strategybot.writing.texts import codes
from tests.committee import ALPHA, BETA, BOT, FRONT_PAGE, Committee, problems, roster

TALK, OTHER_TALK = f"Talk:{ALPHA}", f"Talk:{BETA}"
BODY = {"first_meeting": "2026-12-10T15:00", "follow_up_days": 5}
MINUTES = f"{FRONT_PAGE}/Minutes/2026-12-10"
DECISIONS, ITEMS = f"{FRONT_PAGE}/Decisions", f"{FRONT_PAGE}/Action items"
UNSURE = " · not confirmed yet"
WRITTEN = """== Decisions ==
* The '''budget''' is [[Budget|adopted]].

== Action items ==
* [[User:Ada]]: write to [[User:Mallory|the affiliates]] by 2027-01-10
* [[User:Bo]]: book a room
* Print the badges
"""


def following(text: str = WRITTEN, user: str = "Ada", **configuration: Any) -> Committee:
    """A committee that is told five days after a meeting; somebody writes the minutes the day after it."""
    committee = Committee(**{"steering_group": BODY, **configuration})
    committee.at("12-10T14:00").run()
    if text:
        committee.at("12-11").save(MINUTES, text, user)
    return committee


def posts(report: Report) -> dict[str, str]:
    """What became of each follow-up, by the page it went to."""
    return {
        one.outcome.title.text: one.outcome.kind.label for (job, _), one in report.posts.items() if job == "follow-up"
    }


def told(committee: Committee, title: str = TALK) -> list[str]:
    """The lines of a list that a follow-up tells."""
    return [line for line in committee.text(title).splitlines() if line.startswith("* ")]


# --- When


@pytest.mark.parametrize(
    ("time", "count"), [("12-15T14:59", 0), ("12-15T15:00", 1), ("2027-01-14T14:59", 1), ("2027-01-14T15:00", 0)]
)
def test_when(time: str, count: int) -> None:
    """The follow-up comes so many days after the meeting, and no more once the next one has started."""
    committee = following()
    assert len(posts(committee.at(time).run())) == 2 * count
    assert committee.text(TALK).count("<!-- post: follow-up 2026-12-10 ") == count


def test_once() -> None:
    """However often the bot runs and whatever people do to it, a group is told of a meeting once."""
    committee = following()
    committee.at("12-15T15:00").run()
    committee.save(TALK, "Archived.", "Ada")
    committee.at("12-16").save(MINUTES, f"{WRITTEN}* [[User:Ada]]: call the printer\n", "Ada")
    assert set(posts(committee.at("12-17").run()).values()) == {"unchanged"}
    committee.configure({**committee.configuration, "steering_group": {**BODY, "follow_up_days": 8}})
    committee.at("12-20").run()
    assert committee.text(TALK) == "Archived."
    assert committee.text(OTHER_TALK).count("<!-- post: ") == 1


def test_it_waits_for_the_minutes() -> None:
    """Where the minutes come late, so does the follow-up."""
    committee = following("")
    assert posts(committee.at("12-16").run()) == {}
    committee.at("12-20").save(MINUTES, WRITTEN, "Bo")
    assert posts(committee.run()) == {TALK: "saved", OTHER_TALK: "saved"}


def test_not_while_somebody_objects() -> None:
    """As long as somebody of the steering group objects to the minutes, nobody is told of them."""
    committee = following()
    objection = "== Objection to the minutes ==\nWe decided nothing. ~~~~"
    committee.at("12-12").save(f"Talk:{MINUTES}", objection, "Bo")
    assert posts(committee.at("12-16").run()) == {}
    committee.save(f"Talk:{MINUTES}", "", "Bo")
    assert posts(committee.at("12-17").run()) == {TALK: "saved", OTHER_TALK: "saved"}


def test_nothing_is_configured() -> None:
    """Without a number of days there is no follow-up, no stop page is needed, and nothing is asked for it."""
    committee = following(steering_group={"first_meeting": "2026-12-10T15:00"})
    committee.wiki.delete(f"User:{BOT}/Run/follow-up")
    report = committee.at("12-16").run()
    assert (posts(report), report.exit_status) == ({}, 0)


def test_a_group_without_a_page() -> None:
    """A group that has no page has no talk page either."""
    committee = following(user="Bo")
    committee.wiki.delete(ALPHA)
    assert posts(committee.at("12-16").run()) == {OTHER_TALK: "saved"}


def test_the_page_that_a_group_names() -> None:
    """A group that says where it wants to be written to is told there."""
    committee = following()
    page = roster("Ada").replace("|members=", "|talk page=Project talk:Alphas|members=")
    committee.save(ALPHA, page, "Cora")
    assert posts(committee.at("12-16").run()) == {"Project talk:Alphas": "saved", OTHER_TALK: "saved"}


def test_stopped() -> None:
    """The job has a stop page of its own."""
    committee = following()
    committee.save(f"User:{BOT}/Run/follow-up", "no", "Mallory")
    assert set(posts(committee.at("12-16").run()).values()) == {"stop page"}


# --- What it says


def test_what_stands_there() -> None:
    """What was decided, what the group's people have to do, and what nobody has taken on, each with its link."""
    committee = following()
    committee.at("12-16").run()
    decided, open_one = f"* [[:{DECISIONS}#D1|D1]]{UNSURE}", f"* [[:{ITEMS}#A3|A3]]{UNSURE}"
    own = f"* [[:{ITEMS}#A1|A1]] – Ada (until 10 January 2027){UNSURE}"
    assert told(committee) == [decided, own, open_one]
    assert told(committee, OTHER_TALK) == [decided, f"* [[:{ITEMS}#A2|A2]] – Bo{UNSURE}", open_one]
    text = committee.text(TALK)
    assert text.startswith("== What came of the meeting on 10 December 2026 ==\n")
    assert "Its minutes are approved on 14 January 2027 unless somebody objects" in text
    assert f"[[:{MINUTES}|The minutes]] · [[:{DECISIONS}|all decisions]] · [[:{ITEMS}|all action items]]" in text
    assert text.endswith(f"(UTC)\n<!-- post: follow-up 2026-12-10 Committee | {TALK} -->")
    assert re.findall(r"\[\[User:(?!StrategyBot)", text) == []


def test_approved() -> None:
    """Where the minutes are approved by then, the follow-up says so."""
    committee = following(steering_group={**BODY, "approval_days": 3})
    committee.at("12-16").run()
    assert "Its minutes are approved.\n" in committee.text(TALK)
    assert UNSURE not in committee.text(TALK)


def test_nothing_was_decided() -> None:
    """Minutes without a decision are told of all the same, and what waits for a group from before."""
    committee = following("== Check-in ==\nWe talked.\n")
    committee.at("12-16").run()
    assert "They name no decision.\n" in committee.text(TALK)
    assert told(committee) == []


@pytest.mark.parametrize("code", codes())
def test_in_the_language_of_the_process(code: str) -> None:
    """The follow-up is in the process's first language, and marked with it."""
    committee = following(languages=[code])
    committee.at("12-16").run()
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<div lang="{code}" dir="{direction}" class="mw-content-{direction}">' in committee.text(TALK)
    assert "$" not in committee.text(TALK)


def test_no_words_are_quoted() -> None:
    """What stands in the minutes may be withdrawn later, and a post stays: so it has links, and accounts of owners."""
    words = "{{subst:nobots}} <nowiki> {{ping|Bo}} [[Category:X]] <!-- post: follow-up x"
    text = f"== Decisions ==\n* Buy a ship\n\n== Action items ==\n* Mallory the Great: sell {words}\n"
    committee = following(text)
    committee.at("12-16").run()
    assert told(committee) == [f"* [[:{DECISIONS}#D1|D1]]{UNSURE}", f"* [[:{ITEMS}#A1|A1]]{UNSURE}"]
    post = committee.text(TALK)
    assert (post.count("(UTC)"), post.count("[[User:"), post.count("<!--")) == (1, 1, 1)  # the bot's own signature
    assert not re.search(r"Mallory|Buy|sell|\{\{|<nowiki>|\[\[Category", post)
    assert set(posts(committee.run()).values()) == {"unchanged"}


# --- What was left out


@pytest.mark.parametrize(
    ("text", "missing"),
    [(WRITTEN, [("step-follow-up", "2026-12-10", "2026-12-15 15:00 UTC", "2027-01-14 15:00 UTC")]), ("", [])],
)
def test_left_out(text: str, missing: list[tuple[str, ...]]) -> None:
    """A follow-up that there was no run for is told as left out, unless there was nothing to tell."""
    committee = following(text)
    report = committee.at("2027-01-15").run()
    assert [one.words for one in report.problems if one.words[:1] == ("step-follow-up",)] == missing
    assert "step-follow-up" not in {one.words[:1] for one in committee.at("2027-02-12").run().problems}


def test_told_in_time() -> None:
    """A follow-up that was posted wasn't left out, though the page was archived since."""
    committee = following()
    committee.at("12-16").run()
    committee.save(TALK, "", "Ada")
    assert "step-left-out" not in dict(problems(committee.at("2027-01-15").run()))
