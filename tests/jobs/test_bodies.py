"""Agendas of working groups' own meetings, and of meetings that people moved, cancelled and added."""

from __future__ import annotations

from typing import Any

import pytest

from strategybot.mirror import pull
from strategybot.model.page import Title
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wikitext.calls import calls
from tests.committee import AGENDA, ALPHA, BETA, BOT, FRONT_PAGE, NEXT_AGENDA, Committee, moment, outcomes, roster
from tests.jobs.test_agenda import report

CALENDAR = f"{FRONT_PAGE}/Calendar"
OF_ALPHA = f"{ALPHA}/Agenda/2026-12-08"
MEETS = {"first_meeting": "2026-12-08T16:00", "repeat": "FREQ=WEEKLY", "minutes": 30}


def meeting_groups(*names: str, **configuration: Any) -> Committee:
    """A committee of which these groups meet by themselves on Tuesdays."""
    groups = [{"name": name, "meetings": MEETS} if name in names else name for name in ("Alpha", "Beta")]
    return Committee(**{"groups": groups, **configuration})


def changed(committee: Committee, user: str = "Ada", calendar: str = CALENDAR, **fields: str) -> int:
    """Somebody enters a change on the calendar page."""
    call = "".join(f"|{name}={value}" for name, value in fields.items())
    text = committee.text(calendar)
    return committee.save(calendar, f"{text}\n\n{{{{Steering group/Meeting{call}}}}}\n", user)


def agendas(committee: Committee) -> set[str]:
    """The agendas that a run sees to."""
    return {title for title in outcomes(committee.run("agenda")) if "/Agenda/" in title}


# --- Working groups ---


def test_group_agenda() -> None:
    """A working group that meets has an agenda of its own: its people, its items, and place for topics."""
    committee = meeting_groups("Alpha")
    committee.save(ALPHA, roster("Ada", "Abel", members="[[User:Chi]], [[User:Nobody]]"), "Ada")
    committee.at("12-02T16:00").run("agenda")
    text = committee.text(OF_ALPHA)
    assert "{{Steering group/Agenda|body=Alpha|meeting=2026-12-08|start=2026-12-08T16:00Z|minutes=30|" in text
    assert "{{Steering group/Member|Ada|group=Alpha}}" in text
    assert "{{Steering group/Member|Chi}}" in text
    assert "<bdi>Nobody</bdi>" in text
    assert "Cora" not in text
    assert "=reports" not in text
    assert "<!-- slot:proposed -->" in text
    assert "{{Steering group/Date|2026-12-15T16:00Z}}" in text
    assert "Member|Ada" in committee.text(AGENDA)


def test_group_agenda_opens_and_closes() -> None:
    """It opens after the group's last meeting and is closed by its start; proposed topics stay. Then comes the next."""
    committee = meeting_groups("Alpha")
    assert OF_ALPHA not in agendas(committee.at("12-02T15:59"))
    committee.at("12-02T16:00").run("agenda")
    text = committee.text(OF_ALPHA).replace("<!-- slot:proposed -->\n", "<!-- slot:proposed -->\n* Mine\n")
    committee.save(OF_ALPHA, text, "Passer-by")
    committee.save(ALPHA, roster("Ada"), "Ada")
    committee.at("12-08T16:30").save(ALPHA, roster("Ada", "Dina"), "Ada")
    committee.at("12-09T16:00").run("agenda")
    text = committee.text(OF_ALPHA)
    assert "|state=closed|" in text
    assert "* Mine" in text
    assert "Member|Dina" not in text
    assert "Member|Dina" in committee.text(f"{ALPHA}/Agenda/2026-12-15")
    assert set(outcomes(committee.run("agenda")).values()) == {"unchanged"}


def test_group_that_begins_to_meet() -> None:
    """There is no agenda for meetings that a group would have had before it was configured that it meets."""
    committee = meeting_groups()
    committee.at("12-10").configure(meeting_groups("Alpha").configuration)
    assert agendas(committee.at("12-10T12:00")) == {AGENDA, f"{ALPHA}/Agenda/2026-12-15"}


