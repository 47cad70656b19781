"""All that changes in a wiki, in one folder that can be swapped while the wiki runs."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

REAL_TIME = "+0"


class State:
    """The link `state` of a wiki's folder, and the folder it names."""

    def __init__(self, wiki_folder: Path) -> None:
        self._wiki_folder = wiki_folder
        self._link = wiki_folder / "state"

    @property
    def folder(self) -> Path:
        """The folder in use now."""
        return self._wiki_folder / self._link.readlink()

    def load(self, source: Path) -> None:
        """Make a copy of `source` the state, in one step."""
        count = int(self._link.readlink().name.rpartition("-")[2]) + 1 if self._link.is_symlink() else 0
        fresh = self._wiki_folder / f"state-{count}"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(source, fresh)
        link = self._wiki_folder / "state.new"
        link.unlink(missing_ok=True)
        link.symlink_to(fresh.name)
        link.replace(self._link)
        # A request under way may still use the one before.
        shutil.rmtree(self._wiki_folder / f"state-{count - 2}", ignore_errors=True)

    def save(self, target: Path) -> None:
        """Copy the state to `target`, databases in a consistent form."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target, ignore=shutil.ignore_patterns("*.sqlite*"))
        for database in self.folder.glob("*.sqlite"):
            with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(target / database.name)) as new:
                old.backup(new)

    def forget_caches(self) -> None:
        """Make the wiki drop all it remembers outside of the databases."""
        epoch = self.folder / "epoch"
        self._write("epoch", str(int(epoch.read_text()) + 1))

    def configure(self, php: str) -> None:
        """Replace the extra settings, without `<?php`."""
        self._write("extra.php", f"<?php\n{php}\n")
        self.forget_caches()

    def set_clock(self, now: datetime | None) -> None:
        """Set the clock of the wiki; None is the real time."""
        if now is not None and now.tzinfo is None:
            raise ValueError("set_clock() takes a datetime with its time zone")
        offset = f"{(now - datetime.now(UTC)).total_seconds():+.3f}" if now else REAL_TIME
        self._write("clock", offset)
        self.forget_caches()

    def mails(self) -> Iterator[str]:
        """The mails that the wiki has sent, oldest first."""
        for path in sorted((self.folder / "mail").glob("*.eml")):
            yield path.read_text()

    def _write(self, name: str, text: str) -> None:
        draft = self.folder / f"{name}.new"
        draft.write_text(text)
        draft.replace(self.folder / name)


def lay_out(folder: Path) -> None:
    """Put the files of a new state into `folder`, all but the databases."""
    (folder / "mail").mkdir(parents=True)
    (folder / "extra.php").write_text("<?php\n")
    (folder / "clock").write_text(REAL_TIME)
    (folder / "epoch").write_text("0")
