"""The agenda of the steering group's meeting, made of what the groups filed.

It is alive until the meeting starts. The first run after that makes it as it stood at the start; from then on
only what is withdrawn leaves it, and what is filed or changed goes on the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.config import read_configuration
from strategybot.inquiries.authority import page_as_of, roster_of
from strategybot.inquiries.updates import update_of
from strategybot.jobs.plan import Edit, Plan
from strategybot.model.agenda import OTHER, Agenda, Item, Need, Report, Statement
from strategybot.model.allotment import allot
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page
from strategybot.model.process import Process, StandingItem
from strategybot.model.update import Roster, State, Update
from strategybot.reading.items import items, kind_of_need
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow
from strategybot.wikitext.calls import calls
from strategybot.wikitext.neutral import cut
from strategybot.wikitext.slots import slot
from strategybot.writing.pages import agenda_page
from strategybot.writing.texts import Texts, need_words

NEEDS = "needs"
"""The topic whose statements are shown point by point, by kind."""

MINUTES_PER_PROPOSAL = (5, 2)
"""The wished and the least number of minutes for each topic that people propose."""


def agenda(process: Process, now: datetime) -> Job[Plan]:
    """The plan for the meeting that started last and for the one that comes next, once its agenda opens."""
    last, following = process.schedule.latest(now), process.schedule.following(now)
    wanted = []
    if last:
        wanted.append(_closed(process, last))
    if following and now >= following.start - process.opens:
        wanted.append(_alive(process, following, last))
    plans = yield from together(wanted)
    return Plan(
        edits=tuple(edit for plan in plans for edit in plan.edits),
        problems=tuple(dict.fromkeys(problem for plan in plans for problem in plan.problems)),
    )


def _alive(process: Process, meeting: Meeting, last: Meeting | None) -> Job[Plan]:
    """The agenda of a meeting to come: what stands now, and what was filed late for the last meeting."""
    page, reports = yield from both(
        ask(PageNow(process.agenda(meeting))),
        together(_report(process, number, meeting, last) for number in range(len(process.groups))),
    )
    rosters, updates = [roster for roster, _ in reports], [found for _, found in reports]
    plan = Plan((_edit(process, page, meeting, rosters, updates, closed=False),))
    problems = [problem for roster in rosters for problem in roster.problems]
    problems += [problem for found in updates for update in found for problem in update.problems]
    return replace(plan, problems=tuple(problems))


def _report(
    process: Process, number: int, meeting: Meeting, last: Meeting | None
) -> Job[tuple[Roster, tuple[Update, ...]]]:
    """A group's roster and its updates for a meeting to come."""
    roster = yield from roster_of(process, process.groups[number])
    update, late = yield from both(
        update_of(process, roster, meeting), _late(process, roster, last) if last else known(None)
    )
    return roster, (update, late) if late else (update,)


def _late(process: Process, roster: Roster, last: Meeting) -> Job[Update | None]:
    """What a group filed or changed for the last meeting after that had started, or None."""
    update = yield from update_of(process, roster, last)
    if update.state is not State.FILED or update.source is None or update.source.time <= last.start:
        return None
    then = yield from update_of(process, roster, last, last.start)
    new = {topic: text for topic, text in update.fields.items() if then.fields.get(topic) != text}
    return replace(update, fields=new, late=last) if new else None


def _closed(process: Process, meeting: Meeting) -> Job[Plan]:
    """The agenda of a meeting that has started: as of its start, without what was withdrawn since.

    The configuration counts as it was then, too; there is no agenda of a meeting from before it.
    """
    configuration = yield from page_as_of(process.page, meeting.start)
    if not configuration.exists:
        return Plan()
    then = read_configuration(configuration.text, process.page, process.bot)
    if isinstance(then, Process):
        process = replace(then, trial=process.trial)
    page, found = yield from both(
        ask(PageNow(process.agenda(meeting))),
        together(_as_of_start(process, number, meeting) for number in range(len(process.groups))),
    )
    rosters = [roster for roster, _, _ in found]
    edit = _edit(process, page, meeting, rosters, [(left,) for _, _, left in found], closed=True)
    kept = {left.source.revid for _, _, left in found if left.source}
    withdrawn = any(then != left for _, then, left in found) or not _quoted(process, page) <= kept
    return Plan(() if _is_closed(process, page, meeting) and not withdrawn else (edit,))


