"""Reading a group's page for a meeting: which of its filings are for that, and by what each is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from strategybot.model.calendar import Calendar
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.reading.confidence import is_marked
from strategybot.reading.days import is_day
from strategybot.reading.filing import Filing, read_filings

_FAR = timedelta(days=400)

Fields = frozenset[tuple[str, str]]
"""What a filing says."""

Words = tuple[Fields, str]
"""By what a filing is known in other revisions: its fields, and the meeting's date where its section says that."""


@dataclass(frozen=True)
class Forms:
    """A revision's filings for a meeting by their words, and all of its filings by their fields alone, in its order."""

    words: tuple[Words, ...]
    fields: tuple[Fields, ...]


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads a page's revisions for a meeting. In sections (on the page of all updates) each filing names its own."""

    process: Process
    meeting: Meeting
    page: Page
    in_sections: bool
    _read: dict[int, Forms] = field(default_factory=dict)

    def filings(self, revision: Revision) -> tuple[Filing, ...]:
        """The filings of a revision. One whose text is hidden has none: what is shown isn't what was hidden.

        What bears a mark of confidence is none either: it is as if it weren't there.
        """
        return tuple(one for one in self._all(revision) if not one.in_confidence)

    def has_confidences(self, revision: Revision) -> bool:
        """Whether something is filed for the meeting, or for none that is known, that bears a mark of confidence."""
        return not self.confidences(revision).isdisjoint((self.meeting.date, ""))

    def confidences(self, revision: Revision) -> frozenset[str]:
        """The dates of the meetings for which something bears a mark of confidence; empty where it is for none.

        What somebody typed without a form is as much in confidence as an update.
        """
        every = self._all(revision)
        own = "" if self.in_sections else self.meeting.date
        marked = frozenset(self.date(one) or own for one in every if one.in_confidence)
        is_bare = not marked and (self.in_sections or not every) and is_marked(revision.text or "")
        return frozenset((own,)) if is_bare else marked

    def _all(self, revision: Revision) -> tuple[Filing, ...]:
        process = self.process
        return read_filings(revision.text or "", process.template("Update"), process.topics, process.languages)

    def date(self, filing: Filing) -> str:
        """The date of the meeting that a filing is for; empty where it names none, or the page does."""
        return meeting_date(self.process, filing, self.meeting) if self.in_sections else ""

    def words(self, filing: Filing) -> Words:
        """By what the filing is known."""
        return filing.words, self.date(filing)

    def forms(self, revision: Revision) -> Forms | None:
        """What a revision holds, as far as it matters here; None where its text is hidden, and may have held anything.

        What it holds for other meetings is none of a meeting's form.
        """
        if revision.text is None:
            return None
        if revision.id not in self._read:
            found = self.filings(revision)
            judged = tuple(self.words(one) for one in found if self.is_judged(one))
            self._read[revision.id] = Forms(judged, tuple(one.words for one in found))
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
        previous = self.process.body.meetings.latest(self.meeting.start - timedelta(seconds=1))
        since = previous.date if previous else (self.meeting.start - self.process.body.chain.opens).date().isoformat()
        return day > since and not _is_meeting(self.process.body.meetings, day, self.meeting.date)


def meeting_date(process: Process, filing: Filing, near: Meeting) -> str:
    """The date of the meeting that a filing in a section is for, empty where it names none.

    Its own field comes first, and of a heading's days the one on which there is a meeting.
    """
    named = (filing.meeting, *filing.days) if is_day(filing.meeting) else filing.days
    return next((day for day in named if _is_meeting(process.body.meetings, day, near.date)), next(iter(named), ""))


@cache
def _is_meeting(meetings: Calendar, day: str, near: str) -> bool:
    """Whether a meeting is known by that day (ISO). Far from the meeting `near` nobody files, and none is sought."""
    return abs(date.fromisoformat(day) - date.fromisoformat(near)) <= _FAR and meetings.on(day) is not None
