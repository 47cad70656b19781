"""People in a piece of wikitext: in a field of the group's template, or on a page of their own making.

A template's field says itself whom it holds. On a page, somebody coordinates who stands under a heading, in a table's
caption or column, or beside words that say so and nothing else; all others who are listed are members. A plain name is
never taken for an account there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from strategybot.wikitext.entries import Entry, entries
from strategybot.wikitext.marks import MARK, Marked, marked
from strategybot.wikitext.mentions import in_account_columns, mentioned, names_helper
from strategybot.wikitext.person import Person
from strategybot.wikitext.plain_names import names_apart, plain, plain_accounts, plain_names
from strategybot.wikitext.roles import Standing, own_words, standing

MOST = 1000
"""How many people of a list are read."""

_LONGEST = 500_000
"""How many characters of a text are read: no list of people is longer."""


@dataclass(frozen=True)
class People:
    """The accounts that are named, in their order and once each; the plain names that are none, as they are written.

    `pages` are those that are transcluded and may hold more of them: `/Subpage` or a full title.
    """

    persons: tuple[Person, ...] = ()
    unresolved: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts' names."""
        return tuple(person.name for person in self.persons)


def people(value: str) -> People:
    """The people in a field: user templates and links, or else plain account names.

    Once an account is named by a template or a link, the plain words beside it are about it and no names; a list
    item of plain words alone is then unresolved. Who is struck out has left.
    """
    found = marked(value[:_LONGEST])
    if not found.names:
        return _people(*plain_accounts(found.text), found)
    persons: list[Person] = []
    unresolved: list[str] = []
    for entry in entries(found.text):
        if _under(entry, ()) is Standing.GONE:
            continue
        persons += mentioned(entry, found, strict=False)
        if MARK.search(entry.text) and names_helper(entry.text):
            unresolved.append(_seen(entry, found))
        elif entry.kind == "line" or not MARK.search(entry.text):
            apart = names_apart(entry.text, known=found.names, alone=entry.kind != "line")
            persons += apart[0]
            unresolved += apart[1]
    return _people(persons, unresolved, found)


def people_on_page(text: str, group: Collection[str] = (), others: Collection[str] = ()) -> People:
    """The people who are listed on a page or in its tables; `group` are the words of the group's name.

    Those under the heading of another group aren't in this one: `others` are the names of those groups.
    """
    elsewhere = {own_words(name) for name in others} - {frozenset(), own_words(" ".join(group))}
    found = marked(text[:_LONGEST])
    persons: list[Person] = []
    unresolved: list[str] = []
    for entry in entries(found.text):
        under = _under(entry, group)
        if under is Standing.GONE or any(own_words(words) in elsewhere for words in entry.context):
            continue
        named = mentioned(entry, found, strict=True, under=under, group=group)
        persons += named
        if under and names_helper(entry.text):
            unresolved.append(_seen(entry, found))
        elif not named:
            persons += in_account_columns(entry, under, group)
            unresolved += plain_names(entry, listed=under is not None)
    return _people(persons, unresolved, found)


def linked_accounts(text: str) -> tuple[str, ...]:
    """All accounts that a page links or names by a template, whatever it says of them."""
    return tuple(dict.fromkeys(marked(text[:_LONGEST]).names))[:MOST]


def _seen(entry: Entry, found: Marked) -> str:
    """The words of an entry as they are seen, with the names in it."""
    return plain(MARK.sub(lambda mark: found.names[int(mark[1])], entry.text))


def _under(entry: Entry, group: Collection[str]) -> Standing | None:
    """What the headings above an entry say of it: the nearest that says something, but who is gone is gone."""
    said = [found for words in entry.context if (found := standing(words, group))]
    return Standing.GONE if Standing.GONE in said else said[-1] if said else None


def _people(persons: list[Person], unresolved: list[str], found: Marked) -> People:
    """Each once: who is named several times has the role if one of them says so, and until the latest of their ends."""
    once: dict[str, Person] = {}
    for person in persons:
        before = once.get(person.name)
        if before is None:
            if len(once) < MOST:
                once[person.name] = person
            continue
        once[person.name] = Person(
            person.name,
            before.bare and person.bare,
            _later(before, person),
            before.coordinates or person.coordinates,
        )
    return People(tuple(once.values()), tuple(dict.fromkeys(unresolved)), tuple(dict.fromkeys(found.pages)))


def _later(one: Person, other: Person) -> datetime | None:
    """Until when somebody is there who is listed twice."""
    return max(one.until, other.until) if one.until and other.until else None
