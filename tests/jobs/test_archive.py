"""The list of all minutes with their states."""

from __future__ import annotations

import re

import pytest

from strategybot.model.page import Title
from strategybot.wikitext.calls import calls
from tests.committee import STATUS, Committee, outcomes, problems

BODY = "Committee/Working Groups/Steering Group"
ARCHIVE = f"{BODY}/Minutes"
MINUTES = f"{ARCHIVE}/2026-12-10"
GOLDEN = """\
__NOEDITSECTION__
<div {{#invoke:Steering group/Text|attributes}}>
{{Steering group/Archive|body=Steering Group|page=Committee/Working Groups/Steering Group}}

== 2027 ==
<ul style="{{Steering group/Style|rows}}">
{{Steering group/Archived|date=2027-01-14|page=Committee/Working Groups/Steering Group/Minutes/2027-01-14|\
state=expected|until=2027-01-17T15:00Z}}
</ul>

== 2026 ==
<ul style="{{Steering group/Style|rows}}">
{{Steering group/Archived|date=2026-12-10|page=Committee/Working Groups/Steering Group/Minutes/2026-12-10|\
state=approved|taker=Ada|revision=REVISION|words=WORDS}}
{{Steering group/Archived|date=2026-11-12|page=Committee/Working Groups/Steering Group/Minutes/2026|\
section=12 November 2026|state=approved|taker=Bo|revision=REVISION|words=WORDS}}
{{Steering group/Archived|date=2026-10-08|page=Committee/Working Groups/Steering Group/Minutes/2026|\
state=approved|taker=Bo|revision=REVISION|words=WORDS}}
</ul>

{{Steering group/Line|archive-footer|StrategyBot|[[:User:StrategyBot/Status|{{Steering group/Text|status-title}}]]|\
style=footer}}
</div><onlyinclude>{{#switch:{{{1|}}}
|2027-01-14={{Steering group/Approval|date=2027-01-14|page=Committee/Working Groups/Steering Group/Minutes/2027-01-14|\
state=expected|until=2027-01-17T15:00Z}}
|2026-12-10={{Steering group/Approval|date=2026-12-10|page=Committee/Working Groups/Steering Group/Minutes/2026-12-10|\
state=approved|revision=REVISION}}
|2026-11-12={{Steering group/Approval|date=2026-11-12|page=Committee/Working Groups/Steering Group/Minutes/2026|\
state=approved|revision=REVISION}}
|2026-10-08={{Steering group/Approval|date=2026-10-08|page=Committee/Working Groups/Steering Group/Minutes/2026|\
state=approved|revision=REVISION}}
}}</onlyinclude>"""


def met() -> Committee:
    """A committee that has met, whose minutes Ada typed; those of two earlier meetings stand on one page."""
    committee = Committee()
    committee.at("11-20").save(
        f"{ARCHIVE}/2026", "== 8 October 2026 ==\nWe met.\n\n== 12 November 2026 ==\nAgain.", "Bo"
    )
    committee.at("12-10T13:00").run("minutes")
    committee.at("12-10T17:00").save(MINUTES, committee.text(MINUTES) + "\nWe met.", "Ada")
    return committee


def state(committee: Committee, date: str = "2026-12-10") -> tuple[str, ...]:
    """What the list says of a meeting: its state, once in the list and once for the page that shows it."""
    text = committee.text(ARCHIVE)
    found = [*calls(text, "Steering group/Archived"), *calls(text, "Steering group/Approval")]
    return tuple(call.fields["state"] for call in found if call.fields["date"] == date)


def test_golden() -> None:
    """The list has all minutes by year, the newest first, and the states for the pages that show them."""
    committee = met()
    committee.at("2027-01-14T15:00").run("minutes")
    text = re.sub(r"\|revision=\d+", "|revision=REVISION", committee.text(ARCHIVE))
    assert re.sub(r"\|words=[0-9a-f]{10}", "|words=WORDS", text) == GOLDEN


def test_a_second_run_changes_nothing() -> None:
    """The list is written where something has changed, and in the run in which it has."""
    committee = met()
    for time, changed in (
        ("12-11", "for-approval"),
        ("12-20", ""),
        ("2027-01-14T15:00", "approved"),
        ("2027-01-15", ""),
    ):
        done = outcomes(committee.at(time).run("minutes"))[ARCHIVE]
        assert done == ("saved" if changed else "unchanged")
        if changed:
            assert state(committee) == (changed, changed)
        assert outcomes(committee.run("minutes"))[ARCHIVE] == "unchanged"


