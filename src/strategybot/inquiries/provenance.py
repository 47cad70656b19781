"""Provenance: for each thing that stands on a page, the revision that brought it there, and whether that counts.

The things are whatever a reader finds in a text: calls of a template, headings, statements. They are compared to the
letter, so that somebody who changes one brings another. Where a revision is hidden, it may have brought what the next
one shows: then both have to be by somebody who may. A move by somebody who may not lends a page no other one's history.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from strategybot.inquiries.authority import is_move, revisions_until
from strategybot.inquiries.tracks import Brought, Track
from strategybot.model.page import Page, Revision
from strategybot.wiki.asking import Job

T = TypeVar("T", bound=Hashable)

May = Callable[[Revision], Job[bool]]
"""Whether what a revision brought counts."""


@dataclass(frozen=True)
class Origin:
    """The revision that brought a thing to a page, and whether it counts.

    Where several may have brought it, that is one that doesn't count, if there is one among them.
    """

    revision: Revision
    counts: bool


def origins(page: Page, read: Callable[[str], Sequence[T]], may: May) -> Job[Mapping[T, Origin]]:
    """The origin of each thing that stands on a page now, in the page's order. A page without any costs no request."""
    newest = page.revision
    wanted = dict.fromkeys(read(newest.text)) if newest and newest.text is not None else {}
    if newest is None or not wanted:
        return {}
    revisions, ended = [newest], False
    while True:
        track = Track([None if one.text is None else tuple(read(one.text)) for one in revisions])
        brought = {thing: track.brought(thing, 0, ended=ended) for thing in wanted}
        if ended or all(_is_known(one, revisions) for one in brought.values()):
            break
        lot = yield from revisions_until(page.title, None, revisions[-1].id)
        kept = yield from _up_to_a_move(revisions[-1], lot, may)
        ended = len(kept) < len(lot) or not lot or not lot[-1].parent
        revisions += kept
    found = {}
    for thing, one in brought.items():
        found[thing] = yield from _origin([revisions[number] for number in one.by], may)
    return found


def _is_known(one: Brought, revisions: Sequence[Revision]) -> bool:
    return bool(one.by) and one.least < len(revisions)


def _origin(by: Sequence[Revision], may: May) -> Job[Origin]:
    for revision in by:
        if not (yield from may(revision)):
            return Origin(revision, counts=False)
    return Origin(by[0], counts=True)


def _up_to_a_move(above: Revision, lot: Sequence[Revision], may: May) -> Job[list[Revision]]:
    """A lot of a history, newest first, without what lies behind a move to this title by somebody who may not."""
    kept: list[Revision] = []
    for revision in lot:
        if is_move(above, revision) and not (yield from may(above)):
            break
        kept.append(revision)
        above = revision
    return kept
