"""What an embedded wiki answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from strategybot.model.comment import Comment, Thread
from strategybot.model.page import Page, Title, User
from strategybot.wiki.embedded.accounts import account_name
from strategybot.wiki.embedded.records import Records
from strategybot.wiki.embedded.threads import thread_in
from strategybot.wiki.port import (
    FEW,
    CategoryMembers,
    CommentFound,
    Contributions,
    History,
    HistorySince,
    ImportedSince,
    LoggedSince,
    MessagesSent,
    MovesFrom,
    OwnOptions,
    PageAt,
    PageNow,
    PagesUnder,
    PagesUsing,
    Query,
    RenamedTo,
    RevisionById,
    Threads,
    UserNamed,
)
from strategybot.wiki.titles import canonical, content_model, is_talk

_LANGUAGE = "en"
"""The language for which the wiki takes all its pages' texts."""


def reply(records: Records, query: Query[Any], account: str = "", batch: int = 50) -> Any:
    """The answer to a question that `account` asks, of the type that the question says.

    `batch` is how much it may ask at once. Of other wikis, this one knows nothing.
    """
    answer: Any
    match query:
        case PageNow(title):
            answer = _page_now(records, title)
        case PageAt(title, time):
            answer = _page_at(records, title, time)
        case (
            CategoryMembers(title)
            | History(title)
            | HistorySince(title)
            | MovesFrom(title)
            | PagesUsing(title)
            | Threads(title)
        ):
            place = canonical(title)
            answer = _of_title(records, query, place, batch) if place else ()
        case Contributions() | OwnOptions():
            answer = _of_account(records, query, account)
        case LoggedSince() | ImportedSince() | MessagesSent():
            answer = _of_logs(records, query)
        case RevisionById(revid, wiki):
            answer = None if wiki else records.revision(revid)
        case UserNamed(name, wiki):
            answer = User(name, exists=False) if wiki else user_named(records, name)
        case RenamedTo(name):
            answer = records.accounts.renamed_to(account_name(name))
        case PagesUnder() | CommentFound():
            answer = _titles(records, query)
        case _:
            raise TypeError(f"no such question: {query}")
    return answer


def pages_along(records: Records, query: Query[Any]) -> list[PageNow] | None:
    """The questions for pages that are answered with a question for titles; None where titles are all it gets."""
    if not isinstance(query, PagesUnder) or not query.along:
        return None
    titles = _titles(records, query)
    standing = [(title, records.standing(title)) for title in titles]
    return [PageNow(title) for title, one in standing if one and not one.redirect] if len(titles) <= FEW else None


def user_named(records: Records, name: str) -> User:
    """The user of that name, whether there is an account or not."""
    name = account_name(name)
    return records.accounts.named(name) or User(name, exists=False)


def _of_logs(records: Records, query: LoggedSince | ImportedSince | MessagesSent) -> Any:
    """What the logs tell. Nobody can import anything here."""
    if isinstance(query, MessagesSent):
        return records.sent_since(query.since)
    return records.logged_since(query.since) if isinstance(query, LoggedSince) else ()


def _of_account(records: Records, query: Contributions | OwnOptions, account: str) -> Any:
    """What there is to tell an account of itself."""
    if isinstance(query, Contributions):
        return records.contributions(account, query.since)
    return records.accounts.options(account, query.prefix)


def _of_title(records: Records, query: Query[Any], place: Title, batch: int) -> Any:
    """What there is to tell of a title, as the wiki spells it."""
    match query:
        case History(_, before, limit):
            return records.history(place, before, batch if limit is None else limit)
        case HistorySince(_, since):
            return records.history_since(place, since)
        case MovesFrom():
            return records.moves_from(place)
        case Threads():
            return _thread(records, place)
        case CategoryMembers():
            return records.members(place)
    return records.using(place)


def _thread(records: Records, place: Title) -> Thread:
    """The comments on a talk page that can be seen."""
    standing = records.standing(place) if is_talk(place) else None
    return thread_in(standing.revision.text or "") if standing and not standing.redirect else ()


def _titles(records: Records, query: PagesUnder | CommentFound) -> tuple[Title, ...]:
    """The titles that begin so, or those of the talk pages with such a comment."""
    if isinstance(query, PagesUnder):
        return () if query.prefix.wiki else records.titles(_beginning(query.prefix))
    wanted = Comment(query.author, query.time.astimezone(UTC).replace(second=0, microsecond=0))
    return tuple(title for title in records.titles() if wanted in _thread(records, title))


def _page_now(records: Records, title: Title) -> Page:
    place = canonical(title)
    if place is None:
        return Page(title, asked=title, invalid=True)
    end = _end(records, place)
    standing = records.standing(end)
    return Page(
        title=end,
        asked=title,
        revision=standing.revision if standing else None,
        model=content_model(end),
        protection=records.protection(end),
        opted_out=standing is not None and records.opted_out(standing),
        redirected=end != place,
        spelled=place,
        is_talk=is_talk(end),
        language=_LANGUAGE,
        leads_nowhere=standing is not None and standing.redirect is not None,
    )


def _page_at(records: Records, title: Title, time: datetime) -> Page:
    place = canonical(title)
    if place is None:
        return Page(title, asked=title, invalid=True)
    return Page(
        place,
        asked=title,
        revision=records.revision_at(place, time),
        model=content_model(place),
        spelled=place,
        is_talk=is_talk(place),
        language=_LANGUAGE,
    )


def _end(records: Records, title: Title) -> Title:
    """Where a title's redirects lead in the end: the title itself where they go round in a circle."""
    passed: set[Title] = set()
    here = title
    while here not in passed:
        passed.add(here)
        standing = records.standing(here)
        if standing is None or standing.redirect is None:
            return here
        here = standing.redirect
    return title


def _beginning(prefix: Title) -> str:
    """The beginning of titles, spelled as titles are: `user:ada/` and `Template:` are such, and no titles."""
    longer = canonical(Title(f"{prefix.text}-"))
    return longer.text[:-1] if longer else prefix.text
