"""The pages that show how it stands with relays, and by which later runs remember what they need not ask again.

`Relays/Status` lists all relays, those that are long over on pages for their years (`Relays/Status/2027`), and each has
its page, `Relays/Status/<id>`. All of it can be worked out anew from what proves it; so a page that is lost
or spoiled loses time and nothing else. What people write on these pages is carried along, and is never believed.

- A relay that is over keeps its row as it is, and its page isn't written again, as long as its words are the same and
  none of the revisions that brought them is hidden. (What stands on a year's page isn't looked after any more.)
- A page of relays is settled in a revision in which nothing on it was open any more: then its history isn't asked for.
- What the lists know and nobody tells of stays in them as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from strategybot.jobs.carrying import carried, own_text
from strategybot.jobs.discretion import discreet
from strategybot.jobs.plan import Edit, Plan, joined
from strategybot.model.memory import Remembered
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import Process
from strategybot.model.relay import Relay, Stage, State
from strategybot.reading.memory import Row, Settled, read_rows, read_settled, read_threads, read_years, shows_words
from strategybot.reading.relay import is_id
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import History, PageNow, PagesUnder, RevisionById
from strategybot.writing.relay_status import (
    OVER,
    Binding,
    Leaf,
    fingerprint,
    relay_page,
    relays_page,
    status_title,
)
from strategybot.writing.texts import Texts

# --- The proof of a preview


def preview_mark(relay: Relay) -> str:
    """What the summary of a relay's page says when the page shows exactly these words, for exactly these parties."""
    return f"(preview {fingerprint(relay)})"


def previewed(revisions: Iterable[Revision], relay: Relay) -> datetime | None:
    """When the bot first showed a relay as it is, by its contributions (newest first); None where it hasn't yet."""
    mark = preview_mark(relay)
    return next((one.time for one in reversed(list(revisions)) if mark in (one.summary or "")), None)


# --- The memory


@dataclass(frozen=True)
class Shelf:
    """What the bot's lists remember: the relays by their ids, and the pages of relays that are settled."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    settled: Mapping[Title, int] = field(default_factory=dict)
    pages: Mapping[Title, Page] = field(default_factory=dict)
    records: tuple[Settled, ...] = ()

    def is_over(self, relay: Relay) -> bool:
        """Whether a relay that counts was closed in these very words before, so that nothing of it need be asked."""
        row = self.rows.get(relay.id)
        counts = relay.stage in (Stage.VALID, Stage.CLOSED) and bool(relay.versions)
        return counts and row is not None and row.state is State.CLOSED and row.words == fingerprint(relay)


def shelf_of(process: Process, now: datetime) -> Job[Shelf]:
    """What the bot's own lists of relays say."""
    page, text = yield from _own(process, process.relay_status)
    years = sorted({*read_years(process, text), *usual_years(process, now)})
    others = yield from together(_own(process, process.relay_status.under(year)) for year in years)
    own = yield from _checked(process, read_rows(process, text))
    rows = {row.id: row for row in (*(row for _, one in others for row in read_rows(process, one)), *own)}
    records = tuple(one for one in read_settled(process, text) if _is_settled(one, rows.values()))
    rows |= yield from _unlisted(process, rows)
    pages = {one.asked: one for one in (page, *(one for one, _ in others))}
    return Shelf(rows, {one.page: one.seen for one in records}, pages, records)


def usual_years(process: Process, now: datetime) -> Iterator[str]:
    """The years for which there may be a list, whether another says so or not."""
    return map(str, range(process.body.meetings.schedule.first.year - 1, now.year + 1))


def _unlisted(process: Process, rows: Collection[str]) -> Job[dict[str, Row]]:
    """The relays that have a page of the bot's with their words, but no row: a run was killed, or the list is gone."""
    beginning = f"{process.relay_status.text}/"
    listed = yield from ask(PagesUnder(process.relays))
    names = [title.text.removeprefix(beginning) for title in listed if title.text.startswith(beginning)]
    leaves = [name for name in names if name not in rows and is_id(name)]
    found = yield from together(_own(process, process.relay_status.under(name)) for name in leaves)
    made = [(name, page) for name, (page, text) in zip(leaves, found, strict=True) if shows_words(process, text)]
    histories = yield from together(ask(History(page.title, limit=None)) for _, page in made)
    return {
        name: Row(name, State.WAITING, process.relays.under(name), history[-1].time)
        for (name, _), history in zip(made, histories, strict=True)
        if history
    }


