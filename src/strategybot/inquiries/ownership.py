"""Whether a page is still as the bot wrote it.

Each of the bot's edit summaries ends with a mark of the text that was sent. So the newest revision alone shows most
often that the page is the bot's to the letter, also where the wiki merged a person's edit into the bot's: then the
text that stands is not the one that was marked.
"""

from __future__ import annotations

from strategybot.inquiries.authority import revisions_until
from strategybot.model.page import Page, Revision
from strategybot.wiki.asking import Job
from strategybot.wikitext.slots import digest, emptied

_LOTS = 10
"""How far back a page's history is searched for a revision of the bot's: 10 lots of 50 revisions."""


def mark(text: str) -> str:
    """What a summary ends with when this text is sent."""
    return f"#{digest(text)}"


def untouched(page: Page, bot: str) -> Job[bool]:
    """Whether nobody changed the page outside its slots since the bot wrote it. A missing page is untouched.

    A page that the bot never wrote, or not within the last 500 revisions, is not.
    """
    if page.revision is None or is_marked(page.revision, bot):
        return True
    before: int | None = None
    for _ in range(_LOTS):
        lot = yield from revisions_until(page.title, None, before)
        own = next((revision for revision in lot if is_marked(revision, bot)), None)
        if own or not lot:
            return own is not None and emptied(own.text or "") == emptied(page.text)
        before = lot[-1].id
    return False


def is_marked(revision: Revision, bot: str) -> bool:
    """Whether a revision is the bot's, with the text that was sent. Without a summary to see there is no proof."""
    return revision.user == bot and revision.text is not None and (revision.summary or "").endswith(mark(revision.text))
