"""What an embedded wiki answers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from strategybot.model.page import Page, Title, User
from strategybot.wiki.characters import clean
from strategybot.wiki.embedded.records import Records
from strategybot.wiki.port import History, PageAt, PageNow, PagesUnder, PagesUsing, Query, RevisionById, UserNamed
from strategybot.wiki.titles import canonical, content_model

_BATCHED = (PageNow, RevisionById, UserNamed)
"""The questions of which one request can ask many."""

_PAST = (PageAt, History, RevisionById)


def requests(queries: Collection[Query[Any]], purpose: str, batch: int) -> Counter[str]:
    """How many requests a real wiki would have been sent for these questions, by purpose."""
    counted: Counter[str] = Counter()
    for (kind, _), number in Counter((type(query), _wiki_of(query)) for query in set(queries)).items():
        counted["history" if kind in _PAST else purpose] += math.ceil(number / batch) if kind in _BATCHED else number
    return counted


def reply(records: Records, query: Query[Any]) -> Any:
    """The answer to a question, of the type that the question says."""
    answer: Any
    match query:
        case PageNow(title):
            answer = _page_now(records, title)
        case PageAt(title, time):
            answer = _page_at(records, title, time)
        case History(title, before, limit):
            place = canonical(title)
            answer = records.history(place, before, limit) if place else ()
        case RevisionById(revid, wiki):
            answer = records.revision(revid, wiki)
        case UserNamed(name):
            answer = named(records, name)
        case PagesUnder(prefix):
            answer = tuple(records.titles(prefix.wiki, _beginning(prefix)))
        case PagesUsing(template):
            place = canonical(template)
            answer = tuple(records.using(place)) if place else ()
        case _:
            raise TypeError(f"no such question: {query}")
    return answer


def named(records: Records, name: str) -> User:
    """The user of that name, whether there is an account or not."""
    name = account_name(name)
    return records.account(name) or User(name, exists=False)


def account_name(name: str) -> str:
    """The name as the wiki spells it."""
    return Title(clean(name)).text


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
    )


def _page_at(records: Records, title: Title, time: datetime) -> Page:
    place = canonical(title)
    if place is None:
        return Page(title, asked=title, invalid=True)
    return Page(place, asked=title, revision=records.revision_at(place, time), model=content_model(place))


def _end(records: Records, title: Title) -> Title:
    """Where a title's redirects lead in the end: the title itself where they go round in a circle."""
    passed: list[Title] = []
    here = title
    while here not in passed:
        passed.append(here)
        standing = records.standing(here)
        if standing is None or standing.redirect is None:
            return here
        here = standing.redirect
    return title


def _beginning(prefix: Title) -> str:
    """The beginning of titles, spelled as titles are: a namespace alone is one, and so is half a name."""
    longer = canonical(Title(f"{prefix.text}-", prefix.wiki))
    return longer.text[:-1] if longer else prefix.text


def _wiki_of(query: Query[Any]) -> str:
    match query:
        case PageNow(title) | PageAt(title) | History(title) | PagesUnder(title) | PagesUsing(title):
            return title.wiki
        case RevisionById(_, wiki) | UserNamed(_, wiki):
            return wiki
    raise TypeError(f"no such question: {query}")
