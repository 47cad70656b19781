"""What a relay to a thousand talk pages costs on a real MediaWiki, beside bare edits and plain pywikibot code.

The delivery list holds a thousand pages, of which some don't want the message, opted out by category or template, or
lead to another page; and it names some of them twice. All three ways write the same sections onto the same pages of the
same wiki. The bare loop does nothing but send the edits, with all that an edit needs in its hands; the plain code asks
for each page, looks whether it may write there and hasn't before, and saves it.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from benchmarks.month import PASSWORD, requests_of
from benchmarks.stage import environment
from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import Kind
from throwaway import STRATEGY_BOT, Revision, ThrowawayWiki

TARGETS = 1000
ROOT = "Strategy/Relayed"
LIST = f"{ROOT}/Relays/Lists/Affiliates"
TEXT = (
    "The meeting in March has a new place. Please tell us who comes, and what each of you needs for the journey. " * 5
)
_BEFORE, _NOW = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC)
_TALK = "== Welcome ==\nSome words of people, who have talked here about this and that for years. ~~~~\n\n" * 20


def relay(part: float | None = None) -> dict[str, float]:
    """The figures for a thousand targets, or that part of them."""
    number = round(TARGETS * (part or 1))
    os.environ |= {**environment(STRATEGY_BOT), "STRATEGYBOT_PACE": "0"}
    with tempfile.TemporaryDirectory() as folder, ThrowawayWiki.create(Path(folder, "wiki")) as wiki:
        wiki.set_clock(_BEFORE)
        wiki.save(_pages(number))
        wiki.set_clock(_NOW)
        wiki.save([Revision(f"{ROOT}/Relays", _relay(), "Cora")])
        Session(MediaWikiWiki(wiki.api)).run(["relays"])  # it is shown before it goes out
        wiki.set_clock(_NOW + timedelta(hours=3))
        wiki.snapshot("shown")
        begun = time.monotonic()
        report = Session(MediaWikiWiki(wiki.api)).run(["relays"])
        seconds = time.monotonic() - begun
        posted = [one for one in report.posts.values() if one.outcome.kind is Kind.SAVED]
        if len(posted) != len(_willing(number)):
            raise RuntimeError(f"{len(posted)} posts for {number}: {report.problems[:5]} {report.crashes}")
        titles = [one.outcome.title.text for one in posted]
        wiki.restore("shown")
        bare = _bare(wiki, titles)
        wiki.restore("shown")
        naive = _plain(wiki, [*titles, *_unwilling(number)], Path(folder, "pywikibot"))
    return _figures(report, (number, len(posted)), seconds, bare, naive)


def _figures(
    report: Report, counts: tuple[int, int], seconds: float, bare: float, naive: tuple[int, float]
) -> dict[str, float]:
    number, posted = counts
    return {
        "targets": number,
        "posts": posted,
        "requests": sum(report.requests.values()) - report.requests["stop"],
        "most_requests": math.ceil(number / 500) + posted + 10,
        "stop_reads": report.requests["stop"],
        "seconds": round(seconds, 1),
        "bare_seconds": round(bare, 1),
        "ratio": round(seconds / bare, 2),
        "naive_requests": naive[0],
        "naive_seconds": round(naive[1], 1),
    }


def _pages(number: int) -> Iterator[Revision]:
    """The process, its delivery list, and the talk pages, all as they have been for weeks."""
    configuration = {
        "name": "Relayed",
        "root": ROOT,
        "core_team": ["Cora"],
        "groups": ["Alpha"],
        "steering_group": {"first_meeting": "2026-12-10T15:00"},
        "relays": {"cap": 10_000, "preview_minutes": 60},
    }
    yield Revision("User:Cora", "Hello.", "Cora")
    yield Revision(f"User:{STRATEGY_BOT.name}/Relayed.json", json.dumps(configuration))
    for page in ("", "/relays"):
        yield Revision(f"User:{STRATEGY_BOT.name}/Run{page}", "yes")
    roster = "{{Steering group/Working group|coordinators=[[User:Cora]]}}"
    yield Revision(f"{ROOT}/Working Groups/Alpha", roster, "Cora")
    for title in _willing(number):
        yield Revision(title, _TALK, "Cora")
    for title in _unwilling(number):
        yield Revision(title, _reason(title), "Cora")
    yield Revision(LIST, "".join(f"{{{{#target:{title}}}}}\n" for title in _listed(number)), "Cora")


def _willing(number: int) -> list[str]:
    return [f"Talk:Affiliate {one}" for one in range(number - len(_unwilling(number)))]


def _unwilling(number: int) -> list[str]:
    """Pages that get nothing, or that lead to one that gets the message already."""
    return [f"Talk:Unwilling {one}" for one in range(max(3, number // 20))]


def _reason(title: str) -> str:
    reasons = ("[[Category:Opted-out of message delivery]]", "{{nobots}}", "#REDIRECT [[Talk:Affiliate 1]]")
    return reasons[int(title.rpartition(" ")[2]) % 3]


def _listed(number: int) -> list[str]:
    willing = _willing(number)
    return [*willing, *_unwilling(number), *willing[:: max(1, number // 20)]]


def _relay() -> str:
    return (
        "{{Steering group/Relay|id=March|from=core team|to=affiliates|kind=information|lang=en\n"
        f"|subject=The meeting in March\n|text={TEXT}\n}}}}"
    )


def _bare(wiki: ThrowawayWiki, titles: list[str]) -> float:
    """How many seconds the edits alone take, one after the other."""
    session = requests.Session()

    def call(**form: str) -> dict[str, Any]:
        answer: dict[str, Any] = session.post(
            wiki.api, data={**form, "format": "json", "formatversion": "2"}, timeout=60
        ).json()
        return answer

    def token(kind: str) -> str:
        return str(call(action="query", meta="tokens", type=kind)["query"]["tokens"][f"{kind}token"])

    name, _, secret = PASSWORD.partition("@")
    call(action="login", lgname=f"{STRATEGY_BOT.name}@{name}", lgpassword=secret, lgtoken=token("login"))
    proof = token("csrf")
    section = f"\n\n== The meeting in March ==\n{TEXT}\n~~~~\n<!-- post -->"
    begun = time.monotonic()
    for title in titles:
        answer = call(
            action="edit", title=title, appendtext=section, summary="The meeting in March", bot="1", token=proof
        )
        if answer.get("edit", {}).get("result") != "Success":
            raise RuntimeError(f"{title}: {answer}")
    return time.monotonic() - begun


def _plain(wiki: ThrowawayWiki, titles: list[str], folder: Path) -> tuple[int, float]:
    """How many requests the plain code sends, and how many seconds it takes."""
    begun = time.monotonic()
    sent = requests_of("benchmarks.plain_relay", wiki, {"titles": titles, "text": TEXT}, folder)
    return sent, time.monotonic() - begun
