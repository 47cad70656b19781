"""Whether a page is still as the bot wrote it.

Each of the bot's edit summaries ends with a mark of the text that was sent. So the newest revision alone shows most
often that the page is the bot's to the letter, also where the wiki merged a person's edit into the bot's: then the
text that stands is not the one that was marked.
"""

from __future__ import annotations

from enum import Enum

from strategybot.inquiries.authority import revisions_until
from strategybot.model.page import Page, Revision
from strategybot.wiki.asking import Job
from strategybot.wikitext.slots import digest, emptied, vacant

_LOTS = 10
"""How far back a page's history is searched for a revision of the bot's: 10 lots of 50 revisions."""


def mark(text: str, *, carries: bool = False) -> str:
    """What a summary ends with when this text is sent; a plus says that it carries what people changed."""
    return f"#{digest(text)}{'+' * carries}"


class Owner(Enum):
    """Whose a page is: the bot's to the letter, the bot's with changes of people's, or people's from the beginning."""

    BOT = "bot"
    CHANGED = "changed"
    PEOPLE = "people"


def owner_of(page: Page, bot: str) -> Job[Owner]:
    """Whose a page is, but for its slots. A missing page is the bot's, and so is what people left vacant of theirs.

    A page that the bot hasn't written within the last 500 revisions counts as changed, and so does one where nothing
    proves which text the bot sent. There is no version of those to go back to: they too are handed over vacant.
    """
    if page.revision is None or is_pure(page.revision, bot):
        return Owner.BOT
    before: int | None = None
    ever = False
    is_left = page.revision.text is not None and vacant(page.text)
    for _ in range(_LOTS):
        lot = yield from revisions_until(page.title, None, before)
        own = next((revision for revision in lot if is_pure(revision, bot)), None)
        if own:
            return Owner.BOT if emptied(own.text or "") == emptied(page.text) else Owner.CHANGED
        ever |= any(revision.user == bot for revision in lot)
        if not lot and not ever:
            return Owner.BOT if is_left else Owner.PEOPLE
        if not lot:
            break
        before = lot[-1].id
    return Owner.BOT if is_left else Owner.CHANGED


def untouched(page: Page, bot: str) -> Job[bool]:
    """Whether the bot may write the page as its own."""
    return (yield from owner_of(page, bot)) is Owner.BOT


def is_marked(revision: Revision, bot: str) -> bool:
    """Whether a revision is the bot's, with the text that was sent. Without a summary to see there is no proof."""
    return is_pure(revision, bot) or _ends_with(revision, bot, carries=True)


def is_pure(revision: Revision, bot: str) -> bool:
    """Whether a revision is the bot's to the letter: as sent, and with nothing of people's in it but in its slots."""
    return _ends_with(revision, bot, carries=False)


def _ends_with(revision: Revision, bot: str, *, carries: bool) -> bool:
    if revision.user != bot or revision.text is None:
        return False
    return (revision.summary or "").endswith(mark(revision.text, carries=carries))
