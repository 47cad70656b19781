"""The configuration of a process: the JSON page that admins write, validated into the model.

Every fault names its key by path and says what is allowed, in a sentence for the admin who can mend it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import available_timezones

from dateutil.rrule import rrulestr
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.page import Title
from strategybot.model.process import Group, Process, StandingItem

FRAME_ITEMS = ("check-in", "agenda-review", "last-meeting", "reports", "proposed", "any-other-business", "next-meeting")
"""The items that every agenda may have beside the topics that groups raise together."""

TOPICS = ("progress", "experiences", "needs", "practices", "collaboration", "questions")

_TAKEN = (*FRAME_ITEMS, "lang", "meeting", "confirmed by")
"""What no topic can be called: items of the agenda, and the other fields of an update."""

_TITLE_WORDS = {
    "group": ("root", "body", "group"),
    "update": ("root", "body", "group", "date"),
    "steering_group": ("root", "body"),
    "agenda": ("root", "body", "date"),
}
_TITLE_NEEDS = {"update": ("group", "date"), "agenda": ("date",)}

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
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


def _fault(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("fault", "{sentence}", {"sentence": sentence})


def _seen(text: str) -> str:
    if _UNSEEN.search(text):
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


def _clock(address: str) -> str:
    if address and not re.fullmatch(r"https://[^\s\[\]<>\"'|{}]*\$1[^\s\[\]<>\"'|{}]*", address):
        raise _fault("must be an https address in which $1 stands for the meeting's time, or empty")
    return address


Text = Annotated[str, Field(max_length=500), AfterValidator(_seen)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_seen)]
Account = Annotated[Name, AfterValidator(_user_name)]
Minutes = Annotated[int, Field(ge=0, le=1440, strict=True)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _Group(_Part):
    name: Name
    page: Name | None = None


class _Item(_Part):
    item: Name
    minutes: Minutes = 0
    least: Minutes = 0

    @field_validator("least")
    @classmethod
    def _fits(cls, least: int, others: ValidationInfo) -> int:
        if least > others.data.get("minutes", least):
            raise _fault("may not be more than 'minutes'")
        return least


class _Body(_Part):
    name: Name = "Steering Group"
    first_meeting: Annotated[datetime, BeforeValidator(_local_time)]
    repeat: Name = "FREQ=MONTHLY;BYDAY=2TH"
    timezone: Name = "UTC"
    minutes: Annotated[int, Field(ge=5, le=1440, strict=True)] = 60
    place: Text = ""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
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


class _Titles(_Part):
    group: Name = "{root}/Working Groups/{group}"
    update: Name = "{group}/Updates/{date}"
    steering_group: Name = "{root}/Working Groups/{body}"
    agenda: Name = "{root}/Working Groups/{body}/Agenda/{date}"

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


def _usual_items(raised_together: list[str]) -> list[_Item]:
    """The items of an hour's meeting, where the configuration names none."""
    opening = [("check-in", 5, 2), ("agenda-review", 2, 1), ("last-meeting", 2, 1), ("reports", 20, 9)]
    joint = [(topic, 5, 2) for topic in raised_together]
    closing = [("proposed", 0, 0), ("any-other-business", 4, 2), ("next-meeting", 2, 1)]
    return [_Item(item=item, minutes=minutes, least=least) for item, minutes, least in (*opening, *joint, *closing)]


class _Agenda(_Part):
    opens_days: Annotated[int, Field(ge=1, le=365, strict=True)] = 14
    items: Annotated[list[_Item], Field(min_length=1)] | None = None


class _Configuration(_Part):
    name: Name
    root: Name
    groups: list[_Group] = Field(min_length=1)
    core_team: list[Account] = Field(min_length=1)
    steering_group: _Body
    operators: list[Account] = []
    topics: list[Annotated[str, AfterValidator(_topic)]] = Field(list(TOPICS), min_length=1)
    agenda: _Agenda = Field(default_factory=_Agenda)
    languages: list[Annotated[str, AfterValidator(_language)]] = Field(["en"], min_length=1)
    template_prefix: Name = "Steering group/"
    contact: Text = ""
    local_time: Annotated[Text, AfterValidator(_clock)] = "https://zonestamp.toolforge.org/$1"
    longest_statement: Annotated[int, Field(ge=200, le=100_000, strict=True)] = 4000
    titles: _Titles = Field(default_factory=_Titles)
    trial: Annotated[bool, Field(strict=True)] = False

    @field_validator("groups", mode="before")
    @classmethod
    def _names_are_groups(cls, groups: Any) -> Any:
        if not isinstance(groups, list):
            return groups
        return [{"name": group} if isinstance(group, str) else group for group in groups]

    @field_validator("topics", "languages")
    @classmethod
    def _different(cls, names: list[str]) -> list[str]:
        if twice := _twice(names):
            raise _fault(f"may not name '{twice}' twice")
        return names

    @model_validator(mode="after")
    def _usual_agenda(self) -> _Configuration:
        self.agenda.items = self.agenda.items or _usual_items(self.topics[1:])
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
        written = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_number
        )
        configuration = _Configuration.model_validate(written)
    except ValidationError as error:
        return _faults(page, map(_sentence, error.errors(include_url=False)))
    except RecursionError:
        return _faults(page, ["the page isn't readable as JSON: it is nested too deeply"])
    except ValueError as error:
        return _faults(page, [f"the page isn't readable as JSON: {error}"])
    process = _process(configuration, page, bot)
    faults = [*_item_faults(configuration), *_group_faults(process), *_title_faults(process)]
    return _faults(page, faults) if faults else process


