"""What a run costs in requests with 1, 12 and 36 months behind it: the past may not make it dearer.

A committee of three groups has met each month, with updates, minutes, action items and decisions. The run that is
measured is the one that reads the latest meeting's minutes; the one after it has nothing to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from strategybot.session import Session
from strategybot.wiki.embedded import EmbeddedWiki

MONTHS = (1, 12, 36)
ROOT = "Strategy/Long"
GROUPS = {"Alpha": "Ada", "Beta": "Bo", "Gamma": "Gil"}
BODY = f"{ROOT}/Working Groups/Steering Group"
LAST = date(2029, 6, 14)
"""The day of the latest meeting, a second Thursday."""

_PAGES = ("", "/agenda", "/calendar", "/call", "/front-page", "/minutes", "/outbox", "/registers", "/status")


def history() -> dict[str, dict[str, int]]:
    """The figures by the number of months that lie behind the measured one."""
    return {str(months): _measure(months) for months in MONTHS}


def _measure(months: int) -> dict[str, int]:
    committee = _Committee(_meetings(months + 1))
    for meeting in committee.meetings:
        committee.hold(meeting)
    costs = [committee.run(LAST + timedelta(days=1), hour) for hour in (6, 7)]
    return {"requests": sum(costs[0].values()), **costs[0], "unchanged_requests": sum(costs[1].values())}


def _meetings(number: int) -> list[date]:
    """The second Thursdays of so many months, up to the last one."""
    found = [LAST]
    while len(found) < number:
        first = (found[0].replace(day=1) - timedelta(days=1)).replace(day=1)
        found.insert(0, first + timedelta(days=(3 - first.weekday()) % 7 + 7))
    return found


class _Committee:
    """The committee on a wiki of its own."""

    def __init__(self, meetings: list[date]) -> None:
        self.meetings = meetings
        self._now = _at(meetings[0] - timedelta(days=30), 6)
        self._wiki = EmbeddedWiki(":memory:", clock=lambda: self._now)
        for title, text in self._setting_up():
            self._wiki.edit(title, text, "Cora" if title.startswith(ROOT) else "Admin")

    def _setting_up(self) -> Iterator[tuple[str, str]]:
        meetings = {"first_meeting": f"{self.meetings[0]}T15:00", "call_for_updates": 10}
        yield (
            "User:StrategyBot/Long.json",
            json.dumps(
                {
                    "name": "Long",
                    "root": ROOT,
                    "core_team": ["Cora"],
                    "groups": list(GROUPS),
                    "steering_group": meetings,
                }
            ),
        )
        for page in _PAGES:
            yield f"User:StrategyBot/Run{page}", "yes"
        for group, name in GROUPS.items():
            roster = f"{{{{Steering group/Working group|coordinators=[[User:{name}]]}}}}"
            yield f"{ROOT}/Working Groups/{group}", roster

    def hold(self, meeting: date) -> None:
        """A month: the groups file, the bot runs before the meeting and the day after, and somebody writes minutes."""
        self.run(meeting - timedelta(days=10))
        for group, name in GROUPS.items():
            update = f"{{{{Steering group/Update|progress=What {group} did until {meeting}.|lang=en}}}}"
            self._wiki.edit(f"{ROOT}/Working Groups/{group}/Updates/{meeting}", update, name)
        self.run(meeting, 14)
        self._now = _at(meeting, 17)
        self._wiki.edit(f"{BODY}/Minutes/{meeting}", _minutes(meeting), "Cora")
        if meeting != self.meetings[-1]:
            self.run(meeting + timedelta(days=1))

    def run(self, day: date, hour: int = 6) -> dict[str, int]:
        """Run the bot: how many requests that took, by their purposes."""
        self._now = _at(day, hour)
        report = Session(self._wiki).run()
        if report.crashes:
            raise RuntimeError(report.crashes)
        return {purpose: number for purpose, number in sorted(report.requests.items()) if purpose != "stop"}


def _minutes(meeting: date) -> str:
    month, last = f"{meeting:%B %Y}", f"{meeting.replace(day=1) - timedelta(days=1):%B %Y}"
    return (
        "== Participants ==\n# Ada - Alpha\n# Bo - Beta\n# Cora - CT\n\n"
        f"== Action items from the last meeting ==\n* <s>Write the report of {last}</s> done\n\n"
        f"== Summary of the call ==\n'''Decision:''' The rooms of {month} are booked.\n\n"
        f"* AI: {{{{u|Ada}}}} - write the report of {month} (due {meeting + timedelta(days=20)})\n"
    )


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
