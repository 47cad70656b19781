"""The configuration of a process: the JSON page that admins write, validated into the model.

Every fault names its key by path and says what is allowed, in a sentence for the admin who can mend it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from strategybot.config.consistency import group_faults, item_faults, sharing_faults, title_faults
from strategybot.config.schema import (
    FRAME_ITEMS,
    MOST_DAYS_OF_CALL,
    TOPICS,
    UNSEEN,
    AgendaPart,
    Configuration,
    MeetingsPart,
    account,
    twice,
)
from strategybot.config.sentences import sentence
from strategybot.model.body import Body, Chain, Group, StandingItem
from strategybot.model.calendar import Calendar
from strategybot.model.meeting import Schedule
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relaying import Relaying
from strategybot.model.topic import Topic

__all__ = [
    "FRAME_ITEMS",
    "MOST_DAYS_OF_CALL",
    "TOPICS",
    "Faults",
    "account",
    "colliding",
    "contact_of",
    "read_configuration",
]


@dataclass(frozen=True)
class Faults:
    """Why a configuration can't be used: a sentence for each fault, with the path of its key."""

    page: Title
    sentences: tuple[str, ...]


@lru_cache(maxsize=64)
def read_configuration(text: str, page: Title, bot: str) -> Process | Faults:
    """The process that a configuration page's JSON text describes, or what is wrong with it.

    `page` is the page that the text stands on, `bot` the bot's account, under which its own pages are.
    """
    try:
        written = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_number
        )
        configuration = Configuration.model_validate(written)
    except ValidationError as error:
        return _faults(page, map(sentence, error.errors(include_url=False)))
    except RecursionError:
        return _faults(page, ["the page isn't readable as JSON: it is nested too deeply"])
    except ValueError as error:
        return _faults(page, [f"the page isn't readable as JSON: {error}"])
    process = _process(configuration, page, bot)
    faults = [*item_faults(configuration), *(list(group_faults(process)) or title_faults(process))]
    return _faults(page, faults) if faults else process


def contact_of(process: Process) -> str:
    """The account that the configuration names as the contact; empty where it names none."""
    contact = account(process.contact)
    return contact if contact and "@" not in contact and Title(f"User:{contact}").legal else ""


def colliding(processes: Sequence[Process]) -> list[Faults]:
    """Faults for processes that can't be carried side by side."""
    found: dict[Title, list[str]] = {}
    for process, fault in sharing_faults(processes):
        found.setdefault(process.page, []).append(fault)
    return [Faults(page, tuple(sentences)) for page, sentences in found.items()]


def _faults(page: Title, sentences: Iterator[str] | list[str]) -> Faults:
    return Faults(page, tuple(UNSEEN.sub("\ufffd", sentence) for sentence in sentences))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key given twice is a fault, since one of its values would be lost without a word."""
    seen = dict(pairs)
    if len(seen) < len(pairs):
        raise ValueError(f"the key '{twice([key for key, _ in pairs])}' is given twice")
    return seen


def _whole(digits: str) -> int:
    if len(digits) > 18:
        raise ValueError("a number has too many digits")
    return int(digits)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _process(configuration: Configuration, page: Title, bot: str) -> Process:
    groups = tuple(
        Group(group.name, Title(configuration.page_of(group)), group.language or "") for group in configuration.groups
    )
    return Process(
        name=configuration.name,
        page=page,
        bot=bot,
        root=configuration.root,
        templates=Title(configuration.template_prefix).text,
        core_team=frozenset(account(name) for name in configuration.core_team),
        operators=frozenset(account(name) for name in configuration.operators),
        groups=groups,
        bodies=(_steering_group(configuration, groups), *_meeting_groups(configuration, groups)),
        topics=tuple(one.topic for one in configuration.topics),
        languages=tuple(configuration.languages),
        contact=configuration.contact,
        local_time=configuration.local_time,
        longest=configuration.longest_statement,
        titles=configuration.titles.model_dump(),
        trial=configuration.trial,
        form=tuple(Topic(one.topic, one.label, one.help) for one in configuration.topics),
        relaying=_relaying(configuration),
    )


def _relaying(configuration: Configuration) -> Relaying | None:
    part = configuration.relays
    if part is None:
        return None
    lists = Title(configuration.titles.relays.format(root=configuration.root)).under("Lists")
    return Relaying(
        cap=part.cap,
        preview=timedelta(minutes=part.preview_minutes),
        closes=timedelta(days=part.close_days),
        lists={name: Title(title) if title else lists.under(Title(name).text) for name, title in part.lists.items()},
        opt_out=Title(part.opt_out_list) if part.opt_out_list else lists.under("Opted out"),
    )


def _steering_group(configuration: Configuration, groups: tuple[Group, ...]) -> Body:
    part = configuration.steering_group
    body = _body(part.name, Title(configuration.front_page), part, configuration.agenda)
    call = timedelta(days=part.call_for_updates) if part.call_for_updates else None
    follow_up = timedelta(days=part.follow_up_days) if part.follow_up_days else None
    return replace(body, groups=groups, chain=replace(body.chain, call=call, follow_up=follow_up))


def _meeting_groups(configuration: Configuration, groups: tuple[Group, ...]) -> Iterator[Body]:
    """The working groups to whose meetings the bot sees as well."""
    for part, group in zip(configuration.groups, groups, strict=True):
        if part.meetings:
            yield replace(_body(group.name, group.page, part.meetings, part.meetings.agenda), group=group)


def _body(name: str, page: Title, part: MeetingsPart, agenda: AgendaPart) -> Body:
    schedule = Schedule(part.first_meeting, part.repeat, part.timezone, part.minutes, part.place)
    chain = Chain(
        opens=timedelta(days=agenda.opens_days or _usual_opening(schedule)),
        minutes=timedelta(hours=part.minutes_page_hours),
        due=timedelta(days=part.minutes_due_days),
        again=timedelta(days=(part.minutes_overdue_days or part.minutes_due_days + 4) - part.minutes_due_days),
        approval=timedelta(days=part.approval_days) if part.approval_days else None,
    )
    items = tuple(StandingItem(item.item, item.minutes, item.least) for item in agenda.items or ())
    return Body(name, page, Calendar(schedule), items, chain)


def _usual_opening(schedule: Schedule) -> int:
    """How many days before a meeting its agenda opens: two weeks, but not before the day after the last meeting."""
    first = schedule.following(schedule.first.replace(tzinfo=UTC) - timedelta(days=2))
    second = schedule.following(first.start) if first else None
    return max(1, min(14, (second.start - first.start).days - 1)) if first and second else 14
