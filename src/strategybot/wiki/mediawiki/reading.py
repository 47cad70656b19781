"""Questions into requests, as few as their kinds allow, and what comes back into answers.

Pages and accounts go by the batch, and questions of different kinds share a request. Lists of pages take one
request each (or share one with a batch), and so do histories: MediaWiki reads them page by page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, TypeVar

from strategybot.model.page import Page, Revision, Title, User
from strategybot.wiki.mediawiki.exchange import Answer, Parameters, RefusedError
from strategybot.wiki.mediawiki.namespaces import Namespaces
from strategybot.wiki.port import (
    History,
    PageAt,
    PageNow,
    PagesUnder,
    PagesUsing,
    Query,
    RevisionById,
    UserNamed,
)

Answers = dict[Query[Any], Any]
Result = dict[str, Any]
"""The `query` of an answer, all its continuations joined, with `pages` by their titles."""

Q = TypeVar("Q", bound=Query[Any])

REVISION = {"rvprop": "ids|timestamp|user|comment|content|tags", "rvslots": "main"}
PAGE = {
    "prop": "revisions|info|categories",
    "inprop": "protection",
    "clcategories": "Category:Opted-out of message delivery",
    "cllimit": "max",
    **REVISION,
}


@dataclass(frozen=True)
class Part:
    """A part of a request: its parameters, and how its answers are read from the result."""

    parameters: Parameters
    answers: Callable[[Result], Answers]


class Reading:
    """Reads for one purpose from one wiki, with `ask` sending a single request."""

    def __init__(
        self, ask: Callable[[Parameters, str], Answer], namespaces: Namespaces, batch: int, purpose: str
    ) -> None:
        self._ask = ask
        self._namespaces = namespaces
        self._batch = batch
        self._purpose = purpose

    def answers(self, queries: Collection[Query[Any]]) -> Answers:
        """All answers. Raises RefusedError, and whatever `ask` raises."""
        found = {query: nothing for query in queries if (nothing := _unaskable(query)) is not None}
        askable = [query for query in dict.fromkeys(queries) if query not in found]
        pages = _of(PageNow, askable)
        kinds = [
            [self._pages(some) for some in self._batches(pages)],
            [self._users(some) for some in self._batches(_of(UserNamed, askable))],
            [self._under(query) for query in _of(PagesUnder, askable)],
            [self._using(query) for query in _of(PagesUsing, askable)],
        ]
        for parts in zip_longest(*kinds):
            found |= self._together([part for part in parts if part])
        circles = [query for query in pages if query not in found]
        for circle in self._batches(circles):
            found |= self._together([self._pages(circle, follow=False)])
        for ids in self._batches(_of(RevisionById, askable)):
            found |= self._revisions(ids)
        found |= {query: self._page_at(query) for query in _of(PageAt, askable)}
        return found | {query: self._history(query) for query in _of(History, askable)}

    # --- Requests

    def _together(self, parts: Sequence[Part]) -> Answers:
        """The answers of parts that share a request; an impossible title spoils only its own part."""
        try:
            result = _joined(self._steps(_one_request([part.parameters for part in parts]), self._purpose))
        except RefusedError as refusal:
            if refusal.code != "invalidtitle":
                raise
            if len(parts) == 1:
                return parts[0].answers({})
            return {query: answer for part in parts for query, answer in self._together([part]).items()}
        return {query: answer for part in parts for query, answer in part.answers(result).items()}

    def _steps(self, parameters: Parameters, purpose: str) -> Iterator[Result]:
        """What one question yields, request by request, until there is no more."""
        onward: Parameters | None = {}
        while onward is not None:
            answer = self._ask({"action": "query", **parameters, **onward}, purpose)
            yield answer.get("query", {})
            onward = answer.get("continue")

    def _batches(self, queries: Sequence[Q]) -> list[Sequence[Q]]:
        return [queries[start : start + self._batch] for start in range(0, len(queries), self._batch)]

    # --- The present

    def _pages(self, queries: Sequence[PageNow], *, follow: bool = True) -> Part:
        """Pages as they are. Where redirects lead to no page, in a circle say, there is no answer if we `follow`."""

        def answers(result: Result) -> Answers:
            steps = {step["from"]: step["to"] for step in result.get("normalized", ())}
            hops = {step["from"]: step["to"] for step in result.get("redirects", ())}
            found: Answers = {}
            for query in queries:
                here = there = steps.get(_spelled(query.title), _spelled(query.title))
                for _ in hops:
                    there = hops.get(there, there)
                page = _page(result.get("pages", {}).get(there, {}), query.title, self._namespaces)
                if here not in hops or not page.invalid:
                    found[query] = page
            return found

        titles = {"titles": _list(_spelled(query.title) for query in queries)}
        return Part({**PAGE, **titles, **({"redirects": "1"} if follow else {})}, answers)

    def _users(self, queries: Sequence[UserNamed]) -> Part:
        def answers(result: Result) -> Answers:
            users = {user["name"]: user for user in result.get("users", ())}
            return {query: _user(users.get(_account(query.name), {}), query.name) for query in queries}

        names = _list(_account(query.name) for query in queries)
        return Part({"list": "users", "ususers": names, "usprop": "groups|rights|blockinfo|emailable"}, answers)

    def _under(self, query: PagesUnder) -> Part:
        number, prefix = self._namespaces.split(query.prefix)
        where = {"apnamespace": str(number), "apprefix": prefix, "aplimit": "max"}
        return Part({"list": "allpages", **where}, lambda result: {query: self._titles(result.get("allpages", ()))})

    def _using(self, query: PagesUsing) -> Part:
        what = {"eititle": query.template.text, "eilimit": "max"}
        return Part({"list": "embeddedin", **what}, lambda result: {query: self._titles(result.get("embeddedin", ()))})

    def _titles(self, pages: Collection[Mapping[str, Any]]) -> tuple[Title, ...]:
        return tuple(sorted(self._namespaces.title(page["title"]) for page in pages))

    # --- The past

    def _revisions(self, queries: Sequence[RevisionById]) -> Answers:
        ids = {"revids": "|".join(str(query.id) for query in queries)}
        result = _joined(self._steps({"prop": "revisions", **REVISION, **ids}, "history"))
        entries = [entry for page in result.get("pages", {}).values() for entry in page.get("revisions", ())]
        found = {entry["revid"]: _revision(entry) for entry in entries}
        return {query: found.get(query.id) for query in queries}

    def _page_at(self, query: PageAt) -> Page:
        moment = {"rvstart": f"{query.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "rvlimit": "1"}
        titles = {"titles": _list([_spelled(query.title)])}
        first = next(self._steps({"prop": "revisions|info", **REVISION, **titles, **moment}, "history"))
        return _page(next(iter(first.get("pages", ())), {}), query.title, self._namespaces)

    def _history(self, query: History) -> tuple[Revision, ...]:
        limit = query.limit + (query.before is not None)  # the wiki begins with `before` itself
        start = {"rvstartid": str(query.before)} if query.before is not None else {}
        what = {"titles": _list([_spelled(query.title)]), "rvlimit": str(min(limit, self._batch)), **start}
        found: list[Revision] = []
        try:
            for step in self._steps({"prop": "revisions", **REVISION, **what}, "history"):
                entries = [entry for page in step.get("pages", ()) for entry in page.get("revisions", ())]
                found += [_revision(entry) for entry in entries if entry["revid"] != query.before]
                if len(found) >= query.limit:
                    break
        except RefusedError as refusal:
            if not refusal.code.startswith("badid"):  # there never was a revision `before`
                raise
        return tuple(found[: query.limit])


# --- What can't be asked ---


def _unaskable(query: Query[Any]) -> Any:
    """The answer to a question that would be another one for the wiki (A#b leads it to A), else None."""
    match query:
        case PageNow(title=title) | PageAt(title=title) if not title.legal:
            return Page(title, asked=title, invalid=True)
        case History(title=title) if not title.legal:
            return ()
    return None


# --- Results ---


def _one_request(parts: Sequence[Parameters]) -> Parameters:
    """The parameters of all parts; those that name what is asked are joined."""
    joined: Parameters = {}
    for parameters in parts:
        for name, value in parameters.items():
            joined[name] = f"{joined[name]}|{value}" if name == "list" and name in joined else value
    return joined


def _joined(steps: Iterator[Result]) -> Result:
    """The results of one question's requests as one."""
    whole: Result = {"pages": {}}
    for step in steps:
        for page in step.pop("pages", ()):
            _add(whole["pages"].setdefault(page["title"], {}), page)
        _add(whole, step)
    return whole


def _add(whole: Result, step: Result) -> None:
    for name, value in step.items():
        if isinstance(value, list):
            whole.setdefault(name, []).extend(value)
        else:
            whole[name] = value


def _page(entry: Mapping[str, Any], asked: Title, namespaces: Namespaces) -> Page:
    if not entry or "invalid" in entry or "special" in entry:
        return Page(asked, asked=asked, invalid=True)
    levels = [step["level"] for step in entry.get("protection", ()) if step["type"] in ("edit", "create")]
    revisions = entry.get("revisions", ())
    return Page(
        title=namespaces.title(entry["title"]),
        asked=asked,
        revision=_revision(revisions[0]) if revisions else None,
        model=entry.get("contentmodel", "wikitext"),
        protection="sysop" if "sysop" in levels else next(iter(levels), ""),
        opted_out="categories" in entry,
    )


def _revision(entry: Mapping[str, Any]) -> Revision:
    """A revision; what is hidden stays so, even where our account may see it."""
    main = entry.get("slots", {}).get("main", {})
    return Revision(
        id=entry["revid"],
        parent=entry.get("parentid", 0),
        time=datetime.fromisoformat(entry["timestamp"]),
        user=None if "userhidden" in entry else entry["user"],
        summary=None if "commenthidden" in entry else entry["comment"],
        text=None if "texthidden" in main else main.get("content"),
        tags=tuple(entry["tags"]),
    )


def _user(entry: Mapping[str, Any], asked: str) -> User:
    if not entry or "missing" in entry or "invalid" in entry:
        return User(_account(asked), exists=False)
    return User(
        name=entry["name"],
        exists=True,
        blocked="blockid" in entry and not entry["blockpartial"],
        groups=frozenset(entry["groups"]) - {"*", "user"},
        rights=frozenset(entry["rights"]),
        emailable=entry["emailable"],
    )


# --- Words ---


def _of(kind: type[Q], queries: Collection[Query[Any]]) -> list[Q]:
    return [query for query in queries if isinstance(query, kind)]


def _spelled(title: Title) -> str:
    """A title as it is sent, in the form of Unicode in which it comes back."""
    return unicodedata.normalize("NFC", title.text)


def _account(name: str) -> str:
    """An account's name in the spelling in which it comes back."""
    name = unicodedata.normalize("NFC", name).replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def _list(values: Any) -> str:
    """A list in MediaWiki's form for values that may contain a bar."""
    return "".join(f"\x1f{value}" for value in values)
