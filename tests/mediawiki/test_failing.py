"""Any exchange with the wiki can fail in any way, and any run be killed or made twice at once: the end is the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from strategybot.model.page import Title
from strategybot.wiki.mediawiki import MediaWikiWiki, Patience
from strategybot.wiki.port import Kind, Save
from tests.conftest import Tally
from tests.lengths import NIGHTLY
from tests.mediawiki.failing import WAYS, Way
from tests.mediawiki.ordeal import Finding, Ordeal, ordeal
from tests.mediawiki.processes import crowded, killed
from tests.mediawiki.rig import credentials

pytestmark = pytest.mark.mediawiki

KILLS, CROWDS = (200, 50) if NIGHTLY else (5, 2)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ordeal]:
    """A month in which nothing has gone wrong yet."""
    with ordeal(tmp_path_factory.mktemp("failing")) as month:
        yield month


@pytest.fixture
def chance() -> random.Random:
    """Other moments each night, the same in each run of the suite."""
    return random.Random(None if NIGHTLY else 1)  # noqa: S311


def expect_well(findings: Iterable[Finding]) -> int:
    """Expect that all is as it should be, and say of how many cases."""
    tried = list(findings)
    assert [finding for finding in tried if not finding.well] == []
    return len(tried)


WHAT_BECOMES_OF_AN_EDIT = {
    "connection refused": Kind.NOT_REACHED,
    "HTTP 429 before": Kind.RATE_LIMITED,
    "maxlag": Kind.LAGGED,
    "bad token": Kind.SAVED,
    "lost session": Kind.SAVED,
    "blocked": Kind.BLOCKED,
    "read-only": Kind.READ_ONLY,
    "rate limit": Kind.RATE_LIMITED,
    "captcha": Kind.CAPTCHA,
    "protected": Kind.PROTECTED,
    "abuse filter warns": Kind.ABUSE_FILTER,
    "abuse filter disallows": Kind.ABUSE_FILTER,
    "spam list": Kind.SPAM_LIST,
    "title blacklist": Kind.TITLE_BLACKLIST,
    "page too large": Kind.TOO_LARGE,
}
"""Any other way makes it unknown."""


@pytest.mark.parametrize(
    ("way", "base"),
    [(way, "First.") for way in WAYS if not way.of or "edit" in way.of]
    + [(way, None) for way in WAYS if "edit" in way.of],
    ids=lambda value: getattr(value, "name", "edit" if value else "creation"),
)
def test_what_becomes_of_an_edit(month: Ordeal, way: Way, base: str | None) -> None:
    """Each way to fail is what it says: it is told apart by what becomes of an edit."""
    title = f"Ways/{way.name}/{base}"
    before = month.wiki.edit(title, base) if base else None
    wiki = MediaWikiWiki(month.tunnel.api, credentials(), Patience(timeout=1 if way.time_out else 30, pauses=()))
    wiki.start()
    month.tunnel.fail(way, after=0 if base else 1)
    kind = wiki.act(Save(Title(title), "Second.", before, "test")).kind
    assert month.tunnel.recover()
    assert kind is WHAT_BECOMES_OF_AN_EDIT.get(way.name, Kind.UNKNOWN)


def test_each_exchange_fails(month: Ordeal, tally: Tally) -> None:
    """Whatever happens to an exchange, the pages end as without it, nothing is posted twice and nothing crashes."""
    cases = month.cases() if NIGHTLY else month.spread()
    tally("exchanges that failed", expect_well(month.find(case) for case in cases))


def test_killed(month: Ordeal, chance: random.Random, tally: Tally) -> None:
    """A run that is killed is made good by the next, whatever it was about to do."""
    tally("runs that were killed", expect_well(killed(month, chance) for _ in range(KILLS)))


def test_several_at_once(month: Ordeal, chance: random.Random, tally: Tally) -> None:
    """Two or four processes at once under one account do the work once."""
    findings = (crowded(month, chance, count) for count in (2, 4) for _ in range(CROWDS // 2))
    tally("runs at once", expect_well(findings))
