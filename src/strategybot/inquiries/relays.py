"""Relays with the authority of history: whose words each of them is, whether they may go out, and what keeps them.

Words are known to the letter. They count where somebody who may speak for their sender brought them to the page, and
they go out where they still stand as they were brought. What others bring, change or take away counts for nothing, but
it keeps from going out what hasn't gone yet. The approval is the core team's for exactly these words; what is withdrawn
or closed is so by the word of somebody who may. An id is theirs who, of all that may speak for the sender they name,
was the first to file it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from strategybot.inquiries.relay_cases import Case, cases_on
from strategybot.inquiries.relay_docket import things_in
from strategybot.inquiries.relay_pages import Past, pages_of
from strategybot.inquiries.rulings import Rulings
from strategybot.inquiries.vouching import CORE_TEAM, parts_on, seat_of
from strategybot.model.page import Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Party, Relay, Stage
from strategybot.reading.confidence import is_marked
from strategybot.reading.relay import sender_of
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import ImportedSince, PageNow, PagesUsing

MOST_STRAYS = 10
"""How many pages are told on which relays stand that nobody reads."""


def relays_of(
    process: Process,
    settled: Mapping[Title, int] = MappingProxyType({}),
    known: Mapping[str, Title] = MappingProxyType({}),
) -> Job[tuple[Relay, ...]]:
    """All relays, newest first, but for those on `settled` pages: these are as they were when they had that revision.

    `known` are the pages on which relays stood, by their ids: so one is found that was moved away. What stands neither
    there nor anywhere else was deleted or hidden, and so is withdrawn.
    """
    if process.relaying is None:
        return ()
    pages = yield from pages_of(process, settled, known)
    parts = yield from together(parts_on(process, _asked(process, past)) for past in pages.pasts)
    imports = (yield from ask(ImportedSince(process.beginning))) if pages.pasts else ()
    imported = {one.title for one in imports}
    found = [
        case
        for past, heard in zip(pages.pasts, parts, strict=True)
        for case in cases_on(process, past, heard, is_imported=not {past.asked, past.title}.isdisjoint(imported))
    ]
    kept = [_first(cases, pages.taken) for cases in _by_id(found).values()]
    kept = [_without_source(relay) if relay.id in known else relay for relay in kept]
    seated = yield from together(_seated(process, relay) for relay in kept)
    nowhere = known.keys() - {one.id for one in seated} - pages.taken.keys()
    gone = [Relay(name, known[name], None, Stage.WITHDRAWN, process.beginning) for name in sorted(nowhere)]
    return tuple(sorted((*seated, *gone), key=lambda relay: (relay.since or relay.first, relay.id), reverse=True))


def _without_source(relay: Relay) -> Relay:
    """A relay that once counted: where the revision that brought it is hidden now, it is withdrawn."""
    is_hidden = relay.stage is Stage.WAITING and relay.reason == "hidden" and not relay.versions
    return replace(relay, stage=Stage.WITHDRAWN, reason="") if is_hidden else relay


def _asked(process: Process, past: Past) -> Mapping[Party, list[Revision]]:
    """The revisions on which it depends what is from each party: where its relays changed, and where the page moved."""
    senders: dict[str, set[Party]] = {}
    for one in (one for form in past.forms for one in form or ()):
        senders.setdefault(one.id, set()).add(sender_of(one, process) or CORE_TEAM)
    numbers: dict[Party, set[int]] = {CORE_TEAM: set(past.moves)}
    for name, parties in senders.items():
        forms = [None if form is None else tuple(things_in(form)) for _, form in past.about(name)]
        turns = {*Rulings(past.revisions, forms, ended=True).turns(), *past.moves}
        for party in (*parties, CORE_TEAM):
            numbers.setdefault(party, set()).update(turns)
    return {party: [past.revisions[number] for number in sorted(some)] for party, some in numbers.items()}


# --- Ids


def _by_id(cases: Sequence[Case]) -> Mapping[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.relay.id, []).append(case)
    return found


def _first(cases: Sequence[Case], taken: Mapping[str, Title]) -> Relay:
    """The relay that has an id, of those that claim it on several pages; what is told of the others stands with it."""
    best = min(cases, key=lambda case: (case.kept is None, case.kept or case.relay.first))
    again = (case for case in cases if _goes_on(case.relay, best.relay))
    chosen = next(again, best) if best.relay.stage is Stage.WITHDRAWN else best
    others = [case.relay for case in cases if case is not chosen and case.relay.stage is not Stage.WITHDRAWN]
    told = [Problem("relay-id-twice", other.page, (other.id,), other.revid) for other in others]
    stood = frozenset[str]().union(*(case.relay.stood for case in cases))
    relay = replace(chosen.relay, problems=(*chosen.relay.problems, *told), stood=stood)
    if relay.id in taken and relay.stage is not Stage.WITHDRAWN:
        return _flawed(relay, Problem("relay-id-twice", relay.page, (relay.id,), relay.revid))
    return relay


def _goes_on(relay: Relay, other: Relay) -> bool:
    """Whether a relay that counts is one that its sender has taken from another page, to have it on this one."""
    return relay.stage in (Stage.VALID, Stage.CLOSED) and relay.sender == other.sender


def _flawed(relay: Relay, problem: Problem) -> Relay:
    return replace(relay, stage=Stage.FLAWED, versions=(), reason="", words=(), problems=(*relay.problems, problem))


def _seated(process: Process, relay: Relay) -> Job[Relay]:
    """The relay with what gave those who vouch for it their parts."""
    by = yield from together(seat_of(process, Party(one.part, one.name), one.source.user) for one in relay.vouchers)
    return replace(relay, vouchers=tuple(replace(one, by=seat) for one, seat in zip(relay.vouchers, by, strict=True)))


# --- Elsewhere


def strays(process: Process) -> Job[tuple[Problem, ...]]:
    """The pages on which somebody filed a relay that nobody reads, as they are no pages of relays."""
    if process.relaying is None:
        return ()
    template = Title(f"Template:{process.template('Relay')}")
    using = yield from ask(PagesUsing(template))
    ours = f"Template:{process.templates}".rstrip("/")
    places = [title for title in using if not process.is_relay_page(title) and not title.text.startswith(ours)]
    pages = yield from together(ask(PageNow(title)) for title in places[:MOST_STRAYS])
    told = [page.asked for page in pages if not is_marked(page.text)]  # of what is in confidence nobody tells
    return tuple(Problem("relay-elsewhere", title, (process.relays.text,)) for title in told)
