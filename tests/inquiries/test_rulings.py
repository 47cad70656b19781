"""Rulings, against a plain account of a page's history from its beginning."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.inquiries.rulings import Rulings
from strategybot.model.page import Revision
from tests.committee import moment

Saved = tuple[str, str]
"""Who saved what: a capital letter may say something, a small one may not; each letter of the text is a thing."""


def rulings(saves: list[Saved]) -> tuple[Rulings[str], frozenset[int]]:
    """What a history, oldest first, comes to, and the numbers of those who may, newest first. `?` is hidden."""
    revisions = [
        Revision(number, number - 1, moment("12-01"), by, "", text) for number, (by, text) in enumerate(saves, 1)
    ]
    forms = [None if one.text == "?" else tuple(one.text or "") for one in reversed(revisions)]
    may = frozenset(number for number, one in enumerate(reversed(revisions)) if (one.user or "").isupper())
    return Rulings(revisions[::-1], forms, ended=True), may


@pytest.mark.parametrize(
    ("saves", "counting", "brought", "taken"),
    [
        ("A:x", {"x": 1}, {}, {}),
        ("m:x", {}, {"x": 1}, {}),
        ("A:x m:", {"x": 1}, {}, {"x": 2}),
        ("A:x B:", {}, {}, {}),
        ("A:x B: m:x", {}, {"x": 3}, {}),
        ("A:x m: B:x", {"x": 1}, {}, {}),
        ("m:x A: m:x A:xy", {"y": 4}, {"x": 3}, {}),
        ("m:x A:xy m: A:xy", {"y": 2}, {"x": 1}, {}),
        ("A:x B: A:x", {"x": 1}, {}, {}),
        ("A:x m: B:y", {"x": 1, "y": 3}, {}, {"x": 2}),
        ("A:x m: B:x B:", {}, {}, {}),
        ("m:? A:x", {}, {"x": 1}, {}),
        ("A:x m:? B:", {"x": 1}, {}, {"x": 2}),
        ("A:? B:x", {"x": 2}, {}, {}),
    ],
)
def test_a_history(saves: str, counting: dict[str, int], brought: dict[str, int], taken: dict[str, int]) -> None:
    """What counts, by which revision, and what others did to it since."""
    found, may = rulings([(by, text) for by, _, text in (one.partition(":") for one in saves.split(" "))])
    all_of = {thing: found.on(thing, may) for thing in found.things}
    assert {thing: one.said.id for thing, one in all_of.items() if one.said} == counting
    assert {thing: one.brought.id for thing, one in all_of.items() if one.brought} == brought
    assert {thing: one.taken.id for thing, one in all_of.items() if one.taken} == taken


def test_who_may_take_away_alone() -> None:
    """Some may take a thing away who can't bring it, and it is told which revision did."""
    found, may = rulings([("A", "x"), ("m", "")])
    assert found.on("x", may).said
    gone = found.on("x", may, takers={*may, 0})
    assert (gone.said, gone.gone and gone.gone.id) == (None, 2)


@given(
    st.lists(st.tuples(st.sampled_from("Am"), st.sets(st.sampled_from("xyz")).map(lambda one: "".join(sorted(one)))))
)
def test_the_same_from_the_beginning(saves: list[Saved]) -> None:
    """Going through the page's history forwards, and keeping who said what, comes to the same."""
    counting: list[set[str]] = [set()]
    forms = ["", *(text for _, text in saves)]
    for number, ((by, _), (before, after)) in enumerate(zip(saves, pairwise(forms), strict=True), 1):
        now = set(counting[-1])
        if by.isupper():
            same = next((one for one in reversed(range(1, number)) if forms[one] == after), None)
            now |= {thing for thing in set(after) - set(before) if same is None or thing in counting[same]}
            now -= set(before) - set(after)
            now -= {thing for thing in set(after) - set(before) if same is not None and thing not in counting[same]}
        counting.append(now)
    found, may = rulings(saves)
    assert {thing for thing in found.things if found.on(thing, may).said} == counting[-1]
