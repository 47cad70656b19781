"""A group's page: who coordinates the group and who is in it.

{{Steering group/Working group|coordinators={{u|Ada}}, {{u|Bo}}|members=* Chi
* Di}}

Without that template, or where it names nobody, the lists and tables on the page are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from strategybot.model.page import Title
from strategybot.model.roster import Names
from strategybot.wikitext.calls import calls
from strategybot.wikitext.people import People, people, people_on_page
from strategybot.wikitext.person import Person
from strategybot.wikitext.roles import names_roster

MOST_PAGES = 3
"""How many subpages of a group's page are read for its roster."""


@lru_cache(maxsize=2048)
def read_roster(
    text: str, template: str, group: str = "", page: Title | None = None, others: tuple[str, ...] = ()
) -> Names | None:
    """The names on a group's page, or None where it has neither the template nor names. The first call counts.

    `group` is the group's name, `others` are those of the other groups; `page` is the page itself, by which its
    subpages are known. What was read is remembered: several jobs ask for the same roster.
    """
    found = calls(text, template)
    if found:
        coordinators, members = (people(_field(found[0].fields, name)) for name in ("coordinators", "members"))
        if _says_something(coordinators) or _says_something(members):
            found_in = {"coordinators": coordinators, "members": members}
            names = _names(coordinators.persons, members.persons, found_in, page)
            return replace(names, talk=_field(found[0].fields, "talk page"))
    listed = _on_page(text, group, page, others)
    if not found:
        return listed
    return replace(listed or Names(), talk=_field(found[0].fields, "talk page"))


def _field(fields: Mapping[str, str], name: str) -> str:
    """A field for people, be its name written with capitals or in the singular; as the template has it comes first."""
    alike = (value for key, value in fields.items() if value and key.casefold() in (name, name.removesuffix("s")))
    return fields.get(name, "") or next(alike, "")


def has_template(text: str, template: str) -> bool:
    """Whether a group's page calls our template."""
    return bool(calls(text, template))


def read_subpage(text: str, group: str = "", field: str = "", others: tuple[str, ...] = ()) -> Names:
    """The names on the page of a roster alone.

    Where the field `coordinators` or `members` transcludes it and it doesn't say itself who coordinates, all in it are
    what the field says.
    """
    listed = people_on_page(text, group.split(), others)
    if field and not any(person.coordinates for person in listed.persons):
        named = people(text)
        coordinators, members = (named.persons, ()) if field == "coordinators" else ((), named.persons)
        return _names(coordinators, members, {field: named}, None)
    return _listed(listed, None)


def _on_page(text: str, group: str, page: Title | None, others: tuple[str, ...]) -> Names | None:
    names = _listed(people_on_page(text, group.split(), others), page)
    return names if names != Names() else None


def _listed(found: People, page: Title | None) -> Names:
    coordinators = tuple(person for person in found.persons if person.coordinates)
    members = tuple(person for person in found.persons if not person.coordinates)
    return _names(coordinators, members, {"": found}, page)


def _says_something(found: People) -> bool:
    return bool(found.persons or found.unresolved or found.pages)


def _names(
    coordinators: tuple[Person, ...], members: tuple[Person, ...], found: Mapping[str, People], page: Title | None
) -> Names:
    """The names as the model has them; `found` is what was read, by the field in which it stands."""
    persons = {person.name: person for person in (*members, *coordinators)}
    pages = [
        (where, title)
        for where, one in found.items()
        for written in one.pages
        if (title := _subpage(written, page, where))
    ]
    seats = [person.name for person in coordinators]
    return Names(
        tuple(seats),
        tuple(person.name for person in members if person.name not in seats),
        tuple(dict.fromkeys(name for one in found.values() for name in one.unresolved)),
        frozenset(person.name for person in persons.values() if person.bare),
        tuple((person.name, person.until) for person in persons.values() if person.until),
        tuple(dict.fromkeys(pages))[:MOST_PAGES],
    )


def _subpage(written: str, page: Title | None, where: str) -> str:
    """The full title of a transcluded page, empty where it is no subpage of this one that can hold a roster.

    In a field for people any subpage can; elsewhere its name says so.
    """
    if page is None:
        return ""
    title = page.under(written[1:].strip()) if written.startswith("/") else Title(written)
    start = f"{page.text}/"
    last = title.text.removeprefix(start)
    inside = title.legal and title.text.startswith(start) and last
    return title.text if inside and (where or names_roster(last)) else ""