def test_members_who_left() -> None:
    """A member who was renamed stands by the new name, and one who has vanished isn't named."""
    committee = meeting_groups("Alpha")
    committee.save(ALPHA, roster("Ada", members="[[User:Chi]], [[User:Dina]]"), "Ada")
    committee.wiki.rename("Chi", "Chiara")
    committee.wiki.rename("Dina", "Vanished user 12")
    committee.at("12-03").run("agenda")
    text = committee.text(OF_ALPHA)
    assert "{{Steering group/Member|Chiara}}" in text
    assert "Dina" not in text
    assert "anished" not in text


# --- Moved, cancelled, added ---


def test_moved(committee: Committee) -> None:
    """A moved meeting keeps its agenda, which says from when, why and by whom; it is closed by the new start."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.run("agenda")
    revision = changed(committee.at("12-02"), was="2026-12-10", date="2026-12-17 16:00", reason="Holidays")
    committee.at("12-03").run("agenda")
    text = committee.text(AGENDA)
    assert "|start=2026-12-17T16:00Z|" in text
    assert f"|moved=2026-12-10T15:00Z|changed={revision}|reason=Holidays|user=Ada}}}}" in text
    committee.at("12-11").run("agenda")
    assert "|state=draft|" in committee.text(AGENDA)
    committee.at("12-16").file(BETA, "Bo", progress="In time.")
    committee.at("12-18").run("agenda")
    text = committee.text(AGENDA)
    assert "|state=closed|" in text
    assert f"|moved=2026-12-10T15:00Z|changed={revision}}}}}" in text
    assert "In time." in report(text, "Beta")
    assert set(outcomes(committee.run("agenda")).values()) <= {"unchanged"}


@pytest.mark.parametrize("to", ["2026-12-08 10:00", "2026-12-17 16:00"])
def test_moved_during_an_outage(committee: Committee, to: str) -> None:
    """Though the agenda still says the old time, it is closed as of the new start."""
    committee.at("12-01").run("agenda")
    changed(committee.at("12-02"), was="2026-12-10", date=to)
    committee.at(to.replace(" ", "T").replace("2026-", "")).file(ALPHA, "Ada", progress="Too late.")
    committee.now = moment(to.replace(" ", "T"))
    committee.at("12-20").run("agenda")
    text = committee.text(AGENDA)
    assert "|state=closed|" in text
    assert f"|start={to.replace(' ', 'T')}Z|" in text


def test_moved_back(committee: Committee) -> None:
    """Once the move is taken back, the agenda says nothing of it."""
    committee.at("12-01").run("agenda")
    before = committee.text(AGENDA)
    committee.run("calendar")
    calendar = committee.text(CALENDAR)
    changed(committee.at("12-02"), was="2026-12-10", date="2026-12-17")
    committee.run("agenda")
    assert committee.text(AGENDA) != before
    committee.at("12-03").save(CALENDAR, calendar, "Ada")
    committee.run("agenda")
    assert committee.text(AGENDA) == before


def test_strangers_move_nothing(committee: Committee) -> None:
    """What somebody without the role enters on the calendar leaves the agenda as it is."""
    committee.at("12-01").run("agenda")
    changed(committee.at("12-02"), "Eve", was="2026-12-10", date="2026-12-17")
    assert outcomes(committee.run("agenda"))[AGENDA] == "unchanged"


def test_cancelled(committee: Committee) -> None:
    """The agenda of a cancelled meeting says so and stays, with what people proposed; the next one has the updates."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", needs="Visas")
    committee.file(BETA, "Bo", progress="First.")
    committee.run("agenda")
    text = committee.text(AGENDA).replace("<!-- slot:proposed -->\n", "<!-- slot:proposed -->\n* Mine\n")
    committee.save(AGENDA, text, "Passer-by")
    revision = changed(committee.at("12-02"), was="2026-12-10", reason="Nobody has time")
    committee.run("agenda")
    text = committee.text(AGENDA)
    assert f"|state=cancelled|changed={revision}|reason=Nobody has time|user=Ada}}}}" in text
    assert "* Mine" in text
    assert "We met." not in text
    committee.at("12-11").file(BETA, "Bo", date="2026-12-10", progress="Second.")
    committee.at("2027-01-02").file(ALPHA, "Ada", date="2027-01-14", questions="Who?")
    committee.run("agenda")
    following = committee.text(NEXT_AGENDA)
    assert following.count("We met.") == following.count("Visas") == following.count("Second.") == 1
    assert "Who?" in following
    assert "First." not in following
    assert "/Line|late|" not in following
    assert "|state=missing|" not in following
    assert committee.text(AGENDA) == text
    assert set(outcomes(committee.run("agenda")).values()) == {"unchanged"}


