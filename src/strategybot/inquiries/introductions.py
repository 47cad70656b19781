"""Whose words filings are: the revision that introduced each of them, and whether its author may speak for the group.

The revision counts that brought the words to the page, however often it was edited elsewhere since. Whoever brings a
meeting's filings back to a form that they had before, to the letter, introduces nothing: then it counts whose they were
in that form. Who brings old words back beside others files them anew. In sections both must be by somebody who may:
the fields, and the date that puts them on the meeting.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime

from strategybot.inquiries.authority import is_move, is_revert, is_trusted, revisions_until
from strategybot.inquiries.reader import Forms, Reader, Words
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.tracks import Brought, Track
from strategybot.model.page import Revision
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import RevisionById


@dataclass(frozen=True)
class Introduction:
    """Who introduced words, and since when they are for the meeting.

    Where several may have done it together, that is somebody who may not, if there is one among them.
    """

    revision: Revision
    valid: bool
    since: datetime


def introductions(
    process: Process, roster: Roster, reader: Reader, wanted: frozenset[Words], at: datetime | None
) -> Job[dict[Words, Introduction]]:
    """For each filing who introduced its words.

    Most updates stand as their last author left them: one look at the parent decides, and parents of many pages
    are read together. Only else the page's history is walked, back to where somebody who may not speak for the group
    put the page there: a move lends a page another one's history.
    """
    newest = reader.page.revision
    assert newest is not None  # noqa: S101  # the caller read the words from it
    found: dict[Words, Introduction] = {}
    if wanted and not is_revert(newest) and (yield from _coordinates(process, roster, newest)):
        parent = (yield from ask(RevisionById(newest.parent))) if newest.parent else None
        if not newest.parent or (parent and _is_plain(roster, reader, parent)):
            lot = [newest, *([parent] if parent else [])]
            past = _Past(reader, lot, ended=True)
            new = [words for words in wanted if list(past.brought(words).by) == [0] and past.is_new(words, 0)]
            found = dict.fromkeys(new, Introduction(newest, True, newest.time))
    if len(found) < len(wanted):
        found |= yield from _walk(process, roster, reader, wanted - found.keys(), at)
    return found


def _is_plain(roster: Roster, reader: Reader, parent: Revision) -> bool:
    """Whether the edit after a revision most probably restored nothing that was there before."""
    forms = reader.forms(parent)
    if forms is None or not parent.parent:
        return forms is not None
    return bool(forms.fields) and roster.names.coordinates(parent.user, parent.time)


@dataclass
class _Past:
    """A page's revisions as far as they are read, newest first; `ended` where there are no more that count."""

    reader: Reader
    revisions: list[Revision]
    ended: bool = False
    _tracks: dict[bool, Track] = field(default_factory=dict)

    def brought(self, words: Words) -> Brought:
        """What brought words for the meeting."""
        return self._track(whole=False).brought(words, 0, ended=self.ended)

    def brought_fields(self, words: Words, since: int) -> Brought:
        """What brought the fields alone, for whatever meeting, to a revision."""
        return self._track(whole=True).brought(words[0], since, ended=self.ended)

    def is_new(self, words: Words, number: int) -> bool:
        """Whether a revision brought the fields of a filing as well, and not only another date to it."""
        track = self._track(whole=True)
        before = next((form for form in track.forms[number + 1 :] if form is not None), ())
        now = track.forms[number]
        return now is not None and now.count(words[0]) > before.count(words[0])

    def _track(self, *, whole: bool) -> Track:
        if whole not in self._tracks:
            self._tracks[whole] = Track([_of(self.reader.forms(one), whole=whole) for one in self.revisions])
        return self._tracks[whole]


def _of(forms: Forms | None, *, whole: bool) -> tuple[Hashable, ...] | None:
    if forms is None:
        return None
    return forms.fields if whole else forms.words


def _walk(
    process: Process, roster: Roster, reader: Reader, wanted: frozenset[Words], at: datetime | None
) -> Job[dict[Words, Introduction]]:
    """The same by the page's history."""
    newest = reader.page.revision
    assert newest is not None  # noqa: S101  # the caller has looked
    found: dict[Words, Introduction] = {}
    may: dict[int, bool] = {}
    revisions = [newest]
    checked, led, ended = 0, False, False
    while len(found) < len(wanted) and not ended:
        more = yield from revisions_until(reader.page.title, at, revisions[-1].id)
        revisions += more
        ended = not more or not more[-1].parent
        for number in range(checked, len(revisions) - 1):
            if is_move(revisions[number], revisions[number + 1]) and not led:
                led = yield from may_lead(process, roster, revisions[number])
                if not led:
                    del revisions[number + 1 :]
                    ended = True
                    break
        checked = len(revisions) - 1
        past = _Past(reader, revisions, ended)
        for words in wanted - found.keys():
            if one := (yield from _introduction(process, roster, past, words, may)):
                found[words] = one
    return found


def _introduction(
    process: Process, roster: Roster, past: _Past, words: Words, may: dict[int, bool]
) -> Job[Introduction | None]:
    """Who introduced words; None where more of the history must be read to know."""
    dated = past.brought(words)
    if not dated.by:
        return None
    stranger = yield from _stranger(process, roster, past, dated, may)
    source, since = dated.by[0], past.revisions[dated.by[0]].time
    if stranger is None and not past.is_new(words, source):
        filed = past.brought_fields(words, source)
        if not filed.by:
            return None
        stranger = yield from _stranger(process, roster, past, filed, may)
        if past.revisions[filed.by[0]].user != past.revisions[source].user:
            source = filed.by[0]
        dated = Brought(filed.by, dated.again)
    enough = past.ended or (stranger is None and dated.least < len(past.revisions))
    if not enough:
        return None
    if stranger is not None:
        return Introduction(past.revisions[stranger], False, past.revisions[stranger].time)
    for number in dated.again:
        if (yield from _may(process, roster, past.revisions[number], may)):
            return Introduction(past.revisions[number], True, past.revisions[number].time)
    return Introduction(past.revisions[source], True, since)


def _stranger(process: Process, roster: Roster, past: _Past, one: Brought, may: dict[int, bool]) -> Job[int | None]:
    """The first of the revisions that brought something whose author may not speak for the group."""
    for number in one.by:
        if not (yield from _may(process, roster, past.revisions[number], may)):
            return number
    return None


def _may(process: Process, roster: Roster, revision: Revision, known: dict[int, bool]) -> Job[bool]:
    if revision.id not in known:
        known[revision.id] = yield from _coordinates(process, roster, revision)
    return known[revision.id]


def may_lead(process: Process, roster: Roster, revision: Revision) -> Job[bool]:
    """Whether a revision's author may say where the group's update is: a coordinator, the core team or an admin."""
    return (yield from _coordinates(process, roster, revision)) or (yield from is_trusted(process, revision))


def _coordinates(process: Process, roster: Roster, revision: Revision) -> Job[bool]:
    """Whether the revision's author coordinates the group, or did when saving it."""
    if revision.user is None:
        return False
    if roster.names.coordinates(revision.user, revision.time):
        return True
    then = yield from roster_of(process, roster.group, revision.time)
    return then.names.coordinates(revision.user, revision.time)
