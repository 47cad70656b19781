"""Recognising the units of a text in a later version of it, changed or moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from strategybot.wikitext.units import Unit

LIKE = 0.5
"""How alike two units in the same place must be for one to be the other, changed."""

MOVED_LIKE = 0.7
"""The same for units in different places."""

TELLING = 3
"""How many words make a unit recognisable in another place after it was changed."""

_MOST_PAIRS = 40_000
"""How many pairs of units are weighed in one place; beyond that only equal ones are found."""

Pairs = dict[Unit, Unit]


def recognised(before: Sequence[Unit], after: Sequence[Unit]) -> Pairs:
    """Which unit of a later version each unit of an earlier one became: in its section, or moved elsewhere."""
    pairs = _unmistakable(before, after)
    sections = _sections(before, after)
    bodies = _bodies(before), _bodies(after)
    for old, new in [(None, None), *sections.items()]:
        pairs.update(_aligned(bodies[0].get(old, []), bodies[1].get(new, []), pairs))
    pairs.update(sections)
    pairs.update(_aligned(before, after, pairs))  # who puts in a heading moves nothing that stands below it
    taken = set(pairs.values())
    free = [unit for unit in after if unit not in taken]
    for old in before:
        if old not in pairs and (found := _elsewhere(old, free)):
            pairs[old] = found
            free.remove(found)
    return pairs


def _unmistakable(before: Sequence[Unit], after: Sequence[Unit]) -> Pairs:
    """Units that read the same and stand once in each version, wherever that is."""
    old, new = _once(before), _once(after)
    return {old[text]: new[text] for text in old if text in new}


def in_order(places: Sequence[int]) -> frozenset[int]:
    """The longest increasing subsequence of different numbers: what was left where it was, the others having moved."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, place in enumerate(places):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [number]
    kept: set[int] = set()
    number_of = last[-1] if last else None
    while number_of is not None:
        kept.add(places[number_of])
        number_of = before[number_of]
    return frozenset(kept)


# --- Sections


def _sections(before: Sequence[Unit], after: Sequence[Unit]) -> Pairs:
    """The headings of sections that are the same: by their keys, or by what stands below them."""
    left = [unit for unit in after if unit.heading]
    pairs: Pairs = {}
    for old in (unit for unit in before if unit.heading):
        if found := next((new for new in left if new.key == old.key), None):
            pairs[old] = found
            left.remove(found)
    bodies = _bodies(before), _bodies(after)
    for old in (unit for unit in before if unit.heading and unit not in pairs):
        if found := _renamed(bodies[0].get(old, []), {new: bodies[1].get(new, []) for new in left}):
            pairs[old] = found
            left.remove(found)
    return pairs


def _bodies(units: Iterable[Unit]) -> dict[Unit | None, list[Unit]]:
    """The units that aren't headings, by the headings that they stand under."""
    bodies: dict[Unit | None, list[Unit]] = {}
    for unit in units:
        if not unit.heading:
            bodies.setdefault(unit.section, []).append(unit)
    return bodies


def _renamed(body: Sequence[Unit], others: Mapping[Unit, Sequence[Unit]]) -> Unit | None:
    """The heading under which most of what stood in a section stands now."""
    texts = Counter(unit.text for unit in body)
    shared = {new: (texts & Counter(unit.text for unit in found)).total() for new, found in others.items()}
    best = max(shared, key=shared.__getitem__, default=None)
    return best if best is not None and 2 * shared[best] > texts.total() else None


# --- Within a section


def _aligned(before: Sequence[Unit], after: Sequence[Unit], known: Pairs) -> Pairs:
    """The pairs, in order, that make most of two lists alike, between those that are known already."""
    places = {unit: place for place, unit in enumerate(after)}
    fixed = [(row, places[known[old]]) for row, old in enumerate(before) if known.get(old) in places]
    kept = in_order([column for _, column in fixed])
    taken = set(known.values())
    pairs: Pairs = {}
    row = column = 0
    for old, new in [*(pair for pair in fixed if pair[1] in kept), (len(before), len(after))]:
        left = [unit for unit in before[row:old] if unit not in known]
        pairs.update(_most_alike(left, [unit for unit in after[column:new] if unit not in taken]))
        row, column = old + 1, new + 1
    return pairs


def _once(units: Sequence[Unit]) -> dict[str, Unit]:
    """The units that stand once in a text and say something, headings apart."""
    count = Counter(unit.text for unit in units)
    return {
        unit.text: unit
        for unit in units
        if count[unit.text] == 1 and not unit.heading and any(map(str.isalnum, unit.text))
    }


def _most_alike(before: Sequence[Unit], after: Sequence[Unit]) -> Pairs:
    """The pairs, in order, with the most likeness in all: by dynamic programming."""
    if not before or not after:
        return {}
    if len(before) * len(after) > _MOST_PAIRS:
        return _equal(before, after)
    weights = [[_weight(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for row in reversed(range(len(before))):
        for column in reversed(range(len(after))):
            weight = weights[row][column]
            paired = weight + best[row + 1][column + 1] if weight else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    pairs: Pairs = {}
    row = column = 0
    while row < len(before) and column < len(after):
        weight = weights[row][column]
        if weight and best[row][column] == weight + best[row + 1][column + 1]:
            pairs[before[row]] = after[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _equal(before: Sequence[Unit], after: Sequence[Unit]) -> Pairs:
    matcher = SequenceMatcher(None, [unit.text for unit in before], [unit.text for unit in after], autojunk=False)
    return {
        before[match.a + step]: after[match.b + step]
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    }


def _weight(old: Unit, new: Unit) -> float:
    """What a pair is worth: longer units say more. Nothing where they aren't alike.

    In the same place an element is the same, whatever it holds, since its sentences are recognised within it; and so is
    what says that it comes from the same revision.
    """
    same = (old.inner is not None and new.inner is not None) or (old.source == new.source and any(old.source))
    likeness = max(old.likeness(new), LIKE if same else 0)
    return likeness * (1 + 0.1 * min(old.words.total(), 10)) if likeness >= LIKE else 0.0


def _elsewhere(old: Unit, free: Sequence[Unit]) -> Unit | None:
    """What a unit became that was moved: one that reads the same, or one that is much alike.

    One that says that it comes from the same revision need only be as much alike as in the same place.
    """
    same = [new for new in free if new.text == old.text]
    if len(same) == 1 and any(word.isalnum() for word in old.words):
        return same[0]
    if old.words.total() < TELLING:
        return None
    best = max(free, key=old.likeness, default=None)
    if best is None:
        return None
    needed = LIKE if any(old.source) and old.source == best.source else MOVED_LIKE
    return best if old.likeness(best) >= needed else None
