"""A real MediaWiki as the tests see it: the adapter on one side, the hands of its people on the other."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.utils import parseaddr
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki, Patience
from strategybot.wiki.port import Mail
from tests.committee import PEOPLE, Committee
from throwaway import ADMIN, FLAGLESS_BOT, STRATEGY_BOT, Client, InstallError, Revision, ThrowawayWiki, ensure_browser


@contextmanager
def fresh_wiki(folder: Path) -> Iterator[ThrowawayWiki]:
    """A wiki of one's own that runs; where none can be had, tests are skipped, unless it is required.

    (STRATEGYBOT_REQUIRE_MEDIAWIKI=1 requires it.)
    """
    with _had("real MediaWiki"):
        wiki = ThrowawayWiki.create(folder)
    with wiki:
        yield wiki


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


def save_committee(wiki: ThrowawayWiki, time: datetime) -> None:
    """Put the committee of the tests on a wiki, as if it had been set up at that time."""
    wiki.save(Revision(f"User:{name}", "Hello.", name, time=time) for name in ("Cora", *PEOPLE))
    wiki.save(
        Revision(title.text, text, "Cora" if title.text.startswith("Committee") else "Admin", time=time)
        for title, text in Committee().wiki.texts().items()
    )


@contextmanager
def settled_wiki(folder: Path, now: datetime, *strangers: str) -> Iterator[ThrowawayWiki]:
    """A wiki on which the committee of the tests has been for some weeks; `restore("set up")` makes it so again."""
    with fresh_wiki(folder) as wiki:
        save_committee(wiki, now - timedelta(days=20))
        for name in strangers:
            wiki.create_account(name)
        wiki.configure(SETTINGS)
        wiki.set_clock(now)
        wiki.snapshot("set up")
        yield wiki


def run(wiki: ThrowawayWiki) -> Report:
    """One run of the bot."""
    return Session(MediaWikiWiki(wiki.api, credentials(), IMPATIENT)).run()


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
        self._admin = Client(throwaway.api)
        self._admin.login(ADMIN.name, ADMIN.password)
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
        self._admin.call_with_token(**parameters)

    @contextmanager
    def blocked(self, user: str, **parameters: object) -> Iterator[None]:
        """A block for as long as the test needs it."""
        self.admin(action="block", user=user, **parameters)
        try:
            yield
        finally:
            self.admin(action="unblock", user=user)

    def filter(self, word: str, **actions: str) -> None:
        """An abuse filter on a word in new text; of its actions each has the parameters that AbuseFilter's form has."""
        rows = [
            f"$db->insert('abuse_filter_action', ['afa_filter' => $id, 'afa_consequence' => '{action}', "
            f"'afa_parameters' => \"{parameters}\"]);"
            for action, parameters in actions.items()
        ]
        self.throwaway.maintenance(
            "eval",
            stdin="$db = MediaWiki\\MediaWikiServices::getInstance()->getConnectionProvider()->getPrimaryDatabase(); "
            f"$db->insert('abuse_filter', ['af_pattern' => 'added_lines contains \"{word}\"', 'af_actor' => 1, "
            f"'af_timestamp' => $db->timestamp(), 'af_public_comments' => 'No {word} here', 'af_comments' => '', "
            f"'af_actions' => '{','.join(actions)}']); $id = $db->insertId(); {' '.join(rows)}",
        )


# --- The way to the wiki ---

KEPT = ("content-type", "cookie")


@dataclass(frozen=True)
class Sent:
    """A request that went through a tunnel."""

    headers: Mapping[str, str]
    form: Mapping[str, str]


class Tunnel(ThreadingHTTPServer):
    """Another way to the wiki, on which things go wrong.

    What goes in reaches the wiki, but for the parameters in `forged`, and is kept in `sent`. The wiki's next answers
    come out as `mishaps` say: as an HTTP status and a body, or not at all (None).
    """

    def __init__(self, rig: MediaWikiRig) -> None:
        super().__init__(("127.0.0.1", 0), _Mouth)
        self.wiki = urlsplit(rig.api)
        self.api = f"http://127.0.0.1:{self.server_port}/api.php"
        self.sent: list[Sent] = []
        self.forged: dict[str, str] = {}
        self.mishaps: list[tuple[int, bytes] | None] = []

    def __enter__(self) -> Tunnel:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Mouth(BaseHTTPRequestHandler):
    """What takes a request into the tunnel and hands its answer out."""

    server: Tunnel

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True))
        self.server.sent.append(Sent(dict(self.headers), form))
        forged = {name: value for name, value in self.server.forged.items() if name in form}
        wiki = HTTPConnection(self.server.wiki.netloc, timeout=30)
        kept = {name: value for name, value in self.headers.items() if name.lower() in KEPT}
        wiki.request("POST", self.server.wiki.path, urlencode(form | forged), kept)
        self._hand_out(wiki.getresponse())

    def _hand_out(self, answer: HTTPResponse) -> None:
        said: tuple[int, bytes] | None = (answer.status, answer.read())
        if self.server.mishaps:
            said = self.server.mishaps.pop(0)
        if said:
            self.send_response(said[0])
            self.send_header("Content-Type", answer.headers["Content-Type"])
            for cookie in answer.headers.get_all("Set-Cookie", ()):
                self.send_header("Set-Cookie", cookie)
            self.end_headers()
            self.wfile.write(said[1])

    def log_message(self, *_: object) -> None:
        """Say nothing."""
