"""Template calls as MediaWiki sees them: which templates a text calls, and with which fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from strategybot.wikitext.preprocessor import Braces, Content, all_braces, parse, shown

_SIGNS = {"!": "|", "=": "="}
"""What editors write as a template so that it doesn't end a field: {{!}} and {{=}}."""


@dataclass(frozen=True)
class Call:
    """One call of a template. `fields` are the named ones, white space around them removed.

    Where a name is given twice the last one counts, as on the wiki. `unnamed` are the others in order;
    `text` is the whole call as written.
    """

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()
    text: str = ""


def calls(text: str, name: str) -> tuple[Call, ...]:
    """All calls of one template in a text, in their order, those inside others too.

    `name` is without the namespace; a call may write it with `Template:`, underscores or a small first letter.
    """
    wanted = _same(name)
    return tuple(_call(template, text) for template in _templates(text) if _same(_name(template)) == wanted)


def called(text: str) -> frozenset[str]:
    """The names of all templates that a text calls, as `calls` compares them."""
    return frozenset(_same(_name(template)) for template in _templates(text)) - {""}


def _templates(text: str) -> list[Braces]:
    return [braces for braces in all_braces(parse(text)) if braces.count == 2]


def _name(template: Braces) -> str:
    """The name as written; empty where it is made of other templates, which only the wiki can know."""
    content = template.parts[0].content
    return "" if any(isinstance(one, Braces) for one in content) else shown(content).strip()


def _call(template: Braces, text: str) -> Call:
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for part in template.parts[1:]:
        if part.equals is None:
            unnamed.append(_value(part.content))
        else:
            named[shown(part.content[: part.equals]).strip()] = _value(part.content[part.equals + 1 :])
    return Call(_name(template), named, tuple(unnamed), text[template.start : template.end])


def _value(content: Content) -> str:
    """A field's text: without comments, with the pipe and equals sign that editors write as templates."""
    return "".join(_sign(one) or shown([one]) for one in content).strip()


def _sign(one: str | Braces) -> str:
    return _SIGNS.get(_name(one), "") if isinstance(one, Braces) and one.count == 2 and len(one.parts) == 1 else ""


def _same(name: str) -> str:
    bare = " ".join(name.replace("_", " ").split())
    bare = re.sub(r"^:?\s*template\s*:\s*", "", bare, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]
