"""The stages that the month is played on: the embedded wiki, through the command line, and a real MediaWiki."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from example.month import HERE, Change, Command, Save, Step
from strategybot.model.page import Title
from strategybot.wiki.folder import read_folder, write_folder
from strategybot.wikitext.people import linked_accounts
from throwaway import ADMIN, STRATEGY_BOT, Revision, ThrowawayWiki, background
from throwaway.accounts import BOT_PASSWORD_ID
from throwaway.wiki import DEFAULT_PASSWORD

REPOSITORY = HERE.parents[1]


class EmbeddedStage:
    """The embedded wiki in a file. Everything goes through the command line, and each command is shown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wiki = f"embedded:{path}"

    def save(self, step: Save) -> None:
        """Import the folder as that user."""
        _tell(step)
        folder = os.path.relpath(HERE / step.folder)
        self._command(step, "import", folder, "--user", step.user, quiet=True)

    def change(self, step: Change) -> None:
        """Export the pages, change the page, and import it as that user."""
        _tell(step)
        with tempfile.TemporaryDirectory() as folder:
            every, one = Path(folder, "every"), Path(folder, "one")
            self._command(step, "export", str(every), quiet=True)
            write_folder(one, {step.title: step.make(read_folder(every)[step.title])})
            self._command(step, "import", str(one), "--user", step.user, quiet=True)

    def strategybot(self, step: Command) -> None:
        """Run the command and show what it prints."""
        _tell(step)
        self._command(step, *step.arguments)

    def export(self, folder: Path) -> None:
        """Write every page's newest text to a folder."""
        strategybot(self._wiki, "", "export", str(folder), quiet=True)

    def _command(self, step: Step, *arguments: str, quiet: bool = False) -> None:
        strategybot(self._wiki, f"{step.time:%Y-%m-%dT%H:%MZ}", *arguments, quiet=quiet)


class MediaWikiStage:
    """A real MediaWiki whose clock is set for each step: people save through its API, the bot runs by command."""

    def __init__(self, wiki: ThrowawayWiki) -> None:
        self._wiki = wiki
        self._people: dict[str, None] = {}

    @classmethod
    def up(cls, folder: Path) -> MediaWikiStage:
        """A fresh wiki in the background, which stays up."""
        background.down(folder)
        return cls(background.attach(background.up(folder)))

    def save(self, step: Save) -> None:
        """Save the folder's pages as that user, with a real edit each."""
        _tell(step)
        self._wiki.set_clock(step.time)
        self._join(step.user)
        for name in [name for text in step.pages.values() for name in linked_accounts(text)]:
            self._join(name)  # as a coordinator who is named has an account
        for title, text in step.pages.items():
            self._wiki.edit(title.text, text, user=step.user, summary=step.says)

    def change(self, step: Change) -> None:
        """Change the page with a real edit."""
        _tell(step)
        self._wiki.set_clock(step.time)
        self._join(step.user)
        text = step.make(self._wiki.text(step.title.text) or "")
        self._wiki.edit(step.title.text, text, user=step.user, summary=step.says)

    def strategybot(self, step: Command) -> None:
        """Run the command; the time is the wiki's own."""
        _tell(step)
        self._wiki.set_clock(step.time)
        strategybot(self._wiki.api, "", *step.arguments, environment=self.credentials())

    def credentials(self) -> dict[str, str]:
        """The settings by which the bot logs in, as environment variables."""
        return {
            "STRATEGYBOT_USER": STRATEGY_BOT.name,
            "STRATEGYBOT_BOT_PASSWORD": f"{BOT_PASSWORD_ID}@{STRATEGY_BOT.bot_password}",
            "STRATEGYBOT_CONTACT": "demo@example.org",
            "STRATEGYBOT_PACE": "0",
        }

    def url(self, title: Title, **query: str) -> str:
        """Where a page can be opened in a browser."""
        return self._wiki.page_url(title.text, **query)

    def accounts(self) -> dict[str, str]:
        """The accounts that one can log in with, and their passwords."""
        return {"Admin": ADMIN.password, **dict.fromkeys(self._people, DEFAULT_PASSWORD)}

    def _join(self, user: str) -> None:
        if user not in {*self._people, ADMIN.name, STRATEGY_BOT.name}:
            # Who registers a name after it was written down isn't who was meant: all have been there for years.
            self._wiki.save([Revision("Sandbox", f"I am {user}.", user)])
            self._wiki.create_account(user)
            self._people[user] = None


def strategybot(
    wiki: str, now: str, *arguments: str, quiet: bool = False, environment: Mapping[str, str] | None = None
) -> None:
    """Show and run a command of strategybot. Raises CalledProcessError where it fails."""
    moment = ["--now", now] if now else []
    command = ["strategybot", "--wiki", wiki, *moment, *arguments]
    print(f"{grey('$')} {shlex.join(command)}", flush=True)
    output = subprocess.DEVNULL if quiet else None
    subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "strategybot.cli", *command[1:]],
        check=True,
        stdout=output,
        env={**os.environ, **(environment or {})},
    )


def bold(text: str) -> str:
    """The text in bold, where it goes to a terminal."""
    return f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text


def grey(text: str) -> str:
    """The text in grey, where it goes to a terminal."""
    return f"\033[90m{text}\033[0m" if sys.stdout.isatty() else text


def _tell(step: Step) -> None:
    who = getattr(step, "user", "StrategyBot")
    print(f"\n{bold(f'{step.time:%d %B %Y, %H:%M} UTC · {who}')} {step.says}", flush=True)
