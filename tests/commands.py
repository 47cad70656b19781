"""The bot's command line, each command in a process of its own: it can be killed, and there can be several at once.

They are forks of one process in which everything is imported: that takes longer than most commands do.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from typing import Self

from strategybot.cli import main

PATIENCE = 120
"""Seconds after which a command that should have ended hasn't."""

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.imported"])


class Command:
    """A command under way; `with` ends it at the latest. What it says goes to files, where it can be read meanwhile."""

    def __init__(self, *arguments: object, environment: Mapping[str, str] = os.environ, typed: str = "") -> None:
        self._arguments = list(map(str, arguments))
        self._folder = Path(tempfile.mkdtemp(prefix="command-"))
        (self._folder / "stdin").write_text(typed)
        work = (self._folder, self._arguments, dict(environment))
        self._process = _FORKS.Process(target=_carry_out, args=work)
        self._process.start()

    @property
    def stdout(self) -> str:
        """What it has printed so far."""
        return self._read("stdout")

    @property
    def stderr(self) -> str:
        """What it has complained of so far."""
        return self._read("stderr")

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.is_alive()

    def signal(self, number: int) -> None:
        """Send it a signal."""
        assert self._process.pid
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it at once, whatever it is about to do."""
        self._process.kill()

    def wait(self) -> int:
        """Its exit status, once it has ended; of one that a signal ended, the signal's number below zero."""
        self._process.join(PATIENCE)
        status = self._process.exitcode
        if status is None:
            raise TimeoutExpired(self._arguments, PATIENCE, self.stdout, self.stderr)
        return status

    def ended(self) -> CompletedProcess[str]:
        """What there is to say of it, once it has ended."""
        return CompletedProcess(self._arguments, self.wait(), self.stdout, self.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.wait()
        shutil.rmtree(self._folder)

    def _read(self, name: str) -> str:
        path = self._folder / name
        return path.read_text("utf-8") if path.exists() else ""


def run(*arguments: object, environment: Mapping[str, str] = os.environ, typed: str = "") -> CompletedProcess[str]:
    """Carry out a command: its exit status and what it said."""
    with Command(*arguments, environment=environment, typed=typed) as command:
        return command.ended()


def _carry_out(folder: Path, arguments: list[str], environment: dict[str, str]) -> None:
    """What a process does: its exit status is that of the command."""
    os.environ.clear()
    os.environ.update(environment)
    with ExitStack() as stack:
        for number, mode in ((0, "r"), (1, "w"), (2, "w")):
            name = ("stdin", "stdout", "stderr")[number]
            file = stack.enter_context((folder / name).open(mode, encoding="utf-8"))
            os.dup2(file.fileno(), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.exit(main(arguments))
