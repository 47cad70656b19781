"""A process: its groups, its people, when it meets and where its pages are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.page import Title
from strategybot.model.topic import Topic


@dataclass(frozen=True)
class Group:
    """A working group and the page that holds its roster."""

    name: str
    page: Title


@dataclass(frozen=True)
class StandingItem:
    """An item that every agenda has: its wished and its least number of minutes."""

    key: str
    minutes: int
    least: int


@dataclass(frozen=True)
class Process:
    """One configured process. Titles that the bot writes come from `own`, so that a trial stays by itself.

    `bot` is the bot's account; `core_team` and `operators` are account names; `topics` are the fields of an
    update, the first of which is a group's own report and the others what groups raise together, and `form` has
    them with the words that the configuration gives them. `call` is how long before a meeting the groups are called for
    their updates, None where they aren't.
    """

    name: str
    page: Title
    bot: str
    root: str
    templates: str
    core_team: frozenset[str]
    operators: frozenset[str]
    groups: tuple[Group, ...]
    body: str
    schedule: Schedule
    opens: timedelta
    items: tuple[StandingItem, ...]
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    contact: str
    local_time: str
    longest: int
    titles: Mapping[str, str] = field(hash=False)
    trial: bool = False
    call: timedelta | None = None
    form: tuple[Topic, ...] = ()

    @property
    def steering_group(self) -> Title:
        """The steering group's front page."""
        return self._title("steering_group")

    def update(self, group: Group, meeting: Meeting) -> Title:
        """Where a group files its update for a meeting."""
        return self._title("update", group=group.page.text, date=meeting.date)

    def updates(self, group: Group) -> Title:
        """The page that lists a group's updates."""
        return self._title("updates", group=group.page.text)

    def pattern(self, name: str) -> str:
        """A pattern of titles in which only `{group}` and `{date}` are still open."""
        return self.titles[name].format(root=self.root, body=self.body, group="{group}", date="{date}")

    def agenda(self, meeting: Meeting) -> Title:
        """The agenda of a meeting, as the bot writes it."""
        return self.own(self._title("agenda", date=meeting.date))

    @property
    def agendas(self) -> Title:
        """What the titles of all agendas begin with."""
        return self.own(Title(self.titles["agenda"].partition("{date}")[0].format(root=self.root, body=self.body)))

    @property
    def status(self) -> Title:
        """The bot's status page, as the bot writes it."""
        return self.own(Title(f"User:{self.bot}/Status"))

    def own(self, title: Title) -> Title:
        """Where the bot writes the page of that title: under its trial page while the process is on trial."""
        return Title(f"{trial_root(self.bot)}/{title.text}", title.wiki) if self.trial else title

    def template(self, name: str) -> str:
        """The name of one of our templates, with the configured prefix."""
        return f"{self.templates}{name}"

    def _title(self, name: str, **words: str) -> Title:
        return Title(self.titles[name].format(root=self.root, body=self.body, **words))


def trial_root(bot: str) -> str:
    """The title under which everything stands that a bot writes for a process on trial."""
    return f"User:{bot}/Trial"


def starters(processes: Iterable[Process]) -> frozenset[str]:
    """Who may start a stopped bot, beside the wiki's admins: the operators and core teams of its processes."""
    return frozenset(name for process in processes for name in process.core_team | process.operators)


def stop_pages(bot: str, job: str) -> tuple[Title, Title]:
    """The pages that stop everything, and that stop one job."""
    return Title(f"User:{bot}/Run"), Title(f"User:{bot}/Run/{job}")
