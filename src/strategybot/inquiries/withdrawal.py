"""What those who may speak for a group have withdrawn since a meeting began, filing by filing and topic by topic.

A page is followed edit by edit. What others make of it withdraws nothing and brings nothing back.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime

from strategybot.inquiries.authority import revisions_until, trusted, vouched
from strategybot.inquiries.filings import Filed, Place, Reader
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.reading.filing import Filing
from strategybot.reading.succession import Edit, left_over
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow

_MOST_EDITS = 1000
"""How many edits of a page are followed."""


def left_standing(
    process: Process, today: Roster, meeting: Meeting, then: Sequence[Place], since: datetime
) -> Job[tuple[Place, ...]]:
    """The places as they were at a moment, without what was withdrawn since; `today` is the roster as of now."""
    return (yield from together(_left_on(process, today, meeting, one, since) for one in then))


def _left_on(process: Process, today: Roster, meeting: Meeting, then: Place, since: datetime) -> Job[Place]:
    page, base = (yield from ask(PageNow(then.page.asked))), then.page.revision
    if page.revision is None or page.revision.text is None:
        return replace(then, filed=tuple(one for one in then.filed if not one.valid))
    if base is None or not then.filed or page.revision.time <= since:
        return then
    edits = yield from _edits(process, today, page, base, since)
    reader = Reader(process, meeting, page, in_sections=page.asked == process.updates(today.group))

    def here(revision: Revision) -> tuple[Filing, ...]:
        return tuple(one for one in reader.filings(revision) if one.topics and reader.is_here(one))

    foreign = {one.filing.words for one in then.filed if not one.valid}
    left = left_over(here(base), foreign, [Edit(here(revision), may) for revision, may in edits])
    filed = [one if not one.valid else _with(one, left.get(one.filing.words, set())) for one in then.filed]
    return replace(then, filed=tuple(one for one in filed if one.filing.topics))


def _with(one: Filed, topics: Set[str]) -> Filed:
    """A filing with only these of its topics."""
    kept = {topic: text for topic, text in one.filing.topics.items() if topic in topics}
    return replace(one, filing=replace(one.filing, topics=kept))


def _edits(
    process: Process, today: Roster, page: Page, base: Revision, since: datetime
) -> Job[list[tuple[Revision, bool]]]:
    """The edits of a page since a moment, oldest first, and whether their authors may speak for the group.

    Where a redirect leads to a page with another past, that is one edit by whoever made the redirect.
    """
    walked: list[Revision] = []
    while lot := (yield from revisions_until(page.title, None, walked[-1].id if walked else None)):
        walked += lot
        if lot[-1].time <= since or not lot[-1].parent or len(walked) >= _MOST_EDITS:
            break
    if page.redirected and base.id not in {revision.id for revision in walked}:
        assert page.revision is not None  # noqa: S101  # the caller saw to that
        may = yield from vouched(page, lambda revision: _may(process, today, revision))
        return [(page.revision, True)] if may else []
    edits = [revision for revision in reversed(walked) if revision.time > since and revision.text is not None]
    own = {revision.id for revision in edits if revision.user in today.names.coordinators}
    own |= yield from trusted(process, [revision for revision in edits if revision.id not in own])
    return [(revision, revision.id in own) for revision in edits]


def _may(process: Process, today: Roster, revision: Revision) -> Job[bool]:
    if revision.user in today.names.coordinators:
        return True
    return revision.id in (yield from trusted(process, [revision]))
