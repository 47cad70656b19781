"""The registers on an embedded wiki: minutes are read, people change entries, runs come when they come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.jobs.registers import kept
from strategybot.model.minutes import Kind, Named
from strategybot.model.page import Title
from strategybot.model.register import Entry, Event, Origin, Register, Registers, Said, State, What
from strategybot.reading.amending import Sheaf, Version, written
from strategybot.reading.register import as_owners, canonical, read_sheet
from strategybot.session import Session
from strategybot.writing.register import Leaf, register_page
from tests.committee import ALPHA, BETA, BOT, FRONT_PAGE, Committee, moment, outcomes, problems, roster
from tests.hostile import HOSTILE

MINUTES = f"{FRONT_PAGE}/Minutes"
DECEMBER, JANUARY, FEBRUARY = (f"{MINUTES}/{day}" for day in ("2026-12-10", "2027-01-14", "2027-02-11"))
ITEMS, DECISIONS = f"{FRONT_PAGE}/Action items", f"{FRONT_PAGE}/Decisions"
HELD = """== Decisions ==
* We meet on Thursdays.
== Action items ==
* '''Action:''' [[User:Bo|Bo]] to send the travel list by 2027-03-01
* '''Action:''' [[User:Ada|Ada]] to draft the survey (due 2026-12-20)
"""


NOTED = Entry("A1", Kind.ACTION, "x", Origin(Title(DECEMBER), 1)).with_events(
    [Event(What.READ, moment("12-10T15:00"), 1, meeting="2026-12-10")]
)


def committee(text: str = HELD) -> Committee:
    """A committee that has met in December, its minutes written and read."""
    made = Committee()
    made.at("12-10T17:00").save(DECEMBER, text, "Abel")
    made.at("12-10T18:00").run("registers")
    return made


def registers(made: Committee) -> Registers:
    """The registers as they stand after a run now."""
    return made.ask(kept(made.process, made.now))


def on_pages(made: Committee, kind: Kind = Kind.ACTION) -> Register:
    """A register as it stands on its pages, those of years among them."""
    own = ITEMS if kind is Kind.ACTION else DECISIONS
    sheaves = []
    for title in (own, *(f"{own}/{year}" for year in range(2024, 2040))):
        page = made.page(title)
        if page.revision and page.revision.text is not None:
            sheet = read_sheet(made.process, kind, page.text)
            sheaves.append(Sheaf(page, (Version(page.revision, sheet),), own=True))
    return written(made.process, kind, sheaves)


def entry(made: Committee, name: str) -> Entry:
    """An entry as it stands on its page."""
    return on_pages(made, Kind.ACTION if name[0] == "A" else Kind.DECISION).entries[name]


def slip(made: Committee, user: str, words: str, page: str = ITEMS) -> int:
    """Somebody appends a change, as a link beside an entry does."""
    return made.save(page, f"{made.text(page)}\n\n{{{{Steering group/Change|{words}}}}}", user)


def replaced(made: Committee, user: str, old: str, new: str, page: str = ITEMS) -> int:
    """Somebody changes words on a page."""
    assert old in made.text(page), made.text(page)
    return made.save(page, made.text(page).replace(old, new, 1), user)


def killed(made: Committee, edits: int) -> None:
    """The bot runs, and is killed after so many edits."""
    left = iter(range(edits))
    Session(made.wiki, now=made.now, pause=lambda _: next(left, None) is not None).run(["registers"])


def test_minutes_fill_both_registers() -> None:
    """What plain minutes say stands in the registers, unconfirmed, with its owner, its day and its source."""
    made = committee()
    bo, ada = entry(made, "A1"), entry(made, "A2")
    assert [(one.text, [owner.name for owner in one.owners], one.due) for one in (bo, ada)] == [
        ("send the travel list", ["Bo"], "2027-03-01"),
        ("draft the survey", ["Ada"], "2026-12-20"),
    ]
    revision = made.page(DECEMBER).revision
    assert revision is not None
    assert (bo.source.page.text, bo.source.revid, bo.source.section.heading) == (DECEMBER, revision.id, "Action items")
    assert not bo.confirmed
    assert bo.groups == (("Bo", "Beta"),)
    assert entry(made, "D1").status is State.STANDING


def test_nothing_is_made_of_nothing() -> None:
    """A body without minutes gets no registers, and a second run has nothing to write."""
    made = Committee().at("12-10T18:00")
    assert outcomes(made.run("registers")) == {}
    made = committee()
    assert set(outcomes(made.at("12-10T19:00").run("registers")).values()) == {"unchanged"}


def test_done_by_a_slip() -> None:
    """What "Done" appends is taken in by the next run, and off the page; other words there stay."""
    made = committee()
    slip(made.at("12-11T09:00"), "Bo", "a1|status=done|note=sent to [[all]]")
    made.save(ITEMS, made.text(ITEMS) + "\nThanks, Bo!", "Ada")
    assert problems(made.at("12-11T10:00").run("registers")) == []
    found = entry(made, "A1")
    assert (found.status, found.events[-1].user, found.events[-1].note) == (State.DONE, "Bo", "sent to [[all]]")
    assert "Steering group/Change" not in made.text(ITEMS)
    assert "Thanks, Bo!" in made.text(ITEMS)
    assert set(outcomes(made.at("12-11T11:00").run("registers")).values()) == {"unchanged"}
    assert "Thanks, Bo!" in made.text(ITEMS)


ROWS = {
    "a state in French": ("|status=open", "|status=terminé", lambda one: one.status is State.DONE),
    "a day in words": ("|due=2026-12-20", "|due=24 December 2026", lambda one: one.due == "2026-12-24"),
    "no day": ("|due=2026-12-20", "|due=", lambda one: one.due == ""),
    "owners": (
        "|owner=[[User:Ada|Ada]]",
        "|owner={{u|Bo}}, Chi and [[User:Dina]]",
        lambda one: [owner.name for owner in one.owners] == ["Bo", "Chi", "Dina"],
    ),
    "words": ("text=draft the survey", "text=draft the long survey", lambda one: one.text == "draft the long survey"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_is_changed(case: str) -> None:
    """Whatever somebody changes in a row is read, and stands there with who did it."""
    old, new, holds = ROWS[case]
    made = committee()
    text = made.text(ITEMS)
    start = text.index("|id=A2")
    revid = made.at("12-11T09:00").save(ITEMS, text[:start] + text[start:].replace(old, new, 1), "Ada")
    assert problems(made.at("12-11T10:00").run("registers")) == []
    found = entry(made, "A2")
    assert holds(found), found
    assert (found.events[-1].user, found.events[-1].revid) == ("Ada", revid)
    assert set(outcomes(made.at("12-11T11:00").run("registers")).values()) == {"unchanged"}


LATER = {
    "by its id": "* A2 – done",
    "in lower case": "* a2 – done",
    "in lower case, as who has done it": "* a2: done",
    "by a link to its id": "* [[#A2]] done",
    "in bold": "* '''A2''': done",
    "struck out": "* <s>Survey draft</s> done",
    "by its words": "* Draft the survey – done",
}


@pytest.mark.parametrize("case", LATER)
def test_done_in_later_minutes(case: str) -> None:
    """What the next minutes say of an item is news of that item, and no other one."""
    made = committee()
    text = f"== Action items from the last meeting ==\n{LATER[case]}\n"
    made.at("2027-01-14T17:00").save(JANUARY, text, "Abel")
    made.at("2027-01-14T18:00").run("registers")
    found = entry(made, "A2")
    assert found.status is State.DONE
    assert found.meetings == ("2026-12-10", "2027-01-14")
    assert set(on_pages(made).entries) == {"A1", "A2"}


@pytest.mark.parametrize(("day", "status"), [("2027-01-10", State.DONE), ("2027-01-20", State.DROPPED)])
def test_the_later_change_counts(day: str, status: State) -> None:
    """An item is as it was said last, in the register or in minutes, whenever the bot hears of it."""
    made = committee()
    made.at("2027-01-20T12:00").save(JANUARY, "== Action items from the last meeting ==\n* A2 – done\n", "Abel")
    made.now = made.at(f"{day}T09:00").now
    slip(made, "Ada", "A2|status=dropped")
    made.at("2027-01-21").run("registers")
    assert entry(made, "A2").status is status
    assert len(entry(made, "A2").events) == 3


def test_reassigned_and_put_off_in_minutes() -> None:
    """Later minutes give an item to somebody else, and another day."""
    made = committee()
    text = "== Review of the last meeting ==\n* A2: [[User:Bo|Bo]] – draft the survey (due 2027-02-01)\n"
    made.at("2027-01-14T17:00").save(JANUARY, text, "Abel")
    made.at("2027-01-14T18:00").run("registers")
    found = entry(made, "A2")
    assert ([owner.name for owner in found.owners], found.due) == (["Bo"], "2027-02-01")


def test_disputed() -> None:
    """Two people who change a state back and forth are shown both, with the revisions."""
    made = committee()
    for hour, user, status in ((9, "Ada", "done"), (10, "Bo", "open"), (11, "Ada", "done")):
        revid = slip(made.at(f"12-11T{hour:02}:00"), user, f"A2|status={status}")
        made.at(f"12-11T{hour:02}:30").run("registers")
    dispute = entry(made, "A2").dispute
    assert dispute is not None
    assert [one.user for one in dispute] == ["Bo", "Ada"]
    assert f"|disputed again={revid}" in made.text(ITEMS)


def test_a_row_is_removed() -> None:
    """Of a row that somebody takes out a line stays that says who did, without its words, and it isn't read again."""
    made = committee()
    text = made.text(ITEMS)
    start, end = text.index("{{Steering group/Action item|id=A1"), text.index("<!-- /slot")
    made.at("12-11T09:00").save(ITEMS, text[:start] + text[end:], "Ada")
    made.at("12-11T10:00").run("registers")
    assert "travel list" not in made.text(ITEMS)
    assert (entry(made, "A1").status, entry(made, "A1").events[-1].user) == (State.REMOVED, "Ada")
    made.save(DECEMBER, HELD + "\n* '''Action:''' [[User:Bo|Bo]] to book the room", "Abel")
    made.at("12-11T11:00").run("registers")
    assert [one.text for one in on_pages(made).open] == ["draft the survey", "book the room"]
    assert "A3" in on_pages(made).entries
    made.save(ITEMS, text, "Bo")  # somebody brings it back
    made.at("12-11T12:00").run("registers")
    assert entry(made, "A1").text == "send the travel list"


