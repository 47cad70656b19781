"""What the configuration page may say: its keys, their types, and what each may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from dateutil.rrule import rrulestr
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from strategybot.model.page import Title

FRAME_ITEMS = ("check-in", "agenda-review", "last-meeting", "reports", "proposed", "any-other-business", "next-meeting")
"""The items that every agenda may have beside the topics that groups raise together."""

MOST_DAYS_OF_CALL = 28
"""How many days before a meeting its call can be made. Whether it was is looked for as long."""

TOPICS = ("progress", "experiences", "needs", "practices", "collaboration", "questions")

_TAKEN = (*FRAME_ITEMS, "lang", "meeting", "previous", "confirmed by")
"""What no topic can be called: items of the agenda, and the other fields of an update."""

_TITLE_WORDS = {
    "group": ("root", "body", "group"),
    "update": ("root", "body", "group", "date"),
    "updates": ("root", "body", "group"),
    "steering_group": ("root", "body"),
    **dict.fromkeys(("agenda", "minutes"), ("root", "body", "page", "date")),
    **dict.fromkeys(("archive", "calendar", "action_items", "decisions", "waiting"), ("root", "body", "page")),
    **dict.fromkeys(("relays", "letters"), ("root",)),
    **dict.fromkeys(("relay_status", "feedback"), ("root", "relays")),
}
_TITLE_NEEDS = {"update": ("group", "date"), "updates": ("group",), "agenda": ("date",), "minutes": ("date",)}

UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_MARKUP = re.compile(r"[\[\]{}<>|]|''|~~~|__|://|\$\d|&#?\w+;")
_DAYS = r"(MO|TU|WE|TH|FR|SA|SU)"
_MONTH = r"(1[0-2]|[1-9])"
_EVERY = rf"INTERVAL=[1-9]\d?|COUNT=[1-9]\d{{0,3}}|UNTIL=\d{{8}}(T\d{{6}})?|WKST={_DAYS}|BYMONTH={_MONTH}(,{_MONTH})*"
_RULE = re.compile(
    rf"FREQ=(DAILY|WEEKLY)(;({_EVERY}|BYDAY={_DAYS}(,{_DAYS})*))*"
    rf"|FREQ=(MONTHLY|YEARLY)(;({_EVERY}|BYDAY=[+-]?\d{{0,2}}{_DAYS}(,[+-]?\d{{0,2}}{_DAYS})*"
    r"|BY(MONTHDAY|YEARDAY|WEEKNO|SETPOS)=-?\d{1,3}(,-?\d{1,3})*))*",
    re.ASCII,
)
"""Rules that give a day one meeting at most, and of which it is soon known that they give none."""


@cache
def zones() -> frozenset[str]:
    """The names of all time zones, for which many files are looked at."""
    return frozenset(available_timezones())


def _fault(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("fault", "{sentence}", {"sentence": sentence})


def _seen(text: str) -> str:
    if UNSEEN.search(text):
        raise _fault("may not contain line breaks or characters that can't be seen")
    return text


def _local_time(given: Any) -> datetime:
    try:
        if re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d(:00)?", given, re.ASCII):
            return datetime.fromisoformat(given)
    except (TypeError, ValueError):
        pass
    raise _fault("must be a date and a local time without a zone, such as 2026-12-10T15:00")


def _user_name(name: str) -> str:
    bare = account(name)
    if not Title(bare).legal or re.search(r"[/@:]", bare):
        raise _fault("must be a user name")
    return name


def _topic(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name) or name in _TAKEN:
        raise _fault(
            "must be up to 40 lower-case letters, digits and hyphens, beginning with a letter,"
            f" and none of {', '.join(_TAKEN)}"
        )
    return name


def _language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", code):
        raise _fault("must be a language's code, such as en or pt-br")
    return code


def _plain(text: str) -> str:
    if _MARKUP.search(_seen(text)):
        raise _fault("must be plain words, without wiki markup")
    return text


def _clock(address: str) -> str:
    if address and not re.fullmatch(r"https://[^\s\[\]<>\"'|{}]*\$1[^\s\[\]<>\"'|{}]*", address):
        raise _fault("must be an https address in which $1 stands for the meeting's time, or empty")
    return address


Text = Annotated[str, Field(max_length=500), AfterValidator(_seen)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_seen)]
Account = Annotated[Name, AfterValidator(_user_name)]
Language = Annotated[str, AfterValidator(_language)]
Label = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_plain)]
Explanation = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_plain)]
Minutes = Annotated[int, Field(ge=0, le=1440, strict=True)]


class Part(BaseModel):
    """A JSON object in which no unknown key is let through."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ItemPart(Part):
    """An item of the agenda with its wished and its least minutes."""

    item: Name
    minutes: Minutes = 0
    least: Minutes = 0

    @field_validator("least")
    @classmethod
    def _fits(cls, least: int, others: ValidationInfo) -> int:
        if least > others.data.get("minutes", least):
            raise _fault("may not be more than 'minutes'")
        return least


