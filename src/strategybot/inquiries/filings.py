"""What stands on a group's pages for a meeting, filing by filing, and whose words each of them is.

Updates stand on the page for the meeting, or in sections of the group's page of updates. A filing is a group's when the
revision that introduced exactly its words for that meeting was by one of the group's coordinators, however often the
page was edited elsewhere since; words that return to that form are valid again.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from strategybot.inquiries.authority import page_as_of, revisions_until, trusted, vouched
from strategybot.inquiries.rosters import roster_of
from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Group, Process
from strategybot.model.roster import Roster
from strategybot.model.update import Source
from strategybot.reading.days import is_day
from strategybot.reading.filing import Filing, Flaw, read_filings, stray_text
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import RevisionById

_FAR = timedelta(days=400)

MOST_WAITING = 5
"""How many filings on a page are told as waiting, or as odd by their headings: anybody can add any number of them."""

Words = tuple[frozenset[tuple[str, str]], str]
"""By what a filing is known in other revisions: its fields, and the meeting's date where its section says that."""


@dataclass(frozen=True)
class Filed:
    """A filing, the revision that introduced its words, and whether the group may be quoted with them."""

    filing: Filing
    source: Source
    valid: bool


@dataclass(frozen=True)
class Place:
    """A page where a group files, and what stands on it for a meeting, in the page's order."""

    page: Page
    filed: tuple[Filed, ...] = ()
    problems: tuple[Problem, ...] = ()


def places(process: Process, roster: Roster, meeting: Meeting, at: datetime | None = None) -> Job[tuple[Place, ...]]:
    """What a group filed for a meeting, page by page, as of a moment (UTC; None is now), as `roster` is."""
    titles = process.update(roster.group, meeting), process.updates(roster.group)
    pages = yield from together(page_as_of(title, at) for title in titles)
    if pages[0].title == pages[1].title:  # one of them is a redirect to the other
        pages = tuple(page for page in pages if page.asked == page.title)[:1] or pages[:1]
    return (yield from together(place(process, roster, meeting, page, at) for page in pages))


def meeting_date(process: Process, filing: Filing, near: Meeting) -> str:
    """The date of the meeting that a filing in a section is for, empty where it names none.

    Its own field comes first, and of a heading's days the one on which there is a meeting.
    """
    named = (filing.meeting, *filing.days) if is_day(filing.meeting) else filing.days
    return next((day for day in named if _is_meeting(process.schedule, day, near.date)), next(iter(named), ""))


@cache
def _is_meeting(schedule: Schedule, day: str, near: str) -> bool:
    """Whether a meeting is planned for that day (ISO). Far from the meeting `near` nobody files, and none is sought."""
    if abs(date.fromisoformat(day) - date.fromisoformat(near)) > _FAR:
        return False
    meeting = schedule.following(datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=2))
    while meeting and meeting.date < day:
        meeting = schedule.following(meeting.start)
    return meeting is not None and meeting.date == day


