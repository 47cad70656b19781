"""Planning time for 9, 90 and 900 groups, beside bare mwparserfromhell parsing of the same pages."""

from __future__ import annotations

import time
from collections.abc import Callable

import mwparserfromhell

from benchmarks.crowd import NOW, pages
from strategybot.reading.filing import read_filings
from strategybot.reading.roster import read_roster
from strategybot.session import Session
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wikitext.calls import calls, templates

Figures = dict[str, dict[str, float]]
REPEATS = 3


def scale() -> Figures:
    """`plan_seconds` and `parse_seconds` by the number of groups, each the best of a few."""
    return {str(groups): _measure(groups) for groups in (9, 90, 900)}


def _measure(groups: int) -> dict[str, float]:
    saved = pages(groups)
    wiki = EmbeddedWiki(":memory:", clock=lambda: NOW)
    for page in saved:
        wiki.edit(page.title, page.text, page.user, time=page.time)
    return {
        "plan_seconds": _best(lambda: _planned(wiki)),
        "parse_seconds": _best(lambda: [mwparserfromhell.parse(page.text) for page in saved]),
    }


def _planned(wiki: EmbeddedWiki) -> None:
    """Plan as a process does that has just started, with nothing remembered."""
    for reader in (read_filings, read_roster, calls, templates):
        reader.cache_clear()
    Session(wiki, now=NOW, dry_run=True).run()


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return round(min(times), 4)