def test_a_row_that_somebody_writes() -> None:
    """A row added by hand gets the next id; one with a forged id, too, and no history that nobody wrote is believed."""
    made = committee()
    forged = (
        "{{Steering group/Action item|id=A1|text=pay Mallory|status=open|history="
        "{{Steering group/Event|what=confirmed|time=2026-12-11T00:00:00Z|user=Cora|revision=1}}}}"
    )
    plain = "{{Steering group/Action item|text=book the room|owner=Chi|due=5 January 2027}}"
    replaced(made.at("12-11T09:00"), "Mallory", "<!-- /slot", f"{plain}\n{forged}\n<!-- /slot")
    made.at("12-11T10:00").run("registers")
    room, pay = entry(made, "A3"), entry(made, "A4")
    assert (room.text, room.due, room.events[0].user) == ("book the room", "2027-01-05", "Mallory")
    assert (pay.text, len(pay.events), pay.confirmed) == ("pay Mallory", 1, False)
    assert entry(made, "A1").text == "send the travel list"


def test_a_stranger() -> None:
    """What somebody says who doesn't belong to the body stands, unconfirmed until somebody does who belongs to it."""
    made = committee()
    made.at("12-11T08:00")
    slip(made, "Ada", "A1|confirmed=yes")
    made.run("registers")
    assert entry(made, "A1").confirmed
    slip(made.at("12-11T09:00"), "Mallory", "A1|status=done")
    made.at("12-11T10:00").run("registers")
    assert (entry(made, "A1").status, entry(made, "A1").confirmed) == (State.DONE, False)
    assert "|unconfirmed=Mallory," in made.text(ITEMS)
    slip(made.at("12-11T11:00"), "Mallory", "A1|confirmed=yes")
    made.at("12-11T12:00").run("registers")
    assert not entry(made, "A1").confirmed
    assert "Register/Refused|register-not-yours" in made.text(ITEMS)
    slip(made.at("12-11T13:00"), "Bo", "A1|confirmed=yes")
    made.at("12-11T14:00").run("registers")
    assert entry(made, "A1").confirmed


