"""In confidence: what people file with a mark of that is copied nowhere, and the contact is told by mail.

Nothing about it goes on a page, into a summary, a problem or a log: not even that there is something. The letter has
the link and says how to have it hidden. It goes out once for each page and meeting, however often the page is edited.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from strategybot.config import contact_of
from strategybot.inquiries.reader import Reader
from strategybot.inquiries.relay_pages import in_confidence
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import gathered
from strategybot.jobs.ledger import MOST_KEYS, entries, key_of, ledger_of, unsettled
from strategybot.jobs.plan import Letter, Plan
from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import OwnOptions, PageNow

_NOBODY = "There is something to tell in confidence, and nobody to tell: {page} names no account under “contact”."

Confidence = tuple[Page, str]
"""A page that bears a mark of confidence, and by what that is known there: for which meeting it is, or which relay.

The page is known by the title where people file, wherever they move it from there.
"""


def told_in_confidence(process: Process, found: Collection[Confidence]) -> Job[Plan]:
    """The letter about those of which the contact hasn't been told, or none; and notes for the operator."""
    if not found:
        return Plan()
    contact = contact_of(process)
    if not contact:
        return Plan(notes=(_NOBODY.format(page=process.page),))
    ledger = ledger_of(process, "confidence")
    noted = entries((yield from ask(OwnOptions(ledger))))
    told = frozenset(key for entry in noted for key in entry.keys)
    keys = {key_of(page.asked, f"confidence {matter}"): page for page, matter in found}
    known = _known(keys, told)
    untold = dict([one for one in keys.items() if one[1].title not in known and one[0] not in told][:MOST_KEYS])
    revisions = sorted({page.revision.id for page in untold.values() if page.revision})
    letter = Letter(
        to=contact,
        language=process.languages[0],
        revisions=tuple(revisions),
        left=(),
        ledger=ledger,
        keys=tuple(untold),
        known=frozenset(keys),
        in_confidence=True,
    )
    return Plan(letters=(letter,) if untold else (), notes=unsettled(noted, letter.known, contact))


def _known(keys: Mapping[str, Page], told: Collection[str]) -> frozenset[Title]:
    """The pages of which all was told under one of the titles by which they are reached: they were moved since."""
    ways: dict[tuple[Title, Title], bool] = {}
    for key, page in keys.items():
        way = page.title, page.asked
        ways[way] = ways.get(way, True) and key in told
    return frozenset(title for (title, _), is_told in ways.items() if is_told)


def filed_in_confidence(process: Process, now: datetime) -> Job[list[Confidence]]:
    """What groups filed in confidence for the next meeting or the last one."""
    meetings = process.body.meetings
    near = [one for last in (meetings.latest(now), meetings.following(now)) if last for one in gathered(process, last)]
    lots = yield from together(_of_group(process, group, near) for group in process.body.groups)
    return [one for lot in lots for one in lot]


def relayed_in_confidence(process: Process) -> Job[list[Confidence]]:
    """What was to be passed on in confidence."""
    if process.relaying is None:
        return []
    return (yield from in_confidence(process))


def _of_group(process: Process, group: Group, meetings: Sequence[Meeting]) -> Job[list[Confidence]]:
    roster = yield from roster_of(process, group)
    shared = process.updates(roster.group)
    places = [
        *((shared, meeting) for meeting in meetings[-1:]),
        *((process.update(roster.group, one), one) for one in meetings),
    ]
    pages = yield from together(ask(PageNow(title)) for title, _ in places)
    readers = [
        Reader(process, meeting, page, in_sections=page.asked == shared)
        for page, (_, meeting) in zip(pages, places, strict=True)
    ]
    return [
        (one.page, date) for one in readers if one.page.revision for date in sorted(one.confidences(one.page.revision))
    ]
