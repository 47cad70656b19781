"""Template calls as MediaWiki sees them: which templates a text calls, and with which fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from strategybot.wikitext.preprocessor import Braces, Content, Part, all_braces, parse, shown

_SIGNS = {"!": "|", "=": "="}
"""What editors write as a template so that it doesn't end a field: {{!}} and {{=}}."""


@dataclass(frozen=True)
class Call:
    """One call of a template. `fields` are the named ones, white space around them removed.

    Where a name is given twice the last one counts, as on the wiki. `unnamed` are the others in order;
    `parts` are all of them as they come, each with its name (None where it has none). `text` is the whole call as
    written, and `start` where it begins.
    """

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[tuple[str | None, str], ...] = field(default=(), compare=False)
    start: int = field(default=0, compare=False)

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def is_of(self, name: str) -> bool:
        """Whether it calls the template of that name, however both spell it."""
        return _same(self.name) == _same(name)


@lru_cache(maxsize=2048)
def calls(text: str, name: str) -> tuple[Call, ...]:
    """All calls of one template in a text, in their order, those inside others too.

    `name` is without the namespace; a call may write it with `Template:`, underscores or a small first letter.
    """
    wanted = _same(name)
    return tuple(_call(template, text) for template in templates(text) if _same(_name(template)) == wanted)


def outermost(text: str, name: str) -> tuple[Call, ...]:
    """Those calls of a template that stand in no other call of it."""
    kept: list[Call] = []
    for call in calls(text, name):
        if not kept or call.start >= kept[-1].end:
            kept.append(call)
    return tuple(kept)


def all_calls(text: str) -> tuple[Call, ...]:
    """All calls in a text in the order of their beginnings, those inside others too."""
    return tuple(_call(template, text) for template in templates(text))


def all_outermost(text: str) -> tuple[Call, ...]:
    """All calls in a text that stand in no other."""
    kept: list[Call] = []
    for template in sorted(templates(text), key=lambda one: one.start):
        if not kept or template.start >= kept[-1].end:
            kept.append(_call(template, text))
    return tuple(kept)


def whole_call(text: str) -> Call | None:
    """The call that is all of a text, None where something else is."""
    found = next((one for one in parse(text) if isinstance(one, Braces)), None)
    return _call(found, text) if found and found.count == 2 and (found.start, found.end) == (0, len(text)) else None


def called(text: str) -> frozenset[str]:
    """The names of all templates that a text calls, as `calls` compares them."""
    return frozenset(_same(_name(template)) for template in templates(text)) - {""}


@lru_cache(maxsize=512)
def templates(text: str) -> tuple[Braces, ...]:
    """All calls in a text. Remembered: a run looks for several templates in the same page, and for several jobs."""
    return tuple(braces for braces in all_braces(parse(text)) if braces.count == 2)


def _name(template: Braces) -> str:
    """The name as written; empty where it is made of other templates, which only the wiki can know."""
    content = template.parts[0].content
    return "" if any(isinstance(one, Braces) for one in content) else shown(content).strip()


def _call(template: Braces, text: str) -> Call:
    parts = tuple(_part(part) for part in template.parts[1:])
    return Call(
        name=_name(template),
        fields={name: value for name, value in parts if name is not None},
        unnamed=tuple(value for name, value in parts if name is None),
        text=text[template.start : template.end],
        parts=parts,
        start=template.start,
    )


def _part(part: Part) -> tuple[str | None, str]:
    """The name of a field, None where it has none, and its text."""
    if part.equals is None:
        return None, _value(part.content)
    return shown(part.content[: part.equals]).strip(), _value(part.content[part.equals + 1 :])


def _value(content: Content) -> str:
    """A field's text: without comments, with the pipe and equals sign that editors write as templates."""
    return "".join(_sign(one) or shown([one]) for one in content).strip()


def _sign(one: str | Braces) -> str:
    return _SIGNS.get(_name(one), "") if isinstance(one, Braces) and one.count == 2 and len(one.parts) == 1 else ""


def _same(name: str) -> str:
    bare = " ".join(name.replace("_", " ").split())
    bare = re.sub(r"^:?\s*template\s*:\s*", "", bare, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]
