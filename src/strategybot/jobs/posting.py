"""Posting exactly once: what was done is read from proof, never from what a page says today.

Every post has a key (`jobs/keys.py`), which ends the summary of the edit that makes it. People may archive the section,
move or delete its page, revert it, or rename the group and the process: it was posted, and isn't posted again. The
proof is a revision of the bot's own account with that key in its summary, or with one that the post had before pages
were moved; what anybody else writes proves nothing. It is looked for in two places:

- the account's contributions, one request for all posts, which no archiving or moving changes;
- for posts that those don't prove, the histories of all places where it may stand: the page, where its redirect led
  since, the pages that were named for it since, and wherever any of them was moved.

Neither shows what was deleted or hidden since. So the log of deletions is read as well, and where one of those places
was deleted, or a revision that may be ours is hidden, there is no proof: then nothing is posted, and a problem says so.
An import can bring revisions under the bot's name: what stands on a page that was imported to since proves nothing.

Two processes at once, and databases that lag behind. A post is appended on a `base`: the newest revision of the page in
the very answer that proves that no post is there. So whatever another process has posted on the page is either in that
answer, or newer than the base, and then the wiki takes it for a conflict, or (where people have removed it meanwhile)
tells that it has added ours after another revision than the base, and the history is looked at once more. It makes no
difference how far the database that was read lags behind. The logs are read after the page. Where another process was
led to another page, a run that has posted sees that afterwards, in the account's contributions, and takes its own post
back where the other's is older (`delivery.py`); what was taken back so proves nothing. What remains is what those
contributions don't tell yet, or any more: another process's post on another page, or on one that was moved away or
deleted and made anew, within the seconds for which the wiki lets anybody write while a database lags.

A post `within` another one is a line at the end of that one's thread, on whatever page the thread stands. It is saved
as an edit of the very text that was read, so that the wiki merges it with what people change elsewhere on the page, or
takes it for a conflict; where it was merged, the history is looked at as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from strategybot.jobs.keys import later
from strategybot.jobs.plan import Post, Posting, Proof
from strategybot.model.page import LogEntry, Page, Revision, Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import Contributions, HistorySince, ImportedSince, LoggedSince, PageNow, RevisionById
from strategybot.wikitext.posted import comment, has_thread, with_line
from strategybot.wikitext.summaries import post_keys, unposted

_LED = frozenset({"mw-changed-redirect-target", "mw-removed-redirect"})
"""The wiki's tags of revisions before which their page was a redirect that led elsewhere."""

_FIRST_LINK = re.compile(r"\[\[\s*:?([^\[\]|#\n]+)")

Histories = Mapping[Title, Sequence[Revision]]
"""The revisions of pages since a moment, newest first."""

Dated = TypeVar("Dated", Revision, LogEntry)

Elsewhere = Callable[[Post], Job[Collection[Title]]]
"""On which other pages a post may have been made since: those that were named for it."""


def section_text(post: Post, page: Page) -> str:
    """The text to add to a page: the section or the line, signed, and the key in a comment that nobody sees.

    The comment follows the signature, so that it is no part of a reply and goes to the archive with its section.
    """
    if post.within:
        return f":{post.body} ~~~~ {comment(post.key)}"
    apart = "\n\n" if page.text else ""
    return f"{apart}== {post.heading} ==\n{post.body}\n~~~~\n{comment(post.key)}"


def with_section(posting: Posting) -> str:
    """The text of a page with a post at its end, or at the end of the thread that it belongs to."""
    page, post = posting.page, posting.post
    text = section_text(post, page)
    return with_line(page.text, post.within, text) if post.within else page.text + text


def is_post(revision: Revision, bot: str, *keys: str) -> bool:
    """Whether a revision is the bot's post of that key, or of one of those."""
    return revision.user == bot and _names(revision, keys)


def posts_among(revisions: Iterable[Revision], bot: str, key: str) -> list[Revision]:
    """The bot's posts of that key, without any that the bot has taken back itself."""
    return posts_by_key(revisions, bot).get(key, [])


def posts_by_key(revisions: Iterable[Revision], bot: str) -> Mapping[str, list[Revision]]:
    """The bot's posts by all their keys, in their order, without any that the bot has taken back itself."""
    found = [one for one in revisions if one.user == bot]
    gone = taken_back(found, bot)
    named: dict[str, list[Revision]] = {}
    for one in found:
        for key in post_keys(one.summary or "") if one.id not in gone else ():
            named.setdefault(key, []).append(one)
    return named


def taken_back(revisions: Iterable[Revision], bot: str) -> frozenset[int | None]:
    """The numbers of the posts that the bot has taken back: another process had written there before."""
    return frozenset(unposted(one.summary or "") for one in revisions if one.user == bot)


