"""People in a piece of wikitext: in a field of the group's template, or on a page of their own making.

A template's field says itself whom it holds. On a page, somebody coordinates who stands under a heading, in a table's
caption or column, or beside words that say so and nothing else; all others who are listed are members. A plain name is
never taken for an account there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import mwparserfromhell

from strategybot.model.page import Title
from strategybot.wikitext.entries import Entry, entries
from strategybot.wikitext.marks import MARK, Marked, is_account, marked
from strategybot.wikitext.roles import (
    Standing,
    column_standing,
    is_coordinator,
    is_plural,
    is_yes,
    names_accounts,
    names_ends,
    names_people,
    names_roles,
    standing,
)
from strategybot.wikitext.tables import Cell
from strategybot.wikitext.terms import day, ended

MOST = 1000
"""How many people of a list are read."""

_LONGEST = 500_000
"""How many characters of a text are read: no list of people is longer."""

_LONGEST_WORDS, _MOST_SIGNS = 1000, 20
"""What mwparserfromhell is given: it takes hours for thousands of signs that may begin something."""

_AND = r"(?:and|et|und|y|e|en|та|і|и|و|和|与)"
_SEPARATORS = re.compile(rf"[,;،、，；\n]|\s+(?:{_AND}|&)\s+|<br\s*/?>", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(（]([^()（）]{0,200})[)）]\s*")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*|\s*:\s+")
_SEGMENTS = re.compile(r"[(),;（）،、，|·•\n]|\s[-–—]+\s|[–—]|:\s|\s/\s|/")
_JOINT = re.compile(rf".*(?:[,;،、，；\n/+·•|&)）(（–—-]|(?<!\w){_AND})\s*|\s*", re.IGNORECASE | re.DOTALL)
_PARTICLES = re.compile(r"d[aeiou]s?|del|della|des|l[ae]|v[ao][nm]|de[rn]|te[nr]|zu|zum|bin|ibn|al|el|ben|y|e|i")
_NAMELIKE = 5
"""How many words a person's name has at most."""


@dataclass(frozen=True)
class Person:
    """A named account: `bare` by plain words; `until` when (UTC) in the role; `coordinates` where that is said."""

    name: str
    bare: bool = False
    until: datetime | None = None
    coordinates: bool = False


@dataclass(frozen=True)
class People:
    """The accounts that are named, in their order and once each; the plain names that are none, as they are written.

    `pages` are those that are transcluded and may hold more of them: `/Subpage` or a full title.
    """

    persons: tuple[Person, ...] = ()
    unresolved: tuple[str, ...] = ()
    pages: tuple[str, ...] = field(default=())

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
        return _bare(found)
    persons: list[Person] = []
    unresolved: list[str] = []
    for entry in entries(found.text):
        persons += _persons(entry, found, strict=False)
        if not _marks(entry) and entry.kind == "item" and (words := plain(entry.text)):
            unresolved.append(words)
    return _people(persons, unresolved, found)


def people_on_page(text: str, group: Collection[str] = ()) -> People:
    """The people who are listed on a page or in its tables; `group` are the words of the group's name."""
    found = marked(text[:_LONGEST])
    persons: list[Person] = []
    unresolved: list[str] = []
    for entry in entries(found.text):
        under = _under(entry, group)
        if under is Standing.GONE:
            continue
        named = _persons(entry, found, strict=True, under=under, group=group)
        persons += named
        if not named:
            persons += _in_account_columns(entry, under, group)
            unresolved += _plain_names(entry, listed=under is not None)
    return _people(persons, unresolved, found)


def linked_accounts(text: str) -> tuple[str, ...]:
    """All accounts that a page links or names by a template, whatever it says of them."""
    return tuple(dict.fromkeys(marked(text[:_LONGEST]).names))[:MOST]


def plain(text: str) -> str:
    """The words of a text as they are seen."""
    words = MARK.sub("", text)
    if len(words) < _LONGEST_WORDS and 0 < len(re.findall(r"''|\[|<", words)) < _MOST_SIGNS:
        words = mwparserfromhell.parse(words).strip_code()
    return " ".join(words.split())


# --- A field of plain words ---