def test_minutes_are_confirmed_or_approved() -> None:
    """A member confirms a meeting's entries at once; else they are as soon as the minutes are approved."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "meeting=2026-12-10|confirmed=yes")
    made.at("12-11T10:00").run("registers")
    assert all(one.confirmed for one in on_pages(made).entries.values())
    assert entry(made, "D1").confirmed
    made = committee()
    made.at("2027-01-14T18:00").run("registers")
    made.run("registers")
    assert all(one.confirmed for one in on_pages(made).entries.values())
    assert set(outcomes(made.at("2027-01-14T19:00").run("registers")).values()) == {"unchanged"}


REFUSED = {
    "A9|status=done": "register-no-such-entry",
    "A1|status=finito": "register-status",
    "A1|due=soon": "register-due",
    "A1|status=": "register-says-nothing",
    "meeting=2025-01-01|confirmed=yes": "register-no-such-meeting",
}


@pytest.mark.parametrize("words", REFUSED)
def test_a_slip_that_cannot_be_followed(words: str) -> None:
    """It stays, with a sentence beside it, until somebody mends it."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", words)
    made.at("12-11T10:00").run("registers")
    assert f"Register/Refused|{REFUSED[words]}" in made.text(ITEMS)
    assert f"{{{{Steering group/Change|{words}}}}}" in made.text(ITEMS)
    assert set(outcomes(made.at("12-11T11:00").run("registers")).values()) == {"unchanged"}
    replaced(made.at("12-11T12:00"), "Ada", f"Change|{words}", "Change|A1|status=done")
    made.at("12-11T13:00").run("registers")
    assert entry(made, "A1").status is State.DONE
    assert "Refused" not in made.text(ITEMS)


