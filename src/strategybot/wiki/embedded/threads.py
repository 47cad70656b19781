"""The comments on a talk page of an embedded wiki: its own signatures, read as MediaWiki's DiscussionTools would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from strategybot.model.comment import Comment, Heading, Thread
from strategybot.wiki.normalise import MONTHS
from strategybot.wiki.titles import NAMESPACES
from strategybot.wiki.verbatim import without_verbatim
from strategybot.wikitext.references import unescape

_HEADING = re.compile(r"(={1,6})(.+?)\1[ \t]*")
_STAMP = re.compile(rf"(\d\d):(\d\d), (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}}) \(UTC\)")
_LINK = re.compile(r"\[\[:?([^\[\]|:]{1,40}):([^\[\]|#]{1,300})")
_LABEL = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKUP = re.compile(r"\'{2,}|<[^<>]*>")


def thread_in(text: str) -> Thread:
    """The headings and the signed comments in a wikitext, in their order."""
    return tuple(one for line in without_verbatim(text).split("\n") for one in _in_line(line))


def _in_line(line: str) -> Iterator[Heading | Comment]:
    heading = _HEADING.fullmatch(line)
    if heading:
        yield Heading(_words(heading[2]), len(heading[1]))
        return
    begin = 0
    for stamp in _STAMP.finditer(line):
        authors = [author for link in _LINK.finditer(line, begin, stamp.start()) if (author := _author(*link.groups()))]
        begin = stamp.end()
        time = _time(*stamp.groups())
        if authors and time:
            yield Comment(authors[-1], time)


def _author(space: str, name: str) -> str:
    """Whose page a link leads to, empty where it is nobody's."""
    namespace = NAMESPACES.get(space.replace("_", " ").strip().lower())
    name = unescape(name).replace("_", " ").strip()
    if namespace == "Special" and name.startswith("Contributions/"):
        return name.removeprefix("Contributions/")
    return name.partition("/")[0] if namespace in ("User", "User talk") else ""


def _time(hour: str, minute: str, day: str, month: str, year: str) -> datetime | None:
    """The moment that a signature names, None where there was none such."""
    try:
        return datetime(int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    except ValueError:
        return None


def _words(heading: str) -> str:
    """The words that a heading shows."""
    return " ".join(unescape(_MARKUP.sub("", _LABEL.sub(r"\1", heading))).split())
