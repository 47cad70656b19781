"""What people changed on the bot's pages, carried onto what the bot writes next.

Nobody keeps a copy of the bot's own text apart from the page. What it last was is worked out from the page's history:
it begins with the newest revision that is the bot's to the letter. From then on people's revisions change the page, and
each revision of the bot's shows what it changed itself.

- A revision that restores an earlier one undoes what people did in between, and leaves no trace; where only the bot
  wrote in between, it is a decision against that, and stands.
- Revisions whose text is hidden are passed over.
- A page that people have emptied stays empty.
- A page that the bot hasn't written to the letter within the last 500 revisions is left to people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategybot.inquiries.authority import revisions_until
from strategybot.inquiries.ownership import is_pure
from strategybot.jobs.plan import Edit, Plan
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.wiki.asking import Job, together
from strategybot.wikitext.merging import Clash, merge, removed_from
from strategybot.wikitext.slots import emptied, refilled, vacant

_LOTS = 10
"""How far back a page's history is searched: 10 lots of 50 revisions."""


@dataclass(frozen=True)
class Own:
    """The bot's own text of a page, and what people made of it before.

    `removed` is what they took away; `gone` is what of theirs went with what the bot took away, each with the number of
    the revision in which it still stood.
    """

    text: str
    removed: frozenset[str] = frozenset()
    gone: tuple[tuple[int, Clash], ...] = ()


def own_text(page: Page, bot: str) -> Job[Own | None]:
    """What a page would read had nobody but the bot changed it; None where that can't be known."""
    if page.revision is None or page.revision.text is None:
        return None
    if is_pure(page.revision, bot):
        return Own(emptied(page.text))
    walked: list[Revision] = []
    for _ in range(_LOTS):
        lot = yield from revisions_until(page.title, None, walked[-1].id if walked else None)
        for revision in lot:
            walked.append(revision)
            if is_pure(revision, bot):
                return _replayed(_undone(walked[::-1], bot), bot)
        if not lot or lot[-1].parent == 0:
            return None
    return None


def carried(plan: Plan, bot: str) -> Job[Plan]:
    """The plan with what people changed on its pages; where that and the bot's changes met, problems say so."""
    made = yield from together(_carried(edit, bot) for edit in plan.edits)
    problems = (*plan.problems, *(problem for _, found in made for problem in found))
    return replace(plan, edits=tuple(edit for edit, _ in made), problems=tuple(dict.fromkeys(problems)))


def _carried(edit: Edit, bot: str) -> Job[tuple[Edit, tuple[Problem, ...]]]:
    page = edit.page
    own = yield from own_text(page, bot)
    if own is None or page.revision is None or vacant(page.text):
        return edit, ()
    merged = merge(own.text, emptied(edit.text), emptied(page.text), own.removed)
    gone = [(page.revision.id, clash) for clash in merged.clashes if clash.gone]
    problems = [
        Problem("page-clash", page.title, (clash.heading,), page.revision.id)
        for clash in merged.clashes
        if not clash.gone
    ]
    problems += [Problem("page-words-gone", page.title, (clash.heading,), revid) for revid, clash in (*own.gone, *gone)]
    carries = merged.text != emptied(edit.text) or bool(gone)
    return replace(edit, text=refilled(merged.text, edit.text), merged=True, carries=carries), tuple(problems)


def _replayed(history: Sequence[Revision], bot: str) -> Own:
    """The bot's own text after a history, oldest first, that begins with a revision that is the bot's to the letter."""
    own = stands = emptied(history[0].text or "")
    removed: frozenset[str] = frozenset()
    gone: list[tuple[int, Clash]] = []
    before = history[0].id
    for revision in history[1:]:
        text = emptied(revision.text or "")
        if revision.user == bot:
            now = merge(stands, own, text).text
            gone += [(before, clash) for clash in merge(own, now, stands).clashes if clash.gone]
            own = now
        else:
            removed = (removed | removed_from(stands, text)) - removed_from(text, stands)
        stands, before = text, revision.id
    return Own(own, removed, tuple(gone))


def _undone(history: Sequence[Revision], bot: str) -> list[Revision]:
    """A history without what was undone by restoring an earlier revision, unless it was only the bot's."""
    kept: list[Revision] = []
    for revision in history:
        if revision.text is None:
            continue
        same = next((place for place, one in enumerate(kept) if one.text == revision.text), None)
        if same is not None and any(one.user != bot for one in kept[same + 1 :]):
            del kept[same + 1 :]
        else:
            kept.append(revision)
    return kept
