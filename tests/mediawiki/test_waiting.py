"""What waits, as a real MediaWiki shows it: each person's part where that person puts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.committee import ALPHA, BETA, BOT, FRONT_PAGE, moment, roster
from tests.mediawiki.rig import install, installed_wiki, run, save_committee
from throwaway import Revision, ThrowawayWiki

pytestmark = pytest.mark.mediawiki

WAITING = f"{FRONT_PAGE}/Waiting"
ODD = "Ünal's=1e2 & co"
"""A user name in which much has a meaning somewhere."""

MINUTES = f"""== Action items ==
* [[User:Ada]]: write to the affiliates by 2026-12-15
* [[User:Bo]]: book a '''room'''
* [[User:Ada]] and [[User:Bo]]: thank the hosts
* [[User:{ODD}]]: count {{{{subst:nothing}}}} = | twice
* [[User:100]]: print a hundred
* [[User:Nobody at all]]: sing
* Print the badges
"""
CALL = "{{Steering group/Waiting}}"


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A committee ten days after its first meeting, with all that the bot made of its minutes."""
    with installed_wiki(tmp_path_factory.mktemp("waiting")) as wiki:
        save_committee(wiki, moment("11-10"))
        people = ("Ada", "Bo", "Dina", "Abel", ODD, "100", "1e2")
        wiki.save(
            [
                Revision(ALPHA, roster("Ada", "Abel"), "Cora", time=moment("11-12")),
                Revision(BETA, roster("Bo"), "Cora", time=moment("11-12")),
                *(Revision(f"User:{BOT}/Run{job}", "yes", "Admin", time=moment("11-12")) for job in ("/registers",)),
                Revision(f"{FRONT_PAGE}/Minutes/2026-12-10", MINUTES, "Ada", time=moment("12-11")),
                *(Revision(f"User:{name}", CALL, name, time=moment("12-11")) for name in people),
            ]
        )
        wiki.set_clock(moment("12-20"))
        install(wiki)
        run(wiki)
        yield wiki


def shown(wiki: ThrowawayWiki, title: str, language: str = "en") -> str:
    """The words of a page as its readers see them."""
    html = wiki.call(action="parse", page=title, uselang=language, prop=["text"], disablelimitreport=True)["parse"][
        "text"
    ]
    return " ".join(re.sub(r"&#\d+;|&nbsp;", " ", re.sub(r"<[^>]*>", " ", html)).split())


def items(words: str) -> list[str]:
    """The action items that are shown."""
    return re.findall(r"(?<!\w)A\d+(?!\w)", words)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("Ada", ["A1", "A3"]),
        ("Bo", ["A2", "A3"]),
        ("Abel", []),
        (ODD, ["A4"]),
        ("100", ["A5"]),
        ("1e2", []),
        ("Dina", []),
    ],
)
def test_own_part(wiki: ThrowawayWiki, person: str, expected: list[str]) -> None:
    """On a user page stand the items of that person alone, whatever the name is like."""
    assert items(shown(wiki, f"User:{person}")) == expected


def test_what_a_part_says(wiki: ThrowawayWiki) -> None:
    """A part has the items with links that change them, and the minutes that wait for all of the body."""
    words = shown(wiki, "User:Ada")
    assert words.startswith("What waits for you A1 write to the affiliates")
    assert "overdue since 15 December 2026" in words
    assert "Minutes of 10 December 2026 · approved on 14 January 2027 unless somebody objects" in words
    links = wiki.call(action="parse", page="User:Ada", prop=["text"])["parse"]["text"]
    assert f"title={FRONT_PAGE.replace(' ', '_')}/Action_items&amp;action=edit&amp;section=new" in links


def test_nothing_waits(wiki: ThrowawayWiki) -> None:
    """Who has nothing to do is told so, in the reader's language."""
    assert shown(wiki, "User:Dina") == "What waits for you Nothing waits for Dina."
    assert shown(wiki, "User:Dina", "de") == "Was auf dich wartet Für Dina steht nichts an."


OTHERS = {
    "{{Steering group/Waiting|Bo}}": ["A2", "A3"],
    "{{Steering group/Waiting|bo}}": ["A2", "A3"],
    "{{Steering group/Waiting| Bo_}}": ["A2", "A3"],
    f"{{{{Steering group/Waiting|1={ODD}}}}}": ["A4"],
    f"{{{{Steering group/Waiting|Bo|page={WAITING}}}}}": ["A2", "A3"],
    "{{Steering group/Waiting|Bo|page=No such page}}": [],
    "{{Steering group/Waiting|#default}}": ["A1", "A3"],  # nobody can be called so: the user of the page counts
    "{{Steering group/Waiting|Nobody at all}}": [],  # no account
    "{{Steering group/Waiting|Print the badges}}": [],
    CALL: ["A1", "A3"],
}


def test_parts_elsewhere(wiki: ThrowawayWiki) -> None:
    """The part of whoever is named is shown on any page; on a subpage of a user's page that of this user."""
    wiki.edit("User:Ada/Desk", "\n\n----\n\n".join(f"Next: {call}" for call in OTHERS), "Ada")
    parts = shown(wiki, "User:Ada/Desk").split("Next:")[1:]
    assert {call: items(words) for call, words in zip(OTHERS, parts, strict=True)} == OTHERS


def test_the_list(wiki: ThrowawayWiki) -> None:
    """The page itself lists everybody's part, each under a heading, and what waits for all once."""
    sections = wiki.call(action="parse", page=WAITING, prop=["sections"])["parse"]["sections"]
    assert [one["line"] for one in sections] == ["100", "Ada", "Bo", ODD.replace("&", "&amp;"), "Steering Group"]
    words = shown(wiki, WAITING)
    assert items(words) == ["A5", "A1", "A3", "A2", "A3", "A4"]
    assert words.count("Minutes of 10 December 2026") == 1
    assert "subst" in words


def test_front_page(wiki: ThrowawayWiki) -> None:
    """The front page tells by group how much waits, what is overdue first."""
    words = shown(wiki, FRONT_PAGE).partition("What waits")[2].partition("Who is in")[0]
    told = re.findall(r"(Alpha|Beta|Steering Group)((?: \d+ overdue ·)? \d+ open)", words)
    assert told == [("Alpha", " 1 overdue · 2 open"), ("Steering Group", " 4 open"), ("Beta", " 2 open")]
