"""A process: its groups, its people, when it meets and where its pages are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from strategybot.model.body import Body, Group
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.relaying import Relaying
from strategybot.model.topic import Topic

_BEFORE = timedelta(days=366)
"""How long before the first meeting the pages of a process may have been made."""


@dataclass(frozen=True)
class Process:
    """One configured process, seen from one of its bodies: the first of `bodies`, and at first the steering group.

    Titles that the bot writes come from `own`, so that a trial stays by itself. `bot` is the bot's account; `core_team`
    and `operators` are account names; `topics` are the fields of an update, the first of which is a group's own report
    and the others what groups raise together, and `form` has them with the words that the configuration gives them.
    `relaying` is None where no relays are passed on.
    """

    name: str
    page: Title
    bot: str
    root: str
    templates: str
    core_team: frozenset[str]
    operators: frozenset[str]
    groups: tuple[Group, ...]
    bodies: tuple[Body, ...]
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    contact: str
    local_time: str
    longest: int
    titles: Mapping[str, str] = field(hash=False)
    trial: bool = False
    form: tuple[Topic, ...] = ()
    relaying: Relaying | None = None

    @property
    def body(self) -> Body:
        """The body that the process is seen from: titles of meetings' pages are its own."""
        return self.bodies[0]

    def seen_from(self, body: Body) -> Process:
        """The same process, seen from that body."""
        return replace(self, bodies=(body, *(other for other in self.bodies if other.name != body.name)))

    @property
    def steering_group(self) -> Title:
        """The steering group's front page."""
        return next(body.page for body in self.bodies if body.group is None)

    def update(self, group: Group, meeting: Meeting) -> Title:
        """Where a group files its update for a meeting."""
        return self._title("update", group=group.page.text, date=meeting.date)

    def updates(self, group: Group) -> Title:
        """The page that lists a group's updates."""
        return self._title("updates", group=group.page.text)

    def pattern(self, name: str) -> str:
        """A pattern of titles in which only `{group}` and `{date}` are still open."""
        return self._title(name, group="{group}", date="{date}").text

    def agenda(self, meeting: Meeting) -> Title:
        """The agenda of a meeting, as the bot writes it."""
        return self.own(self._title("agenda", date=meeting.date))

    @property
    def agendas(self) -> Title:
        """What the titles of all agendas begin with."""
        return self.own(Title(self._filled(self.titles["agenda"].partition("{date}")[0])))

    def minutes(self, meeting: Meeting) -> Title:
        """The minutes of a meeting, which people write."""
        return self.own(self._title("minutes", date=meeting.date))

    @property
    def archive(self) -> Title:
        """The list of all minutes with their states. Every page of minutes stands there or below."""
        return self.own(self._title("archive"))

    @property
    def calendar(self) -> Title:
        """The page on which meetings are moved, cancelled and added."""
        return self.own(self._title("calendar"))

    @property
    def action_items(self) -> Title:
        """The register of action items; below it stand the closed ones by year."""
        return self.own(self._title("action_items"))

    @property
    def decisions(self) -> Title:
        """The register of decisions; below it stand those of earlier years."""
        return self.own(self._title("decisions"))

    @property
    def waiting(self) -> Title:
        """The page that shows what waits for each person."""
        return self.own(self._title("waiting"))

    @property
    def beginning(self) -> datetime:
        """A moment (UTC) before which none of its pages was made."""
        return min(body.meetings.schedule.first for body in self.bodies).replace(tzinfo=UTC) - _BEFORE

    @property
    def relays(self) -> Title:
        """The page on which people file what is to be passed on, in sections or on pages below it."""
        return self._title("relays")

    @property
    def relay_status(self) -> Title:
        """The bot's page of all relays; below it stands one for each."""
        return self.own(self._title("relay_status"))

    @property
    def feedback(self) -> Title:
        """The page of what came back."""
        return self.own(self._title("feedback"))

    @property
    def letters(self) -> Title:
        """The page below which people publish their letters to the communities."""
        return self._title("letters")

    def letter(self, month: str) -> Title:
        """The letter of a month, which is given as `2026-11`."""
        return self.letters.under(month)

    def is_relay_page(self, title: Title) -> bool:
        """Whether relays are filed on a page: that for all, or one below it which is neither the bot's nor a list."""
        if self.relaying is None or title == self.relays:
            return self.relaying is not None
        others = (self._title("relay_status"), self._title("feedback"), self.relays.under("Lists"))
        taken = {*others, self.relaying.opt_out, *self.relaying.lists.values()}
        below = title.text.startswith(f"{self.relays.text}/")
        return below and title not in taken and not any(title.text.startswith(f"{other.text}/") for other in others)

    @property
    def kept(self) -> Iterator[tuple[str, Title]]:
        """The pages that the bot keeps for all bodies, each with the key of its title's pattern."""
        yield "steering_group", self.own(self.steering_group)
        yield "waiting", self.waiting
        for body in self.bodies:
            seen = self.seen_from(body)
            yield "archive", seen.archive
            yield "calendar", seen.calendar
            yield "action_items", seen.action_items
            yield "decisions", seen.decisions
        if self.relaying:
            yield "relay_status", self.relay_status
            yield "feedback", self.feedback

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
        return Title(self._filled(self.titles[name], **words))

    def _filled(self, pattern: str, **words: str) -> str:
        front = {"root": self.root, "body": self.body.name, "page": self.body.page.text}
        return pattern.format(**front, relays=self.titles["relays"].format(**front), **words)


def trial_root(bot: str) -> str:
    """The title under which everything stands that a bot writes for a process on trial."""
    return f"User:{bot}/Trial"


def starters(processes: Iterable[Process]) -> frozenset[str]:
    """Who may start a stopped bot, beside the wiki's admins: the operators and core teams of its processes."""
    return frozenset(name for process in processes for name in process.core_team | process.operators)


def stop_pages(bot: str, job: str) -> tuple[Title, Title]:
    """The pages that stop everything, and that stop one job."""
    return Title(f"User:{bot}/Run"), Title(f"User:{bot}/Run/{job}")