def test_minutes_are_edited() -> None:
    """An item that is worded anew keeps its id, one that goes leaves a bare line, and a new one gets a new id."""
    made = committee()
    text = "== Action items ==\n* '''Action:''' [[User:Bo|Bo]] to send the travel list to all groups by 2027-04-01\n"
    text += "* '''Action:''' [[User:Cora|Cora]] to find a room\n"
    made.at("12-11T09:00").save(DECEMBER, text, "Abel")
    made.at("12-11T10:00").run("registers")
    assert (entry(made, "A1").text, entry(made, "A1").due) == ("send the travel list to all groups", "2027-04-01")
    assert entry(made, "A2").status is State.GONE
    assert entry(made, "A3").text == "find a room"
    assert "survey" not in made.text(ITEMS)
    assert "Thursdays" not in made.text(DECISIONS)


@pytest.mark.parametrize("how", ["deleted", "hidden", "emptied"])
def test_minutes_are_withdrawn(how: str) -> None:
    """With the minutes their entries leave the register; what people had changed there, a problem tells."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "A2|status=done")
    made.at("12-11T10:00").run("registers")
    revision = made.page(DECEMBER).revision
    assert revision is not None
    if how == "deleted":
        made.wiki.delete(Title(DECEMBER))
    elif how == "hidden":
        made.wiki.hide(revision.id)
    else:
        made.save(DECEMBER, "(nothing)", "Mallory")
    for hour in (11, 12):
        report = made.at(f"12-11T{hour}:00").run("registers")
        assert "travel list" not in made.text(ITEMS) + made.text(DECISIONS)
        assert "survey" not in made.text(ITEMS)
        assert [key for key, _ in problems(report)] == ["register-gone"]
    if how == "emptied":  # and somebody takes that back
        made.at("12-11T13:00").save(DECEMBER, HELD, "Abel")
        assert problems(made.at("12-11T14:00").run("registers")) == []
        assert (entry(made, "A2").status, entry(made, "A2").text) == (State.DONE, "draft the survey")
        assert [owner.name for owner in entry(made, "A2").owners] == ["Ada"]
        assert sorted(on_pages(made).entries) == ["A1", "A2"]


def test_who_has_left_hands_over() -> None:
    """An item goes to those who coordinate the owner's group now; where nobody does, a problem says so."""
    made = committee()
    made.at("2027-01-02").save(BETA, roster("Chi"), "Cora")
    made.run("registers")
    assert [owner.name for owner in entry(made, "A1").owners] == ["Chi"]
    assert entry(made, "A1").events[-1].note == "Bo"
    assert set(outcomes(made.at("2027-01-03").run("registers")).values()) == {"unchanged"}
    made.at("2027-01-04").save(BETA, roster(), "Cora")
    report = made.run("registers")
    assert ("register-nobody-left", ITEMS) in problems(report)
    assert [owner.name for owner in entry(made, "A1").owners] == ["Chi"]


