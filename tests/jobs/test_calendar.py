"""The calendar page: what people change there, who may, and what the bot makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from strategybot.inquiries.calendars import scheduled
from strategybot.wiki.port import Kind
from tests.committee import ALPHA, BOT, FRONT_PAGE, Committee, moment, outcomes, problems, roster

CALENDAR = f"{FRONT_PAGE}/Calendar"
MOVE = "{{Steering group/Meeting|was=2026-12-10|date=2026-12-17 16:00|reason=A holiday}}"
CANCEL = "{{Steering group/Meeting|was=2026-12-10|reason=Nobody has time}}"
EXTRA = "{{Steering group/Meeting|date=2026-12-20}}"


def enter(committee: Committee, entry: str, user: str) -> int:
    """Somebody adds an entry at the end of the calendar, as the links do it."""
    return committee.save(CALENDAR, f"{committee.text(CALENDAR)}\n\n{entry}".strip(), user)


def starts(committee: Committee, at: str = "") -> list[str]:
    """When the next two meetings begin by the calendar as it stands, or stood at a moment."""
    process = committee.ask(scheduled(committee.process, moment(at) if at else None))
    first = process.body.meetings.following(moment("12-01"))
    second = process.body.meetings.following(first.start) if first else None
    return [f"{one.start:%m-%dT%H:%M}" for one in (first, second) if one]


def to_mend(committee: Committee) -> list[str]:
    """What a run tells of the calendar."""
    found = problems(committee.run())
    return [key.removeprefix("calendar-") for key, page in found if page == CALENDAR]


@pytest.fixture
def calendar(committee: Committee) -> Committee:
    """The committee on 1 December, after a run that made the calendar."""
    committee.at("12-01").run()
    return committee


def test_the_page_lists_a_year(calendar: Committee) -> None:
    """Twelve months of meetings, each with its time and what moves, cancels and changes it."""
    text = calendar.text(CALENDAR)
    assert text.count("{{Steering group/Calendar row|") == 12
    assert "|meeting=2026-12-10|start=2026-12-10T15:00Z|" in text
    assert "|planned=2027-11-11 15:00}}" in text
    assert outcomes(calendar.at("12-02").run("calendar")) == {CALENDAR: "unchanged"}


@pytest.mark.parametrize("user", ["Ada", "Bo", "Cora", "Admin"])
def test_who_may_move_a_meeting(calendar: Committee, user: str) -> None:
    """A coordinator of any group, the core team, an admin."""
    enter(calendar, MOVE, user)
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    assert to_mend(calendar) == []
    row = f"|from=2026-12-10T15:00Z|reason=A holiday|user={user}|"
    assert row in calendar.text(CALENDAR)


@pytest.mark.parametrize("user", ["Mallory", "Otto"])
def test_others_entries_wait(calendar: Committee, user: str) -> None:
    """What anybody else enters doesn't count, and neither it nor its reason is shown above."""
    number = enter(calendar, MOVE, user)
    assert starts(calendar) == ["12-10T15:00", "01-14T15:00"]
    assert to_mend(calendar) == ["waiting"]
    text = calendar.text(CALENDAR)
    assert f"{{{{Steering group/Calendar problem|calendar-waiting|{user}|revision={number}}}}}" in text
    assert text.count("A holiday") == 1


def test_confirming_an_entry(calendar: Committee) -> None:
    """A coordinator's name in the entry makes it theirs; a stranger's name in it doesn't."""
    enter(calendar, MOVE, "Mallory")
    calendar.save(CALENDAR, calendar.text(CALENDAR).replace("|reason", "|confirmed by=Ada|reason"), "Mallory")
    assert to_mend(calendar) == ["waiting"]
    calendar.save(CALENDAR, calendar.text(CALENDAR).replace("by=Ada", "by=Bo"), "Bo")
    assert to_mend(calendar) == []
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]


def test_saving_the_page_confirms_nothing(calendar: Committee) -> None:
    """A coordinator who adds another entry, or edits something else, hasn't seen a stranger's."""
    enter(calendar, MOVE, "Mallory")
    enter(calendar, EXTRA, "Ada")
    calendar.save(CALENDAR, f"{calendar.text(CALENDAR)}\n\nHello.", "Bo")
    assert starts(calendar) == ["12-10T15:00", "12-20T15:00"]
    assert to_mend(calendar) == ["waiting"]
    assert calendar.text(CALENDAR).endswith("\n\nHello.")


