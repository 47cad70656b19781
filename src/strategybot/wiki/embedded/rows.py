"""Rows of an embedded wiki's tables, and the forms in which they hold times and lists."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime


class Rows:
    """The rows behind a connection, by SQL statements with named values."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write(self, statement: str, **values: object) -> int:
        """Carry a statement out: the id of the row that it adds, if it adds one."""
        return self._connection.execute(statement, values).lastrowid or 0

    def row(self, statement: str, **values: object) -> sqlite3.Row | None:
        """The first row that a statement gives."""
        row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return row

    def rows(self, statement: str, **values: object) -> list[sqlite3.Row]:
        """All rows that a statement gives."""
        return self._connection.execute(statement, values).fetchall()


def listed(stored: str) -> tuple[str, ...]:
    """A list that is stored with commas between."""
    return tuple(stored.split(",")) if stored else ()


def stamp(time: datetime) -> str:
    """A time as it is stored: ISO 8601 in UTC."""
    return time.astimezone(UTC).isoformat()
