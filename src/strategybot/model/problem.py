"""Problems: what is wrong with what people filed, as values for the person who can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.page import Title

_LONGEST_WORD = 200


@dataclass(frozen=True)
class Problem:
    """Something to mend: `key` names the sentence (`problem-<key>` in i18n/), `words` fill its $1, $2 and so on.

    `page` is where it is to be mended, `revid` the revision in which it was seen (None where there is none).
    """

    key: str
    page: Title
    words: tuple[str, ...] = ()
    revid: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(_clipped(word) for word in self.words))


def _clipped(word: str) -> str:
    """A word short enough to stand in a sentence, whatever somebody typed there."""
    return word if len(word) <= _LONGEST_WORD else f"{word[: _LONGEST_WORD - 1]}…"
