"""Milestones on a real MediaWiki: who has subscribed to the thread hears of each line, and nobody else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.committee import BOT, FRONT_PAGE, moment
from tests.mediawiki.rig import fresh_wiki, run, save_committee
from throwaway import ADA, BO, Account, Client, Revision, ThrowawayWiki

pytestmark = pytest.mark.mediawiki

TALK = f"Talk:{FRONT_PAGE}"
MINUTES = f"{FRONT_PAGE}/Minutes/2026-12-10"


def logged_in(api: str, account: Account) -> Client:
    client = Client(api)
    client.login(account.name, account.password)
    return client


def notices(person: Client) -> list[str]:
    """The kinds of what somebody was notified of."""
    found = person.call(action="query", meta="notifications", notprop="list", notlimit="max")
    return [one["type"] for one in found["query"]["notifications"]["list"]]


def thread_on(wiki: ThrowawayWiki) -> dict[str, Any]:
    """The only thread on the talk page."""
    answer = wiki.call(action="discussiontoolspageinfo", page=TALK, prop="threaditemshtml")
    (thread,) = answer["discussiontoolspageinfo"]["threaditemshtml"]
    return dict(thread)


def subscribe(person: Client, thread: dict[str, Any]) -> None:
    """Press “Subscribe” at a thread."""
    person.call_with_token(action="discussiontoolssubscribe", page=TALK, commentname=thread["name"], subscribe=1)


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The wiki of a committee that passes word on, where an agenda's line has begun the thread."""
    body = {"first_meeting": "2026-12-10T15:00", "approval_days": 10}
    with fresh_wiki(tmp_path_factory.mktemp("milestones")) as wiki:
        save_committee(wiki, moment("11-01"), relays={}, steering_group=body)
        wiki.set_clock(moment("11-27"))
        for _ in range(2):
            assert run(wiki).crashes == []
        yield wiki


def test_subscribed(wiki: ThrowawayWiki) -> None:
    """The line is a comment in its thread, by the bot: a subscriber is told of it, somebody else isn't."""
    bo, ada = logged_in(wiki.api, BO), logged_in(wiki.api, ADA)
    subscribe(bo, thread_on(wiki))
    wiki.save([Revision(MINUTES, "== Decisions ==\n* We go on.\n", "Ada", time=moment("12-10T18:00"))])
    before = notices(ada)
    wiki.set_clock(moment("12-21"))
    assert run(wiki).crashes == []
    wiki.run_jobs()
    first = thread_on(wiki)["replies"][0]
    assert [first["author"], *(line["author"] for line in first["replies"])] == [BOT, BOT, BOT]
    assert notices(bo).count("dt-subscribed-new-comment") == 1
    assert "dt-subscribed-new-comment" not in notices(ada)[len(before) :]


def test_letters(wiki: ThrowawayWiki) -> None:
    """A draft that a coordinator moves into place has its line, whoever wrote it; where a stranger moves one, none."""
    wiki.save([
        Revision("User:Mallory/Draft", "Dear all,", "Mallory", time=moment("12-21T10:00")),
        Revision("User:Ada/Draft", "Not yet ready.", "Ada", time=moment("12-21T10:00")),
    ])  # fmt: skip
    wiki.set_clock(moment("12-22"))
    for user, draft, month in (("Ada", "User:Mallory/Draft", "2026-11"), ("Mallory", "User:Ada/Draft", "2026-12")):
        wiki.call_as(user, action="move", **{"from": draft}, to=f"Committee/Letters/{month}")
    for _ in range(2):
        report = run(wiki)
        assert report.crashes == []
        assert re.findall(r"milestones letter ([\d-]+)", wiki.text(TALK) or "") == ["2026-11"]
    told = [(one.key, one.page.text, one.words) for one in report.problems if one.key.startswith("letter")]
    assert told == [("letter-waiting", "Committee/Letters/2026-12", ("Mallory",))]
