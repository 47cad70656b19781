"""Problems: what is wrong with what people filed, as values for the person who can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.page import Title


@dataclass(frozen=True)
class Problem:
    """Something to mend: `key` names the sentence (`problem-<key>` in i18n/), `words` fill its $1, $2 and so on.

    `page` is where it is to be mended, `revid` the revision in which it was seen (None where there is none).
    """

    key: str
    page: Title
    words: tuple[str, ...] = ()
    revid: int | None = None
