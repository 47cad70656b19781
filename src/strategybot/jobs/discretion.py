"""Discretion: whoever asks for something to be hidden where it was filed is asked for the bot's copies of it as well.

A text leaves the bot's pages when its source's revision is hidden or deleted, but the older revisions of those pages
still hold it, and nobody else knows which. The process's contact is told by mail, in links alone. Nothing about it
goes on a page: what points to a hidden text is as good as the text.

Each page remembers which revisions it has quoted before, so that it makes no difference when one of them is hidden:
while it is quoted, or long after another took its place. So the letter depends on no edit either, and a run that is
killed between the two, or has nobody to write to, leaves nothing untold.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from strategybot.config import contact_of
from strategybot.inquiries.authority import history_until
from strategybot.inquiries.ownership import by_bot, untouched
from strategybot.jobs.ledger import MOST_KEYS, entries, key_of, ledger_of, unsettled
from strategybot.jobs.plan import Edit, Letter, Plan
from strategybot.jobs.quotes import Shown, remembering, shown, shown_before
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.reading.confidence import is_marked
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import OwnOptions, PageNow, RevisionById
from strategybot.wikitext.exclusion import excludes

_NOBODY = (
    "Older revisions of the bot's pages should be hidden, and nobody can be told which: {page} names no account under "
    "“contact”. Name one that can be sent mail."
)


@dataclass(frozen=True)
class _Source:
    """A revision of which the text or the author's name is hidden now, or both."""

    revid: int
    text: bool
    user: bool

    def shown_in(self, found: Collection[Shown]) -> bool:
        """Whether that which is hidden is among what is shown."""
        return any(one.revid == self.revid and ((one.text and self.text) or (one.user and self.user)) for one in found)


@dataclass(frozen=True)
class _Hidden:
    """A page of the bot's, and what it shows or has shown that is hidden now."""

    page: Page
    sources: tuple[_Source, ...]


def discreet(process: Process, plan: Plan, pages: Collection[Page]) -> Job[Plan]:
    """A plan for some pages of the bot's, with the letter that is due before, and what the operator alone should know.

    `pages` are those that stand, to be written anew or not. Each is to remember what it has shown before. The edits of
    those that show something hidden are marked, so that no diff of them is shown, and so are those that show something
    of a page that bears a mark of confidence now.
    """
    veiled = yield from _veiled(process, pages)
    edits = tuple(
        replace(
            edit,
            text=remembering(process, edit.page.text, edit.text),
            discreet=edit.discreet or edit.page.title in veiled,
        )
        for edit in plan.edits
    )
    plan = replace(plan, edits=edits)
    found = yield from together(_hidden_on(process, page) for page in pages)
    hidden = [one for one in found if one.sources]
    if not hidden:
        return plan
    concerned = {one.page.title for one in hidden}
    edits = tuple(replace(edit, discreet=edit.discreet or edit.page.title in concerned) for edit in edits)
    letters, notes = yield from _letters(process, hidden, edits)
    return replace(plan, edits=edits, letters=(*plan.letters, *letters), notes=(*plan.notes, *notes))


def _veiled(process: Process, pages: Collection[Page]) -> Job[frozenset[Title]]:
    """Those of some pages that show something of a page that bears a mark of confidence now."""
    sources = {page.title: {one.page for one in shown(process, page.text) if one.page} for page in pages}
    titles = sorted({title for here in sources.values() for title in here})
    standing = yield from together(ask(PageNow(title)) for title in titles)
    marked = {title for title, page in zip(titles, standing, strict=True) if is_marked(page.text)}
    return frozenset(title for title, here in sources.items() if not marked.isdisjoint(here))


def _hidden_on(process: Process, page: Page) -> Job[_Hidden]:
    """What a page shows, or has shown, whose revision is hidden now. Those that stand as filed are known already."""
    candidates = frozenset({*shown(process, page.text), *shown_before(page.text)})
    return _Hidden(page, (yield from _hidden_among(candidates)))


def shows_hidden(text: str) -> Job[bool]:
    """Whether a text for a page of the bot's shows something that is hidden or deleted at its source now.

    Whatever prefix its templates had when it was written.
    """
    return bool((yield from _hidden_among(shown(None, text))))


