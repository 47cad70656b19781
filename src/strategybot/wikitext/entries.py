"""Items of lists, rows of tables and lines of a page, each with the headings that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from strategybot.wikitext.marks import MARK
from strategybot.wikitext.tables import Cell, read_table

_HEADING = re.compile(r"(={1,6})\s*(.+?)\s*(={1,6})\s*")
_ITEM = re.compile(r"\s*([*#:;]+)\s*(.*)|\s*()\d{1,3}[.)]\s+(.*)")
_TITLE = re.compile(r"\s*(?:'''+(?P<bold>[^']+)'''+\s*:?|(?P<plain>[^:]{1,60}):)\s*")
_DEEPEST = 10


@dataclass(frozen=True)
class Entry:
    """An `item`, a `row` or a `line`: its cells (one, but for rows), and the headings above it, the nearest last."""

    kind: str
    cells: tuple[Cell, ...]
    context: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(cell.text for cell in self.cells)


def entries(text: str) -> Iterator[Entry]:
    """The entries of a text in which people are marked."""
    return _Reading().entries(text)


class _Reading:
    """A text while it is read line by line."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._title = ""
        self._items: list[tuple[str, str]] = []
        self._open: tuple[str, list[str]] | None = None

    def entries(self, text: str) -> Iterator[Entry]:
        table: list[str] | None = None
        depth = 0
        for line in chain(text.split("\n"), [""]):
            start = line.lstrip(" \t:")
            depth += start.startswith("{|") - (start.startswith("|}") and depth > 0)
            if table is not None and depth:
                table.append(line)
            elif table is not None:
                yield from self._rows(table)
                table = None
            elif depth:
                yield from self._close()
                table = []
            else:
                yield from self._line(line)
        if table is not None:  # never closed: MediaWiki ends it with the page
            yield from self._rows(table)
        yield from self._close()

    @property
    def _context(self) -> tuple[str, ...]:
        return tuple(filter(None, (*(words for _, words in self._headings), self._title)))

    def _rows(self, lines: list[str]) -> Iterator[Entry]:
        table = read_table(lines)
        context = (*self._context, table.caption) if table.caption else self._context
        for row in table.rows:
            cells = tuple(dict.fromkeys(row))
            yield Entry("row", cells, context)

    def _line(self, line: str) -> Iterator[Entry]:
        if heading := _HEADING.fullmatch(line):
            yield from self._close()
            level = min(len(heading[1]), len(heading[3]))
            self._headings = [above for above in self._headings if above[0] < level] + [(level, heading[2])]
            self._title, self._items = "", []
        elif (item := _ITEM.fullmatch(line)) and (item[2] or item[4]):
            yield from self._item(item[1] or "#", (item[2] or item[4]).strip())
        else:
            yield from self._close()
            self._items = []
            if (title := _TITLE.fullmatch(line)) and not MARK.search(line):
                self._title = (title["bold"] or title["plain"]).strip()
            elif MARK.search(line):
                yield Entry("line", (Cell(line.strip()),), self._context)
            elif line.strip():
                self._title = ""

    def _item(self, markers: str, text: str) -> Iterator[Entry]:
        """An item of a list. What stands below it, deeper and naming nobody, is about it."""
        above = self._open
        if above and len(markers) > len(above[0]):
            if not MARK.search(above[1][0]):
                self._items.append((above[0], above[1][0]))
                self._open = None
            elif not MARK.search(text):
                above[1].append(text)
                return
        yield from self._close()
        self._items = [one for one in self._items if len(one[0]) < len(markers)][-_DEEPEST:]
        if markers.endswith(";") and not MARK.search(text):
            self._title = text.strip("': ")
        else:
            self._open = (markers, [text])

    def _close(self) -> Iterator[Entry]:
        if self._open:
            context = (*self._context, *(words for _, words in self._items))
            yield Entry("item", (Cell("\n".join(self._open[1])),), context)
            self._open = None
