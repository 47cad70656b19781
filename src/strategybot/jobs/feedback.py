"""Feedback: what groups have sent to the core team and answered, on a page of its own, and what became of it.

People's words stand there with their source, and leave the page with it. What became of something says the core team,
with two taps on the page; the group that raised it is told on its talk page, once for each outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from strategybot.inquiries.filings import MOST_WAITING
from strategybot.inquiries.rosters import other_spellings
from strategybot.jobs.addresses import Address, addresses, named_since
from strategybot.jobs.carrying import carried
from strategybot.jobs.correspondence import Board, board_of, correspondence
from strategybot.jobs.discretion import discreet
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Edit, Plan, Post, joined
from strategybot.jobs.posting import postings, saved_since
from strategybot.jobs.reminders import dues_of
from strategybot.model.body import Group
from strategybot.model.correspondence import Correspondence
from strategybot.model.due import Due
from strategybot.model.feedback import Outcome, Raised, Said, is_out
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.reading.feedback import Told, between
from strategybot.wiki.asking import Job, both
from strategybot.writing.feedback import (
    Feedback,
    Part,
    Past,
    Piece,
    Reply,
    feedback_page,
    piece_of,
    piece_shown,
    told_body,
    told_heading,
)
from strategybot.writing.texts import Texts

JOB = "feedback"
"""The job's name."""

_FRESH = timedelta(days=28)
"""How long after somebody said what became of something its group can be told: after that it is no news."""

_MOST_KEPT = 50
"""How many entries are kept that wait for the core team: anybody can make any number of them."""


