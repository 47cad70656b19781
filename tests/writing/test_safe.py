"""Types of safe text."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from markupsafe import Markup

from strategybot.model.page import Title
from strategybot.writing import safe


@pytest.mark.parametrize(
    ("made", "kind", "text"),
    [
        (safe.block("* {{x}}\n* y"), safe.Block, "* &#123;&#123;x&#125;&#125;\n* y"),
        (safe.inline("''a''\nb"), safe.Inline, "''a'' b"),
        (safe.heading("a = b"), safe.Heading, "a &#61; b"),
        (safe.field("a|b"), safe.Field, "a&#124;b"),
        (safe.argument("[[a|b]]|c"), safe.Argument, "[[a|b]]{{!}}c"),
        (safe.field(5), safe.Field, "5"),
        (safe.field(Title("user:Ada_L")), safe.Field, "User:Ada L"),
        (safe.field(datetime(2026, 12, 10, 15, 0, 59, tzinfo=UTC)), safe.Field, "2026-12-10T15:00Z"),
        (
            safe.field(datetime(2026, 12, 10, 0, 30, tzinfo=timezone(timedelta(hours=1)))),
            safe.Field,
            "2026-12-09T23:30Z",
        ),
        (safe.target(Title("Category:A & b")), safe.Target, ":Category:A & b"),
    ],
)
def test_a_filter_makes_its_type(made: object, kind: type, text: str) -> None:
    """Each place has a type of its own, whose text is neutral there."""
    assert type(made) is kind
    assert made == text
    assert safe.shown(made) is made


@pytest.mark.parametrize("value", ["text", "", 5, None, Title("A"), ["a"], 1.5])
def test_nothing_else_is_shown(value: object) -> None:
    """A value that went through no filter is refused."""
    with pytest.raises(safe.UnsafeError, match="isn't of a safe type: pass it through a filter such as"):
        safe.shown(value)


def test_what_a_macro_gives_is_shown() -> None:
    """Jinja joins safe values to Markup."""
    assert safe.shown(Markup("x")) == "x"


@pytest.mark.parametrize("text", ["a|b", "", "a" * 256, "a]]b"])
def test_no_link_leads_to_what_is_no_title(text: str) -> None:
    """An illegal target raises."""
    with pytest.raises(ValueError, match="not a title: "):
        safe.target(Title(text))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"en": "Q&A", "fr": "« é »"}, r'{"en": "Q\u0026A", "fr": "« é »"}'),
        ("</templatedata>", r'"\u003c/templatedata\u003e"'),
        ("{{x}} {y} ~~~~", r'"\u007b\u007bx\u007d\u007d {y} \u007e\u007e\u007e\u007e"'),
        ('a "b" \\ \n', r'"a \"b\" \\ \n"'),
    ],
)
def test_json_stays_in_its_element(value: object, written: str) -> None:
    """A value is JSON that reads as it was, and has nothing in it that ends the element or acts."""
    assert safe.json_value(value) == written  # type: ignore[arg-type]
    assert json.loads(written) == value


@pytest.mark.parametrize(("text", "written"), [("a b", '"a b"'), ('"\\\n]]', '"\\034\\092\\010]]"'), ("é", '"é"')])
def test_a_string_in_a_module(text: str, written: str) -> None:
    """Quotation marks, backslashes and line ends are written as numbers."""
    assert safe.lua_string(text) == written
