"""The pages that configure the bot's processes."""

from __future__ import annotations

import re

from strategybot.config import Faults, read_configuration
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow, PagesUnder


def configuration_pages(bot: str) -> Job[list[Page]]:
    """The pages `User:<bot>/<Process>.json`, by name."""
    prefix = Title(f"User:{bot}/")
    titles = yield from ask(PagesUnder(prefix))
    names = [title for title in titles if re.fullmatch(r"[^/]+\.json", title.text.removeprefix(prefix.text))]
    pages = yield from together(ask(PageNow(title)) for title in names)
    return list(pages)


def configured(page: Page, bot: str) -> Process | Faults:
    """The process that a page configures, or what is wrong with it.

    MediaWiki keeps everybody but admins from editing such a page as long as it holds JSON and stands there itself.
    """
    if page.redirected or page.model != "json":
        return Faults(page.asked, ("the page must hold JSON and be no redirect, so that only admins can edit it",))
    if page.revision and page.revision.user == bot:
        # Whoever has the bot's password may be able to save it; that makes nobody an admin.
        return Faults(page.asked, ("the bot's own account saved it last, and only an admin can say what it holds",))
    return read_configuration(page.text, page.title, bot)
