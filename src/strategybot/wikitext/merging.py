"""Merging a generated page with what people made of it.

`merge(base, ours, theirs)` brings two changes of one text together: the bot's (`base` to `ours`) and people's (`base`
to `theirs`).

- What one side alone changed, added, moved or removed is so in the result.
- Where both changed the same words people's stay, and a clash says where.
- What people removed stays removed. What the bot takes away goes, also where people had changed words in it: a clash
  says where. What people had added beside it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from strategybot.wikitext.recognition import TELLING, Pairs, in_order, recognised
from strategybot.wikitext.units import Unit, units
from strategybot.wikitext.words import added, merge_words


@dataclass(frozen=True)
class Clash:
    """A place to look at: both sides changed the same words there, or people's went with what the bot took away.

    `heading` is the section's, in wikitext and empty above the first; `words` are people's; `gone` says that they
    aren't in the result.
    """

    heading: str
    words: str
    gone: bool


@dataclass(frozen=True)
class Merged:
    """The text that both changes amount to, and the places for people to look at."""

    text: str
    clashes: tuple[Clash, ...] = ()


def merge(base: str, ours: str, theirs: str, removed: Collection[str] = ()) -> Merged:
    """Both changes of a text. `removed` are units that people have removed before: the bot doesn't bring them back."""
    if ours in (base, theirs):
        return Merged(theirs)
    return Merged(ours) if base == theirs and not removed else _Merging(base, ours, theirs, removed).merged()


def removed_from(before: str, after: str) -> frozenset[str]:
    """The sentences and other units of a text that a later version of it hasn't got, in no form."""
    old = units(before)
    kept = recognised(old, units(after))
    gone: set[str] = set()
    for unit in old:
        if unit.inner is not None:
            new = kept.get(unit)
            gone |= removed_from(unit.inner, (new.inner or "") if new else "")
        elif unit not in kept and unit.words.total() >= TELLING:
            gone.add(unit.text)
    return frozenset(gone)


@dataclass(eq=False)
class _Node:
    """A piece of the result: a unit's text, or None where it is gone, and the white space before it.

    `put` is what the two sides put behind it, `after` what it goes on from in a line of either side.
    """

    text: str | None
    lead: str
    put: list[_Node] = field(default_factory=list)
    after: set[_Node] = field(default_factory=set)


class _Merging:
    """One merge: every unit of the three texts gets its node, then the nodes get their order."""

    def __init__(self, base: str, ours: str, theirs: str, removed: Collection[str]) -> None:
        self._removed = removed
        self._base, self._ours, self._theirs = units(base), units(ours), units(theirs)
        self._to_ours, self._to_theirs = recognised(self._base, self._ours), recognised(self._base, self._theirs)
        self._clashes: list[Clash] = []

    def merged(self) -> Merged:
        of_base = {unit: self._of_base(unit) for unit in self._base}
        of_ours = {new: of_base[old] for old, new in self._to_ours.items()}
        of_ours |= {unit: self._of_ours(unit) for unit in self._ours if unit not in of_ours}
        alike = self._added_alike()
        of_theirs = {new: of_base[old] for old, new in self._to_theirs.items()}
        of_theirs |= {
            unit: self._of_both(unit, of_ours[alike[unit]]) if unit in alike else _Node(unit.text, unit.lead)
            for unit in self._theirs
            if unit not in of_theirs
        }
        start = _Node(None, "")
        placed: set[_Node] = set()
        for side, nodes, pairs in ((self._theirs, of_theirs, self._to_theirs), (self._ours, of_ours, self._to_ours)):
            _put(start, [(nodes[unit], unit.lead) for unit in side], _staying(side, pairs, of_base), placed)
        return Merged(_text(_in_order(start, list(of_base.values()), placed)), tuple(self._clashes))

    def _of_base(self, unit: Unit) -> _Node:
        """What became of a unit of the base."""
        ours, theirs = self._to_ours.get(unit), self._to_theirs.get(unit)
        if theirs is None:
            return _Node(ours.text if ours and _is_new(unit, ours) else None, unit.lead)
        if ours is None:
            if words := added(unit.text, theirs.text):
                self._clash(theirs, words, gone=True)
            return _Node(None, unit.lead)
        return _Node(self._changed(unit, ours, theirs), theirs.lead if theirs.lead != unit.lead else ours.lead)

    def _of_ours(self, unit: Unit) -> _Node:
        """What the bot added."""
        return _Node(None if unit.text in self._removed else unit.text, unit.lead)

    def _changed(self, base: Unit, ours: Unit, theirs: Unit) -> str:
        """A unit that neither side removed."""
        if ours.text in (base.text, theirs.text):
            return theirs.text
        if base.inner is not None and ours.inner is not None and theirs.inner is not None:
            inner = merge(base.inner, ours.inner, theirs.inner, self._removed)
            return self._element(base, ours, theirs, inner)
        if base.text == theirs.text:
            return ours.text
        line = merge_words(base.text, ours.text, theirs.text)
        for words in line.clashed:
            self._clash(theirs, words, gone=False)
        return line.text

    def _element(self, base: Unit, ours: Unit, theirs: Unit, inner: Merged) -> str:
        for clash in inner.clashes:
            self._clash(theirs, clash.words, gone=clash.gone)
        opening = merge_words(*(unit.text.partition("\n")[0] for unit in (base, ours, theirs))).text
        return "\n".join(filter(None, [opening, inner.text, base.text.rpartition("\n")[2]]))

    def _added_alike(self) -> Pairs:
        """What both sides added, by what people's unit and the bot's have in common."""
        left = _added(self._ours, self._to_ours)
        alike: Pairs = {}
        for unit in _added(self._theirs, self._to_theirs):
            found = next((one for one in left if unit.text == one.text or (unit.key and unit.key == one.key)), None)
            if found:
                alike[unit] = found
                left.remove(found)
        return alike

    def _of_both(self, unit: Unit, node: _Node) -> _Node:
        """What both sides added, in people's wording."""
        if node.text != unit.text:
            self._clash(unit, unit.text, gone=False)
            node.text = unit.text
        return node

    def _clash(self, unit: Unit, words: str, *, gone: bool) -> None:
        section = unit if unit.heading else unit.section
        self._clashes.append(Clash(section.heading if section else "", words, gone))


