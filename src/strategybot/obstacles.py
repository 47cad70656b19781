"""Why a page may not be written or posted on: decided by the page as it was read, without asking anything.

Of several reasons the most telling is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from strategybot.inquiries.ownership import Owner
from strategybot.inquiries.targets import takes_posts
from strategybot.jobs.keys import Listed
from strategybot.jobs.plan import Edit, Posting, Proof
from strategybot.model.page import Page
from strategybot.wiki.port import Kind, Outcome
from strategybot.wikitext.exclusion import excludes
from strategybot.wikitext.slots import substitutes

OPT_OUT = "[[Category:Opted-out of message delivery]]"


def obstacle_to_edit(edit: Edit, bot: str, within: str) -> Outcome | None:
    """Why the page may not be written, whoever owns it; None where it may.

    `within` is the title under which it must stand (a trial's), or empty.
    """
    return next(_to_edit(edit, bot, within), None)


def obstacle_of_owner(page: Page, owner: Owner) -> Outcome | None:
    """Why the page may not be written, by whose it is; None where it is the bot's."""
    revid = page.revision.id if page.revision else None
    if owner is Owner.CHANGED:
        reason = "Somebody has edited the page since the bot wrote it; it is left alone."
        return Outcome(page.title, Kind.EDITED_BY_PERSON, revid, reason=reason)
    if owner is Owner.PEOPLE:
        reason = "The page was never the bot's; it is left alone."
        return Outcome(page.title, Kind.MADE_BY_PEOPLE, revid, reason=reason)
    return None


def obstacle_to_post(posting: Posting, bot: str, within: str) -> Outcome | None:
    """Why a post is not to be made: what is proven of it, and what the page says; None where it is to be made.

    `within` is as for edits.
    """
    return _proven(posting) or next(_to_post(posting, bot, within), None)


def _to_edit(edit: Edit, bot: str, within: str) -> Iterator[Outcome]:
    page, title = edit.page, edit.page.title
    if page.redirected and (_is_outside(page, within) or not edit.follows):
        yield Outcome(page.asked, Kind.REDIRECT, reason=f"The page is a redirect to {title}; it is left alone.")
    yield from _barred(page, bot, within, edit.model)
    if substitutes(edit.text):
        yield Outcome(title, Kind.SUBSTITUTION, reason="Somebody wrote “subst:” in it, which saving would run.")


def _to_post(posting: Posting, bot: str, within: str) -> Iterator[Outcome]:
    """Talk pages are posted on, and what else lists name; what stands for one below a trial's page is neither."""
    page = posting.page
    takes = bool(within) or takes_posts(page, listed=isinstance(posting.post.identity, Listed))
    if page.leads_nowhere or (page.redirected and not takes):
        reason = f"{page.asked} is a redirect to {page.title}, where nothing is posted."
        yield Outcome(page.asked, Kind.REDIRECT, reason=reason, match=page.title.text)
    yield from _barred(page, bot, within, "wikitext")
    if not takes:
        yield Outcome(page.title, Kind.NO_TALK_PAGE, reason="The wiki takes it for no talk page.")


def _barred(page: Page, bot: str, within: str, model: str) -> Iterator[Outcome]:
    """Why a page may neither be written nor posted on."""
    title = page.title
    if page.invalid or not title.legal:
        yield Outcome(title, Kind.INVALID, reason="This can't be the title of a page.")
    if _is_outside(page, within):
        yield Outcome(title, Kind.FORBIDDEN, reason=f"A process on trial writes only under {within}/.")
    if page.exists and page.model != model:
        yield Outcome(title, Kind.OTHER_MODEL, reason=f"Its content model is {page.model}, not {model}.")
    if ban := excludes(page.text, bot) or (OPT_OUT if page.opted_out else ""):
        yield Outcome(title, Kind.EXCLUDED, reason=f"The page asks this bot to stay away: {ban}", match=ban)


def _is_outside(page: Page, within: str) -> bool:
    """Whether a page stands elsewhere than where a process on trial may write."""
    return bool(within) and not page.title.text.startswith(f"{within}/")


def _proven(posting: Posting) -> Outcome | None:
    """What is known of a post before anything is tried."""
    title, where = posting.page.title, posting.where
    match posting.proof:
        case Proof.DONE:
            return Outcome(title, Kind.UNCHANGED, posting.revid)
        case Proof.DELETED:
            reason = f"It may have stood on {where}, which was deleted since; it isn't posted again."
            return Outcome(title, Kind.UNPROVEN, reason=reason)
        case Proof.HIDDEN:
            reason = f"Revision {posting.revid} of {where} may be it, and is hidden; it isn't posted again."
            return Outcome(title, Kind.UNPROVEN, posting.revid, reason=reason)
        case Proof.UNSETTLED:
            return Outcome(title, Kind.CONFLICT, reason="The page has changed while it was read.")
        case Proof.FREE:
            return None
    reason = f"Nothing is posted on {title}, for {posting.proof.value} ({where})."
    return Outcome(title, Kind.UNPROVEN, posting.revid, reason=reason)
