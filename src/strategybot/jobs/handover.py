"""What people are to send for the bot: to other wikis, and to more pages than it posts on itself.

Below a relay's page the bot keeps a delivery list and the text, in MassMessage's forms. That somebody has sent it is
read from the wiki's log, by the list; from then on both stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategybot.jobs.plan import Edit
from strategybot.model.page import Page, SentMessage, Title
from strategybot.model.process import Process
from strategybot.model.relay import Fate, Relay, Stage, Target
from strategybot.model.source import Source
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import MessagesSent, PageNow
from strategybot.writing.relay import withdrawn_body
from strategybot.writing.relay_status import Prepared, status_title
from strategybot.writing.targets import prepared_list, prepared_text
from strategybot.writing.texts import Texts

_FOR_PEOPLE = (Fate.PREPARED, Fate.ELSEWHERE)


@dataclass(frozen=True)
class Handover:
    """What is prepared of a relay: its targets as they stand with that, and the edits that prepare it."""

    targets: tuple[Target, ...] = ()
    prepared: Prepared | None = None
    edits: tuple[Edit, ...] = ()


def handover(process: Process, relay: Relay, targets: Sequence[Target], *, goes: bool) -> Job[Handover]:
    """What people are to send of a relay to its targets, if it `goes` out now. Where that is nothing, nothing is asked.

    Of one that was withdrawn the text is taken back.
    """
    page, is_gone = status_title(process, relay.id), relay.stage is Stage.WITHDRAWN
    is_for_people = bool(relay.versions) and any(one.fate in _FOR_PEOPLE for one in targets)
    if page is None or not (is_gone or (is_for_people and goes)):
        return Handover(tuple(targets))
    since = relay.since or relay.first
    (here, listed, text), sent = yield from both(
        together(ask(PageNow(title)) for title in (page, page.under("Targets"), page.under("Text"))),
        known(()) if is_gone else ask(MessagesSent(since)),
    )
    if is_gone:
        mark = replace(_edit(process, text, withdrawn_body(process.languages[0])), discreet=True)
        return Handover(tuple(targets), edits=(mark,) if text.exists else ())
    message = next((one for one in reversed(sent) if one.targets == listed.title), None)
    made = replace(_prepared(listed, text), sent=_source(message) if message else None)
    if message:
        return Handover(tuple(map(_sent, targets)), made)
    edits = (
        _edit(process, listed, prepared_list(targets)),
        _edit(process, text, prepared_text(process, relay, here.url or str(page))),
    )
    return Handover(tuple(targets), made if listed.exists and text.exists else None, edits)


def _prepared(listed: Page, text: Page) -> Prepared:
    return Prepared(listed.title, text.title, listed.revision.id if listed.revision else None)


def _edit(process: Process, page: Page, text: str) -> Edit:
    return Edit(page, str(text), Texts(process.languages[0]).say("summary-relay-prepared"))


def _source(message: SentMessage) -> Source:
    """Who has sent it, and when."""
    return Source(message.targets or Title(""), message.revid or 0, message.user or "", message.time)


def _sent(target: Target) -> Target:
    return replace(target, fate=Fate.SENT) if target.fate in _FOR_PEOPLE else target
