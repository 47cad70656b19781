"""Updates as people file them."""

from __future__ import annotations

import pytest

from strategybot.reading.filing import Filing, read_filing

TOPICS = ("progress", "needs")


def _filed(text: str) -> Filing:
    filing = read_filing(text, "Steering group/Update", TOPICS)
    assert filing is not None
    return filing


def test_a_page_without_the_template_holds_no_update() -> None:
    """Not even one that is commented out."""
    assert read_filing("We met. <!-- {{Steering group/Update|progress=x}} -->", "Steering group/Update", TOPICS) is None


def test_an_update_has_its_topics_and_its_language() -> None:
    """Topics in the process's order, without those left empty."""
    filing = _filed("{{Steering group/Update\n| needs = * visas\n| progress = We met.\n| lang = pt-BR\n}}")
    assert filing.topics == {"progress": "We met.", "needs": "* visas"}
    assert filing.lang == "pt-br"
    assert filing.odd == ()


@pytest.mark.parametrize(
    "lang", ["", "french", "x", "fr_FR", "en-", "en{", "éé", "aa-" + "a" * 300, "en-a-b-c-d", "ſſ"]
)
def test_an_odd_language_is_none(lang: str) -> None:
    """What can't be a language's code is left out."""
    assert _filed(f"{{{{Steering group/Update|progress=x|lang={lang}}}}}").lang == ""


@pytest.mark.parametrize(
    ("fields", "odd"),
    [
        ("progress=x|confirmed by=Ada|meeting=2026-12-10", ()),
        ("progres=x|progress=", ("progres",)),
        ("progress=a|b", ("",)),
        ("progress={|\n| a = b\n|}\n", ("a", "")),
        ("|progress=x|", ()),
    ],
)
def test_what_stands_in_no_known_field_is_told(fields: str, odd: tuple[str, ...]) -> None:
    """Fields with another name, and text cut off by a pipe or a table."""
    assert _filed(f"{{{{Steering group/Update|{fields}}}}}").odd == odd


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("{{Steering group/Update|needs=b|progress=a}}", True),
        ("Words. {{steering_group/Update\n|progress = a <!-- x -->\n|needs=b\n|lang=}}", True),
        ("{{Steering group/Update|progress=a|needs=B}}", False),
        ("{{Steering group/Update|progress=a|needs=b|lang=fr}}", False),
        ("{{Steering group/Update|progress=a|needs=b|confirmed by=Ada}}", False),
    ],
)
def test_words_are_compared_by_field(other: str, same: bool) -> None:
    """Order, spaces and comments make no difference; words, language and confirmation do."""
    words = _filed("{{Steering group/Update|progress=a|needs=b}}").words
    assert (_filed(other).words == words) is same


def test_the_first_call_counts() -> None:
    """A second update on the page is left aside."""
    text = "{{Steering group/Update|progress=a}}{{Steering group/Update|progress=b}}"
    assert _filed(text).topics == {"progress": "a"}
