"""The pages that configure the bot's processes."""

from __future__ import annotations

import re

from strategybot.model.page import Page, Title
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow, PagesUnder


def configuration_pages(bot: str) -> Job[list[Page]]:
    """The pages `User:<bot>/<Process>.json`, by name."""
    prefix = Title(f"User:{bot}/")
    titles = yield from ask(PagesUnder(prefix))
    names = [title for title in titles if re.fullmatch(r"[^/]+\.json", title.text.removeprefix(prefix.text))]
    pages = yield from together(ask(PageNow(title)) for title in names)
    return list(pages)
