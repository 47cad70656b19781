"""Whether a text that a page of the bot's had before may stand there again.

What people have taken back since then stays taken back: what was hidden, deleted or withdrawn where it was filed, and
names of those who were renamed, have left or are on no roster any more. Only what doesn't stand on the page anyway
counts. In doubt the text isn't put back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from strategybot.inquiries.accounts import Fate, accounts_of
from strategybot.inquiries.rosters import roster_of
from strategybot.jobs.closing import meeting_in
from strategybot.jobs.discretion import shows_hidden
from strategybot.jobs.guard import has_lost
from strategybot.jobs.quotes import Quote, quotes
from strategybot.jobs.registers import kept
from strategybot.model.page import Page, Revision
from strategybot.model.process import Process
from strategybot.reading.filing import OTHER_FIELDS
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow, RevisionById
from strategybot.wikitext.calls import Call, called, calls
from strategybot.wikitext.neutral import given_back
from strategybot.wikitext.references import unescape

_HIDDEN = "The text from before the run shows what is hidden or deleted at its source by now."
_WITHDRAWN = "The text from before the run shows what was withdrawn where it was filed."
_NAMES = "The text from before the run names somebody who was renamed since, has left, or is on no roster now."
_UNKNOWN = "No configuration says whose pages these are, so that nobody knows what was withdrawn since."


def barred(processes: Collection[Process], page: Page, text: str, since: datetime, now: datetime) -> Job[str | None]:
    """Why a page mustn't read so again now as it did at a moment (UTC), in a sentence; None where it may.

    The templates in the text may have had another prefix.
    """
    if not text:
        return None
    if not processes:
        return _UNKNOWN
    (hidden, gone), withdrawn = yield from both(
        both(shows_hidden(text), _names_gone(processes, page, text, since)),
        both(_shows_withdrawn(processes, page, text), _shows_lost(processes, page, text, now)),
    )
    return _HIDDEN if hidden else _WITHDRAWN if any(withdrawn) else _NAMES if gone else None


# --- What was withdrawn


def _shows_withdrawn(processes: Collection[Process], page: Page, text: str) -> Job[bool]:
    """Whether something was withdrawn since of what a text quotes, and the page doesn't or not as often."""
    if _relayed(text) - _relayed(page.text):
        return True
    process = next(iter(processes))
    stands = Counter(quote.revid for quote in _quotes(process, page.text))
    found = _quotes(process, text)
    often = Counter(quote.revid for quote in found)
    more = [quote for quote in found if often[quote.revid] > stands[quote.revid]]
    heads = [call for call in _calls(text, "Agenda") if meeting_in(call)]
    if not more or not heads:
        return bool(more)
    own = [one for one in processes if _is_agenda(one, page)] or processes
    lost = yield from together(_has_lost(one, heads[0], more) for one in own)
    return any(lost)


def _relayed(text: str) -> frozenset[tuple[str, str]]:
    """The relays whose words a text shows, each with the fingerprint of these."""
    found = [call.fields for end in ("Relay row", "Relay head") for call in _calls(text, end)]
    return frozenset((one.get("id", ""), one["words"]) for one in found if one.get("words"))


def _has_lost(process: Process, head: Call, named: list[Quote]) -> Job[bool]:
    """Whether one of these sources of an agenda was moved away, or has lost something.

    The prefix of the templates and the topics were perhaps others then: the texts tell them.
    """
    meeting = meeting_in(head)
    pages, sources = yield from both(
        together(ask(PageNow(quote.page)) for quote in named),
        together(ask(RevisionById(quote.revid)) for quote in named),
    )
    revisions = [revision for revision in sources if revision]
    stay = [page.title == one.page for page, one in zip(pages, sources, strict=True) if one]
    if meeting is None or not all(stay):
        return True
    topics = dict.fromkeys((*process.topics, *(field for one in revisions for field in _fields(one))))
    then = replace(process, templates=head.name.removesuffix("Agenda"), topics=tuple(topics))
    return (yield from has_lost(then, meeting, named))


def _fields(revision: Revision) -> Iterator[str]:
    """The topics that the updates in a revision have."""
    for call in _calls(revision.text or "", "Update"):
        yield from (name for name in call.fields if name not in OTHER_FIELDS)


def _shows_lost(processes: Collection[Process], page: Page, text: str, now: datetime) -> Job[bool]:
    """Whether a text shows a decision or an action item in words that its register hasn't any more, nor the page."""
    words = _entries(text) - _entries(page.text)
    if not words:
        return False
    found = yield from together(kept(one.seen_from(body), now) for one in processes for body in one.bodies)
    entries = (entry for one in found for register in (one.items, one.decisions) for entry in register.entries.values())
    return not words <= {entry.text for entry in entries}


def _entries(text: str) -> frozenset[str]:
    """The words of the decisions and action items that a text shows."""
    found = (
        call.fields.get("text", "") for end in ("Action item", "Open item", "Decision") for call in _calls(text, end)
    )
    return frozenset(given_back(words.strip()) for words in found) - {""}


def _quotes(process: Process, text: str) -> list[Quote]:
    """What a text quotes, by calls of templates with any prefix."""
    ends = ("Report", "Source")
    prefixes = {name.removesuffix(end) for end in ends for name in called(text) if name.endswith(end)}
    found = (one for prefix in sorted(prefixes) for one in quotes(replace(process, templates=prefix), text))
    return [one for one in found if not one.waiting]


def _is_agenda(process: Process, page: Page) -> bool:
    """Whether a page is an agenda of the process, be it from when that was on trial, or wasn't."""
    places = tuple(replace(process, trial=trial).agendas.text for trial in (False, True))
    return page.title.text.startswith(places)


# --- Whom it names


def _names_gone(processes: Collection[Process], page: Page, text: str, since: datetime) -> Job[bool]:
    """Whether a text names somebody who isn't named on the page and has another name now, none, or no place."""
    standing = _seated(page.text) | _authors(page.text)
    seated, authors = _seated(text) - standing, _authors(text) - standing
    accounts, present = yield from both(
        accounts_of(sorted(seated | authors), since), _present(processes if seated else ())
    )
    return any(one.fate is not Fate.SAME for one in accounts.values()) or not seated <= present


def _present(processes: Collection[Process]) -> Job[frozenset[str]]:
    """All who stand on a roster now, or wait there, and the core teams."""
    rosters = yield from together(roster_of(process, group) for process in processes for group in process.groups)
    names = {name for one in rosters for name in (*one.names.coordinators, *(seat.name for seat in one.waiting))}
    return frozenset(names.union(*(process.core_team for process in processes)))


def _seated(text: str) -> frozenset[str]:
    """The names that stand in a text as those of a group's people."""
    found = (
        call.unnamed[0] for end in ("Member", "Person", "Waiting member") for call in _calls(text, end) if call.unnamed
    )
    return frozenset(unescape(name) for name in found) - {""}


def _authors(text: str) -> frozenset[str]:
    """The names that stand in a text as those of people who have filed or changed something."""
    found = (
        call.fields.get(field, "")
        for end in (
            "Report",
            "Source",
            "Missing",
            "Waiting member",
            "Relay head",
            "Relay row",
            "Relay by",
            "Relay answer",
        )
        for call in _calls(text, end)
        for field in ("user", "by")
    )
    return frozenset(unescape(name) for name in found) - {""}


def _calls(text: str, end: str) -> Iterator[Call]:
    """The calls of the template of that name, whatever its prefix."""
    for name in sorted(called(text)):
        if name.endswith(end):
            yield from calls(text, name)
