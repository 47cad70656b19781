"""Upgrading a page of texts that people have improved on the wiki, key by key.

Whose each key is follows from the page's history: the bot's own revisions are known by the marks of their summaries,
and what any other revision changed is people's, until somebody puts the bot's text back. The page's newest revision
of the bot's doesn't tell it: that one may carry what people had changed before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from strategybot.inquiries.authority import history_until
from strategybot.inquiries.ownership import is_marked
from strategybot.model.page import Page, Revision
from strategybot.wiki.asking import Job

_ESCAPED = str.maketrans({char: f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"})


@dataclass(frozen=True)
class Upgrade:
    """What a page of texts shall read, and how many of its texts are people's and stay as they made them."""

    text: str
    kept: int


def as_page(texts: Mapping[str, Any]) -> str:
    """Texts in the form that MediaWiki gives a JSON page."""
    return json.dumps(texts, ensure_ascii=False, indent="\t").translate(_ESCAPED)


def upgraded(page: Page, texts: Mapping[str, str], bot: str) -> Job[Upgrade | None]:
    """The page with the new texts, and with people's where they changed, added or removed a key.

    None where the page was never the bot's, or holds no texts any more.
    """
    standing = _texts(page.text)
    history = (yield from history_until(page.title))[::-1]
    if standing is None or not any(is_marked(revision, bot) for revision in history):
        return None
    theirs = _keys_of_people(history, bot)
    kept = sorted(key for key in theirs if standing.get(key) != texts.get(key))
    wanted = {**texts, **{key: standing.get(key) for key in kept}}
    wanted = {key: text for key, text in wanted.items() if text is not None}
    return Upgrade(page.text if wanted == standing else as_page(wanted), len(kept))


def _keys_of_people(history: Iterable[Revision], bot: str) -> set[str]:
    """The keys whose present state is people's. What stood in a revision that is hidden, or broken, may be theirs."""
    theirs: set[str] = set()
    ours: Mapping[str, Any] = {}
    stood: Mapping[str, Any] = {}
    by_bot = True
    for revision in history:
        texts = _texts(revision.text or "")
        by_bot &= is_marked(revision, bot)
        if texts is None:
            continue
        changed = {key for key in {*stood, *texts} if stood.get(key) != texts.get(key)}
        if by_bot:
            theirs -= changed
            ours = {**ours, **{key: texts.get(key) for key in changed}}
        else:
            theirs |= changed
            theirs = {key for key in theirs if texts.get(key) != ours.get(key)}
        stood, by_bot = texts, True
    return theirs


def _texts(text: str) -> dict[str, Any] | None:
    """The texts that a page holds, or None where it is no JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
