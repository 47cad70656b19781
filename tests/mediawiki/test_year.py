"""Three months of the year's story on a real MediaWiki, and all twelve each night: its pages are the embedded wiki's.

Those months have the moved, the cancelled and the extra meeting, two weeks without the bot, and contested minutes. What
lies before them has happened on the embedded wiki, and is carried over with the numbers of its revisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import Wiki
from tests.lengths import NIGHTLY
from tests.mediawiki.endstate import timeless
from tests.mediawiki.rig import IMPATIENT, credentials, fresh_wiki, texts
from tests.year.playing import START, EmbeddedPlay, Play
from tests.year.story import BEGINNING, MONTHS, ROOT, last_day, some_days
from throwaway import Revision, ThrowawayWiki

pytestmark = pytest.mark.mediawiki

REAL = MONTHS if NIGHTLY else ("2027-04", "2027-05", "2027-06")
"""The months that are played on the real MediaWiki."""


class MediaWikiPlay(Play):
    """On a real MediaWiki, with real edits by real accounts."""

    def __init__(self, throwaway: ThrowawayWiki) -> None:
        super().__init__()
        self.throwaway = throwaway

    def wiki(self) -> Wiki:
        return MediaWikiWiki(self.throwaway.api, credentials(), IMPATIENT)

    def edit(self, title: str, text: str, user: str) -> None:
        self.throwaway.edit(title, text, user=user)

    def set_clock(self, moment: datetime) -> None:
        self.throwaway.set_clock(moment)

    def text(self, title: str) -> str:
        return self.throwaway.text(title) or ""


@dataclass(frozen=True)
class Twins:
    """Both wikis, and their texts at the end of each month, without the numbers of revisions and times."""

    embedded: EmbeddedPlay
    real: MediaWikiPlay
    texts: dict[str, tuple[dict[str, str], dict[str, str]]]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Both wikis after the months."""
    folder = tmp_path_factory.mktemp("year")
    with fresh_wiki(folder / "real") as throwaway:
        (sandbox,) = throwaway.save([Revision("Sandbox", "Here anyone can try.", time=START)])
        embedded = EmbeddedPlay.begun(folder / "embedded.sqlite", after=sandbox)
        first = date.fromisoformat(f"{REAL[0]}-01") if REAL != MONTHS else BEGINNING
        chosen = some_days()[:: 1 if NIGHTLY else 2]
        before = [day for day in chosen if day < first]
        if before:
            embedded.play(before, before[-1])
        _carry_over(embedded, throwaway)
        twins = Twins(embedded, MediaWikiPlay(throwaway), {})
        for month in REAL:
            last = last_day(month)
            days = [day for day in chosen if first <= day <= last]
            for play in (twins.embedded, twins.real):
                play.play(days, last, first)
            here = {title: timeless(text) for title, text in twins.embedded.texts().items() if title != "Sandbox"}
            there = {title: timeless(text) for title, text in texts(throwaway) if _belongs(title)}
            twins.texts[month] = here, there
            first = last + timedelta(days=1)
        yield twins


def _belongs(title: str) -> bool:
    """Whether a page belongs to the story, or to somebody in it."""
    return ROOT in title or title.startswith(("User:", "User talk:"))


def _carry_over(embedded: EmbeddedPlay, throwaway: ThrowawayWiki) -> None:
    """Give a fresh wiki the whole past of an embedded one."""
    past = [(title, one) for title, one in embedded.histories() if title != "Sandbox"]
    saved = throwaway.save(
        Revision(title, one.text or "", one.user or "", one.summary or "", one.time) for title, one in past
    )
    assert saved == [one.id for _, one in past]


@pytest.mark.parametrize("month", REAL)
def test_same_pages_on_both(twins: Twins, month: str) -> None:
    """At the end of each month all pages read the same on both wikis, but for revision numbers and times."""
    embedded, real = (
        {title: text for title, text in texts.items() if title != "Sandbox"} for texts in twins.texts[month]
    )
    assert set(embedded) == set(real)
    for title, text in embedded.items():
        assert text == real[title], title
