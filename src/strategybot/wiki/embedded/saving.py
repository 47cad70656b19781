"""How an embedded wiki acts: what it refuses, what it merges, what it writes, sends and keeps."""

from __future__ import annotations

from datetime import datetime

from strategybot.model.page import Revision, Title, User
from strategybot.wiki.characters import clean
from strategybot.wiki.embedded.accounts import account_name
from strategybot.wiki.embedded.linemerge import merged
from strategybot.wiki.embedded.records import Records, Standing
from strategybot.wiki.embedded.rights import obstacle
from strategybot.wiki.normalise import InvalidJsonError, normalise
from strategybot.wiki.port import Action, Append, Change, Kind, Mail, Outcome, Remember
from strategybot.wiki.titles import canonical

_LARGEST = 2 * 1024 * 1024
"""The most bytes that a page can have: MediaWiki's default for $wgMaxArticleSize."""

_LONGEST_SUMMARY = 500


class _RefusedError(Exception):
    """Why nothing is saved: the kind of the outcome, a sentence, and where the page is now."""

    def __init__(self, kind: Kind, reason: str, match: str = "") -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.match = match


def carry_out(records: Records, action: Action, account: User, now: datetime) -> Outcome:
    """Do what the action says, as that account. What MediaWiki would refuse is an outcome, and writes nothing."""
    try:
        if isinstance(action, Mail):
            return _sent(records, action, account)
        if isinstance(action, Remember):
            for name, value in action.options:
                records.accounts.set_option(account.name, name, value)
            return Outcome(action.title, Kind.SAVED)
        place = _place(action)
        standing = records.standing(place)
        _check_presence(records, place, standing, action)
        _check_account(records, place, account)
        text = _intended(records, standing, action)
        revision = write(records, place, text, user=account.name, summary=action.summary, now=now)
    except _RefusedError as refused:
        return Outcome(action.title, refused.kind, reason=refused.reason, match=refused.match)
    except InvalidJsonError as invalid:
        return Outcome(action.title, Kind.FORBIDDEN, reason=str(invalid))
    if standing and standing.revision.id == revision.id:
        return Outcome(action.title, Kind.UNCHANGED, revision.id, revision.time)
    after = standing.revision.id if standing and standing.revision.id != action.base else None
    return Outcome(action.title, Kind.SAVED, revision.id, revision.time, after=after)


def _sent(records: Records, mail: Mail, account: User) -> Outcome:
    """Send a mail: MediaWiki wants to know an address of both."""
    recipient = records.accounts.named(account_name(mail.to))
    if recipient is None:
        raise _RefusedError(Kind.UNREACHABLE, f"There is no account {mail.to}.")
    if not recipient.emailable:
        raise _RefusedError(Kind.UNREACHABLE, f"The account {mail.to} can't be sent mail.")
    if not account.emailable:
        raise _RefusedError(Kind.UNREACHABLE, f"The account {account.name} has no address to send mail from.")
    records.accounts.send(mail, account.name)
    return Outcome(mail.title, Kind.SENT)


def write(records: Records, place: Title, text: str, *, user: str, summary: str, now: datetime) -> Revision:
    """Make a page read `text`, in MediaWiki's form: the revision that stands then, an old one where nothing changes.

    Raises InvalidJsonError for a JSON page that is no JSON.
    """
    text = normalise(text, place, user, now)
    standing = records.standing(place)
    if standing and standing.text == text:
        return standing.revision
    return records.save(place, text, user, _stored(summary), now)


def _place(action: Change) -> Title:
    place = canonical(action.title)
    if place is None:
        raise _RefusedError(Kind.INVALID, f"No page can have the title “{action.title}”.")
    return place


def _check_presence(records: Records, place: Title, standing: Standing | None, action: Change) -> None:
    if action.base is None and standing:
        raise _RefusedError(Kind.EXISTS, f"{place} exists already.")
    if action.base is not None and not standing:
        raise _RefusedError(Kind.MISSING, f"{place} does not exist any more.")
    for move in records.moves_from(place) if action.base is None else ():
        raise _RefusedError(Kind.MOVED, f"The page was moved to {move.target}.", move.target.text)
    if action.base is None and records.deleted(place):
        raise _RefusedError(Kind.DELETED, f"{place} was deleted before.")


def _check_account(records: Records, place: Title, account: User) -> None:
    if account.blocked:
        raise _RefusedError(Kind.BLOCKED, f"The account {account.name} is blocked.")
    reason = obstacle(account, place, records.protection(place))
    if reason:
        raise _RefusedError(Kind.PROTECTED, reason)


def _intended(records: Records, standing: Standing | None, action: Change) -> str:
    """The text that shall stand: what was sent, together with what others have changed since."""
    text = clean(action.text)
    stands = standing.text if standing else ""
    if standing and action.base != standing.revision.id:
        base = records.stored_text(action.base, standing) if action.base else None
        both = None if base is None or isinstance(action, Append) else merged(base, text, stands)
        if both is None:
            raise _RefusedError(Kind.CONFLICT, "Somebody has edited the page in the same place meanwhile.")
        text = both
    elif isinstance(action, Append):
        text = stands + text
    if len(text.encode()) > _LARGEST:
        raise _RefusedError(Kind.TOO_LARGE, f"The page would have more than {_LARGEST} bytes.")
    return text


def _stored(summary: str) -> str:
    """An edit summary as MediaWiki stores it."""
    summary = clean(summary).strip()
    return summary if len(summary) <= _LONGEST_SUMMARY else f"{summary[: _LONGEST_SUMMARY - 3]}..."
