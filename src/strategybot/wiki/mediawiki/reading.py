"""Questions into requests, as few as their kinds allow.

Pages and accounts are asked for by the batch, and questions of different kinds share a request: a batch of pages, a
batch of accounts, a list of pages by their beginnings and one by what they use. Revisions by id go by the batch too,
while MediaWiki tells the past of one page at a time only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, zip_longest
from typing import Any, TypeVar

from strategybot.model.comment import Thread
from strategybot.model.page import LogEntry, Move, Page, Revision, SentMessage, Site, Title, User
from strategybot.wiki.mediawiki import private
from strategybot.wiki.mediawiki.exchange import Answer, Parameters, RefusedError
from strategybot.wiki.mediawiki.namespaces import Namespaces
from strategybot.wiki.mediawiki.results import (
    Result,
    contribution_of,
    found_on,
    joined,
    log_entry_of,
    messages_in,
    moves_in,
    page_of,
    renamed_to,
    revisions_of,
    thread_of,
    user_of,
)
from strategybot.wiki.port import (
    FEW,
    MASS_MESSAGES,
    THREADING,
    CategoryMembers,
    CommentFound,
    Contributions,
    History,
    HistorySince,
    ImportedSince,
    LoggedSince,
    MessagesSent,
    MovesFrom,
    OperatorError,
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

Answers = dict[Query[Any], Any]
Q = TypeVar("Q", bound=Query[Any])

REVISION = {"rvprop": "ids|timestamp|user|comment|content|tags", "rvslots": "main"}
WITHOUT_TEXT = {"rvprop": "ids|timestamp|user|comment|tags"}
USER = "groups|rights|blockinfo|emailable|registration"
PAGE = {
    "prop": "revisions|info|categories",
    "inprop": "protection|url",
    "cllimit": "max",
    **REVISION,
}


_MOST_STEPS = 1000
"""After how many requests a question is given up: a wiki that always has more is none."""


@dataclass(frozen=True)
class Part:
    """A part of a request: its parameters, and how its answers are read from the joined result.

    What `is_late` must not be older than the pages in the same request.
    """

    parameters: Parameters
    answers: Callable[[Result], Answers]
    is_late: bool = False


@dataclass(frozen=True)
class _Log(Query[tuple[LogEntry, ...]]):
    """What one log tells since a moment; the log of deletions has also what was restored, and single revisions."""

    name: str
    since: datetime


_LOGS = ("delete", "move")
"""The logs that LoggedSince is about."""


class Reading:
    """Answers questions to a wiki; `ask` sends one request for a purpose, `site` is what the session has found."""

    def __init__(self, ask: Callable[[Parameters, str], Answer], namespaces: Namespaces, site: Site) -> None:
        self._ask = ask
        self._namespaces = namespaces
        self._batch = site.batch
        self._now = site.time
        self._account = site.account.name
        self._extensions = site.extensions
        self._page = {**PAGE, "clcategories": "|".join(f"Category:{name}" for name in site.opt_outs)}

    def answers(self, queries: Collection[Query[Any]], purpose: str) -> Answers:
        """All answers. Raises RefusedError, and whatever `ask` raises."""
        found = {query: _nothing(query) for query in queries if not _askable(query)}
        left = [query for query in dict.fromkeys(queries) if query not in found]
        found |= self._sharing(left, purpose)
        found |= {query: self._threads(query, purpose) for query in _of(Threads, left)}
        found |= {query: self._comment(query, purpose) for query in _of(CommentFound, left)}
        for ids in self._batches(_of(RevisionById, left)):
            found |= self._revisions(ids)
        found |= {query: self._page_at(query) for query in _of(PageAt, left)}
        found |= {query: self._history_since(query) for query in _of(HistorySince, left)}
        found |= {query: self._moves(query) for query in _of(MovesFrom, left)}
        found |= {query: self._sent(query) for query in _of(MessagesSent, left)}
        return found | {query: self._history(query) for query in _of(History, left)}

    def _sharing(self, queries: Sequence[Query[Any]], purpose: str) -> Answers:
        """The answers to those questions that share requests."""
        found: Answers = {}
        for query in (one for one in _of(PagesUnder, queries) if one.along):
            found |= self._along(query, purpose)
        pages, logged = _of(PageNow, queries), _of(LoggedSince, queries)
        batches = [self._pages(batch) for batch in self._batches(pages)]
        logs = [
            *(self._renamed(query) for query in _of(RenamedTo, queries)),
            *(self._imported(query) for query in _of(ImportedSince, queries)),
        ]
        late = [_Log(name, query.since) for query in logged for name in _LOGS]
        kinds: list[Sequence[Part | None]] = [
            batches,
            [self._users(batch) for batch in self._batches(_of(UserNamed, queries))],
            [self._under(query) for query in _of(PagesUnder, queries) if query not in found],
            [self._using(query) for query in _of(PagesUsing, queries)],
            [self._members(query) for query in _of(CategoryMembers, queries)],
            _in_turn(logs, [self._log(one) for one in late[:1]], len(batches)),
            [self._own(own)] if (own := _of(OwnOptions, queries)) else [],
            [self._contributions(query) for query in _of(Contributions, queries)],
        ]
        for parts in zip_longest(*kinds):
            found |= self._together([part for part in parts if part], purpose)
        circles = self._batches([query for query in pages if query not in found])
        for circle in circles:
            found |= self._together([self._pages(circle, follow=False)], purpose)
        for one in (one for one in late if circles or one not in found):
            found |= self._together([self._log(one)], "history")
        return found | {query: _by_time(found[_Log(name, query.since)] for name in _LOGS) for query in logged}

    # --- Requests

    def _together(self, parts: Sequence[Part], purpose: str) -> Answers:
        """The answers of parts that share a request; a title that can't be spoils only its own part."""
        try:
            steps = list(self._steps(_one_request(parts), purpose))
        except RefusedError as refusal:
            if refusal.code != "invalidtitle":
                raise
            if len(parts) == 1:
                return parts[0].answers({})
            return _union(self._together([part], purpose) for part in parts)
        is_older = len(steps) > 1 and len(parts) > 1  # what the first step told, than what the last one did
        result = joined(steps)
        return _union(part.answers(result) for part in parts if not (part.is_late and is_older))

    def _steps(self, parameters: Parameters, purpose: str) -> Iterator[Result]:
        """What a question yields, one request at a time, until there is no more; OperatorError after too many."""
        onward: Parameters | None = {}
        before: list[Parameters] = []
        while onward is not None:
            if onward in before or len(before) == _MOST_STEPS:
                raise OperatorError("The wiki does not answer like a MediaWiki: there is no end to its answer.")
            before.append(onward)
            answer = self._ask({"action": "query", **parameters, **onward}, purpose)
            yield answer.get("query", {})
            onward = answer.get("continue")

    def _batches(self, queries: Sequence[Q]) -> list[Sequence[Q]]:
        return [queries[start : start + self._batch] for start in range(0, len(queries), self._batch)]

    # --- The present

    def _pages(self, queries: Sequence[PageNow], *, follow: bool = True) -> Part:
        """Pages as they are. A redirect that leads to no page, in a circle say, has no answer while we `follow`."""

        def answers(result: Result) -> Answers:
            spellings = {step["from"]: step["to"] for step in result.get("normalized", ())}
            redirects = {step["from"]: step["to"] for step in result.get("redirects", ())}
            found: Answers = {}
            for query in queries:
                here = there = spellings.get(_spelled(query.title), _spelled(query.title))
                for _ in redirects:
                    there = redirects.get(there, there)
                page = page_of(result["pages"].get(there, {}), query.title, self._namespaces)
                if here not in redirects or not page.invalid:
                    spelled = None if page.invalid else self._namespaces.title(here)
                    found[query] = replace(page, redirected=here != there, spelled=spelled)
            return found

        titles = _list(_spelled(query.title) for query in queries)
        return Part({**self._page, "titles": titles, **({"redirects": "1"} if follow else {})}, answers)

    def _users(self, queries: Sequence[UserNamed]) -> Part:
        def answers(result: Result) -> Answers:
            users = {user["name"]: user for user in result["users"]}
            found = {query: user_of(users.get(_account(query.name), {}), query.name) for query in queries}
            return {query: self._as_of_now(user) for query, user in found.items()}

        names = _list(_account(query.name) for query in queries)
        return Part({"list": "users", "ususers": names, "usprop": USER}, answers)

    def _as_of_now(self, user: User) -> User:
        """The account; one that was made long after now says that a clock was wrong, and nothing else."""
        is_odd = user.registered is not None and user.registered > self._now + timedelta(days=1)
        return replace(user, registered=None) if is_odd else user

    def _renamed(self, query: RenamedTo) -> Part:
        what = {"letype": "renameuser", "letitle": f"User:{_account(query.name)}", "lelimit": "max"}
        return Part({"list": "logevents", **what}, lambda result: {query: renamed_to(result)})

    def _imported(self, query: ImportedSince) -> Part:
        def answers(result: Result) -> Answers:
            return {query: tuple(log_entry_of(entry, self._namespaces) for entry in result["logevents"])}

        what = {"letype": "import", "leprop": "title|type|timestamp", "leend": _stamp(query.since), "lelimit": "max"}
        return Part({"list": "logevents", **what}, answers)

    def _log(self, log: _Log) -> Part:
        def answers(result: Result) -> Answers:
            entries = result["logevents"] if log.name == "move" else _deletions(result["logevents"])
            return {log: tuple(log_entry_of(entry, self._namespaces) for entry in entries)}

        what = {"letype": log.name, "leprop": "title|type|timestamp|details", "leend": _stamp(log.since)}
        return Part({"list": "logevents", **what, "lelimit": "max"}, answers, is_late=True)

    def _under(self, query: PagesUnder) -> Part:
        number, prefix = self._namespaces.split(query.prefix)
        where = {"apnamespace": str(number), "apprefix": prefix, "aplimit": "max"}
        return Part({"list": "allpages", **where}, lambda result: {query: self._titles(result, "allpages")})

    def _along(self, query: PagesUnder, purpose: str) -> Answers:
        """The titles with the pages that they lead to; nothing where there are too many of them."""
        number, prefix = self._namespaces.split(query.prefix)
        where = {"generator": "allpages", "gapnamespace": str(number), "gapprefix": prefix, "gaplimit": str(FEW)}
        always = {"curtimestamp": "1"}  # where nothing stands there is no more in the answer
        answer = self._ask({"action": "query", **where, **self._page, **always}, purpose)
        if "continue" in answer:
            return {}
        entries = {self._namespaces.title(one["title"]): one for one in answer.get("query", {}).get("pages", ())}
        pages = {title: page_of(one, title, self._namespaces) for title, one in entries.items()}
        here: Answers = {PageNow(title): page for title, page in pages.items() if not page.leads_nowhere}
        return {**here, query: tuple(sorted(entries))}

    def _using(self, query: PagesUsing) -> Part:
        what = {"eititle": query.template.text, "eilimit": "max"}
        return Part({"list": "embeddedin", **what}, lambda result: {query: self._titles(result, "embeddedin")})

    def _members(self, query: CategoryMembers) -> Part:
        what = {"cmtitle": query.category.text, "cmprop": "title", "cmlimit": "max"}
        return Part(
            {"list": "categorymembers", **what}, lambda result: {query: self._titles(result, "categorymembers")}
        )

    def _own(self, queries: Sequence[OwnOptions]) -> Part:
        def answers(result: Result) -> Answers:
            options = {name: str(value) for name, value in result["userinfo"]["options"].items()}
            return {
                query: {name: options[name] for name in sorted(options) if name.startswith(query.prefix)}
                for query in queries
            }

        return Part(private.OPTIONS, answers)

    def _contributions(self, query: Contributions) -> Part:
        """What the account has saved. MediaWiki leaves out what stands under a hidden name, and what is deleted."""

        def answers(result: Result) -> Answers:
            return {query: tuple(contribution_of(entry, self._namespaces) for entry in result["usercontribs"])}

        what = {"ucuser": self._account, "ucend": _stamp(query.since), "uclimit": "max"}
        return Part({"list": "usercontribs", "ucprop": "ids|title|timestamp|comment|tags", **what}, answers)

    def _titles(self, result: Result, name: str) -> tuple[Title, ...]:
        return tuple(sorted(self._namespaces.title(page["title"]) for page in result.get(name, ())))

    # --- Comments

    def _threads(self, query: Threads, purpose: str) -> Thread:
        what = {"action": "discussiontoolspageinfo", "prop": "threaditemshtml", "page": _spelled(query.title)}
        try:
            return thread_of(self._ask(what, purpose)["discussiontoolspageinfo"]) if self._knows_comments else ()
        except RefusedError as refusal:
            if refusal.code not in ("nosuchrevid", "invalidtitle", "missingcontent"):
                raise
            return ()

    def _comment(self, query: CommentFound, purpose: str) -> tuple[Title, ...]:
        name = f"c-{query.author.replace(' ', '_')}-{query.time.astimezone(UTC):%Y%m%d%H%M}00"
        what = {"action": "discussiontoolsfindcomment", "idorname": name, "curtimestamp": "1"}
        return found_on(self._ask(what, purpose), name, self._namespaces) if self._knows_comments else ()

    @property
    def _knows_comments(self) -> bool:
        return THREADING in self._extensions

    # --- The past

    def _revisions(self, queries: Sequence[RevisionById]) -> Answers:
        ids = {"revids": "|".join(str(query.id) for query in queries)}
        steps = self._steps({"prop": "revisions", **REVISION, **ids}, "history")
        found = {revision.id: revision for step in steps for revision in revisions_of(step, self._namespaces)}
        return {query: found.get(query.id) for query in queries}

    def _page_at(self, query: PageAt) -> Page:
        moment = {"rvstart": _stamp(query.time), "rvlimit": "1"}
        what = {"prop": "revisions|info", **REVISION, "titles": _list([_spelled(query.title)]), **moment}
        newest = next(self._steps(what, "history"))
        return page_of(next(iter(newest.get("pages", ())), {}), query.title, self._namespaces)

    def _history(self, query: History) -> tuple[Revision, ...]:
        limit = wanted = self._batch if query.limit is None else query.limit
        start = {}
        if query.before is not None:  # the wiki begins with this revision itself
            limit, start = wanted + 1, {"rvstartid": str(query.before)}
        what = {"titles": _list([_spelled(query.title)]), "rvlimit": str(min(limit, self._batch)), **start}
        found: list[Revision] = []
        try:
            for step in self._steps({"prop": "revisions", **REVISION, **what}, "history"):
                found += [revision for revision in revisions_of(step) if revision.id != query.before]
                if query.limit is None or len(found) >= wanted:
                    break
        except RefusedError as refusal:
            if refusal.code != "badid_rvstartid":  # there never was such a revision
                raise
        return tuple(found[:wanted])

    def _moves(self, query: MovesFrom) -> tuple[Move, ...]:
        what = {"letype": "move", "letitle": query.title.text, "leprop": "ids|details", "lelimit": "max"}
        return moves_in(joined(self._steps({"list": "logevents", **what}, "history")), self._namespaces)

    def _history_since(self, query: HistorySince) -> tuple[Revision, ...]:
        what = {"titles": _list([_spelled(query.title)]), "rvend": _stamp(query.since), "rvlimit": "max"}
        steps = self._steps({"prop": "revisions", **WITHOUT_TEXT, **what}, "history")
        return tuple(revision for step in steps for revision in revisions_of(step))

    def _sent(self, query: MessagesSent) -> tuple[SentMessage, ...]:
        if MASS_MESSAGES not in self._extensions:
            return ()
        what = {"letype": "massmessage", "leprop": "title|type|timestamp|user|comment|details", "lelimit": "max"}
        steps = self._steps({"list": "logevents", **what, "leend": _stamp(query.since)}, "history")
        return messages_in(joined(steps), self._namespaces)


