"""Answers to a relay: who replied below the bot's posts, or answered by the template, and for which group it counts.

It counts for a group if its author coordinates it or is a member, now or when it was said. On a group's own page that
is this group, where the author belongs to it; else, and on all other pages, each group to which the author belongs. A
call of the template that names a group counts for that one or for none. What anybody else says is told, and counts for
none.

What was read once is remembered by the page's revision. Where a thread is nowhere to be found, what was read of it
still counts: nobody has taken it back. What is missing from a thread that is there was taken back, whoever did it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from strategybot.inquiries.people import members_of
from strategybot.inquiries.provenance import origins
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.threads import Standing, is_by, proven, thread_of
from strategybot.model.body import Group
from strategybot.model.memory import Remembered
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.model.relay import Answer, Relay
from strategybot.reading.answers import Said, read_answers
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import PageNow

_MOST_MEETINGS = 3
"""For how many meetings, the next one among them, updates are read that may hold answers."""

Found = tuple[tuple[Answer, ...], tuple[Remembered, ...]]


Parents = Mapping[int, int]
"""The numbers of the bot's own revisions, each with that of the one before it on its page."""


def answers_to(
    process: Process,
    relay: Relay,
    posts: Sequence[Standing],
    remembered: Sequence[Remembered],
    now: datetime,
    *,
    own: Parents,
) -> Job[Found]:
    """All answers to a relay, oldest first, and what is to be remembered of them.

    `posts` are the bot's posts of it, `remembered` is what this gave before. A page that nobody but the bot has changed
    since costs no request beside the one for all pages.
    """
    threads, calls = yield from both(
        _in_threads(process, posts, remembered, own), _in_templates(process, relay, remembered, own, now)
    )
    found = (*threads, *calls)
    answers = dict.fromkeys(answer for one in found for answer in one.answers)
    return tuple(sorted(answers, key=lambda one: (one.time, one.user, one.group))), found


def _still(own: Parents, before: Remembered | None, page: Page) -> Remembered | None:
    """What is remembered of a page, None where somebody else than the bot has changed it since."""
    if before is None or page.revision is None or before.page != page.title:
        return None
    number = page.revision.id
    while number != before.seen and number in own:
        number = own[number]
    return before if number == before.seen else None


# --- Below the posts


def _in_threads(
    process: Process, posts: Sequence[Standing], known: Sequence[Remembered], own: Parents
) -> Job[tuple[Remembered, ...]]:
    by_post = {one.post: one for one in known if one.post}
    others = {post.page for post in posts}
    found = yield from together(_below(process, post, by_post.get(post.post), own, others) for post in posts)
    return tuple(one for one in found if one)


def _below(
    process: Process, post: Standing, known: Remembered | None, own: Parents, others: Collection[Title]
) -> Job[Remembered | None]:
    """The answers below one post; None where its thread was never found."""
    titles = dict.fromkeys((*([known.page] if known else []), post.page))
    pages = yield from together(ask(PageNow(title)) for title in titles)
    if still := _still(own, known or Remembered(post.post, pages[0].title, post.post), pages[0]):
        return (yield from _judged_again(process, still))
    place = yield from thread_of(process.bot, post, pages, others)
    if place is None or place.page.revision is None:
        return known
    title, held = place.page.title, known.answers if known else ()
    kept = [replace(one, page=title) for one in held if any(is_by(comment, one) for comment in place.comments)]
    fresh = [comment for comment in place.comments if not any(is_by(comment, one) for one in held)]
    brought = yield from proven(process.bot, post, fresh, {title, *(page.title for page in pages)})
    group = post.target.group.name if post.target.group and not post.target.person else ""
    new = yield from together(
        _judged(process, Answer(one.user or "", one.time, title, one.id), group) for one in dict.fromkeys(brought)
    )
    found = Remembered(post.post, title, place.page.revision.id, (*kept, *chain.from_iterable(new)))
    return (yield from _judged_again(process, found))


# --- By the template


