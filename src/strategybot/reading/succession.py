"""What becomes of filings when their page is edited: which one is which, and what is left of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from strategybot.reading.filing import Filing

_SAME: tuple[Callable[[Filing, Filing], bool], ...] = (
    lambda one, other: one.words == other.words,
    lambda one, other: bool(set(one.topics.items()) & set(other.topics.items())),
)

Words = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Edit:
    """What an edit left on a page, and whether whoever made it may speak for the group."""

    filings: tuple[Filing, ...]
    may: bool


def became(before: Sequence[Filing], after: Sequence[Filing], *, in_place: bool = True) -> dict[Words, Filing]:
    """For each filing what it became in one edit: the same words, or some of the same texts.

    Of those that have no text in common each became the one in its place (`in_place`), if there are as many as before.
    Else nobody can know, and they are taken for gone.
    """
    old, new = list(before), list(after)
    found: dict[Words, Filing] = {}
    for same in _SAME:
        for one in tuple(old):
            if other := next((other for other in new if same(one, other)), None):
                old.remove(one)
                new.remove(other)
                found[one.words] = other
    if in_place and len(old) == len(new):
        found |= {one.words: other for one, other in zip(old, new, strict=True)}
    return found


def left_over(before: Sequence[Filing], foreign: Collection[Words], edits: Sequence[Edit]) -> dict[Words, set[str]]:
    """The topics that are left of each filing after some edits; a filing that was withdrawn has none.

    `foreign` are the words of strangers. Who may not speak for the group takes nothing away, and their words stand for
    those that they changed; who may, takes away what they empty or remove, and what they find missing where no
    stranger's words stand.
    """
    strange = set(foreign)
    last = {one.words: one for one in before if one.words not in strange}
    standing: dict[Words, Filing | None] = dict(last)
    left = {words: set(one.topics) for words, one in last.items()}
    for edit in edits:
        now = {one.words: one for one in edit.filings}
        changes = became(before, edit.filings)
        new = now.keys() - {one.words for one in before}
        strange = strange - new if edit.may else strange | (new - {one.words for one in last.values()})
        for key, form in standing.items():
            after = changes.get(form.words) if form else None
            after = after or _again(last[key], [now[words] for words in sorted(new, key=list(now).index)])
            if edit.may and after is None and (form or not strange & now.keys()):
                left[key] = set()
            if edit.may and after and after.words not in strange:
                left[key] &= set(after.topics)
                last[key] = after
            standing[key] = after
        before = edit.filings
    return left


def _again(one: Filing, new: Sequence[Filing]) -> Filing | None:
    """A filing that was gone, among those that came with an edit."""
    return next((other for same in _SAME for other in new if same(one, other)), None)
