"""Whether a page is still as the bot wrote it.

Each of the bot's edit summaries ends with a mark of the text that was sent. So the newest revision alone shows most
often that the page is the bot's to the letter, also where the wiki merged a person's edit into the bot's: then the
text that stands is not the one that was marked. Where what it merged were texts of the bot's alone, of which one was
made from an old answer or by another process, the page is the bot's all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from strategybot.inquiries.authority import revisions_until
from strategybot.model.page import Page, Revision
from strategybot.wiki.asking import Job
from strategybot.wikitext.slots import emptied, vacant
from strategybot.wikitext.summaries import is_mark_of_own, mark, undone_by

MOST_REVISIONS = 500
"""How far back a page's history is searched for a revision of the bot's."""


class Owner(Enum):
    """Whose a page is: the bot's to the letter, the bot's with changes of people's, or people's from the beginning."""

    BOT = "bot"
    CHANGED = "changed"
    PEOPLE = "people"


def owner_of(page: Page, bot: str) -> Job[Owner]:
    """Whose a page is, but for its slots. A missing page is the bot's, and so is what people left vacant of theirs.

    A page that the bot's own account has left vacant is no such one: that was the undoing of a run, which stands, even
    where nothing is to be seen of the run any more, nor of the summary. Where a name is hidden it may be the bot's.

    A page that the bot hasn't written within the last 500 revisions counts as changed, and so does one where nothing
    proves which text the bot sent. There is no version of those to go back to: they too are handed over vacant.
    """
    if page.revision is None or is_pure(page.revision, bot):
        return Owner.BOT
    walked: list[Revision] = []
    ever = False
    is_left = page.exists and vacant(page.text)
    while len(walked) < MOST_REVISIONS:
        lot = yield from revisions_until(page.title, None, walked[-1].id if walked else None, limit=None)
        walked += lot
        own = next((revision for revision in lot if is_pure(revision, bot)), None)
        if own:
            since = [page.revision, *(one for one in walked if own.id <= one.id < page.revision.id)]
            is_back = emptied(own.text or "") == emptied(page.text)
            return Owner.BOT if is_back or _is_merged(since, bot) else Owner.CHANGED
        ever |= any(by_bot(revision, bot) for revision in lot)
        is_left &= not any(revision.user in (bot, None) and _is_vacant(revision) for revision in lot)
        if not lot or lot[-1].parent == 0:
            return Owner.BOT if is_left else Owner.CHANGED if ever else Owner.PEOPLE
    return Owner.BOT if is_left else Owner.CHANGED


def _is_merged(revisions: Sequence[Revision], bot: str) -> bool:
    """Whether nobody but the bot has changed a page since a revision of its own, the last of these; newest first."""
    is_gapless = all(revision.parent == before.id for revision, before in pairwise(revisions))
    return is_gapless and all(one.user == bot and is_mark_of_own(one.summary or "") for one in revisions[:-1])


def _is_vacant(revision: Revision) -> bool:
    return revision.text is not None and vacant(revision.text)


def untouched(page: Page, bot: str) -> Job[bool]:
    """Whether the bot may write the page as its own."""
    return (yield from owner_of(page, bot)) is Owner.BOT


def since_bot(page: Page, bot: str) -> Job[tuple[Revision, ...]]:
    """A page's revisions, newest first, down to the newest of the bot's own, or as far back as is looked for that.

    Where the newest one is the bot's, nothing is asked.
    """
    revisions = [page.revision] if page.revision else []
    while revisions and not _is_seen(revisions[-1], bot) and revisions[-1].parent and len(revisions) < MOST_REVISIONS:
        lot = yield from revisions_until(page.title, None, revisions[-1].id, limit=None)
        own = next((number for number, one in enumerate(lot) if _is_seen(one, bot)), len(lot) - 1)
        revisions += lot[: own + 1]
        if not lot:
            break
    return tuple(revisions)


def _is_seen(revision: Revision, bot: str) -> bool:
    return revision.text is not None and by_bot(revision, bot)


def by_bot(revision: Revision, bot: str) -> bool:
    """Whether what a revision changed is the bot's doing.

    An undo of one of its runs is a person's, though it was saved by the bot's hand. Where the name is hidden the mark
    tells whose text it is; a revision of which both are hidden may be a person's.
    """
    if revision.user is None:
        return any(_has_mark(revision, carries=carries) for carries in (False, True))
    return revision.user == bot and undone_by(revision.summary or "") is None


def is_marked(revision: Revision, bot: str) -> bool:
    """Whether a revision is the bot's, with the text that was sent. Without a summary to see there is no proof."""
    return is_pure(revision, bot) or (revision.user == bot and _has_mark(revision, carries=True))


def is_pure(revision: Revision, bot: str) -> bool:
    """Whether a revision is the bot's to the letter: as sent, and with nothing of people's in it but in its slots."""
    return revision.user == bot and _has_mark(revision, carries=False)


def _has_mark(revision: Revision, *, carries: bool) -> bool:
    """Whether a revision's summary ends with the mark of its text."""
    return revision.text is not None and (revision.summary or "").endswith(mark(revision.text, carries=carries))
