"""The records of an embedded wiki: all that is read from its tables and written to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from strategybot.model.page import Revision, Title, User
from strategybot.wiki.embedded.links import links, redirect
from strategybot.wiki.embedded.rights import rights_of
from strategybot.wiki.port import OperatorError
from strategybot.wiki.titles import content_model

_OPTED_OUT = "Category:Opted-out of message delivery"

_USED = """
    WITH RECURSIVE used (title) AS (
        SELECT target FROM link WHERE page = :page AND kind = 'template' AND here
        UNION
        SELECT link.target FROM used
        JOIN page ON page.title = used.title AND page.wiki = :wiki
        JOIN link ON link.page = page.id AND link.kind = 'template' AND link.passed_on
    )
    SELECT 1 FROM link WHERE page = :page AND kind = 'category' AND target = :category AND here
    UNION ALL
    SELECT 1 FROM used
    JOIN page ON page.title = used.title AND page.wiki = :wiki
    JOIN link ON link.page = page.id AND link.kind = 'category' AND link.target = :category AND link.passed_on
    LIMIT 1
"""
_USING = """
    WITH RECURSIVE carrier (title) AS (
        SELECT :title
        UNION
        SELECT page.title FROM carrier
        JOIN link ON link.target = carrier.title AND link.kind = 'template' AND link.passed_on
        JOIN page ON page.id = link.page AND page.wiki = :wiki
    )
    SELECT DISTINCT page.title FROM carrier
    JOIN link ON link.target = carrier.title AND link.kind = 'template' AND link.here
    JOIN page ON page.id = link.page AND page.wiki = :wiki
    ORDER BY page.title
