"""What groups filed for a meeting, and whether it is theirs.

An update is a group's when the revision that introduced exactly its words was by one of the group's
coordinators, however often the page was edited elsewhere since; words that return to that form are valid again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from strategybot.inquiries.authority import history_until, page_as_of, roster_of, trusted, vouched
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.update import Source, State, Update
from strategybot.reading.filing import Filing, read_filing
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import RevisionById


def update_of(process: Process, roster: Roster, meeting: Meeting, at: datetime | None = None) -> Job[Update]:
    """A group's update for a meeting, as of a moment (UTC; None is now), `roster` being as of that moment too."""
    title = process.update(roster.group, meeting)
    page = yield from page_as_of(title, at)
    missing = Update(roster.group, title, State.MISSING)
    if page.revision is None or not page.text.strip():
        return missing
    newest = page.revision
    if not (yield from vouched(page, lambda revision: _may_lead(process, roster, revision))):
        return replace(missing, problems=(Problem("redirect", title),))
    filing = _filing(process, newest)
    if filing is None:
        return replace(missing, problems=(Problem("update-without-template", page.title, (), newest.id),))
    if not filing.topics:
        return replace(missing, problems=(Problem("update-blank", page.title, (), newest.id),))
    revision, accepted = yield from _filed_in(process, roster, page, filing, at)
    source = Source(page.title, revision.id, revision.user or "", revision.time)
    if not accepted:
        waiting = Problem("update-waiting", page.title, (roster.group.name, source.user), revision.id)
        return Update(roster.group, title, State.WAITING, source=source, problems=(waiting,))
    problems = tuple(
        Problem("update-odd-field" if name else "update-cut-field", page.title, (name,) if name else (), newest.id)
        for name in filing.odd
    )
    lang = filing.lang or process.languages[0]
    return Update(roster.group, title, State.FILED, filing.topics, lang, source, problems=problems)


def late_update_of(process: Process, roster: Roster, last: Meeting, at: datetime | None = None) -> Job[Update | None]:
    """What a group filed or changed for the last meeting after that had started, as of a moment, or None."""
    update = yield from update_of(process, roster, last, at)
    if update.state is not State.FILED or update.source is None or update.source.time <= last.start:
        return None
    then = yield from update_of(process, roster, last, last.start)
    new = {topic: text for topic, text in update.fields.items() if then.fields.get(topic) != text}
    return replace(update, fields=new, late=last) if new else None


def _filed_in(
    process: Process, roster: Roster, page: Page, filing: Filing, at: datetime | None
) -> Job[tuple[Revision, bool]]:
    """The newest revision in which a coordinator introduced exactly these words, and True.

    Where there is none: the newest in which anybody did, and False.

    Most updates stand as their last author left them: one look at the parent decides, and parents of many pages
    are read together. Only else the page's history is walked, back to where somebody who may not speak for the group
    put the page there: a move lends a page another one's history.
    """
    newest = page.revision
    assert newest is not None  # noqa: S101  # the caller read the words from it
    if (yield from _coordinates(process, roster, newest)):
        parent = (yield from ask(RevisionById(newest.parent))) if newest.parent else None
        if not newest.parent or (parent and _words(process, parent) != filing.words):
            return newest, True
    history = yield from history_until(page.title, at)
    first: Revision | None = None
    led = False
    for revision, parent in _with_parents(history):
        if _words(process, revision) == filing.words and (not parent or _words(process, parent) != filing.words):
            if (yield from _coordinates(process, roster, revision)):
                return revision, True
            first = first or revision
        moved = parent is not None and parent.text is not None and parent.text == revision.text
        if moved and not led:
            led = yield from _may_lead(process, roster, revision)
            if not led:
                return first or revision, False
    return first or newest, False


def _with_parents(history: list[Revision]) -> Iterator[tuple[Revision, Revision | None]]:
    yield from pairwise(history)
    if history:
        yield history[-1], None


def _may_lead(process: Process, roster: Roster, revision: Revision) -> Job[bool]:
    """Whether a revision's author may say where the group's update is: a coordinator, the core team or an admin."""
    if (yield from _coordinates(process, roster, revision)):
        return True
    return revision.id in (yield from trusted(process, [revision]))


def _coordinates(process: Process, roster: Roster, revision: Revision) -> Job[bool]:
    """Whether the revision's author coordinates the group, or did when saving it."""
    if revision.user is None:
        return False
    if revision.user in roster.names.coordinators:
        return True
    then = yield from roster_of(process, roster.group, revision.time)
    return revision.user in then.names.coordinators


def _filing(process: Process, revision: Revision) -> Filing | None:
    return read_filing(revision.text or "", process.template("Update"), process.topics)


def _words(process: Process, revision: Revision) -> frozenset[tuple[str, str]] | None:
    """The words of a revision. One whose text is hidden has none: what is shown isn't what was hidden."""
    filing = _filing(process, revision)
    return filing.words if filing else None
