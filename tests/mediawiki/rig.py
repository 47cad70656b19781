"""A real MediaWiki as the tests see it: the adapter on one side, the hands of its people on the other."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path

import pytest

from strategybot.config import read_configuration
from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import update_of
from strategybot.installation import install_session
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.update import Update
from strategybot.runner import Runner
from strategybot.session import Report, Session
from strategybot.share import share
from strategybot.wiki.asking import ask
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.folder import read_folder
from strategybot.wiki.mediawiki import MediaWikiWiki, Patience
from strategybot.wiki.port import Mail, PageNow
from strategybot.wikitext.summaries import complete, mark, task
from tests.committee import BOT, CONFIGURATION, PEOPLE, Committee
from throwaway import ADMIN, FLAGLESS_BOT, STRATEGY_BOT, InstallError, Revision, ThrowawayWiki, ensure_browser

_idle: list[ThrowawayWiki] = []
"""Wikis of this process that nobody uses just now: their servers have compiled MediaWiki already."""


@contextmanager
def fresh_wiki(folder: Path) -> Iterator[ThrowawayWiki]:
    """A wiki for one alone that runs; where none can be had, tests are skipped, unless it is required.

    (STRATEGYBOT_REQUIRE_MEDIAWIKI=1 requires it.) It may be one that was used before, made anew; a new one is put into
    the folder, which is one of pytest's.
    """
    with _had("real MediaWiki"):
        wiki = _idle.pop() if _idle else _started(ThrowawayWiki.create(folder))
    try:
        yield wiki
    finally:
        wiki.renew()
        _idle.append(wiki)


def _started(wiki: ThrowawayWiki) -> ThrowawayWiki:
    wiki.start()  # it ends with this process
    return wiki


@contextmanager
def installed_wiki(folder: Path) -> Iterator[ThrowawayWiki]:
    """A fresh wiki on which everything has been installed for long, as for no process in particular."""
    with fresh_wiki(folder) as wiki:
        played_once(folder, "installed", wiki, lambda: install(wiki, time=datetime(2018, 2, 1, tzinfo=UTC)))
        yield wiki


def played_once(folder: Path, name: str, wiki: ThrowawayWiki, play: Callable[[], object]) -> None:
    """Bring a fresh wiki to where `play` brings it, which is played once in a run of the suite, for all its processes.

    The folder is one of pytest's.
    """
    whole_run = folder.parents[1 if "PYTEST_XDIST_WORKER" in os.environ else 0]
    kept = whole_run / f"wiki-{name}"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            wiki.restore(kept)
        else:
            play()
            wiki.snapshot(kept)


def chromium() -> Path:
    """The browser; where none can be had, it is as with the wiki."""
    with _had("Chromium"):
        return ensure_browser()


@contextmanager
def _had(what: str) -> Iterator[None]:
    """Skip the test where something can't be had, unless STRATEGYBOT_REQUIRE_MEDIAWIKI=1."""
    try:
        yield
    except (InstallError, OSError, subprocess.CalledProcessError) as reason:
        if os.environ.get("STRATEGYBOT_REQUIRE_MEDIAWIKI") == "1":
            raise
        pytest.skip(f"no {what} here: {reason}")


def save_committee(wiki: ThrowawayWiki, time: datetime, **configuration: object) -> None:
    """Put the committee of the tests on a wiki, as if it had been set up, and configured so, at that time."""
    greetings = [Revision(f"User:{name}", "Hello.", name, time=time) for name in ("Cora", *PEOPLE)]
    pages = [
        Revision(title.text, text, "Cora" if title.text.startswith("Committee") else "Admin", time=time)
        for title, text in Committee(**configuration).wiki.texts().items()
    ]
    wiki.save(greetings + pages)


@contextmanager
def settled_wiki(folder: Path, now: datetime, *strangers: str) -> Iterator[ThrowawayWiki]:
    """A wiki on which the committee of the tests has been for some weeks; `restore("set up")` makes it so again."""
    with fresh_wiki(folder) as wiki:
        settle(wiki, now, *strangers)
        wiki.snapshot("set up")
        yield wiki


