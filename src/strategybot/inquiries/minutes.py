"""How it stands with a body's minutes, meeting by meeting, by what people wrote and by the pages' histories.

Of minutes that the archive names as approved no histories are asked for, so that what a run asks doesn't grow with the
past. Those from more than a year ago that nobody approved are taken for approved as they stand, if that version counts.

Versions count that were saved by somebody whose word counts in the body, or who takes the minutes: named so in such a
version, as a guest may be. From before the process was configured all count, as nobody knows who belonged to the body.
Who saves a version takes on all that stands in it, whoever wrote it.

Minutes are written from the first such version after the meeting's start in which what the page says of the meeting is
new, as long as none takes that back. From then on they are for approval until the next meeting starts, or until the
configured span is over, whichever is first, and longer where somebody objects who may (objections.py). The newest such
version by then is what was approved. What others write waits until it is taken on, or is a change since the approval;
what they take away still counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from strategybot.inquiries.authority import history_until
from strategybot.inquiries.configuration import configuration_at
from strategybot.inquiries.objections import history_since, objections_on
from strategybot.inquiries.ownership import by_bot, is_pure
from strategybot.inquiries.people import may_confirm
from strategybot.inquiries.provenance import origins
from strategybot.inquiries.shelf import A_YEAR, Shelf, shelf_of
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Approval, Minuted, Objection, Stage, approved_at, stage_of
from strategybot.model.minutes import Record
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.reading.archive import Archived
from strategybot.wiki.asking import Job, ask, known, together
from strategybot.wiki.port import PageNow
from strategybot.wikitext.calls import calls
from strategybot.wikitext.people import people


def minuted(process: Process, now: datetime) -> Job[tuple[Minuted, ...]]:
    """The minutes of the body that the process is seen from, newest first; several of one date count as one.

    Among them are meetings without any: the last one, those between others that have minutes, and the next one as soon
    as its page is to be made. A meeting that was cancelled has minutes only where people wrote some.
    """
    shelf = yield from shelf_of(process, now)
    found: dict[str, tuple[Page, Record | None]] = {**shelf.by_date()}
    first, latest = min(found, default=""), process.body.meetings.latest(now)
    missing = [one for one in shelf.recent if one[0].date not in found and (one[0].date >= first or one[0] == latest)]
    planned = yield from together(_was_planned(process, meeting) for meeting, _ in missing)
    found |= {meeting.date: (page, None) for (meeting, page), was in zip(missing, planned, strict=True) if was}
    cases = (_Case(shelf, now, day, *found[day], shelf.settled.get(day)) for day in sorted(found, reverse=True))
    every = yield from together(case.minuted() for case in cases)
    return tuple(one for one in every if one)


def _was_planned(process: Process, meeting: Meeting) -> Job[bool]:
    """Whether a meeting was one by the rule of its time, and not only by one that was configured since."""
    then = yield from configuration_at(process, meeting.start)
    return then is None or then.body.meetings.on(meeting.date) is not None


def doubts(process: Process, now: datetime) -> Job[tuple[Problem, ...]]:
    """What is wrong with the dates of a body's minutes, as far as they are no more than a year old, or nobody knows."""
    shelf = yield from shelf_of(process, now)
    recent = (now - A_YEAR).date().isoformat()
    told = (one.doubt for _, one in shelf.records() if one.doubt and (not one.date or one.date >= recent))
    return tuple(dict.fromkeys(told))


# --- How far they have come


