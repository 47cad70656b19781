"""The bot's account: its block, its flag, its name, its rights, and its user page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from strategybot.doctor.finding import Finding, fault, hint
from strategybot.inquiries.authority import ADMINS
from strategybot.model.page import Page, Site, Title
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import PageNow
from strategybot.wikitext.calls import calls

FLAG = "bot"
"""MediaWiki's name for the group of bots, and for the right that marks an edit as a bot's."""

_NEEDED = {"edit": "Edit existing pages", "createpage": "Create, edit, and move pages"}
"""The rights that every run needs, and the grant of a bot password that brings each."""

_TOO_MUCH = (
    *("edituserjson", "editsitejson", "editmyuserjs", "edituserjs", "editsitejs"),
    *("editmyusercss", "editusercss", "editsitecss", "editinterface", "editprotected", "protect", "delete"),
    *("deleterevision", "block", "userrights", "editmyprivateinfo", "viewdeleted"),
)
"""Rights that no job needs: with some the bot could write its own configuration, with others harm the wiki."""

_OWN_JSON = "editmyuserjson"
"""What comes with the grant for one's own preferences, which letters need: nothing else keeps it from being used."""


def account_findings(site: Site, configuration: Collection[Page]) -> Iterator[Finding]:
    """What is wrong with the account, as far as the wiki says it at the start; `configuration` are its own pages."""
    account = site.account
    if account.blocked:
        yield fault("blocked", account.name, site.name)
    for right, grant in _NEEDED.items():
        if right not in account.rights:
            yield fault("no-right", right, grant)
    yield from _letter_findings(site, configuration)
    if FLAG not in account.groups:
        yield hint("no-flag", account.name)
    elif not {FLAG, "apihighlimits"} <= account.rights:
        yield hint("no-high-volume")
    if "bot" not in account.name.casefold():
        yield hint("name-without-bot", account.name)
    if wide := [right for right in _TOO_MUCH if right in account.rights]:
        yield hint("wide-grants", ", ".join(wide))


def _letter_findings(site: Site, configuration: Collection[Page]) -> Iterator[Finding]:
    """What is missing for letters, and what comes with what they need."""
    rights = site.account.rights
    if "sendemail" not in rights:
        yield hint("no-mail")
    if "editmyoptions" not in rights:
        yield hint("no-memory")
    if _OWN_JSON in rights:
        for page in configuration:
            if page.protection != ADMINS:
                yield hint("own-configuration", str(page.title), page=page.title)


def user_page(site: Site, operators: Collection[str]) -> Job[list[Finding]]:
    """What is wrong with the page on which people look for whom to turn to."""
    title = Title(f"User:{site.account.name}")
    page = yield from ask(PageNow(title))
    if not page.exists:
        return [fault("no-user-page", str(title), page=title)]
    if not _names_somebody(page, site, operators):
        return [hint("no-operator-named", str(title), page=title)]
    return []


def _names_somebody(page: Page, site: Site, operators: Collection[str]) -> bool:
    """Whether the page names an operator; any other account will do where the configuration names none."""
    text = " ".join(page.text.replace("_", " ").split()).casefold()
    if page.title != page.asked or any(name.casefold() in text for name in operators):
        return True
    return not operators and (bool(calls(page.text, "Bot")) or any(_linked(page.text, site)))


def _linked(text: str, site: Site) -> Iterator[str]:
    """The accounts, other than the bot's, whose user or talk pages a text links to."""
    for space, name in re.findall(r"\[\[\s*:?([^:\[\]|]+):([^\[\]|/#]+)", text):
        canonical = site.namespaces.get(space.replace("_", " ").strip().lower())
        if canonical in ("User", "User talk") and Title(name).text != site.account.name:
            yield name
