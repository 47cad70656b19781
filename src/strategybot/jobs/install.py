"""Putting the wiki's side on the wiki: the templates of wikiconfig/, and the texts of i18n/ as pages.

Pages that the bot didn't make, or that somebody has changed since, are left alone by the executor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from strategybot import __version__
from strategybot.jobs.plan import Edit, Plan
from strategybot.model.page import Title
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import PageNow
from strategybot.writing.texts import Texts, codes, words

PREFIX = "Steering group/"
"""The prefix that the files of wikiconfig/ are written with."""


def install(files: Mapping[Title, str], prefix: str = PREFIX) -> Job[Plan]:
    """The plan that puts files on the wiki as pages, under another prefix where one is configured."""
    wanted = {
        Title(title.text.replace(PREFIX, prefix)): text.replace(PREFIX, prefix).rstrip()
        for title, text in {**files, **_texts()}.items()
    }
    pages = yield from together(ask(PageNow(title)) for title in wanted)
    summary = Texts("en").say("summary-install", __version__)
    return Plan(tuple(Edit(page, text, summary) for page, text in zip(pages, wanted.values(), strict=True)))


def _texts() -> dict[Title, str]:
    """The texts, a page for each language, in the form that MediaWiki gives a JSON page."""
    return {
        Title(f"Module:{PREFIX}Text/{code}.json"): json.dumps(words(code), ensure_ascii=False, indent="\t")
        for code in codes()
    }
