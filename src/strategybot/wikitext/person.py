"""A person as a roster names one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """A named account: `bare` by plain words; `until` when (UTC) in the role; `coordinates` where that is said."""

    name: str
    bare: bool = False
    until: datetime | None = None
    coordinates: bool = False
