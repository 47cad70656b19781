"""Delivery lists: the pages that one names, in all forms that MassMessage and Meta know, and what of it can't be read.

    {{#target:User talk:Ada}}   {{#target:Project:Village pump|fr.wikipedia.org}}
    {{target | user = Ada | site = de.wikipedia.org}}   {{target | page = Project:Village pump}}
    {"description": "Affiliates", "targets": [{"title": "User talk:Ada", "site": "fr.wikipedia.org"}]}

A list is read as the wiki reads it: by MediaWiki's preprocessor (`wikitext/preprocessor.py`), and then as MassMessage's
`processPFData` and `MassMessageListContent` do. What a list includes is to be read by `included` and put in its place.
"""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from strategybot.model.page import Title
from strategybot.wikitext.calls import Call, all_calls
from strategybot.wikitext.preprocessor import opaque
from strategybot.wikitext.references import unescape

WRAPPER = "Target"
"""Meta's template around the parser function."""

EXAMPLE = "{{#target:User talk:Ada}}"
"""How a target is written, in sentences that say so."""

_JSON_TARGET = '{"title": "User talk:Ada", "site": "fr.wikipedia.org"}'
_JSON_LIST = '{"description": "", "targets": [{"title": "User talk:Ada"}]}'
_JSON_MODELS = ("json", "MassMessageListContent")
_FUNCTION = re.compile(r"#target:", re.IGNORECASE)
_BEGINNING = re.compile(r"\{\{\s*(?:#target:|(?:template\s*:\s*)?target\s*(?=[|}]))", re.IGNORECASE)
_OBJECT = re.compile(r'\s*\{\s*["}]')
_SITE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+(?::\d{1,5})?|localhost(?::\d{1,5})?")
_USER = re.compile(r"\s*:?\s*user(?:[ _]talk)?\s*:", re.IGNORECASE)