def feedback(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the feedback page, for what groups are told of it, and for what waits there for the core team."""
    if process.relaying is None:
        return Plan()
    found, board = yield from both(correspondence(process, now), board_of(process))
    desk = _Desk(process, found, board, now)
    (plan, told), reminders = yield from both(
        both(_written(desk), _told(desk)), dues_of(process, found.dispatches, now)
    )
    return joined([plan, told, Plan(dues=(*desk.dues(), *reminders))])


def _written(desk: _Desk) -> Job[Plan]:
    """The plan for the page. Without the marks of its slot it is left as it is: nothing entered there may be lost."""
    page, problems = desk.board.entered.page, tuple(desk.problems())
    if desk.board.entered.is_unmarked:
        revid = page.revision.id if page.revision else None
        return Plan(problems=(*problems, Problem("register-unmarked", page.title, (), revid)))
    beside = between(page.text, desk.process.template("Feedback outcome"))
    text = feedback_page(desk.process, desk.feedback, problems, desk.kept, beside)
    waiting = sum(one.waits for one in desk.found.raised)
    summary = Texts(desk.process.languages[0]).say("summary-feedback", str(waiting))
    plan = yield from carried(desk.process, Plan((Edit(page, text, summary),), problems))
    return (yield from discreet(desk.process, plan, [page]))


def _told(desk: _Desk) -> Job[Plan]:
    """The plan for what groups are told."""
    fresh = desk.fresh
    if not fresh:
        return Plan()
    since = min(one.first for one in fresh)
    saved, those = yield from both(saved_since(since, desk.process), addresses(desk.process))
    by_name = {one.configured.name: one for one in those}
    posts = [desk.post(by_name[one.name], one) for one in fresh if one.name in by_name]
    return Plan(posts=(yield from postings(posts, desk.process.bot, saved, named_since)))


@dataclass(frozen=True)
class _Desk:
    """What the page is made of."""

    process: Process
    found: Correspondence
    board: Board
    now: datetime

    @property
    def kept(self) -> tuple[Said, ...]:
        """What was entered and is kept: without what is about withdrawn relays, and what is settled since.

        What others have entered is kept as far as it is about something, and as long as it isn't too much.
        """
        kept: list[Said] = []
        known = {one.id for one in self.found.raised}
        waiting = 0
        for one in self.board.entered.said:
            name = one.entry.id
            is_settled = any(word.counts and word.entry.id == name for word in kept)
            is_idle = not one.counts and (is_settled or name not in known or waiting >= _MOST_KEPT)
            if not is_idle and name not in self.found.withdrawn:
                kept.append(one)
                waiting += not one.counts
        return tuple(kept)

    def problems(self) -> Iterator[Problem]:
        """What is wrong with entries, or waits for the core team."""
        known = {one.id for one in self.found.raised}
        page = self.process.feedback
        for one in (one for one in self.kept if one.counts):
            if one.entry.id not in known:
                yield Problem("feedback-no-such", page, (one.entry.id,), one.source.revid)
            elif one.outcome is None:
                yield Problem("feedback-odd-state", page, (one.entry.state, one.entry.id), one.source.revid)
        for one in [one for one in self.kept if not one.counts][:MOST_WAITING]:
            yield Problem("feedback-waiting", page, (one.source.user, one.entry.id), one.source.revid)

    # --- The page

    @property
    def feedback(self) -> Feedback:
        """What the page shows: group by group, and in a line what is over since an earlier year."""
        home = Group(self.process.body.name, self.process.own(self.process.steering_group))
        parts = [Part(one, tuple(self._pieces(one)), tuple(self._replies(one))) for one in (home, *self._groups)]
        past = tuple(Past(one, self.found.page(one.id)) for one in self.found.raised if self._is_past(one))
        return Feedback(tuple(one for one in parts if one.pieces or one.answers), past)

    @property
    def _groups(self) -> Iterable[Group]:
        """The groups, and those that have left the process since they sent something."""
        groups = {group.name: group for group in self.process.groups}
        names = dict.fromkeys((*groups, *(one.name for one in self.found.raised if one.name)))
        return (groups.get(name, Group(name, self.process.feedback)) for name in names)

    def _pieces(self, group: Group) -> Iterator[Piece]:
        """What somebody has raised, the newest first."""
        live = {one.relay.id: one.relay.versions for one in self.found.dispatches}
        shown = {one.raised.id: one for one in self.board.shown}
        for one in self.found.raised:
            if (one.name or self.process.body.name) == group.name and not self._is_past(one):
                page = self.found.page(one.id)
                if one.id in live:
                    yield piece_of(self.process, group, one, page, live[one.id])
                elif shown[one.id].words:
                    yield piece_shown(shown[one.id], one, page)

    def _replies(self, group: Group) -> Iterator[Reply]:
        """A group's answers to requests, the newest first: those of the last year that are over as they were told."""
        live = {one.relay.id: one for one in self.found.dispatches if one.asked}
        found = [Told(name, answer) for name, one in live.items() if is_out(one) for answer in one.answers]
        over = [one for one in self.board.answers if one.id not in live.keys() | self.found.withdrawn]
        found += [one for one in over if one.answer.time.year == self.now.year]
        for one in sorted(found, key=lambda one: one.answer.time, reverse=True):
            if one.answer.group == group.name and not one.answer.is_read:
                yield Reply(one.id, self.found.page(one.id), one.answer)

    def _is_past(self, one: Raised) -> bool:
        """Whether something is over, and from an earlier year."""
        return not one.waits and one.since.year < self.now.year

    # --- What people are told

    @property
    def fresh(self) -> list[Raised]:
        """What groups are to be told of: that something they raised was settled lately."""
        settled = [one for one in self.found.raised if one.name and one.outcome is not Outcome.OPEN]
        return [one for one in settled if one.latest and one.latest.source.time > self.now - _FRESH]

    def post(self, address: Address, raised: Raised) -> Post:
        """The post that tells a group what became of something."""
        process, group = self.process, address.configured
        language = group.language or process.languages[0]
        spellings = (group.page, address.group.page, *other_spellings(group))
        return Post(
            target=address.target(process),
            identity=Key(JOB, f"{raised.id} {raised.outcome.value}", process, address.page, spellings),
            heading=told_heading(language, raised),
            body=told_body(process, language, raised, self.found.page(raised.id)),
            summary=Texts(language).say("summary-feedback-told"),
            language=language,
            since=raised.first,
        )

    def dues(self) -> Iterator[Due]:
        """What waits for the core team, as long as it is news."""
        rules = self.process.relaying
        for one in self.found.raised:
            if rules and one.waits and self.now < one.since + rules.preview + rules.closes:
                for name in sorted(self.process.core_team):
                    yield Due(
                        person=name,
                        matter=f"relay {one.id} core team",
                        key="due-relay-core-team",
                        words=(one.id,),
                        page=self.process.feedback,
                        since=one.first,
                        process=self.process,
                    )
