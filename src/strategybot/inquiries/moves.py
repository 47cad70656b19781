"""Where a page of the bot's has been moved, by the wiki's own log of moves.

Anybody can write a redirect, so that none says anything of itself. It is followed where the log says that the very
page that stood at its title was moved, once or several times, to where the redirect leads now. What the bot's other
pages link to is the old title, which works, too; the status page shows the new one.
"""

from __future__ import annotations

from collections.abc import Collection

from strategybot.model.page import Move, Page, Title
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import MovesFrom

_MOST_MOVES = 20
"""How often a page may have been moved on."""


def was_moved(page: Page, others: Collection[Title]) -> Job[bool]:
    """Whether a page that was redirected is the one that stood at the title that was asked for.

    None of `others` is: those are pages that the bot keeps for themselves.
    """
    if not page.redirected or page.title in others:
        return False
    way = yield from way_from(page.asked)
    return bool(way) and way[-1].target == page.title


def way_from(title: Title) -> Job[tuple[Move, ...]]:
    """The moves of the page that was moved from a title last, to where it stands now unless it was deleted.

    They begin with the first by which it left that title: it may have come back in between.
    """
    firsts = (yield from ask(MovesFrom(title)))[:_MOST_MOVES]
    ways = yield from together(_way(first) for first in firsts)
    end = ways[0][-1].target if ways and ways[0] else None
    return next((way for way in reversed(ways) if way and way[-1].target == end), ())


def _way(first: Move) -> Job[tuple[Move, ...]]:
    """The moves of a page from that one on; none where there are too many.

    What was moved away from where it stood was this page only if that was after it had come there.
    """
    way: tuple[Move, ...] = (first,)
    while len(way) <= _MOST_MOVES:
        later = yield from ask(MovesFrom(way[-1].target))
        following = [move for move in later if move.number > way[-1].number]
        if not following:
            return way
        way += (following[-1],)
    return ()
