"""How answers on the command line are read: from what was typed to what goes into the configuration.

What can't be read raises ValueError with a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from strategybot.config import TOPICS
from strategybot.writing.texts import codes, words

Draft = dict[str, Any]
"""A configuration as far as it is known."""


def text(given: str) -> str:
    """What was typed, as it is."""
    return given


def names(given: str) -> list[str]:
    """Names parted by semicolons, or by commas where there is no semicolon."""
    parts = given.split(";" if ";" in given else ",")
    return [part.strip() for part in parts if part.strip()]


def time(given: str) -> str:
    """A date and a time as the configuration takes them, with a space or a T between."""
    return re.sub(r"^(\S+)\s+(\S+)$", r"\1T\2", given)


def minutes(given: str) -> int:
    """A number of minutes."""
    found = re.fullmatch(r"(\d{1,4})(?:\s*min(?:utes)?)?", given)
    if not found:
        raise ValueError("a number of minutes is wanted, such as 60")
    return int(found[1])


def days(given: str) -> int | None:
    """A number of days, or nothing at all."""
    found = re.fullmatch(r"(\d{1,3})(?:\s*days?)?|", given)
    if not found:
        raise ValueError("a number of days is wanted, such as 7")
    return int(found[1]) if found[1] else None


def trial(given: str) -> bool | None:
    """Yes, or nothing at all: no trial is what the configuration takes for usual."""
    if given.lower() not in ("yes", "y", "no", "n"):
        raise ValueError("yes or no")
    return given.lower().startswith("y") or None


def topics(named: list[str], draft: Draft) -> list[Any]:
    """Topics as the configuration takes them: a usual one by its name, another one with its label.

    A usual topic is known by its name or by its label in any language: “Avancement” is `progress`.
    """
    usual = {words(code)[f"topic-{topic}"].casefold(): topic for code in codes() for topic in TOPICS}
    usual |= {topic: topic for topic in TOPICS}
    found = [
        usual.get(name.casefold()) or {"topic": _name(name, number), "label": {draft["languages"][0]: _label(name)}}
        for number, name in enumerate(named, 1)
    ]
    return [] if tuple(map(str, found)) == TOPICS else found


def _name(label: str, number: int) -> str:
    """What a topic is called in templates: “Réussites” is `reussites`; `topic-2` where there are no such letters."""
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40]
    return name if re.match("[a-z]", name) else f"topic-{number}"


def _label(typed: str) -> str:
    """A topic's label from what was typed, which may be the name that the configuration would have."""
    label = typed.replace("-", " ") if re.fullmatch("[a-z0-9-]+", typed) else typed
    return label[:1].upper() + label[1:]


def own_topics(draft: Draft) -> list[dict[str, Any]]:
    """The topics that aren't the usual ones."""
    return [topic for topic in draft.get("topics", ()) if isinstance(topic, dict)]


def labelled(draft: Draft, code: str, labels: list[str]) -> list[Any]:
    """The topics with the labels of one language put in, in the order of the topics of one's own."""
    own = own_topics(draft)
    if labels and len(labels) != len(own):
        raise ValueError(f"there are {len(own)} of them, parted by semicolons")
    more = {topic["topic"]: {code: label} for topic, label in zip(own, labels, strict=False)}
    return [
        {**topic, "label": {**topic["label"], **more.get(topic["topic"], {})}} if isinstance(topic, dict) else topic
        for topic in draft["topics"]
    ]