def test_who_leaves_one_of_two_groups() -> None:
    """Who leaves the group for which they were given an item hands it over, also if they coordinate another one now."""
    made = committee()
    made.at("2027-01-02").save(ALPHA, roster("Ada", "Abel", "Bo"), "Cora")
    made.save(BETA, roster("Chi"), "Cora")
    made.run("registers")
    assert [owner.name for owner in entry(made, "A1").owners] == ["Chi"]


def test_several_leave_at_once() -> None:
    """Each of them hands over to whoever coordinates their own group."""
    made = committee("== Action items ==\n* '''Action:''' [[User:Ada]], [[User:Bo]] to send the list\n")
    made.at("2027-01-02").save(ALPHA, roster("Abel"), "Cora")
    made.save(BETA, roster("Chi"), "Cora")
    made.run("registers")
    assert {owner.name for owner in entry(made, "A1").owners} == {"Abel", "Chi"}


def test_the_successor_takes_over() -> None:
    """An item goes to who came for the owner, and not to who coordinated the group beside them all the time."""
    made = committee("== Action items ==\n* '''Action:''' [[User:Ada]] to send the list\n")
    made.at("2027-01-02").save(ALPHA, roster("Abel", "Chi"), "Cora")
    made.run("registers")
    assert [owner.name for owner in entry(made, "A1").owners] == ["Chi"]


def test_an_owner_is_renamed() -> None:
    """Whoever has another name now owns the item by that, though somebody else coordinates the group as well."""
    made = committee()
    made.at("2027-01-02").wiki.rename("Bo", "Bob")
    made.save(BETA, roster("Bob", "Chi"), "Cora")
    made.run("registers")
    assert [owner.name for owner in entry(made, "A1").owners] == ["Bob"]


def test_closed_ones_go_to_their_year() -> None:
    """What is done moves to the year's page after the next meeting, and back when somebody takes it up again."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "A2|status=done")
    made.at("12-11T10:00").run("registers")
    assert not made.page(f"{ITEMS}/2026").exists
    report = made.at("2027-01-14T18:00").run("registers")
    assert outcomes(report)[f"{ITEMS}/2026"] == "saved"
    assert ("id=A2" in made.text(ITEMS), "id=A2" in made.text(f"{ITEMS}/2026")) == (False, True)
    assert set(outcomes(made.at("2027-01-14T18:20").run("registers")).values()) == {"unchanged"}
    assert entry(made, "A2").events[-1].user == "Ada"
    slip(made.at("2027-01-15T09:00"), "Bo", "A2|status=open", f"{ITEMS}/2026")
    made.at("2027-01-15T10:00").run("registers")
    assert ("id=A2" in made.text(ITEMS), "id=A2" in made.text(f"{ITEMS}/2026")) == (True, False)
    assert entry(made, "A2").status is State.OPEN


OLD = f"{MINUTES}/2024-12-12"


@pytest.mark.parametrize("edits", range(6))
def test_killed_between_two_pages(edits: int) -> None:
    """However many edits a run makes before it is killed, nothing is lost, and the next run puts it where it belongs.

    Among it is what stood nowhere before: of a past year, and what somebody has just taken out of the register.
    """
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "A2|status=done")
    made.at("12-11T10:00").run("registers")
    made.at("2027-01-14T17:00").save(OLD, "== Decisions ==\n* We are a committee.\n", "Abel")
    text = made.text(ITEMS)
    start, end = text.index("{{Steering group/Action item|id=A1"), text.index("{{Steering group/Heading|register-over")
    made.save(ITEMS, f"{text[:start]}{text[end - 3 :]}", "Ada")
    killed(made.at("2027-01-14T18:00"), edits)
    made.at("2027-01-14T18:10").run("registers")
    made.at("2027-01-14T18:20").run("registers")
    assert (entry(made, "A1").status, entry(made, "A2").status) == (State.REMOVED, State.DONE)
    assert entry(made, "A2").events[-1].user == "Ada"
    assert "We are a committee." in made.text(f"{DECISIONS}/2024")
    assert sorted(on_pages(made, Kind.DECISION).entries) == ["D1", "D2"]
    pages = [made.text(title) for title in (ITEMS, f"{ITEMS}/2026", f"{ITEMS}/2027")]
    assert [sum(f"|id={name}|" in page for page in pages) for name in ("A1", "A2")] == [1, 1]
    assert set(outcomes(made.at("2027-01-14T18:30").run("registers")).values()) == {"unchanged"}


def test_taken_back_while_it_moves() -> None:
    """What left its minutes and stands there again is back, also where a run was killed before both pages said so."""
    made = committee()
    made.at("12-11T09:00").save(DECEMBER, "(nothing)", "Mallory")
    made.run("registers")
    made.at("2027-01-14T18:00").run("registers")
    assert "id=A2" in made.text(f"{ITEMS}/2026")
    made.at("2027-01-15T09:00").save(DECEMBER, HELD, "Abel")
    killed(made, 1)
    for hour in (10, 11):
        made.at(f"2027-01-15T{hour}:00").run("registers")
    assert [one.text for one in on_pages(made).open] == ["draft the survey", "send the travel list"]
    assert [owner.name for owner in entry(made, "A2").owners] == ["Ada"]


def test_a_year_page_that_cannot_be_written() -> None:
    """As long as the year's page isn't written, what belongs there stays where it stands."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "A2|status=done")
    made.at("12-11T10:00").run("registers")
    made.save(f"{ITEMS}/2026", "This is somebody's own page.", "Ada")
    for hour in (18, 19):
        made.at(f"2027-01-14T{hour}:00").run("registers")
        assert "id=A2" in made.text(ITEMS)