def _bare(found: Marked) -> People:
    persons: list[Person] = []
    unresolved: list[str] = []
    for part in _parts(found.text):
        words = re.sub(r"^[*#:;@|\s]+", "", part).strip()
        until = ended(words)
        name = _without_notes(words)
        if not name:
            continue
        given = Title(name).text
        if is_account(given):
            persons.append(Person(given, bare=True, until=until))
        else:
            unresolved.append(Title(words).text)
    return _people(persons, unresolved, found)


def _parts(text: str) -> Iterator[str]:
    """What stands between separators; those in brackets part nothing."""
    start = 0
    closed = [(bracket.start(), bracket.end()) for bracket in _BRACKET.finditer(text)]
    inside = 0
    for separator in _SEPARATORS.finditer(text):
        while inside < len(closed) and closed[inside][1] <= separator.start():
            inside += 1
        if inside < len(closed) and closed[inside][0] < separator.start() < closed[inside][1] - 1:
            continue
        yield text[start : separator.start()]
        start = separator.end()
    yield text[start:]


def _without_notes(words: str) -> str:
    """A name without what is said of the person's role and its end."""
    kept = _BRACKET.sub(lambda found: " " if _is_note(found[1]) else found[0], words).strip()
    name, dash, rest = kept.partition(" – ") if " – " in kept else kept.partition(" - ")
    return name.strip() if dash and _is_note(rest) else kept


def _is_note(words: str) -> bool:
    pronouns = re.compile(r"(?:she|he|they|her|him|them|elle|il|sie|er|ella|él)", re.IGNORECASE)
    said = [part.strip() for part in re.split(r"[,;/]", words) if part.strip() and not pronouns.fullmatch(part.strip())]
    return ended(words) is not None or all(is_coordinator(part) for part in said)


# --- Lists and tables ---


def _under(entry: Entry, group: Collection[str]) -> Standing | None:
    """What the headings above an entry say of it: the nearest that says something, but who is gone is gone."""
    said = [found for words in entry.context if (found := standing(words, group))]
    return Standing.GONE if Standing.GONE in said else said[-1] if said else None


def _marks(entry: Entry) -> bool:
    return any(MARK.search(cell.text) for cell in entry.cells)


def _persons(
    entry: Entry, found: Marked, *, strict: bool, under: Standing | None = None, group: Collection[str] = ()
) -> list[Person]:
    """The people of a list's item or a table's row. `strict`: on a page that says nothing of what it holds."""
    own = _own_cells(entry)
    is_row = len(entry.cells) > 1
    row_coordinates = under is Standing.COORDINATOR or (is_row and _row_coordinates(entry, group))
    persons: list[Person] = []
    for cell in entry.cells:
        column = column_standing(cell.column, group)
        is_own = cell in own or column is Standing.COORDINATOR
        is_note = is_row and names_roles(cell.column)
        if column is Standing.GONE or not (is_own or (strict and not is_note)):
            continue
        for person in _in_cell(cell, found, entry, strict=strict, group=group):
            says = person.coordinates or column is Standing.COORDINATOR or (row_coordinates and cell in own)
            persons.append(replace(person, coordinates=says))
    end = _end_of_row(entry) if persons else None
    return [replace(person, until=person.until or end) for person in persons]


def _own_cells(entry: Entry) -> tuple[Cell, ...]:
    """The cells of a row that say whose row it is: those in a column for people, or else the first that names one."""
    naming = [cell for cell in entry.cells if MARK.search(cell.text)]
    titled = [cell for cell in naming if names_people(cell.column) or names_accounts(cell.column)]
    return tuple(titled or naming[:1])


def _in_cell(cell: Cell, found: Marked, entry: Entry, *, strict: bool, group: Collection[str]) -> Iterator[Person]:
    marks = list(MARK.finditer(cell.text))
    if not marks:
        return
    before = cell.text[: marks[0].start()]
    if strict and not _may_precede(before, group, line=entry.kind == "line"):
        return
    label = any(is_coordinator(part, group) for part in _SEGMENTS.split(before))
    ends_all = ended(before)
    first = found.names[int(marks[0][1])]
    tails = [
        cell.text[mark.end() : after.start() if after else len(cell.text)]
        for mark, after in zip(marks, [*marks[1:], None], strict=True)
    ]
    if strict and entry.kind == "line" and any(len(_BRACKET.sub("", tail).split()) > 3 for tail in tails):
        return
    together = any(_says(tail, group, is_plural) for tail in tails)
    listed: list[tuple[str, str]] = []
    for mark, tail in zip(marks, tails, strict=True):
        name = found.names[int(mark[1])]
        if not listed or name == first or _JOINT.fullmatch(listed[-1][1][-80:]):
            listed.append((name, tail))
        else:  # named in a remark on the one before
            listed[-1] = (listed[-1][0], f"{listed[-1][1]}, {tail}")
    for name in dict.fromkeys(name for name, _ in listed):
        said = [tail for one, tail in listed if one == name]
        ends = [end for tail in said if (end := ended(tail))]
        says = label or together or any(_says(tail, group) for tail in said)
        yield Person(name, until=max(ends, default=ends_all), coordinates=says)


