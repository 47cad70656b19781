"""Putting the wiki's side on the wiki: the templates of wikiconfig/ as the configuration wants them, and the texts.

Texts that people have improved on the wiki stay as they made them, key by key. Templates that somebody has changed,
and pages that the bot didn't make, are left alone by the executor.
"""

from __future__ import annotations

from collections.abc import Mapping

from strategybot import __version__
from strategybot.jobs.plan import Edit, Plan
from strategybot.jobs.texts import as_page, upgraded
from strategybot.model.page import Title
from strategybot.model.wikiside import WikiSide
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import PageNow
from strategybot.writing.texts import Texts, codes
from strategybot.writing.wikiside import rendered, texts_on_wiki


def install(files: Mapping[Title, str], side: WikiSide) -> Job[Plan]:
    """The plan that puts files on the wiki as pages, made for the processes that share a prefix."""
    pages = rendered(files, side)
    titles = {code: Title(f"Module:{side.prefix}Text/{code}.json") for code in codes()}
    templates, texts = yield from both(
        together(_template(title, text) for title, text in pages.items()),
        together(_texts(title, texts_on_wiki(side, code), side.bot) for code, title in titles.items()),
    )
    return Plan((*templates, *texts))


def _template(title: Title, text: str) -> Job[Edit]:
    page = yield from ask(PageNow(title))
    model = "Scribunto" if title.text.startswith("Module:") else "wikitext"
    return Edit(page, text, Texts("en").say("summary-install", __version__), model=model)


def _texts(title: Title, texts: Mapping[str, str], bot: str) -> Job[Edit]:
    """The texts of one language."""
    page = yield from ask(PageNow(title))
    edit = Edit(page, as_page(texts), Texts("en").say("summary-install", __version__), model="json")
    if page.revision is None or page.text == edit.text:
        return edit
    upgrade = yield from upgraded(page, texts, bot)
    if upgrade is None:
        return edit
    key = "summary-install-kept" if upgrade.kept else "summary-install"
    return Edit(page, upgrade.text, Texts("en").say(key, __version__, str(upgrade.kept)), merged=True, model="json")
