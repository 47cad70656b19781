"""The words of i18n/."""

from __future__ import annotations

import pytest

from strategybot.writing.texts import Texts, codes, need_words, words


@pytest.mark.parametrize(
    ("code", "key", "arguments", "text"),
    [
        ("en", "summary-agenda", ("3", "9"), "3 of 9 groups filed"),
        ("en", "summary-agenda", ("1", "1"), "1 of 1 group filed"),
        ("en", "summary-status", ("0",), "nothing to mend"),
        ("en", "summary-status", ("1",), "1 problem to mend"),
        ("en", "summary-status", ("2",), "2 problems to mend"),
        ("en", "summary-install", ("$2 {{PLURAL:$1|x}}",), "version $2 {{PLURAL:$1|x}}"),
        ("en", "summary-install", (), "version "),
        ("en", "agenda-minutes", ("²",), "² minutes"),
        ("en", "agenda-minutes", ("many",), "many minutes"),
        ("tlh", "source", (), "source"),
        ("en-gb", "source", (), "source"),
        ("../en", "source", (), "source"),
    ],
)
def test_a_text_is_said_with_its_arguments(code: str, key: str, arguments: tuple[str, ...], text: str) -> None:
    """Numbers choose the form; arguments are put in as they are and never read again."""
    assert Texts(code).say(key, *arguments) == text


def test_a_language_lends_from_its_parent() -> None:
    """`fr-ca` says what `fr` says, and what that lacks is said in English."""
    assert Texts("fr-ca").say("source") == words("fr")["source"]
    assert Texts("fr").say("source") == words("fr")["source"]


def test_an_unknown_key_is_a_mistake_of_ours() -> None:
    """Whatever the language."""
    with pytest.raises(KeyError):
        Texts("fr").say("no-such-key")


def test_there_are_texts_in_several_languages() -> None:
    """Explanations for translators are no language, and neither are notes in a file."""
    assert {"en", "fr"} <= set(codes())
    assert "qqq" not in codes()
    assert words("xx") == {}
    assert not any(key.startswith("@") for key in words("en"))


def test_words_that_tell_a_need() -> None:
    """They are there for each kind that has a heading, in a language and in English, in lower case."""
    kinds = {key.removeprefix("need-words-") for key in words("en") if key.startswith("need-words-")}
    assert set(need_words("fr")) == set(need_words("xx")) == kinds
    assert {f"need-{kind}" for kind in kinds} < set(words("en"))
    assert all(stem == stem.strip().casefold() and stem for stems in need_words("fr").values() for stem in stems)
