"""What an operator is told when something is wrong with the wiki or the account: one sentence each, nothing changed."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from subprocess import CompletedProcess

import pytest

from tests.commands import Command
from tests.committee import AGENDA, BOT, FRONT_PAGE, STATUS, moment
from tests.mediawiki.failing import BLOCKED, Tunnel
from tests.mediawiki.rig import credentials, fresh_wiki, save_committee
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki on which the committee of the tests could run."""
    with fresh_wiki(tmp_path_factory.mktemp("faults")) as wiki:
        save_committee(wiki, moment("11-01"))
        wiki.snapshot("set up")
        yield wiki


@pytest.fixture(scope="module", autouse=True)
def unanswered() -> Iterator[Command]:
    """A run against an address where nobody answers. It waits long, so it begins while other tests go on."""
    with begun("http://127.0.0.1:9/api.php") as process:
        yield process


def begun(wiki: str, **environment: str) -> Command:
    environment = {**os.environ, **credentials(), "STRATEGYBOT_PACE": "0", **environment}
    return Command("--wiki", wiki, "--now", "2026-12-01T06:00Z", "run", environment=environment)


def run(wiki: str, **environment: str) -> CompletedProcess[str]:
    with begun(wiki, **environment) as process:
        return process.ended()


def newest(wiki: ThrowawayWiki) -> int:
    """The number of the newest revision: a greater one later means that something was changed."""
    changes = wiki.call(action="query", list="recentchanges", rcprop="ids", rclimit=1, rctype=["edit", "new"])
    return int(changes["query"]["recentchanges"][0]["revid"]) if changes["query"]["recentchanges"] else 0


def expect(found: CompletedProcess[str], status: int, sentence: str) -> None:
    assert sentence in found.stderr
    assert (found.returncode, len(found.stderr.strip().splitlines())) == (status, 1), found.stderr


def test_it_runs(throwaway: ThrowawayWiki) -> None:
    """Without a fault the run does its work, so that the other tests show the faults."""
    throwaway.restore("set up")
    found = run(throwaway.api)
    assert (found.returncode, found.stderr) == (0, "")
    saved = re.findall(r"^saved  (.*) \(revision \d+\)$", found.stdout, re.MULTILINE)
    assert {AGENDA, FRONT_PAGE, STATUS} <= set(saved)


def test_wrong_password(throwaway: ThrowawayWiki) -> None:
    """A wrong password is named with its account."""
    throwaway.restore("set up")
    before = newest(throwaway)
    expect(run(throwaway.api, STRATEGYBOT_BOT_PASSWORD=f"strategybot@{'0' * 32}"), 1, BOT)
    assert newest(throwaway) == before


def test_blocked(throwaway: ThrowawayWiki) -> None:
    """A blocked account changes nothing."""
    throwaway.restore("set up")
    throwaway.call_as("Admin", action="block", user=BOT)
    before = newest(throwaway)
    expect(run(throwaway.api), 1, f"The account {BOT} is blocked on ")
    assert newest(throwaway) == before


def test_no_mediawiki(throwaway: ThrowawayWiki) -> None:
    """An address where something else answers is named, too."""
    expect(run(f"{throwaway.url}/nowhere/api.php"), 1, f"{throwaway.url}/nowhere/api.php")


@pytest.mark.parametrize(
    ("title", "text", "user", "status", "sentence"),
    [
        (f"User:{BOT}/Run", "no", "Ada", 1, f"Stopped on User:{BOT}/Run by Ada."),
        (f"User:{BOT}/Committee.json", '{"name": "Committee"}', "Admin", 2, "root: is missing"),
    ],
)
def test_what_people_stop(
    throwaway: ThrowawayWiki, title: str, text: str, user: str, status: int, sentence: str
) -> None:
    """A stop page and an unusable configuration change nothing and are told by name."""
    throwaway.restore("set up")
    throwaway.edit(title, text, user=user)
    before = newest(throwaway)
    found = run(throwaway.api)
    assert (found.returncode, sentence in found.stderr) == (status, True), found.stderr
    assert newest(throwaway) == before


def test_started_by_a_stranger(throwaway: ThrowawayWiki) -> None:
    """A start by somebody who may not starts nothing."""
    throwaway.restore("set up")
    throwaway.edit(f"User:{BOT}/Run/agenda", "no", user="Bo")
    throwaway.edit(f"User:{BOT}/Run/agenda", "yes", user="Ada")
    found = run(throwaway.api)
    assert found.returncode == 1
    assert f"Still stopped: Ada saved “yes” on User:{BOT}/Run/agenda" in found.stderr
    assert "saved  User:StrategyBot/Status" in found.stdout


def test_stop_in_the_middle(throwaway: ThrowawayWiki) -> None:
    """A stop that comes between two edits lets no further edit happen."""
    throwaway.restore("set up")
    with begun(throwaway.api, STRATEGYBOT_PACE="3") as bot:
        while not bot.stdout.startswith("saved  "):
            assert bot.runs, bot.stderr
            time.sleep(0.05)  # what another process prints can only be looked for; once that ends the test does
        throwaway.edit(f"User:{BOT}/Run", "no", user="Ada")
        before = newest(throwaway)
        assert bot.wait() == 1
    assert newest(throwaway) == before


def test_blocked_in_the_middle(throwaway: ThrowawayWiki) -> None:
    """What ends a run before its time is told in one sentence, and in another what was not tried any more."""
    throwaway.restore("set up")
    with Tunnel(throwaway.api, throwaway) as tunnel:
        assert run(tunnel.api).returncode == 0
        first = [sent.purpose for sent in tunnel.sent].index("edit")
        throwaway.restore("set up")
        tunnel.fail(BLOCKED, after=first)
        found = run(tunnel.api)
    why, left = found.stderr.splitlines()
    assert found.returncode == 1
    assert why.endswith(": Your username or IP address has been blocked: Please stop for a while.")
    assert left.startswith(f"strategybot: {FRONT_PAGE}, ")
    assert left.endswith(f", {STATUS}: Not tried, since the run was stopped before: blocked on {AGENDA}.")


def test_unreachable(unanswered: Command) -> None:
    """A wiki that nobody answers for is named by its address, after a bounded time."""
    expect(unanswered.ended(), 1, "http://127.0.0.1:9/api.php")
