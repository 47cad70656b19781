"""Who may do what on an embedded wiki: the rights of its groups, and what a page demands of who edits it."""

from __future__ import annotations

from collections.abc import Iterable

from strategybot.model.page import Title, User
from strategybot.wiki.titles import content_model, split

_EVERYONE = frozenset({"read", "edit", "createpage", "createtalk", "move", "minoredit", "sendemail", "editmyoptions"})
"""Without editmyuserjson and the like, as where the bot's configuration is protected."""

_GROUPS = {
    "bot": frozenset({"bot", "apihighlimits", "autoconfirmed", "nominornewtalk", "noratelimit"}),
    "sysop": frozenset(
        {"apihighlimits", "autoconfirmed", "block", "delete", "deleterevision", "noratelimit", "protect"}
        | {"editprotected", "editinterface", "editusercss", "edituserjs", "edituserjson"}
    ),
    "bureaucrat": frozenset({"userrights", "noratelimit"}),
}


def rights_of(groups: Iterable[str]) -> frozenset[str]:
    """The rights of an account in these groups."""
    return _EVERYONE.union(*(_GROUPS.get(group, frozenset()) for group in groups))


def obstacle(account: User, title: Title, editors: str) -> str:
    """Why an account may not edit at a title, in one sentence; empty where it may.

    `editors` is the group that a protection leaves the page to, empty for everybody.
    """
    needed = _needed(title)
    if needed and needed not in account.rights:
        return f"Pages like {title} can only be edited by accounts with the right {needed}."
    exempt = {"", "user", "autoconfirmed"} | account.groups
    if editors not in exempt and "editprotected" not in account.rights:
        return f"{title} is protected: only the group {editors} may edit it."
    return ""


def _needed(title: Title) -> str:
    """The right that is needed for a title, whoever has protected it: for the wiki's texts and people's settings."""
    namespace, _ = split(title.text)
    model = content_model(title)
    if namespace == "MediaWiki":
        return "editinterface"
    if namespace == "User" and model != "wikitext":
        return {"json": "edituserjson", "css": "editusercss", "javascript": "edituserjs"}[model]
    return ""