def _hidden_among(candidates: frozenset[Shown]) -> Job[tuple[_Source, ...]]:
    """The sources of what is shown that are hidden now."""
    places = {one.page for one in candidates if one.page}
    standing = yield from together(ask(PageNow(place)) for place in sorted(places))
    seen: dict[int, Revision | None] = {page.revision.id: page.revision for page in standing if page.revision}
    others = sorted({one.revid for one in candidates} - seen.keys())
    revisions = yield from together(ask(RevisionById(revid)) for revid in others)
    seen |= dict(zip(others, revisions, strict=True))
    sources = [_source(revid, seen[revid]) for revid in sorted({one.revid for one in candidates})]
    return tuple(source for source in sources if source.shown_in(candidates))


def _source(revid: int, revision: Revision | None) -> _Source:
    """What is hidden of a revision; deleted with its page, it has lost its text, and its author is no secret."""
    if revision is None:
        return _Source(revid, text=True, user=False)
    return _Source(revid, text=revision.text is None, user=revision.user is None)


def _letters(
    process: Process, hidden: Collection[_Hidden], edits: Collection[Edit]
) -> Job[tuple[tuple[Letter, ...], tuple[str, ...]]]:
    """The letter about what hasn't been told yet, or none; and notes for the operator."""
    contact = contact_of(process)
    if not contact:
        return (), (_NOBODY.format(page=process.page),)
    ledger = ledger_of(process)
    noted = entries((yield from ask(OwnOptions(ledger))))
    known = frozenset(key_of(one.page.title, source.revid) for one in hidden for source in one.sources)
    notes = unsettled(noted, known, contact)
    told = frozenset(key for entry in noted for key in entry.keys)
    untold = [_untold(one, told) for one in hidden]
    held = yield from together(_held(process, one, edits) for one in untold if one.sources)
    letter = _letter(process, contact, ledger, known, held)
    return ((letter,) if letter else ()), notes


def _untold(one: _Hidden, told: Collection[str]) -> _Hidden:
    return replace(
        one, sources=tuple(source for source in one.sources if key_of(one.page.title, source.revid) not in told)
    )


@dataclass(frozen=True)
class _Held:
    """What the past of a page holds: its revisions, the present one if nothing replaces it, and the keys for both."""

    revisions: tuple[int, ...] = ()
    left: int | None = None
    keys: tuple[str, ...] = ()


def _held(process: Process, one: _Hidden, edits: Collection[Edit]) -> Job[_Held]:
    """The revisions of a page that hold what is hidden. What the bot has never shown there, people have to answer for.

    (They could also have written the bot's calls on a page, to have letters sent.)
    """
    holding: dict[int, set[int]] = {}
    own: set[int] = set()
    for revision in (yield from history_until(one.page.title)):
        here = shown(process, revision.text or "")
        holding[revision.id] = {source.revid for source in one.sources if source.shown_in(here)}
        own |= holding[revision.id] if by_bot(revision, process.bot) else set()
    revisions = tuple(sorted(number for number, on_it in holding.items() if on_it & own))
    newest = one.page.revision.id if one.page.revision else None
    stays = newest in revisions and not (yield from _is_replaced(process, one, edits))
    keys = tuple(key_of(one.page.title, revid) for revid in sorted(own))
    return _Held(revisions, newest if stays else None, keys)


def _is_replaced(process: Process, one: _Hidden, edits: Collection[Edit]) -> Job[bool]:
    """Whether what is hidden leaves a page in this run, as far as the plan tells. Some pages the bot leaves alone."""
    page = one.page
    edit = next((edit for edit in edits if edit.page.title == page.title and edit.text != page.text), None)
    if excludes(page.text, process.bot) or page.opted_out:
        return False
    if edit is None or (edit.page.redirected and not edit.follows):
        return False
    if any(source.shown_in(shown(process, edit.text)) for source in one.sources):
        return False
    return edit.merged or (yield from untouched(page, process.bot))


def _letter(
    process: Process, contact: str, ledger: str, known: frozenset[str], held: Collection[_Held]
) -> Letter | None:
    """One letter for all pages; a page that doesn't fit into it waits for the next run's."""
    pages: list[_Held] = []
    for one in held:
        if one.keys and sum(len(page.keys) for page in [*pages, one]) <= MOST_KEYS:
            pages.append(one)
    if not pages:
        return None
    return Letter(
        to=contact,
        language=process.languages[0],
        revisions=tuple(sorted({number for page in pages for number in page.revisions})),
        left=tuple(page.left for page in pages if page.left is not None),
        ledger=ledger,
        keys=tuple(key for page in pages for key in page.keys),
        known=known,
    )