def test_a_meeting_does_not_go_back_for_a_stranger(calendar: Committee) -> None:
    """What a stranger takes away or changes waits, also behind other people's edits, until who may says something."""
    before = calendar.text(CALENDAR)
    enter(calendar, MOVE, "Ada")
    calendar.run()
    calendar.save(CALENDAR, before, "Mallory")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    assert to_mend(calendar) == ["taken-away"]
    enter(calendar, EXTRA, "Bo")
    assert to_mend(calendar) == ["taken-away"]
    assert starts(calendar) == ["12-17T16:00", "12-20T15:00"]
    enter(calendar, MOVE.replace("2026-12-17 16:00", "2026-12-10"), "Bo")
    assert starts(calendar) == ["12-10T15:00", "12-20T15:00"]
    assert to_mend(calendar) == []


def test_a_stranger_changes_an_entry(calendar: Committee) -> None:
    """The entry counts as it was, and the changed one waits."""
    enter(calendar, MOVE, "Ada")
    calendar.save(CALENDAR, calendar.text(CALENDAR).replace("12-17 16:00", "12-24 16:00"), "Mallory")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    assert sorted(to_mend(calendar)) == ["taken-away", "waiting"]


def test_who_may_takes_an_entry_back(calendar: Committee) -> None:
    """Then the meeting is where it was planned, and a stranger can't bring the entry back."""
    before = calendar.text(CALENDAR)
    enter(calendar, MOVE, "Ada")
    moved = calendar.text(CALENDAR)
    calendar.save(CALENDAR, before, "Bo")
    assert (starts(calendar), to_mend(calendar)) == (["12-10T15:00", "01-14T15:00"], [])
    calendar.save(CALENDAR, moved, "Mallory")
    assert (starts(calendar), to_mend(calendar)) == (["12-10T15:00", "01-14T15:00"], ["waiting"])


def test_restoring_the_page_says_nothing_new(calendar: Committee) -> None:
    """Who undoes vandalism confirms no stranger's entry with it, and brings back what counted."""
    enter(calendar, MOVE, "Ada")
    enter(calendar, EXTRA, "Mallory")
    both = calendar.text(CALENDAR)
    calendar.save(CALENDAR, "nothing", "Eve")
    calendar.save(CALENDAR, both, "Bo")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    assert to_mend(calendar) == ["waiting"]


def test_a_hidden_revision_vouches_for_nothing(calendar: Committee) -> None:
    """What a hidden revision of a stranger's may have brought isn't the next author's word."""
    number = enter(calendar, MOVE, "Mallory")
    calendar.save(CALENDAR, f"{calendar.text(CALENDAR)}\n\nHello.", "Ada")
    calendar.wiki.hide(number, "text")
    assert starts(calendar) == ["12-10T15:00", "01-14T15:00"]


def test_who_coordinated_then(calendar: Committee) -> None:
    """A meeting stays where somebody moved it who coordinates no longer; now they can't."""
    enter(calendar, MOVE, "Ada")
    calendar.at("12-02").save(ALPHA, roster("Abel"), "Cora")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    calendar.at("12-03")
    enter(calendar, CANCEL, "Ada")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]


def test_as_of_a_moment(calendar: Committee) -> None:
    """What was entered later counts later."""
    calendar.at("12-03")
    enter(calendar, MOVE, "Ada")
    assert starts(calendar, "12-02") == ["12-10T15:00", "01-14T15:00"]
    assert starts(calendar, "12-04") == ["12-17T16:00", "01-14T15:00"]


def test_a_page_that_others_moved_there(committee: Committee) -> None:
    """Another page's history lends a calendar nothing, whoever wrote that."""
    committee.at("12-01").save("Drafts", MOVE, "Ada")
    committee.wiki.move("Drafts", CALENDAR, user="Mallory")
    assert starts(committee) == ["12-10T15:00", "01-14T15:00"]
    committee.wiki.move(CALENDAR, f"{CALENDAR}/Away", user="Mallory")
    committee.wiki.move(f"{CALENDAR}/Away", CALENDAR, user="Mallory")
    assert starts(committee) == ["12-10T15:00", "01-14T15:00"]


def test_where_others_move_the_page(calendar: Committee) -> None:
    """Nobody moves a meeting with the page: not away, not back and forth, and not by what they make in its place."""
    away = f"{CALENDAR}/Away"
    enter(calendar, MOVE, "Ada")
    for old, new in ((CALENDAR, away), (away, CALENDAR), (CALENDAR, away), (away, f"{CALENDAR}/Farther")):
        calendar.wiki.move(old, new, user="Mallory")
        assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
        assert starts(calendar, "12-01T12:00") == ["12-17T16:00", "01-14T15:00"]
        assert to_mend(calendar) == []
    calendar.save(CALENDAR, "Nothing.", "Mallory")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]


