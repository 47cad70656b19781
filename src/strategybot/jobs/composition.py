"""Composing an agenda of rosters, updates, and what is left over from before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from strategybot.inquiries.people import members_of
from strategybot.inquiries.rosters import roster_of
from strategybot.jobs.leftovers import Leftovers
from strategybot.jobs.plan import Edit
from strategybot.model.agenda import OTHER, Agenda, Item, Need, Recalled, Report, Statement
from strategybot.model.allotment import allot
from strategybot.model.body import Group, StandingItem
from strategybot.model.meeting import Meeting
from strategybot.model.minutes import Named
from strategybot.model.page import Page
from strategybot.model.process import Process
from strategybot.model.register import Entry
from strategybot.model.roster import Roster
from strategybot.model.update import State, Update, Wording
from strategybot.reading.items import items, kind_of_need
from strategybot.wiki.asking import Job
from strategybot.wikitext.neutral import cut
from strategybot.wikitext.slots import slot
from strategybot.writing.pages import agenda_page
from strategybot.writing.texts import Texts, need_words

NEEDS = "needs"
"""The topic whose statements are shown point by point, by kind."""

MOST_POINTS, LONGEST_POINT = 12, 500
"""How many points of a group's needs are shown, and how many characters of each; the rest is a link away."""

MINUTES_PER_PROPOSAL = (5, 2)
"""The wished and the least number of minutes for each topic that people propose."""

Filed = tuple[Roster, tuple[Update, ...]]
"""A group's roster and its updates: one for the meeting, or also what it filed late for the last."""


MOST_ENTRIES = 20
"""How many open action items are shown; the others are in the register."""

MOST_MEMBERS = 100
"""How many members of a working group are expected by name."""


@dataclass(frozen=True)
class Beside:
    """What stands on an agenda beside what groups filed: a working group's own people, and what is left from before.

    That was open at that moment (UTC).
    """

    moment: datetime | None = None
    rosters: tuple[Roster, ...] = ()
    members: tuple[Named, ...] = ()
    left: Leftovers = field(default_factory=Leftovers)


def beside_of(process: Process, left: Leftovers, moment: datetime, *, now: bool) -> Job[Beside]:
    """What stands on an agenda of the body that the process is seen from beside what groups filed.

    The people are as of that moment (UTC), or the very newest if it is now.
    """
    beside = Beside(moment, left=left)
    if process.body.group is None:
        return beside
    at = None if now else moment
    roster = yield from roster_of(process, process.body.group, at)
    members = yield from members_of(roster, at)
    return replace(beside, rosters=(roster,), members=members[:MOST_MEMBERS])


def agenda_edit(
    process: Process, page: Page, meeting: Meeting, filed: Sequence[Filed], beside: Beside, *, closed: bool
) -> Edit:
    """The edit that makes a page the agenda of a meeting. What people wrote in its slot is carried along."""
    proposed = slot(page.text, "proposed") or ""
    agenda = compose(process, meeting, filed, beside, proposals=len(items(proposed)), closed=closed)
    count = sum(any(update.state is State.FILED for update in updates) for _, updates in filed)
    say = Texts(process.languages[0]).say
    summary = say("summary-agenda", str(count), str(len(filed))) if filed else say("summary-agenda-alone")
    return Edit(page, agenda_page(process, agenda, proposed), summary)


def cancelled_edit(process: Process, page: Page, meeting: Meeting) -> Edit:
    """The edit by which an agenda says that its meeting is cancelled. What groups filed for it goes on the next one."""
    proposed = slot(page.text, "proposed") or ""
    agenda = Agenda(meeting, closed=False, following=process.body.meetings.following(meeting.start))
    summary = Texts(process.languages[0]).say("summary-agenda-cancelled")
    return Edit(page, agenda_page(process, agenda, proposed), summary)


