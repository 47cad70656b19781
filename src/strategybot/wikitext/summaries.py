"""Edit summaries: the task with a link to its stop page, what is done, the run, and an ending that proves something.

    [[User:StrategyBot/Run/agenda|agenda]]: 2 of 2 groups filed · run 20261202T0600-k7xq #0123456789

Endings are the mark of a text that is the bot's, the key of a post, and the run that a person had undone.
"""

from __future__ import annotations

from strategybot.model.process import stop_pages
from strategybot.model.run import named
from strategybot.wikitext.neutral import summary

_LONGEST = 450
"""MediaWiki cuts summaries at 500 characters; the run and the ending must not be lost."""


def task(bot: str, job: str) -> str:
    """What each summary begins with."""
    return f"[[{stop_pages(bot, job)[1]}|{job}]]: "


def complete(begun: str, words: str, ending: str, *, run: str = "", room: int = 0) -> str:
    """A whole summary: the task that it begins with, the words (plain text), the run if there is one, and the ending.

    `room` is what must be left for an ending that is longer than a mark.
    """
    return f"{named(f'{begun}{summary(words)}'[: _LONGEST - room], run)} {ending}"
