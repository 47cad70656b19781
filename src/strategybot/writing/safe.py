"""Types of text that is safe in one kind of place, and the filters that make them.

A Jinja template shows a value only where it is of one of these types: the environment's `finalize` raises on
anything else. So a template that forgets to say in what kind of place a value stands doesn't work at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from markupsafe import Markup

from strategybot.model.page import Title
from strategybot.wikitext import neutral


class Safe(Markup):
    """Wikitext that does nothing outside its own spot."""


class Block(Safe):
    """Safe on lines of its own in a page's body."""


class Inline(Safe):
    """Safe within a line of a page's body."""


class Heading(Safe):
    """Safe as the text of a heading."""


class Field(Safe):
    """Safe as the value of a template's named or numbered field, and in a table's cell."""


class Argument(Safe):
    """Safe as the value of a template's named field, with the links and the emphasis that it has."""


class Target(Safe):
    """Safe as the target of a link."""


class Json(Safe):
    """Safe as a value in the JSON of a <templatedata>."""


class LuaString(Safe):
    """Safe as a string in a module."""


class UnsafeError(TypeError):
    """A template wants to show a value without saying in what kind of place."""


def shown(value: object) -> Markup:
    """The value, if it is safe (what a macro gives is, being made of such values). For Jinja's `finalize`."""
    if isinstance(value, Markup):
        return value
    raise UnsafeError(f"{value!r} isn't of a safe type: pass it through a filter such as |block, |inline or |field")


def block(text: str) -> Block:
    """Text for lines of its own."""
    return Block(neutral.block(text))


def inline(text: str) -> Inline:
    """Text within a line."""
    return Inline(neutral.inline(text))


def heading(text: str) -> Heading:
    """Text of a heading."""
    return Heading(neutral.heading(text))


def field(value: str | int | Title | datetime) -> Field:
    """A name, number, title or time (written in UTC, to the minute, ISO 8601) as a field's value."""
    if isinstance(value, datetime):
        return Field(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"))
    return Field(neutral.plain(str(value)))


def argument(text: str) -> Argument:
    """Text with its links and emphasis as a named field's value."""
    return Argument(neutral.argument(text))


def target(title: Title) -> Target:
    """A title as a link's target, with a colon in front so that no namespace acts. Raises ValueError if it is none."""
    if not title.legal:
        raise ValueError(f"not a title: {title.text!r}")
    return Target(f":{neutral.plain(str(title))}")


def json_value(value: str | Mapping[str, str]) -> Json:
    """A text, or texts by language, as JSON: nothing in it ends the element or acts on the page when it is saved."""
    written = json.dumps(value, ensure_ascii=False)
    return Json(re.sub(r"[<>&~\u2028\u2029]|\{(?=\{)|(?<=\{)\{|\}(?=\})|(?<=\})\}", _escaped, written))


def lua_string(text: str) -> LuaString:
    """A text as a string of Lua's, with its quotation marks."""
    return LuaString('"' + re.sub(r'["\\\x00-\x1f\x7f]', lambda found: f"\\{ord(found[0]):03d}", text) + '"')


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
