"""Weeks with much to tell, on a real MediaWiki: whatever the jobs are, nobody gets more than one message a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import pytest

from tests.busy_weeks import CONFIGURATION, RUNS, Saved, check, play
from tests.committee import moment
from tests.mediawiki.rig import fresh_wiki, run, save_committee
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki


@dataclass(frozen=True)
class Onwiki:
    """The wiki as a stage."""

    wiki: ThrowawayWiki

    def at(self, time: str) -> Self:
        self.wiki.set_clock(moment(time))
        return self

    def save(self, title: str, text: str, user: str) -> int:
        return self.wiki.edit(title, text, user)

    def text(self, title: str) -> str:
        return self.wiki.text(title) or ""

    def run(self) -> None:
        assert run(self.wiki).crashes == []


def test_one_message_a_week(tmp_path_factory: pytest.TempPathFactory) -> None:
    """As on the embedded wiki, by MediaWiki's own histories: each is told of everything, and never twice a week."""
    with fresh_wiki(tmp_path_factory.mktemp("reminders")) as wiki:
        save_committee(wiki, moment("11-01"), **CONFIGURATION)
        play(Onwiki(wiki), RUNS)
        check(histories(wiki))


def histories(wiki: ThrowawayWiki) -> dict[str, list[Saved]]:
    """All talk pages of users, with all their revisions, oldest first."""
    found = wiki.call(action="query", list="allrevisions", arvnamespace=3, arvdir="newer", arvlimit="max",
                      arvprop="timestamp|user|content", arvslots="main")  # fmt: skip
    assert "continue" not in found
    return {page["title"]: [*_saved(page["revisions"])] for page in found["query"]["allrevisions"]}


def _saved(revisions: Iterable[dict[str, Any]]) -> Iterable[Saved]:
    for one in revisions:
        yield Saved(datetime.fromisoformat(one["timestamp"]), one["user"], one["slots"]["main"]["content"])
