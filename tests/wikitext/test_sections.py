"""Sections of a page, and words beside its templates."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.wikitext.sections import has_prose, sections
from tests.growth import is_steady


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


PIECES = [
    *("<ref ", "<ref>", "<nowiki>", "<nowiki ", "<pre>", "<!--", "<noinclude>", "<noinclude ", "<includeonly>", "<a "),
    *("=", "= ", "=a=\n", "=\n", "==a", "{{", "}}", "[[", "[[a:b]]", "[[a:b]]\n ", "[[a:", "__", "__a", "&", "&#", " "),
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("read", [sections, has_prose])
def test_no_page_takes_long(read: Callable[[str], object], piece: str) -> None:
    """Eight times as much of anything takes about eight times as many steps, and not sixty-four."""
    short, long = ("= a =\n" + piece * (count // len(piece)) for count in (10_000, 80_000))
    assert is_steady(read, short, long)
