"""A throwaway wiki: its life, its clock, and what tests do to it."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, urlencode

from . import server
from .accounts import ACCOUNTS, BOT_PASSWORD_ID, FLAGLESS_BOT
from .client import ApiError, Client
from .image import Image, ensure_image
from .install import ensure_installed
from .php import Php
from .state import State

DEFAULT_PASSWORD = "throwaway account 1"  # noqa: S105 -- it guards nothing

SNAPSHOTS = "snapshots"

# The session is not in the state that was loaded.
LOGGED_OUT = {"assertnameduserfailed", "assertuserfailed", "badtoken"}


@dataclass(frozen=True)
class Revision:
    """A revision to be saved by `ThrowawayWiki.save()`; `time` None is the wiki's own now."""

    title: str
    text: str
    user: str = "Admin"
    summary: str = ""
    time: datetime | None = None


class ThrowawayWiki:
    """A real MediaWiki on 127.0.0.1, with the accounts of `accounts.py`, for one owner.

    Use it as a context manager, or call `start()` and `stop()`. It ends with the process that
    started it. What one call does is in force for the next request: `configure()`, `set_clock()`
    and `restore()` need no restart.
    """

    def __init__(self, folder: Path, image: Image, port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._image = image
        self._php = Php(ensure_installed(), folder, self.url, image.messages)
        self._state = State(folder)
        self._passwords = _usual_passwords()
        self._clients: dict[str, Client] = {}
        self._anonymous = Client(self.api)
        self._process: subprocess.Popen[bytes] | None = None

    # --- Life

    @classmethod
    def create(cls, folder: Path, port: int = 0) -> Self:
        """Lay out a fresh wiki in `folder`, which is new or empty. Port 0 is any free one."""
        folder = folder.resolve()
        if folder.exists() and any(folder.iterdir()):
            raise FileExistsError(f"{folder} is not empty")
        image = ensure_image(ensure_installed())
        try:
            image.lay_out(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(folder, image, port or server.free_port())

    def start(self, detached: bool = False) -> int:
        """Serve, wait until the wiki answers, and return the process group's id."""
        self._process = server.start(self._php, self._port, self.folder / "server.log", detached)
        return self._process.pid

    def stop(self) -> None:
        """End the server with all its processes; a second call does nothing."""
        if self._process:
            with self._process:
                server.stop(self._process.pid)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- Where

    @property
    def api(self) -> str:
        """The URL of the action API."""
        return f"{self.url}/api.php"

    def page_url(self, title: str, **query: str) -> str:
        """The URL of a page."""
        path = f"{self.url}/wiki/{quote(title.replace(' ', '_'), safe=':/')}"
        return f"{path}?{urlencode(query)}" if query else path

    # --- What changes under the wiki's feet

    def snapshot(self, name: str | Path = "snapshot") -> None:
        """Remember pages, accounts, sessions, mails, extra settings and the clock's offset.

        Where that goes to a path of its own, other wikis can be made so, too.
        """
        self._state.save(self.folder / SNAPSHOTS / name)

    def restore(self, name: str | Path | None = None) -> None:
        """Return to a snapshot, or to the pristine wiki. A login made since then is void."""
        self._state.load(self.folder / SNAPSHOTS / name if name else self._image.state)

    def renew(self) -> None:
        """Be what `create()` lays out, for the next owner: snapshots go as well. The server goes on, warm as it is."""
        self.restore()
        shutil.rmtree(self.folder / SNAPSHOTS, ignore_errors=True)
        self._passwords = _usual_passwords()
        self._clients.clear()

    def configure(self, php: str) -> None:
        """Replace the extra settings: PHP without `<?php`, read after all other settings."""
        self._state.configure(php)

    def set_clock(self, now: datetime | None) -> None:
        """Let the wiki believe that it is `now`, going on from there; None is the real time.

        Sessions, tokens and bot passwords stay good for jumps within five years either way.
        The files' times and this process's own clock stay real. Histories are in order of time:
        after a jump back, a new revision of an old page is its current text, yet not on top of
        its history, and pywikibot's `latest_revision` is another. So go forward, or `restore()`.
        MediaWiki needs a clock that goes on: with one that stands still it waits forever.
        """
        self._state.set_clock(now)

    def mails(self) -> list[Message]:
        """The mails sent so far, oldest first (none if `$wgSMTP` is set)."""
        return [message_from_string(text) for text in self._state.mails()]

    # --- Maintenance scripts

    def maintenance(self, script: str, *args: str, stdin: str | None = None) -> str:
        """Run a maintenance script of MediaWiki and return its output. Raises MaintenanceError."""
        try:
            return self._php.maintenance(script, *args, stdin=stdin)
        finally:
            self._state.forget_caches()  # the script has no access to the server's

    def run_jobs(self) -> None:
        """Carry out the waiting jobs, which nothing else does."""
        self.maintenance("runJobs")

    def create_account(
        self, name: str, groups: Sequence[str] = (), password: str = DEFAULT_PASSWORD, *,
        bot_password: str = "", bot_grants: Sequence[str] = FLAGLESS_BOT.bot_grants,
    ) -> None:  # fmt: skip
        """Create an account in `groups`; with `bot_password` ([0-9a-w]{32,}) also NAME@strategybot."""
        custom = [f"--custom-groups={','.join(groups)}"] if groups else []
        self.maintenance("createAndPromote", "--force", *custom, name, password)
        if bot_password:
            self.maintenance("createBotPassword", "--appid", BOT_PASSWORD_ID,
                             "--grants", ",".join(bot_grants), name, bot_password)  # fmt: skip
        self._passwords[name] = password

    def save(self, revisions: Iterable[Revision]) -> list[int]:
        """Save many revisions in order, fast, and return their ids.

        No filter, right or limit stands in the way, and nothing notices that a browser or bot
        didn't do it. A page whose text stays the same gives the id that it has. Accounts that
        don't exist yet are made, with the usual password, as if they were registered in 2018.
        """
        rows = [
            {
                "title": revision.title, "text": revision.text, "user": revision.user, "summary": revision.summary,
                "password": DEFAULT_PASSWORD,
                "timestamp": f"{revision.time.astimezone(UTC):%Y%m%d%H%M%S}" if revision.time else None,
            }
            for revision in revisions
        ]  # fmt: skip
        script = str(self.folder / "save_pages.php")
        ids: list[int] = json.loads(self.maintenance(script, stdin=json.dumps(rows)))
        return ids

    # --- The API

    def call(self, **params: object) -> dict[str, Any]:
        """One API request without an account. Raises ApiError."""
        return self._anonymous.call(**params)

    def call_as(self, user: str, /, **params: object) -> dict[str, Any]:
        """One API request by `user` with an edit token, after a login if there is need of one."""
        try:
            return self._client(user).call_with_token(**params)
        except ApiError as error:
            if error.code not in LOGGED_OUT:
                raise
            del self._clients[user]
            return self._client(user).call_with_token(**params)

    def edit(self, title: str, text: str, user: str = "Admin", summary: str = "", **params: object) -> int:
        """Save a page as a person would and return its revision id; `params` go to `action=edit`."""
        answer = self.call_as(user, action="edit", title=title, text=text, summary=summary, **params)["edit"]
        if answer["result"] != "Success":
            raise ApiError(answer["result"], json.dumps(answer))
        return int(answer["newrevid"]) if "newrevid" in answer else 0

    def text(self, title: str) -> str | None:
        """The wikitext of a page, None if there is none."""
        answer = self.call(action="query", prop="revisions", titles=title, rvprop="content", rvslots="main")
        page = answer["query"]["pages"][0]
        return str(page["revisions"][0]["slots"]["main"]["content"]) if "revisions" in page else None

    def parse(self, wikitext: str, title: str = "Sandbox", uselang: str = "en") -> str:
        """The HTML of `wikitext` on page `title`, for a reader with that interface language."""
        answer = self.call(action="parse", text=wikitext, title=title, contentmodel="wikitext", uselang=uselang,
                           prop="text", disablelimitreport=True)  # fmt: skip
        return str(answer["parse"]["text"])

    def _client(self, user: str) -> Client:
        if user not in self._clients:
            client = Client(self.api)
            client.login(user, self._passwords.get(user, DEFAULT_PASSWORD))
            self._clients[user] = client
        return self._clients[user]


def _usual_passwords() -> dict[str, str]:
    return {account.name: account.password for account in ACCOUNTS}
