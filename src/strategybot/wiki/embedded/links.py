"""What a wikitext points to: the target of a redirect, templates and categories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from strategybot.model.page import Title
from strategybot.wiki.titles import canonical, split
from strategybot.wiki.verbatim import without_verbatim

_REDIRECT = re.compile(r"\s*#redirect\s*(?::\s*)?\[\[([^\]]*?)(?:\|[^\]]*)?\]\]", re.IGNORECASE)
_TEMPLATE = re.compile(r"(?<!\{)\{\{([^{}|<>\[\]#]+)(?=\||\}\})")
_CATEGORY = re.compile(r"\[\[\s*(category\s*:[^\[\]|]+)(?:\|[^\]]*)?\]\]", re.IGNORECASE)

_NOINCLUDE = re.compile(r"<noinclude\s*>.*?(?:</noinclude\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_INCLUDEONLY = re.compile(r"<includeonly\s*>.*?(?:</includeonly\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ONLYINCLUDE = re.compile(r"<onlyinclude\s*>((?:(?!<onlyinclude).)*?)</onlyinclude\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A template that a page transcludes, or a category that it is in (`kind`).

    `here` says that it counts for the page itself, `passed_on` that it counts for pages that transclude the page.
    """

    kind: str
    target: Title
    here: bool
    passed_on: bool


def redirect(text: str) -> Title | None:
    """Where a page with this text leads; None where it is no redirect."""
    found = _REDIRECT.match(text)
    return canonical(Title(found[1].partition("#")[0])) if found else None


def links(text: str, title: Title) -> set[Link]:
    """The templates and categories of the page at `title` with this text.

    A redirect passes on the page that it leads to: who transcludes the one transcludes the other.
    """
    target = redirect(text)
    if target:
        return {Link("template", target, here=False, passed_on=True)}
    text = without_verbatim(text)
    here = set(_targets(_INCLUDEONLY.sub("", text), title))
    parts = _ONLYINCLUDE.findall(text)
    passed_on = set(_targets("".join(parts) if parts else _NOINCLUDE.sub("", text), title))
    return {Link(*target, target in here, target in passed_on) for target in here | passed_on}


def _targets(text: str, title: Title) -> Iterator[tuple[str, Title]]:
    named = [("template", _transcluded(name.strip(), title)) for name in _TEMPLATE.findall(text)]
    named += [("category", Title(name)) for name in _CATEGORY.findall(text)]
    for kind, name in named:
        target = canonical(name)
        if target:
            yield kind, target


def _transcluded(name: str, title: Title) -> Title:
    """The page that `{{name}}` on the page `title` means."""
    if name.startswith("/"):
        return Title(f"{title.text}{name.rstrip('/')}")
    namespaced = name.startswith(":") or split(name)[0]
    return Title(name if namespaced else f"Template:{name}")
