"""A relay on its way: whatever fails, is killed or done twice at once, each target has the post exactly once."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.conftest import Tally
from tests.lengths import NIGHTLY
from tests.mediawiki.ordeal import DELIVERY, Ordeal, ordeal
from tests.mediawiki.processes import crowded, killed
from tests.mediawiki.test_failing import expect_well

pytestmark = pytest.mark.mediawiki

KILLS, CROWDS = (100, 20) if NIGHTLY else (2, 1)


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ordeal]:
    """A relay that is shown, posted, corrected, reminded of and withdrawn, and nothing has gone wrong yet."""
    with ordeal(tmp_path_factory.mktemp("delivery"), DELIVERY) as delivery:
        yield delivery


def test_each_exchange_fails(delivery: Ordeal, tally: Tally) -> None:
    """Whatever happens to an exchange, all ends as without it, and nothing is posted twice."""
    by_day = (case for number, case in enumerate(delivery.spread()) if case.lags or number % 3 == 0)
    cases = delivery.cases() if NIGHTLY else by_day
    tally("exchanges that failed during delivery", expect_well(delivery.find(case) for case in cases))


def test_killed_and_crowded(delivery: Ordeal, tally: Tally) -> None:
    """A run that is killed is made good by the next, and several at once do the work once."""
    chance = random.Random(None if NIGHTLY else 3)  # noqa: S311
    tally("runs of delivery that were killed", expect_well(killed(delivery, chance) for _ in range(KILLS)))
    tally("runs of delivery at once", expect_well(crowded(delivery, chance, 2) for _ in range(CROWDS)))
