"""What is due to people: what somebody should do, and is told of once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from strategybot.model.page import Title
from strategybot.model.process import Process


@dataclass(frozen=True)
class Due:
    """Something that waits for a person, as long as a job says so. The outbox tells the person once, for good.

    `person` is an account's name. `matter` is by what it is known within its process, whatever becomes of pages and
    dates: `minutes 2026-12-10 * taker`. `key` names the sentence in i18n/ that says what to do, `words`
    fill its $1, $2 and so on, and `page` is where it is to be done. Nobody can have been told of it before `since`
    (UTC), whatever the configuration said.
    """

    person: str
    matter: str
    key: str
    words: tuple[str, ...]
    page: Title
    since: datetime
    process: Process
