"""The calendar on a real MediaWiki: a coordinator moves a meeting by two taps, and a stranger another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject

from strategybot.publication import publish
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import AGENDA, FRONT_PAGE, moment, problems
from tests.mediawiki.browsing import PHONE, Person, chromium_browser
from tests.mediawiki.rig import IMPATIENT, credentials, install, installed_wiki, run, settle
from throwaway import ThrowawayWiki
from throwaway.accounts import ADA

pytestmark = [pytest.mark.mediawiki, pytest.mark.browser]

CALENDAR = f"{FRONT_PAGE}/Calendar"
MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")


def bot(wiki: ThrowawayWiki) -> MediaWikiWiki:
    return MediaWikiWiki(wiki.api, credentials(), IMPATIENT)


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki on 1 December, with an agenda and a calendar."""
    with installed_wiki(tmp_path_factory.mktemp("calendar")) as wiki:
        settle(wiki, moment("12-01T06:00"), "Trudy")
        install(wiki)
        assert run(wiki).crashes == []
        yield wiki


def published(wiki: ThrowawayWiki, path: Path) -> dict[str, vobject.base.Component]:
    publish(bot(wiki), path)
    return {event.uid.value: event for event in vobject.readOne(path.read_text("utf-8")).vevent_list}


def test_two_taps_move_a_meeting(wiki: ThrowawayWiki, tmp_path: Path) -> None:
    """Ada taps “Move”, writes another date and taps the blue button: agenda, calendar and file follow at the next run.

    What Trudy entered waits, and nothing on the page is too wide, too small or too pale for a phone.
    """
    before = published(wiki, tmp_path / "before.ics")
    wiki.edit(CALENDAR, f"{wiki.text(CALENDAR)}\n\n{{{{Steering group/Meeting|was=2027-01-14}}}}", "Trudy")
    with chromium_browser() as browser, Person(browser, wiki, ADA, screen=PHONE) as ada:
        ada.visit(CALENDAR)
        ada.press(ada.page.get_by_role("link", name=ada.words("calendar-move"), exact=True))
        editor = ada.source()
        assert editor.input_value().strip() == (
            "{{Steering group/Meeting|was=2026-12-10|date=2026-12-10 15:00|reason=}}"
        )
        editor.fill(editor.input_value().replace("12-10 15:00", "12-11 18:30").replace("reason=", "reason=A holiday"))
        ada.save_source()
        assert ada.words("meeting-moved", "10 December 2026", "2026-12-11 18:30") in ada.read()
        wiki.set_clock(moment("12-02T06:00"))
        report = run(wiki)
        assert (report.crashes, problems(report)) == ([], [("calendar-waiting", CALENDAR)])
        ada.visit(CALENDAR)
        said = ada.read()
        assert "Friday, 11 December 2026" in said
        assert ada.words("calendar-moved", "10 December 2026, 15:00 UTC") in said
        assert "A holiday" in said
        assert "Trudy entered a change" in said
        for language, scheme in (("en", "light"), ("fr", "dark"), ("ar", "dark")):
            ada.visit(CALENDAR, uselang=language, useskin="vector-2022", minervanightmode="os")
            ada.page.emulate_media(color_scheme=scheme)
            assert ada.page.evaluate(MEASURE, {"touch": 24}) == []
    assert "|start=2026-12-11T18:30Z|" in str(wiki.text(AGENDA))
    after = published(wiki, tmp_path / "after.ics")
    assert after.keys() == before.keys()
    first, second = sorted(after)[:2]
    assert [(found[first].dtstart.value, found[first].sequence.value) for found in (before, after)] == [
        (moment("12-10T15:00"), "0"), (moment("12-11T18:30"), "1"),
    ]  # fmt: skip
    assert (after[second].status.value, after[second].dtstart.value) == ("CONFIRMED", moment("2027-01-14T15:00"))
