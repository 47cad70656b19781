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
    ("point", "kind"),
    [
        ("Travel: visas for two", "travel"),
        ("a training, and a trip to it", "training"),
        ("Two FLIGHTS", "travel"),
        ("des visas", "travel"),
        ("strip the backlog", "other"),
        ("help", "other"),
        ("", "other"),
    ],
)
def test_the_first_word_that_tells_a_kind_counts(point: str, kind: str) -> None:
    """A stem counts where a word begins with it, in any language that there are words for."""
    assert kind_of_need(point, need_words()) == kind
