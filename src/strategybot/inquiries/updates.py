"""What groups filed for a meeting, and whether it is theirs.

An update is a group's when the revision that introduced exactly its words was by one of the group's
coordinators, however often the page was edited elsewhere since; words that return to that form are valid again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from strategybot.inquiries.authority import page_as_of, revisions_until, roster_of
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.update import Roster, Source, State, Update
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
    filing = _filing(process, page.revision)
    if filing is None:
        return replace(missing, problems=(Problem("update-without-template", page.title, (), page.revision.id),))
    problems = tuple(
        Problem(
            "update-odd-field" if name else "update-cut-field", page.title, (name,) if name else (), page.revision.id
        )
        for name in filing.odd
    )
    if not filing.topics:
        return replace(missing, problems=(*problems, Problem("update-blank", page.title, (), page.revision.id)))
    revision = yield from _filed_in(process, roster, page, filing, at)
    if revision is None:
        newest = page.revision
        source = Source(page.title, newest.id, newest.user or "", newest.time)
        waiting = Problem("update-waiting", page.title, (roster.group.name, newest.user or ""), newest.id)
        return Update(roster.group, title, State.WAITING, source=source, problems=(*problems, waiting))
    source = Source(page.title, revision.id, revision.user or "", revision.time)
    lang = filing.lang or process.languages[0]
    return Update(roster.group, title, State.FILED, filing.topics, lang, source, problems=problems)


def _filed_in(
    process: Process, roster: Roster, page: Page, filing: Filing, at: datetime | None
) -> Job[Revision | None]:
    """The newest revision in which a coordinator introduced exactly these words, or None.

    Most updates stand as their last author left them: one look at the parent decides, and parents of many pages
    are read together. Only else the page's history is walked.
    """
    newest = page.revision
    assert newest is not None  # noqa: S101  # the caller read the words from it
    if (yield from _coordinates(process, roster, newest)):
        parent = (yield from ask(RevisionById(newest.parent))) if newest.parent else None
        if not newest.parent or (parent and parent.text is not None and _words(process, parent) != filing.words):
            return newest
    child: Revision | None = None
    before: int | None = None
    while lot := (yield from revisions_until(page.title, at, before)):
        for revision in lot:
            if child and (yield from _introduced(process, roster, child, revision, filing)):
                return child
            child = revision
        before = lot[-1].id
    if child and (yield from _introduced(process, roster, child, None, filing)):
        return child
    return None


def _introduced(
    process: Process, roster: Roster, revision: Revision, parent: Revision | None, filing: Filing
) -> Job[bool]:
    """Whether these words stand in this revision and not in the one before, and a coordinator saved it."""
    if revision.text is None or _words(process, revision) != filing.words:
        return False
    if parent and (parent.text is None or _words(process, parent) == filing.words):
        return False
    return (yield from _coordinates(process, roster, revision))


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
    filing = _filing(process, revision)
    return filing.words if filing else None