def test_peoples_words_stay() -> None:
    """What people write between the rows goes with the row above it; what they write above all stays there."""
    made = committee()
    text = made.text(ITEMS)
    end = text.index("}}}}\n", text.index("|id=A2")) + 4
    text = f"{text[:end]}\n\n''Ada says it is half done.''{text[end:]}"
    text = text.replace("<!-- slot:items -->", "<!-- slot:items -->\nRead me first.", 1)
    made.at("12-11T09:00").save(ITEMS, text, "Ada")
    made.at("12-11T10:00").run("registers")
    assert entry(made, "A2").beneath == "''Ada says it is half done.''"
    assert made.text(ITEMS).count("half done") == 1
    assert made.text(ITEMS).index("Read me first.") < made.text(ITEMS).index("Register/Record") + 300
    assert made.text(ITEMS).count("Read me first.") == 1


IN_ONE_EDIT = {
    "each its own slip": ("status=done|note=sent", "due=2027-05-05|note=late"),
    "what the other says too": ("status=done|note=sent|due=2027-05-05", "note=late|status=open"),
}


@pytest.mark.parametrize("case", IN_ONE_EDIT)
def test_all_of_an_edit_counts(case: str) -> None:
    """Several slips that somebody files at once, and a row that they change with them, are all taken in."""
    made = committee()
    text = made.at("12-11T09:00").text(ITEMS).replace("text=send the travel list", "text=send the list", 1)
    slips = "\n".join(f"{{{{Steering group/Change|A1|{words}}}}}" for words in IN_ONE_EDIT[case])
    made.save(ITEMS, f"{text}\n{slips}", "Ada")
    made.at("12-11T10:00").run("registers")
    found = entry(made, "A1")
    assert (found.text, found.status, found.due) == ("send the list", State.DONE, "2027-05-05")
    assert found.events[-1].note == "sent · late"
    assert set(outcomes(made.at("12-11T11:00").run("registers")).values()) == {"unchanged"}


