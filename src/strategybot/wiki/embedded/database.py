"""The file of an embedded wiki: how it is opened, and how it is read and written without harm."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from strategybot.wiki.embedded.schema import APPLICATION, TABLES, VERSION
from strategybot.wiki.port import OperatorError

_PATIENCE = 30.0
"""For how many seconds a process waits while another one writes."""


class Database:
    """A connection to an SQLite file, made if it isn't there; `:memory:` is one that nobody else sees.

    Raises OperatorError where the file can't be made or read, or is another application's; it stays as it was.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            self._recognise()
        except sqlite3.Error as error:
            raise OperatorError(f"“{path}” can't be opened as an embedded wiki: {error}.", usage=True) from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The tables as of one moment."""
        with self._transaction("DEFERRED"):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The tables, while no other process can write; all that is written, or after an exception nothing, stays."""
        with self._transaction("IMMEDIATE"):
            yield self._connection

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[None]:
        try:
            self._connection.execute(f"BEGIN {mode}")
            try:
                yield
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise
        except sqlite3.Error as error:
            raise OperatorError(f"The embedded wiki “{self._path}” can't be used: {error}.") from error

    def _recognise(self) -> None:
        """Make the tables in an empty file, and refuse the file of another application."""
        if self._is_empty():
            self._connection.execute("PRAGMA journal_mode = WAL")
            with self.writing():
                if self._is_empty():  # still: another process may have been faster
                    self._lay_out()
        if self._pragma("application_id") != APPLICATION:
            raise OperatorError(f"“{self._path}” is no embedded wiki, but another application's database.", usage=True)
        if self._pragma("user_version") != VERSION:
            raise OperatorError(f"“{self._path}” was made by another version of strategybot.", usage=True)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA synchronous = NORMAL")  # with a write-ahead log as safe, and much faster

    def _is_empty(self) -> bool:
        return not self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]

    def _lay_out(self) -> None:
        for statement in TABLES.split(";\n"):  # one by one, since executescript would end the transaction
            self._connection.execute(statement)
        self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
        self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def _pragma(self, name: str) -> int:
        value: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value
