"""Titles and pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.page import Page, Revision, Title


@pytest.mark.parametrize(
    ("given_text", "text"),
    [
        ("main_page", "Main page"),
        ("  Main   Page__", "Main Page"),
        ("user:ada", "User:ada"),
        ("Ada\u00a0Lovely\u3000X", "Ada Lovely X"),
        ("\u200eAda\u202c", "Ada"),
        ("école", "École"),
        ("ß", "ß"),
        ("", ""),
    ],
)
def test_a_title_is_written_as_mediawiki_writes_it(given_text: str, text: str) -> None:
    """Single spaces, none around, no marks of direction, an upper-case first letter."""
    assert Title(given_text).text == text


@given(st.text())
def test_a_title_written_so_stays(text: str) -> None:
    """What is in that form already isn't changed, and any text can be asked whether it is legal."""
    title = Title(text)
    assert Title(title.text) == title
    assert title.legal in (True, False)


@pytest.mark.parametrize(
    "text", ["Ada", "User:Ada/Draft 1", "Rôles & Responsibilities", "100 %", "a~~b", "C++", "…", "a" * 255]
)
def test_these_titles_are_legal(text: str) -> None:
    """Any characters but those with a meaning in links."""
    assert Title(text).legal


@pytest.mark.parametrize(
    "text",
    ["", " ", "a[b", "a]b", "a{b", "a}b", "a|b", "a#b", "a<b", "a>b", "a\nb", "a\x00", "a\ufffd", "a~~~b",
     "a%41", "a&amp;b", "a&#65;", ":a", "a:", ".", "..", "./a", "a/..", "a/../b", "a" * 256, "é" * 128],
)  # fmt: skip
def test_these_titles_are_not(text: str) -> None:
    """Characters of links, references, relative paths, signatures, or more than 255 bytes."""
    assert not Title(text).legal


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Main Page", "Talk:Main Page"),
        ("User:Ada", "User talk:Ada"),
        ("User talk:Ada", "User talk:Ada"),
        ("Talk:Main Page", "Talk:Main Page"),
        ("Template:X/Y", "Template talk:X/Y"),
        ("Strategy: a plan", "Talk:Strategy: a plan"),
    ],
)
def test_every_page_has_a_talk_page(text: str, talk: str) -> None:
    """A talk page is its own; a colon alone makes no namespace."""
    assert Title(text, "w").talk == Title(talk, "w")


def test_a_title_says_its_wiki() -> None:
    """The home wiki goes without saying."""
    assert [str(Title("A")), str(Title("A", "fr")), str(Title("A", "fr").under("b"))] == ["A", "fr:A", "fr:A/b"]


def test_a_page_without_visible_text_is_empty() -> None:
    """Missing and hidden pages have no text; only the latter have a revision."""
    hidden = Revision(2, 1, datetime(2026, 1, 1, tzinfo=UTC), None, None, None)
    pages = [Page(Title("A"), Title("A")), Page(Title("A"), Title("A"), hidden)]
    assert [(page.text, page.exists) for page in pages] == [("", False), ("", False)]


def test_half_a_character_is_no_title() -> None:
    """A lone surrogate, as JSON can write it, is refused instead of raising."""
    assert not Title("a" + chr(0xD800)).legal
