"""Notes beside statements: where they stand, and that they come out as they went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.wikitext.notes import statements, with_notes, without_notes

DIV = '<div lang="en" dir="ltr">'
REPORT = "{{P/Report|group=A|group page=W|state=filed|user=U|revision=7|page=A/U|meeting=2026-12-10}}"
LATER = "{{P/Report|group=A|state=later|user=U|revision=8|page=A/U|before=7}}"
SOURCE = "{{P/Source|group=B|user=U|time=2026-12-01T00:00Z|revision=9|page=B/U}}"

PAGES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a plain report": (f"=== A ===\n{REPORT}\n{DIV}\nWe met.\n\nTwice.\n</div>\n\n", [("A", "We met. Twice.", "7")]),
    "quoted": (f"{DIV}\nWe met.\n</div>\n{SOURCE}\n", [("B", "We met.", "9")]),
    "quoted, and cut": (f"{DIV}\nWe met.\n</div>\n{{{{P/Line|cut|9}}}}\n{SOURCE}", [("B", "We met.", "9")]),
    "a list item": (f"* <span>We met.</span> {SOURCE}", [("B", "* <span>We met.</span>", "9")]),
    "two items": (f"* x {SOURCE}\n* y {SOURCE}", [("B", "* x", "9"), ("B", "* y", "9")]),
    "a report with later filings": (
        f"{REPORT}\n{LATER}\n{DIV}\nOne.\n</div>\n{SOURCE}\n\n{DIV}\nTwo.\n</div>\n{SOURCE}",
        [("B", "One.", "9"), ("B", "Two.", "9")],
    ),
    "a report with a translation": (
        f"{REPORT}\n{DIV}\nOne.\n</div>\n{{{{P/Translation|fr}}}}\n{DIV}\nUn.\n</div>\n{SOURCE}",
        [("A", "One.", "7"), ("B", "Un.", "9")],
    ),
    "an element in another": (
        f"{DIV}\n<div>\nIn.\n</div>\nOut.\n</div>\n{SOURCE}",
        [("B", "<div> In. </div> Out.", "9")],
    ),
    "nothing filed": ("=== A ===\n{{P/Report|group=A|state=missing|page=A/U}}\n", []),
    "an element of people's": (f"{REPORT}\n== B ==\n{DIV}\nMine.\n</div>\n", []),
    "no end": (f"{DIV}\nWe met.\n{SOURCE}", []),
    "marks for translation": (f"* <translate><!--T:1--> x</translate> {SOURCE}", [("B", "* x", "9")]),
    "names with dots": (f"* x {SOURCE.replace('group=B', 'group=St. B')}", [("St. B", "* x", "9")]),
}


@pytest.mark.parametrize("name", PAGES)
def test_statements(name: str) -> None:
    """Each statement is found with its source; with a note each, the page has no other change, and loses them again."""
    text, expected = PAGES[name]
    found = statements(text)
    assert [(one.source[1], one.words, one.filed) for one in found] == expected
    notes = {one.said: 100 + number for number, one in enumerate(found)}
    noted = with_notes(text, notes)
    assert [one.noted for one in statements(noted)] == [notes[one.said] for one in found]
    assert noted.count("|edited=") == len(found)
    assert without_notes(noted) == text


@pytest.mark.parametrize(
    "text", ["|edited=5", "{{X|edited=5}}", "{{P/Source|edited=x}}", "{{P/Source|edited=5", "edited=5}}"]
)
def test_what_is_no_note(text: str) -> None:
    """What only looks like a note stays."""
    assert without_notes(text) == text


@given(st.lists(st.sampled_from([DIV, "</div>", "<div>", REPORT, LATER, SOURCE, f"* x {SOURCE}", "== B ==", "x", ""])))
def test_any_page(lines: list[str]) -> None:
    """Whatever people leave of a page, notes come out as they went in."""
    text = "\n".join(lines)
    noted = with_notes(text, {one.said: 5 for one in statements(text)})
    assert without_notes(noted) == text


def test_many_elements_without_an_end() -> None:
    """A page of tags that open and never close is read through once."""
    assert statements("<div>\n" * 200_000) == []
