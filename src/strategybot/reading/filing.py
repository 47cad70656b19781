"""An update as somebody filed it on a page.

{{Steering group/Update
|progress=We met twice…
|needs=* travel: …
|lang=fr
}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from strategybot.wikitext.calls import Call, calls

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}")
OTHER_FIELDS = ("lang", "meeting", "confirmed by")
"""The fields of an update beside its topics."""


@dataclass(frozen=True)
class Filing:
    """What an update says: `topics` with a text, `lang` (empty where none or an odd one is given).

    `words` are all its fields exactly, by which two revisions of it are compared. `odd` names the fields that
    the process doesn't know, and text outside any field counts as one without a name.
    """

    topics: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""
    words: frozenset[tuple[str, str]] = frozenset()
    odd: tuple[str, ...] = ()


def read_filing(text: str, template: str, topics: tuple[str, ...]) -> Filing | None:
    """The update on a page, or None where the page doesn't call the template. The first call counts."""
    found = calls(text, template)
    return _filing(found[0], topics) if found else None


def _filing(call: Call, topics: tuple[str, ...]) -> Filing:
    lang = call.fields.get("lang", "").lower()
    unknown = [name for name, value in call.fields.items() if value and name not in (*topics, *OTHER_FIELDS)]
    return Filing(
        topics={topic: call.fields[topic] for topic in topics if call.fields.get(topic)},
        lang=lang if _LANGUAGE.fullmatch(lang) else "",
        words=frozenset((name, value) for name, value in call.fields.items() if value),
        odd=(*unknown, *([""] if any(call.unnamed) else [])),
    )
