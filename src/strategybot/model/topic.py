"""A topic of the update form, with the words that a configuration has for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Topic:
    """A field of an update. `label` and `help` are by language, and empty where the usual texts are meant."""

    name: str
    label: Mapping[str, str] = field(default_factory=dict, hash=False)
    help: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def readable(self) -> str:
        """The name as words: `open-points` is “Open points”."""
        return self.name.replace("-", " ").capitalize()


def together(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """The topics of several processes, each once, in the order of their first mention: what was said first counts."""
    found: dict[str, Topic] = {}
    for topic in topics:
        first = found.get(topic.name, topic)
        found[topic.name] = replace(first, label={**topic.label, **first.label}, help={**topic.help, **first.help})
    return tuple(found.values())