def place(process: Process, roster: Roster, meeting: Meeting, page: Page, at: datetime | None = None) -> Job[Place]:
    """The same for one of the pages, as it was read."""
    newest = page.revision
    if newest is None or not page.text.strip():
        return Place(page)
    if not (yield from vouched(page, lambda revision: _may_lead(process, roster, revision))):
        return Place(page, problems=(Problem("redirect", page.asked),))
    reader = Reader(process, meeting, page, in_sections=page.asked == process.updates(roster.group))
    judged = {reader.words(one): one for one in reader.filings(newest) if reader.is_judged(one)}
    introduced = yield from _introductions(process, roster, reader, frozenset(judged), at)
    found = [
        Filed(filing, Source(page.title, revision.id, revision.user or "", revision.time), valid)
        for words, filing in judged.items()
        for revision, valid in [introduced[words]]
    ]
    filed = tuple(one for one in found if one.filing.topics and reader.is_here(one.filing))
    return Place(page, filed, tuple(dict.fromkeys(_problems(reader, roster.group, newest, found))))


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads a page's revisions for a meeting. In sections (on the page of all updates) each filing names its own."""

    process: Process
    meeting: Meeting
    page: Page
    in_sections: bool
    _read: dict[int, frozenset[Words]] = field(default_factory=dict)

    def filings(self, revision: Revision) -> tuple[Filing, ...]:
        """The filings of a revision. One whose text is hidden has none: what is shown isn't what was hidden."""
        process = self.process
        return read_filings(revision.text or "", process.template("Update"), process.topics, process.languages)

    def date(self, filing: Filing) -> str:
        """The date of the meeting that a filing is for; empty where it names none, or the page does."""
        return meeting_date(self.process, filing, self.meeting) if self.in_sections else ""

    def words(self, filing: Filing) -> Words:
        """By what the filing is known."""
        return filing.words, self.date(filing)

    def all_words(self, revision: Revision | None) -> frozenset[Words]:
        """The same for all filings of a revision."""
        if revision is None:
            return frozenset()
        if revision.id not in self._read:
            self._read[revision.id] = frozenset(map(self.words, self.filings(revision)))
        return self._read[revision.id]

    def is_here(self, filing: Filing) -> bool:
        """Whether the filing is for the meeting."""
        return not self.in_sections or self.date(filing) == self.meeting.date

    def is_judged(self, filing: Filing) -> bool:
        """Whether it matters whose words a filing's are: it is for the meeting, or tries to say for which it is."""
        is_lost = bool(filing.meeting) and not self.date(filing)
        return bool(filing.topics or filing.flaws) and (self.is_here(filing) or is_lost)

    def is_odd(self, day: str) -> bool:
        """Whether there is no meeting on a day. Those of long ago may be from another schedule."""
        previous = self.process.schedule.latest(self.meeting.start - timedelta(seconds=1))
        since = previous.date if previous else (self.meeting.start - self.process.opens).date().isoformat()
        return day > since and not _is_meeting(self.process.schedule, day, self.meeting.date)


# --- Whose words


def _introductions(
    process: Process, roster: Roster, reader: Reader, wanted: frozenset[Words], at: datetime | None
) -> Job[dict[Words, tuple[Revision, bool]]]:
    """For each filing the newest revision in which a coordinator introduced exactly its words, and True.

    Where there is none: the newest in which anybody did, and False.

    Most updates stand as their last author left them: one look at the parent decides, and parents of many pages
    are read together. Only else the page's history is walked, back to where somebody who may not speak for the group
    put the page there: a move lends a page another one's history.
    """
    newest = reader.page.revision
    assert newest is not None  # noqa: S101  # the caller read the words from it
    found: dict[Words, tuple[Revision, bool]] = {}
    if wanted and (yield from _coordinates(process, roster, newest)):
        parent = (yield from ask(RevisionById(newest.parent))) if newest.parent else None
        if parent or not newest.parent:
            found = dict.fromkeys(wanted - reader.all_words(parent), (newest, True))
    if len(found) < len(wanted):
        found |= yield from _walk(process, roster, reader, wanted - found.keys(), at)
    return found


def _walk(
    process: Process, roster: Roster, reader: Reader, wanted: Set[Words], at: datetime | None
) -> Job[dict[Words, tuple[Revision, bool]]]:
    """The same by the page's history."""
    newest = reader.page.revision
    assert newest is not None  # noqa: S101
    left, led, ended = set(wanted), False, False
    found: dict[Words, tuple[Revision, bool]] = {}
    lot: tuple[Revision, ...] = ()
    while left and not ended:
        more = yield from revisions_until(reader.page.title, at, lot[-1].id if lot else None)
        lot = (*lot[-1:], *more)
        ended = not more or not more[-1].parent
        for revision, parent in zip(lot, (*lot[1:], None) if ended else lot[1:], strict=False):
            if new := left & (reader.all_words(revision) - reader.all_words(parent)):
                valid = yield from _coordinates(process, roster, revision)
                found = (
                    found | dict.fromkeys(new, (revision, True))
                    if valid
                    else dict.fromkeys(new, (revision, False)) | found
                )
                left -= new if valid else set()
            moved = parent is not None and parent.text is not None and parent.text == revision.text
            if moved and not led:
                led = yield from _may_lead(process, roster, revision)
                if not led:
                    return dict.fromkeys(left, (newest, False)) | found
    return dict.fromkeys(left, (newest, False)) | found


