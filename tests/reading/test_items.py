"""Points of a text and their kinds."""

from __future__ import annotations

import pytest

from strategybot.reading.items import items, kind_of_need
from strategybot.writing.texts import need_words


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", ()),
        ("\n* \n", ()),
        ("* one\n* two", ("one", "two")),
        ("# one\n## below\n#* also\n# two", ("one<br>below<br>also", "two")),
        ("* one\n*: more", ("one<br>more",)),
        ("** one\n* two", ("one", "two")),
        ("a paragraph\nof two lines\n\nanother", ("a paragraph of two lines", "another")),
        ("words:\n* one\nmore words\n* two", ("words:", "one", "more words", "two")),
        ("* one\n**\n* two", ("one", "two")),
        ("before\n----\nafter", ("before", "after")),
        (";term\n:definition", ("term", "definition")),
    ],
)
def test_points_are_items_and_paragraphs(text: str, points: tuple[str, ...]) -> None:
    """Each list item is a point with what is indented below it, and so is each paragraph."""
    assert items(text) == points


@pytest.mark.parametrize(
    ("language", "point", "kind"),
    [
        ("en", "Travel: visas for two", "travel"),
        ("en", "a training, and a hotel near it", "training"),
        ("en", "Two FLIGHTS", "travel"),
        ("en", "Volunteers for the booth", "other"),
        ("fr", "des visas", "travel"),
        ("fr", "Voyage: deux visas", "travel"),
        ("fr", "Travel: two visas", "travel"),
        ("fr", "Des volontaires", "other"),
        ("de", "Voyage", "other"),
        ("en", "backtravel", "other"),
        ("en", "help", "other"),
        ("en", "", "other"),
    ],
)
def test_the_first_word_that_tells_a_kind_counts(language: str, point: str, kind: str) -> None:
    """A stem counts where a word begins with it, in the language of the update or in English."""
    assert kind_of_need(point, need_words(language)) == kind
