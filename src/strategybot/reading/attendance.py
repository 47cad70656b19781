"""Who was there, who sent apologies, and who wrote the minutes."""

from __future__ import annotations

from collections.abc import Iterable

from strategybot.model.minutes import Named
from strategybot.reading.headings import ROLES, scope_of
from strategybot.reading.names import Names
from strategybot.reading.outline import Line


def read_attendance(lines: Iterable[Line], names: Names) -> dict[str, tuple[Named, ...]]:
    """The people whom lines list, by what they are listed as (`ROLES`)."""
    found: dict[str, list[Named]] = {role: [] for role in ROLES}
    for line in lines:
        role, text = _labelled(line, names)
        if role:
            found[role] += names.listed_in(text)
        elif (role := scope_of(line.above, names.words).people) and (line.markers or line.cells):
            found[role] += _of_row(line, names) if line.cells else names.first_in(line.text)
        elif role:
            found[role] += names.listed_in(line.text)
    return {role: tuple(dict.fromkeys(named)) for role, named in found.items()}


def _labelled(line: Line, names: Names) -> tuple[str, str]:
    """What a label says of those who are listed behind it, and they."""
    for role in ROLES:
        label = names.words.pattern(rf"['\s]*+«{role}»['\s]*(?:\([^()]{{0,40}}\)\s*)?['\s]*[:：–—]['\s]*").match(
            line.text
        )
        if label and label.end() < len(line.text):
            return role, line.text[label.end() :]
    return "", ""


def _of_row(line: Line, names: Names) -> tuple[Named, ...]:
    """The first cell of a row that names somebody."""
    return next((found for cell in line.cells if not cell.is_header and (found := names.first_in(cell.text))), ())
