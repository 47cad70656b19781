"""The embedded wiki keeps the contract of the port."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import Mail, Wiki
from tests.wiki.contract import Rig, WikiContract


class EmbeddedRig:
    """An embedded wiki in a file. The rig and each wiki have a connection of their own, like processes of their own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ahead = timedelta()
        self._people = EmbeddedWiki(path, "Admin", self._clock)
        for name in ("Ada", "Bo"):
            self._people.add_account(name, emailable=True)
        self._people.add_account("FlaglessBot")
        self._people.block("Blocked")
        self.delete, self.move = self._people.delete, self._people.move
        self.block, self.hide = self._people.block, self._people.hide
        self.rename = self._people.rename

    def _clock(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def wiki(self, account: str = "StrategyBot") -> Wiki:
        wiki = EmbeddedWiki(self._path, account, self._clock)
        wiki.start()
        return wiki

    def edit(self, title: str, text: str, user: str = "Ada", summary: str = "") -> int:
        return self._people.edit(title, text, user, summary)

    def edit_often(self, title: str, count: int) -> list[int]:
        return [self.edit(title, f"Text {number}", summary=f"edit {number}") for number in range(count)]

    def join(self, name: str) -> None:
        self._people.add_account(name, registered=self._clock())

    def protect(self, title: str) -> None:
        self._people.protect(title, "sysop")

    def mails(self) -> list[Mail]:
        return list(self._people.mails())

    def set_clock(self, time: datetime) -> None:
        self._ahead = time - datetime.now(UTC)


class TestEmbeddedWiki(WikiContract):
    """Everything in the contract."""

    @pytest.fixture
    def rig(self, tmp_path: Path) -> Rig:
        return EmbeddedRig(tmp_path / "wiki.sqlite")
