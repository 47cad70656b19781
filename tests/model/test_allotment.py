"""Minutes shared out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.allotment import allot

WISHES = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 120)).map(lambda pair: (max(pair), min(pair))), max_size=12
)


@pytest.mark.parametrize(
    ("wishes", "length", "minutes", "needed"),
    [
        ([], 60, (), 0),
        ([(20, 10), (10, 5)], 60, (20, 10), 15),
        ([(20, 10), (10, 5)], 30, (20, 10), 15),
        ([(20, 10), (10, 5)], 20, (13, 7), 15),
        ([(20, 10), (10, 5)], 15, (10, 5), 15),
        ([(20, 10), (10, 5)], 3, (10, 5), 15),
        ([(5, 0), (5, 0), (5, 0)], 10, (4, 3, 3), 0),
        ([(5, 5), (9, 0)], 7, (5, 2), 5),
        ([(0, 0), (3, 1)], 2, (0, 2), 1),
    ],
)
def test_minutes_are_shared_in_proportion(
    wishes: list[tuple[int, int]], length: int, minutes: tuple[int, ...], needed: int
) -> None:
    """Wishes where they fit, else the least and a share of what is left, earlier items first."""
    assert (allot(wishes, length).minutes, allot(wishes, length).needed) == (minutes, needed)


@given(WISHES, st.integers(0, 600))
def test_minutes_fit_whenever_they_can(wishes: list[tuple[int, int]], length: int) -> None:
    """Everyone has between the least and the wish; the sum is the length, or all that is wished or needed."""
    found = allot(wishes, length)
    assert all(least <= minutes <= wish for minutes, (wish, least) in zip(found.minutes, wishes, strict=True))
    assert found.needed == sum(least for _, least in wishes)
    assert sum(found.minutes) == max(found.needed, min(length, sum(wish for wish, _ in wishes)))
