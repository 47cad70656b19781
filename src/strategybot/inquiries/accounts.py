"""What became of names: the accounts that people on a page have now.

An account that was renamed is found by the wiki's own log, never by a redirect of its page, which anybody can make. A
name without an account is nobody's: who registers it later isn't who was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from strategybot.model.page import Revision, Title, User
from strategybot.model.process import Process
from strategybot.model.roster import Names
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageAt, RenamedTo, UserNamed

MOST_RENAMINGS = 5
"""How many renamings of one account are followed."""

MOST_MISSING = 10
"""For how many names without an account, of those asked for together, the log of renamings is looked at."""

_VANISHED = re.compile(r"(?:vanished|renamed) ?user(?:[ _].*|\d.*)?", re.IGNORECASE)
"""What Wikimedia's wikis call the accounts of those who asked to be forgotten."""


class Fate(Enum):
    """What became of a name."""

    SAME = "it is an account's"
    RENAMED = "the account has another name"
    VANISHED = "the account's owner has left the wiki for good"
    LATE = "somebody registered it later"
    MISSING = "it is no account's"


@dataclass(frozen=True)
class Account:
    """A name on a page, what became of it, and the account as it is now (where there is one that counts)."""

    name: str
    fate: Fate
    user: User

    @property
    def counts(self) -> bool:
        """Whether somebody has the role who can be named."""
        return self.fate in (Fate.SAME, Fate.RENAMED)


Accounts = Mapping[str, Account]
"""Accounts by the names that stand on a page."""


def accounts_of(names: Iterable[str], named: datetime) -> Job[dict[str, Account]]:
    """The accounts of names that stand on a page since that moment (UTC), or earlier."""
    asked = list(dict.fromkeys(names))
    users = yield from together(ask(UserNamed(name)) for name in asked)
    found = {name: _account(name, user, named) for name, user in zip(asked, users, strict=True)}
    missing = [name for name in asked if found[name].fate in (Fate.MISSING, Fate.LATE)][:MOST_MISSING]
    renamed = yield from together(_followed(name) for name in missing)
    for name, user in zip(missing, renamed, strict=True):
        if user and not _is_late(user, named):
            found[name] = _account(name, user, named)
    return found


def accounts_on(
    process: Process, page: Title, revision: Revision, names: Iterable[str], read: Callable[[str], Collection[str]]
) -> Job[dict[str, Account]]:
    """The accounts of names in a revision of a page, whoever registered one of them while it stood there already.

    Somebody who was renamed is meant by the old name as long as it stands there; `read` gives the names in a text.
    """
    found = yield from accounts_of(names, revision.time)
    young = [one for one in found.values() if revision.parent and _is_young(process, one)][:MOST_MISSING]
    pages = yield from together(ask(PageAt(page, one.user.registered)) for one in young if one.user.registered)
    then = [page.revision for page in pages]
    stood = [one.name for one, was in zip(young, then, strict=True) if was and _may_name(was.text, one.name, read)]
    renamed = yield from together(_followed(name) for name in stood)
    for name, user in zip(stood, renamed, strict=True):
        if user and not _is_late(user, revision.time):
            found[name] = _account(name, user, revision.time)
    return found


def _may_name(text: str | None, name: str, read: Callable[[str], Collection[str]]) -> bool:
    return text is None or name in read(text)


def _is_young(process: Process, account: Account) -> bool:
    """Whether an account may be younger than its name on a page of the process."""
    registered = account.user.registered
    return account.fate is Fate.SAME and registered is not None and registered > process.beginning


def present_names(names: Iterable[str]) -> Job[tuple[str, ...]]:
    """The names that accounts have now; those of nobody stay as they are."""
    asked = list(dict.fromkeys(names))
    users = yield from together(ask(UserNamed(name)) for name in asked)
    renamed = yield from together(_followed(user.name) for user in users if not user.exists)
    now = {name: user.name for name, user in zip([u.name for u in users if not u.exists], renamed, strict=True) if user}
    return tuple(dict.fromkeys(now.get(user.name, user.name) for user in users))


def as_now(names: Names, accounts: Accounts) -> Names:
    """The names with those that the coordinators' accounts have now, without those that are nobody's."""
    now = {name: account.user.name for name, account in accounts.items() if account.counts}
    return replace(
        names,
        coordinators=tuple(dict.fromkeys(now[name] for name in names.coordinators if name in now)),
        until=tuple((now[name], end) for name, end in names.until if name in now),
    )


def _followed(name: str) -> Job[User | None]:
    """The account that once had that name; None where the log of renamings tells of none that there is."""
    for _ in range(MOST_RENAMINGS):
        newer = yield from ask(RenamedTo(name))
        if newer is None:
            return None
        user = yield from ask(UserNamed(newer))
        if user.exists:
            return user
        name = newer
    return None


def _account(name: str, user: User, named: datetime) -> Account:
    if not user.exists:
        return Account(name, Fate.MISSING, user)
    if _VANISHED.fullmatch(user.name):
        return Account(name, Fate.VANISHED, user)
    if _is_late(user, named):
        return Account(name, Fate.LATE, user)
    return Account(name, Fate.SAME if Title(name).text == user.name else Fate.RENAMED, user)


def _is_late(user: User, named: datetime) -> bool:
    return user.registered is not None and user.registered > named
