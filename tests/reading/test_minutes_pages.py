"""Pages of minutes: whose meeting's they are, who was there, and what stands where."""

# ruff: noqa: E501 -- a form is on one line

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.model.minutes import Named, Record
from strategybot.model.page import Title
from strategybot.reading.minutes import read_minutes
from tests.growth import is_steady
from tests.hostile import HALVES, HOSTILE
from tests.reading.test_minutes import ANYWHERE, LANGUAGES, UNDER, told

MINUTES = "Strategy/2018-20/Steering Group/Minutes"
DAYS = frozenset({"2018-12-13", "2019-01-24", "2019-04-05", "2019-10-25", "2019-10-29"})


def records(text: str, title: str = MINUTES, days: frozenset[str] = DAYS) -> tuple[Record, ...]:
    """The minutes on a page."""
    return read_minutes(text, Title(title), LANGUAGES, days=days)


SHAPES = {
    "a page a meeting": ("/2019-01-24", "Words", ["2019-01-24 Words"]),
    "its day in words": ("/24 January 2019", "Words", ["2019-01-24 Words"]),
    "its day in parts": ("/2019/01/24", "Words", ["2019-01-24 Words"]),
    "its headings name other days": (
        "/2019-01-24",
        "== Next meeting: 5 April 2019 ==\nx\n== Review of 13 December 2018 ==\ny",
        ["2019-01-24 == Next meeting: 5 April 2019 ==\nx\n== Review of 13 December 2018 ==\ny"],
    ),
    "flat": (
        "",
        "Intro\n== 5 April 2019 ==\na\n=== Decisions ===\nb\n== 24 January 2019 ==\nc",
        ["2019-04-05 == 5 April 2019 ==\na\n=== Decisions ===\nb\n", "2019-01-24 == 24 January 2019 ==\nc"],
    ),
    "flat, with words beside the days": (
        "",
        "== Meeting of Friday, April 5th, 2019 (Berlin) ==\na\n== Réunion du 24 janvier 2019 ==\nb",
        [
            "2019-04-05 == Meeting of Friday, April 5th, 2019 (Berlin) ==\na\n",
            "2019-01-24 == Réunion du 24 janvier 2019 ==\nb",
        ],
    ),
    "flat, with a heading for what comes": (
        "",
        "== 5 April 2019 ==\na\n== Next meeting: 25 October 2019 ==\nb",
        ["2019-04-05 == 5 April 2019 ==\na\n"],
    ),
    "flat, with days in other headings": (
        "",
        "== 5 April 2019 ==\na\n=== Action items from 24 January 2019 ===\nb",
        ["2019-04-05 == 5 April 2019 ==\na\n=== Action items from 24 January 2019 ===\nb"],
    ),
    "nested, the newest first": (
        "",
        "== 2019 ==\n=== October ===\n==== 29 October ====\na\n==== 25 ====\nb\n=== April ===\n==== 5th April ====\nc\n"
        "== 2018 ==\n=== December ===\n==== 13 December ====\nd",
        [
            "2019-10-29 ==== 29 October ====\na\n",
            "2019-10-25 ==== 25 ====\nb\n",
            "2019-04-05 ==== 5th April ====\nc\n",
            "2018-12-13 ==== 13 December ====\nd",
        ],
    ),
    "a page a month": (
        "/October 2019",
        "== 25 October ==\na\n== 29 October ==\nb",
        ["2019-10-25 == 25 October ==\na\n", "2019-10-29 == 29 October ==\nb"],
    ),
    "a page a month, in digits": ("/2019-10", "== 25 October ==\na", ["2019-10-25 == 25 October ==\na"]),
    "a page a month, in parts": ("/2019/October", "== 25 ==\na", ["2019-10-25 == 25 ==\na"]),
    "a page a year": ("/2019", "== October ==\n=== 25 ===\na", ["2019-10-25 === 25 ===\na"]),
    "no year anywhere": ("", "== 29 October ==\na", ["2019-10-29 == 29 October ==\na"]),
    "no year, and no such meeting": ("", "== 30 October ==\n* Decision: x", [" == 30 October ==\n* Decision: x no-date"]),
    "a wrong year in the title": ("/2018-01-24", "a", ["2019-01-24 a year"]),
    "a wrong year in the title, by a label": ("/2020-01-24", "Date: 24 January 2019\na", ["2019-01-24 Date: 24 January 2019\na year"]),
    "a wrong year in the title, by a heading": ("/2019-11-05", "== 5 November 2018 ==\na", ["2018-11-05 == 5 November 2018 ==\na year"]),
    "a wrong year of a month": ("/October 2018", "== 25 October ==\na", ["2019-10-25 == 25 October ==\na year"]),
    "an unknown meeting": ("/2019-02-24", "a", ["2019-02-24 a"]),
    "day or month": ("", "== 05/04/2019 ==\na", ["2019-04-05 == 05/04/2019 ==\na"]),
    "day or month, and no known meeting": ("", "== 05/03/2019 ==\n* Decision: x", [" == 05/03/2019 ==\n* Decision: x no-date"]),
    "the day in the text": ("/Kick-off", "'''Date:''' 24 January 2019\na", ["2019-01-24 '''Date:''' 24 January 2019\na"]),
    "no day, and nothing noted": ("", "All minutes are below.", []),
    "no day": ("/Kick-off", "* Decision: x", [" * Decision: x no-date"]),
    "translated": (
        "",
        "<languages/>\n<translate>\n== March 2024 == <!--T:1-->\n=== 5 April 2019 === <!--T:2-->\n</translate>\n* a\n",
        ["2019-04-05 === 5 April 2019 === <!--T:2-->\n</translate>\n* a\n"],
    ),
    "nothing": ("/2019-01-24", "", ["2019-01-24 "]),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    """Each meeting's minutes are found, with its day, and what is wrong with that."""
    under, text, wanted = SHAPES[shape]
    found = records(text, MINUTES + under)
    said = [f"{one.date} {text[one.start : one.end]}" + (f" {one.doubt.key[8:]}" if one.doubt else "") for one in found]
    assert said == wanted


PAGE = """== Participants ==
# Ada Lovely - Diversity
# Bo Example – Resource Allocation
# {{u|Chi}} - CT

'''Apologies'''
* Di Sample - Revenue Streams

'''Note-taker:''' [[User:Bo|Bo Example]]

== Agenda ==
# Check in (5 minutes)
# Discussion
## Working Group Progress and updates (20 minutes)

== Summary of the call ==
=== Check-in ===
All are well.
=== Review of the last meeting ===
The objectives of the interim meeting in December were reviewed, which highlighted
* Identify synergies to avoid replication across Working Groups.
=== Action items from the last meeting ===
* <s>Survey draft</s> done
* [ ] book the room - Bo
=== Travel ===
'''Action:''' Bo to send the travel list by 1 March
* AI: {{u|Ada}} - draft the survey (due 2019-03-01)
;Next steps
* Ada will follow up
== Decisions+next steps ==
* '''Agreed''': we meet
"""


def test_a_page() -> None:
    """A page as people write it: who was there, and what was noted where."""
    (record,) = records(PAGE, f"{MINUTES}/2019-01-24")
    assert record.participants == (Named("Ada Lovely"), Named("Bo Example"), Named("Chi", True))
    assert record.apologies == (Named("Di Sample"),)
    assert record.minute_takers == (Named("Bo", True),)
    assert record.has_prose
    assert record.unread == ()
    assert [(told(one), one.place.anchor, one.earlier) for one in record.noted] == [
        ("action | Survey draft |  |  | done", "Action_items_from_the_last_meeting", True),
        ("action | book the room | Bo |  | open", "Action_items_from_the_last_meeting", True),
        ("action | send the travel list | Bo | 2019-03-01", "Travel", False),
        ("action | draft the survey | Ada* | 2019-03-01", "Travel", False),
        ("action | follow up | Ada", "Travel", False),
        ("decision | we meet", "Decisions+next_steps", False),
    ]


def test_a_translated_page() -> None:
    """Marks of translation leave nothing in what is noted; the line is as written."""
    line = '* <translate><!--T:371--> Bo to read [[<tvar name="1">Special:MyLanguage/Page</tvar>|the page]]</translate>'
    (record,) = records(f"<translate>== Action items == <!--T:1--></translate>\n{line}", f"{MINUTES}/2019-01-24")
    (noted,) = record.noted
    assert (noted.text, noted.owners) == ("read [[Special:MyLanguage/Page|the page]]", (Named("Bo"),))
    assert noted.line == line.removesuffix("</translate>") + "</translate>"
    assert noted.place.heading == "Action items"


def test_anchors() -> None:
    """The same heading twice on a page has two anchors, as on the wiki."""
    text = "".join(f"== {day} ==\n=== ''Decisions'' made ===\n* x\n" for day in ("5 April 2019", "24 January 2019"))
    places = [one.place for record in records(text) for one in record.noted]
    assert [(place.heading, place.anchor) for place in places] == [
        ("Decisions made", "Decisions_made"),
        ("Decisions made", "Decisions_made_2"),
    ]


def test_names_where_nobody_says_who_was_there() -> None:
    """What looks like a name is one, then; where people are listed, only they are."""
    lines = "== Action items ==\n* Mallory to send the list\n* Book the room - Mallory\n* Send to Mallory"
    noted = [one for record in records(lines, f"{MINUTES}/2019-01-24") for one in record.noted]
    assert [[owner.name for owner in one.owners] for one in noted] == [["Mallory"], ["Mallory"], []]
    noted = [one for record in records(f"Present: Ada\n{lines}", f"{MINUTES}/2019-01-24") for one in record.noted]
    assert [one.owners for one in noted] == [(), (), ()]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Participants: Ada, Bo (notes) and {{u|Chi}}", ("Ada", "Bo", "Chi")),
        ("* '''Présents''' : Ada, Bo", ("Ada", "Bo")),
        ("== Attendees ==\nAda, Bo", ("Ada", "Bo")),
        ("== Teilnehmende ==\n* Ada (Diversity)\n* Bo, Advocacy", ("Ada", "Bo")),
        ("== Expected: move to Participants ==\n* Ada", ()),
        ("== Participants ==\n{|\n! Name !! Group\n|-\n| Ada || Diversity\n|}", ("Ada",)),
        ("== Participants ==\n* 12 people", ()),
    ],
)
def test_participants(line: str, wanted: tuple[str, ...]) -> None:
    """Those who were there, in lists, lines and tables."""
    (record,) = records(line, f"{MINUTES}/2019-01-24")
    assert tuple(one.name for one in record.participants) == wanted


