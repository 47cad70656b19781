"""The calendar file, read back with another library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.calendar import Calendar, Change
from strategybot.model.course import Course
from strategybot.model.meeting import Meeting, Schedule
from strategybot.publication import publish
from strategybot.wiki.port import OperatorError
from strategybot.writing.calendar_file import calendar_file
from tests.committee import ALPHA, CONFIGURATION, FRONT_PAGE, Committee, moment

CALENDAR = f"{FRONT_PAGE}/Calendar"
ADDRESS = "https://wiki.example.org/wiki/$1"
CHANGED = moment("11-01")


def read(file: bytes) -> dict[str, vobject.base.Component]:
    """The meetings of a file by their UIDs, as the other library reads them."""
    whole = vobject.readOne(file.decode())
    found = {event.uid.value: event for event in whole.contents.get("vevent", [])}
    assert len(found) == file.count(b"BEGIN:VEVENT")
    return found


def written(meetings: list[Meeting]) -> bytes:
    return calendar_file([(Committee().process, [Course(one, 2, CHANGED) for one in meetings])], ADDRESS)


ZONES = {
    "Europe/Paris": ["01-14 17:00", "02-11 17:00", "03-11 17:00", "04-08 17:00", "05-13 17:00", "06-10 17:00",
                     "07-08 17:00", "08-12 17:00", "09-09 17:00", "10-14 17:00", "11-11 17:00", "12-09 17:00"],
    "America/New_York": ["01-14 11:00", "02-11 11:00", "03-11 11:00", "04-08 11:00", "05-13 11:00", "06-10 11:00",
                         "07-08 11:00", "08-12 11:00", "09-09 11:00", "10-14 11:00", "11-11 11:00", "12-09 11:00"],
    "Asia/Kolkata": ["01-14 21:30", "02-11 21:30", "03-11 21:30", "04-08 20:30", "05-13 20:30", "06-10 20:30",
                     "07-08 20:30", "08-12 20:30", "09-09 20:30", "10-14 20:30", "11-11 21:30", "12-09 21:30"],
    "Pacific/Auckland": ["01-15 05:00", "02-12 05:00", "03-12 05:00", "04-09 03:00", "05-14 03:00", "06-11 03:00",
                         "07-09 03:00", "08-13 03:00", "09-10 03:00", "10-15 04:00", "11-12 05:00", "12-10 05:00"],
}  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_in_each_zone(zone: str) -> None:
    """A body that meets at 17:00 in Paris: twelve months as people elsewhere see them, daylight saving included."""
    schedule = Schedule(datetime(2027, 1, 14, 17), "FREQ=MONTHLY;BYDAY=2TH", "Europe/Paris", 60)  # noqa: DTZ001  # local
    found = read(written(list(schedule.between(moment("2027-01-01"), moment("2028-01-01")))))
    local = [event.dtstart.value.astimezone(ZoneInfo(zone)) for event in found.values()]
    assert [f"{one:%m-%d %H:%M}" for one in local] == ZONES[zone]
    assert {event.dtend.value - event.dtstart.value for event in found.values()} == {timedelta(hours=1)}


def test_a_meeting_that_was_moved() -> None:
    """It keeps its UID; where, why and where its agenda is are told."""
    schedule = Schedule(datetime(2026, 12, 10, 15), "FREQ=MONTHLY;BYDAY=2TH", "UTC", 60, "online")  # noqa: DTZ001  # local
    change = Change(
        "2026-12-10", day=date(2026, 12, 17), hour=time(16), place="Room 3; left, then up", reason="A, b; c\\d"
    )
    plain, moved, off = (
        Calendar(schedule, changes).on("2026-12-10")
        for changes in ((), (change,), (Change("2026-12-10", cancelled=True),))
    )
    assert plain
    assert moved
    assert off
    events = [next(iter(read(written([one])).values())) for one in (plain, moved, off)]
    assert {event.uid.value for event in events} == {"2026-12-10-Steering%20Group@Committee"}
    assert [event.status.value for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[1].dtstart.value == moment("12-17T16:00")
    assert (events[1].location.value, events[1].description.value) == ("Room 3; left, then up", "A, b; c\\d")
    assert (events[0].location.value, "description" in events[0].contents) == ("online", False)
    agenda = "https://wiki.example.org/wiki/Committee/Working_Groups/Steering_Group/Agenda/2026-12-10"
    assert {event.url.value for event in events} == {agenda}
    assert {(event.sequence.value, event.last_modified.value) for event in events} == {("2", CHANGED)}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200))
def test_any_text(text: str) -> None:
    """What people wrote comes back to the letter, no line is longer than 75 bytes, and nothing in it is a line."""
    meeting = Meeting(moment("12-10T15:00"), "2026-12-10", 60, text, reason=text)
    file = written([meeting])
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    (event,) = read(file).values()
    assert event.description.value == text
    assert event.location.value == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\nEND:VEVENT", "one  END:VEVENT"),
        ("a\x00b", "a b"),
        ("a\u2028b", "a b"),
        ("\ud800", " "),
        ("\u202ea", " a"),
    ],
)
def test_characters_that_no_line_holds(text: str, kept: str) -> None:
    """They are spaces, so that nobody can write lines of the file."""
    meeting = Meeting(moment("12-10T15:00"), "2026-12-10", 60, reason=text)
    (event,) = read(written([meeting])).values()
    assert event.description.value == kept


# --- From the wiki


@pytest.fixture
def published(tmp_path: Path) -> Callable[[Committee], dict[str, vobject.base.Component]]:
    """Write the file of a committee's meetings, and read it."""

    def read_anew(committee: Committee) -> dict[str, vobject.base.Component]:
        path = tmp_path / "meetings.ics"
        publish(committee.wiki, path, now=committee.now)
        assert list(tmp_path.iterdir()) == [path]
        return read(path.read_bytes())

    return read_anew