def _says(tail: str, group: Collection[str], also: Callable[[str], bool] = bool) -> bool:
    """Whether what stands after a name says that the person coordinates, in words of their own."""
    return any(is_coordinator(part, group) and also(part) for part in _SEGMENTS.split(tail[:400]))


def _may_precede(before: str, group: Collection[str], *, line: bool) -> bool:
    """Whether what stands before a name can be another name of the person, or what the person is: no sentence."""
    words = plain(before).strip()
    if not words or any(is_coordinator(part, group) for part in _SEGMENTS.split(words)):
        return len(words.split()) <= 2 * _NAMELIKE
    if words.endswith(":"):
        return len(words.split()) <= _NAMELIKE and standing(words) is not Standing.GONE
    return not line and _is_name(re.split(r"[(（,–—|]|\s-", words)[0])


def _row_coordinates(entry: Entry, group: Collection[str]) -> bool:
    """Whether a cell of a row says that the row's people coordinate."""
    for cell in entry.cells:
        if MARK.search(cell.text):
            continue
        column = column_standing(cell.column, group)
        if column is Standing.COORDINATOR and is_yes(plain(cell.text)):
            return True
        may = not cell.column or names_roles(cell.column) or column is Standing.COORDINATOR
        if may and any(is_coordinator(part, group) for part in _SEGMENTS.split(plain(cell.text))):
            return True
    return False


def _end_of_row(entry: Entry) -> datetime | None:
    for cell in entry.cells:
        if len(entry.cells) > 1 and not MARK.search(cell.text):
            end = day(cell.text) if names_ends(cell.column) else ended(cell.text)
            if end:
                return end
    return None


# --- Plain names ---


def _in_account_columns(entry: Entry, under: Standing | None, group: Collection[str]) -> list[Person]:
    """Plain words in a column whose title says that user names stand there."""
    coordinates = under is Standing.COORDINATOR or _row_coordinates(entry, group)
    names = [plain(cell.text) for cell in entry.cells if not cell.is_header and names_accounts(cell.column)]
    end = _end_of_row(entry)
    return [
        Person(Title(name).text, bare=True, until=end, coordinates=coordinates) for name in names if is_account(name)
    ]


def _plain_names(entry: Entry, *, listed: bool) -> list[str]:
    """What looks like the names of people whom nothing says the accounts of.

    `listed`: under a heading for people; else only at a page's top.
    """
    if _marks(entry) or entry.kind == "line":
        return []
    if any(names_accounts(cell.column) for cell in entry.cells):
        return []
    named = [cell for cell in entry.cells if names_people(cell.column) and not cell.is_header]
    cells = named or (entry.cells[:1] if listed or not entry.context else ())
    names = []
    for cell in cells:
        words = plain(cell.text)
        start = re.split(r"[(（,،،|]|\s[-–—]+\s|[–—]", words)[0]
        if (
            _is_name(start)
            and (named or listed or len(start.split()) > 1 or _is_name(words[len(start) :].strip(" ()（）-–—")))
            and len(words.split()) <= 4 * _NAMELIKE
        ):
            names.append(words)
    return names


def _is_name(words: str) -> bool:
    """Whether a few words can be somebody's name."""
    parts = [part.strip(".'’\"“”") for part in words.replace("-", " ").split()]
    return 0 < len(parts) <= _NAMELIKE and all(
        part and not any(one.isdigit() for one in part) and (not part[0].islower() or _PARTICLES.fullmatch(part))
        and part[0].isalpha()
        for part in parts if part
    )  # fmt: skip


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