def test_where_others_lead(calendar: Committee) -> None:
    """A stranger's redirect takes nothing away, and what a coordinator wrote elsewhere moves no meeting."""
    enter(calendar, MOVE, "Ada")
    calendar.save("Drafts", CANCEL, "Ada")
    calendar.save(CALENDAR, "#REDIRECT [[Drafts]]", "Mallory")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    assert {"redirect", "taken-away"} <= set(to_mend(calendar))
    calendar.save(CALENDAR, "#REDIRECT [[Nowhere]]", "Mallory")
    assert starts(calendar) == ["12-17T16:00", "01-14T15:00"]
    calendar.save(CALENDAR, "#REDIRECT [[Drafts]]", "Cora")
    assert starts(calendar) == ["01-14T15:00", "02-11T15:00"]


def test_what_is_over_is_no_problem(calendar: Committee) -> None:
    """What was wrong, or waited, isn't told for ever, nor what a new rule makes of old entries."""
    enter(calendar, MOVE, "Ada")
    enter(calendar, MOVE.replace("12-10", "12-11"), "Ada")
    enter(calendar, EXTRA, "Mallory")
    assert sorted(to_mend(calendar)) == ["no-such-meeting", "waiting"]
    weekly = {"first_meeting": "2026-12-11T15:00", "repeat": "FREQ=WEEKLY"}
    calendar.at("12-21").configure({**calendar.configuration, "steering_group": weekly})
    assert to_mend(calendar) == []


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("{{Steering group/Meeting|was=2026-12-11|date=2026-12-17}}", "no-such-meeting"),
        ("{{Steering group/Meeting|was=2026-12-10|date=2026-12-17 noon}}", ""),
        ("{{Steering group/Meeting|was=2026-12-10|date=soon}}", "day"),
        ("{{Steering group/Meeting|was=2026-12-10|date=2027-01-14}}", "taken"),
        ("{{Steering group/Meeting|date=2026-12-10}}", "already"),
        ("{{Steering group/Meeting|was=2026-12-10|place=}}", "nothing"),
        ("{{Steering group/Meeting|reason=Why not}}", "no-date"),
    ],
)
def test_what_cannot_be_followed_is_told(calendar: Committee, entry: str, key: str) -> None:
    """With a sentence, on the calendar and on the status page, and the meeting stays where it is."""
    enter(calendar, entry, "Ada")
    assert to_mend(calendar) == ([key] if key else [])
    assert (f"Calendar problem|calendar-{key}" in calendar.text(CALENDAR)) is bool(key)


def test_two_moves_in_a_row(calendar: Committee) -> None:
    """The later one counts; that the earlier one could go is told on the calendar alone."""
    enter(calendar, MOVE, "Ada")
    calendar.at("12-02").run()
    enter(calendar, MOVE.replace("12-17", "12-18"), "Ada")
    assert starts(calendar) == ["12-18T16:00", "01-14T15:00"]
    assert to_mend(calendar) == []
    assert "Calendar problem|calendar-superseded|2026-12-10|" in calendar.text(CALENDAR)


def test_a_cancelled_and_an_extra_meeting(calendar: Committee) -> None:
    """The one is shown as cancelled, the other among the rest; past ones are shown below."""
    enter(calendar, CANCEL, "Ada")
    enter(calendar, EXTRA, "Ada")
    assert starts(calendar) == ["12-20T15:00", "01-14T15:00"]
    calendar.run()
    text = calendar.text(CALENDAR)
    assert "|state=cancelled|reason=Nobody has time|user=Ada|" in text
    assert "|meeting=2026-12-20|start=2026-12-20T15:00Z|minutes=60|place=|" in text
    calendar.at("2027-01-02").run()
    past = calendar.text(CALENDAR).split("calendar-past")[1]
    assert past.index("|meeting=2026-12-20|") < past.index("|meeting=2026-12-10|")
    assert "|planned=" not in past


def test_a_hidden_reason_leaves_the_page(calendar: Committee) -> None:
    """Who takes an entry away takes its reason away from the list above."""
    before = calendar.text(CALENDAR)
    enter(calendar, MOVE, "Ada")
    calendar.run()
    calendar.save(CALENDAR, before, "Ada")
    calendar.run()
    assert "A holiday" not in calendar.text(CALENDAR)