def settle(wiki: ThrowawayWiki, now: datetime, *strangers: str) -> None:
    """Let the committee of the tests have been on a wiki for some weeks, and strangers beside it."""
    save_committee(wiki, now - timedelta(days=20))
    for name in strangers:
        wiki.create_account(name)
    wiki.configure(SETTINGS)
    wiki.set_clock(now)


def install(
    wiki: ThrowawayWiki, files: Mapping[Title, str] | None = None, *, bot: str = BOT, time: datetime | None = None
) -> None:
    """Put on a wiki at once what `strategybot install` would save there page by page, of these files or of all."""
    files = read_folder(share("wikiconfig")) if files is None else files
    twin = EmbeddedWiki(":memory:", bot)  # what is installed depends on nothing but what is configured
    own = wiki.call(action="query", list="allpages", apnamespace=2, apprefix=f"{bot}/", aplimit="max")
    for page in own["query"]["allpages"]:
        twin.edit(Title(page["title"]), wiki.text(page["title"]) or "", ADMIN.name)
    edits = [done.edit for done in install_session(twin, files, dry_run=True).done.values()]
    wiki.save(
        Revision(
            edit.page.asked.text, edit.text, bot, complete(task(bot, "install"), edit.summary, mark(edit.text)), time
        )
        for edit in edits
    )


def texts(wiki: ThrowawayWiki) -> Iterator[tuple[str, str]]:
    """All pages of a wiki in the usual namespaces for people, by their titles."""
    for namespace in range(4):
        where = {"generator": "allpages", "gapnamespace": namespace, "gaplimit": "max"}
        more: dict[str, str] | None = {}
        while more is not None:
            answer = wiki.call(action="query", **where, prop="revisions", rvprop="content", rvslots="main", **more)
            for page in answer.get("query", {}).get("pages", ()):
                if "revisions" in page:  # in one of the answers
                    yield page["title"], page["revisions"][0]["slots"]["main"]["content"]
            more = answer.get("continue")


def run(wiki: ThrowawayWiki) -> Report:
    """One run of the bot."""
    return Session(MediaWikiWiki(wiki.api, credentials(), IMPATIENT)).run()


def alphas_update(wiki: ThrowawayWiki, now: datetime) -> Update:
    """The update of the committee's first group for its next meeting, as the bot reads it."""
    connection = MediaWikiWiki(wiki.api, credentials(), IMPATIENT)
    connection.start()
    runner = Runner(connection)
    process = read_configuration(runner.run(ask(PageNow(CONFIGURATION))).text, CONFIGURATION, BOT)
    assert isinstance(process, Process)
    meeting = process.body.meetings.following(now)
    assert meeting
    roster = runner.run(roster_of(process, process.groups[0]))
    return runner.run(update_of(process, roster, meeting))


def rename(wiki: ThrowawayWiki, old: str, new: str) -> None:
    """Give an account another name, as stewards do. The jobs that follow give it to what it saved."""
    wiki.maintenance("renameUser", "--performer", ADMIN.name, "--reason", "asked for", old, new)
    wiki.run_jobs()


IMPATIENT = Patience(timeout=30, pauses=())

# The throwaway wiki gives bot passwords to its bots only.
PASSWORDS = {
    "StrategyBot": STRATEGY_BOT.bot_password,
    "FlaglessBot": FLAGLESS_BOT.bot_password,
    "Blocked": "bot0password0of0blocked0000000001",
}

# Wikimedia's admins can hide revisions; by MediaWiki's defaults nobody can.
SETTINGS = "$wgGroupPermissions['sysop']['deleterevision'] = true;\n"


def credentials(account: str = "StrategyBot") -> dict[str, str]:
    """The environment for an account."""
    return {"STRATEGYBOT_USER": account, "STRATEGYBOT_BOT_PASSWORD": f"strategybot@{PASSWORDS[account]}"}


