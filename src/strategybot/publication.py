"""Publishing a wiki's meetings as a calendar file, for people to subscribe to."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from strategybot.inquiries.calendars import scheduled
from strategybot.inquiries.configuration import configurations
from strategybot.inquiries.courses import courses
from strategybot.model.course import Course
from strategybot.model.process import Process
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, together
from strategybot.wiki.port import OperatorError, Wiki
from strategybot.writing.calendar_file import calendar_file

_A_YEAR = timedelta(days=366)


def publish(wiki: Wiki, path: Path, *, body: str = "", now: datetime | None = None) -> int:
    """Write the calendar file of all bodies, or of the one with that name; returns how many meetings are in it.

    They are those of the twelve months before `now` (UTC; without it, the wiki's own clock counts) and the twelve after
    it. Whoever reads the file never sees half of it. Raises OperatorError.
    """
    site = wiki.start()
    found = Runner(wiki).run(_found(site.account.name, body, now or site.time))
    if not found:
        raise OperatorError(f"There is no body called “{body}”." if body else "Nothing is configured.", usage=True)
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_bytes(calendar_file(found, site.address))
        fresh.replace(path)
    except OSError as error:
        raise OperatorError(f"The file {path} can't be written: {error.strerror or error}.") from error
    return sum(len(lot) for _, lot in found)


def _found(bot: str, body: str, now: datetime) -> Job[list[tuple[Process, tuple[Course, ...]]]]:
    """The bodies of all processes without a fault, or those of that name, with the courses of their meetings."""
    processes = yield from (yield from configurations(bot)).present()
    changed = yield from together(scheduled(process) for process in processes)
    wanted = [one.seen_from(two) for one in changed for two in one.bodies if body in ("", two.name)]
    lots = yield from together(courses(process, now - _A_YEAR, now + _A_YEAR) for process in wanted)
    return list(zip(wanted, lots, strict=True))