def test_cancelled_in_a_row(committee: Committee) -> None:
    """What was filed for two meetings that were cancelled is on the third one's agenda, and stays when that closes."""
    committee.at("12-01").file(ALPHA, "Ada", progress="December.")
    committee.file(BETA, "Bo", date="2027-01-14", progress="January.")
    changed(committee.at("12-02"), was="2026-12-10")
    changed(committee.at("12-03"), was="2027-01-14")
    committee.at("2027-02-05").run("agenda")
    third = NEXT_AGENDA.replace("2027-01-14", "2027-02-11")
    for when, state in (("2027-02-06", "draft"), ("2027-02-12", "closed"), ("2027-02-13", "closed")):
        committee.at(when).run("agenda")
        text = committee.text(third)
        assert f"|state={state}|" in text
        assert "December." in report(text, "Alpha")
        assert "January." in report(text, "Beta")
    committee.save(f"{ALPHA}/Updates/2026-12-10", "", "Ada")
    committee.at("2027-02-14").run("agenda")
    assert "December." not in committee.text(third)
    assert "January." in committee.text(third)
    committee.at("2027-03-01").run("agenda")
    assert "January." not in committee.text(NEXT_AGENDA.replace("2027-01-14", "2027-03-11"))


def test_cancelled_sections(committee: Committee) -> None:
    """The same holds for what was filed in sections of the page of updates."""
    section = "== 2026-12-10 ==\n{{Steering group/Update|progress=In a section.}}\n"
    committee.at("12-01").save(f"{ALPHA}/Updates", section, "Ada")
    changed(committee.at("12-02"), was="2026-12-10")
    for when in ("2027-01-02", "2027-01-15", "2027-01-16"):
        committee.at(when).run("agenda")
        assert "In a section." in report(committee.text(NEXT_AGENDA), "Alpha")
    committee.save(f"{ALPHA}/Updates", "", "Ada")
    committee.run("agenda")
    assert "In a section." not in committee.text(NEXT_AGENDA)


def test_cancelled_during_an_outage(committee: Committee) -> None:
    """An agenda that stood as a draft says that the meeting was cancelled; without one none is made."""
    committee.at("12-01").run("agenda")
    changed(committee.at("12-02"), was="2026-12-10")
    changed(committee.at("12-03"), was="2027-01-14")
    committee.at("2027-01-20").run("agenda")
    assert "|state=cancelled|" in committee.text(AGENDA)
    assert not committee.page(NEXT_AGENDA).exists


