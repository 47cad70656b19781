"""Undoing a run: its pages get the texts from before it, wherever nobody has edited since; the others are listed.

The undoing counts as a person's decision: the next run merges around it, as around anybody's revert, and fills no page
again that was emptied.

- A page is untouched as well where all that was edited since was undone again.
- A page that the run made is emptied; deleting it is for admins.
- A page that a later run has changed is listed: that one is to be undone first.
- What is hidden, deleted or withdrawn at its source by now isn't shown again, nor are names that have gone since
  (`restoring.py`).
- What was undone before stays so. Where somebody has restored the run's work since, that is listed.
- What nobody knows to be the run's is listed: edits whose summary or name is hidden, and pages that were deleted.
- The status page is left as it is: it is a report on what stands, which the next run makes anew.
- Where a process has been put on trial since, its pages outside the trial's are taken back nevertheless.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from strategybot.inquiries.reach import is_own, nameless, pages_of
from strategybot.inquiries.runs import Work, doings_of
from strategybot.jobs import STATUS
from strategybot.jobs.corrections import is_withdrawal
from strategybot.jobs.discretion import shows_hidden
from strategybot.jobs.ledger import LEDGERS, entries
from strategybot.jobs.plan import Edit
from strategybot.jobs.quotes import forgetting, remembering
from strategybot.jobs.restoring import barred
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import Kind, OwnOptions, PageNow, RevisionById
from strategybot.wikitext.summaries import run_of
from strategybot.writing.texts import Texts

_INSTALL = "install"
"""The job that puts the project's own files on the wiki, which show nothing that people have filed."""

_UNSURE = "An edit since the run began is hidden in part: it may belong to the run."
_WITHDRAWN = "The text from before the run shows a message that was withdrawn."
_GONE = "The page was deleted since, so that nothing shows any more whether the run wrote it."


@dataclass(frozen=True)
class Order:
    """What is to be undone: the run, when it began and the present (UTC), for whom, and by which account.

    `lettered` is when it began by the clock of the machine, which dates the letters. `processes` are those that the bot
    carries now; the summaries are in the language of the first.
    """

    run: str
    begun: datetime
    now: datetime
    lettered: datetime
    operator: str
    bot: str
    processes: tuple[Process, ...]


@dataclass(frozen=True)
class Left:
    """A page that is left as it is: why, in a sentence, and the page that shows what the run changed there."""

    page: Page
    kind: Kind
    reason: str
    shown_at: Title | None = None


@dataclass(frozen=True)
class Undoing:
    """What undoing a run comes to: edits, pages that are left, those that will be empty, and whether mail went out."""

    edits: tuple[Edit, ...]
    left: tuple[Left, ...]
    emptied: tuple[Title, ...]
    mailed: bool


def undo(order: Order) -> Job[Undoing]:
    """What undoing a run comes to; nothing at all where no edit says that it belongs to that run."""
    (doings, options), pages = yield from both(
        both(doings_of(order.run, order.begun, order.bot), ask(OwnOptions(LEDGERS))), pages_of(order.processes)
    )
    works, unsure = doings.works, doings.unsaid | (yield from nameless(order.run, order.begun, pages))
    others = unsure - {work.page for work in works} - {process.status for process in order.processes}
    gone = [title for title in doings.deleted if is_own(order.processes, order.bot, pages, title)]
    found, left = yield from both(
        together(_taken_back(order, work, unsure=work.page in unsure) for work in works),
        together(ask(PageNow(title)) for title in sorted({*others, *gone})),
    )
    pairs = list(zip(works, found, strict=True))
    return Undoing(
        edits=tuple(one for one in found if isinstance(one, Edit)),
        left=(
            *(one for one in found if isinstance(one, Left)),
            *(Left(page, Kind.HIDDEN, _UNSURE) for page in left if page.asked in others),
            *(Left(page, Kind.MISSING, _GONE) for page in left if page.asked in gone and not page.revision and works),
        ),
        emptied=tuple(work.page for work, one in pairs if isinstance(one, Edit) and one.undoes and not work.before),
        mailed=any(entry.day >= f"{order.lettered:%Y-%m-%d}" for entry in entries(options)),
    )