"""


@dataclass(frozen=True)
class Standing:
    """What stands at a title: the newest revision as everyone sees it, and its text, be it hidden or not."""

    page: int
    title: Title
    revision: Revision
    text: str
    redirect: Title | None


class Records:
    """The tables behind a connection. Titles are canonical, times in UTC; transactions are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # --- Reading ---

    def standing(self, title: Title) -> Standing | None:
        """What stands at a title; None where nothing does. A redirect is not followed."""
        row = self._row(
            "SELECT seen.*, revision.text AS stored, page.redirect FROM page"
            " JOIN seen ON seen.id = page.newest JOIN revision ON revision.id = page.newest"
            " WHERE page.wiki = ? AND page.title = ?",
            title.wiki,
            title.text,
        )
        if row is None:
            return None
        target = Title(row["redirect"], title.wiki) if row["redirect"] else None
        return Standing(row["page"], title, _revision(row), row["stored"] or "", target)

    def opted_out(self, standing: Standing) -> bool:
        """Whether a page, or a template on it, is in the category of those who want no messages."""
        values = {"page": standing.page, "wiki": standing.title.wiki, "category": _OPTED_OUT}
        return self._connection.execute(_USED, values).fetchone() is not None

    def revision(self, revid: int, wiki: str) -> Revision | None:
        """A revision by its id."""
        row = self._row(
            "SELECT seen.* FROM seen JOIN page ON page.id = seen.page WHERE seen.id = ? AND wiki = ?", revid, wiki
        )
        return _revision(row) if row else None

    def stored_text(self, revid: int, page: int) -> str | None:
        """The text of a page's revision, hidden or not; None where the page has no such revision."""
        row = self._row("SELECT text FROM revision WHERE id = ? AND page = ?", revid, page)
        return row["text"] if row else None

    def history(self, title: Title, before: int | None, limit: int) -> tuple[Revision, ...]:
        """A page's revisions, newest first."""
        rows = self._rows(
            "SELECT seen.* FROM seen JOIN page ON page.id = seen.page WHERE wiki = ? AND title = ?"
            " AND (? IS NULL OR (time, seen.id) < (SELECT time, id FROM revision WHERE id = ?))"
            " ORDER BY time DESC, seen.id DESC LIMIT ?",
            *(title.wiki, title.text, before, before, limit),
        )
        return tuple(map(_revision, rows))

    def revision_at(self, title: Title, time: datetime) -> Revision | None:
        """The newest revision of a page that is not later than a moment."""
        row = self._row(
            "SELECT seen.* FROM seen JOIN page ON page.id = seen.page WHERE wiki = ? AND title = ? AND time <= ?"
            " ORDER BY time DESC, seen.id DESC LIMIT 1",
            *(title.wiki, title.text, _stamp(time)),
        )
        return _revision(row) if row else None

    def titles(self, wiki: str = "", beginning: str = "") -> Iterator[Title]:
        """All titles of a wiki that begin so, in the order of their names."""
        rows = self._rows(
            "SELECT title FROM page WHERE wiki = ? AND title BETWEEN ? AND ? ORDER BY title",
            *(wiki, beginning, f"{beginning}\U0010ffff"),
        )
        return (Title(row["title"], wiki) for row in rows)

    def using(self, template: Title) -> Iterator[Title]:
        """All pages that transclude a page: themselves, by a redirect, or by another template."""
        rows = self._connection.execute(_USING, {"title": template.text, "wiki": template.wiki})
        return (Title(row["title"], template.wiki) for row in rows)

    def protection(self, title: Title) -> str:
        """The group that may edit at a title, empty for everybody."""
        row = self._row("SELECT editors FROM protection WHERE wiki = ? AND title = ?", title.wiki, title.text)
        return row["editors"] if row else ""

    def deleted(self, title: Title) -> bool:
        """Whether a page was ever deleted at this title, or moved away without leaving a redirect."""
        return self._row("SELECT 1 FROM deletion WHERE wiki = ? AND title = ?", title.wiki, title.text) is not None

    def account(self, name: str) -> User | None:
        """The account of that name."""
        row = self._row("SELECT * FROM account WHERE name = ?", name)
        if row is None:
            return None
        groups = frozenset(row["groups"].split())
        return User(name, True, bool(row["blocked"]), groups, rights_of(groups), bool(row["emailable"]))

    # --- Writing ---

    def save(self, title: Title, text: str, user: str, summary: str, time: datetime) -> Revision:
        """A new revision of the page at a title, or of a new page; it is not older than the one before."""
        before = self.standing(title)
        parent, page = (before.revision.id, before.page) if before else (0, self._new_page(title))
        time = max(time, before.revision.time) if before else time
        saved = self._execute(
            "INSERT INTO revision (page, parent, time, user, summary, text) VALUES (?, ?, ?, ?, ?, ?)",
            *(page, parent, _stamp(time), user, summary, text),
        )
        revision = Revision(saved.lastrowid or 0, parent, time, user, summary, text)
        self._stand(page, title, revision)
        return revision

    def store(self, title: Title, revisions: Collection[Revision]) -> None:
        """A page with these revisions, each with the id it has, in place of whatever stood at the title.

        Raises OperatorError where an id belongs to another page.
        """
        self._execute("DELETE FROM page WHERE wiki = ? AND title = ?", title.wiki, title.text)
        page = self._new_page(title)
        for revision in revisions:
            self._insert(page, revision)
        self._stand(page, title, max(revisions, key=lambda revision: (revision.time, revision.id)))

    def delete(self, title: Title) -> None:
        """Remove the page with its past."""
        self._execute("DELETE FROM page WHERE wiki = ? AND title = ?", title.wiki, title.text)
        self._execute("DELETE FROM protection WHERE wiki = ? AND title = ?", title.wiki, title.text)
        self._execute("INSERT OR IGNORE INTO deletion VALUES (?, ?)", title.wiki, title.text)

    def move(self, old: Title, new: Title) -> None:
        """Take a page, with its past and its protection, to a title where nothing stands."""
        for table in ("page", "protection"):
            self._execute(
                f"UPDATE {table} SET wiki = ?, title = ? WHERE wiki = ? AND title = ?",  # noqa: S608  # two names of ours
                *(new.wiki, new.text, old.wiki, old.text),
            )
        self._execute("INSERT OR IGNORE INTO deletion VALUES (?, ?)", old.wiki, old.text)

    def protect(self, title: Title, editors: str) -> None:
        """Let only a group edit at this title; everybody where `editors` is empty."""
        self._execute("DELETE FROM protection WHERE wiki = ? AND title = ?", title.wiki, title.text)
        if editors:
            self._execute("INSERT INTO protection VALUES (?, ?, ?)", title.wiki, title.text, editors)

    def hide(self, revid: int, *, text: bool, user: bool, summary: bool) -> None:
        """Hide these parts of a revision, and show the others."""
        self._execute(
            "UPDATE revision SET text_hidden = ?, user_hidden = ?, summary_hidden = ? WHERE id = ?",
            *(text, user, summary, revid),
        )

    def add_account(self, name: str) -> None:
        """An account without groups, if there is none of that name."""
        self._execute("INSERT OR IGNORE INTO account (name) VALUES (?)", name)

    def set_account(self, name: str, groups: Collection[str], *, emailable: bool) -> None:
        """What an account may."""
        self._execute(
            "UPDATE account SET groups = ?, emailable = ? WHERE name = ?", " ".join(sorted(groups)), emailable, name
        )

    def block(self, name: str) -> None:
        """Keep an account from editing."""
        self._execute("UPDATE account SET blocked = 1 WHERE name = ?", name)

    def _insert(self, page: int, revision: Revision) -> None:
        try:
            self._execute(
                "INSERT INTO revision (id, page, parent, time, user, summary, text, tags)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *(revision.id, page, revision.parent, _stamp(revision.time)),
                *(revision.user, revision.summary, revision.text, ",".join(revision.tags)),
            )
        except sqlite3.IntegrityError as error:
            raise OperatorError(f"Another page has a revision {revision.id} already: begin a new file.") from error

    def _new_page(self, title: Title) -> int:
        return self._execute("INSERT INTO page (wiki, title) VALUES (?, ?)", title.wiki, title.text).lastrowid or 0

    def _stand(self, page: int, title: Title, revision: Revision) -> None:
        """Make a revision the one that stands, and note what its text points to."""
        text = (revision.text or "") if content_model(title) == "wikitext" else ""
        target = redirect(text, title)
        self._execute(
            "UPDATE page SET newest = ?, redirect = ? WHERE id = ?", revision.id, target and target.text, page
        )
        self._execute("DELETE FROM link WHERE page = ?", page)
        self._connection.executemany(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
            [(page, link.kind, link.target.text, link.here, link.passed_on) for link in links(text, title)],
        )

    def _execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _row(self, statement: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._execute(statement, *values).fetchone()
        return row

    def _rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        return self._execute(statement, *values).fetchall()


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _revision(row: sqlite3.Row) -> Revision:
    time = datetime.fromisoformat(row["time"])
    tags = tuple(row["tags"].split(",")) if row["tags"] else ()
    return Revision(row["id"], row["parent"], time, row["user"], row["summary"], row["text"], tags)
