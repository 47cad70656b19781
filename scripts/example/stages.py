"""The stages that the month is played on: the embedded wiki, through the command line, and a real MediaWiki."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from example.month import AGENDA, HERE, SLOT, Command, Propose, Save
from strategybot.model.page import Title
from strategybot.wiki.folder import read_folder, write_folder

REPOSITORY = HERE.parents[1]


class EmbeddedStage:
    """The embedded wiki in a file. Everything goes through the command line, and each command is shown."""

    def __init__(self, path: Path) -> None:
        self._wiki = f"embedded:{path}"

    def save(self, step: Save) -> None:
        """Import the folder as that user."""
        _tell(step)
        folder = os.path.relpath(HERE / step.folder)
        self._command(step, "import", folder, "--user", step.user, quiet=True)

    def propose(self, step: Propose) -> None:
        """Export the pages, add the line to the agenda, and import the agenda as that user."""
        _tell(step)
        with tempfile.TemporaryDirectory() as folder:
            every, one = Path(folder, "every"), Path(folder, "one")
            self._command(step, "export", str(every), quiet=True)
            write_folder(one, {AGENDA: proposed(read_folder(every)[AGENDA], step.topic)})
            self._command(step, "import", str(one), "--user", step.user, quiet=True)

    def strategybot(self, step: Command) -> None:
        """Run the command and show what it prints."""
        _tell(step)
        self._command(step, *step.arguments)

    def export(self, folder: Path) -> None:
        """Write every page's newest text to a folder."""
        strategybot(self._wiki, "", "export", str(folder), quiet=True)

    def _command(self, step: Save | Propose | Command, *arguments: str, quiet: bool = False) -> None:
        strategybot(self._wiki, f"{step.time:%Y-%m-%dT%H:%MZ}", *arguments, quiet=quiet)


def proposed(agenda: str, topic: str) -> str:
    """An agenda with a line in the place where it asks for topics."""
    return agenda.replace(SLOT, f"{SLOT}{topic}\n", 1)


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


def _tell(step: Save | Propose | Command) -> None:
    who = getattr(step, "user", "StrategyBot")
    print(f"\n{bold(f'{step.time:%d %B %Y, %H:%M} UTC · {who}')} {step.says}", flush=True)
