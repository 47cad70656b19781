"""The spelling of titles on a MediaWiki in English: its namespaces, and the content models that go with titles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from strategybot.model.page import Title
from strategybot.wiki.characters import clean

_SUBJECTS = ("User", "Project", "File", "MediaWiki", "Template", "Help", "Category", "Module")
_PAGELESS = frozenset({"Special", "Media"})
_ALIASES = {"Image": "File", "Image talk": "File talk", "WP": "Project", "WT": "Project talk"}

NAMESPACES: Mapping[str, str] = {"": ""} | {
    name.lower(): canonical
    for name, canonical in [
        *((name, name) for name in ("Talk", *_PAGELESS, *_SUBJECTS)),
        *((f"{name} talk", f"{name} talk") for name in _SUBJECTS),
        *_ALIASES.items(),
    ]
}
"""Every name and alias of a namespace in lower case, and its canonical name."""

_BIDI_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e]")
_SPACES = re.compile("[ _\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_MODELS = {".json": "json", ".css": "css", ".js": "javascript"}


def split(text: str) -> tuple[str, str]:
    """A title's namespace by its canonical name, empty for the main one, and the rest of the title."""
    name, colon, rest = text.partition(":")
    namespace = NAMESPACES.get(name.strip(" ").lower(), "") if colon else ""
    return (namespace, rest.strip(" ")) if namespace else ("", text)


def canonical(title: Title) -> Title | None:
    """The title as the wiki spells it; None where no page of this wiki can have it.

    The rules are those of MediaWikiTitleCodec::splitTitleString. A section (`#`) is no part of a title.
    """
    text = _SPACES.sub(" ", _BIDI_CONTROLS.sub("", clean(title.text))).strip(" ")
    namespace, rest = split(text.removeprefix(":").strip(" "))
    rest = rest[:1].title() + rest[1:]
    nested = namespace == "Talk" and split(rest)[0]
    if title.wiki or nested or namespace in _PAGELESS or not Title(rest).legal:
        return None
    return Title(f"{namespace}:{rest}" if namespace else rest)


def is_talk(title: Title) -> bool:
    """Whether a page with this canonical title is a talk page."""
    namespace = split(title.text)[0]
    return namespace == "Talk" or namespace.endswith(" talk")


def content_model(title: Title) -> str:
    """The content model of a page with this canonical title, as on Wikimedia's wikis."""
    namespace, rest = split(title.text)
    ending = next((ending for ending in _MODELS if rest.endswith(ending)), "")
    match namespace:
        case "MediaWiki" | "User" if ending and (namespace != "User" or "/" in rest):
            return _MODELS[ending]
        case "Module" if not rest.endswith("/doc"):
            return "json" if ending == ".json" else "Scribunto"
        case "Template" if ending == ".css":
            return "sanitized-css"
    return "wikitext"