def memory_of(process: Process, relays: Iterable[str]) -> Job[Mapping[str, tuple[Remembered, ...]]]:
    """What the pages of these relays (ids) remember of answers."""
    ids = tuple(dict.fromkeys(relays))
    found = yield from together(_threads(process, name) for name in ids)
    return dict(zip(ids, found, strict=True))


def _threads(process: Process, relay: str) -> Job[tuple[Remembered, ...]]:
    title = status_title(process, relay)
    if title is None:
        return ()
    _, text = yield from _own(process, title)
    return read_threads(process, text, relay)


def _own(process: Process, title: Title) -> Job[tuple[Page, str]]:
    """A page, and what it would read had nobody but the bot changed it: nothing, where that can't be known."""
    page = yield from ask(PageNow(title))
    own = yield from own_text(page, process.bot)
    return page, own.text if own else ""


def _checked(process: Process, rows: Sequence[Row]) -> Job[list[Row]]:
    """The rows of a list, as over only where nothing more is to be done: a page may have kept words of what is gone."""
    hidden, kept = yield from both(_hidden(rows), _keeping(process, rows))
    return [
        replace(row, state=State.WAITING) if row.id in kept or not hidden.isdisjoint(row.versions) else row
        for row in rows
    ]


def _hidden(rows: Iterable[Row]) -> Job[frozenset[int]]:
    """The revisions that brought words of closed relays, and whose text is hidden or deleted now."""
    numbers = sorted({number for row in rows if row.state is State.CLOSED for number in row.versions})
    found = yield from together(ask(RevisionById(number)) for number in numbers)
    return frozenset(number for number, one in zip(numbers, found, strict=True) if one is None or one.text is None)


def _keeping(process: Process, rows: Iterable[Row]) -> Job[frozenset[str]]:
    """The withdrawn relays (ids) whose own pages still show words, since they couldn't be written."""
    gone = [
        (row.id, title) for row in rows if row.state is State.WITHDRAWN and (title := status_title(process, row.id))
    ]
    pages = yield from together(ask(PageNow(title)) for _, title in gone)
    return frozenset(name for (name, _), page in zip(gone, pages, strict=True) if shows_words(process, page.text))


def _is_settled(record: Settled, rows: Iterable[Row]) -> bool:
    """Whether all relays of a page are remembered, as over."""
    here = [row for row in rows if row.page == record.page]
    return len(here) == record.relays and all(row.is_over for row in here)


# --- The pages

MOST_RECENT = 50
"""How many of this year's relays that are over stand in the list of all, so that the wiki can always show it."""


def status_edits(process: Process, shelf: Shelf, leaves: Sequence[Leaf], now: datetime) -> Job[Plan]:
    """The plan for the pages about relays; `leaves` are all relays but those on settled pages."""
    desk = _Desk(process, shelf, leaves, now)
    titles = [status_title(process, leaf.relay.id) for leaf in desk.fresh]
    pages = yield from together(_page(title) if title else known(None) for title in titles)
    own = {leaf.relay.id: page for leaf, page in zip(desk.fresh, pages, strict=True) if page}
    edits = [edit for leaf in desk.fresh if (page := own.get(leaf.relay.id)) and (edit := desk.edit(leaf, page))]
    told = yield from _finished(process, edits, own.values())
    stale = {one.page.asked for one in told.edits if one.text != one.page.text}
    lists = yield from _finished(process, desk.lists(stale), [shelf.pages[process.relay_status]])
    return joined([told, lists])


def _finished(process: Process, edits: Iterable[Edit], pages: Collection[Page]) -> Job[Plan]:
    """The plan for some pages, with what people changed on them, and with what there is to say about hidden words."""
    plan = yield from carried(process, Plan(tuple(edits)))
    return (yield from discreet(process, plan, pages))


def _page(title: Title) -> Job[Page | None]:
    return (yield from ask(PageNow(title)))


