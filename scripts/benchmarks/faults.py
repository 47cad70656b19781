"""What a month of runs ends in where exchanges fail, processes are killed and several run at once."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.mediawiki.ordeal import DELIVERY, MONTH, Finding, Ordeal, ordeal
from tests.mediawiki.processes import crowded, killed

KILLS, CROWDS = 200, 50


def faults(part: float) -> dict[str, int]:
    """How many exchanges failed in a way (`cases`), runs were killed, and were made by two or four processes at once.

    Both in a month with meetings and in the life of a relay. `same_end_state` is how many of all those ended as without
    it, `double_posts` and `words_lost` are sums over all. `part` is how much of it to do, of the cases a random sample.
    What doesn't end as it should is told on standard error.
    """
    os.environ |= {"STRATEGYBOT_REQUIRE_MEDIAWIKI": "1", "NO_PROXY": "127.0.0.1"}
    kills, crowds = round(part * KILLS), round(part * CROWDS)
    findings: list[Finding] = []
    cases = 0
    for stages in (MONTH, DELIVERY):
        with tempfile.TemporaryDirectory() as folder, ordeal(Path(folder, "wiki"), stages) as story:
            chance = random.Random(1)  # noqa: S311  # the same sample each time
            every = list(story.cases())
            sample = chance.sample(every, round(part * len(every)))
            cases += len(sample)
            findings += _told(story.find(case) for case in sample)
            findings += _told(killed(story, chance) for _ in range(kills))
            findings += _told(_crowds(story, chance, crowds))
    return {
        "cases": cases,
        "kills": 2 * kills,
        "processes": 2 * crowds,
        "same_end_state": sum(finding.well for finding in findings),
        "double_posts": sum(finding.doubles for finding in findings),
        "words_lost": sum(finding.lost for finding in findings),
    }


def _crowds(story: Ordeal, chance: random.Random, count: int) -> Iterator[Finding]:
    """Two and four processes at once, in turns."""
    return (crowded(story, chance, 2 + 2 * (number % 2)) for number in range(count))


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        if not finding.well:
            print(f"{finding.case}: {finding.trouble}", file=sys.stderr, flush=True)
        yield finding
