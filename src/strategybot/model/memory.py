"""What the bot remembers of a relay's answers, so that it need not read again what hasn't changed."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.page import Title
from strategybot.model.relay import Answer


@dataclass(frozen=True)
class Remembered:
    """The answers that a page held in its revision `seen`.

    `post` is the revision of the bot's post below which they stand, 0 for those that are calls of the template. `page`
    is where they were found, which is another page than the post was made on where people have moved or archived it.
    """

    post: int
    page: Title
    seen: int
    answers: tuple[Answer, ...] = ()