def _in_templates(
    process: Process, relay: Relay, remembered: Sequence[Remembered], own: Parents, now: datetime
) -> Job[tuple[Remembered, ...]]:
    pages = yield from pages_with_answers(process, relay.page, relay.first, now)
    by_page = {one.page: one for one in remembered if not one.post}
    found = yield from together(
        known(still) if (still := _still(own, by_page.get(page.title), page)) else _on_page(process, relay, page, group)
        for page, group in pages
    )
    return tuple(one for one in found if one.answers)


def pages_with_answers(process: Process, place: Title, first: datetime, now: datetime) -> Job[list[tuple[Page, str]]]:
    """Where answers by the template count: the pages of relays, and the groups' updates since the relay was filed.

    It was filed on the page `place`, at the moment `first` (UTC). With each page goes the name of its group, empty for
    those that are everybody's.
    """
    rosters = yield from together(roster_of(process, group) for group in process.groups)
    meetings = process.body.meetings
    following = meetings.following(now)
    since = [*meetings.between(first, now), *([following] if following else [])][-_MOST_MEETINGS:]
    titles: dict[Title, str] = {process.relays: "", place: ""}
    for roster in rosters:
        updates = [process.updates(roster.group), *(process.update(roster.group, meeting) for meeting in since)]
        titles |= dict.fromkeys(updates, roster.group.name)
    pages = yield from together(ask(PageNow(title)) for title in titles)
    return [(page, titles[page.asked]) for page in pages]


def _on_page(process: Process, relay: Relay, page: Page, group: str) -> Job[Remembered]:
    """The answers to a relay that stand on a page, which is a group's or all groups'."""
    is_own = page.title == relay.page != process.relays

    def read(text: str) -> tuple[Said, ...]:
        found = read_answers(text, process.template("Answer"), relay.id if is_own else "")
        return tuple(one for one in found if one.relay == relay.id)

    def may(revision: Revision) -> Job[bool]:
        return bool((yield from _groups(process, revision.user, revision.time, (None, revision.time))))

    brought = yield from origins(page, read, may)
    lots = yield from together(
        _judged(
            process,
            Answer(revision.user, revision.time, page.title, revision.id, is_read=said.is_read),
            group,
            said.group,
        )
        for said, revision in ((said, one.revision) for said, one in brought.items())
        if revision.user
    )
    return Remembered(0, page.title, page.revision.id if page.revision else 0, tuple(chain.from_iterable(lots)))


# --- For which groups


def _judged(process: Process, answer: Answer, on: str, named: str = "") -> Job[tuple[Answer, ...]]:
    """An answer once for each group for which it counts, or as it is where it counts for none.

    `on` is the group on whose page it stands, `named` the one that it names; each is empty where there is none.
    """
    names = yield from _groups(process, answer.user, answer.time, (None, answer.time))
    own = [name for name in names if name.casefold() == (named or on).casefold()]
    return _for_each(answer, own or ([] if named else names))


def _judged_again(process: Process, found: Remembered) -> Job[Remembered]:
    """The same, where somebody whose answer counted for no group may have come to one since."""
    strange = [one for one in found.answers if not one.group]
    groups = yield from together(_groups(process, one.user, one.time, (None,)) for one in strange)
    counting = dict(zip(strange, groups, strict=True))
    return replace(found, answers=tuple(it for one in found.answers for it in _for_each(one, counting.get(one, ()))))


def _for_each(answer: Answer, groups: Sequence[str]) -> tuple[Answer, ...]:
    return tuple(replace(answer, group=name) for name in groups) or (answer,)


_Moments = tuple[datetime | None, ...]
"""As of when rosters are read (UTC); None is now."""


def _groups(process: Process, user: str | None, said: datetime, moments: _Moments) -> Job[tuple[str, ...]]:
    """The groups to which somebody belonged at one of those moments who said something."""
    found = yield from together(_belongs(process, group, user, said, moments) for group in process.groups)
    return tuple(group.name for group, belongs in zip(process.groups, found, strict=True) if belongs)


def _belongs(process: Process, group: Group, user: str | None, said: datetime, moments: _Moments) -> Job[bool]:
    """The same for one group: whether somebody coordinated it, or was a member."""
    for at in moments if user else ():
        roster = yield from roster_of(process, group, at)
        if roster.names.coordinates(user, said):
            return True
        members = yield from members_of(roster, at)
        if any(one.is_account and one.name == user for one in members):
            return True
    return False