def test_nothing_to_list() -> None:
    """Before the first minutes there is no list."""
    assert outcomes(Committee().at("12-01").run("minutes")) == {}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_days_beyond_all_calendars(zone: str) -> None:
    """A page with a day with which nobody can reckon keeps the bot from nothing; it is told that it has none."""
    committee = Committee(steering_group={"first_meeting": "2026-12-10T15:00", "timezone": zone}).at("12-11")
    far = [f"{ARCHIVE}/{day}" for day in ("0001-01-01", "9999-12-31")]
    for page in far:
        committee.save(page, "== Decisions ==\n* We go on.", "Mallory")
    report = committee.run()
    assert report.crashes == []
    assert [page for key, page in problems(report) if key == "minutes-no-date"] == far
    assert outcomes(report)[ARCHIVE] == "saved"


def test_minutes_that_are_deleted() -> None:
    """Minutes whose page was deleted leave the list, those of the last meeting are awaited again."""
    committee = met()
    committee.at("12-11").run("minutes")
    committee.wiki.delete(Title(f"{ARCHIVE}/2026"))
    committee.wiki.delete(Title(MINUTES))
    committee.run("minutes")
    assert state(committee, "2026-11-12") == ()
    assert state(committee) == ("expected", "expected")


def test_what_people_write_on_the_list() -> None:
    """What people add to the list stays, and the states change beside it."""
    committee = met()
    committee.at("12-11").run("minutes")
    text = committee.text(ARCHIVE)
    committee.save(
        ARCHIVE, text.replace("== 2026 ==", "Older ones are in the [[Committee/Attic]].\n\n== 2026 =="), "Bo"
    )
    report = committee.at("2027-01-14T15:00").run()
    assert report.crashes == []
    assert "[[Committee/Attic]]" in committee.text(ARCHIVE)
    assert state(committee) == ("approved", "approved")
    assert "page-clash" not in committee.text(STATUS)


def test_who_changes_a_state() -> None:
    """A state that somebody changed stays, and a problem says so until it is as the bot says."""
    committee = met()
    committee.at("12-11").run("minutes")
    text = committee.text(ARCHIVE)
    forged = committee.save(ARCHIVE, text.replace("|state=for-approval", "|state=approved"), "Mallory")
    for time in ("12-12", "12-20"):
        found = [one for one in committee.at(time).run("minutes").problems if one.key == "archive-altered"]
        assert [(one.page.text, one.words) for one in found] == [(ARCHIVE, ("2026-12-10",))]
        assert state(committee) == ("approved", "approved")
    assert found[0].revid == forged
    committee.save(ARCHIVE, text, "Ada")
    assert "archive-altered" not in [one.key for one in committee.run("minutes").problems]
    committee.save(
        ARCHIVE, text.replace("</ul>", "{{Steering group/Archived|date=2020-01-01|state=approved}}\n</ul>"), "Bo"
    )
    assert "archive-altered" not in [one.key for one in committee.run("minutes").problems]


def test_a_list_that_is_moved() -> None:
    """A list that was moved is kept where it stands now."""
    committee = met()
    committee.at("12-11").run("minutes")
    committee.wiki.move(ARCHIVE, f"{BODY}/All minutes")
    committee.at("2027-01-14T15:00").run("minutes")
    assert state(committee) == ("approved", "approved")
    assert "{{Steering group/Archived" in committee.text(f"{BODY}/All minutes")
    assert outcomes(committee.run("minutes"))[ARCHIVE] == "unchanged"


def test_hostile_names() -> None:
    """Whatever people call themselves or their headings, the list is what it was."""
    committee = Committee()
    heading = "== 12 November 2026 }}{{subst:x}} <nowiki> =="
    text = f"== 8 October 2026 ==\n'''Minutes by:''' Zoë |state=approved }}}}\n\n{heading}\nAgain."
    committee.at("11-20").save(f"{ARCHIVE}/2026", text, "Bo")
    committee.at("11-21").run("minutes")
    found = calls(committee.text(ARCHIVE), "Steering group/Archived")
    assert [(call.fields["date"], call.fields["state"]) for call in found] == [
        ("2026-11-12", "for-approval"),
        ("2026-10-08", "for-approval"),
    ]
    assert "{{subst:" not in committee.text(ARCHIVE)