def test_tidying_up(calendar: Committee) -> None:
    """Who takes away what is over doesn't say that a cancelled meeting took place; its reason goes, all the same."""
    before = calendar.text(CALENDAR)
    enter(calendar, CANCEL, "Ada")
    calendar.run()
    calendar.at("12-14").save(CALENDAR, before, "Bo")
    assert starts(calendar) == ["01-14T15:00", "02-11T15:00"]
    assert to_mend(calendar) == []
    assert "|meeting=2026-12-10|" in calendar.text(CALENDAR)
    assert "Nobody has time" not in calendar.text(CALENDAR)


def test_a_mistake_is_mended(calendar: Committee) -> None:
    """What was said of a meeting only once it was over can be taken back."""
    before = calendar.text(CALENDAR)
    enter(calendar.at("12-13"), CANCEL, "Ada")
    assert starts(calendar) == ["01-14T15:00", "02-11T15:00"]
    calendar.at("12-14").save(CALENDAR, before, "Bo")
    assert starts(calendar) == ["12-10T15:00", "01-14T15:00"]


def test_a_page_that_people_made(committee: Committee) -> None:
    """Its entries count, and the page is left to them."""
    committee.at("12-01").save(CALENDAR, f"Our meetings.\n\n{MOVE}", "Ada")
    assert outcomes(committee.run())[CALENDAR] == Kind.MADE_BY_PEOPLE.label
    assert committee.text(CALENDAR) == f"Our meetings.\n\n{MOVE}"
    assert starts(committee) == ["12-17T16:00", "01-14T15:00"]


def test_a_quiet_calendar_costs_one_question(calendar: Committee) -> None:
    """Where nobody has changed anything no history is read: one request asks for the pages of all bodies."""
    calendar.at("12-02").run()
    process, before = calendar.process, calendar.wiki.requests.total()
    calendar.ask(scheduled(process))
    assert calendar.wiki.requests.total() - before == 1


# --- Several bodies


def meetings(first: str, **more: Any) -> dict[str, Any]:
    return {"first_meeting": first, "repeat": "FREQ=MONTHLY;BYDAY=2TH", **more}


def bodies(first: str, *coordinators: str, **more: Any) -> Committee:
    """The committee, in which the group Alpha has meetings of its own."""
    committee = Committee(groups=[{"name": "Alpha", "meetings": meetings(first, **more)}, "Beta"])
    committee.save(ALPHA, roster(*coordinators), "Cora")
    return committee


@pytest.mark.parametrize(
    ("first", "minutes", "told"),
    [("2026-12-10T15:30", 30, True), ("2026-12-10T14:30", 31, True), ("2026-12-10T14:30", 30, False),
     ("2026-12-10T16:00", 30, False)],
)  # fmt: skip
def test_bodies_that_meet_at_the_same_time(first: str, minutes: int, *, told: bool) -> None:
    """It is told who belongs to both, as soon as one meeting begins before the other ends."""
    committee = bodies(first, "Ada", "Bo", minutes=minutes)
    found = [one for one in committee.at("12-01").run().problems if one.key == "calendar-same-time"]
    words = ("Steering Group", "Alpha", "2026-12-10, 15:00 UTC", "Ada, Bo")
    assert [one.words for one in found] == ([words] if told else [])


def test_moving_ends_a_clash() -> None:
    """On the group's own calendar, which the group's coordinators may change and others' may not."""
    committee = bodies("2026-12-10T15:00", "Ada")
    entry = "{{Steering group/Meeting|was=2026-12-10|date=2026-12-11}}"
    committee.at("12-01").save(f"{ALPHA}/Calendar", entry, "Bo")
    assert "calendar-same-time" in dict(problems(committee.run()))
    committee.save(f"{ALPHA}/Calendar", f"{entry}\n\n{entry.replace('-11}', '-12}')}", "Ada")
    assert "calendar-same-time" not in dict(problems(committee.run()))


def test_each_body_has_its_calendar() -> None:
    """The steering group's and the group's own, each with its meetings."""
    committee = bodies("2026-12-04T09:00", "Ada")
    committee.at("12-01").run()
    assert "|start=2026-12-10T15:00Z|" in committee.text(CALENDAR)
    assert "|start=2026-12-10T09:00Z|" in committee.text(f"{ALPHA}/Calendar")
    assert committee.page(f"User:{BOT}/Status").exists
