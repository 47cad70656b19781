"""What a person needs to send a relay by message delivery, in MassMessage's forms: the list, and the text.

Its special page takes both from the address, with a subject, and as a message the signature, which follows the text:
`{{Steering group/Relay prepared}}` has the link.
"""

from __future__ import annotations

from collections.abc import Iterable

from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relay import Relay, Target
from strategybot.reading.targets import is_domain
from strategybot.wikitext import neutral
from strategybot.writing.environment import render
from strategybot.writing.relay import about
from strategybot.writing.safe import Block, Field, Inline, field, inline
from strategybot.writing.texts import Texts


def prepared_list(targets: Iterable[Target]) -> Block:
    """The delivery list of those targets, in their order, but for what no list can hold."""
    lines = map(_line, targets)
    return Block("\n".join(dict.fromkeys(filter(None, lines))))


def _line(target: Target) -> str:
    """A target on its line; empty for what no list can hold."""
    title = target.page.title if target.page else target.asked
    can_be_held = title.legal and Title(neutral.clean(title.text)).legal
    if not can_be_held or (target.site and not is_domain(target.site)):
        return ""
    site = Field(f"|{target.site}" if target.site else "")
    return f"* {{{{#target:{field(title)}{site}}}}}"


def prepared_text(process: Process, relay: Relay, url: str) -> Block:
    """The text that people send: the relay in its own language, and where all about it stands, by its address.

    It is read on other wikis as well, where neither our templates nor our pages are. MassMessage sends it as it is.
    """
    said, say = relay.original, Texts(relay.original.lang).say
    return Block(
        render(
            "relay_sent.wiki",
            said=said,
            about=about(process, relay, said.lang),
            where=Inline(say("relay-sent-where", inline(url))),
            stop=inline(say("relay-sent-opt-out")),
        ).strip()
    )