def _taken_back(order: Order, work: Work, *, unsure: bool) -> Job[Edit | Left]:
    """The edit that takes back what a run made of a page, one that changes nothing if need be; or why there is none."""
    (page, last), before = yield from both(
        both(ask(PageNow(work.page)), ask(RevisionById(work.last))),
        ask(RevisionById(work.before)) if work.before else known(None),
    )
    earlier = _earlier(page, work, before)
    is_back = work.undone and not _is_left_so(page, last)
    if page.exists and not page.redirected and (is_back or work.job == STATUS or forgetting(page.text) == earlier):
        return Edit(page, page.text, "", merged=True, model=page.model)
    if found := next(_hindrances(order, page, work, last), (Kind.HIDDEN, _UNSURE) if unsure else None):
        return Left(page, *found, work.shown_at)
    if earlier is None:
        return Left(page, Kind.HIDDEN, "The text from before the run is hidden or deleted.", work.shown_at)
    if work.job == _INSTALL:
        return _edit(order, page, earlier)
    reason, still = yield from both(
        barred(order.processes, page, earlier, before.time if before else order.begun, order.now),
        shows_hidden(page.text),
    )
    if reason:
        return Left(page, Kind.HIDDEN, reason, work.shown_at)
    return _edit(order, page, remembering(None, page.text, earlier) if earlier else "", discreet=still)


def _is_left_so(page: Page, last: Revision | None) -> bool:
    """Whether a page reads as the run left it. A text that is hidden can't be compared."""
    return last is not None and last.text is not None and forgetting(page.text) == forgetting(last.text)


def _hindrances(order: Order, page: Page, work: Work, last: Revision | None) -> Iterator[tuple[Kind, str]]:
    """Why a page isn't as the run left it."""
    newest = page.revision
    if newest is None:
        yield Kind.MISSING, "The page was deleted or moved away since."
        return
    if page.redirected:
        yield Kind.REDIRECT, f"The page is a redirect to {page.title} by now."
    if work.mixed:
        yield Kind.EDITED_SINCE, "Others have edited the page between the run's own edits."
    if newest.text is None:
        yield Kind.HIDDEN, "The page's text is hidden."
    if any(is_withdrawal(one.summary or "") for one in work.revisions):
        yield Kind.HIDDEN, _WITHDRAWN
    if not _is_left_so(page, last):
        yield Kind.EDITED_SINCE, _since(order, newest)
    elif work.undone:
        yield Kind.EDITED_SINCE, f"{newest.user or 'Somebody'} has restored it since the run was undone."
    if work.was != work.page:
        yield Kind.MOVED, f"The page was moved here from {work.was} since."


def _since(order: Order, newest: Revision) -> str:
    """Who has edited the page since."""
    other = run_of(newest.summary or "") if newest.user == order.bot else None
    if other:
        return f"The run {other} has changed the page since: undo that one first."
    return f"{newest.user or 'Somebody'} has edited the page since."


def _edit(order: Order, page: Page, text: str, *, discreet: bool = False) -> Edit:
    """The edit that gives a page its earlier text."""
    language = order.processes[0].languages[0] if order.processes else "en"
    words = Texts(language).say("summary-undo", order.operator, order.run)
    # That nobody has edited the page since is known, so that it isn't asked again (`merged`).
    return Edit(page, text, words, merged=True, model=page.model, discreet=discreet, undoes=order.run)


def _earlier(page: Page, work: Work, before: Revision | None) -> str | None:
    """The text from before a run, but for what it remembers: that of an empty page where the run made it."""
    if not work.before:
        return "{}" if page.model == "json" else ""
    return forgetting(before.text) if before and before.text is not None else None
