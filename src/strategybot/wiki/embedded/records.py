"""The records of an embedded wiki: all that is read from its tables and written to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from strategybot.model.page import Revision, Title, User
from strategybot.wiki.embedded.links import links, redirect
from strategybot.wiki.embedded.rights import rights_of
from strategybot.wiki.port import Mail, OperatorError
from strategybot.wiki.titles import content_model

_OPTED_OUT = "Category:Opted-out of message delivery"

_IN_CATEGORY = """
    WITH RECURSIVE used (title) AS (
        SELECT target FROM link WHERE page = :page AND kind = 'template' AND here
        UNION
        SELECT link.target FROM used
        JOIN page ON page.title = used.title
        JOIN link ON link.page = page.id AND link.kind = 'template' AND link.passed_on
    )
    SELECT 1 FROM link WHERE page = :page AND kind = 'category' AND target = :category AND here
    UNION ALL
    SELECT 1 FROM used
    JOIN page ON page.title = used.title
    JOIN link ON link.page = page.id AND link.kind = 'category' AND link.target = :category AND link.passed_on
    LIMIT 1
"""
_USING = """
    WITH RECURSIVE carrier (title) AS (
        SELECT :title
        UNION
        SELECT page.title FROM carrier
        JOIN link ON link.target = carrier.title AND link.kind = 'template' AND link.passed_on
        JOIN page ON page.id = link.page
    )
    SELECT DISTINCT page.title FROM carrier
    JOIN link ON link.target = carrier.title AND link.kind = 'template' AND link.here
    JOIN page ON page.id = link.page
    ORDER BY page.title