def test_who_takes_an_item_for_themselves() -> None:
    """An owner's word counts, but not that of somebody who is one by their own word alone."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "meeting=2026-12-10|confirmed=yes")
    made.run("registers")
    for hour, user, words in (
        (10, "Mallory", "owner=[[User:Mallory]]"),
        (11, "Mallory", "status=done"),
        (12, "Ada", "owner=[[User:Bo]]"),
    ):
        slip(made.at(f"12-11T{hour}:00"), user, f"A1|{words}")
        made.run("registers")
    assert [one.user for one in entry(made, "A1").doubts] == ["Mallory"]
    slip(made.at("12-12T09:00"), "Ada", "A2|owner=[[User:Mallory]]")
    slip(made.at("12-12T10:00"), "Mallory", "A2|status=done")
    made.run("registers")
    assert entry(made, "A2").confirmed


@pytest.mark.parametrize("old", ["<!-- slot:items -->", "<!-- /slot:items -->", ""])
def test_the_marks_are_taken_away(old: str) -> None:
    """Without the marks of its slot a page isn't read or written; nothing is lost, and a problem says what to do."""
    made = committee()
    before = made.text(ITEMS)
    made.at("12-11T09:00").save(ITEMS, before.replace(old, "", 1) if old else "", "Mallory")
    for hour in (10, 11):
        report = made.at(f"12-11T{hour}:00").run("registers")
        assert problems(report) == [("register-unmarked" if old else "page-blanked", ITEMS)]
    assert [one.id for one in registers(made).items.open] == ["A2", "A1"]
    slip(made.at("12-11T12:00"), "Bo", "A1|status=done")
    made.save(ITEMS, before + "\n{{Steering group/Change|A1|status=done}}", "Bo")
    assert problems(made.at("12-11T13:00").run("registers")) == []
    assert (entry(made, "A1").status, entry(made, "A2").status) == (State.DONE, State.OPEN)


def test_rows_come_back() -> None:
    """Rows that somebody took away and others put back are as they were; what left with its minutes stays gone."""
    made = committee()
    before = made.text(ITEMS)
    start, end = before.index("{{Steering group/Action item"), before.index("<!-- /slot")
    made.at("12-11T09:00").save(ITEMS, before[:start] + before[end:], "Mallory")
    made.run("registers")
    made.at("12-11T10:00").save(ITEMS, before, "Ada")
    made.run("registers")
    assert [(one.text, one.due) for one in on_pages(made).open] == [
        ("draft the survey", "2026-12-20"),
        ("send the travel list", "2027-03-01"),
    ]
    made.at("12-12T09:00").save(DECEMBER, "(nothing)", "Abel")
    made.run("registers")
    made.at("12-12T10:00").save(ITEMS, before, "Mallory")
    made.run("registers")
    assert "survey" not in made.text(ITEMS)


def test_a_row_is_moved_by_hand() -> None:
    """A row that somebody puts on another page of the register is the same entry, and goes back where it belongs."""
    made = committee()
    slip(made.at("12-11T09:00"), "Ada", "A2|status=done")
    made.run("registers")
    made.at("2027-01-14T18:00").run("registers")
    text, year = made.text(ITEMS), f"{ITEMS}/2026"
    start, end = text.index("{{Steering group/Action item|id=A1"), text.index("<!-- /slot")
    row = text[start:end].replace("|due=2027-03-01", "|due=2027-04-01", 1)
    made.at("2027-01-15T09:00").save(ITEMS, text[:start] + text[end:], "Ada")
    replaced(made, "Ada", "<!-- /slot", f"{row}<!-- /slot", year)
    made.at("2027-01-15T10:00").run("registers")
    assert ("id=A1" in made.text(ITEMS), "id=A1" in made.text(year)) == (True, False)
    assert (entry(made, "A1").due, sorted(on_pages(made).entries)) == ("2027-04-01", ["A1", "A2"])


def test_hostile_words() -> None:
    """Whatever somebody types as text, owner, day or note: rows are read as they were written, and a run converges."""
    made = Committee()
    noted = [
        replace(NOTED, id=f"A{number}", text=canonical(value), owners=as_owners([Named(value), Named(value, True)]))
        for number, value in enumerate(HOSTILE.values(), 1)
    ]
    register = Register(Kind.ACTION)
    for one in noted:
        event = replace(one.events[0], said=Said(State.OPEN, one.owners, ""), note=canonical(one.text))
        register = register.with_entry(one.with_events([event]))
    leaf = Leaf(register, (("register-current", tuple(register.entries.values())),))
    text = register_page(made.process, made.process.action_items, leaf, made.now)
    made.save(ITEMS, text, BOT)
    assert made.text(ITEMS) == text  # nothing in it acts when it is saved
    assert on_pages(made).entries == register.entries
    assert text.count("<!-- ") == 2