class TopicPart(Part):
    """A topic of the update form, with its label and what it asks for, by language."""

    topic: Annotated[str, AfterValidator(_topic)]
    label: Annotated[dict[Language, Label], Field(min_length=1)] = {}
    help: dict[Language, Explanation] = {}


Days = Annotated[int, Field(ge=1, le=90, strict=True)]


class AgendaPart(Part):
    """When the agenda opens (two weeks before, or the day after the last meeting), and what is on it."""

    opens_days: Annotated[int, Field(ge=1, le=365, strict=True)] | None = None
    items: Annotated[list[ItemPart], Field(min_length=1)] | None = None


class MeetingsPart(Part):
    """When a body meets, and how far from a meeting's start it happens that belongs to it."""

    first_meeting: Annotated[datetime, BeforeValidator(_local_time)]
    repeat: Name = "FREQ=MONTHLY;BYDAY=2TH"
    timezone: Name = "UTC"
    minutes: Annotated[int, Field(ge=5, le=1440, strict=True)] = 60
    place: Text = ""
    minutes_page_hours: Annotated[int, Field(ge=1, le=168, strict=True)] = 2
    minutes_due_days: Days = 3
    minutes_overdue_days: Days | None = None
    approval_days: Days | None = None

    @field_validator("minutes_overdue_days")
    @classmethod
    def _later(cls, overdue: int | None, others: ValidationInfo) -> int | None:
        if overdue is not None and overdue <= others.data.get("minutes_due_days", 0):
            raise _fault("must be more than 'minutes_due_days'")
        return overdue

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in zones():
            raise _fault("must be a time zone of the IANA database, such as UTC or Europe/Berlin")
        return zone

    @field_validator("repeat")
    @classmethod
    def _meets(cls, rule: str, others: ValidationInfo) -> str:
        first = others.data.get("first_meeting", datetime(2026, 1, 1))  # noqa: DTZ001  # local time, as RRULEs have it
        try:
            found = _first(rule, first) if _RULE.fullmatch(rule) else rule
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
            found = rule
        if found == rule:
            raise _fault("must be a recurrence rule by days, weeks, months or years, such as FREQ=MONTHLY;BYDAY=2TH")
        if found is None and "first_meeting" in others.data:
            raise _fault("must give a meeting within ten years from 'first_meeting'")
        return rule


def _first(rule: str, start: datetime) -> datetime | None:
    """The first time of a rule, if it comes within ten years."""
    found = next(iter(rrulestr(rule, dtstart=start)), None)
    return found if found and found < start + timedelta(days=3653) else None


class BodyPart(MeetingsPart):
    """The steering group, and when the working groups hear of its meetings: before, and after."""

    name: Name = "Steering Group"
    call_for_updates: Annotated[int, Field(ge=1, le=MOST_DAYS_OF_CALL, strict=True)] | None = None
    follow_up_days: Days | None = None


class GroupMeetingsPart(MeetingsPart):
    """The meetings of a working group, with their agendas."""

    agenda: AgendaPart = Field(default_factory=AgendaPart)


class GroupPart(Part):
    """A group: its name, its page where that isn't by the pattern, and the language in which it is written to.

    It has meetings if the bot is to see to them.
    """

    name: Name
    page: Name | None = None
    language: Language | None = None
    meetings: GroupMeetingsPart | None = None


class RelaysPart(Part):
    """How word is passed on: to how many pages the bot posts itself, when, and the stakeholders' delivery lists.

    A list that isn't given a title stands below the page of relays, by its name.
    """

    cap: Annotated[int, Field(ge=0, le=10_000, strict=True)] = 50
    preview_minutes: Annotated[int, Field(ge=0, le=10_080, strict=True)] = 60
    close_days: Days = 30
    lists: dict[Label, Name | None] = dict.fromkeys(("affiliates", "communities", "foundation", "partners"))
    opt_out_list: Name | None = None


