"""The wiki's side of the processes that share a prefix of templates: what templates, form and texts are made for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.topic import Topic

PREFIX = "Steering group/"
"""The prefix of templates where none is configured."""


@dataclass(frozen=True)
class Place:
    """Where the pages of one process are, for templates that stand on a group's page.

    `groups` are the groups' pages, `front` is the steering group's, and `waiting` lists what waits by person. `updates`
    (the page that lists a group's updates) and `update` are patterns in which `{group}` stands for the title of the
    group's page, and `{date}` for a date. `relays` is the page of relays, and below `relay_status` the bot shows how
    each of them stands; None where none are passed on.
    """

    groups: tuple[Title, ...]
    front: Title
    waiting: Title
    updates: str
    update: str
    relays: Title | None = None
    relay_status: Title | None = None


@dataclass(frozen=True)
class WikiSide:
    """`languages` begin with the one that a label is taken from where it isn't given in the reader's.

    `contact` is the account to write to in confidence; empty where the processes name none, or several. `groups` and
    `lists` are the names of the groups and of the delivery lists to which word is passed on.
    """

    bot: str
    prefix: str = PREFIX
    topics: tuple[Topic, ...] = ()
    languages: tuple[str, ...] = ("en",)
    contact: str = ""
    places: tuple[Place, ...] = ()
    groups: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def wiki_sides(processes: Iterable[Process], bot: str, usual: Iterable[str]) -> tuple[WikiSide, ...]:
    """What is to be on the wiki, for each prefix; with the usual topics where nothing is configured."""
    by_prefix: dict[str, list[Process]] = {}
    for process in processes:
        by_prefix.setdefault(process.templates, []).append(process)
    sides = tuple(_side(prefix, sharing, bot) for prefix, sharing in by_prefix.items())
    return sides or (WikiSide(bot, topics=tuple(map(Topic, usual))),)


def _side(prefix: str, sharing: Sequence[Process], bot: str) -> WikiSide:
    """Those that share a prefix have the same topics: anything else is a fault of their configurations."""
    contacts = {re.sub(r"^user:", "", process.contact, flags=re.IGNORECASE) for process in sharing if process.contact}
    contact = contacts.pop() if len(contacts) == 1 else ""
    return WikiSide(
        bot=bot,
        prefix=prefix,
        topics=sharing[0].form,
        languages=tuple(dict.fromkeys(code for process in sharing for code in process.languages)),
        contact=contact if Title(contact).legal and not set(contact) & set("/@:") else "",
        places=tuple(map(_place, sharing)),
        groups=_once(group.name for process in sharing if process.relaying for group in process.groups),
        lists=_once(name for process in sharing if process.relaying for name in process.relaying.lists),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _place(process: Process) -> Place:
    return Place(
        groups=tuple(group.page for group in process.groups),
        front=process.own(process.steering_group),
        waiting=process.waiting,
        updates=process.pattern("updates"),
        update=process.pattern("update"),
        relays=process.relays if process.relaying else None,
        relay_status=process.relay_status if process.relaying else None,
    )
