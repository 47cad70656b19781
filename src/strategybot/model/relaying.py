"""How a process passes word on: what its configuration says of relays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from strategybot.model.page import Title


@dataclass(frozen=True)
class Relaying:
    """The rules for relays.

    A relay to more than `cap` pages of the home wiki is prepared for a person to send. Each is shown for `preview`
    before it goes out, and one that asks for replies is closed `closes` after the day for them. `lists` are the
    delivery lists by the names of the stakeholders that they reach; who is named on the page `opt_out` gets nothing by
    any of them.
    """

    cap: int
    preview: timedelta
    closes: timedelta
    lists: Mapping[str, Title] = field(hash=False)
    opt_out: Title
