"""How many requests a real wiki would have been sent for what an embedded one was asked, by purpose.

So costs can be seen, and tested, without a real wiki. The rules are those of the adapter to MediaWiki.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from typing import Any

from strategybot.model.page import Title
from strategybot.wiki.port import (
    Action,
    CategoryMembers,
    CommentFound,
    Contributions,
    History,
    HistorySince,
    ImportedSince,
    LoggedSince,
    Mail,
    MessagesSent,
    MovesFrom,
    OwnOptions,
    PageAt,
    PageNow,
    PagesUnder,
    PagesUsing,
    Query,
    Remember,
    RenamedTo,
    RevisionById,
    Threads,
    UserNamed,
)
from strategybot.wiki.titles import canonical


def for_queries(
    queries: Collection[Query[Any]], purpose: str, batch: int, whole: Collection[Query[Any]] = ()
) -> Counter[str]:
    """Pages and accounts go by the batch, and share requests with each other and with lists of pages.

    So do revisions by id, under "history", where a page's past, the moves from a title and a page as of a time take a
    request each, and the logs of deletions and moves two, of which one comes with the last of the pages. Each page's
    comments take one, and each search for a comment. So do titles with their pages; `whole` are those questions that
    got both.
    """
    number = Counter(type(query) for query in set(queries).difference(whole) if _can_be_asked(query))
    along = sum(isinstance(query, PagesUnder) and query.along for query in set(queries))
    pages, accounts, revisions = (math.ceil(number[kind] / batch) for kind in (PageNow, UserNamed, RevisionById))
    own = bool(number[OwnOptions])
    lists = [number[kind] for kind in (PagesUnder, PagesUsing, CategoryMembers, Contributions)]
    logs, late = number[RenamedTo] + number[ImportedSince], min(pages, number[LoggedSince], 1)
    before = min(logs, pages - 1) if late else 0
    lists.append((pages - 1 + late + logs - before) if late else logs)  # of the logs, a request can list one only
    present = max(pages, accounts, *lists, own)
    one_each = sum(number[kind] for kind in (PageAt, History, HistorySince, MovesFrom, MessagesSent))
    comments = number[Threads] + number[CommentFound]
    return Counter({purpose: present + along + comments}) + Counter(
        history=revisions + one_each + 2 * number[LoggedSince] - late
    )


def for_action(action: Action) -> Counter[str]:
    """An edit is one request; creating a page takes a look at the log of moves before. So are a mail and options."""
    if isinstance(action, Mail | Remember):
        return Counter(mail=1)
    if canonical(action.title) is None:
        return Counter()
    return Counter(edit=1) if action.base is not None else Counter(edit=1, history=1)


def _can_be_asked(query: Query[Any]) -> bool:
    match query:
        case PageNow(title) | PageAt(title) | PagesUsing(title) | Threads(title):
            return canonical(title) is not None
        case History(title) | HistorySince(title) | MovesFrom(title) | CategoryMembers(title):
            return canonical(title) is not None
        case PagesUnder(prefix):
            return not prefix.wiki
        case RevisionById(_, wiki) | UserNamed(_, wiki):
            return not wiki
        case RenamedTo(name):
            return Title(name).legal
        case CommentFound() | OwnOptions() | Contributions() | LoggedSince() | ImportedSince() | MessagesSent():
            return True
    raise TypeError(f"no such question: {query}")
