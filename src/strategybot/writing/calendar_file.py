"""Meetings as an iCalendar file (RFC 5545), to which calendar programs subscribe.

The same meetings give the same bytes: nothing in it depends on when it is written. What people wrote in it is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from urllib.parse import quote

from icalendar import Calendar, Event

from strategybot.config.schema import UNSEEN
from strategybot.model.course import Course
from strategybot.model.process import Process


def calendar_file(bodies: Sequence[tuple[Process, Sequence[Course]]], address: str) -> bytes:
    """The file of the meetings of some bodies: each a process seen from it, with the courses of its meetings.

    `address` is that of the wiki's pages, with `$1` for the title, or empty.
    """
    whole = Calendar()
    whole.add("prodid", "-//strategybot//strategybot//EN")
    whole.add("version", "2.0")
    names = dict.fromkeys(process.name for process, _ in bodies)
    whole.add("x-wr-calname", _plain(bodies[0][0].body.name if len(bodies) == 1 else ", ".join(names)))
    for event in _events(bodies, address):
        whole.add_component(event)
    return bytes(whole.to_ical())


def _events(bodies: Sequence[tuple[Process, Sequence[Course]]], address: str) -> Iterable[Event]:
    return (_event(process, course, address) for process, courses in bodies for course in courses)


def _event(process: Process, course: Course, address: str) -> Event:
    """One meeting. Its UID is made of the date by which it is known, so that it stays when the meeting is moved."""
    event, meeting = Event(), course.meeting
    page = process.page.text.rpartition("/")[2].removesuffix(".json")
    event.add("uid", f"{meeting.date}-{quote(process.body.name, safe='')}@{quote(page, safe='')}")
    event.add("sequence", course.changes)
    event.add("dtstamp", course.changed)
    event.add("last-modified", course.changed)
    event.add("dtstart", meeting.start)
    event.add("dtend", meeting.start + timedelta(minutes=meeting.minutes))
    event.add("summary", _plain(process.body.name))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", _plain(meeting.place))
    if meeting.reason:
        event.add("description", _plain(meeting.reason))
    if address:
        title = process.agenda(meeting).text.replace(" ", "_")
        event.add("url", address.replace("$1", quote(title, safe="/:(),;@!*")))
    return event


def _plain(text: str) -> str:
    """Text without characters that a line of the file can't hold, or that turn what stands beside them around."""
    return UNSEEN.sub(" ", text)
