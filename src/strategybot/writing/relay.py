"""The words of relays on talk pages: the message in its own language, and the frame in that of its readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from strategybot.config import contact_of
from strategybot.model.page import Title
from strategybot.model.process import Process, stop_pages
from strategybot.model.relay import Kind, Party, Relay, Side, Target, Version
from strategybot.writing.environment import render
from strategybot.writing.languages import long_date
from strategybot.writing.safe import Block, Field, Heading, Inline, field, heading, target
from strategybot.writing.texts import Texts

OPTED_OUT = Title("Category:Opted-out of message delivery")
"""The category of pages that get no messages, on all wikis that have message delivery."""

_KINDS = {
    Kind.INFORMATION: "relay-post-information",
    Kind.INSTRUCTION: "relay-post-instruction",
    Kind.REQUEST: "relay-post-request",
    Kind.FEEDBACK: "relay-post-feedback",
}
_SENDERS = {Side.CORE_TEAM: "relay-post-core-team", Side.STEERING_GROUP: "relay-post-steering-group"}

JOB = "relays"
"""The name of the job that posts them."""


def relay_heading(version: Version) -> Heading:
    """The heading of a relay: its subject."""
    return heading(version.subject)


def relay_body(process: Process, relay: Relay, at: Target, language: str, corrected: date | None = None) -> Block:
    """What is posted of a relay at a target whose readers have a language; `corrected` is the day since it reads so.

    The text stands there whole, however long it is. Who stands behind it is named without a link, which would notify.
    """
    said = relay.version(language)
    say = Texts(language).say
    return Block(
        render(
            "relay.wiki",
            said=said,
            language=language,
            about=about(process, relay, language, corrected),
            languages=Inline(say("relay-post-languages")),
            others=[one.lang for one in relay.versions if one != said],
            status=process.relay_status.under(relay.id),
            links=relay if relay.asks else None,
            prefix=Field(process.templates),
            group=at.group.name if at.group else "",
            relays=process.relays,
            rest=_joined(_rest(process, relay, at, language)),
        )
    )


def note_body(process: Process, relay: Relay, language: str) -> Block:
    """The line that says that a relay was corrected where it can't be any more. It holds none of the relay's words."""
    status = target(process.relay_status.under(relay.id))
    day = _day(language, relay.version(language).source.time.date())
    return Block(_marked(language, Texts(language).say("relay-post-note", day, status)))


def withdrawn_heading(language: str) -> Heading:
    """The heading in place of that of a relay that was withdrawn."""
    return heading(Texts(language).say("relay-post-withdrawn-heading"))


def withdrawn_body(language: str) -> Block:
    """The mark in place of a relay that was withdrawn."""
    words = Inline(Texts(language).say("relay-post-withdrawn"))
    return Block(render("relay_withdrawn.wiki", language=language, withdrawn=words))


def about(process: Process, relay: Relay, language: str, corrected: date | None = None) -> Inline:
    """What it is, whom it is from, who stands behind it, and until when an answer is asked for."""
    return _joined(_about(process, relay, language, corrected))


def _about(process: Process, relay: Relay, language: str, corrected: date | None) -> Iterator[str]:
    """What it is, whom it is from, who stands behind it, and until when an answer is asked for."""
    say = Texts(language).say
    if relay.kind:
        yield f"'''{say(_KINDS[relay.kind])}'''"
    if relay.sender:
        yield _sender(process, relay.sender, language)
    if names := dict.fromkeys(one.source.user for one in relay.vouchers):
        yield say("relay-post-behind", ", ".join(field(name) for name in names))
    if corrected:
        yield say("relay-post-corrected", _day(language, corrected))
    if relay.reply_by:
        yield f"'''{say('relay-post-by', _day(language, relay.reply_by))}'''"


def _sender(process: Process, sender: Party, language: str) -> str:
    key = _SENDERS.get(sender.side, "relay-post-group")
    return Texts(language).say(key, field(process.name), field(sender.name))


def _rest(process: Process, relay: Relay, at: Target, language: str) -> Iterator[str]:
    """Where to answer, that it is public, and how to get no more of these."""
    say = Texts(language).say
    yield say("relay-post-where" if relay.asks else "relay-post-reply", target(process.relay_status.under(relay.id)))
    contact = contact_of(process)
    mail = say("relay-post-confidence", field(contact)) if contact else ""
    yield f"{say('relay-post-public')} {mail}".rstrip()
    is_listed = not at.group and any(party.side is Side.STAKEHOLDERS for party in relay.audience)
    if process.relaying is None or not is_listed:
        yield say("relay-post-stop", field(stop_pages(process.bot, JOB)[1]))
    else:
        yield say("relay-post-opt-out", target(process.relaying.opt_out), target(OPTED_OUT))


def _joined(parts: Iterator[str]) -> Inline:
    return Inline(" · ".join(parts))


def _day(language: str, day: date) -> str:
    return field(long_date(language, day.isoformat()))


def _marked(language: str, words: str) -> str:
    """Words within a line, marked with their language."""
    return render("relay_note.wiki", language=language, words=Inline(words))