_NOINCLUDE = re.compile(r"<noinclude\s*>.*?(?:</noinclude\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ONLYINCLUDE = re.compile(r"<onlyinclude\s*>((?:(?!<onlyinclude).)*?)</onlyinclude\s*>", re.DOTALL | re.IGNORECASE)
_INCLUDEONLY = re.compile(r"</?includeonly\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A target as it is named: the page, and the domain of its wiki, empty where none is given.

    `place` is the line on which it begins, or its number in a list that is JSON.
    """

    page: str
    site: str = ""
    place: int = field(default=0, compare=False)

    @property
    def legal(self) -> bool:
        """Whether a page could have that title."""
        return Title(self.page).legal


@dataclass(frozen=True)
class Flaw:
    """What can't be read: the key of its sentence (`problem-list-…` in i18n/) and the words in it."""

    key: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inclusion:
    """Another page that the list includes: its name as written. `line` is where."""

    name: str
    line: int

    def title(self, of: Title) -> Title:
        """The page that is meant, on a list with that title."""
        if self.name.startswith("/"):
            return Title(f"{of.text}{self.name.rstrip('/')}", of.wiki)
        return Title(self.name[1:] if self.name.startswith(":") else self.name)


Item = Entry | Flaw | Inclusion


def read_list(text: str, model: str = "wikitext") -> tuple[Item, ...]:
    """What stands on a list with that content model, in its order."""
    if model in _JSON_MODELS or (model == "wikitext" and _OBJECT.match(text)):
        return tuple(_json_items(text))
    if model != "wikitext":
        return (Flaw("list-model", (model,)),)
    return tuple(_Reading(text).items())


def included(text: str) -> tuple[Item, ...]:
    """What a wikitext amounts to on pages that include it without any parameter."""
    parts = _ONLYINCLUDE.findall(text)
    return tuple(_Reading(_INCLUDEONLY.sub("", "".join(parts) if parts else _NOINCLUDE.sub("", text))).items())


# --- Wikitext


class _Reading:
    """The reading of one text, which knows its lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def items(self) -> Iterator[Item]:
        """What stands there: calls, and among them what begins like one and never ends."""
        found: list[tuple[int, Item]] = [
            (call.start, item) for call in all_calls(self._text) for item in self._of(call)
        ]
        if _BEGINNING.search(self._text):
            found += [(at, Flaw("list-unclosed", (self._line(at), EXAMPLE))) for at in self._unclosed()]
        yield from (item for _, item in sorted(found, key=lambda one: one[0]))

    def _of(self, call: Call) -> Iterator[Item]:
        """What one call amounts to."""
        written = call.text[2:].lstrip()
        if function := _FUNCTION.match(call.name or written):
            args = [value if name is None else f"{name}={value}" for name, value in call.parts]
            page = call.name[function.end() :] if call.name else "{{"
            yield self._entry(call, page, args[0] if args else "")
        elif call.is_of(WRAPPER):
            named = {str(number): value for number, value in enumerate(call.unnamed, 1)} | dict(call.fields)
            user = _USER.sub("", named.get("user", ""), count=1).strip()
            page = named.get("page") or (f"User talk:{user}" if user else "") or named.get("1", "")
            yield self._entry(call, page, named.get("site") or named.get("2", ""))
        elif call.name and not call.name.startswith("#"):
            yield Inclusion(_including(call.name), self._number(call.start))

    def _entry(self, call: Call, page: str, site: str) -> Entry | Flaw:
        line = self._line(call.start)
        if "{{" in page or "{{" in site:
            return Flaw("list-made", (line, EXAMPLE))
        return _entry(page, site, self._number(call.start)) or Flaw("list-empty", (line, EXAMPLE))

    def _unclosed(self) -> Iterator[int]:
        """Where something begins like a call, outside of all calls, comments and the like."""
        ranges = sorted(opaque(self._text))
        end, number = 0, 0
        for found in _BEGINNING.finditer(self._text):
            while number < len(ranges) and ranges[number][0] <= found.start():
                end = max(end, ranges[number][1])
                number += 1
            if found.start() >= end:
                yield found.start()

    def _number(self, at: int) -> int:
        return bisect(self._breaks, at) + 1

    def _line(self, at: int) -> str:
        return str(self._number(at))


def _including(name: str) -> str:
    """The page that a call with that name includes: a template, where it doesn't say otherwise."""
    return name if name.startswith(("/", ":")) or ":" in name else f"Template:{name}"


def _entry(page: str, site: str, place: int) -> Entry | Flaw | None:
    """A target; None where no page is named. A section is no part of a title, and MediaWiki knows references in it."""
    bare = unescape(page).partition("#")[0].strip().removeprefix(":").strip(" _")
    domain = re.sub(r"^(?:https?:)?//|/(?:wiki/?)?$", "", site.strip(), flags=re.IGNORECASE).lower()
    if domain and not is_domain(domain):
        return Flaw("list-site", (str(place), site.strip()))
    return Entry(bare, domain, place) if bare else None


def is_domain(site: str) -> bool:
    """Whether that can be a wiki's domain, with a port where it has one of its own."""
    return _SITE.fullmatch(site) is not None


# --- JSON


def _json_items(text: str) -> Iterator[Item]:
    """The targets in JSON, each told by its number where it is none."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        yield Flaw("list-json", (str(error.lineno),))
        return
    except (ValueError, RecursionError):  # a number with thousands of digits, or brackets without end
        yield Flaw("list-json", ("1",))
        return
    targets = data.get("targets") if isinstance(data, dict) else None
    if not isinstance(targets, list):
        yield Flaw("list-json-form", (_JSON_LIST,))
        return
    for number, target in enumerate(targets, 1):
        yield _json_entry(target, number)


def _json_entry(target: Any, number: int) -> Entry | Flaw:
    fields = target if isinstance(target, dict) else {}
    page, site = fields.get("title"), fields.get("site") or ""
    found = _entry(page, site, number) if isinstance(page, str) and isinstance(site, str) else None
    return found if isinstance(found, Entry) else Flaw("list-json-target", (str(number), _JSON_TARGET))
