"""Messages to people on a real MediaWiki: they arrive, once, whatever becomes of answers and of names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from strategybot.jobs.outbox import OUTBOX
from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import BOT, moment, problems
from tests.jobs.test_outbox import WAITING, posts, waiting, waits
from tests.mediawiki.failing import RESET_AFTER, Tunnel
from tests.mediawiki.rig import IMPATIENT, MediaWikiRig, credentials, fresh_wiki, save_committee

pytestmark = pytest.mark.mediawiki

DUE = moment("12-14T06:00")
ADA, BO, NEW = "User talk:Ada", "User talk:Bo", "User talk:Ada Lovely"


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki on which Ada has a talk page, and Bo none yet."""
    with fresh_wiki(tmp_path_factory.mktemp("outbox")) as wiki:
        save_committee(wiki, moment("11-01"))
        rig = MediaWikiRig(wiki)
        wiki.set_clock(DUE - timedelta(days=20))
        rig.edit(ADA, "== Hello ==\nHello. ~~~~", "Ada")
        wiki.set_clock(DUE)
        wiki.snapshot("due")
        yield rig


@pytest.fixture(autouse=True)
def _due(rig: MediaWikiRig, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """On the day, something waits for both."""
    rig.throwaway.restore("due")
    monkeypatch.setattr("strategybot.session.JOBS", {"waits": waits})
    waiting(("Ada", "a", "12-13"), ("Bo", "a", "12-13"))
    yield
    WAITING.clear()


def run(rig: MediaWikiRig, api: str = "", *jobs: str) -> Report:
    return Session(MediaWikiWiki(api or rig.api, credentials(), IMPATIENT)).run(jobs or [OUTBOX])


def notifications(rig: MediaWikiRig, user: str) -> int:
    """How many unread notifications somebody has."""
    answer: Any = rig.throwaway.call_as(user, action="query", meta="notifications", notprop="count")
    return int(answer["query"]["notifications"]["rawcount"])


def standing(rig: MediaWikiRig, title: str) -> int:
    """How many messages stand on a page."""
    return (rig.throwaway.text(title) or "").count("<!-- post: outbox ")


def test_it_arrives(rig: MediaWikiRig) -> None:
    """Each gets one message, of which the wiki notifies once, as a thread of its own; the next comes a week later."""
    before = [notifications(rig, user) for user in ("Ada", "Bo")]
    assert posts(run(rig)) == {ADA: "saved", BO: "saved"}
    rig.throwaway.run_jobs()
    assert [notifications(rig, user) for user in ("Ada", "Bo")] == [count + 1 for count in before]
    answer = rig.throwaway.call(action="discussiontoolspageinfo", page=ADA, prop="threaditemshtml")
    threads = answer["discussiontoolspageinfo"]["threaditemshtml"]
    headings = [thread["html"].rpartition(">")[2] for thread in threads]
    assert headings == ["Hello", "Committee: what waits for you (14 December 2026)"]
    assert [one["author"] for one in threads[-1]["replies"]] == [BOT]

    waiting(("Ada", "a", "12-13"), ("Ada", "b", "12-14"), ("Bo", "a", "12-13"))
    for day, count in ((1, 1), (6, 1), (7, 2), (8, 2)):
        rig.set_clock(DUE + timedelta(days=day, hours=1))
        assert run(rig).exit_status == 0
        assert (standing(rig, ADA), standing(rig, BO)) == (count, 1)
    assert (rig.throwaway.text(ADA) or "").count("Update for the meeting on a ") == 1


def test_renamed(rig: MediaWikiRig) -> None:
    """Who is renamed is told nothing again, on no page."""
    run(rig)
    rig.rename("Ada", "Ada Lovely")
    for day in (1, 10):
        rig.set_clock(DUE + timedelta(days=day))
        assert run(rig).exit_status == 0
        waiting(("Ada Lovely", "a", "12-13"))
    assert standing(rig, NEW) == 1


def test_lost_answer(rig: MediaWikiRig) -> None:
    """Where the wiki's answer to a message gets lost, it stands once all the same."""
    waiting(("Ada", "a", "12-13"))
    with Tunnel(rig.api) as tunnel:
        run(rig, tunnel.api)
        before = [sent.form["action"] for sent in tunnel.sent].index("edit")
        rig.throwaway.restore("due")
        tunnel.sent.clear()
        tunnel.fail(RESET_AFTER, after=before)
        assert posts(run(rig, tunnel.api)) == {ADA: "saved"}
        assert sum(sent.form["action"] == "edit" for sent in tunnel.sent) == 1
    assert posts(run(rig)) == {ADA: "unchanged"}
    assert standing(rig, ADA) == 1


def test_stopped(rig: MediaWikiRig) -> None:
    """Anybody stops the messages with one edit, and the bot's other jobs go on."""
    rig.edit(f"User:{BOT}/Run/outbox", "no", "Bo")
    report = run(rig, "", OUTBOX, "status")
    assert posts(report) == {ADA: "stop page", BO: "stop page"}
    assert ("stop-stopped", f"User:{BOT}/Run/outbox") in problems(report)
    assert (standing(rig, ADA), standing(rig, BO)) == (0, 0)
    assert [one.outcome.kind.label for one in report.done.values()] == ["saved"]
