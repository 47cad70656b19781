"""`serve` on a real MediaWiki whose days pass in seconds."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.commands import PATIENCE, Command
from tests.committee import AGENDA, ALPHA, BETA, STATUS, update
from tests.mediawiki.rig import credentials, fresh_wiki, save_committee
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki

START = datetime(2026, 12, 1, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the committee of the tests, just before the days of this test."""
    with fresh_wiki(tmp_path_factory.mktemp("serve")) as wiki:
        save_committee(wiki, START - timedelta(days=20))
        wiki.set_clock(START)
        wiki.snapshot("set up")
        yield wiki


def serving(wiki: ThrowawayWiki, folder: Path, pace: float = 0) -> Command:
    """The bot at work, a run every second."""
    environment = {**os.environ, **credentials(), "STRATEGYBOT_PACE": str(pace)}
    environment["STRATEGYBOT_HEARTBEAT"] = str(folder / "heartbeat.json")
    return Command("--wiki", wiki.api, "serve", "--every", 1 / 60, environment=environment)


def eventually(happened: Callable[[], bool], what: str, process: Command) -> None:
    """Wait for something, a bounded time."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"{what}; the log: {process.stderr}"
        time.sleep(0.1)


def text(wiki: ThrowawayWiki, title: str) -> str:
    return wiki.text(title) or ""


def beat(folder: Path) -> dict[str, Any]:
    """The heartbeat of the last run; a run during which the clock jumps may have something to complain of."""
    found: dict[str, Any] = json.loads((folder / "heartbeat.json").read_text())
    return found


def test_two_days(throwaway: ThrowawayWiki, tmp_path: Path) -> None:
    """Updates that are filed while the bot serves appear at its next run, over two days; SIGTERM ends it with 0."""
    throwaway.restore("set up")
    with serving(throwaway, tmp_path) as process:
        eventually(lambda: "|state=missing|" in text(throwaway, AGENDA), "the agenda is made", process)
        throwaway.set_clock(START + timedelta(days=1))
        throwaway.edit(f"{ALPHA}/Updates/2026-12-10", update(progress="First day."), user="Ada")
        eventually(lambda: "First day." in text(throwaway, AGENDA), "the first update appears", process)
        throwaway.set_clock(START + timedelta(days=2))
        throwaway.edit(f"{BETA}/Updates/2026-12-10", update(progress="Second day."), user="Bo")
        eventually(lambda: "Second day." in text(throwaway, AGENDA), "the second update appears", process)
        eventually(lambda: beat(tmp_path)["exit_status"] == 0, "a run is well", process)
        heartbeat = beat(tmp_path)
        assert datetime.now(UTC) - datetime.fromisoformat(heartbeat["time"]) < timedelta(seconds=PATIENCE)
        process.signal(signal.SIGTERM)
        assert process.wait() == 0
        assert len(re.findall(r"INFO agenda: saved", process.stderr)) == 3


def end_state(wiki: ThrowawayWiki) -> list[str]:
    """The texts of the bot's pages, but for the numbers of revisions and times."""
    return [re.sub(r"(revision=|time=)[\dTZ:-]+", r"\1N", text(wiki, title)) for title in (AGENDA, STATUS)]


def test_sigterm_in_the_middle_of_a_run(throwaway: ThrowawayWiki, tmp_path: Path) -> None:
    """SIGTERM between two edits ends the bot after the first; a restart leaves what an undisturbed run leaves."""
    throwaway.restore("set up")
    throwaway.edit(f"{ALPHA}/Updates/2026-12-10", update(progress="We met."), user="Ada")
    throwaway.snapshot("filed")
    with serving(throwaway, tmp_path) as process:
        eventually(lambda: text(throwaway, STATUS) != "", "an undisturbed run", process)
    undisturbed = end_state(throwaway)

    throwaway.restore("filed")
    with serving(throwaway, tmp_path, pace=2 * PATIENCE) as process:
        eventually(lambda: text(throwaway, AGENDA) != "", "the first edit", process)
        process.signal(signal.SIGTERM)
        assert process.wait() == 0
    assert text(throwaway, STATUS) == ""
    with serving(throwaway, tmp_path) as process:
        eventually(lambda: text(throwaway, STATUS) != "", "the run is made up for", process)
    assert end_state(throwaway) == undisturbed


def test_an_outage(throwaway: ThrowawayWiki, tmp_path: Path) -> None:
    """While the wiki is read-only the bot says so and changes nothing; afterwards it makes up for it by itself."""
    throwaway.restore("set up")
    throwaway.configure("$wgReadOnly = 'An outage of the test.';")
    with serving(throwaway, tmp_path) as process:
        eventually(lambda: "read-only" in process.stderr, "the bot says what is wrong", process)
        assert text(throwaway, AGENDA) == ""
        throwaway.configure("")
        eventually(lambda: text(throwaway, AGENDA) != "", "the agenda is made", process)