@dataclass(frozen=True)
class _Desk:
    """What the pages about relays are written from."""

    process: Process
    shelf: Shelf
    leaves: Sequence[Leaf]
    now: datetime

    @property
    def fresh(self) -> list[Leaf]:
        """The relays whose pages may need writing: one of an id."""
        first = {leaf.relay.id: leaf for leaf in reversed(self.leaves) if not self._is_kept(leaf)}
        return [leaf for leaf in self.leaves if first.get(leaf.relay.id) is leaf]

    def edit(self, leaf: Leaf, page: Page) -> Edit | None:
        """The edit of a relay's page; None where nothing of it counts, and nothing stands there."""
        if not (leaf.relay.versions or page.exists):
            return None
        words = Texts(self.process.languages[0]).say("summary-relay-status")
        summary = f"{preview_mark(leaf.relay)} {words}" if leaf.relay.versions and not leaf.is_withdrawn else words
        return Edit(page, relay_page(self.process, leaf), summary)

    def lists(self, stale: Collection[Title]) -> list[Edit]:
        """The edits of the lists of relays. Relays' own pages that are `stale` may stay so."""
        here: dict[str, list[Leaf | Row]] = {}
        recent = 0
        for one in self._all():
            year = _since(one)[0].year if _is_over(one) else None
            recent += year == self.now.year
            is_old = year is not None and (year < self.now.year or recent > MOST_RECENT)
            here.setdefault(str(year) if is_old else "", []).append(one)
        own = self.process.relay_status
        standing = (title.text for title, page in self.shelf.pages.items() if page.exists and title != own)
        years = sorted({*here, *(title.rpartition("/")[2] for title in standing)} - {""}, reverse=True)
        settled = self._settled(stale)
        first = self._list(own, here.get("", ()), years, settled) if self.shelf.pages[own].exists or here else None
        return [
            *([first] if first else []),
            *(self._list(own.under(one), here.get(one, ()), year=one) for one in years),
        ]

    def _list(
        self,
        title: Title,
        here: Sequence[Leaf | Row],
        years: Sequence[str] = (),
        settled: Sequence[Settled] = (),
        year: str = "",
    ) -> Edit:
        current = [one for one in here if isinstance(one, Leaf) and not _is_over(one)]
        over = [one for one in here if one not in current]
        text = relays_page(self.process, Binding(title, current, over, year, years, settled))
        words = Texts(self.process.languages[0]).say("summary-relays", str(len(current)))
        return Edit(self.shelf.pages.get(title) or Page(title, title), text, words)

    def _all(self) -> list[Leaf | Row]:
        """All relays, newest first: those that are told, and those that only the lists know."""
        told = {leaf.relay.id for leaf in self.leaves}
        rows = self.shelf.rows
        found: list[Leaf | Row] = [rows[one.relay.id] if self._is_kept(one) else one for one in self.leaves]
        found += [row for name, row in rows.items() if name not in told]
        return sorted(found, key=_since, reverse=True)

    def _is_kept(self, leaf: Leaf) -> bool:
        """Whether a relay's row stays as it is."""
        return leaf.dispatch.state is State.CLOSED and self.shelf.is_over(leaf.relay)

    def _settled(self, stale: Collection[Title]) -> tuple[Settled, ...]:
        """The pages on which nothing is open any more, and of whose relays the bot's own pages tell that already.

        A title from which one page of relays was moved away, and at which another stands since, is none of them.
        """
        here: dict[Title, list[Leaf]] = {}
        for leaf in self.leaves:
            here.setdefault(leaf.relay.page, []).append(leaf)
        made = (
            Settled(page, some[0].relay.revid, len(some))
            for page, some in here.items()
            if some[0].relay.revid and len({one.relay.revid for one in some}) == 1
            if all(_is_over(one) and status_title(self.process, one.relay.id) not in stale for one in some)
        )
        told = {leaf.relay.id for leaf in self.leaves}
        elsewhere = {row.page for name, row in self.shelf.rows.items() if name not in told}
        before = {one.page: one for one in self.shelf.records if one.page in elsewhere - here.keys()}
        found = {**before, **{one.page: one for one in made}}
        return tuple(found[page] for page in sorted(found))


def _is_over(one: Leaf | Row) -> bool:
    return one.is_over if isinstance(one, Row) else one.dispatch.state in OVER


def _since(one: Leaf | Row) -> tuple[datetime, str]:
    return (one.since, one.id) if isinstance(one, Row) else (one.relay.first.replace(microsecond=0), one.relay.id)
