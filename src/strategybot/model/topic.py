"""A topic of the update form, with the words that a configuration has for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Topic:
    """A field of an update. `label` and `help` are by language, and empty where the usual texts are meant."""

    name: str
    label: Mapping[str, str] = field(default_factory=dict, hash=False)
    help: Mapping[str, str] = field(default_factory=dict, hash=False)


def readable(name: str) -> str:
    """A topic's name as words: `open-points` is “Open points”."""
    return name.replace("-", " ").capitalize()
