"""The configuration of a process: the JSON page that admins write, validated into the model.

Every fault names its key by path and says what is allowed, in a sentence for the admin who can mend it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import available_timezones

from dateutil.rrule import rrulestr
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from strategybot.model.meeting import Schedule
from strategybot.model.page import Title
from strategybot.model.process import Group, Process, StandingItem

FRAME_ITEMS = ("check-in", "agenda-review", "last-meeting", "reports", "proposed", "any-other-business", "next-meeting")
"""The items that every agenda may have beside the topics that groups raise together."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _Group(_Part):
    name: Name
    page: Name | None = None


class _Item(_Part):
    item: Name
    minutes: Minutes = 0
    least: Minutes = 0

    @model_validator(mode="after")
    def _least_fits(self) -> _Item:
        if self.least > self.minutes:
            raise PydanticCustomError("least", "'least' may not be more than 'minutes'")
        return self


class _Body(_Part):
    name: Name = "Steering Group"
    first_meeting: datetime
    repeat: Name = "FREQ=MONTHLY;BYDAY=2TH"
    timezone: Name = "UTC"
    minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    place: str = ""

    @field_validator("first_meeting")
    @classmethod
    def _local(cls, moment: datetime) -> datetime:
        if moment.tzinfo:
            raise PydanticCustomError("local", "must be local time without a zone, such as 2026-12-10T15:00")
        return moment

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise PydanticCustomError("zone", "must be a time zone of the IANA database, such as UTC or Europe/Berlin")
        return zone

    @field_validator("repeat")
    @classmethod
    def _readable_rule(cls, rule: str) -> str:
        try:
            rrulestr(rule, dtstart=datetime(2000, 1, 1))  # noqa: DTZ001  # local time, as RRULEs have it
        except (ValueError, KeyError, TypeError, AttributeError):
            raise PydanticCustomError(
                "rule", "must be a recurrence rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=2TH"
            ) from None
        return rule


class _Titles(_Part):
    group: Name = "{root}/Working Groups/{group}"
    update: Name = "{group}/Updates/{date}"
    steering_group: Name = "{root}/Working Groups/{body}"
    agenda: Name = "{root}/Working Groups/{body}/Agenda/{date}"

    @model_validator(mode="after")
    def _fillable(self) -> _Titles:
        for key, pattern in self.model_dump().items():
            try:
                pattern.format(**dict.fromkeys(_TITLE_WORDS[key], "x"))
            except (KeyError, ValueError, IndexError, AttributeError):
                allowed = ", ".join(f"{{{word}}}" for word in _TITLE_WORDS[key])
                raise PydanticCustomError("pattern", f"'{key}' may use only {allowed}") from None
        if "{date}" not in self.update or "{date}" not in self.agenda:
            raise PydanticCustomError("pattern", "'update' and 'agenda' must contain {date}")
        return self


_TITLE_WORDS = {
    "group": ("root", "body", "group"),
    "update": ("root", "body", "group", "date"),
    "steering_group": ("root", "body"),
    "agenda": ("root", "body", "date"),
}

TOPICS = ("progress", "experiences", "needs", "practices", "collaboration", "questions")


def _usual_items(raised_together: list[str]) -> list[_Item]:
    """The items of an hour's meeting, where the configuration names none."""
    opening = [("check-in", 5, 2), ("agenda-review", 2, 1), ("last-meeting", 2, 1), ("reports", 20, 9)]
    joint = [(topic, 5, 2) for topic in raised_together]
    closing = [("proposed", 0, 0), ("any-other-business", 4, 2), ("next-meeting", 2, 1)]
    return [_Item(item=item, minutes=minutes, least=least) for item, minutes, least in (*opening, *joint, *closing)]


class _Agenda(_Part):
    opens_days: Annotated[int, Field(ge=1, le=365)] = 14
    items: Annotated[list[_Item], Field(min_length=1)] | None = None


