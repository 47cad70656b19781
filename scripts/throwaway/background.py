"""One throwaway wiki that goes on after its starter has ended."""

import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .cache import locked
from .image import ensure_image, is_wiki
from .install import ensure_installed
from .php import NEVER_COMPILED
from .wiki import ThrowawayWiki

URL_FILE = "url"


@dataclass(frozen=True)
class Background:
    """A wiki that was laid out in `folder`."""

    folder: Path

    @property
    def url(self) -> str:
        """Where it answers, if it runs."""
        return (self.folder / URL_FILE).read_text()

    def runs(self) -> bool:
        """Whether it is there to answer."""
        return (self.folder / URL_FILE).exists() and bool(self._processes())

    def remove(self) -> None:
        """End its processes and remove its folder."""
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _processes(self) -> list[int]:
        """Its processes are those that were started with a file of this very folder."""
        sign = f"={self.folder / NEVER_COMPILED}\0".encode()
        return [int(process.name) for process in Path("/proc").glob("[0-9]*") if sign in _command_line(process)]


def find(folder: Path) -> Background | None:
    """The wiki that was laid out in `folder`, running or not, and not taken down since."""
    return Background(folder) if is_wiki(folder) else None


def up(folder: Path, port: int = 0) -> Background:
    """Start a fresh wiki in `folder`, or find the one that runs there.

    Raises FileExistsError where the folder holds anything else.
    """
    with locked("background"):
        found = find(folder)
        if found and found.runs():
            return found
        if found:
            found.remove()
        wiki = ThrowawayWiki.create(folder, port)
        try:
            wiki.start(detached=True)
            (folder / URL_FILE).write_text(wiki.url)
        except BaseException:
            wiki.stop()
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return Background(folder)


def attach(found: Background) -> ThrowawayWiki:
    """The running wiki as an object, to save pages on it and set its clock; its server stays the background's."""
    return ThrowawayWiki(found.folder, ensure_image(ensure_installed()), int(found.url.rpartition(":")[2]))


def down(folder: Path) -> bool:
    """Stop the wiki in `folder` and remove the folder; False if there was none."""
    with locked("background"):
        if found := find(folder):
            found.remove()
        return found is not None


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""  # it has just ended
