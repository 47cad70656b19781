"""The lines of a text, each with what it stands under: headings, titles between paragraphs, items of lists above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from strategybot.wikitext.tables import Cell, read_table

_HEADING = re.compile(r"(={1,6})(.+?)\1[ \t]*")
_ITEM = re.compile(
    r"[ \t]*(?:(?P<markers>[*#:;]+)|(?P<sign>[-–—•·‣▪→➔](?=[ \t])|\d{1,3}[.)](?=[ \t])|<li\b[^<>]*>))[ \t]*(?P<text>.*)"
)
_TITLE = re.compile(r"[ \t]*(?:'''+(?P<bold>[^']{1,100})'''+[ \t]*:?|(?P<plain>[^:.]{1,80})[ \t]*:)[ \t]*")
_RULE = re.compile(r"-{4,}[ \t]*")
_DEEPEST = 10


@dataclass
class Line:
    """A paragraph, an item of a list (`markers`) or a row of a table (`cells`), from `start` to `end` of the text.

    `above` is what it stands under, the outermost first; `over` are the items of a list above it, in the same order.
    """

    text: str
    start: int
    end: int
    above: tuple[str, ...] = ()
    markers: str = ""
    cells: tuple[Cell, ...] = ()
    over: tuple[Line, ...] = ()
    below: list[Line] = field(default_factory=list, repr=False)


def outline(text: str, headings: tuple[str, ...] = ()) -> list[Line]:
    """The lines of a section in their order, without its heading; `headings` stand above it, the outermost first."""
    return list(_Reading(text, headings).lines())


class _Reading:
    """A section while it is read line by line."""

    def __init__(self, text: str, headings: tuple[str, ...]) -> None:
        self._text = text
        self._headings = headings
        self._title: tuple[str, bool] = ("", False)
        self._items: list[Line] = []

    def lines(self) -> Iterator[Line]:
        """Its lines."""
        at, table, depth = 0, -1, 0
        for written in self._text.split("\n"):
            start, at = at, at + len(written) + 1
            bare = written.lstrip(" \t:")
            depth += bare.startswith("{|") - (bare.startswith("|}") and depth > 0)
            if depth and table < 0:
                table = start
            elif not depth and table >= 0:
                yield from self._rows(table, start)
                table = -1
            elif not depth:
                yield from self._line(written, start)
        if table >= 0:
            yield from self._rows(table, len(self._text))

    def _line(self, written: str, start: int) -> Iterator[Line]:
        if not written.strip() or _HEADING.fullmatch(written) or _RULE.fullmatch(written):
            return
        item = _ITEM.fullmatch(written)
        if item and item["text"].strip():
            yield self._item(item, start, start + len(written))
        elif not item:
            self._items = []
            if title := _TITLE.fullmatch(written):
                self._title = (title["bold"] or title["plain"]).strip(), bool(title["bold"])
            else:
                yield Line(written.strip(), start, start + len(written), self._above)
                self._title = self._title if self._title[1] else ("", False)

    @property
    def _above(self) -> tuple[str, ...]:
        return (*self._headings, *filter(None, [self._title[0]]), *(item.text for item in self._items))

    def _item(self, item: re.Match[str], start: int, end: int) -> Line:
        markers, text = item["markers"] or "*", item["text"].strip()
        if markers == ";":
            self._items = []
            self._title = text.strip("': "), True
        self._items = [one for one in self._items if len(one.markers) < len(markers)][-_DEEPEST:]
        line = Line(text, start, end, self._above, markers, over=tuple(self._items))
        if self._items:
            self._items[-1].below.append(line)
        self._items.append(line)
        return line

    def _rows(self, start: int, end: int) -> Iterator[Line]:
        """The rows of a table; each is the line, or the lines, of its longest cell."""
        self._items = []
        table = read_table(self._text[start:end].split("\n")[1:])
        above = (*self._above, table.caption) if table.caption else self._above
        at = start
        for row in table.rows:
            cells = tuple(dict.fromkeys(row))
            longest = max((cell.text for cell in cells), key=len, default="")
            found = self._text.find(longest, at, end)
            found = found if found >= 0 else self._text.find(longest, start, end)
            if not longest or found < 0:
                continue
            at = found + len(longest)
            yield Line(longest, self._text.rfind("\n", 0, found) + 1, self._end(at), above, cells=row)

    def _end(self, place: int) -> int:
        end = self._text.find("\n", place)
        return end if end >= 0 else len(self._text)
