"""How fast the bot writes, and when it ends."""

from __future__ import annotations

import os
import re
import time
from threading import Event

from strategybot.model.page import Site
from strategybot.wiki.port import OperatorError

WITH_FLAG, WITHOUT_FLAG = 10.0, 60.0
"""Seconds between two edits with and without the bot flag. Source: https://meta.wikimedia.org/wiki/Bot_policy"""


class Pace:
    """Waits between edits; `end` makes it wait no longer and say that the run shall end.

    STRATEGYBOT_PACE gives another number of seconds, for a wiki of one's own. Raises OperatorError where it is none.
    """

    def __init__(self) -> None:
        self.ended = Event()
        self._next = 0.0
        self._chosen = _seconds(os.environ.get("STRATEGYBOT_PACE", ""))

    def __call__(self, site: Site) -> bool:
        """Wait until the next edit may be made. False where the run shall end instead."""
        self.ended.wait(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._gap(site)
        return not self.ended.is_set()

    def _gap(self, site: Site) -> float:
        if self._chosen is not None:
            return self._chosen
        if site.own:
            return 0.0
        return WITH_FLAG if "bot" in site.account.groups else WITHOUT_FLAG


def _seconds(text: str) -> float | None:
    """The chosen number of seconds, None where none is. Raises OperatorError for anything but a number."""
    if not text:
        return None
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text):
        raise OperatorError(f"STRATEGYBOT_PACE must be a number of seconds, not “{text}”.", usage=True)
    return float(text)
