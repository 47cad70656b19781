"""Where a page of the bot's has been moved, by the wiki's own log of moves.

Anybody can write a redirect, so that none says anything of itself. It is followed where the log says that the very
page that stood at its title was moved, once or several times, to where the redirect leads now. What the bot's other
pages link to is the old title, which works, too; the status page shows the new one.
"""

from __future__ import annotations

from collections.abc import Collection

from strategybot.model.page import Page, Title
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import MovesFrom

_MOST_MOVES = 20
"""How often a page may have been moved on."""


def was_moved(page: Page, others: Collection[Title]) -> Job[bool]:
    """Whether a page that was redirected is the one that stood at the title that was asked for.

    None of `others` is: those are pages that the bot keeps for themselves.
    """
    if not page.redirected or page.title in others:
        return False
    return (yield from _whereabouts(page.asked)) == page.title


def _whereabouts(title: Title) -> Job[Title | None]:
    """Where the page that was moved from a title last stands now, unless it was deleted; None where there is none.

    What was moved away from where it stood was this page only if that was after it had come there.
    """
    moves = (yield from ask(MovesFrom(title)))[:1]
    for _ in range(_MOST_MOVES):
        if not moves:
            return None
        last = moves[-1]
        later = yield from ask(MovesFrom(last.target))
        moves = tuple(move for move in later if move.number > last.number)
        if not moves:
            return last.target
    return None
