"""A small process on an embedded wiki, for tests: people save pages, the clock is set, the bot runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime
from typing import Any, TypeVar

from strategybot.config import read_configuration
from strategybot.jobs import jobs_of
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.runner import Runner
from strategybot.session import Report, Session
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import PageNow

T = TypeVar("T")
BOT = "StrategyBot"
CONFIGURATION = Title(f"User:{BOT}/Committee.json")
ALPHA = "Committee/Working Groups/Alpha"
BETA = "Committee/Working Groups/Beta"
AGENDA = "Committee/Working Groups/Steering Group/Agenda/2026-12-10"
NEXT_AGENDA = "Committee/Working Groups/Steering Group/Agenda/2027-01-14"
FRONT_PAGE = "Committee/Working Groups/Steering Group"
PEOPLE = ("Ada", "Abel", "Bo", "Chi", "Dina", "Eve", "Mallory", "Otto")
"""Who has an account, beside those who have saved something."""

STATUS = f"User:{BOT}/Status"


def moment(text: str) -> datetime:
    """A time in UTC: `12-01` and `12-01T15:00` are in 2026."""
    full = text if text[4:5] == "-" else f"2026-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=UTC)


def roster(*coordinators: str, members: str = "") -> str:
    """A group's page with these coordinators."""
    names = ", ".join(f"[[User:{name}]]" for name in coordinators)
    return f"{{{{Steering group/Working group|coordinators={names}|members={members}}}}}"


def update(**fields: str) -> str:
    """An update with these fields (`confirmed_by` is the field `confirmed by`)."""
    return (
        "{{Steering group/Update\n"
        + "".join(f"|{name.replace('_', ' ')}={value}\n" for name, value in fields.items())
        + "}}"
    )


class Committee:
    """Groups Alpha (Ada, Abel) and Beta (Bo); meets on second Thursdays at 15:00 UTC, first on 10 December 2026.

    Cora is the core team, Otto an operator, Admin an admin. It was set up on 1 November 2026.
    """

    def __init__(self, **configuration: Any) -> None:
        self.now = moment("11-01")
        self.wiki = EmbeddedWiki(":memory:", BOT, lambda: self.now)
        self.configuration: dict[str, Any] = {
            "name": "Committee",
            "root": "Committee",
            "core_team": ["Cora"],
            "operators": ["Otto"],
            "groups": ["Alpha", "Beta"],
            "steering_group": {"first_meeting": "2026-12-10T15:00"},
            **configuration,
        }
        self.configure(self.configuration)
        for name in PEOPLE:
            self.wiki.add_account(name)
        self.save(f"User:{BOT}/Run", "yes", "Admin")
        for job in (*jobs_of([self.process]), "install"):
            self.save(f"User:{BOT}/Run/{job}", "yes", "Admin")
        self.save(ALPHA, roster("Ada", "Abel"), "Cora")
        self.save(BETA, roster("Bo"), "Cora")

    def configure(self, configuration: Mapping[str, Any] | str) -> None:
        """Save the configuration page, as an admin."""
        text = configuration if isinstance(configuration, str) else json.dumps(configuration)
        self.save(CONFIGURATION.text, text, "Admin")

    def copy(self) -> Committee:
        """Another committee to which the same has happened so far."""
        other = copy(self)
        other.wiki = EmbeddedWiki(":memory:", BOT, lambda: other.now)
        self.wiki._database._connection.backup(other.wiki._database._connection)
        return other

    def at(self, text: str) -> Committee:
        """Set the clock."""
        self.now = moment(text)
        return self

    def save(self, title: str, text: str, user: str) -> int:
        """Somebody saves a page, whatever it takes."""
        return self.wiki.edit(Title(title), text, user)

    def file(self, group: str, user: str, date: str = "2026-12-10", **fields: str) -> int:
        """Somebody files an update for a group."""
        return self.save(f"{group}/Updates/{date}", update(**fields), user)

    def page(self, title: str) -> Page:
        """The page as it stands."""
        return self.ask(ask(PageNow(Title(title))))

    def text(self, title: str) -> str:
        """The page's text, empty where there is none."""
        return self.page(title).text

    def ask(self, job: Job[T]) -> T:
        """What a job gives."""
        return Runner(self.wiki).run(job)

    def run(self, *names: str, **options: Any) -> Report:
        """Run the bot."""
        return Session(self.wiki, now=self.now, **options).run(names)

    @property
    def process(self) -> Process:
        """The process, as its configuration says."""
        found = read_configuration(self.text(CONFIGURATION.text), CONFIGURATION, BOT)
        assert isinstance(found, Process), found
        return found


def outcomes(report: Report) -> dict[str, str]:
    """What became of each page, by its title."""
    return {done.edit.page.asked.text: done.outcome.kind.label for done in report.done.values()}


def problems(report: Report) -> list[tuple[str, str]]:
    """The problems of a run, as pairs of key and page."""
    return [(problem.key, problem.page.text) for problem in report.problems]
