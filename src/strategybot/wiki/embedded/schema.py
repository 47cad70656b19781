"""The tables of an embedded wiki."""

from __future__ import annotations

APPLICATION = 0x73_74_72_62
"""The mark in the header by which a file is known again: "strb"."""

VERSION = 4

TABLES = """
    CREATE TABLE account (
        name      TEXT PRIMARY KEY,
        groups    TEXT NOT NULL DEFAULT '',       -- separated by commas
        blocked   INTEGER NOT NULL DEFAULT 0,
        emailable INTEGER NOT NULL DEFAULT 0,
        registered TEXT                           -- ISO 8601 in UTC; NULL where nobody knows
    );
    CREATE TABLE renaming (
        id  INTEGER PRIMARY KEY,
        old TEXT NOT NULL,
        new TEXT NOT NULL
    );
    CREATE TABLE page (
        id       INTEGER PRIMARY KEY,
        title    TEXT NOT NULL UNIQUE,
        newest   INTEGER,                         -- the revision that stands
        redirect TEXT                             -- the title that it leads to
    );
    CREATE TABLE revision (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        page    INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
        parent  INTEGER NOT NULL,                 -- 0 for the first
        time    TEXT NOT NULL,                    -- ISO 8601 to the second, in UTC
        user    TEXT,
        summary TEXT,
        text    TEXT,
        tags    TEXT NOT NULL DEFAULT '',         -- separated by commas
        user_hidden    INTEGER NOT NULL DEFAULT 0,
        summary_hidden INTEGER NOT NULL DEFAULT 0,
        text_hidden    INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX history ON revision (page, time, id);
    CREATE VIEW seen AS                           -- revisions as everyone sees them
        SELECT id, page, parent, time, tags,
            iif(user_hidden, NULL, user) AS user,
            iif(summary_hidden, NULL, summary) AS summary,
            iif(text_hidden, NULL, text) AS text
        FROM revision;
    CREATE TABLE link (                           -- what the revisions that stand point to
        page      INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
        kind      TEXT NOT NULL,                  -- template or category
        target    TEXT NOT NULL,
        here      INTEGER NOT NULL,               -- counts for the page itself
        passed_on INTEGER NOT NULL,               -- counts for pages that transclude it
        PRIMARY KEY (page, kind, target)
    ) WITHOUT ROWID;
    CREATE INDEX pointing ON link (target, kind);
    CREATE TABLE protection (title TEXT PRIMARY KEY, editors TEXT NOT NULL);
    CREATE TABLE log (                            -- where a page was deleted, or moved away
        id     INTEGER PRIMARY KEY,
        time   TEXT NOT NULL,                     -- ISO 8601 to the second, in UTC
        title  TEXT NOT NULL,
        target TEXT                               -- where it was moved to; NULL where it was deleted
    );
    CREATE INDEX logged ON log (title);
    CREATE TABLE sending (                        -- messages to lists of pages; they aren't delivered
        id      INTEGER PRIMARY KEY,
        time    TEXT NOT NULL,                    -- ISO 8601 to the second, in UTC
        user    TEXT NOT NULL,
        subject TEXT NOT NULL,
        targets TEXT NOT NULL,                    -- the title of the list
        revid   INTEGER NOT NULL,                 -- the list's revision then
        text    TEXT                              -- the page whose text was sent
    );
    CREATE TABLE mail (
        id        INTEGER PRIMARY KEY,
        sender    TEXT NOT NULL,
        recipient TEXT NOT NULL,
        subject   TEXT NOT NULL,
        text      TEXT NOT NULL
    );
    CREATE TABLE option (                         -- what accounts keep for themselves
        account TEXT NOT NULL,
        name    TEXT NOT NULL,
        value   TEXT NOT NULL,
        PRIMARY KEY (account, name)
    ) WITHOUT ROWID;
    INSERT INTO account (name, groups, emailable) VALUES ('Admin', 'bureaucrat,sysop', 1), ('StrategyBot', 'bot', 1);
"""
