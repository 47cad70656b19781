"""Accounts that a piece of wikitext names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import Template, Wikilink

from strategybot.model.page import Title

_USER_TEMPLATES = frozenset(
    {"u", "user", "user link", "userlink", "ul", "user2", "noping", "ping", "reply to", "re", "no ping"}
)
_SEPARATORS = re.compile(r"[,;،、\n]|\s+(?:and|et|und|y)\s+|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class People:
    """The accounts that were named, in their order and once each, and what looked like a name but wasn't usable."""

    accounts: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()


def people(value: str) -> People:
    """The accounts in a roster field: user templates and links, or else bare account names in a list.

    Once an account is named by a template or a link, the plain words beside it are about it and no names.
    """
    marked = _marked(value)
    if marked:
        return People(accounts=tuple(dict.fromkeys(marked)))
    words = [re.sub(r"^[*#:;\s]+", "", part).strip() for part in _SEPARATORS.split(value)]
    names = [Title(word) for word in words if word]
    return People(
        accounts=tuple(dict.fromkeys(name.text for name in names if _is_account(name))),
        unresolved=tuple(dict.fromkeys(name.text for name in names if not _is_account(name))),
    )


def _marked(value: str) -> list[str]:
    names: list[str] = []
    for node in mwparserfromhell.parse(value, skip_style_tags=True).ifilter():
        if isinstance(node, Wikilink):
            namespace, _, rest = str(node.title).partition(":")
            if namespace.strip().lower() == "user":
                names.append(rest.split("/")[0].split("#")[0])
        elif isinstance(node, Template) and str(node.name).strip().lower().replace("_", " ") in _USER_TEMPLATES:
            names += [str(one.value) for one in node.params if str(one.name).strip().isdigit()]
    return [Title(name.strip()).text for name in names if name.strip() and _is_account(Title(name))]


def _is_account(name: Title) -> bool:
    return name.legal and not re.search(r"[/@:]|^\d{1,3}(\.\d{1,3}){3}$", name.text) and len(name.text.encode()) <= 235