def _faults(page: Title, sentences: Iterator[str] | list[str]) -> Faults:
    return Faults(page, tuple(_UNSEEN.sub("\ufffd", sentence) for sentence in sentences))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key given twice is a fault, since one of its values would be lost without a word."""
    seen = dict(pairs)
    if len(seen) < len(pairs):
        raise ValueError(f"the key '{_twice([key for key, _ in pairs])}' is given twice")
    return seen


def _whole(digits: str) -> int:
    if len(digits) > 18:
        raise ValueError("a number has too many digits")
    return int(digits)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _twice(names: list[str]) -> str:
    """The first name that comes more than once, or an empty string."""
    seen: set[str] = set()
    return next((name for name in names if name in seen or seen.add(name)), "")  # type: ignore[func-returns-value]


def _item_faults(configuration: _Configuration) -> Iterator[str]:
    """What is wrong with the agenda's items, which depend on the topics."""
    known = (*FRAME_ITEMS, *configuration.topics[1:])
    names = [item.item for item in configuration.agenda.items or ()]
    for number, name in enumerate(names):
        if name not in known:
            yield f"agenda.items.{number}.item: must be one of {', '.join(known)} (it is {_quoted(name)})"
    if twice := _twice(names):
        yield f"agenda.items: may not name '{twice}' twice"


def _group_faults(process: Process) -> Iterator[str]:
    if twice := _twice([group.name for group in process.groups]):
        yield f"groups: may not name '{twice}' twice"
    elif twice := _twice([group.page.text for group in process.groups]):
        yield f"groups: may not give two groups the same page (it is {_quoted(twice)})"


def _title_faults(process: Process) -> Iterator[str]:
    """Titles that no wiki would take, under the key that they come from; the root's fault is everyone's."""
    meeting = Meeting(datetime(2026, 12, 10), "2026-12-10", 60)  # noqa: DTZ001  # any date is as long
    titles = [
        ("root", Title(process.root)),
        ("template_prefix", Title(f"Template:{process.templates}x")),
        *((f"groups.{number}", group.page) for number, group in enumerate(process.groups)),
        ("titles.steering_group", process.steering_group),
        ("titles.agenda", process.agenda(meeting)),
        *(("titles.update", process.update(group, meeting)) for group in process.groups if group.page.legal),
    ]
    wrong = {key: title for key, title in reversed(titles) if not title.legal}
    for key in ["root"] if "root" in wrong else reversed(wrong):
        yield f"{key}: gives a title that no wiki takes (it is {_quoted(wrong[key].text)})"


def _sentence(fault: ErrorDetails) -> str:
    """A fault in one sentence: where, what is allowed, what is there."""
    path = ".".join(str(part) for part in fault["loc"])
    given = fault["input"]
    shown = f" (it is {_quoted(given)})" if isinstance(given, str | int | float) else ""
    if fault["type"] == "missing":
        return f"{path}: is missing"
    if fault["type"] == "extra_forbidden":
        return f"{path}: there is no such key; allowed are {', '.join(_siblings(fault['loc']))}"
    if not path:
        return f"the page must be a JSON object with the keys {', '.join(_Configuration.model_fields)}"
    return f"{path}: {_allowed(fault)}{shown}"


def _allowed(fault: ErrorDetails) -> str:
    """What is allowed in the place of a fault, by pydantic's name for it."""
    limits = fault.get("ctx", {})
    sentences = {
        "fault": "{sentence}",
        "string_too_short": "may not be empty",
        "string_too_long": "may have at most {max_length} characters",
        "too_short": "must have at least one entry",
        "greater_than_equal": "must be at least {ge}",
        "less_than_equal": "may be at most {le}",
        "string_type": "must be a text in quotes",
        "string_unicode": "must be a text of Unicode characters",
        "int_type": "must be a whole number",
        "bool_type": "must be true or false",
        "list_type": "must be a list",
    }
    if fault["type"] in sentences:
        return sentences[fault["type"]].format(**limits)
    return f"must be an object with the keys {', '.join(_siblings((*fault['loc'], '')))}"


def _siblings(path: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where an unknown one was found."""
    parts: dict[str, type[BaseModel]] = {
        "groups": _Group, "steering_group": _Body, "titles": _Titles, "agenda": _Agenda, "items": _Item,
    }  # fmt: skip
    named = [part for part in path[:-1] if isinstance(part, str)]
    return list((parts.get(named[-1], _Configuration) if named else _Configuration).model_fields)


def _quoted(given: object) -> str:
    """A value as JSON, or its beginning."""
    text = json.dumps(given, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"


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
