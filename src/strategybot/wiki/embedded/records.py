"""The records of an embedded wiki: its pages, as they are read from its tables and written to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from strategybot.model.page import LogEntry, Move, Revision, SentMessage, Title
from strategybot.wiki.embedded.accounts import Accounts
from strategybot.wiki.embedded.links import links, redirect
from strategybot.wiki.embedded.rows import Rows, listed, stamp
from strategybot.wiki.port import OperatorError
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
_MEMBERS = """
    WITH RECURSIVE carrier (title) AS (
        SELECT page.title FROM link JOIN page ON page.id = link.page
        WHERE kind = 'category' AND target = :category AND passed_on
        UNION
        SELECT page.title FROM carrier
        JOIN link ON link.target = carrier.title AND link.kind = 'template' AND link.passed_on
        JOIN page ON page.id = link.page
    )
    SELECT page.title FROM link JOIN page ON page.id = link.page
    WHERE kind = 'category' AND target = :category AND here
    UNION
    SELECT page.title FROM carrier
    JOIN link ON link.target = carrier.title AND link.kind = 'template' AND link.here
    JOIN page ON page.id = link.page
    ORDER BY 1
"""
_PAST = "SELECT seen.* FROM seen JOIN page ON page.id = seen.page WHERE title = :title"
_OWN = "SELECT seen.*, title FROM seen JOIN page ON page.id = seen.page WHERE user = :user"
_NEWEST_FIRST = "ORDER BY time DESC, seen.id DESC LIMIT :limit"


@dataclass(frozen=True)
class Standing:
    """What stands at a title: the newest revision as everyone sees it, and its text, be it hidden or not."""

    page: int
    revision: Revision
    text: str
    redirect: Title | None


class Records(Rows):
    """The tables behind a connection. Titles are canonical; transactions are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.accounts = Accounts(connection)

    # --- Reading ---

    def standing(self, title: Title) -> Standing | None:
        """What stands at a title; None where nothing does. A redirect is not followed."""
        row = self.row(
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
        return self.row(_IN_CATEGORY, page=standing.page, category=_OPTED_OUT) is not None

    def revision(self, revid: int) -> Revision | None:
        """A revision by its id."""
        row = self.row("SELECT seen.*, title FROM seen JOIN page ON page.id = seen.page WHERE seen.id = :id", id=revid)
        return replace(_revision(row), page=Title(row["title"])) if row else None

    def stored_text(self, revid: int, standing: Standing) -> str | None:
        """The text of a revision, hidden or not; None where it is none of this page's."""
        row = self.row("SELECT text FROM revision WHERE id = :id AND page = :page", id=revid, page=standing.page)
        return row["text"] if row else None

    def history(self, title: Title, before: int | None, limit: int) -> tuple[Revision, ...]:
        """A page's revisions, newest first."""
        older = "(time, seen.id) < (SELECT time, id FROM revision WHERE id = :before)"
        rows = self.rows(
            f"{_PAST} AND (:before IS NULL OR {older}) {_NEWEST_FIRST}", title=title.text, before=before, limit=limit
        )
        return tuple(map(_revision, rows))

    def history_since(self, title: Title, since: datetime) -> tuple[Revision, ...]:
        """A page's revisions since a moment, newest first, without texts."""
        rows = self.rows(f"{_PAST} AND time >= :since {_NEWEST_FIRST}", title=title.text, since=stamp(since), limit=-1)
        return tuple(replace(_revision(row), text=None) for row in rows)

    def contributions(self, user: str, since: datetime) -> tuple[Revision, ...]:
        """What an account has saved since a moment, newest first, with pages and without texts."""
        rows = self.rows(f"{_OWN} AND time >= :since {_NEWEST_FIRST}", user=user, since=stamp(since), limit=-1)
        return tuple(replace(_revision(row), text=None, page=Title(row["title"])) for row in rows)

    def logged_since(self, since: datetime) -> tuple[LogEntry, ...]:
        """The deletions and moves since a moment, newest first."""
        rows = self.rows("SELECT * FROM log WHERE time >= :since ORDER BY time DESC, id DESC", since=stamp(since))
        return tuple(
            LogEntry(
                datetime.fromisoformat(row["time"]),
                Title(row["title"]),
                Title(row["target"]) if row["target"] else None,
                moved=row["target"] is not None,
            )
            for row in rows
        )

    def revision_at(self, title: Title, time: datetime) -> Revision | None:
        """The newest revision of a page that is not later than a moment."""
        row = self.row(f"{_PAST} AND time <= :time {_NEWEST_FIRST}", title=title.text, time=stamp(time), limit=1)
        return _revision(row) if row else None

    def titles(self, beginning: str = "") -> tuple[Title, ...]:
        """All titles that begin so, in the order of their names."""
        rows = self.rows(
            "SELECT title FROM page WHERE title BETWEEN :beginning AND :end ORDER BY title",
            beginning=beginning,
            end=f"{beginning}\U0010ffff",
        )
        return tuple(Title(row["title"]) for row in rows)

    def using(self, template: Title) -> tuple[Title, ...]:
        """All pages that transclude a page: themselves, by a redirect, or by another template."""
        return tuple(Title(row["title"]) for row in self.rows(_USING, title=template.text))

    def members(self, category: Title) -> tuple[Title, ...]:
        """All pages that are in a category, by themselves or by a template."""
        return tuple(Title(row["title"]) for row in self.rows(_MEMBERS, category=category.text))

    def sent_since(self, since: datetime) -> tuple[SentMessage, ...]:
        """The messages that were sent to lists since a moment, newest first."""
        rows = self.rows("SELECT * FROM sending WHERE time >= :since ORDER BY time DESC, id DESC", since=stamp(since))
        return tuple(
            SentMessage(
                datetime.fromisoformat(row["time"]),
                row["user"],
                row["subject"],
                Title(row["targets"]),
                row["revid"],
                Title(row["text"]) if row["text"] else None,
            )
            for row in rows
        )

    def protection(self, title: Title) -> str:
        """The group that may edit at a title, empty for everybody."""
        row = self.row("SELECT editors FROM protection WHERE title = :title", title=title.text)
        return row["editors"] if row else ""

    def moves_from(self, title: Title) -> tuple[Move, ...]:
        """The moves of pages that stood at this title, newest first."""
        rows = self.rows(
            "SELECT id, target FROM log WHERE title = :title AND target IS NOT NULL ORDER BY id DESC", title=title.text
        )
        return tuple(Move(row["id"], Title(row["target"])) for row in rows)

    def deleted(self, title: Title) -> bool:
        """Whether a page was ever deleted at this title."""
        return self.row("SELECT 1 FROM log WHERE title = :title AND target IS NULL", title=title.text) is not None

    # --- Writing ---

    def save(self, title: Title, text: str, user: str, summary: str, time: datetime) -> Revision:
        """A new revision of the page at a title, or of a new page; it is not older than the one before."""
        before = self.standing(title)
        parent, page = (before.revision.id, before.page) if before else (0, self._new_page(title))
        led, leads = before.redirect if before else None, _leads(title, text)
        moment = max(time, before.revision.time) if before else time
        revision = Revision(0, parent, moment, user, summary, text, _redirect_tags(led, leads))
        revision = replace(revision, id=self._insert(page, revision))
        self._stand(page, title, revision)
        return revision

    def store(self, title: Title, revisions: Collection[Revision]) -> None:
        """A page with these revisions, each with the id it has, in place of whatever stood at the title.

        Raises OperatorError where an id belongs to another page.
        """
        self.write("DELETE FROM page WHERE title = :title", title=title.text)
        if not revisions:
            return
        page = self._new_page(title)
        for revision in revisions:
            try:
                self._insert(page, revision)
            except sqlite3.IntegrityError as error:
                raise OperatorError(f"Another page has a revision {revision.id} already: begin a new file.") from error
        self._stand(page, title, max(revisions, key=lambda revision: (revision.time, revision.id)))

    def remove(self, title: Title) -> None:
        """Remove the page with its past."""
        self.write("DELETE FROM page WHERE title = :title", title=title.text)
        self.write("DELETE FROM protection WHERE title = :title", title=title.text)

    def delete(self, title: Title, time: datetime) -> None:
        """Remove the page with its past, and note that in the log."""
        self.remove(title)
        self.log(title, None, time)

    def move(self, old: Title, new: Title, time: datetime) -> None:
        """Take a page, with its past and its protection, to a title where nothing stands, and note that in the log."""
        self.write("UPDATE page SET title = :new WHERE title = :old", old=old.text, new=new.text)
        self.write("UPDATE OR REPLACE protection SET title = :new WHERE title = :old", old=old.text, new=new.text)
        self.log(old, new, time)

    def log(self, title: Title, target: Title | None, time: datetime) -> None:
        """Note in the log that a page was moved, or deleted where there is no target."""
        self.write(
            "INSERT INTO log (time, title, target) VALUES (:time, :title, :target)",
            time=stamp(time),
            title=title.text,
            target=target.text if target else None,
        )

    def protect(self, title: Title, editors: str) -> None:
        """Let only a group edit at this title; everybody where `editors` is empty."""
        self.write("INSERT OR REPLACE INTO protection VALUES (:title, :editors)", title=title.text, editors=editors)

    def send(self, message: SentMessage) -> None:
        """Note that a message was sent to a list."""
        self.write(
            "INSERT INTO sending (time, user, subject, targets, revid, text)"
            " VALUES (:time, :user, :subject, :targets, :revid, :text)",
            time=stamp(message.time),
            user=message.user,
            subject=message.subject,
            targets=message.targets.text if message.targets else None,
            revid=message.revid,
            text=message.text.text if message.text else None,
        )

    def hide(self, revid: int, *, text: bool, user: bool, summary: bool) -> None:
        """Hide these parts of a revision, and show the others."""
        self.write(
            "UPDATE revision SET text_hidden = :text, user_hidden = :user, summary_hidden = :summary WHERE id = :id",
            text=text,
            user=user,
            summary=summary,
            id=revid,
        )

    def _new_page(self, title: Title) -> int:
        return self.write("INSERT INTO page (title) VALUES (:title)", title=title.text)

    def _insert(self, page: int, revision: Revision) -> int:
        """Add a revision to a page: its id, which is a new one where it has none."""
        return self.write(
            "INSERT INTO revision (id, page, parent, time, user, summary, text, tags)"
            " VALUES (:id, :page, :parent, :time, :user, :summary, :text, :tags)",
            id=revision.id or None,
            page=page,
            parent=revision.parent,
            time=stamp(revision.time),
            user=revision.user,
            summary=revision.summary,
            text=revision.text,
            tags=",".join(revision.tags),
        )

    def _stand(self, page: int, title: Title, revision: Revision) -> None:
        """Make a revision the one that stands, and note what its text points to."""
        text = (revision.text or "") if content_model(title) == "wikitext" else ""
        target = _leads(title, text)
        self.write(
            "UPDATE page SET newest = :newest, redirect = :redirect WHERE id = :page",
            newest=revision.id,
            redirect=target.text if target else None,
            page=page,
        )
        self.write("DELETE FROM link WHERE page = :page", page=page)
        for link in links(text, title):
            self.write(
                "INSERT INTO link VALUES (:page, :kind, :target, :here, :passed_on)",
                page=page,
                kind=link.kind,
                target=link.target.text,
                here=link.here,
                passed_on=link.passed_on,
            )


def _leads(title: Title, text: str) -> Title | None:
    """Where a text makes its page lead; None where that is no redirect."""
    return redirect(text) if content_model(title) == "wikitext" else None


def _redirect_tags(before: Title | None, after: Title | None) -> tuple[str, ...]:
    """How MediaWiki tags a revision by which a page becomes a redirect, is one no more, or leads elsewhere."""
    if before == after:
        return ()
    if before and after:
        return ("mw-changed-redirect-target",)
    return ("mw-new-redirect",) if after else ("mw-removed-redirect",)


def _revision(row: sqlite3.Row) -> Revision:
    time = datetime.fromisoformat(row["time"])
    return Revision(row["id"], row["parent"], time, row["user"], row["summary"], row["text"], listed(row["tags"]))