def test_a_hostile_row() -> None:
    """A row of which each field is full of markup harms no other, and comes to rest."""
    for value in ("|id=A1", "}}{{Steering group/Action item|id=A2|text=", "<!-- /slot:items -->", "<nowiki>", "{{!}}"):
        made = committee()
        row = f"{{{{Steering group/Action item|text=x {value}|owner={value}|due={value}|status={value}}}}}"
        replaced(made.at("12-11T09:00"), "Mallory", "<!-- /slot", f"{row}\n<!-- /slot")
        for hour in (10, 11):
            made.at(f"12-11T{hour}:00").run("registers")
        assert set(outcomes(made.at("12-11T12:00").run("registers")).values()) == {"unchanged"}, value
        assert [entry(made, name).text for name in ("A1", "A2")] == ["send the travel list", "draft the survey"], value


def test_words_in_arabic() -> None:
    """Minutes in Arabic are read as well."""
    made = Committee(languages=["ar", "en"])
    made.at("12-10T17:00").save(DECEMBER, "== المهام ==\n* مهمة: [[User:Ada|Ada]] – كتابة الاستبيان\n", "Abel")
    made.at("12-10T18:00").run("registers")
    assert [owner.name for owner in entry(made, "A1").owners] == ["Ada"]
    slip(made.at("12-11"), "Ada", "A1|status=منجزة")
    made.at("12-11T10:00").run("registers")
    assert entry(made, "A1").status is State.DONE


HAPPENINGS = (
    ("12-11T09:00", lambda made: slip(made, "Bo", "A1|status=done|note=sent")),
    ("12-12T09:00", lambda made: replaced(made, "Abel", "draft the survey", "draft the long survey", DECEMBER)),
    ("12-13T09:00", lambda made: slip(made, "Mallory", "A2|due=2027-02-01")),
    ("12-14T09:00", lambda made: slip(made, "Ada", "A1|status=open")),
    (
        "2027-01-14T17:00",
        lambda made: made.save(JANUARY, "== Action items from the last meeting ==\n* A2 – done", "Bo"),
    ),
    ("2027-01-15T09:00", lambda made: slip(made, "Ada", "A2|owner=[[User:Bo]]|confirmed=yes")),
    ("2027-01-16T09:00", lambda made: slip(made, "Bo", "A1|status=dropped")),
)


RUNS = st.sampled_from((None, 0, 1, 2, 9))
"""After how many edits a run is killed; None where there is none."""


@settings(max_examples=12, deadline=None)
@given(st.lists(RUNS, min_size=len(HAPPENINGS), max_size=len(HAPPENINGS)))
def test_whenever_the_bot_runs(runs: list[int | None]) -> None:
    """However often the bot runs between what people do, or is killed, the entries are the same in the end."""
    made = committee()
    for (time, happens), edits in zip(HAPPENINGS, runs, strict=True):
        happens(made.at(time))
        if edits is not None:
            killed(made, edits)
    for hour in (10, 11, 12):
        made.at(f"2027-01-16T{hour}:00").run("registers")
    found = {
        one.id: (one.text, one.status, [owner.name for owner in one.owners], one.due, one.confirmed)
        for one in on_pages(made).entries.values()
    }
    assert found == {
        "A1": ("send the travel list", State.DROPPED, ["Bo"], "2027-03-01", True),
        "A2": ("draft the long survey", State.DONE, ["Bo"], "2027-02-01", True),
    }
    assert set(outcomes(made.at("2027-01-16T13:00").run("registers")).values()) == {"unchanged"}


def test_ten_years() -> None:
    """What a run asks doesn't grow with the years, nor does the register's own page."""
    made = committee()
    lengths: list[int] = []
    requests: list[int] = []
    for year in range(2027, 2037):
        meeting = made.process.body.meetings.following(made.at(f"{year}-06-01").now)
        assert meeting is not None
        made.now = meeting.end
        lines = [f"* '''Action:''' [[User:Ada|Ada]] to do thing {year} {number}\n" for number in range(3)]
        made.save(f"{MINUTES}/{meeting.date}", "== Action items ==\n" + "".join(lines), "Abel")
        made.run("registers")
        for one in on_pages(made).open:
            slip(made, "Ada", f"{one.id}|status=done")
        made.run("registers")
        before = made.wiki.requests.total()
        made.run("registers")
        requests.append(made.wiki.requests.total() - before)
        lengths.append(len(made.text(ITEMS)))
    assert len(on_pages(made).entries) == 32
    assert max(requests[1:]) <= requests[1]
    assert lengths[-1] < lengths[1] + 2000