@dataclass(frozen=True)
class _Case:
    """The minutes of one meeting, as far as the pages alone tell."""

    shelf: Shelf
    now: datetime
    date: str
    page: Page
    record: Record | None
    settled: Archived | None

    def minuted(self) -> Job[Minuted | None]:
        """How it stands with them; None where none are expected."""
        if self.settled and self.page.exists:
            approval = self.settled.approval
            changed = self._words(self.page.text) != approval.words
            taker = self._named_taker(self.settled.taker)
            return self._at(Stage.APPROVED, approval=approval, changed=changed, taker=taker)
        newest = self.page.revision
        if self._is_old and newest and self._may_be_written and (yield from self._counts(newest)):
            approval = Approval(newest.id, self._words(self.page.text))
            return self._at(Stage.APPROVED, approval=approval, taker=self._named_taker())
        written = (yield from self._written()) if self._may_be_written else _Written()
        if written.since:
            return (yield from self._for_approval(written, written.since))
        stage = stage_of(self._due, None, (), self.now)
        taker = (yield from self._owing()) if stage is Stage.LATE else self._named_taker()
        if self.meeting and self.meeting.cancelled:
            return None
        return self._at(stage, until=self._due, taker=taker, offered=written.offered)

    def _for_approval(self, written: _Written, since: Revision) -> Job[Minuted]:
        objections = yield from self._objections()
        until = self._until(since.time)
        stage = stage_of(self._due, until, objections, self.now) if until else Stage.FOR_APPROVAL
        taker = self._named_taker(since.user or "")
        if stage is Stage.APPROVED and until:
            moment = approved_at(until, objections) or until
            then = next(one for one in reversed(written.versions) if one.time <= moment)
            words = self._words(then.text or "")
            changed = words != self._words(self.page.text)
            return self._at(stage, approval=Approval(then.id, words), changed=changed, taker=taker)
        shown = tuple(one for one in objections if one.ended is None)
        return self._at(stage, until=until, objections=shown, taker=taker)

    def _objections(self) -> Job[tuple[Objection, ...]]:
        """The objections to them: also with a date on which there was no meeting, but not those to other minutes.

        Where the page was moved, its talk page may have stayed behind.
        """
        titles = dict.fromkeys((self.page.title.talk, self.page.asked.talk))
        talks = yield from together(ask(PageNow(title)) for title in titles)
        found = yield from together(
            objections_on(self._process, self.shelf.people, talk, self._start) for talk in talks
        )
        others = (self.shelf.days | {record.date for _, record in self.shelf.records()}) - {self.date, ""}
        return tuple(one for lot in found for said, one in lot.items() if said.date not in others)

    def _at(
        self,
        stage: Stage,
        until: datetime | None = None,
        objections: tuple[Objection, ...] = (),
        approval: Approval | None = None,
        *,
        changed: bool = False,
        taker: str = "",
        offered: int | None = None,
    ) -> Minuted:
        return Minuted(
            date=self.date,
            page=self.page,
            stage=stage,
            meeting=self.meeting,
            record=self.record,
            until=until,
            objections=objections,
            approval=approval,
            changed=changed,
            taker=taker,
            offered=offered,
        )

    def _named_taker(self, otherwise: str = "") -> str:
        """The account of whoever takes the minutes as the page says it, in its head or in its words."""
        named = self.record.minute_takers if self.record else ()
        return next(iter(self._takers(self.page.text)), "" if named else otherwise)

    def _takers(self, text: str | None) -> tuple[str, ...]:
        """The accounts that a version of the page names as taking the minutes; a hidden one (None) names nobody."""
        text = text or ""
        heads = calls(text, self._process.template("Minutes page"))
        accounts = [name for head in heads for name in people(head.fields.get("minute taker", "")).accounts]
        named = (one for record in self._records(text) for one in record.minute_takers)
        belongs = self.shelf.people.belongs
        return (*accounts, *(one.name for one in named if one.is_account or belongs(one.name, self.now)))

    def _owing(self) -> Job[str]:
        """Whoever may be asked for late minutes, as the one who takes them: named on the page, or else who began it.

        That is somebody who belongs to the body, or was named there by themselves or by somebody who belongs to it:
        nobody else can have the bot write to people.
        """
        name, members = self._named_taker((yield from self._first_person())), self.shelf.people
        if members.belongs(name, self.now):
            return name

        def named(text: str) -> tuple[str, ...]:
            return (name,) if name in self._takers(text) else ()

        def may(revision: Revision) -> Job[bool]:
            return known(True) if revision.user == name else may_confirm(self._process, members, revision)

        found = yield from origins(self.page, named, may)
        return name if name in found and found[name].counts else ""

    @property
    def _process(self) -> Process:
        return self.shelf.process

    @property
    def meeting(self) -> Meeting | None:
        """The meeting in the calendar, be it cancelled or not."""
        return self._process.body.meetings.on(self.date)

    @property
    def _start(self) -> datetime:
        """When the meeting starts; of one that isn't in the calendar, when its day begins."""
        midnight = datetime.combine(date.fromisoformat(self.date), time())
        return self.meeting.start if self.meeting else self._process.body.meetings.schedule.moment(midnight)

    @property
    def _due(self) -> datetime:
        return self._start + self._process.body.chain.due

    @property
    def _is_old(self) -> bool:
        return self._start < self.now - A_YEAR

    @property
    def _may_be_written(self) -> bool:
        """Whether somebody may have written on the page since the start: not where the bot's text stands there."""
        newest = self.page.revision
        return newest is not None and newest.time >= self._start and not is_pure(newest, self._process.bot)

    def _until(self, since: datetime) -> datetime | None:
        """When minutes that were written at a moment are approved if nobody objects; None where nothing says so."""
        body = self._process.body
        following = body.meetings.following(max(since, self._start))
        ends = [following.start] if following else []
        return min([*ends, *([since + body.chain.approval] if body.chain.approval else [])], default=None)

    def _written(self) -> Job[_Written]:
        """The revision by which the minutes were written, unless what stands is what was there before."""
        history = yield from history_since(self.page.title, self._start)
        versions = yield from self._versions(history)
        base, since = "", None
        forms: dict[str | None, Revision | None] = {}
        for revision in reversed(history):
            words = None if revision.text is None else self._words(revision.text)
            if self._is_before(revision):
                base, since = words or "", None
            elif revision not in versions:
                continue
            elif words in ("", base):
                since = None
            else:
                since = forms.setdefault(words, since or revision)
        newest = self.page.revision
        is_offered = newest is not None and since is None and self._words(self.page.text) not in ("", base)
        return _Written(since, versions, newest.id if newest and is_offered else None)

    def _is_before(self, revision: Revision) -> bool:
        """Whether a revision holds what was there before people wrote the minutes."""
        return revision.time < self._start or by_bot(revision, self._process.bot)

    def _versions(self, history: Sequence[Revision]) -> Job[list[Revision]]:
        """The versions that count since the start, oldest first."""
        later = [one for one in reversed(history) if not self._is_before(one)]
        counted = yield from together(self._counts(one) for one in later)
        others = {one.user for one, counts in zip(later, counted, strict=True) if not counts}
        named = [name for one in history[-1:] for name in self._takers(one.text)]
        takers = (yield from self._takers_until(history[-1])) if others.intersection(named) else ()
        versions = []
        for revision, counts in zip(later, counted, strict=True):
            if counts or revision.user in takers:
                versions.append(revision)
                takers = self._takers(revision.text)
        return versions

    def _takers_until(self, last: Revision) -> Job[tuple[str, ...]]:
        """The accounts that are named as taking the minutes in the newest version until then by whose word counts."""
        for revision in (yield from history_until(self.page.title, last.time)):
            if (yield from self._counts(revision)):
                return self._takers(revision.text)
        return ()

    def _counts(self, revision: Revision) -> Job[bool]:
        """Whether its author's word counts in the body; everybody's does from before the process was configured."""
        if (yield from may_confirm(self._process, self.shelf.people, revision)):
            return True
        return (yield from configuration_at(self._process, revision.time)) is None

    def _first_person(self) -> Job[str]:
        """Who edited the page first, beside the bot: the one who meant to take the minutes, most likely."""
        newest = self.page.revision
        if newest is None or is_pure(newest, self._process.bot):
            return ""
        history = yield from history_until(self.page.title)
        return next((one.user for one in reversed(history) if one.user and not by_bot(one, self._process.bot)), "")

    def _records(self, text: str) -> list[Record]:
        """What a version of the page says of the meeting."""
        return [one for one in self.shelf.read(self.page, text) if one.date == self.date]

    def _words(self, text: str) -> str:
        """A digest of what a version of the page says of the meeting, without the head; empty where it is nothing."""
        found = self._records(text)
        if found and not any(one.has_prose or one.participants or one.noted for one in found):
            return ""
        return _digest(self._process, (text[one.start : one.end] for one in found))


@dataclass(frozen=True)
class _Written:
    """By which revision minutes were written, if they are, and the versions that count since the start, oldest first.

    `offered` is the revision that stands where only people wrote whose word doesn't count.
    """

    since: Revision | None = None
    versions: Sequence[Revision] = ()
    offered: int | None = None


def _digest(process: Process, parts: Iterable[str]) -> str:
    """A short fingerprint of wikitext without comments, white space and the head of a minutes' page."""
    text = "".join(parts)
    for head in reversed(calls(text, process.template("Minutes page"))):
        text = text[: head.start] + text[head.end :]
    bare = re.sub(r"<!--.*?-->|\s+", "", text, flags=re.DOTALL)
    return hashlib.sha256(bare.encode()).hexdigest()[:10] if bare else ""