def _names(revision: Revision, keys: Collection[str]) -> bool:
    return not post_keys(revision.summary or "").isdisjoint(keys)


# --- Asking


@dataclass(frozen=True)
class Saved:
    """What the bot's account has saved since a moment, and the pages that were imported to."""

    since: datetime
    own: Sequence[Revision]
    imported: Collection[Title | None] = ()

    def proof(self, post: Post, bot: str) -> Revision | None:
        """The revision by which the account's contributions alone prove a post; None where they don't."""
        return self.proof_of(post.key, post.since, bot)

    def proof_of(self, key: str, since: datetime, bot: str) -> Revision | None:
        """The same for a post of which only the key is known, and since when it can have been made."""
        made = () if self.imported else self._posts.get((bot, key), ())
        return next((one for one in made if one.time >= since), None)

    @cached_property
    def _posts(self) -> Mapping[tuple[str | None, str], list[Revision]]:
        """All posts by who made them and by their keys: worked out once for thousands of them."""
        users = {one.user for one in self.own} - {None}
        return {(user, key): made for user in users for key, made in posts_by_key(self.own, user or "").items()}


def saved_since(since: datetime, *processes: Process) -> Job[Saved]:
    """What is asked first of all posts of some processes that can't have been made before.

    Imports are asked for from the processes' beginnings, so that all jobs have one question.
    """
    beginning = min((since, *(process.beginning for process in processes)))
    own, imports = yield from both(ask(Contributions(since)), ask(ImportedSince(beginning)))
    return Saved(since, own, [one.title for one in imports if one.time >= since])


def postings(posts: Sequence[Post], bot: str, saved: Saved, elsewhere: Elsewhere) -> Job[tuple[Posting, ...]]:
    """What is proven of each post, and where it is to go. Of two with the same key, there is one."""
    posts = list({post.key: post for post in reversed(posts)}.values())[::-1]
    done = {post.key: one for post in posts if (one := saved.proof(post, bot))}
    due = [post for post in posts if post.key not in done]
    pages = yield from together(ask(PageNow(post.target)) for post in due)
    logged = (yield from ask(LoggedSince(saved.since))) if due else ()  # no older than any page
    found = yield from together(
        _evidence(post, page, saved, logged, elsewhere) for post, page in zip(due, pages, strict=True)
    )
    judged = {post.key: judge(post, bot, one) for post, one in zip(due, found, strict=True)}
    return tuple(judged[post.key] if post.key in judged else done_by(post, done[post.key]) for post in posts)


def _evidence(post: Post, page: Page, saved: Saved, logged: Sequence[LogEntry], elsewhere: Elsewhere) -> Job[Evidence]:
    """All that can be found of a post that the account's contributions don't prove."""
    own, logged = _not_before(post.since, saved.own), _not_before(post.since, logged)
    named, (standing, led) = yield from both(elsewhere(post), _where_led(post, page))
    others = (post.identity.targets(logged) - {post.identity.target}) | {*named, *led}
    evidence = Evidence(page, own, standing, logged, others, saved.imported)
    wanted = sorted(evidence.places - {page.asked, page.spelled, page.title})
    past = yield from together(ask(HistorySince(title, post.since)) for title in wanted)
    return replace(evidence, histories={**standing, **dict(zip(wanted, past, strict=True))})


def _not_before(since: datetime, found: Iterable[Dated]) -> list[Dated]:
    return [one for one in found if one.time >= since]


def _where_led(post: Post, page: Page) -> Job[tuple[Histories, Collection[Title]]]:
    """The history of a post's target, but of a page that hasn't changed since, and where its redirects led since.

    A redirect's own history is among them: people may have made it one since.
    """
    changed = page.revision is not None and page.revision.time >= post.since
    titles = ({page.title} if changed else set()) | ({page.asked} if page.redirected else set())
    wanted = sorted(titles)
    histories = yield from together(ask(HistorySince(title, post.since)) for title in wanted)
    ids = {one.parent for history in histories for one in history if _LED.intersection(one.tags) and one.parent}
    revisions = yield from together(ask(RevisionById(number)) for number in sorted(ids))
    links = [_FIRST_LINK.search(revision.text or "") for revision in revisions if revision]
    pages = yield from together(ask(PageNow(Title(link[1]))) for link in links if link)
    return dict(zip(wanted, histories, strict=True)), {one.spelled for one in pages if one.spelled}


# --- Deciding