FORMS = [line for line, _ in ANYWHERE] + [line for _, line, _ in UNDER]
PIECES = st.sampled_from(
    [
        *(
            *FORMS,
            *HOSTILE.values(),
            *(half for pair in HALVES for half in pair),
            *(shape[1] for shape in SHAPES.values()),
        ),
        *(
            "== Action items ==",
            "=== Decisions ===",
            "== 5 April 2019 ==",
            "* ",
            "** ",
            "Action:",
            "by 1 March",
            "(Bo)",
        ),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=8), st.sampled_from(["\n", " ", ""]))
@settings(deadline=None)
def test_nothing_breaks_it(pieces: list[str], joint: str) -> None:
    """Whatever is read, each line that was noted stands in its meeting's minutes, and those don't overlap."""
    text = joint.join(pieces)
    at = 0
    for title in (MINUTES, f"{MINUTES}/2019-01-24"):
        at = 0
        for record in records(text, title):
            assert at <= record.start <= record.end <= len(text)
            at = record.end
            for one in (*record.noted, *record.unread):
                assert one.line
                assert one.line in text[record.start : record.end]


LONG = [
    *(
        "x",
        "* x",
        "== 1 ==",
        "== Decisions ==",
        "* Action: ",
        "* <s>",
        "* [[User:Ada",
        "* {{a|",
        "* ((((((",
        "* - - - - -",
    ),
    *(
        "* Bo, ",
        "* by 1 March ",
        "* '''Action''' ",
        "'''a",
        "* done done",
        "* Ada and ",
        "{|\n! Action\n|-",
        "| x || y",
    ),
    *(
        "* action actions action items",
        "* :::::",
        "* \ue000\ue010",
        "* no no no no",
        "<translate>",
        "<!-- x",
        "* @a @b @c",
    ),
]


@pytest.mark.parametrize("line", LONG)
def test_steps_grow_with_the_length(line: str) -> None:
    """Eight times as many lines, or as long ones, take eight times as long, whatever stands in them."""
    title = Title(f"{MINUTES}/2019-01-24")
    for joint in ("\n", " "):
        short, long = (f"== Action items ==\n* Bo: {joint.join([line] * times)}" for times in (8, 64))
        assert is_steady(lambda text: read_minutes.__wrapped__(text, title, LANGUAGES), short, long)
