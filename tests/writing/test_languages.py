"""Facts about languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.writing.languages import direction, plural_rule


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa-ir", "rtl"),
        ("pa", "ltr"),
        ("pa-arab", "rtl"),
        ("pnb", "rtl"),
        ("ku-arab", "rtl"),
        ("ug-latn", "ltr"),
        ("zh-hant", "ltr"),
        ("azb", "rtl"),
        ("tlh", "ltr"),
        ("", "ltr"),
        ("x", "ltr"),
    ],
)
def test_a_language_has_a_direction(code: str, side: str) -> None:
    """Its script's, if the code names one; that of the language's usual script else."""
    assert direction(code) == side


@pytest.mark.parametrize(
    ("code", "categories", "numbers"),
    [
        ("en", ("one", "other"), {0: "other", 1: "one", 2: "other"}),
        ("ja", ("other",), {1: "other"}),
        ("pl", ("one", "few", "many", "other"), {1: "one", 2: "few", 5: "many", 22: "few"}),
        ("ar", ("zero", "one", "two", "few", "many", "other"), {0: "zero", 2: "two", 100: "other"}),
        ("tlh", ("one", "other"), {1: "one"}),
    ],
)
def test_a_language_has_plural_forms(code: str, categories: tuple[str, ...], numbers: dict[int, str]) -> None:
    """In the order of MediaWiki's; English ones for a language that CLDR doesn't know."""
    rule, found = plural_rule(code)
    assert found == categories
    assert {number: rule(number) for number in numbers} == numbers


@given(st.text(alphabet="abcdeghilnrstxz-_ 0é", max_size=20))
def test_any_word_may_be_asked_for(code: str) -> None:
    """People write what they like into a language's field."""
    assert direction(code) in ("ltr", "rtl")
    assert plural_rule(code)[1]
