"""Sections of a page, and words beside its templates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.wikitext.sections import has_prose, sections


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("", [()]),
        ("words", [()]),
        ("== a ==", [(), ("a",)]),
        ("x\n== a ==\n=== b ===\n== c ==\n", [(), ("a",), ("b", "a"), ("c",)]),
        ("=== b ===\n== a ==\n==== c ====", [(), ("b",), ("a",), ("c", "a")]),
        ("==a==  \n", [(), ("a",)]),
        ("== a = b ==", [(), ("a = b",)]),
        ("== {{b|c}} ==", [(), ("{{b|c}}",)]),
        ("== a == <!-- b -->", [(), ("a",)]),
        (" == a ==", [()]),
        ("== a", [()]),
        ("{{b|\n== a ==\n}}", [()]),
        ("<!--\n== a ==\n-->", [()]),
        ("<pre>\n== a ==\n</pre>", [()]),
        ("{{b|\n== a ==\n", [(), ("a",)]),
    ],
)
def test_sections(text: str, headings: list[tuple[str, ...]]) -> None:
    """Headings are those that readers see, each with those above it."""
    assert [section.headings for section in sections(text)] == headings


@given(st.text(alphabet="=\n {}|<!->ab", max_size=60))
def test_sections_make_up_the_page(text: str) -> None:
    """Sections follow each other without a gap, from the page's beginning to its end."""
    found = sections(text)
    assert [section.start for section in found] == [0, *(section.end for section in found[:-1])]
    assert found[-1].end == len(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", False),
        ("{{a|b}}", False),
        ("<!-- a -->", False),
        ("<noinclude>a</noinclude>", False),
        ("<nowiki>a</nowiki>", False),
        ("== a ==", False),
        ("[[Category:A]]\n[[تصنيف:ب]] [[Category:B|c]]", False),
        ("__NOTOC__<br /><div class='a'></div>&nbsp;&#32;", False),
        ("{{a}} – !", False),
        ("a", True),
        ("[[A]]", True),
        ("See [[Category:A]]", True),
        ("{{a", True),
        ("<b>a</b>", True),
        ("{|\n| a\n|}", True),
    ],
)
def test_prose(text: str, said: bool) -> None:
    """Words are prose, what shows none isn't."""
    assert has_prose(text) is said
