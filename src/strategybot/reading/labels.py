"""Labels by which people mark decisions and action items: "Action:", '''Decision''' –, AI Bo:, We agreed to meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from strategybot.model.minutes import Kind, Named
from strategybot.reading.names import Names

_LABEL = r"(?:(?P<action>«action»|AI(?=\d))|(?P<decision>«decision»))"
_NUMBER = re.compile(
    r"\s*(?:[#№]|n[°ºo]\.?)?\s*(?P<number>[A-Z]?-?\d{1,4}(?:[-/.]\d{1,3})?[a-z]?)(?!\w)", re.IGNORECASE
)
_END = re.compile(r"['\s)\]]*(?:[:：]|\s[-–—]+(?=\s)|[–—]|[-=]>|→)['\s]*")
_CLOSED = re.compile(r"(?:'''+|[\])])['\])]*(?:\s+|(?<=[\])]))(?=\S)")
_MIDDLE = re.compile(r"(?P<middle>[^:：\n]{1,60}?)['\s]*[:：]['\s]*")
_ABOUT = re.compile(
    r"\W*(?:on|about|regarding|re|concerning|concernant|sur|à propos|zu|zur|zum|über|sobre|acerca de|بشأن|حول)(?!\w)",
    re.I,
)
_FOR = re.compile(r"(?:for|pour|für|para|à|an|a|by|par|von)\s+", re.IGNORECASE)
_NO_SHOUT = frozenset({"AI", "AIS", "AP"})
"""Labels that are words in capitals as well."""


@dataclass(frozen=True)
class Segment:
    """A part of a line: of a `kind` where a label says so, with the owners that the label names, and what follows it.

    `unclear`: it begins like a label and goes on otherwise.
    """

    text: str
    kind: Kind | None = None
    owners: tuple[Named, ...] = ()
    unclear: bool = False


def segments(text: str, names: Names) -> Iterator[Segment]:
    """The parts of a line, parted where a label begins another one."""
    within = names.words.pattern(rf"(?:(?<=[.;!?…])\s+|(?<=\s)(?='''))'*{_LABEL}'*\s*[:：]")
    starts = [0, *(found.start() for found in within.finditer(text) if found.start()), len(text)]
    for start, end in pairwise(starts):
        yield _segment(text[start:end].strip(), names)


def _segment(text: str, names: Names) -> Segment:
    if said := names.words.pattern(r"[\s'\"]*«decides»['\s,:]*").match(text):
        return Segment(text[said.end() :], Kind.DECISION)
    label = names.words.pattern(rf"[\s'\"(\[→➔⇒>*-]*{_LABEL}").match(text)
    if not label:
        return Segment(text)
    kind = Kind.ACTION if label["action"] else Kind.DECISION
    numbered = _NUMBER.match(text, label.end())
    after = numbered.end() if numbered else label.end()
    number = f"{numbered['number']}: " if numbered and re.fullmatch(r"[AD]\d+", numbered["number"]) else ""
    if (end := _END.match(text, after)) or (end := _CLOSED.match(text, after)):
        return Segment(number + text[end.end() :], kind)
    shouted = label["action"] or label["decision"]
    if shouted.isupper() and shouted not in _NO_SHOUT and text[after : after + 1] == " ":
        return Segment(number + text[after:].strip(), kind)
    return _with_middle(text, after, kind, names)


def _with_middle(text: str, after: int, kind: Kind, names: Names) -> Segment:
    """A label that goes on before its colon: by whom it is, or what it is about."""
    middle = _MIDDLE.match(text, after)
    if not middle or not middle["middle"].startswith((" ", "(", "\xa0")):
        return Segment(text)
    if names.words.pattern(r"(?:[^\w\ue000-\uf8ff]*+«beside»)++[^\w\ue000-\uf8ff]*+").fullmatch(middle["middle"]):
        return Segment(text[middle.end() :], kind)
    words = middle["middle"].strip(" ()[]'")
    owners = names.all_in(words[found.end() :] if (found := _FOR.match(words)) else words)
    if owners:
        return Segment(text[middle.end() :], kind, owners)
    return Segment(text, kind if _ABOUT.match(words) else None, unclear=bool(_ABOUT.match(words)))
