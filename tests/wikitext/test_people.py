"""Accounts named in wikitext."""

from __future__ import annotations

import pytest

from strategybot.wikitext.people import People, people


@pytest.mark.parametrize(
    ("value", "accounts"),
    [
        ("* {{u|Ada}}\n*{{u|Bo}}", ("Ada", "Bo")),
        ("{{u|Ada}}, {{u|Bo}}", ("Ada", "Bo")),
        ("# {{User|Ada}} 12:00, 3 May 2019 (UTC)", ("Ada",)),
        ("* [[User:Ada|Ada L.]] ([[User talk:Ada|talk]])", ("Ada",)),
        ("* [[m:User:Ada]]\n* [[:w:fr:user:bo]]", ("Ada", "Bo")),
        ("* [[Benutzer:Ada]]\n* [[Utilisatrice:Bo]]\n* [[Участник:Чи]]", ("Ada", "Bo", "Чи")),
        ("* {{noping|Ada}}\n{{ping|Ada|Bo|Chi}}", ("Ada", "Bo", "Chi")),
        ("* {{user|1=a=b}}", ("A=b",)),
        ("* {{U|Ada}} – coordinator", ("Ada",)),
        ("* {{u|Ada|Bo}}", ("Ada",)),
        ("* {{user|Ada|en.wikipedia}}", ("Ada",)),
        ("* C. Writer ([[User:Chi (WMF)|Chi (WMF)]])", ("Chi (WMF)",)),
        ("* {{u|Chi_(WMF)}}", ("Chi (WMF)",)),
        ("Ada, Bo", ("Ada", "Bo")),
        ("Ada and Bo", ("Ada", "Bo")),
        ("\n* Ada\n* Bo Example", ("Ada", "Bo Example")),
        ("أدا، بو", ("أدا", "بو")),
        ("Ada<br>@bo", ("Ada", "Bo")),
        ("Ada, ada, Ada", ("Ada",)),
        ("* <s>{{u|Ada}}</s>\n* {{u|Bo}}", ("Bo",)),
        ("<del>Ada</del>\nBo", ("Bo",)),
        ("* [[User:Ada/Drafts|Ada]]\n* [[User:Bo#Me]]", ("Ada", "Bo")),
        ("* {{u|192.0.2.1}}\n* {{u|}}\n* {{u}}", ()),
        ("", ()),
    ],
)
def test_accounts_are_found_in_every_spelling(value: str, accounts: tuple[str, ...]) -> None:
    """Templates, links in several languages, and plain account names; those struck out have left."""
    assert people(value).accounts == accounts


@pytest.mark.parametrize(
    ("value", "unresolved"),
    [
        ("* Ada Lovely - Diversity\n* Bo Example – Resource Allocation", ("Ada Lovely - Diversity",
                                                                         "Bo Example – Resource Allocation")),
        ("ada@x.example", ("Ada@x.example",)),
        ("192.0.2.1", ("192.0.2.1",)),
        ("'''Ada'''", ("'''Ada'''",)),
        ("{{participants}}", ("{{participants}}",)),
        ("* [[User:Ada]]\n* Bo Example\n* Chi, [[User:Chi]]", ("Bo Example",)),
        ("[[User:Ada]], our coordinator", ()),
    ],
)  # fmt: skip
def test_what_is_no_account_is_unresolved(value: str, unresolved: tuple[str, ...]) -> None:
    """A real name with what it stands for, an address, or a list item without an account is told back."""
    assert people(value).unresolved == unresolved


def test_nobody_is_named_by_nothing() -> None:
    """An empty field names nobody and leaves nothing open."""
    assert people(" \n* \n") == People()
