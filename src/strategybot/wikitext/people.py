"""Accounts that a piece of wikitext names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import Template, Wikilink

from strategybot.model.page import Title

_NAMING_ONE = frozenset({"u", "user", "user link", "userlink", "ul", "user2", "usr"})
_NAMING_MANY = frozenset({"noping", "no ping", "ping", "reply to", "replyto", "re"})
_USER = (
    "user|user talk|benutzer|benutzerin|utilisateur|utilisatrice|usuario|usuaria|usuário|usuária|utente|gebruiker"
    "|wikipedysta|wikipedystka|użytkownik|участник|участница|користувач|користувачка|مستخدم|مستخدمة|משתמש|משתמשת"
    "|利用者|用户|使用者|사용자|kullanıcı|användare|bruker|käyttäjä"
)
"""The namespace of users in some languages: the rosters of a movement aren't written in English alone."""

_USER_LINK = re.compile(rf":?(?:[a-z-]+:){{0,2}}(?:{_USER})\s*:(?P<name>[^/#]+)", re.IGNORECASE)
_STRUCK = re.compile(r"<(s|del|strike)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_DEEPEST = 20
_SEPARATORS = re.compile(r"[,;،、\n]|\s+(?:and|et|und|y|&)\s+|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class People:
    """The accounts that were named, in their order and once each, and what looked like a name but wasn't usable.

    `bare` says that they were named by plain words: whether there are such accounts only the wiki knows.
    """

    accounts: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    bare: bool = False


def people(value: str) -> People:
    """The accounts in a roster field: user templates and links, or else bare account names in a list.

    Once an account is named by a template or a link, the plain words beside it are about it and no names; a list
    item of plain words alone is then unresolved. Who is struck out has left.
    """
    left = _STRUCK.sub("", value)
    if _depth(left) > _DEEPEST:
        return People()
    marked = _marked(left)
    if marked:
        plain = [line for line in re.findall(r"(?m)^[*#]+(.*)$", left) if line.strip() and not _marked(line)]
        return People(tuple(dict.fromkeys(marked)), tuple(dict.fromkeys(line.strip() for line in plain)))
    words = [re.sub(r"^[*#:;@\s]+", "", part).strip() for part in _SEPARATORS.split(left)]
    names = [Title(word) for word in words if word]
    return People(
        accounts=tuple(dict.fromkeys(name.text for name in names if _is_account(name))),
        unresolved=tuple(dict.fromkeys(name.text for name in names if not _is_account(name))),
        bare=bool(names),
    )


def _depth(value: str) -> int:
    """How deep templates and links are nested: mwparserfromhell takes hours for thousands of levels."""
    deepest = depth = 0
    for brace in re.findall(r"\{\{|\[\[|\}\}|\]\]", value):
        depth = max(0, depth + (1 if brace in ("{{", "[[") else -1))
        deepest = max(deepest, depth)
    return deepest


def _marked(value: str) -> list[str]:
    names: list[str] = []
    for node in mwparserfromhell.parse(value, skip_style_tags=True).ifilter():
        if isinstance(node, Wikilink) and (link := _USER_LINK.match(str(node.title).replace("_", " ").strip())):
            names.append(link["name"])
        elif isinstance(node, Template):
            names += _named_by(node)
    return [name.text for name in map(Title, names) if _is_account(name)]


def _named_by(template: Template) -> list[str]:
    """The accounts that a user template names: a second field is another account, or a label of the first."""
    name = str(template.name).strip().lower().replace("_", " ")
    given = {str(one.name).strip(): str(one.value) for one in template.params}
    if name in _NAMING_ONE:
        return [given.get("1", "")]
    return [value for key, value in given.items() if key.isdecimal()] if name in _NAMING_MANY else []


def _is_account(name: Title) -> bool:
    """Whether an account can be called that; a dash with spaces around it parts a name from what is said of it."""
    about = re.search(r"[/@:]|''|\s[-–—]\s|^\d{1,3}(\.\d{1,3}){3}$", name.text)
    return name.legal and not about and len(name.text.encode()) <= 235
