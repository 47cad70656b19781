"""What those who may speak for a group have withdrawn since a meeting began, filing by filing and topic by topic.

A page is followed edit by edit. What others make of it withdraws nothing and brings nothing back.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from strategybot.inquiries.authority import revisions_until, trusted
from strategybot.inquiries.filings import Filed, Place
from strategybot.inquiries.reader import Reader
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.reading.filing import Filing
from strategybot.reading.succession import Edit, left_over
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow

_MOST_EDITS = 1000
"""How many edits of a page are followed."""


def left_standing(
    process: Process, today: Roster, meeting: Meeting, then: Sequence[Place], since: datetime
) -> Job[tuple[Place, ...]]:
    """The places as they were at a moment, without what was withdrawn since; `today` is the roster as of now."""
    return (yield from together(_left_on(process, today, meeting, one, since) for one in then))


def _left_on(process: Process, today: Roster, meeting: Meeting, then: Place, since: datetime) -> Job[Place]:
    base = then.page.revision
    if base is None or not then.filed:
        return then
    _, edits = yield from edits_since(process, today, then.page, since)
    if not edits:
        return then
    reader = Reader(process, meeting, then.page, in_sections=then.page.asked == process.updates(today.group))

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


def edits_since(
    process: Process, today: Roster, page: Page, since: datetime
) -> Job[tuple[Revision | None, list[tuple[Revision, bool]]]]:
    """What stood on a page at a moment, and its edits since, oldest first, and whether who made them may.

    The page's `title` is where its past is now, and `asked` where it was then; what a redirect leads to is another
    page's matter. Who moves the page away and leaves nothing there has emptied it.
    """
    there, here = yield from both(ask(PageNow(page.title)), ask(PageNow(page.asked)))
    if there.title == page.title and there.revision and there.revision.time <= since:
        return there.revision, []
    walked: list[Revision] = []
    while lot := (yield from revisions_until(page.title, None, walked[-1].id if walked else None)):
        walked += lot
        if lot[-1].time <= since or not lot[-1].parent or len(walked) >= _MOST_EDITS:
            break
    seen = [revision for revision in reversed(walked) if revision.text is not None]
    edits = [revision for revision in seen if revision.time > since]
    own = {revision.id for revision in edits if revision.user in today.names.coordinators}
    own |= yield from trusted(process, [revision for revision in edits if revision.id not in own])
    if page.title != page.asked and here.revision is None and not here.redirected:
        texts = {revision.id: before.text for before, revision in pairwise(seen)}
        moves = {revision.id for revision in edits if revision.id in own and texts.get(revision.id) == revision.text}
        edits = [replace(revision, text="") if revision.id in moves else revision for revision in edits]
    base = next((revision for revision in reversed(seen) if revision.time <= since), None)
    return base, [(revision, revision.id in own) for revision in edits]