def compose(
    process: Process,
    meeting: Meeting,
    filed: Sequence[Filed],
    beside: Beside = Beside(),
    *,
    proposals: int = 0,
    closed: bool = False,
) -> Agenda:
    """The agenda of what the groups filed; `proposals` is how many topics people propose on its page."""
    statements = {topic: _statements(process, topic, filed) for topic in process.topics}
    own = statements[process.topics[0]]
    reports = tuple(
        Report(roster.group, updates, tuple(one for one in own if one.group == roster.group))
        for roster, updates in filed
    )
    wishes = [_wish(item, statements, proposals, reports) for item in process.body.items]
    allotment = allot(wishes, meeting.minutes)
    return Agenda(
        meeting=meeting,
        closed=closed,
        rosters=(*(roster for roster, _ in filed), *beside.rosters),
        members=beside.members,
        reports=reports,
        items=tuple(
            _item(item, minutes, statements.get(item.key, ()))
            for item, minutes in zip(process.body.items, allotment.minutes, strict=True)
        ),
        needed=allotment.needed,
        following=process.body.meetings.following(meeting.start),
        entries=tuple(_recalled(process, entry, meeting, beside) for entry in beside.left.entries[:MOST_ENTRIES]),
        entries_left=len(beside.left.entries[MOST_ENTRIES:]),
        requests=beside.left.requests,
        feedback=beside.left.feedback,
    )


def _recalled(process: Process, entry: Entry, meeting: Meeting, beside: Beside) -> Recalled:
    """An open action item with its age at the meeting."""
    since = process.body.meetings.between(entry.given, meeting.start)
    today = (beside.moment or meeting.start).date()
    return Recalled(entry, sum(not one.cancelled for one in since), entry.overdue(today))


def _statements(process: Process, topic: str, filed: Sequence[Filed]) -> tuple[Statement, ...]:
    found = []
    for _, updates in filed:
        for update in updates:
            wordings = [_statement(process, update.group, wording) for wording in update.said.get(topic, ())]
            found += [replace(first, translations=tuple(wordings[1:])) for first in wordings[:1]]
    return tuple(found)


def _statement(process: Process, group: Group, wording: Wording) -> Statement:
    shown = cut(wording.text, process.longest)
    return Statement(group, shown, wording.lang, wording.source, cut=len(wording.text) > process.longest)


def _wish(
    item: StandingItem, statements: Mapping[str, Sequence[Statement]], proposals: int, reports: Sequence[Report]
) -> tuple[int, int]:
    """The wished and the least minutes: more for what people propose, none for what nobody raised."""
    if item.key == "proposed":
        wish, least = MINUTES_PER_PROPOSAL
        return item.minutes + wish * proposals, item.least + least * proposals
    if item.key == "reports":
        least = max(item.least, sum(bool(report.statements) for report in reports))
        return max(item.minutes, least), least
    if item.key in statements and not statements[item.key]:
        return 0, 0
    return item.minutes, item.least


def _item(item: StandingItem, minutes: int, said: Sequence[Statement]) -> Item:
    if item.key != NEEDS:
        return Item(item.key, minutes, tuple(said))
    points = [(statement, items(statement.text)) for statement in said]
    more = tuple(statement for statement, found in points if statement.cut or _is_cut(found))
    translations = tuple(other for statement in said for other in statement.translations)
    return Item(item.key, minutes, needs=_needs(points), more=more, translations=translations)


def _is_cut(points: Sequence[str]) -> bool:
    return len(points) > MOST_POINTS or any(len(point) > LONGEST_POINT for point in points)


def _needs(statements: Sequence[tuple[Statement, Sequence[str]]]) -> tuple[Need, ...]:
    """Needs by kind, those that most groups share first, and the unknown kind last."""
    by_kind: dict[str, list[Statement]] = {}
    for statement, points in statements:
        words = need_words(statement.lang)
        for point in points[:MOST_POINTS]:
            shown = replace(statement, text=cut(point, LONGEST_POINT), translations=())
            by_kind.setdefault(kind_of_need(point, words), []).append(shown)
    needs = [Need(kind, tuple(points)) for kind, points in by_kind.items()]
    return tuple(sorted(needs, key=lambda need: (need.kind == OTHER, -len(need.groups))))