def _is_closed(process: Process, page: Page, meeting: Meeting) -> bool:
    """Whether the bot has written the page since the meeting started."""
    newest = page.revision
    return newest is not None and newest.time >= meeting.start and newest.user == process.bot


def _quoted(process: Process, page: Page) -> set[int]:
    """The revisions that an agenda quotes: what was deleted or hidden since has no other trace."""
    named = [call for name in ("Report", "Source") for call in calls(page.text, process.template(name))]
    return {int(call.fields["revision"]) for call in named if call.fields.get("revision", "").isdigit()}


def _as_of_start(process: Process, number: int, meeting: Meeting) -> Job[tuple[Roster, Update, Update]]:
    """A group's roster and update as of the start, and that update without the topics that are withdrawn since."""
    roster, today = yield from both(
        roster_of(process, process.groups[number], meeting.start), roster_of(process, process.groups[number])
    )
    then, now = yield from both(update_of(process, roster, meeting, meeting.start), update_of(process, today, meeting))
    if then.state is not State.FILED or now.state is State.WAITING:
        return roster, then, then
    kept = {topic: text for topic, text in then.fields.items() if topic in now.fields}
    if kept == then.fields:
        return roster, then, then
    left = replace(then, fields=kept) if kept else Update(then.group, then.page, State.MISSING)
    return roster, then, left


def _edit(
    process: Process,
    page: Page,
    meeting: Meeting,
    rosters: Sequence[Roster],
    updates: Sequence[tuple[Update, ...]],
    *,
    closed: bool,
) -> Edit:
    proposed = slot(page.text, "proposed") or ""
    content = compose(process, meeting, rosters, updates, proposals=len(items(proposed)), closed=closed)
    filed = sum(any(update.state is State.FILED for update in found) for found in updates)
    summary = Texts(process.languages[0]).say("summary-agenda", str(filed), str(len(updates)))
    return Edit(page, agenda_page(process, content, proposed), summary)


def compose(
    process: Process,
    meeting: Meeting,
    rosters: Sequence[Roster],
    updates: Sequence[tuple[Update, ...]],
    *,
    proposals: int = 0,
    closed: bool = False,
) -> Agenda:
    """The agenda of rosters and updates (those of a group stand at the same place in both)."""
    statements = {topic: _statements(process, topic, updates) for topic in process.topics}
    own = process.topics[0]
    reports = tuple(
        Report(roster.group, found, tuple(one for one in statements[own] if one.group == roster.group))
        for roster, found in zip(rosters, updates, strict=True)
    )
    wishes = [_wish(item, statements, proposals, reports) for item in process.items]
    allotment = allot(wishes, meeting.minutes)
    return Agenda(
        meeting=meeting,
        closed=closed,
        rosters=tuple(rosters),
        reports=reports,
        items=tuple(
            _item(item, minutes, statements) for item, minutes in zip(process.items, allotment.minutes, strict=True)
        ),
        needed=allotment.needed,
        following=process.schedule.following(meeting.start),
    )


def _statements(process: Process, topic: str, updates: Sequence[tuple[Update, ...]]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            update.group,
            cut(update.fields[topic], process.longest),
            update.lang,
            update.source,
            cut=len(update.fields[topic]) > process.longest,
        )
        for found in updates
        for update in found
        if topic in update.fields and update.source
    )


def _wish(
    item: StandingItem, statements: dict[str, tuple[Statement, ...]], proposals: int, reports: Sequence[Report]
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


def _item(item: StandingItem, minutes: int, statements: dict[str, tuple[Statement, ...]]) -> Item:
    said = statements.get(item.key, ())
    return Item(item.key, minutes, (), _needs(said)) if item.key == NEEDS else Item(item.key, minutes, said)


def _needs(statements: Sequence[Statement]) -> tuple[Need, ...]:
    """Needs by kind, those that most groups share first, and the unknown kind last."""
    words = need_words()
    by_kind: dict[str, list[Statement]] = {}
    for statement in statements:
        for point in items(statement.text):
            by_kind.setdefault(kind_of_need(point, words), []).append(replace(statement, text=point))
    needs = [Need(kind, tuple(points)) for kind, points in by_kind.items()]
    return tuple(sorted(needs, key=lambda need: (need.kind == OTHER, -len(need.groups))))
