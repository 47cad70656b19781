"""Where the bot writes: the pages of its processes, and the talk pages on which groups are written to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from itertools import chain

from strategybot.inquiries.agendas import agendas_of
from strategybot.inquiries.rosters import roster_of
from strategybot.model.page import Title
from strategybot.model.process import Process, trial_root
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import HistorySince, PagesUnder
from strategybot.wikitext.summaries import run_of


def pages_of(processes: Collection[Process]) -> Job[frozenset[Title]]:
    """The pages of all bodies, agendas and others, and the talk pages of the groups, as far as they are known now.

    Those of a process on trial, and those that it had before.
    """
    everywhere = [*processes, *(replace(process, trial=False) for process in processes if process.trial)]
    seen = [process.seen_from(body) for process in everywhere for body in process.bodies]
    (agendas, below), talks = yield from both(
        both(together(agendas_of(process) for process in seen), together(_below(process) for process in seen)),
        together(_talks(process) for process in everywhere),
    )
    kept = (title for process in everywhere for _, title in process.kept)
    return frozenset(chain(*agendas, *below, *talks, kept))


def _below(process: Process) -> Job[tuple[Title, ...]]:
    """The pages of earlier years that a body's registers have, and those of the relays."""
    registers = process.action_items, process.decisions, *([process.relay_status] if process.relaying else [])
    found = yield from together(ask(PagesUnder(Title(f"{title.text}/", title.wiki))) for title in registers)
    return tuple(chain(*found))


def _talks(process: Process) -> Job[frozenset[Title]]:
    """The talk pages of the groups' pages, and those that the groups name."""
    rosters = yield from together(roster_of(process, group) for group in process.groups)
    named = (Title(roster.names.talk) for roster in rosters)
    wanted = {title for title in named if title.legal and title.talk == title}
    return frozenset(process.own(title) for title in wanted.union(roster.group.page.talk for roster in rosters))


def is_own(processes: Collection[Process], bot: str, pages: Collection[Title], title: Title) -> bool:
    """Whether a title is one at which the bot writes; `pages` are those that are known.

    The status page isn't meant, which is made anew by each run.
    """
    seen = [replace(process, trial=False).seen_from(body) for process in processes for body in process.bodies]
    places = [one.agendas.text for one in seen]
    below = [one.archive for one in seen] + [one.action_items for one in seen] + [one.decisions for one in seen]
    below += [one.relay_status for one in seen if one.relaying]
    places += [f"{title.text}/" for title in below]
    places += [f"{space}:{process.templates}" for process in processes for space in ("Template", "Module")]
    return title in pages or title.text.startswith((f"{trial_root(bot)}/", *places))


def nameless(run: str, begun: datetime, pages: Collection[Title]) -> Job[frozenset[Title]]:
    """Those of some pages where an edit since then (UTC) hides who made it, and names the run or hides that as well."""
    histories = yield from together(ask(HistorySince(page, begun)) for page in sorted(pages))
    return frozenset(
        page
        for page, history in zip(sorted(pages), histories, strict=True)
        if any(one.user is None and (one.summary is None or run_of(one.summary) == run) for one in history)
    )
