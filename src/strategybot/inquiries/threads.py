"""The thread of a post of the bot's: where it stands now, and which comments there are by those who signed them.

A post is known on a page by the comment that holds its key, which nobody sees, or else by the bot's signature. People
archive and move threads, and give them other headings: a thread that isn't where it was is looked for where the wiki
finds the bot's comment, and on the pages below the talk page.

Whoever writes a signature can type any name and time. So a comment is by whom it names only where the page has a
revision by that account from that minute, which changed this very thread: a signature copied from elsewhere proves
nothing. What is unsigned is no comment to the wiki. The wiki's own importers are trusted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from strategybot.model.comment import Comment, Heading, Thread
from strategybot.model.page import Page, Revision, Title
from strategybot.model.relay import Answer, Target
from strategybot.reading.confidence import is_marked
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import CommentFound, HistorySince, PageNow, PagesUnder, RenamedTo, RevisionById, Threads
from strategybot.wikitext.posted import comment
from strategybot.wikitext.references import unescape
from strategybot.wikitext.sections import Section, sections

_LATE = timedelta(seconds=10)
"""How long after a signature was made of tildes its revision may be saved."""

_KEY = re.compile(r"<!-- post: .*? -->")
_LABEL = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Standing:
    """A post of the bot's: for which target, by which revision, when (UTC), with which key and which heading."""

    target: Target
    post: int
    time: datetime
    key: str
    heading: str

    @property
    def page(self) -> Title:
        """The page that it was made on, as far as is known."""
        return self.target.page.title if self.target.page else self.target.asked

    @property
    def minutes(self) -> tuple[datetime, ...]:
        """The minutes that its signature may name."""
        return _minutes(self.time)


@dataclass(frozen=True)
class Place:
    """Where a post's thread stands: the page, and the comments below the post, without any of the bot's."""

    page: Page
    comments: tuple[Comment, ...]


def thread_of(bot: str, post: Standing, pages: Sequence[Page], others: Iterable[Title]) -> Job[Place | None]:
    """Where a post's thread stands: on the first of these pages that has it, or else elsewhere; None if nowhere.

    `others` are the pages of the bot's other posts: those of the same minute aren't taken for this one.
    """
    for page in pages:
        if place := (yield from _on(bot, post, page)):
            return place
    looked = {page.title for page in pages}
    signed = yield from together(ask(CommentFound(bot, minute)) for minute in post.minutes)
    found = yield from _among(bot, post, set(chain.from_iterable(signed)) - looked, others)
    if found:
        return found
    below = yield from ask(PagesUnder(post.page.under("")))
    return (yield from _among(bot, post, set(below) - looked, below))


def _among(bot: str, post: Standing, titles: Iterable[Title], others: Iterable[Title]) -> Job[Place | None]:
    """The post's thread on one of some pages, of which those with its key come first, and `others` only with that."""
    pages = yield from together(ask(PageNow(title)) for title in sorted(titles))
    keyed = [page for page in pages if comment(post.key) in page.text]
    rest = [page for page in pages if page not in keyed and page.title not in others]
    for page in (*keyed, *rest):
        if place := (yield from _on(bot, post, page)):
            return place
    return None


def _on(bot: str, post: Standing, page: Page) -> Job[Place | None]:
    """The post's thread on a page, None where it isn't there."""
    thread = (yield from ask(Threads(page.title))) if page.exists else ()
    begin = _beginning(bot, post, page.text, thread)
    if begin is None:
        return None
    comments = (one for one in _section(thread, begin) if isinstance(one, Comment) and one.author != bot)
    return Place(page, tuple(dict.fromkeys(comments)))


def _beginning(bot: str, post: Standing, text: str, thread: Thread) -> int | None:
    """The number of the post's own comment in a page's thread, or of its heading where the signature is gone."""
    keyed = list(_keyed(text, thread))
    at = dict.fromkeys(number for key, number in keyed if key == comment(post.key))
    taken = {number for key, number in keyed if key != comment(post.key)}
    own = [
        number
        for number, one in enumerate(thread)
        if isinstance(one, Comment) and one.author == bot and one.time in post.minutes
    ]
    below = [number for number in own if _heading(thread, number) in at]
    free = [number for number in own if _heading(thread, number) not in taken]
    named = [number for number in free if _is(thread[_heading(thread, number)], post.heading)]
    return next(iter((*below, *at, *named, *free)), None)


