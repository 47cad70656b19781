"""The accounts of an embedded wiki, with what belongs to each: groups, blocks, renamings, options and mails."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from strategybot.model.page import Title, User
from strategybot.wiki.characters import clean
from strategybot.wiki.embedded.rights import rights_of
from strategybot.wiki.embedded.rows import Rows, listed, stamp
from strategybot.wiki.port import Mail


class Accounts(Rows):
    """The accounts behind a connection. Names are as the wiki spells them; transactions are the caller's."""

    def named(self, name: str) -> User | None:
        """The account of that name."""
        row = self.row("SELECT * FROM account WHERE name = :name", name=name)
        if row is None:
            return None
        groups = frozenset(listed(row["groups"]))
        registered = datetime.fromisoformat(row["registered"]) if row["registered"] else None
        blocked, emailable = bool(row["blocked"]), bool(row["emailable"])
        return User(name, True, blocked, groups, rights_of(groups), emailable, registered)

    def renamed_to(self, name: str) -> str | None:
        """The name that the account of that name was given last."""
        row = self.row("SELECT new FROM renaming WHERE old = :old ORDER BY id DESC LIMIT 1", old=name)
        return row["new"] if row else None

    def options(self, account: str, beginning: str = "") -> dict[str, str]:
        """The options of an account whose names begin so."""
        rows = self.rows(
            "SELECT name, value FROM option WHERE account = :account AND substr(name, 1, :length) = :beginning"
            " ORDER BY name",
            account=account,
            length=len(beginning),
            beginning=beginning,
        )
        return {row["name"]: row["value"] for row in rows}

    def mails(self) -> tuple[Mail, ...]:
        """All mails, the oldest first."""
        rows = self.rows("SELECT recipient, subject, text FROM mail ORDER BY id")
        return tuple(Mail(row["recipient"], row["subject"], row["text"]) for row in rows)

    def add(self, name: str) -> None:
        """An account without groups, if there is none of that name."""
        self.write("INSERT OR IGNORE INTO account (name) VALUES (:name)", name=name)

    def change(
        self, name: str, groups: Collection[str], *, emailable: bool, registered: datetime | None = None
    ) -> None:
        """The groups of an account, whether it can be sent mail, and when it was made."""
        self.write(
            "UPDATE account SET groups = :groups, emailable = :emailable, registered = :registered WHERE name = :name",
            groups=",".join(sorted(groups)),
            emailable=emailable,
            registered=stamp(registered) if registered else None,
            name=name,
        )

    def block(self, name: str) -> None:
        """Keep an account from editing."""
        self.write("UPDATE account SET blocked = 1 WHERE name = :name", name=name)

    def rename(self, old: str, new: str) -> None:
        """Give an account another name, in all that it saved as well."""
        self.write("UPDATE account SET name = :new WHERE name = :old", old=old, new=new)
        self.write("UPDATE revision SET user = :new WHERE user = :old", old=old, new=new)
        self.write("INSERT INTO renaming (old, new) VALUES (:old, :new)", old=old, new=new)

    def set_option(self, account: str, name: str, value: str | None) -> None:
        """Set an option of an account; None takes it away."""
        if value is None:
            self.write("DELETE FROM option WHERE account = :account AND name = :name", account=account, name=name)
        else:
            self.write(
                "INSERT OR REPLACE INTO option VALUES (:account, :name, :value)",
                account=account,
                name=name,
                value=value,
            )

    def send(self, mail: Mail, sender: str) -> None:
        """Keep a mail, since there is no post from here."""
        self.write(
            "INSERT INTO mail (sender, recipient, subject, text) VALUES (:sender, :recipient, :subject, :text)",
            sender=sender,
            recipient=mail.to,
            subject=mail.subject,
            text=mail.text,
        )


def account_name(name: str) -> str:
    """The name of an account as the wiki spells it."""
    return Title(clean(name)).text
