"""What waits for whom, from what the other jobs ask anyway, and the page that shows it person by person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from strategybot.inquiries.accounts import accounts_of
from strategybot.inquiries.minutes import minuted
from strategybot.inquiries.people import People, people_of
from strategybot.jobs.plan import Edit
from strategybot.jobs.registers import kept
from strategybot.model.body import Body, Group
from strategybot.model.meeting import Meeting
from strategybot.model.minuted import Minuted
from strategybot.model.page import Page
from strategybot.model.process import Process
from strategybot.model.waiting import Matter, Part, Waiting, owners, unapproved
from strategybot.wiki.asking import Job, both, together
from strategybot.writing.pages import waiting_page
from strategybot.writing.texts import Texts


@dataclass(frozen=True)
class Bodies:
    """What waits in the bodies of a process, and who belongs to each, by the bodies' names."""

    matters: tuple[Matter, ...]
    people: Mapping[str, People]

    def audience(self, body: Body, minutes: Minuted, among: Iterable[str], now: datetime) -> tuple[str, ...]:
        """Those of some people for whom minutes of a body wait, by name.

        Who takes them is to write them, or else the coordinators; all who belong to the body approve them.
        """
        people = self.people[body.name]
        if minutes.stage.is_awaited and people.belongs(minutes.taker, now):
            return (minutes.taker,)
        concerned = people.coordinates if minutes.stage.is_awaited else people.belongs
        return tuple(sorted(person for person in among if concerned(person, now)))


def bodies(process: Process, now: datetime) -> Job[Bodies]:
    """What waits in all bodies of a process."""
    found = yield from together(_in_body(process.seen_from(body), now) for body in process.bodies)
    return Bodies(tuple(matter for matter, _ in found), {matter.body.name: people for matter, people in found})


def _in_body(process: Process, now: datetime) -> Job[tuple[Matter, People]]:
    (registers, minutes), people = yield from both(both(kept(process, now), minuted(process, now)), people_of(process))
    body = process.body
    home = Group(body.name, body.page if body.group else process.own(body.page))
    return Matter(body, home, process.action_items, registers.items.open, unapproved(minutes, now)), people


def by_person(process: Process, waiting: Waiting, found: Bodies) -> Job[tuple[Part, ...]]:
    """What waits for each coordinator, the core team, and whoever else owns an open item and has an account."""
    now = waiting.now
    people = {name for one in waiting.rosters for name in one.names.coordinating(now)} | process.core_team
    others = sorted(owners(found.matters) - people)
    accounts = yield from accounts_of(others, now)
    people |= {name for name in others if accounts[name].counts}
    return waiting.parts(people, lambda body, minutes: found.audience(body, minutes, people, now))


def waiting_edit(process: Process, page: Page, parts: tuple[Part, ...], meeting: Meeting | None) -> Edit:
    """The edit of the page that shows what waits for each person; `meeting` is the one that updates are missing for."""
    summary = Texts(process.languages[0]).say(
        "summary-waiting", str(len({name for part in parts for name in part.people}))
    )
    return Edit(page, waiting_page(process, parts, meeting), summary)