def _added(side: Sequence[Unit], pairs: Pairs) -> list[Unit]:
    known = set(pairs.values())
    return [unit for unit in side if unit not in known]


def _is_new(old: Unit, new: Unit) -> bool:
    """Whether an element stands where another stood before, with nothing of it."""
    return None not in (old.inner, new.inner) and not recognised(units(old.inner or ""), units(new.inner or ""))


def _staying(side: Sequence[Unit], pairs: Pairs, of_base: dict[Unit, _Node]) -> set[_Node]:
    """The nodes of the base that one side left in their order."""
    old = {new: old for old, new in pairs.items()}
    places = in_order([old[unit].place for unit in side if unit in old])
    return {of_base[unit] for unit in pairs if unit.place in places}


def _put(start: _Node, nodes: Iterable[tuple[_Node, str]], staying: set[_Node], placed: set[_Node]) -> None:
    """Put what one side added or moved behind what stands before it there, unless the other side has placed it."""
    before = start
    for node, lead in nodes:
        if node not in staying and node not in placed:
            before.put.append(node)
            placed.add(node)
        if "\n" not in lead:
            node.after.add(before)
        before = node


def _in_order(start: _Node, of_base: Sequence[_Node], placed: set[_Node]) -> Iterator[_Node]:
    """All nodes: those of the base in their order, each with what was put behind it.

    Two that the two sides put behind each other stay where they were in the base.
    """
    reached = set(_with_put([start, *(node for node in of_base if node not in placed)]))
    return _with_put([start, *(node for node in of_base if node not in placed or node not in reached)])


def _with_put(roots: Sequence[_Node]) -> Iterator[_Node]:
    """Nodes with all that was put behind them: what goes on in the line before what begins another."""
    left, seen = list(roots[::-1]), set[_Node]()
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            yield one
            left += sorted(one.put, key=lambda put: "\n" in put.lead)[::-1]


def _text(nodes: Iterable[_Node]) -> str:
    """The nodes' text. What goes on in a line does so only behind what it goes on from, or behind more of that line."""
    parts: list[str] = []
    before: _Node | None = None
    for node in nodes:
        if node.text is None:
            continue
        goes_on = before is not None and (before in node.after or "\n" not in before.lead)
        lead = node.lead if "\n" in node.lead or goes_on else "\n"
        parts += [lead if before else lead[1:], node.text]
        before = node
    return "".join(parts)