FIRST = "2026-12-10-Steering%20Group@Committee"


def sequence(found: dict[str, vobject.base.Component]) -> tuple[int, datetime]:
    """How often the first meeting was changed, and when last."""
    return int(found[FIRST].sequence.value), found[FIRST].last_modified.value


def test_the_sequence_grows(committee: Committee, published: Callable[..., dict[str, vobject.base.Component]]) -> None:
    """With each change of the meeting, also one that takes it back or is made in the configuration, and no other."""
    entry = "{{Steering group/Meeting|was=2026-12-10|date=2026-12-17}}"
    committee.at("12-01").run()
    page = committee.text(CALENDAR)
    assert sequence(published(committee)) == (0, CHANGED)
    committee.at("12-02").save(CALENDAR, page + entry, "Ada")
    assert sequence(published(committee)) == (1, moment("12-02"))
    committee.at("12-03").run()
    committee.save(CALENDAR, page + entry + entry.replace("-10", "-11"), "Mallory")
    committee.save(CALENDAR, page + entry + "{{Steering group/Meeting|was=2027-01-14}}", "Ada")
    found = published(committee)
    assert sequence(found) == (1, moment("12-02"))
    assert found["2027-01-14-Steering%20Group@Committee"].sequence.value == "1"
    committee.at("12-04").save(CALENDAR, page, "Ada")
    assert sequence(published(committee)) == (2, moment("12-04"))
    committee.at("12-05").configure(
        {**committee.configuration, "steering_group": {"first_meeting": "2026-12-10T18:00", "minutes": 90}}
    )
    found = published(committee)
    assert sequence(found) == (3, moment("12-05"))
    assert found[FIRST].dtstart.value == moment("12-10T18:00")


def test_the_same_bytes(committee: Committee, tmp_path: Path) -> None:
    """A file that is written again is the same as long as nothing has changed and no meeting comes near."""
    for name, day in (("one", "12-01"), ("two", "12-02")):
        committee.at(day).run()
        publish(committee.wiki, tmp_path / name, now=committee.now)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_which_meetings(published: Callable[..., dict[str, vobject.base.Component]]) -> None:
    """Those of the last and the next twelve months, of all bodies or of one."""
    committee = Committee(groups=[{"name": "Alpha", "meetings": {"first_meeting": "2026-12-01T09:00"}}, "Beta"])
    found = published(committee.at("2028-06-15"))
    days = sorted(uid[:10] for uid in found if "Steering" in uid)
    assert (len(days), days[0], days[-1]) == (24, "2027-07-08", "2029-06-14")
    assert sum("Alpha@" in uid for uid in found) == 24


def test_one_body(tmp_path: Path) -> None:
    """A body's name chooses it; where there is none, or the file can't be written, a sentence says so."""
    committee = Committee(groups=[{"name": "Alpha", "meetings": {"first_meeting": "2026-12-01T09:00"}}, "Beta"])
    assert publish(committee.wiki, tmp_path / "alpha.ics", body="Alpha", now=committee.now) == 11
    assert {event.summary.value for event in read((tmp_path / "alpha.ics").read_bytes()).values()} == {"Alpha"}
    with pytest.raises(OperatorError, match="There is no body called “Gamma”"):
        publish(committee.wiki, tmp_path / "gamma.ics", body="Gamma", now=committee.now)
    with pytest.raises(OperatorError, match="can't be written: No such file or directory"):
        publish(committee.wiki, tmp_path / "none" / "x.ics", now=committee.now)


def test_a_coordinator_moves_a_groups_meeting(published: Callable[..., dict[str, vobject.base.Component]]) -> None:
    """The file says so at once, before any run."""
    committee = Committee(groups=[{"name": "Alpha", "meetings": {"first_meeting": "2026-12-10T09:00"}}, "Beta"])
    committee.at("12-01").save(f"{ALPHA}/Calendar", "{{Steering group/Meeting|was=2026-12-10|reason=Ill}}", "Ada")
    event = published(committee)["2026-12-10-Alpha@Committee"]
    assert (event.status.value, event.description.value, event.sequence.value) == ("CANCELLED", "Ill", "1")
    assert committee.page(CONFIGURATION.text).exists
    assert event.dtstart.value == datetime(2026, 12, 10, 9, tzinfo=UTC)
