"""What a page held, revision by revision, and which of these brought each thing there.

Whoever brings a page back to a form that it had before, to the letter, brings nothing: then it counts who brought it to
that form. Who brings one thing back beside others brings it anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_LOOKED_BACK = 15
"""How far behind a revision at least an earlier one of the same form is sought, as MediaWiki itself does it."""


@dataclass(frozen=True)
class Brought:
    """The revisions that brought something, the newest first: one that shows it, and hidden ones that may have.

    `again` are those that brought it back since, newest first. `least` is the oldest revision that must be at hand for
    somebody's words to be believed.
    """

    by: Sequence[int]
    again: tuple[int, ...] = ()

    @property
    def least(self) -> int:
        """The number of that revision."""
        return self.by[0] + _LOOKED_BACK


class Track:
    """What the revisions hold, newest first; None is hidden."""

    def __init__(self, forms: Sequence[tuple[Hashable, ...] | None]) -> None:
        self.forms = forms
        self._held = [frozenset(form or ()) for form in forms]
        self._below: list[int] = []
        self._same: list[int | None] = []
        below, last = len(forms), dict[tuple[Hashable, ...], int]()
        for number in reversed(range(len(forms))):
            form = forms[number]
            self._below.append(below)
            self._same.append(last.get(form) if form is not None else None)
            if form is not None:
                below = last[form] = number
        self._below.reverse()
        self._same.reverse()

    def brought(self, one: Hashable, number: int, *, ended: bool) -> Brought:
        """What brought something that a revision holds to the page; nothing where that isn't known yet."""
        again: list[int] = []
        while True:
            same, below = self._same[number], self._below[number]
            if same is not None:
                again += [at for at in range(number, same) if self._is_new(one, at)]
                number = same
            elif not self._is_new(one, number):
                number = below
            elif below == len(self.forms) and not ended:
                return Brought((), tuple(again))
            else:
                return Brought(range(number, below), tuple(again))

    def _is_new(self, one: Hashable, number: int) -> bool:
        """Whether a revision holds something that the one before, as far as can be seen, does not."""
        below = self._below[number]
        return one in self._held[number] and (below == len(self.forms) or one not in self._held[below])
