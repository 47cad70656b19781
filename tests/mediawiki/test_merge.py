"""People and the bot change one page of a real MediaWiki at the same time: nothing of either is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from benchmarks.lives import Life, lives
from benchmarks.stage import AGENDA, MediaWikiStage
from tests.conftest import Tally
from tests.lengths import NIGHTLY
from tests.mediawiki.rig import fresh_wiki
from throwaway import FLAGLESS_BOT, STRATEGY_BOT, Account, Revision

pytestmark = pytest.mark.mediawiki

CHANGES = 1000 if NIGHTLY else 30


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiStage]:
    """A wiki with a process whose agenda everybody changes."""
    with fresh_wiki(tmp_path_factory.mktemp("merge")) as wiki:
        yield MediaWikiStage(wiki)


def test_nothing_is_lost(stage: MediaWikiStage, tally: Tally) -> None:
    """Whatever people and groups change, before the bot reads and while it saves, stands on the page or is reported.

    A run after that has nothing to do.
    """
    seed = Random().randrange(2**32) if NIGHTLY else 4  # noqa: S311  # no secret
    random = Random(seed)  # noqa: S311
    for number, life in enumerate(lives(lambda: Life(stage, random), CHANGES)):
        assert (life.record.lost, life.record.missed) == (set(), set()), (seed, number)
        report = stage.run()
        assert [done.outcome.kind.label for done in report.done.values()] == ["unchanged"], (seed, number)
        tally("concurrent changes on a real MediaWiki", life.changes)
        tally("of them between the bot's read and its save", life.in_between)


@pytest.mark.parametrize(
    ("bot", "costs"),
    [
        (STRATEGY_BOT, {1: 1, 60: 1}),  # with the flag, 500 revisions come in one
        (FLAGLESS_BOT, {1: 1, 49: 1, 50: 2}),  # the newest that nobody has touched must be seen as well
    ],
)
def test_what_edited_pages_cost(stage: MediaWikiStage, bot: Account, costs: dict[int, int]) -> None:
    """A page that nobody has edited costs nothing more; an edited one its history, 50 or 500 revisions a request."""
    stage.reset()
    made = stage.run(bot=bot)
    plain = stage.run(bot=bot).requests
    assert plain["history"] == made.requests["history"] - 1  # before a page is made, the log of moves is looked at
    text, saved = stage.text(), 0
    for edits, requests in costs.items():
        stage.wiki.save(Revision(AGENDA, f"{text}\nNote {number}.", "Ada") for number in range(saved, edits))
        saved = edits
        report = stage.run(bot=bot)
        assert [done.outcome.kind.label for done in report.done.values()] == ["unchanged"]
        assert report.requests - plain == Counter(history=requests), edits