def _keyed(text: str, thread: Thread) -> Iterator[tuple[str, int]]:
    """The keys of all posts on a page, each with the number of the heading in the thread below which it stands.

    Of several headings of the same words, it is the one that is as many as in the text.
    """
    places = defaultdict[str, list[int]](list)
    for number, one in enumerate(thread):
        if isinstance(one, Heading):
            places[_bare(one.words)].append(number)
    for section in sections(text):
        same = places[_bare(section.headings[0])] if section.headings else []
        keys = _KEY.findall(text, section.start, section.end)
        yield from ((key, same[0]) for key in keys if same)
        del same[:1]


def _heading(thread: Thread, number: int) -> int:
    """The number of the heading above a comment, 0 where there is none."""
    return next((at for at in range(number, -1, -1) if isinstance(thread[at], Heading)), 0)


def _section(thread: Thread, begin: int) -> Thread:
    """What follows a comment, or a heading, up to the next heading that isn't below its own."""
    above = thread[_heading(thread, begin)]
    level = above.level if isinstance(above, Heading) else 2
    rest = thread[begin + 1 :]
    ends = (at for at, one in enumerate(rest) if isinstance(one, Heading) and one.level <= level)
    return rest[: next(ends, len(rest))]


# --- Who wrote a comment


def is_by(comment: Comment, answer: Answer) -> bool:
    """Whether a comment is the one that was proven to be an answer."""
    return comment.author == answer.user and comment.time in _minutes(answer.time)


def proven(bot: str, post: Standing, comments: Sequence[Comment], titles: Iterable[Title]) -> Job[tuple[Revision, ...]]:
    """The revisions by which those comments came to a post's thread that are by whom they name.

    They came to one of those pages: the one where the thread is now, or another where it was.
    """
    histories = yield from together(ask(HistorySince(title, post.minutes[-1])) for title in titles if comments)
    saved = list(chain.from_iterable(histories))
    found = yield from together(_proof(bot, post, one, saved) for one in comments)
    return tuple(revision for revision in found if revision)


def _proof(bot: str, post: Standing, one: Comment, saved: Sequence[Revision]) -> Job[Revision | None]:
    """The revision by which a comment came to its thread, if it is by whom it names, or by who was called so then."""
    then = [revision for revision in saved if one.time in _minutes(revision.time)]
    by = [revision for revision in then if revision.user == one.author]
    if then and not by:
        name = yield from ask(RenamedTo(one.author))
        by = [revision for revision in then if name and revision.user == name]
    found = yield from together(_changes(bot, post, revision) for revision in by)
    return next((revision for revision, changes in zip(by, found, strict=True) if changes), None)


def _changes(bot: str, post: Standing, revision: Revision) -> Job[bool]:
    """Whether a revision changed the post's thread, and not by words that bear a mark of confidence."""
    numbers = [number for number in (revision.id, revision.parent) if number]
    found = yield from together(ask(RevisionById(number)) for number in numbers)
    stands, *stood = (_thread_text(bot, post, (one.text or "") if one else "") for one in found)
    before = set("\n".join(stood).splitlines())
    added = "\n".join(line for line in stands.splitlines() if line not in before)
    return bool(stands) and [stands] != stood and not is_marked(added)


def _thread_text(bot: str, post: Standing, text: str) -> str:
    """A post's thread in a text: that with its key, or else all of the bot's without any."""
    threads = [(text[part.start : part.end], text[part.start : end]) for part, end in _threads(text)]
    keyed = [whole for own, whole in threads if comment(post.key) in own]
    free = [whole for own, whole in threads if bot in own and not _KEY.search(own)]
    return "\n".join(keyed or free)


def _threads(text: str) -> Iterator[tuple[Section, int]]:
    """The sections with a heading, each with where the last of those below it ends."""
    headed = [one for one in sections(text) if one.headings]
    for number, one in enumerate(headed):
        later = (other.start for other in headed[number + 1 :] if other.level <= one.level)
        yield one, next(later, len(text))


# --- Small matters


def _minutes(moment: datetime) -> tuple[datetime, ...]:
    """The minutes that a signature may name in a revision of that moment, the latest first."""
    return tuple(dict.fromkeys(one.replace(second=0, microsecond=0) for one in (moment, moment - _LATE)))


def _is(one: Heading | Comment, words: str) -> bool:
    return isinstance(one, Heading) and _bare(one.words) == _bare(words)


def _bare(words: str) -> str:
    """What two ways of writing a heading have in common: its letters and digits."""
    plain = unescape(_TAG.sub("", _LABEL.sub(r"\1", words)))
    return re.sub(r"[\W_]+", "", plain).casefold()
