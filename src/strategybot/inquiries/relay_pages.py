"""The pages on which relays are filed, and what each has held, revision by revision.

A page is known by the title at which it was made for relays. Wherever somebody moves it from there, its past goes
with it, and nothing is withdrawn; what else a redirect leads to is another page's matter. Who moves a page to such a
title lends its words no other page's history, unless the mover may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from strategybot.inquiries.authority import is_move, is_redirect, revisions_until
from strategybot.inquiries.moves import way_from
from strategybot.model.page import Move, Page, Revision, Title
from strategybot.model.process import Process
from strategybot.reading.answers import answers_in_confidence
from strategybot.reading.confidence import is_marked
from strategybot.reading.feedback import entries_in_confidence
from strategybot.reading.relay import Filed, read_relays
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow, PagesUnder

_MOST_REVISIONS = 5000
"""How far back a page's history is followed."""

_KEPT = timedelta(days=400)

Form = tuple[Filed, ...]


@dataclass(frozen=True)
class Past:
    """What a page of relays held, newest first: its revisions, and a form for each, None where it is hidden.

    `asked` is the title by which it is known, `title` where it stands now. `moved` is how often it was moved from the
    one to the other. `ended` says that nothing lies behind the last revision.
    """

    asked: Title
    title: Title
    revisions: Sequence[Revision]
    forms: Sequence[Form | None]
    ended: bool
    moved: int = 0

    @property
    def standing(self) -> Form:
        """What it holds now, so far as that can be seen."""
        return next(iter(self.forms), None) or ()

    @cached_property
    def moves(self) -> list[int]:
        """The numbers of those revisions by which the page may have come to its title from another."""
        return [number for number, pair in enumerate(pairwise(self.revisions)) if is_move(*pair)][self.moved :]

    def ids(self) -> tuple[str, ...]:
        """The ids of all relays that ever stood there, the newest first."""
        return tuple(dict.fromkeys(one.id for form in self.forms for one in form or ()))

    def about(self, id: str) -> Iterator[tuple[int, Form | None]]:  # noqa: A002  # what people call it
        """The forms with those relays only that have an id, each with its number."""
        for number, form in enumerate(self.forms):
            yield number, None if form is None else tuple(one for one in form if one.id == id)


@dataclass(frozen=True)
class Pages:
    """The pages of relays: the pasts of those that are to be judged, and the ids that stand on the others."""

    pasts: tuple[Past, ...]
    taken: Mapping[str, Title]


def pages_of(process: Process, settled: Mapping[Title, int], known: Mapping[str, Title]) -> Job[Pages]:
    """All pages of relays. `settled` are those of which nothing is to be judged anew as long as they have a revision.

    `known` are the pages where relays stood once, by their ids: such a page may have left its title.
    """
    listed = yield from ask(PagesUnder(process.relays))
    titles = dict.fromkeys((*filter(process.is_relay_page, listed), *sorted(known.values())))
    pages = yield from together(ask(PageNow(title)) for title in titles)
    left = _titles_left(process, {page.asked: page for page in pages}, known)
    pages += yield from together(ask(PageNow(title)) for title in left)
    taken: dict[str, Title] = {}
    for page in pages:
        if page.revision and _is_settled(page, settled):
            taken |= {one.id: page.asked for one in _read(process, page.asked, page.revision) or ()}
    at_home = yield from _at_home([page for page in pages if not _is_settled(page, settled)])
    pasts = yield from together(_past(process, page, way) for page, way in at_home)
    return Pages(tuple(past for past in pasts if past.revisions), taken)


def _titles_left(process: Process, pages: Mapping[Title, Page], known: Mapping[str, Title]) -> list[Title]:
    """The titles that gave relays their ids, and which their pages have left without a redirect."""
    moved = {name: page for name, page in known.items() if page not in (process.relays, process.relays.under(name))}
    read = {name: _read(process, page, newest) for name, page in moved.items() if (newest := pages[page].revision)}
    nameless = [name for name in moved if name not in {one.id for one in read.get(name) or ()}]
    return [title for name in sorted(nameless) if (title := process.relays.under(name)) not in pages]


def _is_settled(page: Page, settled: Mapping[Title, int]) -> bool:
    return page.revision is not None and not page.redirected and settled.get(page.asked) == page.revision.id


