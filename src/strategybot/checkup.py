"""A check-up: the doctor's examination of a wiki and of this machine, and what is said about it.

    fault  User:StrategyBot/Run: The bot is stopped, since this page doesn't exist. Somebody of the core team …
    hint   The account StrategyBot has no bot flag. …

Nothing is written anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from strategybot.doctor import Finding, Heartbeat, Machine, Severity, examine
from strategybot.doctor.configuration import FAULT, NONE
from strategybot.doctor.finding import fault
from strategybot.model.page import Title
from strategybot.runner import Runner
from strategybot.wiki.port import OperatorError, Wiki
from strategybot.writing.texts import Texts, words

NOT_CONFIGURED = "not-configured"
"""The key of what can't be used as it was given: the wiki's name, or the account's credentials."""

_USAGE = frozenset({NOT_CONFIGURED, NONE, FAULT})
"""The keys of what is wrong usage or configuration, for the exit status."""


@dataclass(frozen=True)
class Checkup:
    """What was found, faults first, and how many requests that took."""

    findings: tuple[Finding, ...]
    requests: int = 0

    @property
    def exit_status(self) -> int:
        """0 where there are hints at most, 1 for a fault, 2 where the usage or the configuration is wrong."""
        faults = {finding.key for finding in self.findings if finding.severity is Severity.FAULT}
        return 2 if faults & _USAGE else int(bool(faults))


def check_up(
    open_wiki: Callable[[], Wiki],
    files: Mapping[Title, str],
    *,
    now: datetime | None = None,
    heartbeat: Path | None = None,
) -> Checkup:
    """Examine the wiki that `open_wiki` opens. Where it can't be had, that is the one finding.

    `files` are the pages that `install` puts on the wiki; `now` is the moment to take for the present (UTC), else
    the wiki's clock counts; `heartbeat` is the file that `serve` writes.
    """
    try:
        wiki = open_wiki()
        site = wiki.start()
        machine = look(heartbeat, clock=None if site.own or now else datetime.now(UTC))
        findings = Runner(wiki).run(examine(site, machine, files, now or site.time))
    except OperatorError as error:
        return Checkup((fault(NOT_CONFIGURED if error.usage else "no-entry", str(error)),))
    return Checkup(findings, wiki.requests.total())


def look(heartbeat: Path | None, clock: datetime | None) -> Machine:
    """What there is to know of this machine. `clock` is its time (UTC), None where it isn't to be compared."""
    return Machine(clock, bool(available_timezones()), _heartbeat(heartbeat) if heartbeat else None)


def _heartbeat(path: Path) -> Heartbeat:
    try:
        told = json.loads(path.read_text("utf-8"))
        age = datetime.now(UTC) - datetime.fromisoformat(told["time"])
        return Heartbeat(str(path), age, int(told["exit_status"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Heartbeat(str(path))


def as_lines(checkup: Checkup, texts: Texts) -> list[str]:
    """A line for each finding: its severity, the page, and the sentence with the remedy."""
    if not checkup.findings:
        return [texts.say("doctor-all-is-well")]
    width = max(len(severity.value) for severity in Severity)
    return [
        f"{finding.severity.value:{width}}  {f'{finding.page}: ' if finding.page else ''}{sentence(finding, texts)}"
        for finding in checkup.findings
    ]


def as_object(checkup: Checkup, texts: Texts) -> dict[str, Any]:
    """The object that `--json` prints."""
    findings = [
        {
            "severity": finding.severity.value,
            "key": finding.key,
            "title": str(finding.page or ""),
            "message": sentence(finding, texts),
        }
        for finding in checkup.findings
    ]
    return {"findings": findings, "requests": checkup.requests}


def sentence(finding: Finding, texts: Texts) -> str:
    """What a finding says: what is wrong, and how to mend it.

    What readers of the bot's pages are told as well has one sentence for both, `problem-<key>`.
    """
    key = f"doctor-{finding.key}"
    return texts.say(key if key in words("en") else f"problem-{finding.key}", *finding.words)