def _askable(query: Query[Any]) -> bool:
    """Whether the wiki takes a question as it is meant: A#b it takes for A, and of other wikis it knows nothing."""
    match query:
        case CategoryMembers(title) if not title.text.startswith("Category:"):
            return False
        case (
            PageNow(title)
            | PageAt(title)
            | History(title)
            | HistorySince(title)
            | MovesFrom(title)
            | Threads(title)
            | PagesUsing(title)
            | CategoryMembers(title)
        ):
            return title.legal and not title.wiki
        case PagesUnder(prefix):
            return Title(f"{prefix.text}x").legal and not prefix.wiki
        case UserNamed(wiki=wiki) | RevisionById(wiki=wiki):
            return not wiki
        case RenamedTo(name):
            return Title(f"User:{name}").legal
        case CommentFound() | OwnOptions() | Contributions() | LoggedSince() | ImportedSince() | MessagesSent():
            return True
    raise TypeError(query)


def _nothing(query: Query[Any]) -> Any:
    """The answer to a question that can't be asked."""
    match query:
        case PageNow(title) | PageAt(title):
            return Page(title, asked=title, invalid=True)
        case UserNamed(name):
            return User(name, exists=False)
        case RevisionById() | RenamedTo():
            return None
    return ()


def _one_request(parts: Sequence[Part]) -> Parameters:
    """The parameters of all parts; they share none but `list`."""
    lists = [part.parameters["list"] for part in parts if "list" in part.parameters]
    together = {name: value for part in parts for name, value in part.parameters.items()}
    return {**together, "list": "|".join(lists)} if lists else together


