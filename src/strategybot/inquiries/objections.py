"""Objections to minutes with the authority of history: who raised each, and whether it is still open.

An objection counts that somebody raised whose word counts in the body. It ends where its author, a coordinator, the
core team or an admin says that it is resolved, or takes it off the page. Where anybody else does, it stays open.
Who changes the words of an objection that isn't theirs raises another, in their own name. Where revisions are hidden,
so that nobody sees which of several brought it, it counts as if it were by any of them: rather minutes wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.inquiries.authority import is_redirect, revisions_until
from strategybot.inquiries.moves import way_from
from strategybot.inquiries.people import People, may_confirm, may_steer
from strategybot.model.minuted import Objection
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.reading.objections import Said, read_objections
from strategybot.wiki.asking import Job, together

Objections = Mapping[Said, Objection]

_May = Callable[[Process, People, Revision], Job[bool]]


def objections_on(process: Process, people: People, talk: Page, since: datetime) -> Job[Objections]:
    """The objections raised on a talk page since a moment (UTC), in that order, those that have ended among them.

    A talk page on which nothing was saved since then costs no request. A redirect ends no objection: those count that
    stand where it leads, and those from before it.
    """
    if not talk.redirected and (talk.revision is None or talk.revision.time < since):
        return {}
    found: dict[Said, Objection] = {}
    for title in dict.fromkeys((talk.title, talk.asked)):
        raised = yield from _raised(process, people, title, since)
        found |= {said: one for said, one in raised.items() if said not in found or found[said].ended}
    return found


def _raised(process: Process, people: People, talk: Title, since: datetime) -> Job[Objections]:
    """The objections that the page at a title has seen."""
    history = yield from history_since(talk, since)
    found: dict[Said, Objection] = {}
    before: dict[Said, bool] = {}
    unseen: list[Revision] = []
    for revision in reversed(history):
        unseen.append(revision)
        if revision.text is None:
            continue
        stands = read_objections(revision.text, process.template("Objection"), process.languages)
        if revision.time >= since:
            yield from _fold(process, people, found, (before, stands), unseen)
        before, unseen = stands, []
    return found


def history_since(title: Title, since: datetime) -> Job[list[Revision]]:
    """A page's revisions since a moment, newest first, and the visible one before them, if there is one.

    Where the page was moved away, its history goes on behind what was made in its place.
    """
    history, before, places = list[Revision](), None, {title}
    while lot := (yield from revisions_until(title, None, before)):
        for revision in lot:
            history.append(revision)
            if revision.time < since and revision.text is not None and not is_redirect(revision):
                return history
        before = lot[-1].id
        if not lot[-1].parent:
            way = (yield from way_from(title)) if is_redirect(lot[-1]) else ()
            if not way or way[-1].target in places:
                break
            history.pop()
            title, before = way[-1].target, None
            places.add(title)
    return history


def _fold(
    process: Process,
    people: People,
    found: dict[Said, Objection],
    versions: tuple[Mapping[Said, bool], Mapping[Said, bool]],
    by: Sequence[Revision],
) -> Job[None]:
    """What becomes of the objections between two visible versions of the page; `by` are all that led from one to it."""
    before, stands = versions
    for said in stands:
        if said not in found and said not in before:
            counts = any((yield from _each(may_confirm, process, people, by)))
            author = by[-1].user if len(by) == 1 else None
            found[said] = Objection(said.heading, author or "", by[-1].time, by[-1].id, counts=counts)
    for said, one in found.items():
        if before.get(said) == stands.get(said):
            continue
        is_open = stands.get(said) is False
        is_own = bool(one.user) and {revision.user for revision in by} == {one.user}
        if is_open and one.ended and (is_own or all((yield from _each(may_confirm, process, people, by)))):
            found[said] = replace(one, ended=None)
        elif not is_open and not one.ended and (is_own or all((yield from _each(may_steer, process, people, by)))):
            found[said] = replace(one, ended=by[-1].time)


def _each(may: _May, process: Process, people: People, revisions: Sequence[Revision]) -> Job[tuple[bool, ...]]:
    return (yield from together(may(process, people, revision) for revision in revisions))
