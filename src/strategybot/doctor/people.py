"""The people that the configuration and the groups' pages name: whether they exist, can act and can be reached."""

from __future__ import annotations

from collections.abc import Collection

from strategybot.config import account
from strategybot.doctor.finding import Finding, fault, hint
from strategybot.inquiries.rosters import roster_of
from strategybot.model.body import Group
from strategybot.model.page import Title, User
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import UserNamed

_BLIND = ("group-page-missing", "group-page-without-template", "redirect")
"""The problems of a group's page that keep everything else on it from being known."""

_HEADLESS = ("roster-no-coordinator", "roster-page-missing")
"""The problems that say why nobody coordinates."""

_FAULTS = (*_BLIND, *_HEADLESS, "roster-no-account", "roster-no-accounts")
"""The problems that are faults of the set-up; the others are for the group."""


def named(process: Process) -> Job[list[Finding]]:
    """The core team, the operators and the contact."""
    lots = yield from together(
        [
            _accounts("core-team", process.core_team, process.page),
            _accounts("operator", process.operators, process.page),
            contact(process),
        ]
    )
    return [finding for lot in lots for finding in lot]


def contact(process: Process) -> Job[list[Finding]]:
    """Whom the bot writes to about what must not be said in public: an account that can be sent mail.

    The wiki sends mail only for an account that has an address as well.
    """
    name = account(process.contact)
    if not name:
        return [hint("no-contact", page=process.page)]
    if "@" in name or not Title(name).legal or "/" in name or ":" in name:
        return [fault("contact-no-account", process.contact, page=process.page)]
    user, bot = yield from together(ask(UserNamed(one)) for one in (name, process.bot))
    findings = [] if bot.emailable else [fault("bot-without-mail", process.bot)]
    if not user.exists:
        return [*findings, fault("contact-unknown", name, page=process.page)]
    return findings if user.emailable else [*findings, fault("contact-without-mail", name, page=process.page)]


def coordinators(process: Process, group: Group) -> Job[list[Finding]]:
    """A group's page and the people whom it names as coordinators."""
    roster = yield from roster_of(process, group)
    findings = [_on_roster(problem) for problem in roster.problems]
    if any(finding.key in _BLIND for finding in findings):
        return findings
    if not roster.names.coordinators and not any(finding.key in _HEADLESS for finding in findings):
        findings.append(fault("nobody-coordinates", group.name, page=roster.group.page))
    return findings


def _on_roster(problem: Problem) -> Finding:
    """What the reader of the page has to say."""
    say = fault if problem.key in _FAULTS else hint
    return say(problem.key, *problem.words, page=problem.page)


def _accounts(role: str, names: Collection[str], page: Title) -> Job[list[Finding]]:
    users = yield from together(ask(UserNamed(name)) for name in sorted(names))
    findings = [_account(role, name, user, page) for name, user in zip(sorted(names), users, strict=True)]
    return [finding for finding in findings if finding]


def _account(role: str, name: str, user: User, page: Title) -> Finding | None:
    """Anyone could register a name that is still free, and would be believed."""
    if not user.exists:
        return fault(f"{role}-unknown", name, page=page)
    return hint(f"{role}-blocked", name, page=page) if user.blocked else None
