"""Posting exactly once: what was done is read from proof, never from what a page says today.

Every post has a key, which ends the summary of the edit that makes it. People may archive the section, move or delete
its page, or revert it: it was posted, and isn't posted again. The proof is a revision of the bot's own account with
that key in its summary; what anybody else writes proves nothing. It is looked for in two places:

- the account's contributions, one request for all posts, which no archiving or moving changes;
- for posts that those don't prove, the histories of the page and of wherever it was moved since.

Neither shows what was deleted or hidden since. So the log of deletions is read as well, and where the page was deleted,
or a revision that may be ours is hidden, there is no proof: then nothing is posted, and a problem says so.

Two processes at once, and databases that lag behind. A post is appended on a `base`: the newest revision of the page in
the very answer that proves that no post is there. So whatever another process has posted on the page is either in that
answer, or newer than the base, and then the wiki takes it for a conflict, or (where people have removed it meanwhile)
tells that it has added ours after another revision than the base, and the history is looked at once more. It makes no
difference how far the database that was read lags behind. The logs are read after the page. What remains is a post of
another process that was moved away without a redirect, or deleted, and its page made anew, all within that lag: the
seconds for which the wiki still lets anybody write.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from strategybot.jobs.plan import Post, Posting, Proof
from strategybot.model.page import LogEntry, Page, Revision, Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import Contributions, HistorySince, LoggedSince, PageNow

_MARK = "#post "
"""What stands before the key in a summary. No title has a `#`, so that none can be taken for it."""

_LONGEST_KEY = 160

Histories = Mapping[Title, Sequence[Revision]]
"""The revisions of pages since a moment, newest first."""


def key_of(job: str, matter: str, process: Process, target: Title) -> str:
    """The key of a post: `call 2026-12-10 Committee @ Talk:Committee/Working Groups/Alpha`.

    A process is known by its configuration's page, whatever it calls itself. A long key is cut, with a digest.
    """
    name = process.page.text.rpartition("/")[2].removesuffix(".json")
    key = unicodedata.normalize("NFC", f"{job} {matter} {name} @ {target}")
    if len(key) <= _LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: _LONGEST_KEY - len(digest) - 1].rstrip()} {digest}"


def post_mark(key: str) -> str:
    """What the summary of a post ends with."""
    return f"{_MARK}{key}"


def section_text(post: Post, page: Page) -> str:
    """The text to append to a page: the section, signed, and the key in a comment that nobody sees.

    The comment follows the signature, so that it is no part of a reply and goes to the archive with its section.
    """
    apart = "\n\n" if page.text else ""
    return f"{apart}== {post.heading} ==\n{post.body}\n~~~~\n<!-- post: {post.key} -->"


def with_section(posting: Posting) -> str:
    """The text of a page with a post at its end."""
    return posting.page.text + section_text(posting.post, posting.page)


def is_post(revision: Revision, bot: str, key: str) -> bool:
    """Whether a revision is the bot's post of that key."""
    return revision.user == bot and _names(revision, key)


def _names(revision: Revision, key: str) -> bool:
    return (revision.summary or "").rpartition(_MARK)[2] == key


# --- Asking


def postings(posts: Sequence[Post], bot: str) -> Job[tuple[Posting, ...]]:
    """What is proven of each post, and where it is to go. Nothing is asked where there is no post."""
    if not posts:
        return ()
    since = min(post.since for post in posts)
    own = yield from ask(Contributions(since))
    done = {post.key: found for post in posts if (found := _found(own, bot, post.key))}
    due = [post for post in posts if post.key not in done]
    pages, logged = yield from both(
        together(ask(PageNow(post.target)) for post in due), ask(LoggedSince(since)) if due else known(())
    )
    histories = yield from together(_histories(post, page, logged) for post, page in zip(due, pages, strict=True))
    judged = {
        post.key: judge(post, bot, Evidence(page, own, history, logged))
        for post, page, history in zip(due, pages, histories, strict=True)
    }
    return tuple(judged[post.key] if post.key in judged else _done(post, done[post.key]) for post in posts)


def _histories(post: Post, page: Page, logged: Sequence[LogEntry]) -> Job[Histories]:
    """The histories of all places where a post may stand, but of a page that hasn't changed since.

    A redirect's own history is among them: people may have made it one since.
    """
    changed = page.revision is not None and page.revision.time >= post.since
    titles = places(page, logged) - {page.asked, page.title}
    titles |= ({page.title} if changed else set()) | ({page.asked} if page.redirected else set())
    wanted = sorted(titles)
    found = yield from together(ask(HistorySince(title, post.since)) for title in wanted)
    return dict(zip(wanted, found, strict=True))


# --- Deciding


def places(page: Page, logged: Sequence[LogEntry]) -> set[Title]:
    """Where a post for a page may stand: there, and wherever the page was moved. `logged` is newest first."""
    found = {page.asked, page.title}
    for entry in reversed(logged):
        if entry.target and entry.title in found:
            found.add(entry.target)
    return found


@dataclass(frozen=True)
class Evidence:
    """All that was found of a post, since it can have been made.

    `page` is where the target leads now; `own` are the account's contributions; `histories` are those of the places
    where the post may stand, without those whose newest revision is older than the post can be; `logged` is what was
    deleted and moved, newest first.
    """

    page: Page
    own: Sequence[Revision]
    histories: Histories
    logged: Sequence[LogEntry]

    @property
    def places(self) -> set[Title]:
        """Where the post may stand."""
        return places(self.page, self.logged)

    @property
    def standing(self) -> Sequence[Revision]:
        """The history of the page where the target leads now, as far as it is known."""
        return self.histories.get(self.page.title, ())


def judge(post: Post, bot: str, found: Evidence) -> Posting:
    """What is proven of a post, by all that was found."""
    page, revisions = found.page, [revision for history in found.histories.values() for revision in history]
    if done := _found([*found.own, *revisions], bot, post.key):
        return _done(post, done, page)
    own_here = [(one.page, (one,)) for one in found.own if one.page in found.places]
    for title, history in [*found.histories.items(), *own_here]:
        if hidden := next((one for one in history if _may_be(one, bot, post.key)), None):
            return Posting(post, page, Proof.HIDDEN, where=title, revid=hidden.id)
    if deleted := _deleted(found):
        return Posting(post, page, Proof.DELETED, where=deleted)
    if page.revision is None or page.revision.time < post.since:
        return Posting(post, page, Proof.FREE, page.revision.id if page.revision else None)
    if not found.standing:  # the history lags behind the page, or the page is gone meanwhile
        return Posting(post, page, Proof.UNSETTLED)
    return Posting(post, page, Proof.FREE, found.standing[0].id)


def _found(revisions: Iterable[Revision], bot: str, key: str) -> Revision | None:
    return next((revision for revision in revisions if is_post(revision, bot, key)), None)


def _done(post: Post, revision: Revision, page: Page | None = None) -> Posting:
    page = page or Page(revision.page or post.target, asked=post.target)
    return Posting(post, page, Proof.DONE, where=revision.page or page.title, revid=revision.id)


def _may_be(revision: Revision, bot: str, key: str) -> bool:
    """Whether a revision may be the post, and what would tell is hidden."""
    if revision.user is None:
        return revision.summary is None or _names(revision, key)
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
