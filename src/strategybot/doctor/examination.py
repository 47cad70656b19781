"""The whole examination: all families of checks, their questions asked in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from strategybot.config import TOPICS, Faults, colliding, read_configuration
from strategybot.doctor.account import account_findings, user_page
from strategybot.doctor.configuration import configuration
from strategybot.doctor.finding import Finding, Severity
from strategybot.doctor.machine import Machine, machine_findings
from strategybot.doctor.meetings import meeting_findings
from strategybot.doctor.people import coordinators, named
from strategybot.doctor.relays import relay_findings
from strategybot.doctor.switches import switches
from strategybot.doctor.templates import language_pages, templates
from strategybot.doctor.titles import in_the_way, title_findings
from strategybot.inquiries.calendars import scheduled
from strategybot.inquiries.configuration import configuration_pages
from strategybot.model.page import Site, Title
from strategybot.model.process import Process
from strategybot.model.wikiside import WikiSide, wiki_sides
from strategybot.wiki.asking import Job, together


def examine(site: Site, machine: Machine, files: Mapping[Title, str], now: datetime) -> Job[tuple[Finding, ...]]:
    """All findings about a set-up, faults first.

    `site` is what `start()` found, `files` are the pages that `install` puts on the wiki, `now` is the present (UTC).
    """
    bot = site.account.name
    pages = yield from configuration_pages(bot)
    found = [read_configuration(page.text, page.title, bot) for page in pages]
    processes = yield from together(scheduled(one) for one in found if isinstance(one, Process))
    operators = {name for process in processes for name in process.operators}
    asked: list[Job[list[Finding]]] = [
        user_page(site, operators),
        configuration(bot, pages, found),
        *([] if _unreadable(found) else [switches(bot, processes)]),
        *(templates(files, side, site) for side in _sides(found, processes, bot)),
        language_pages(site, dict.fromkeys(code for process in processes for code in process.languages)),
        *(check for process in processes for check in _of_process(process, site, now)),
    ]
    lots = yield from together(asked)
    findings = [*machine_findings(machine, site), *account_findings(site, pages)]
    findings += [finding for lot in lots for finding in lot]
    findings += [finding for process in processes for finding in meeting_findings(process, now)]
    return _sorted([*findings, *title_findings(processes), *relay_findings(processes, site)])


def _of_process(process: Process, site: Site, now: datetime) -> list[Job[list[Finding]]]:
    """The checks of one process that ask something."""
    groups = [coordinators(process, group) for group in process.groups]
    return [named(process), *groups, in_the_way(process, site, now)]


def _sides(found: Sequence[Process | Faults], processes: Sequence[Process], bot: str) -> tuple[WikiSide, ...]:
    """What is to be on the wiki. While that isn't known, `install` changes nothing, and nothing is missed."""
    is_known = len(processes) == len(found) and not colliding(processes)
    return wiki_sides(processes, bot, TOPICS) if is_known else ()


def _unreadable(found: Sequence[Process | Faults]) -> bool:
    """Whether a configuration is there and none can be read: then nobody knows who may start the bot."""
    return bool(found) and all(isinstance(one, Faults) for one in found)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, faults first, else in the order of the checks."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.severity is not Severity.FAULT))