def _in_turn(logs: Sequence[Part], late: Sequence[Part], batches: int) -> list[Part | None]:
    """The logs for as many requests, of which the first `batches` have pages: what is late comes with the last."""
    if not late or not batches:
        return list(logs)
    before = [*logs, *[None] * batches][: batches - 1]
    return [*before, *late, *logs[batches - 1 :]]


def _deletions(entries: Iterable[Answer]) -> list[Answer]:
    return [entry for entry in entries if entry.get("action") == "delete"]


def _by_time(logs: Iterable[Iterable[LogEntry]]) -> tuple[LogEntry, ...]:
    """The entries of several logs, newest first."""
    return tuple(sorted(chain.from_iterable(logs), key=lambda entry: entry.time, reverse=True))


def _union(answers: Iterable[Answers]) -> Answers:
    return {query: answer for some in answers for query, answer in some.items()}


def _of(kind: type[Q], queries: Collection[Query[Any]]) -> list[Q]:
    return [query for query in queries if isinstance(query, kind)]


def _spelled(title: Title) -> str:
    """A title as it is sent, in the form of Unicode in which it comes back."""
    return unicodedata.normalize("NFC", title.text)


def _account(name: str) -> str:
    """An account's name in the spelling in which it comes back."""
    return _spelled(Title(name))


def _stamp(moment: datetime) -> str:
    """A moment as the wiki reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _list(values: Iterable[str]) -> str:
    """A list in the form that MediaWiki has for values with a bar in them."""
    return "".join(f"\x1f{value}" for value in values)