def _at_home(pages: Sequence[Page]) -> Job[list[tuple[Page, tuple[Move, ...]]]]:
    """Each page by the title from which it has come the longest way, and that way."""
    ways: dict[Title, tuple[Move, ...]] = {}
    for _ in range(2):  # where a page has come to, it may have stood before it went
        ends = {way[-1].target for way in ways.values() if way}
        moved = [one.asked for one in pages if one.redirected or one.revision is None or one.asked in ends]
        wanted = [title for title in moved if title not in ways]
        found = yield from together(way_from(title) for title in wanted)
        ways |= dict(zip(wanted, found, strict=True))
    longest: dict[Title, tuple[Move, ...]] = {}
    for way in ways.values():
        if way and len(way) > len(longest.get(way[-1].target, ())):
            longest[way[-1].target] = way
    lasts = [(page, ways.get(page.asked, ())) for page in pages]
    return [(page, way) for page, way in lasts if way == longest.get(way[-1].target if way else page.asked, way)]


def _past(process: Process, page: Page, way: Sequence[Move]) -> Job[Past]:
    revisions, ended = yield from _walked(process, page.asked, page.asked)
    has_left = not revisions or (ended and is_redirect(revisions[-1]))
    if not way and (has_left or any(is_move(*pair) for pair in pairwise(revisions))):
        way = yield from way_from(page.asked)
    title = page.asked
    if way and has_left:
        title = way[-1].target
        behind, ended = yield from _walked(process, title, page.asked)
        revisions = [*revisions[:-1], *behind]
    forms = [_read(process, page.asked, one) for one in revisions]
    moved = len(way) if way and way[-1].target == title else 0
    return Past(page.asked, title, revisions, forms, ended, moved)


def _walked(process: Process, title: Title, name: Title) -> Job[tuple[list[Revision], bool]]:
    """As much of a page's history as can matter now, newest first, and whether it ends there.

    What was taken away more than a year before the page's last change has been taken away for good.
    """
    page = yield from ask(PageNow(title))
    newest = page.revision
    if page.title == title and (newest is None or not newest.parent):
        return [newest] if newest else [], True
    revisions: list[Revision] = []
    while len(revisions) < _MOST_REVISIONS:
        lot = yield from revisions_until(title, None, revisions[-1].id if revisions else None, limit=None)
        revisions += lot
        if not lot or not lot[-1].parent:
            return revisions, True
        standing, oldest = _read(process, name, revisions[0]) or (), _read(process, name, revisions[-1]) or ()
        if revisions[-1].time < revisions[0].time - _KEPT and not {o.id for o in standing} & {o.id for o in oldest}:
            break
    return revisions, False


def in_confidence(process: Process) -> Job[list[tuple[Page, str]]]:
    """What bears a mark of confidence now: each relay by its id, each answer to one, and what is said of feedback.

    Where nothing of that stands on a page of relays, what is marked there is known by no name. A page is there for each
    of the titles by which it is reached.
    """
    listed = yield from ask(PagesUnder(process.relays))
    titles = [title for title in listed if process.is_relay_page(title)]
    pages, entered = yield from both(together(ask(PageNow(title)) for title in titles), ask(PageNow(process.feedback)))
    here = [(page, page.revision) for page in pages if page.revision]
    return [
        *((page, one) for page, newest in here if is_marked(page.text) for one in _matters(process, page, newest)),
        *(
            (entered, f"outcome {name}")
            for name in entries_in_confidence(entered.text, process.template("Feedback outcome"))
        ),
    ]


def _matters(process: Process, page: Page, newest: Revision) -> list[str]:
    """What bears a mark of confidence on a page that does."""
    relays = [f"relay {one.id}" for one in _all(process, page.asked, newest) if one.in_confidence]
    answers = answers_in_confidence(page.text, process.template("Answer"))
    return [*dict.fromkeys((*relays, *(f"answer {one.relay} {one.group}" for one in answers)))] or ["relay"]


def _read(process: Process, title: Title, revision: Revision) -> Form | None:
    """The relays in a revision, None where it is hidden. What bears a mark of confidence is as if it weren't there."""
    if revision.text is None:
        return None
    return tuple(_named(one) for one in _all(process, title, revision) if not one.in_confidence)


def _all(process: Process, title: Title, revision: Revision) -> Form:
    name = title.text.removeprefix(f"{process.relays.text}/") if title != process.relays else ""
    return read_relays(revision.text or "", process.template("Relay"), name, process.template("Answer"))


def _named(one: Filed) -> Filed:
    """The same with its id as it is in a title, where some signs are gone: ids with the same page are the same."""
    return replace(one, id=Title(f"X/{one.id}").text.removeprefix("X/"))
