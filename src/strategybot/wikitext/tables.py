"""Wikitables as grids: what stands in which column, with its title, where cells span rows and columns as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_WIDEST, _LONGEST = 100, 5000
"""How many columns and rows of a table are read: what spans more is none that people read either."""

_ATTRIBUTES = re.compile(r"""\s*(?:[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'|]+)\s*)+|\s*(?:nowrap|hidden)\s*""")
_SPAN = re.compile(r"""(?i)\b(row|col)span\s*=\s*["']?\s*(\d{1,4})""")


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; `column` is the title of its column, line by line where titles stand above each other.

    `is_header` says that it is a title itself.
    """

    text: str
    column: str = ""
    is_header: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its caption, and its rows but for those of titles alone at its top."""

    caption: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass
class _Raw:
    text: str
    is_header: bool
    rows: int = 1
    columns: int = 1


@dataclass
class _Reading:
    """A table while its lines are read."""

    caption: list[str] = field(default_factory=list)
    rows: list[list[_Raw]] = field(default_factory=lambda: [[]])
    into: str = ""

    def line(self, line: str) -> None:
        """Read a line of it."""
        start = line.lstrip(" \t:")
        if start.startswith("|-"):
            self.rows.append([])
            self.into = ""
        elif start.startswith("|+"):
            self.caption = [_without_attributes(start[2:])]
            self.into = "caption"
        elif start.startswith(("|", "!")):
            is_header = start[0] == "!"
            cells = re.split(r"\|\||!!", start[1:]) if is_header else start[1:].split("||")
            self.rows[-1] += [_cell(cell, is_header=is_header) for cell in cells]
            self.into = "cell"
        elif self.into == "caption":
            self.caption.append(line)
        elif self.into == "cell":
            self.rows[-1][-1].text += f"\n{line}"

    def table(self) -> Table:
        """What was read."""
        grid = _grid([row for row in self.rows if row][:_LONGEST])
        titles = 0
        while titles < len(grid) and _is_of_titles(grid[titles], first=not titles):
            titles += 1
        columns = _columns(grid[:titles])
        rows = (
            tuple(
                Cell(cell.text.strip(), columns[number] if number < len(columns) else "", cell.is_header)
                for number, cell in enumerate(row)
            )
            for row in grid[titles:]
        )
        return Table(" ".join(" ".join(self.caption).split()), tuple(rows))


def read_table(lines: Sequence[str]) -> Table:
    """The table in the lines between `{|` and `|}`. Templates and links in them must be replaced before.

    What a table inside of it says is left out.
    """
    reading, depth = _Reading(), 0
    for line in lines:
        start = line.lstrip(" \t:")
        if start.startswith("{|"):
            depth += 1
        elif start.startswith("|}") and depth:
            depth -= 1
        elif not depth:
            reading.line(line)
    return reading.table()


def _cell(text: str, *, is_header: bool) -> _Raw:
    attributes, bar, content = text.partition("|")
    if not bar or not _ATTRIBUTES.fullmatch(attributes):
        return _Raw(text, is_header)
    spans = {which.lower(): max(1, int(number)) for which, number in _SPAN.findall(attributes)}
    return _Raw(content, is_header, min(spans.get("row", 1), _LONGEST), min(spans.get("col", 1), _WIDEST))


def _without_attributes(text: str) -> str:
    attributes, bar, content = text.partition("|")
    return content if bar and _ATTRIBUTES.fullmatch(attributes) else text


def _grid(rows: Sequence[Sequence[_Raw]]) -> list[list[_Raw]]:
    """The rows with a cell in each column that it spans, and in each row."""
    grid: list[list[_Raw]] = []
    above: dict[int, tuple[_Raw, int]] = {}
    for row in rows:
        line: list[_Raw] = []
        left = list(row)[::-1]
        while len(line) < _WIDEST and (left or len(line) in above):
            column = len(line)
            if column in above:
                cell, more = above.pop(column)
                if more > 1:
                    above[column] = (cell, more - 1)
                line.append(cell)
                continue
            cell = left.pop()
            for _ in range(cell.columns):
                if cell.rows > 1:
                    above[len(line)] = (cell, cell.rows - 1)
                line.append(cell)
        grid.append(line)
    return grid


def _is_of_titles(row: Sequence[_Raw], *, first: bool) -> bool:
    """Whether a row holds titles alone, as people mark them: as header cells, or the first one in bold."""
    bold = first and all(re.fullmatch(r"\s*'''[^']+'''\s*", cell.text) for cell in row)
    return bold or all(cell.is_header for cell in row)


def _columns(titles: Sequence[Sequence[_Raw]]) -> list[str]:
    """The title of each column: all that stands above it, once each."""
    width = max(map(len, titles), default=0)
    return [
        "\n".join(
            dict.fromkeys(" ".join(row[number].text.replace("'''", "").split()) for row in titles if number < len(row))
        )
        for number in range(width)
    ]
