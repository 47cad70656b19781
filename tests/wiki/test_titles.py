"""Titles are spelled as on MediaWiki, and what no page can have is known."""

from __future__ import annotations

import pytest

from strategybot.model.page import Title
from strategybot.wiki.titles import canonical, content_model, split


@pytest.mark.parametrize(
    ("title", "spelled"),
    [
        ("sandbox", "Sandbox"),
        ("user:ada", "User:Ada"),
        ("USER TALK: ada/ archive", "User talk:Ada/ archive"),
        ("Image:Map.png", "File:Map.png"),
        ("WP:Village pump", "Project:Village pump"),
        ("a__b  c", "A b c"),
        ("A\u00a0b\u3000c", "A b c"),
        ("A\u200eb\u202e", "Ab"),
        (":Help:page", "Help:Page"),
        ("E\u0301te\u0301", "Été"),
        ("Help:éa", "Help:Éa"),
        ("Help:ßa", "Help:Ssa"),
        ("Help:აბ", "Help:აბ"),
        ("Meeting: notes", "Meeting: notes"),
        ("Talk:Meeting: notes", "Talk:Meeting: notes"),
        ("50% of it", "50% of it"),
        ("User:" + "é" * 127, "User:É" + "é" * 126),
    ],
)
def test_title_is_spelled_as_on_mediawiki(title: str, spelled: str) -> None:
    """Namespace, spaces and first letter get their canonical form."""
    assert canonical(Title(title)) == Title(spelled)


@pytest.mark.parametrize(
    "title",
    ["", " ", "_", ":", "::A", "User:", "User: ", "User::Ada", "Talk:User:Ada", "Special:Log", "Media:Map.png"]
    + [f"A{character}b" for character in "[]{}|#<>\x00\x1f\x7f\ufffd\n\t\ud800"]
    + ["A~~~b", "A%41b", "A&amp;b", ".", "..", "./A", "../A", "A/./b", "A/../b", "A/.", "A/..", "User:../A"]
    + ["User:" + "é" * 128, "a" * 256],
)
def test_title_that_no_page_can_have(title: str) -> None:
    """MediaWiki's rules for titles are kept."""
    assert canonical(Title(title)) is None


def test_title_on_another_wiki() -> None:
    """A page of another wiki is none of this one."""
    assert canonical(Title("User:Ada", "en.wikipedia.org")) is None


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("User:Ada", ("User", "Ada")),
        ("user talk: Ada", ("User talk", "Ada")),
        ("Meeting: notes", ("", "Meeting: notes")),
        ("Sandbox", ("", "Sandbox")),
    ],
)
def test_title_is_split(title: str, parts: tuple[str, str]) -> None:
    """Only a known namespace is one."""
    assert split(title) == parts


@pytest.mark.parametrize(
    ("title", "model"),
    [
        ("User:Ada/x.json", "json"),
        ("User:Ada/x.css", "css"),
        ("User:Ada/x.js", "javascript"),
        ("User:Ada.js", "wikitext"),
        ("User talk:Ada/x.json", "wikitext"),
        ("Strategy/x.json", "wikitext"),
        ("MediaWiki:Gadget.js", "javascript"),
        ("MediaWiki:Lang/fr", "wikitext"),
        ("Module:Text", "Scribunto"),
        ("Module:Text/doc", "wikitext"),
        ("Module:Text.json", "json"),
        ("Template:Text/styles.css", "sanitized-css"),
        ("Template:Text", "wikitext"),
    ],
)
def test_content_model(title: str, model: str) -> None:
    """The content model follows from namespace and ending."""
    assert content_model(Title(title)) == model
