"""Which cell of a table's row holds the action item or decision, which its owner, and so on, by the columns' titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from strategybot.model.minutes import Kind
from strategybot.reading.headings import scope
from strategybot.reading.vocabulary import Vocabulary
from strategybot.wikitext.roles import names_accounts, names_people
from strategybot.wikitext.tables import Cell

_NONE = Cell("")


@dataclass(frozen=True)
class Columns:
    """A row's cells by what they say. `matter` is None where no title says which that is.

    `kinds` are those that the titles tell.
    """

    kinds: frozenset[Kind]
    matter: Cell | None
    owner: Cell = _NONE
    due: Cell = _NONE
    status: Cell = _NONE
    id: str = ""

    @property
    def says_more(self) -> bool:
        """Whether a column says who, until when or how far."""
        return any(cell is not _NONE for cell in (self.owner, self.due, self.status))


def columns(cells: Sequence[Cell], words: Vocabulary) -> Columns:
    """The cells of a row by what the titles of their columns say."""
    told = [(cell, scope(cell.column, words).kinds) for cell in cells]
    matter, kinds = next(((cell, kinds) for cell, kinds in told if kinds), (None, frozenset[Kind]()))
    others = [cell for cell in cells if cell is not matter]
    return Columns(
        kinds,
        matter or next((cell for cell in others if words.are("what", cell.column)), None),
        _first(others, lambda title: words.are("owner", title) or names_people(title) or names_accounts(title)),
        _first(others, lambda title: words.are("when", title) or words.are("due", title)),
        _first(others, lambda title: words.are("status", title)),
        next((cell.text.strip() for cell in others if re.fullmatch(r"\s*[AD]\d{1,5}\s*", cell.text)), ""),
    )


def _first(cells: Sequence[Cell], fits: Callable[[str], bool]) -> Cell:
    return next((cell for cell in cells if fits(cell.column)), _NONE)
