"""Pages of the bot's that people move on a real MediaWiki: by its log of moves they are kept where they stand now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from strategybot.inquiries.calendars import scheduled
from strategybot.inquiries.configuration import configurations
from strategybot.runner import Runner
from strategybot.session import Report
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import AGENDA, ALPHA, BOT, FRONT_PAGE, moment, outcomes, problems, update
from tests.mediawiki.rig import IMPATIENT, credentials, run, settled_wiki
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki

NOW = moment("12-01T06:00")
CALENDAR = f"{FRONT_PAGE}/Calendar"
ELSEWHERE, FARTHER = "Committee/Elsewhere", "Committee/Farther"


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A wiki with the committee of the tests, a stranger, and an agenda that somebody has edited."""
    with settled_wiki(tmp_path_factory.mktemp("moves"), NOW, "Eve") as wiki:
        filed(wiki, "We metted.")
        wiki.edit(AGENDA, (wiki.text(AGENDA) or "").replace("metted", "met"), user="Eve")
        wiki.snapshot("edited")
        yield wiki


@pytest.fixture
def wiki(throwaway: ThrowawayWiki) -> ThrowawayWiki:
    """The wiki as it was set up."""
    throwaway.restore("edited")
    return throwaway


def filed(wiki: ThrowawayWiki, words: str) -> Report:
    """Alpha files an update, and the bot runs."""
    wiki.edit(f"{ALPHA}/Updates/2026-12-10", update(progress=words), user="Ada")
    return run(wiki)


def move(wiki: ThrowawayWiki, user: str, old: str, new: str, **how: object) -> None:
    wiki.call_as(user, action="move", **{"from": old}, to=new, **how)


def test_moves_with_redirects(wiki: ThrowawayWiki) -> None:
    """A page that is moved, protected and moved on is followed with what people changed, and no stranger's redirect."""
    move(wiki, "Eve", AGENDA, ELSEWHERE)
    wiki.call_as("Admin", action="protect", title=ELSEWHERE, protections="edit=autoconfirmed")
    move(wiki, "Ada", ELSEWHERE, FARTHER)
    assert problems(filed(wiki, "We metted. Twice.")) == []
    assert "\nWe met. Twice.\n" in (wiki.text(FARTHER) or "")
    assert wiki.text(AGENDA) == f"#REDIRECT [[{ELSEWHERE}]]"
    assert set(outcomes(run(wiki)).values()) == {"unchanged"}
    wiki.edit(AGENDA, f"#REDIRECT [[{ALPHA}]]", user="Eve")
    assert ("page-redirect", AGENDA) in problems(filed(wiki, "We metted. Three times."))
    wiki.edit(AGENDA, f"#REDIRECT [[{FARTHER}]]", user="Ada")
    assert ("page-redirect", AGENDA) not in problems(run(wiki))
    assert "\nWe met. Three times.\n" in (wiki.text(FARTHER) or "")


def test_moves_without_redirects(wiki: ThrowawayWiki) -> None:
    """A page that an admin moves away without a redirect isn't made again, but kept there once there is a redirect."""
    move(wiki, "Admin", AGENDA, ELSEWHERE, noredirect=True)
    (problem,) = filed(wiki, "We metted. Twice.").problems
    assert (problem.key, problem.words, wiki.text(AGENDA)) == ("page-moved", (ELSEWHERE,), None)
    wiki.edit(AGENDA, f"#REDIRECT [[{ELSEWHERE}]]", user="Ada")
    assert problems(run(wiki)) == []
    assert "\nWe met. Twice.\n" in (wiki.text(ELSEWHERE) or "")


def test_a_calendar_that_strangers_move(wiki: ThrowawayWiki) -> None:
    """A meeting stays where a coordinator moved it, wherever a stranger moves the page, or leads its readers."""
    entry = "{{Steering group/Meeting|was=2026-12-10|date=2026-12-17}}"
    wiki.edit(CALENDAR, f"{wiki.text(CALENDAR)}\n\n{entry}", user="Ada")
    away, back = (CALENDAR, f"{CALENDAR}/Away"), (f"{CALENDAR}/Away", CALENDAR)
    for old, new in (away, back, away):
        move(wiki, "Eve", old, new)
        assert (starts(wiki), problems(run(wiki))) == ("2026-12-17", [])
    wiki.edit(CALENDAR, "#REDIRECT [[Nowhere at all]]", user="Eve")
    assert starts(wiki) == "2026-12-17"
    assert {key for key, page in problems(run(wiki)) if page == CALENDAR} >= {"calendar-taken-away"}


def starts(wiki: ThrowawayWiki) -> str:
    """The day of the next meeting by the calendar."""
    connection = MediaWikiWiki(wiki.api, credentials(), IMPATIENT)
    connection.start()
    (process,) = Runner(connection).run(configurations(BOT)).processes
    following = Runner(connection).run(scheduled(process)).body.meetings.following(NOW)
    return f"{following.start:%Y-%m-%d}" if following else ""
