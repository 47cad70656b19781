"""What an agenda quotes, as its own calls name it: the page, the revision, the group and who filed it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.wikitext.calls import Call, called, calls
from strategybot.wikitext.references import unescape


@dataclass(frozen=True)
class Quote:
    """A source that an agenda names, in one of its calls: the page, the revision, the group and who filed it.

    `waiting` says that it is named, but not quoted.
    """

    page: Title
    revid: int
    group: str
    user: str
    waiting: bool = False


def quotes(process: Process, text: str) -> list[Quote]:
    """The sources of an agenda. People can write such calls there, too: only what can be one counts."""
    found = []
    for name in ("Report", "Source"):
        for call in calls(text, process.template(name)):
            page, number = Title(unescape(call.fields.get("page", ""))), call.fields.get("revision", "")
            if page.legal and re.fullmatch(r"[1-9][0-9]{0,14}", number):
                group, user = (unescape(call.fields.get(field, "")) for field in ("group", "user"))
                found.append(Quote(page, int(number), group, user, call.fields.get("state") == "waiting"))
    return found


Recalled = tuple[str, str]
"""What an agenda recalls from before: the name of the template that shows it, and its id."""

RECALLING = ("Open item", "Open request", "Open feedback")
"""The templates that show what is left over from before."""


def recalled(process: Process, text: str) -> frozenset[Recalled]:
    """The action items, requests and feedback that an agenda recalls."""
    return frozenset(
        (name, unescape(call.fields.get("id", "")))
        for name in RECALLING
        for call in calls(text, process.template(name))
    )


def quoted(process: Process, text: str) -> Counter[Quote | Recalled | str]:
    """What an agenda quotes: by this, and not by its wording, two versions of a closed one are compared."""
    statements = re.findall(r'^<div lang="', text, re.MULTILINE)
    return Counter([*quotes(process, text), *recalled(process, text), *statements])


# --- What a page shows of other pages' revisions, now and before ---

_BEFORE = re.compile(r"\n<!-- quoted before: ([0-9u ]*) -->$")

_MOST_BEFORE = 300
"""How many revisions a page remembers to have quoted."""


@dataclass(frozen=True, order=True)
class Shown:
    """A revision of which a page shows the text, or its author's name, or both; `page` is whose revision it is."""

    revid: int
    text: bool
    user: bool
    page: Title | None = None


_NAMING = ("Relay answer", "Relay by")
"""The templates whose calls name somebody, and show no words of theirs."""

_SHOWING = (
    "Report",
    "Source",
    "Open item",
    "Waiting member",
    "Missing",
    "Status problem",
    "Action item",
    "Decision",
    "Register/Unread",
    "Feedback state",
    "Feedback outcome",
    "Relay row",
    "Relay head",
    *_NAMING,
)
"""The templates whose calls name what they show."""


def shown(process: Process | None, text: str) -> frozenset[Shown]:
    """What a page of the bot's shows of other pages' revisions: words that were filed, names on a roster, authors.

    Without a process the templates are known by the ends of their names, whatever prefix they had.
    """
    found = set()
    for name in _showing(process, text):
        for call in calls(text, name):
            number, page = call.fields.get("revision", ""), Title(unescape(call.fields.get("page", "")))
            if re.fullmatch(r"[1-9][0-9]{0,14}", number) and not _is_own(call):
                named = bool(call.fields.get("user") or call.fields.get("by") or call.fields.get("2"))
                found.add(Shown(int(number), _has_text(call), named, page if page.legal else None))
    return frozenset(found)


def _showing(process: Process | None, text: str) -> Iterable[str]:
    """The names of the templates in a text whose calls are looked at."""
    if process is None:
        return sorted(name for name in called(text) if name.endswith(_SHOWING))
    return [name for name in map(process.template, _SHOWING) if f"{{{{{name}|" in text]


def _is_own(call: Call) -> bool:
    """Whether a problem is one of a page of the bot's own, of which the revision is the bot's as well."""
    return call.fields.get("key", "").startswith(("page-", "stop-"))


def _has_text(call: Call) -> bool:
    """Whether a call is there for something that somebody wrote. An update that waits shows its author alone."""
    if call.name.endswith(_NAMING):
        return False
    if "key" in call.fields:
        return "1" in call.fields and call.fields["key"] != "update-waiting"
    return call.fields.get("state", "") not in ("waiting", "missing", "none", "withdrawn")


def shown_before(text: str) -> frozenset[Shown]:
    """What a page remembers to have shown before."""
    found = _BEFORE.search(text)
    numbers = re.findall(r"(?<!\S)([1-9][0-9]{0,14})(u?)(?!\S)", found[1]) if found else ()
    return frozenset(Shown(int(number), not user, user=True) for number, user in numbers)


def forgetting(text: str) -> str:
    """The text without what it remembers."""
    return _BEFORE.sub("", text)


def remembering(process: Process | None, before: str, text: str) -> str:
    """The text that a page shall have, with what it showed before and doesn't any more, at its end, unseen.

    Without that nobody would know which of its revisions still quote something that is hidden later. What the text
    remembers itself was carried along from the page. Without a process any prefix will do, as for `shown`.
    """
    text = forgetting(text)
    now = _with_text(shown(process, text))
    past = _with_text((*shown_before(before), *shown(process, before)))
    gone = sorted(revid for revid, whole in past.items() if revid not in now or (whole and not now[revid]))
    if not gone:
        return text
    numbers = " ".join(f"{revid}{'' if past[revid] else 'u'}" for revid in gone[-_MOST_BEFORE:])
    return f"{text.rstrip()}\n<!-- quoted before: {numbers} -->"


def _with_text(found: Iterable[Shown]) -> dict[int, bool]:
    """For each revision whether anything shows its text: a page names some several times."""
    texts: dict[int, bool] = {}
    for one in found:
        texts[one.revid] = texts.get(one.revid, False) or one.text
    return texts