@dataclass(frozen=True)
class Evidence:
    """All that was found of a post, since it can have been made.

    `page` is where the target leads now; `own` are the account's contributions; `histories` are those of the places
    where the post may stand, without those whose newest revision is older than the post can be; `logged` is what was
    deleted and moved, newest first. `others` are the other pages on which it may have been made, `imported` those that
    were imported to, None for one that the wiki hides.
    """

    page: Page
    own: Sequence[Revision]
    histories: Histories
    logged: Sequence[LogEntry]
    others: Collection[Title] = ()
    imported: Collection[Title | None] = ()

    @property
    def places(self) -> frozenset[Title]:
        """Where the post may stand: where it may have been made, and wherever that was moved."""
        page = self.page
        return later([page.spelled or page.asked, page.title, *self.others], self.logged)

    @property
    def standing(self) -> Sequence[Revision]:
        """The history of the page where the target leads now, as far as it is known."""
        return self.histories.get(self.page.title, ())

    def tells_of(self, revision: Revision) -> bool:
        """Whether the history is that of the page that was read, older or newer: it may have been moved meanwhile."""
        numbers = [one.id for one in self.standing]
        return bool(numbers) and (revision.id in numbers or numbers[0] < revision.id)

    @property
    def revisions(self) -> list[tuple[Title | None, Revision]]:
        """All that was found, each with where it stands."""
        own = [(one.page, one) for one in self.own]
        return own + [(title, one) for title, history in self.histories.items() for one in history]

    def is_imported(self, title: Title | None) -> bool:
        """Whether what stands on a page may have been brought there by an import."""
        return None in self.imported or title in later([one for one in self.imported if one], self.logged)


def judge(post: Post, bot: str, found: Evidence) -> Posting:
    """What is proven of a post, by all that was found."""
    page = found.page
    newest = page.revision.id if page.revision else None
    if settled := next(_against(post, bot, found), None):
        return settled
    if post.within and not has_thread(page.text, post.within):
        return Posting(post, page, Proof.NO_THREAD, where=page.title)
    if page.revision is None or page.revision.time < post.since:
        return Posting(post, page, Proof.FREE, newest)
    if not found.tells_of(page.revision):
        return Posting(post, page, Proof.UNSETTLED)
    if post.within and found.standing[0].id != newest:  # the line goes into the very text that was read
        return Posting(post, page, Proof.UNSETTLED)
    return Posting(post, page, Proof.FREE, found.standing[0].id)


def _against(post: Post, bot: str, found: Evidence) -> Iterator[Posting]:
    """What says that a post was made, or that nobody knows, the strongest first."""
    near = post.identity.neighbours(found.logged)
    gone = taken_back(found.own, bot)
    own = [one for one in found.revisions if one[1].id not in gone]
    made = [one for one in own if is_post(one[1], bot, *post.identity.all(found.logged))]
    real = [one for one in made if not found.is_imported(one[0])]
    yield from (done_by(post, revision, found.page) for _, revision in real)
    yield from _unproven(post, found, Proof.IMPORTED, made)
    yield from _unproven(post, found, Proof.NEAR, [one for one in own if is_post(one[1], bot, *near)])
    yield from _lost(post, bot, found)


def _lost(post: Post, bot: str, found: Evidence) -> Iterator[Posting]:
    """What says that a post may be hidden, or gone: where it is likely to stand, or elsewhere."""
    keys = post.identity.all(found.logged)
    hidden = [(title, one) for title, one in found.revisions if title and _may_be(one, bot, keys)]
    yield from _unproven(post, found, Proof.HIDDEN, [one for one in hidden if one[0] in found.places])
    if deleted := _deleted(found):
        yield Posting(post, found.page, Proof.DELETED, where=deleted)
    yield from _unproven(post, found, Proof.HIDDEN, [one for one in hidden if post.identity.may_stand_on(one[0])])


def _unproven(
    post: Post, found: Evidence, proof: Proof, revisions: Iterable[tuple[Title | None, Revision]]
) -> Iterator[Posting]:
    for title, revision in revisions:
        yield Posting(post, found.page, proof, where=title, revid=revision.id)


def done_by(post: Post, revision: Revision, page: Page | None = None) -> Posting:
    """A post of which a revision proves that it was made."""
    page = page or Page(revision.page or post.target, asked=post.target)
    return Posting(post, page, Proof.DONE, where=revision.page or page.title, revid=revision.id)


def _may_be(revision: Revision, bot: str, keys: Collection[str]) -> bool:
    """Whether a revision may be the post, and what would tell is hidden."""
    if revision.user is None:
        return revision.summary is None or _names(revision, keys)
    return revision.user == bot and revision.summary is None


def _deleted(found: Evidence) -> Title | None:
    """A place that was deleted since; None where there is none.

    An entry whose page is hidden may be about ours only where ours is missing, or was made since.
    """
    page = found.page
    for entry in found.logged:
        if entry.title is None:
            if page.revision is None or any(revision.parent == 0 for revision in found.standing):
                return page.title
        elif not entry.moved and entry.title in found.places:
            return entry.title
    return None