class _Configuration(_Part):
    name: Name
    root: Name
    groups: list[_Group] = Field(min_length=1)
    core_team: list[Name] = Field(min_length=1)
    steering_group: _Body
    operators: list[Name] = []
    topics: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]] = Field(list(TOPICS), min_length=1)
    agenda: _Agenda = Field(default_factory=_Agenda)
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z0-9]+)*$")]] = Field(["en"], min_length=1)
    template_prefix: Name = "Steering group/"
    contact: str = ""
    local_time: str = "https://zonestamp.toolforge.org/$1"
    longest_statement: Annotated[int, Field(ge=200, le=100_000)] = 4000
    titles: _Titles = Field(default_factory=_Titles)
    trial: bool = False

    @field_validator("groups", mode="before")
    @classmethod
    def _names_are_groups(cls, groups: Any) -> Any:
        if not isinstance(groups, list):
            return groups
        return [{"name": group} if isinstance(group, str) else group for group in groups]

    @model_validator(mode="after")
    def _consistent(self) -> _Configuration:
        known = (*FRAME_ITEMS, *self.topics[1:])
        self.agenda.items = self.agenda.items or _usual_items(self.topics[1:])
        for number, item in enumerate(self.agenda.items):
            if item.item not in known:
                raise PydanticCustomError(
                    "item", f"agenda.items.{number}.item is '{item.item}', but must be one of {', '.join(known)}"
                )
        pages = [self.page_of(group) for group in self.groups]
        for page in [self.root, *pages]:
            if not Title(page).legal:
                raise PydanticCustomError("title", f"'{page}' can't be a page's title on a wiki")
        twice = {page for page in pages if pages.count(page) > 1}
        if twice:
            raise PydanticCustomError("groups", f"groups: more than one has the page '{min(twice)}'")
        return self

    def page_of(self, group: _Group) -> str:
        """The title of a group's page: its own, or by the pattern."""
        words = {"root": self.root, "body": self.steering_group.name, "group": group.name}
        return group.page or self.titles.group.format(**words)


@dataclass(frozen=True)
class Faults:
    """Why a configuration can't be used: a sentence for each fault, with the path of its key."""

    page: Title
    sentences: tuple[str, ...]


def read_configuration(text: str, page: Title, bot: str) -> Process | Faults:
    """The process that a configuration page's JSON text describes, or what is wrong with it.

    `page` is the page that the text stands on, `bot` the bot's account, under which its own pages are.
    """
    try:
        written = json.loads(text, object_pairs_hook=_once)
        configuration = _Configuration.model_validate(written)
    except ValidationError as error:
        return Faults(page, tuple(_sentence(fault) for fault in error.errors()))
    except (ValueError, RecursionError) as error:
        return Faults(page, (f"the page isn't readable as JSON: {error}",))
    return _process(configuration, page, bot)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key given twice is a fault, since one of its values would be lost without a word."""
    seen = dict(pairs)
    if len(seen) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key '{next(key for key in keys if keys.count(key) > 1)}' is given twice")
    return seen


def _sentence(fault: ErrorDetails) -> str:
    path = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"{path}: there is no such key; allowed are {', '.join(_siblings(fault['loc']))}"
    if fault["type"] == "missing":
        return f"{path}: is missing"
    given = fault.get("input")
    shown = f" (it is {json.dumps(given, ensure_ascii=False)[:80]})" if isinstance(given, str | int | float) else ""
    message = fault["msg"][:1].lower() + fault["msg"][1:]
    return f"{path}: {message}{shown}" if path else message


def _siblings(path: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where an unknown one was found."""
    parts: dict[str, type[BaseModel]] = {
        "groups": _Group, "steering_group": _Body, "titles": _Titles, "agenda": _Agenda, "items": _Item,
    }  # fmt: skip
    named = [part for part in path[:-1] if isinstance(part, str)]
    return list((parts.get(named[-1], _Configuration) if named else _Configuration).model_fields)


def _process(configuration: _Configuration, page: Title, bot: str) -> Process:
    body, items = configuration.steering_group, configuration.agenda.items or []
    return Process(
        name=configuration.name,
        page=page,
        bot=bot,
        root=configuration.root,
        templates=configuration.template_prefix,
        core_team=frozenset(account(name) for name in configuration.core_team),
        operators=frozenset(account(name) for name in configuration.operators),
        groups=tuple(Group(group.name, Title(configuration.page_of(group))) for group in configuration.groups),
        body=body.name,
        schedule=Schedule(body.first_meeting, body.repeat, body.timezone, body.minutes, body.place),
        opens=timedelta(days=configuration.agenda.opens_days),
        items=tuple(StandingItem(item.item, item.minutes, item.least) for item in items),
        topics=tuple(configuration.topics),
        languages=tuple(configuration.languages),
        contact=configuration.contact,
        local_time=configuration.local_time,
        longest=configuration.longest_statement,
        titles=configuration.titles.model_dump(),
        trial=configuration.trial,
    )


def account(name: str) -> str:
    """An account's name as MediaWiki writes it: no namespace, spaces for underscores, first letter upper."""
    return Title(re.sub(r"^\s*user\s*:", "", name, flags=re.IGNORECASE)).text