class MediaWikiRig:
    """The rig of the contract, and what only a real MediaWiki has."""

    def __init__(self, throwaway: ThrowawayWiki) -> None:
        self.throwaway = throwaway
        self.api = throwaway.api
        self._settings = ""
        grants = ("--appid", "strategybot", "--grants", "basic,editpage,createeditmovepage")
        throwaway.maintenance("createBotPassword", *grants, "Blocked", PASSWORDS["Blocked"])
        throwaway.set_clock(datetime(2025, 12, 1, tzinfo=UTC))
        self.configure()

    # --- The contract's

    def wiki(self, account: str = "StrategyBot", api: str = "", patience: Patience = IMPATIENT) -> MediaWikiWiki:
        """The adapter under test, started; `api` is another way to the wiki than the direct one."""
        wiki = MediaWikiWiki(api or self.api, credentials(account), patience)
        wiki.start()
        return wiki

    def edit(self, title: str, text: str, user: str = "Ada", summary: str = "") -> int:
        return self.throwaway.edit(title, text, user, summary)

    def edit_often(self, title: str, count: int) -> list[int]:
        texts = ((f"Text {number}", "Ada", f"edit {number}") for number in range(count))
        return self.throwaway.save(Revision(title, *text) for text in texts)

    def delete(self, title: str) -> None:
        self.admin(action="delete", title=title)

    def move(self, old: str, new: str, redirect: bool = True) -> None:
        self.admin(action="move", **{"from": old}, to=new, noredirect=not redirect)

    def protect(self, title: str) -> None:
        self.admin(action="protect", title=title, protections="edit=sysop")

    def block(self, user: str) -> None:
        self.admin(action="block", user=user)

    def join(self, name: str) -> None:
        self.throwaway.create_account(name)

    def rename(self, old: str, new: str) -> None:
        rename(self.throwaway, old, new)

    def hide(self, revid: int, text: bool = True, user: bool = False, summary: bool = False) -> None:
        parts = [part for part, hidden in (("content", text), ("user", user), ("comment", summary)) if hidden]
        self.admin(action="revisiondelete", type="revision", ids=revid, hide=parts)

    def set_clock(self, time: datetime) -> None:
        self.throwaway.set_clock(time)

    def mails(self) -> list[Mail]:
        return [
            Mail(
                parseaddr(str(make_header(decode_header(mail["To"]))))[0],
                str(make_header(decode_header(mail["Subject"]))),
                str(mail.get_payload()),
            )
            for mail in self.throwaway.mails()
        ]

    # --- MediaWiki's own

    def configure(self, php: str = "") -> None:
        """Replace the wiki's extra settings; where they stay the same, its caches stay warm."""
        if self._settings != SETTINGS + php:
            self._settings = SETTINGS + php
            self.throwaway.configure(self._settings)

    def admin(self, **parameters: object) -> None:
        """Something that an admin does."""
        self.throwaway.call_as(ADMIN.name, **parameters)

    @contextmanager
    def blocked(self, user: str, **parameters: object) -> Iterator[None]:
        """A block for as long as the test needs it."""
        self.admin(action="block", user=user, **parameters)
        try:
            yield
        finally:
            self.admin(action="unblock", user=user)

    def filter(self, word: str, **actions: str) -> None:
        """An abuse filter on a word in new text."""
        add_filter(self.throwaway, word, **actions)


def add_filter(wiki: ThrowawayWiki, word: str, **actions: str) -> None:
    """Add an abuse filter on a word in new text; of its actions each has the parameters that AbuseFilter's form has."""
    rows = [
        f"$db->insert('abuse_filter_action', ['afa_filter' => $id, 'afa_consequence' => '{action}', "
        f"'afa_parameters' => \"{parameters}\"]);"
        for action, parameters in actions.items()
    ]
    wiki.maintenance(
        "eval",
        stdin="$db = MediaWiki\\MediaWikiServices::getInstance()->getConnectionProvider()->getPrimaryDatabase(); "
        f"$db->insert('abuse_filter', ['af_pattern' => 'added_lines contains \"{word}\"', 'af_actor' => 1, "
        f"'af_timestamp' => $db->timestamp(), 'af_public_comments' => 'No {word} here', 'af_comments' => '', "
        f"'af_actions' => '{','.join(actions)}']); $id = $db->insertId(); {' '.join(rows)}",
    )
