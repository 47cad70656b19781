"""The embedded wiki: what the bot does with it, and what people do."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from strategybot.model.page import Revision, SentMessage, Site, Title
from strategybot.wiki.embedded import counting
from strategybot.wiki.embedded.accounts import account_name
from strategybot.wiki.embedded.database import Database
from strategybot.wiki.embedded.records import Records
from strategybot.wiki.embedded.replies import pages_along, reply, user_named
from strategybot.wiki.embedded.saving import carry_out, write
from strategybot.wiki.normalise import InvalidJsonError
from strategybot.wiki.port import MASS_MESSAGES, THREADING, Action, Kind, Mail, OperatorError, Outcome, Query
from strategybot.wiki.titles import NAMESPACES, canonical


class EmbeddedWiki:
    """A wiki in a file, made if it isn't there, with the accounts Admin and StrategyBot; `:memory:` is gone at the end.

    `account` is who saves; it is made, without any group, if it isn't there. `clock` gives the present time, aware.
    Any number of processes may use one file. Every method raises OperatorError where the file can't be used, and
    leaves it as it was.
    """

    def __init__(
        self,
        path: Path | str,
        account: str = "StrategyBot",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.requests: Counter[str] = Counter()
        self._path = path
        self._account = account_name(account)
        self._clock = clock
        self._database = Database(path)
        with self._writing() as records:
            records.accounts.add(self._account)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # --- The port ---

    def start(self) -> Site:
        """What is there."""
        self.requests["start"] += 1
        with self._reading() as records:
            account = user_named(records, self._account)
        return Site(
            name=f"embedded:{self._path}",
            account=account,
            time=self._now(),
            namespaces=NAMESPACES,
            batch=_batch(account.rights),
            own=True,
            extensions=frozenset({MASS_MESSAGES, THREADING}),
        )

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        """All answers, as of one moment; `requests` counts what a real wiki would have been sent."""
        with self._reading() as records:
            batch = _batch(user_named(records, self._account).rights)
            whole = {query: pages for query in queries if (pages := pages_along(records, query)) is not None}
            self.requests.update(counting.for_queries(queries, purpose, batch, whole))
            asked = [*queries, *chain.from_iterable(whole.values())]
            return {query: reply(records, query, self._account, batch) for query in asked}

    def act(self, action: Action) -> Outcome:
        """Do it once, or say why not."""
        self.requests.update(counting.for_action(action))
        try:
            with self._writing() as records:
                return carry_out(records, action, user_named(records, self._account), self._now())
        except OperatorError as failure:
            return Outcome(action.title, Kind.NOT_REACHED, reason=f"Nothing is done: {failure}")

    # --- What people do: for imports, for the demo and for tests ---

    def edit(self, title: Title | str, text: str, user: str, summary: str = "", time: datetime | None = None) -> int:
        """Save a page as a user, whoever may edit it: the id of the revision that stands then.

        The account is made if it isn't there. Raises OperatorError for an illegal title, and for a JSON page that
        is no JSON.
        """
        place, user = _place(title), account_name(user)
        with self._writing() as records:
            if not _is_address(user):
                records.accounts.add(user)
            moment = _second(time) if time else self._now()
            try:
                return write(records, place, text, user=user, summary=summary, now=moment).id
            except InvalidJsonError as invalid:
                raise OperatorError(f"{place} can't be saved. {invalid}", usage=True) from invalid

    def delete(self, title: Title | str) -> None:
        """Delete a page, with its past."""
        with self._writing() as records:
            records.delete(_place(title), self._now())

    def move(self, old: Title | str, new: Title | str, redirect: bool = True, user: str = "Admin") -> None:
        """Move a page with its past, to where nothing stands or only a redirect back.

        As on MediaWiki, the page gets a revision that changes nothing.
        """
        source, target = _place(old), _place(new)
        with self._writing() as records:
            moved, there = records.standing(source), records.standing(target)
            if moved is None or (there is not None and there.redirect != source):
                raise OperatorError(f"{source} can't be moved to {target}.", usage=True)
            if there:
                records.remove(target)
            summary = f"{user} moved page [[{source}]] to [[{target}]]"
            records.move(source, target, self._now())
            records.save(target, moved.text, user, summary, self._now())
            if redirect:
                records.save(source, f"#REDIRECT [[{target}]]", user, summary, self._now())

    def send(self, targets: Title | str, subject: str, user: str = "Admin", text: Title | str = "") -> None:
        """Send a message to all on a delivery list, as Special:MassMessage does: here it is delivered to nobody.

        `text` is the page whose text is sent. Raises OperatorError where there is no such list.
        """
        place = _place(targets)
        with self._writing() as records:
            standing = records.standing(place)
            if standing is None:
                raise OperatorError(f"There is no list {place}.", usage=True)
            page = _place(text) if text else None
            records.send(SentMessage(self._now(), account_name(user), subject, place, standing.revision.id, page))

    def protect(self, title: Title | str, group: str = "sysop") -> None:
        """Let only a group edit a page, or create it; everybody where the group is empty."""
        with self._writing() as records:
            records.protect(_place(title), group)

    def block(self, user: str) -> None:
        """Keep a user from editing."""
        with self._writing() as records:
            records.accounts.add(account_name(user))
            records.accounts.block(account_name(user))

    def hide(self, revid: int, text: bool = True, user: bool = False, summary: bool = False) -> None:
        """Hide parts of a revision from everyone, and show the others."""
        with self._writing() as records:
            records.hide(revid, text=text, user=user, summary=summary)

    def add_account(
        self,
        name: str,
        groups: Collection[str] = (),
        emailable: bool = False,
        registered: datetime | None = None,
    ) -> None:
        """An account in these groups; one that is there already is changed. `registered` is when it was made."""
        with self._writing() as records:
            records.accounts.add(account_name(name))
            records.accounts.change(account_name(name), groups, emailable=emailable, registered=registered)

    def ensure_account(self, name: str) -> None:
        """An account of that name, if there is none."""
        with self._writing() as records:
            records.accounts.add(account_name(name))

    def rename(self, old: str, new: str) -> None:
        """Give an account another name, which nobody has. As on MediaWiki, all that it saved has the new one then.

        Where there is no account of the old name, it is only noted: so a copy of another wiki knows its renamings.
        """
        with self._writing() as records:
            if records.accounts.named(account_name(old)) and records.accounts.named(account_name(new)):
                raise OperatorError(f"There is an account {new} already.", usage=True)
            records.accounts.rename(account_name(old), account_name(new))

    def store(self, title: Title | str, revisions: Collection[Revision]) -> None:
        """Hold a page's history as another wiki has it, with its ids, times and texts, in place of what was there.

        Raises OperatorError where an id belongs to another page already.
        """
        with self._writing() as records:
            records.store(_place(title), revisions)

    def titles(self) -> list[Title]:
        """All pages, by name."""
        with self._reading() as records:
            return list(records.titles())

    def texts(self) -> dict[Title, str]:
        """All pages that can be seen, by name, with the texts that stand."""
        with self._reading() as records:
            pages = {title: records.standing(title) for title in records.titles()}
        return {title: page.text for title, page in pages.items() if page and page.revision.text is not None}

    def mails(self) -> tuple[Mail, ...]:
        """All mails that were sent, the oldest first: they are kept here and go nowhere."""
        with self._reading() as records:
            return records.accounts.mails()

    def options(self, account: str) -> dict[str, str]:
        """The private options of an account."""
        with self._reading() as records:
            return records.accounts.options(account_name(account))

    @contextmanager
    def _reading(self) -> Iterator[Records]:
        with self._database.reading() as connection:
            yield Records(connection)

    @contextmanager
    def _writing(self) -> Iterator[Records]:
        with self._database.writing() as connection:
            yield Records(connection)

    def _now(self) -> datetime:
        return _second(self._clock())


def _batch(rights: Collection[str]) -> int:
    return 500 if "apihighlimits" in rights else 50


def _place(title: Title | str) -> Title:
    place = canonical(title if isinstance(title, Title) else Title(title))
    if place is None:
        raise OperatorError(f"No page can have the title “{title}”.", usage=True)
    return place


def _second(time: datetime) -> datetime:
    """A wiki's times have no fractions of seconds."""
    return time.astimezone(UTC).replace(microsecond=0)


def _is_address(user: str) -> bool:
    """Whether this is who edits without an account."""
    try:
        ipaddress.ip_address(user)
    except ValueError:
        return False
    return True
