"""What people changed on the bot's pages, carried onto what the bot writes next.

Nobody keeps a copy of the bot's own text apart from the page. What it last was is worked out from the page's history:
it begins with the newest revision that is the bot's to the letter. From then on people's revisions change the page, and
each revision of the bot's shows what it changed itself.

- A revision that restores an earlier one undoes what people did in between, and leaves no trace; where only the bot
  wrote in between, it is a decision against that, and stands. What is undone in part (MediaWiki's "undo" of an edit
  further back) is back as it was, and the rest stands. The texts tell it, not the wiki's tags.
- So somebody hands the page back by restoring the bot's version from before people's changes, and a part of it by
  undoing what changed it, or by writing what the bot would write there.
- An undo of one of the bot's runs is a person's revision (see ownership.py).
- A page that people have emptied stays empty, and one where nothing is left of the bot's stays as they made it.
- A page that the bot hasn't written to the letter within the last 500 revisions is left to people.
- A revision whose text is hidden: what it changed shows in the next one that can be seen. Where some of these are the
  bot's and some are people's nobody knows whose words are whose, so that the page is left to people.
- A revision of the bot's whose summary is hidden proves no text to be the bot's to the letter, but what it changed is
  the bot's. Only where it puts back an earlier text, it may be the undo of a run, and counts as one. A revision whose
  name is hidden is known by its mark; where that is hidden, too, it counts as a person's.
- An imported revision that stands between two others by its time, but came after the newer of them, was never on the
  page: it is left out. A name with a prefix (`meta>StrategyBot`) is somebody else's.
- The revision that a move or a protection leaves changes nothing, and says nothing.
- A page that was redirected is kept where it stands now, if it was moved there (see moves.py).

A group's statement that somebody changed gets a note with the revision in which that happened (see notes.py). Who takes
the note away won't see it again as long as the statement reads so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strategybot.inquiries.authority import revisions_until
from strategybot.inquiries.moves import was_moved
from strategybot.inquiries.ownership import MOST_REVISIONS, by_bot, is_pure
from strategybot.jobs.plan import Edit, Plan
from strategybot.jobs.quotes import forgetting
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, together
from strategybot.wikitext.merging import Clash, merge, removed_from
from strategybot.wikitext.notes import Said, Statement, statements, with_notes, without_notes
from strategybot.wikitext.recognition import recognised
from strategybot.wikitext.slips import without_slips
from strategybot.wikitext.slots import emptied, refilled, vacant
from strategybot.wikitext.units import units


@dataclass(frozen=True)
class Own:
    """The bot's own text of a page, and what people made of it before.

    `removed` is what they took away; `gone` is what of theirs went with what the bot took away, each with the number of
    the revision in which it still stood. `earlier` are its texts from before, as far as they are known, and `changes`
    are people's revisions, each with the one that it changed.
    """

    text: str
    removed: frozenset[str] = frozenset()
    gone: tuple[tuple[int, Clash], ...] = ()
    earlier: tuple[str, ...] = ()
    changes: tuple[tuple[Revision, Revision], ...] = ()


def own_text(page: Page, bot: str) -> Job[Own | None]:
    """What a page would read had nobody but the bot changed it; None where that can't be known.

    A page that people have edited costs a look at its history in each run, also where nothing is new: the newest
    revision alone doesn't tell their words from the bot's.
    """
    if page.revision is None or page.revision.text is None:
        return None
    if is_pure(page.revision, bot):
        return Own(_plain(page.revision))
    walked: list[Revision] = []
    while len(walked) < MOST_REVISIONS:
        lot = yield from revisions_until(page.title, None, walked[-1].id if walked else None, limit=None)
        walked += lot
        line = _decided(_in_line(walked), bot)
        pure = next((place for place, revision in enumerate(line) if is_pure(revision, bot)), None)
        if pure is not None:
            own = _replayed(_undone(line[pure::-1], bot), bot)
            before = tuple(one.text or "" for one in line[pure:] if is_pure(one, bot))
            return replace(own, earlier=(*before, *own.earlier)) if own else None
        if not lot or lot[-1].parent == 0:
            return None
    return None


def carried(process: Process, plan: Plan) -> Job[Plan]:
    """The plan with what people changed on its pages, wherever those were moved.

    Where people's and the bot's changes met, problems say so.
    """
    edits = yield from followed(process, plan.edits)
    made = yield from together(_carried(edit, process.bot) for edit in edits)
    problems = (*plan.problems, *(problem for _, found in made for problem in found))
    return replace(plan, edits=tuple(edit for edit, _ in made), problems=tuple(dict.fromkeys(problems)))


def followed(process: Process, edits: Sequence[Edit]) -> Job[tuple[Edit, ...]]:
    """The edits, those of pages that were moved being for where they stand now: unless another of them keeps that."""
    places = Counter(edit.page.title for edit in edits)
    kept = {process.status, process.own(process.steering_group), *(one for one in places if places[one] > 1)}
    moved = yield from together(was_moved(edit.page, kept) for edit in edits)
    return tuple(replace(edit, follows=follows) for edit, follows in zip(edits, moved, strict=True))


def _carried(edit: Edit, bot: str) -> Job[tuple[Edit, tuple[Problem, ...]]]:
    page = edit.page
    if page.redirected and not edit.follows:
        return edit, ()
    own = yield from own_text(page, bot)
    if own is None or page.revision is None or vacant(page.text):
        return edit, ()
    ours, stands = without_notes(emptied(edit.text)), _plain(page.revision)
    if _is_replaced(own.text, stands):
        problem = Problem("page-replaced", page.title, (), page.revision.id)
        return replace(edit, text=page.text, merged=True, carries=True), (problem,)
    merged = merge(own.text, ours, stands, own.removed)
    gone = [(page.revision.id, clash) for clash in merged.clashes if clash.gone]
    problems = [
        Problem("page-clash", page.title, (clash.heading,), page.revision.id)
        for clash in merged.clashes
        if not clash.gone
    ]
    problems += [Problem("page-words-gone", page.title, (clash.heading,), revid) for revid, clash in (*own.gone, *gone)]
    carries = merged.text != ours or bool(gone)
    text = with_notes(merged.text, _notes(ours, merged.text, own)) if carries else merged.text
    return replace(edit, text=refilled(text, edit.text), merged=True, carries=carries), tuple(problems)


def _plain(revision: Revision) -> str:
    """What is compared of a revision: its text with nothing in its slots, and without notes and slips."""
    return without_notes(emptied(without_slips(revision.text or "")))


def _is_replaced(own: str, stands: str) -> bool:
    """Whether nothing is left on a page of what the bot wrote, in no form."""
    before = units(own)
    return bool(before) and not recognised(before, units(stands))


# --- What a page's history says


def _in_line(history: Sequence[Revision]) -> list[Revision]:
    """A history, newest first, without what was imported beside it: each revision names the one that it changed."""
    places = {revision.id: place for place, revision in enumerate(history)}
    line: list[Revision] = []
    place = 0
    while place < len(history):
        line.append(history[place])
        place = max(place + 1, places.get(history[place].parent, 0))
    return line


def _decided(line: Sequence[Revision], bot: str) -> list[Revision]:
    """A history, newest first, in which what may be an undo of a run is a person's, whose name nobody knows."""
    texts = [None if one.text is None else forgetting(one.text) for one in line]
    return [
        replace(one, user="") if _is_unsaid(one, bot) and texts[place] in ("", *texts[place + 1 :]) else one
        for place, one in enumerate(line)
    ]


