"""The pages that configure the bot: whether they can be read, and whether only admins can write them."""

from __future__ import annotations

from collections.abc import Sequence

from strategybot.config import Faults
from strategybot.doctor.finding import Finding, fault, hint
from strategybot.inquiries.authority import ADMINS
from strategybot.model.page import Page, Title
from strategybot.model.process import Process, trial_root
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import UserNamed
from strategybot.writing.texts import codes

NONE = "no-configuration"
FAULT = "configuration-fault"


def configuration(bot: str, pages: Sequence[Page], found: Sequence[Process | Faults]) -> Job[list[Finding]]:
    """What is wrong with the configuration's pages, and with what was found on each."""
    if not pages:
        place = Title(f"User:{bot}/<Process>.json")
        return [fault(NONE, str(place))]
    findings = [finding for page in pages for finding in _protection(page)]
    findings += [one for what in found for one in (_faults(what) if isinstance(what, Faults) else _settings(what))]
    authors = yield from together(_author(page) for page in pages)
    return findings + [finding for finding in authors if finding]


def _protection(page: Page) -> list[Finding]:
    """The wiki keeps a page under a user's name for its admins only where its content model is JSON."""
    if page.title != page.asked:
        return [fault("configuration-moved", str(page.asked), str(page.title), page=page.asked)]
    if page.model == "json":
        return []
    if page.protection == ADMINS:
        return [hint("configuration-model", str(page.title), page.model, page=page.title)]
    return [fault("configuration-open", str(page.title), page.model, page=page.title)]


def _faults(found: Faults) -> list[Finding]:
    return [fault(FAULT, str(found.page), sentence, page=found.page) for sentence in found.sentences]


def _settings(process: Process) -> list[Finding]:
    """What a configuration allows, but had better not say."""
    untold = [code for code in process.languages if not {code, code.split("-", maxsplit=1)[0]} & set(codes())]
    findings = [hint("language-without-texts", code, page=process.page) for code in untold]
    if process.trial:
        findings.append(hint("trial", process.name, f"{trial_root(process.bot)}/", page=process.page))
    if not process.operators:
        findings.append(hint("no-operators", page=process.page))
    return findings


def _author(page: Page) -> Job[Finding | None]:
    """Whoever saved the page last should be an admin: it names the people whom the bot believes."""
    name = page.revision.user if page.revision else None
    if name is None:
        return None
    user = yield from ask(UserNamed(name))
    if ADMINS in user.groups:
        return None
    return hint("configuration-author", name, page=page.title)
