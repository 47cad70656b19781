"""Rulings: the last word that somebody who may had on each thing that a page held, and what others did to it since.

A thing is whatever a reader finds in a text, compared to the letter. It was brought by the revision that holds it where
the one before does not, and taken away the other way round. Where revisions are hidden in between, all of them may have
done it, and have to be by somebody who may. Whoever brings a page back to a form that it had before, to the letter,
brings nothing: then the last word is that from before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from strategybot.model.page import Revision

T = TypeVar("T")


@dataclass(frozen=True)
class Ruling:
    """What became of a thing: it counts where somebody who may brought it, in the revision `said`.

    `brought` and `taken` are the newest revisions by others who brought it or took it away after the last word.
    `gone` is the one in which somebody who may took it away, where that was the last word.
    """

    said: Revision | None = None
    brought: Revision | None = None
    taken: Revision | None = None
    gone: Revision | None = None


class Rulings(Generic[T]):
    """What a page's revisions hold, newest first: a form for each, None where it is hidden.

    `ended` says that nothing lies behind the last one. What that one holds else is nobody's word.
    """

    def __init__(self, revisions: Sequence[Revision], forms: Sequence[tuple[T, ...] | None], *, ended: bool) -> None:
        self._revisions, self._forms, self._ended = revisions, forms, ended

    @property
    def things(self) -> tuple[T, ...]:
        """All that the page ever held: what it holds first, in its order."""
        return tuple(dict.fromkeys(thing for form in self._forms for thing in form or ()))

    def turns(self) -> Iterator[int]:
        """The numbers of those revisions that may have brought something or taken it away."""
        for number, form in enumerate(self._forms):
            below = number + 1
            before = self._forms[below] if below < len(self._forms) else ()
            if form is None or before is None or set(form) != set(before):
                yield number

    def on(self, thing: T, may: Collection[int], takers: Collection[int] | None = None) -> Ruling:
        """The ruling on a thing. `may` are the numbers of those revisions whose authors may say.

        Where others than who may bring it may take it away, `takers` are all of these.
        """
        number, brought, taken = 0, None, None
        while number < len(self._forms):
            below = self._below(number)
            form = self._forms[number]
            if form is not None and self._holds(below, thing) is not (thing in form):
                heard = may if thing in form or takers is None else takers
                by = [one for one in range(number, below) if one not in heard]
                if thing in form and below == len(self._forms) and not self._ended:
                    return Ruling(None, brought or self._revisions[number], taken)
                if not by and thing not in form:
                    return Ruling(None, brought, taken, self._revisions[number])
                if not by:
                    same = self._same(number)
                    if same is None:
                        return Ruling(self._revisions[number], brought, taken)
                    below = same
                elif thing in form:
                    brought = brought or self._revisions[by[0]]
                else:
                    taken = taken or self._revisions[by[0]]
            number = below
        return Ruling(None, brought, taken)

    def _holds(self, number: int, thing: T) -> bool:
        """Whether a revision that can be seen holds the thing; there is nothing behind the last one."""
        return number < len(self._forms) and thing in (self._forms[number] or ())

    def _below(self, number: int) -> int:
        """The next older revision that can be seen, or how many there are."""
        older = range(number + 1, len(self._forms))
        return next((one for one in older if self._forms[one] is not None), len(self._forms))

    def _same(self, number: int) -> int | None:
        """The next older revision of the same form; None where there is none."""
        older = range(number + 1, len(self._forms))
        return next((one for one in older if self._forms[one] == self._forms[number]), None)