def test_held_after_all(committee: Committee) -> None:
    """A meeting whose cancellation is taken back has its agenda again."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.run("agenda", "calendar")
    calendar = committee.text(CALENDAR)
    changed(committee.at("12-02"), was="2026-12-10")
    committee.run("agenda")
    committee.at("12-03").save(CALENDAR, calendar, "Ada")
    committee.run("agenda")
    assert "|state=draft|" in committee.text(AGENDA)
    assert "We met." in report(committee.text(AGENDA), "Alpha")


def test_extra(committee: Committee) -> None:
    """An extra meeting has an agenda of its own with what is filed for it; the one after it stays alive meanwhile."""
    committee.at("12-01").run("agenda")
    changed(committee.at("12-02"), date="2026-12-04 10:00", reason="Budget")
    committee.at("12-03").file(ALPHA, "Ada", date="2026-12-04", progress="For the extra one.")
    committee.file(BETA, "Bo", progress="For the usual one.")
    extra = AGENDA.replace("12-10", "12-04")
    assert agendas(committee) == {AGENDA, extra}
    assert "For the extra one." in report(committee.text(extra), "Alpha")
    assert "For the usual one." in report(committee.text(AGENDA), "Beta")
    committee.at("12-05").run("agenda")
    assert "|state=closed|" in committee.text(extra)
    assert "For the extra one." not in committee.text(AGENDA)
    assert "|state=draft|" in committee.text(AGENDA)


# --- Open action items ---

MINUTES = f"{FRONT_PAGE}/Minutes/2026-12-10"
ITEMS = """== Participants ==
* [[User:Ada]]
== Action items ==
* Action: [[User:Ada]] to write the letter by 2027-01-05
* Action: [[User:Bo]] to book the room
"""


def minuted(committee: Committee) -> Committee:
    """The first meeting has been held, and its minutes were written on the day after."""
    committee.save(f"User:{BOT}/Run/registers", "yes", "Admin")
    committee.at("12-01").run("agenda")
    committee.at("12-10T16:00").run("agenda")
    committee.at("12-11").save(MINUTES, ITEMS, "Ada")
    committee.run("registers")
    committee.at("2027-01-02").run("registers", "agenda")
    return committee


def open_items(text: str) -> list[dict[str, str]]:
    """The fields of each open action item on an agenda."""
    return [dict(call.fields) for call in calls(text, "Steering group/Open item")]


def test_open_action_items(committee: Committee) -> None:
    """What is open comes back under "last meeting": what is due first, with id, owner, age and source."""
    found = open_items(minuted(committee).text(NEXT_AGENDA))
    assert [(one["id"], one["owner"], one.get("due")) for one in found] == [
        ("A1", "[[User:Ada|Ada]]", "2027-01-05"), ("A2", "[[User:Bo|Bo]]", "")
    ]  # fmt: skip
    assert ["letter" in one["text"] for one in found] == [True, False]
    assert {(one["meetings"], one["given"], one["page"], one["register"]) for one in found} == {
        ("1", "2026-12-10T15:00Z", MINUTES, f"{FRONT_PAGE}/Action items")
    }
    text = committee.text(NEXT_AGENDA)
    assert text.index("id=last-meeting") < text.index("Open item") < text.index("id=reports")


def test_overdue_and_older(committee: Committee) -> None:
    """After the day when it was due an item is overdue at the meeting, and it counts the meetings since."""
    minuted(committee).at("2027-01-14T16:00").run("agenda")
    assert [one.get("overdue") for one in open_items(committee.text(NEXT_AGENDA))] == ["yes", None]
    committee.at("2027-02-01").run("agenda")
    third = committee.text(NEXT_AGENDA.replace("2027-01-14", "2027-02-11"))
    assert [one["meetings"] for one in open_items(third)] == ["2", "2"]


def test_closed_agenda_keeps_open_items(committee: Committee) -> None:
    """A closed agenda has what was open at the start, whatever became of it since, and be it closed days later."""
    minuted(committee)
    page = committee.text(f"{FRONT_PAGE}/Action items")
    assert "status=open" in page
    committee.at("2027-01-15").save(f"{FRONT_PAGE}/Action items", page.replace("status=open", "status=done", 1), "Ada")
    for day in ("2027-01-16", "2027-01-17", "2027-01-18"):
        committee.at(day).run("registers", "agenda")
        assert "|state=closed|" in committee.text(NEXT_AGENDA)
        assert len(open_items(committee.text(NEXT_AGENDA))) == 2
    committee.at("2027-02-01").run("registers", "agenda")
    assert len(open_items(committee.text(NEXT_AGENDA.replace("2027-01-14", "2027-02-11")))) == 1


@pytest.mark.parametrize("way", ["emptied", "deleted", "line"])
@pytest.mark.parametrize("when", ["2027-01-05", "2027-01-20"])
def test_withdrawn_items(committee: Committee, way: str, when: str) -> None:
    """What no longer stands in the minutes leaves the agenda that recalls it, a closed one too."""
    minuted(committee).at("2027-01-14T16:00" if when > "2027-01-14" else "2027-01-03").run("agenda")
    assert "letter" in committee.text(NEXT_AGENDA)
    committee.at(when)
    if way == "deleted":
        committee.wiki.delete(MINUTES)
    else:
        kept = ITEMS.replace("* Action: [[User:Ada]] to write the letter by 2027-01-05\n", "") if way == "line" else ""
        committee.save(MINUTES, kept, "Ada")
    committee.run("registers", "agenda")
    assert "letter" not in committee.text(NEXT_AGENDA)
    assert ("room" in committee.text(NEXT_AGENDA)) == (way == "line")
    assert set(outcomes(committee.run("agenda")).values()) <= {"unchanged"}


def test_many_open_items(committee: Committee) -> None:
    """Of very many some are shown, with a link to the register."""
    committee.at("12-10T16:00").run("agenda")
    lines = "".join(f"* Action: [[User:Ada]] writes letter {word}\n" for word in map(spelled, range(26)))
    committee.at("12-11").save(MINUTES, f"== Action items ==\n{lines}", "Ada")
    committee.at("2027-01-02").run("agenda")
    text = committee.text(NEXT_AGENDA)
    assert len(open_items(text)) == 20
    assert f"[[:{FRONT_PAGE}/Action items|<bdi>{{{{Steering group/Text|open-items-more|6}}}}</bdi>]]" in text


def spelled(number: int) -> str:
    """A word of its own for a number."""
    return f"about {'abcdefghijklmnopqrstuvwxyz'[number] * 5} to the {number}th person"


# --- What it costs ---


@pytest.mark.parametrize("meet", [False, True])
def test_requests(meet: bool) -> None:
    """With 60 groups a quiet run takes as many rounds as with 6, and no look at any history, be it that they meet."""
    costs = []
    for number in (6, 60):
        names = [f"Group {one}" for one in range(number)]
        committee = Committee(groups=[{"name": name, "meetings": MEETS} for name in names] if meet else names)
        for name in names:
            committee.save(f"Committee/Working Groups/{name}", roster("Ada"), "Cora")
        for day in ("12-03", "12-09", "12-10", "12-11", "12-12"):
            found = committee.at(day).run("agenda")
        costs.append((found.rounds, found.requests["history"], found.requests["edit"]))
    assert costs == [(costs[0][0], 0, 0)] * 2


# --- The mirror ---


def test_pull() -> None:
    """A copy to try things on has the pages of all bodies, wherever they are, and the minutes' talk pages."""
    groups = [{"name": "Alpha", "page": "Alpha people", "meetings": MEETS}, "Beta"]
    titles = {"calendar": "Calendars/{body}", "archive": "Records/{body}", "minutes": "Records/{body}/{date}"}
    committee = Committee(groups=groups, titles=titles)
    committee.save("Alpha people", roster("Ada"), "Cora")
    committee.at("12-08T15:00").run()
    committee.save("Talk:Records/Alpha/2026-12-08", "== Objection ==\nNo.", "Ada")
    copy = EmbeddedWiki(":memory:", BOT, lambda: committee.now)
    pull(committee.wiki, copy)
    for title in (
        "Alpha people/Agenda/2026-12-08", "Calendars/Alpha", "Calendars/Steering Group", "Records/Alpha",
        "Records/Alpha/2026-12-08", "Talk:Records/Alpha/2026-12-08", f"{FRONT_PAGE}/Waiting",
    ):  # fmt: skip
        assert copy.texts()[Title(title)] == committee.text(title) != ""