def _is_unsaid(revision: Revision, bot: str) -> bool:
    """Whether the bot's account saved a text for reasons that are hidden."""
    return revision.user == bot and revision.summary is None and revision.text is not None


def _undone(history: Sequence[Revision], bot: str) -> list[Revision]:
    """A history without what was undone by restoring an earlier revision, unless it was only the bot's."""
    kept: list[Revision] = []
    for revision in history:
        same = next((place for place, one in enumerate(kept) if one.text == revision.text), None)
        if revision.text is not None and same is not None and _has_others(kept[same + 1 :], bot):
            del kept[same + 1 :]
        else:
            kept.append(revision)
    return kept


def _has_others(revisions: Sequence[Revision], bot: str) -> bool:
    return any(not by_bot(revision, bot) for revision in revisions)


def _steps(history: Sequence[Revision], bot: str) -> Iterator[tuple[Revision, Revision, bool | None]]:
    """Each visible revision with the one before it, and whether the bot changed that: None where nobody knows."""
    before, between = history[0], list[Revision]()
    for revision in history[1:]:
        between.append(revision)
        if revision.text is not None:
            ours = [by_bot(one, bot) for one in between]
            yield before, revision, ours[0] if len(set(ours)) == 1 else None
            before, between = revision, []


def _replayed(history: Sequence[Revision], bot: str) -> Own | None:
    """The bot's own text after a history, oldest first, that begins with a revision that is the bot's to the letter."""
    own = _plain(history[0])
    earlier: list[str] = []
    removed: frozenset[str] = frozenset()
    gone: list[tuple[int, Clash]] = []
    changes: list[tuple[Revision, Revision]] = []
    for before, revision, ours in _steps(history, bot):
        stood, text = _plain(before), _plain(revision)
        if ours is None:
            return None
        if ours:
            now = merge(stood, own, text).text
            gone += [(before.id, clash) for clash in merge(own, now, stood).clashes if clash.gone]
            own = now
            earlier.append(own)
        else:
            removed = (removed | removed_from(stood, text)) - removed_from(text, stood)
            changes.append((before, revision))
    return Own(own, removed, tuple(gone), tuple(earlier), tuple(changes))


# --- Notes


def _notes(ours: str, text: str, own: Own) -> dict[Said, int]:
    """The notes that a text needs: for each statement that isn't the bot's the revision in which somebody changed it.

    That is the one after which a statement of that source reads most alike, the newest of several. Where somebody has
    gone back to what the bot wrote before, the statement reads as it was filed in the revision that it names.
    """
    filed = {statement.said for statement in statements(ours)}
    edited = [statement for statement in statements(text) if statement.said not in filed]
    if not edited:
        return {}
    before = {
        (statement.said, statement.filed) for earlier in own.earlier for statement in statements(emptied(earlier))
    }
    made: list[tuple[int, Statement]] = []
    declined: set[Said] = set()
    for revisions in own.changes:
        old, new = (statements(emptied(revision.text or "")) for revision in revisions)
        stood = {statement.said: statement for statement in old}
        made += [(revisions[1].id, statement) for statement in new if statement.said not in stood]
        declined |= {one.said for one in new if one.said in stood and stood[one.said].noted and not one.noted}
    notes: dict[Said, int] = {}
    for statement in edited:
        likeness = {revid: one.likeness(statement) for revid, one in made if one.likeness(statement)}
        is_back = (statement.said, statement.filed) in before
        if likeness and not is_back and statement.said not in declined:
            notes[statement.said] = max(likeness, key=lambda revid: (likeness[revid], revid))
    return notes