"""
_PAST = "SELECT seen.* FROM seen JOIN page ON page.id = seen.page WHERE title = :title"
_NEWEST_FIRST = "ORDER BY time DESC, seen.id DESC LIMIT :limit"


@dataclass(frozen=True)
class Standing:
    """What stands at a title: the newest revision as everyone sees it, and its text, be it hidden or not."""

    page: int
    revision: Revision
    text: str
    redirect: Title | None


class Records:
    """The tables behind a connection. Titles are canonical; transactions are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # --- Reading ---

    def standing(self, title: Title) -> Standing | None:
        """What stands at a title; None where nothing does. A redirect is not followed."""
        row = self._row(
            "SELECT seen.*, revision.text AS stored, page.redirect FROM page"
            " JOIN seen ON seen.id = page.newest JOIN revision ON revision.id = page.newest WHERE page.title = :title",
            title=title.text,
        )
        if row is None:
            return None
        target = Title(row["redirect"]) if row["redirect"] else None
        return Standing(row["page"], _revision(row), row["stored"] or "", target)

    def opted_out(self, standing: Standing) -> bool:
        """Whether a page, or a template on it, is in the category of those who want no messages."""
        return self._row(_IN_CATEGORY, page=standing.page, category=_OPTED_OUT) is not None

    def revision(self, revid: int) -> Revision | None:
        """A revision by its id."""
        row = self._row("SELECT * FROM seen WHERE id = :id", id=revid)
        return _revision(row) if row else None

    def stored_text(self, revid: int, standing: Standing) -> str | None:
        """The text of a revision, hidden or not; None where it is none of this page's."""
        row = self._row("SELECT text FROM revision WHERE id = :id AND page = :page", id=revid, page=standing.page)
        return row["text"] if row else None

    def history(self, title: Title, before: int | None, limit: int) -> tuple[Revision, ...]:
        """A page's revisions, newest first."""
        older = "(time, seen.id) < (SELECT time, id FROM revision WHERE id = :before)"
        rows = self._rows(
            f"{_PAST} AND (:before IS NULL OR {older}) {_NEWEST_FIRST}", title=title.text, before=before, limit=limit
        )
        return tuple(map(_revision, rows))

    def revision_at(self, title: Title, time: datetime) -> Revision | None:
        """The newest revision of a page that is not later than a moment."""
        row = self._row(f"{_PAST} AND time <= :time {_NEWEST_FIRST}", title=title.text, time=_stamp(time), limit=1)
        return _revision(row) if row else None

    def titles(self, beginning: str = "") -> tuple[Title, ...]:
        """All titles that begin so, in the order of their names."""
        rows = self._rows(
            "SELECT title FROM page WHERE title BETWEEN :beginning AND :end ORDER BY title",
            beginning=beginning,
            end=f"{beginning}\U0010ffff",
        )
        return tuple(Title(row["title"]) for row in rows)

    def using(self, template: Title) -> tuple[Title, ...]:
        """All pages that transclude a page: themselves, by a redirect, or by another template."""
        return tuple(Title(row["title"]) for row in self._rows(_USING, title=template.text))

    def protection(self, title: Title) -> str:
        """The group that may edit at a title, empty for everybody."""
        row = self._row("SELECT editors FROM protection WHERE title = :title", title=title.text)
        return row["editors"] if row else ""

    def deleted(self, title: Title) -> bool:
        """Whether a page was ever deleted at this title, or moved away."""
        return self._row("SELECT 1 FROM deletion WHERE title = :title", title=title.text) is not None

    def account(self, name: str) -> User | None:
        """The account of that name."""
        row = self._row("SELECT * FROM account WHERE name = :name", name=name)
        if row is None:
            return None
        groups = frozenset(_list(row["groups"]))
        registered = datetime.fromisoformat(row["registered"]) if row["registered"] else None
        blocked, emailable = bool(row["blocked"]), bool(row["emailable"])
        return User(name, True, blocked, groups, rights_of(groups), emailable, registered)

    def renamed_to(self, name: str) -> str | None:
        """The name that the account of that name was given last."""
        row = self._row("SELECT new FROM renaming WHERE old = :old ORDER BY id DESC LIMIT 1", old=name)
        return row["new"] if row else None

    def options(self, account: str, beginning: str = "") -> dict[str, str]:
        """The options of an account whose names begin so."""
        rows = self._rows(
            "SELECT name, value FROM option WHERE account = :account AND substr(name, 1, :length) = :beginning"
            " ORDER BY name",
            account=account,
            length=len(beginning),
            beginning=beginning,
        )
        return {row["name"]: row["value"] for row in rows}

    def mails(self) -> tuple[Mail, ...]:
        """All mails, the oldest first."""
        rows = self._rows("SELECT recipient, subject, text FROM mail ORDER BY id")
        return tuple(Mail(row["recipient"], row["subject"], row["text"]) for row in rows)

    # --- Writing ---

    def send(self, mail: Mail, sender: str) -> None:
        """Keep a mail, since there is no post from here."""
        self._write(
            "INSERT INTO mail (sender, recipient, subject, text) VALUES (:sender, :recipient, :subject, :text)",
            sender=sender,
            recipient=mail.to,
            subject=mail.subject,
            text=mail.text,
        )

    def set_option(self, account: str, name: str, value: str | None) -> None:
        """Set an option of an account; None takes it away."""
        if value is None:
            self._write("DELETE FROM option WHERE account = :account AND name = :name", account=account, name=name)
        else:
            self._write(
                "INSERT OR REPLACE INTO option VALUES (:account, :name, :value)",
                account=account,
                name=name,
                value=value,
            )

    def save(self, title: Title, text: str, user: str, summary: str, time: datetime) -> Revision:
        """A new revision of the page at a title, or of a new page; it is not older than the one before."""
        before = self.standing(title)
        parent, page = (before.revision.id, before.page) if before else (0, self._new_page(title))
        revision = Revision(0, parent, max(time, before.revision.time) if before else time, user, summary, text)
        revision = replace(revision, id=self._insert(page, revision))
        self._stand(page, title, revision)
        return revision

    def store(self, title: Title, revisions: Collection[Revision]) -> None:
        """A page with these revisions, each with the id it has, in place of whatever stood at the title.

        Raises OperatorError where an id belongs to another page.
        """
        self._write("DELETE FROM page WHERE title = :title", title=title.text)
        if not revisions:
            return
        page = self._new_page(title)
        for revision in revisions:
            try:
                self._insert(page, revision)
            except sqlite3.IntegrityError as error:
                raise OperatorError(f"Another page has a revision {revision.id} already: begin a new file.") from error
        self._stand(page, title, max(revisions, key=lambda revision: (revision.time, revision.id)))

    def delete(self, title: Title) -> None:
        """Remove the page with its past."""
        self._write("DELETE FROM page WHERE title = :title", title=title.text)
        self._write("DELETE FROM protection WHERE title = :title", title=title.text)
        self._write("INSERT OR IGNORE INTO deletion VALUES (:title)", title=title.text)

    def move(self, old: Title, new: Title) -> None:
        """Take a page, with its past and its protection, to a title where nothing stands."""
        self._write("UPDATE page SET title = :new WHERE title = :old", old=old.text, new=new.text)
        self._write("UPDATE OR REPLACE protection SET title = :new WHERE title = :old", old=old.text, new=new.text)
        self._write("INSERT OR IGNORE INTO deletion VALUES (:old)", old=old.text)

    def protect(self, title: Title, editors: str) -> None:
        """Let only a group edit at this title; everybody where `editors` is empty."""
        self._write("INSERT OR REPLACE INTO protection VALUES (:title, :editors)", title=title.text, editors=editors)

    def hide(self, revid: int, *, text: bool, user: bool, summary: bool) -> None:
        """Hide these parts of a revision, and show the others."""
        self._write(
            "UPDATE revision SET text_hidden = :text, user_hidden = :user, summary_hidden = :summary WHERE id = :id",
            text=text,
            user=user,
            summary=summary,
            id=revid,
        )

    def add_account(self, name: str) -> None:
        """An account without groups, if there is none of that name."""
        self._write("INSERT OR IGNORE INTO account (name) VALUES (:name)", name=name)

    def register(self, name: str, time: datetime | None) -> None:
        """Say when an account was made."""
        stamp = _stamp(time) if time else None
        self._write("UPDATE account SET registered = :time WHERE name = :name", time=stamp, name=name)

    def rename(self, old: str, new: str) -> None:
        """Give an account another name, in all that it saved as well."""
        self._write("UPDATE account SET name = :new WHERE name = :old", old=old, new=new)
        self._write("UPDATE revision SET user = :new WHERE user = :old", old=old, new=new)
        self._write("INSERT INTO renaming (old, new) VALUES (:old, :new)", old=old, new=new)

    def set_account(self, name: str, groups: Collection[str], *, emailable: bool) -> None:
        """The groups of an account, and whether it can be sent mail."""
        self._write(
            "UPDATE account SET groups = :groups, emailable = :emailable WHERE name = :name",
            groups=",".join(sorted(groups)),
            emailable=emailable,
            name=name,
        )

    def block(self, name: str) -> None:
        """Keep an account from editing."""
        self._write("UPDATE account SET blocked = 1 WHERE name = :name", name=name)

    def _new_page(self, title: Title) -> int:
        return self._write("INSERT INTO page (title) VALUES (:title)", title=title.text)

    def _insert(self, page: int, revision: Revision) -> int:
        """Add a revision to a page: its id, which is a new one where it has none."""
        return self._write(
            "INSERT INTO revision (id, page, parent, time, user, summary, text, tags)"
            " VALUES (:id, :page, :parent, :time, :user, :summary, :text, :tags)",
            id=revision.id or None,
            page=page,
            parent=revision.parent,
            time=_stamp(revision.time),
            user=revision.user,
            summary=revision.summary,
            text=revision.text,
            tags=",".join(revision.tags),
        )

    def _stand(self, page: int, title: Title, revision: Revision) -> None:
        """Make a revision the one that stands, and note what its text points to."""
        text = (revision.text or "") if content_model(title) == "wikitext" else ""
        target = redirect(text)
        self._write(
            "UPDATE page SET newest = :newest, redirect = :redirect WHERE id = :page",
            newest=revision.id,
            redirect=target.text if target else None,
            page=page,
        )
        self._write("DELETE FROM link WHERE page = :page", page=page)
        for link in links(text, title):
            self._write(
                "INSERT INTO link VALUES (:page, :kind, :target, :here, :passed_on)",
                page=page,
                kind=link.kind,
                target=link.target.text,
                here=link.here,
                passed_on=link.passed_on,
            )

    def _write(self, statement: str, **values: object) -> int:
        return self._connection.execute(statement, values).lastrowid or 0

    def _row(self, statement: str, **values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return row

    def _rows(self, statement: str, **values: object) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()


def _revision(row: sqlite3.Row) -> Revision:
    time = datetime.fromisoformat(row["time"])
    return Revision(row["id"], row["parent"], time, row["user"], row["summary"], row["text"], _list(row["tags"]))


def _list(stored: str) -> tuple[str, ...]:
    return tuple(stored.split(",")) if stored else ()


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()
