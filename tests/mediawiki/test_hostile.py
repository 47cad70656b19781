"""What people type stays in its spot: hostile values in every place of a page, rendered by a real MediaWiki."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

import pytest

from strategybot.reading.relay import FIELDS
from strategybot.wikitext import neutral
from tests.conftest import Tally
from tests.hostile import HALVES, HOSTILE, LOCALISED, MARKUP
from tests.lengths import NIGHTLY
from tests.mediawiki import filed
from tests.mediawiki.rendering import FRAMES, Rendering, rendering

pytestmark = pytest.mark.mediawiki

FILED, NAMED = (HOSTILE if NIGHTLY else dict(islice(HOSTILE.items(), first, None, 8)) for first in (0, 4))
"""By day one value in eight is filed in updates and another is a name; in each kind of place all are tried."""

TOGETHER = filed.together(FILED)
RELAYED = filed.together(HOSTILE if NIGHTLY else dict(islice(HOSTILE.items(), 2, None, 40)))
"""By day a few are filed as relays, each night all."""

FRAMED = {"en": HOSTILE, **LOCALISED}
"""The values for each language of a wiki: those of the others act there only."""

ON_A_PAGE = [
    pytest.param(language, values, id=f"{language}: {about}")
    for language, found in FRAMED.items()
    for about, values in filed.together(found).items()
]


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendering]:
    """A wiki of these tests' own."""
    with rendering(tmp_path_factory.mktemp("hostile")) as found:
        yield found


@pytest.fixture(scope="module")
def trusted() -> frozenset[str]:
    """What fields hold where nobody types anything odd."""
    return filed.trusted_words()


@pytest.mark.parametrize(("language", "values"), ON_A_PAGE)
def test_a_hostile_value_stays_in_its_spot(wiki: Rendering, tally: Tally, language: str, values: list[str]) -> None:
    """Made neutral for each kind of place, it changes nothing around it; each night also where it is the only one."""
    together = wiki.in_frames(values, contentlanguage=language)
    alone = values if together or NIGHTLY else []
    assert {value: found for value in alone if (found := wiki.in_frames([value], contentlanguage=language))} == {}
    assert together == "", "together, but none alone"
    _tally(tally, values=len(values), places=len(values) * len(FRAMES), pages=1 + len(alone))


@pytest.mark.parametrize("halves", HALVES)
def test_two_halves_dont_come_together(wiki: Rendering, tally: Tally, halves: tuple[str, str]) -> None:
    """What begins in one spot doesn't end in another."""
    found = wiki.in_frames(halves)
    assert found == ""
    _tally(tally, values=2, places=2 * len(FRAMES), pages=1)


@pytest.mark.parametrize("values", TOGETHER.values(), ids=TOGETHER)
def test_hostile_updates_change_nothing_around_them(
    wiki: Rendering, trusted: frozenset[str], tally: Tally, values: list[str]
) -> None:
    """Filed in every field of updates and in rosters, they leave the bot's pages as they are, as text and as saved."""
    found = wiki.saved(filed.in_updates(*values), trusted, " ".join(values))
    if any(found.values()):
        alone = {value: wiki.saved(filed.in_updates(value), trusted) for value in values}
        assert {value: pages for value, pages in alone.items() if any(pages.values())} == {}
        assert found == {}, "together, but none alone"
    _tally(tally, places=len(values) * len(filed.UPDATE_PLACES), pages=len(found))


@pytest.mark.parametrize("values", RELAYED.values(), ids=RELAYED)
def test_hostile_relays_change_nothing_around_them(
    wiki: Rendering, trusted: frozenset[str], tally: Tally, values: list[str]
) -> None:
    """In every field of relays, they leave the pages about them as they are, before they go out."""
    committee = filed.in_relays(*values)
    found = wiki.saved(committee, trusted, " ".join(values))
    assert {title: said for title, said in found.items() if said} == {}
    _tally(tally, places=len(values) * len(FIELDS), pages=len(found))


@pytest.mark.parametrize("value", NAMED.values(), ids=NAMED)
def test_a_hostile_name_changes_nothing_around_it(
    wiki: Rendering, trusted: frozenset[str], tally: Tally, value: str
) -> None:
    """So it is as the name of a person, group, page, body or place, where MediaWiki or the configuration takes it."""
    user, subpage = _names(wiki, value)
    committee, places = filed.in_names(value, user, subpage)
    found = wiki.saved(committee, trusted, value) if places else {}
    assert {title: said for title, said in found.items() if said} == {}
    _tally(tally, places=places, pages=len(found))


@pytest.mark.parametrize(("value", "found"), MARKUP)
def test_harmless_markup_survives(wiki: Rendering, tally: Tally, value: str, found: str) -> None:
    """Links, emphasis, lists and line breaks show as they would without the bot, also within a line."""
    text = "\n".join(frame % make(value) for frame, make, _ in (FRAMES["block"], FRAMES["inline"]))
    block, inline = html.unescape(wiki.parsed(text)["text"]).split("</div>", 1)
    assert re.search(found, block)
    assert re.search(found, inline) or "\n" in value
    tally("harmless markup", 1)


def test_a_summary_links_to_nobody(wiki: Rendering, tally: Tally) -> None:
    """An edit summary shows neither links nor a section, whatever is in it."""
    for values in filed.together(HOSTILE).values():
        summary = "\n".join(neutral.summary(value)[:480] for value in values)
        asked = wiki.wiki.call(action="parse", summary=summary, prop="")
        assert "<" not in asked["parse"]["parsedsummary"], values
    _tally(tally, places=len(HOSTILE), pages=0)


def _names(wiki: Rendering, value: str) -> tuple[str, str]:
    """The value as MediaWiki takes it for a user's name, and as a subpage's title; empty where it doesn't."""
    beginning = f"{filed.page_of('Alpha')}/Updates/"
    if not value.strip() or len(value) > 250:
        return "", ""
    asked = {"list": "users", "ususers": f"\x1f{value}", "usprop": "cancreate", "titles": f"\x1f{beginning}{value}"}
    answer = wiki.wiki.call(action="query", **asked)["query"]
    user = "".join(one["name"] for one in answer["users"] if one.get("cancreate"))
    title = "".join(one["title"] for one in answer.get("pages", ()) if not {"invalid", "special"} & one.keys())
    return user, title if title.startswith(beginning) else ""


def _tally(tally: Tally, *, places: int, pages: int, values: int = 0) -> None:
    """Count what was tried; where something acts, the test has failed before."""
    tally("hostile values", values)
    tally("hostile values in places", places)
    tally("pages rendered with hostile values", pages)
    tally("hostile values that acted", 0)