class TitlesPart(Part):
    """The patterns of the pages' titles."""

    group: Name = "{root}/Working Groups/{group}"
    update: Name = "{group}/Updates/{date}"
    updates: Name = "{group}/Updates"
    steering_group: Name = "{root}/Working Groups/{body}"
    agenda: Name = "{page}/Agenda/{date}"
    minutes: Name = "{page}/Minutes/{date}"
    archive: Name = "{page}/Minutes"
    calendar: Name = "{page}/Calendar"
    action_items: Name = "{page}/Action items"
    decisions: Name = "{page}/Decisions"
    waiting: Name = "{page}/Waiting"
    relays: Name = "{root}/Relays"
    relay_status: Name = "{relays}/Status"
    feedback: Name = "{relays}/Feedback"
    letters: Name = "{root}/Letters"

    @field_validator("*")
    @classmethod
    def _fillable(cls, pattern: str, field: ValidationInfo) -> str:
        """Only the bare words in braces: a format of Python's can do much more."""
        words = _TITLE_WORDS[str(field.field_name)]
        if re.search(r"[{}]", re.sub(rf"\{{({'|'.join(words)})\}}", "", pattern)):
            raise _fault(f"may use no braces but {_braced(words)}")
        needed = _TITLE_NEEDS.get(str(field.field_name), ())
        if any(f"{{{word}}}" not in pattern for word in needed):
            raise _fault(f"must contain {_braced(needed)}")
        return pattern


def _braced(words: tuple[str, ...]) -> str:
    return " and ".join(", ".join(f"{{{word}}}" for word in words).rsplit(", ", 1))


def _usual_items(joint: Iterable[tuple[str, int, int]]) -> list[ItemPart]:
    """The items of an hour's meeting, where the configuration names none."""
    opening = [("check-in", 5, 2), ("agenda-review", 2, 1), ("last-meeting", 2, 1)]
    closing = [("proposed", 0, 0), ("any-other-business", 4, 2), ("next-meeting", 2, 1)]
    return [ItemPart(item=item, minutes=minutes, least=least) for item, minutes, least in (*opening, *joint, *closing)]


class Configuration(Part):
    """All that the page of a process may say."""

    name: Name
    root: Name
    groups: list[GroupPart] = Field(min_length=1)
    core_team: list[Account] = Field(min_length=1)
    steering_group: BodyPart
    operators: list[Account] = []
    topics: list[TopicPart] = Field([TopicPart(topic=name) for name in TOPICS], min_length=1)
    agenda: AgendaPart = Field(default_factory=AgendaPart)
    languages: list[Language] = Field(["en"], min_length=1)
    template_prefix: Name = "Steering group/"
    contact: Text = ""
    local_time: Annotated[Text, AfterValidator(_clock)] = "https://zonestamp.toolforge.org/$1"
    longest_statement: Annotated[int, Field(ge=200, le=100_000, strict=True)] = 4000
    relays: RelaysPart | None = None
    titles: TitlesPart = Field(default_factory=TitlesPart)
    trial: Annotated[bool, Field(strict=True)] = False

    @field_validator("groups", mode="before")
    @classmethod
    def _names_are_groups(cls, groups: Any) -> Any:
        if not isinstance(groups, list):
            return groups
        return [{"name": group} if isinstance(group, str) else group for group in groups]

    @field_validator("topics", mode="before")
    @classmethod
    def _by_topic(cls, topics: Any) -> Any:
        return (
            [{"topic": one} if isinstance(one, str) else one for one in topics] if isinstance(topics, list) else topics
        )

    @field_validator("topics", "languages")
    @classmethod
    def _different(cls, named: list[Any]) -> list[Any]:
        if repeated := twice([one.topic if isinstance(one, TopicPart) else one for one in named]):
            raise _fault(f"may not name '{repeated}' twice")
        return named

    @model_validator(mode="after")
    def _usual_agenda(self) -> Configuration:
        joint = [("reports", 20, 9), *((one.topic, 5, 2) for one in self.topics[1:])]
        self.agenda.items = self.agenda.items or _usual_items(joint)
        for group in self.groups:
            if group.meetings:
                group.meetings.agenda.items = group.meetings.agenda.items or _usual_items([])
        return self

    @property
    def front_page(self) -> str:
        """The title of the steering group's page."""
        return self.titles.steering_group.format(root=self.root, body=self.steering_group.name)

    def page_of(self, group: GroupPart) -> str:
        """The title of a group's page: its own, or by the pattern."""
        words = {"root": self.root, "body": self.steering_group.name, "group": group.name}
        return group.page or self.titles.group.format(**words)


def twice(names: list[str]) -> str:
    """The first name that comes more than once, or an empty string."""
    seen: set[str] = set()
    return next((name for name in names if name in seen or seen.add(name)), "")  # type: ignore[func-returns-value]


def account(name: str) -> str:
    """An account's name as MediaWiki writes it: no namespace, spaces for underscores, first letter upper."""
    return Title(re.sub(r"^\s*user\s*:", "", name, flags=re.IGNORECASE)).text
