"""Problems: what is wrong with what people filed, as values for the person who can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.model.page import Title
from strategybot.model.topic import readable

_LONGEST_WORD = 200


class Label(str):
    """A word of a problem that stands for a field of the form: the key of the text that is its label.

    It is shown in the reader's language, where other words are shown as they are.
    """

    __slots__ = ()

    @property
    def key(self) -> str:
        """The text's key in i18n/, such as `topic-needs`."""
        return str(self)

    @property
    def readable(self) -> str:
        """The name as words, where there is no text: `topic-open-points` is “Open points”."""
        return readable(self.partition("-")[2])


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