def _may_lead(process: Process, roster: Roster, revision: Revision) -> Job[bool]:
    """Whether a revision's author may say where the group's update is: a coordinator, the core team or an admin."""
    if (yield from _coordinates(process, roster, revision)):
        return True
    return revision.id in (yield from trusted(process, [revision]))


def _coordinates(process: Process, roster: Roster, revision: Revision) -> Job[bool]:
    """Whether the revision's author coordinates the group, or did when saving it."""
    if revision.user is None:
        return False
    if roster.names.coordinates(revision.user, revision.time):
        return True
    then = yield from roster_of(process, roster.group, revision.time)
    return then.names.coordinates(revision.user, revision.time)


# --- What there is to mend


def _problems(reader: Reader, group: Group, newest: Revision, found: list[Filed]) -> Iterator[Problem]:
    """What is wrong with a page. Nothing is repeated of what somebody typed who may not speak for the group."""
    title, filings = reader.page.title, reader.filings(newest)
    if not filings and not reader.in_sections:
        yield Problem("update-without-template", title, (), newest.id)
    for filing in filings:
        if not filing.topics and reader.is_here(filing):
            yield Problem("update-blank", title, (), newest.id)
    for flaw in (*_lost(reader, filings, found), *_stray(reader, newest, filings, found)):
        yield Problem(flaw.key, title, flaw.words, newest.id)
    waiting = [one for one in found if not one.valid and one.filing.topics and reader.is_here(one.filing)]
    for one in waiting[:MOST_WAITING]:
        yield Problem("update-waiting", title, (group.name, one.source.user), one.source.revid)
    for one in found:
        for flaw in one.filing.flaws if one.valid else ():
            yield Problem(flaw.key, title, flaw.words, newest.id)


def _lost(reader: Reader, filings: tuple[Filing, ...], found: list[Filed]) -> Iterator[Flaw]:
    """Filings whose meeting can't be known, and dates that are none of a meeting."""
    own = {reader.words(one.filing): one.filing for one in found if one.valid}
    filed = [filing for filing in filings if filing.topics] if reader.in_sections else []
    if any(not reader.date(filing) and reader.words(filing) not in own for filing in filed):
        yield Flaw("update-no-meeting")
    headings = sorted({day for filing in filed if (day := reader.date(filing)) in filing.days})
    for day in [day for day in headings if reader.is_odd(day)][:MOST_WAITING]:
        yield Flaw("update-odd-meeting", (day,))
    for filing in own.values():
        day = filing.meeting
        is_wrong = reader.is_odd if reader.in_sections else reader.meeting.date.__ne__
        if day and (not is_day(day) or is_wrong(day)):
            yield Flaw("update-odd-meeting", (day,))


def _stray(reader: Reader, newest: Revision, filings: tuple[Filing, ...], found: list[Filed]) -> Iterator[Flaw]:
    """Text beside the updates, where it isn't beside a stranger's."""
    strange = {reader.words(one.filing) for one in found if not one.valid}
    beside = [filing for filing in filings if reader.is_here(filing) and reader.words(filing) not in strange]
    places = {filing.section for filing in beside} if reader.in_sections else None
    if beside and stray_text(newest.text or "", reader.process.template("Update"), places):
        yield Flaw("update-outside-text")
