"""Mentions: the accounts that a list's item or a table's row names, and what it says of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.model.page import Title
from strategybot.wikitext.entries import Entry
from strategybot.wikitext.marks import MARK, Marked, is_account
from strategybot.wikitext.person import Person
from strategybot.wikitext.plain_names import AND, BRACKET, LONGEST_NAME, is_name, plain
from strategybot.wikitext.roles import (
    Standing,
    column_standing,
    has_left,
    is_coordinator,
    is_plural,
    is_replaced,
    is_yes,
    names_accounts,
    names_ends,
    names_people,
    names_roles,
    standing,
)
from strategybot.wikitext.tables import Cell
from strategybot.wikitext.terms import day, ended

_SEGMENTS = re.compile(r"[(),;（）،、，|·•\n]|\s[-–—]+\s|[–—]|:\s|(?<!\d)/|/(?!\d)")
_JOINT = re.compile(rf".*(?:[,;،、，；\n/+·•|&)）(（–—-]|(?<!\w){AND})\s*|\s*", re.IGNORECASE | re.DOTALL)

_LABEL = re.compile(r"(?:^|[;,.\n()（）、，；|]|\s[-–—]\s)\s*(?P<words>[^;,.:\n()（）|]{2,60})[:：]\s*$")
_FOR = re.compile(
    r"(?<!\w)(?:(?:supported|assisted|helped|appointed|nominated|represented|backed) by|(?:together )?with|for"
    r"|on behalf of|instead of|in place of|replac(?:es|ing)|success?or (?:of|to)|deputy (?:of|to)|thanks to|c/o|via"
    r"|(?:soutenue?|assistée?|aidée?|nommée?) (?:par|de)|avec(?: le soutien| l['’]aide)?(?: de| d['’])?|pour"
    r"|au nom de|remplace"
    r"|unterstützt (?:von|durch)|mit(?: (?:unterstützung|hilfe) von)?|für|im namen von|anstelle von|vertritt|ersetzt"
    r"|apoyad[oa]s? por|con(?: el apoyo| la ayuda)?(?: de)?|para|por|en nombre de|en lugar de"
    r"|بدعم(?: من)?|بمساعدة|مع|نيابة عن|باسم|بدلا من)\s*:?\s*$"
)
"""Words before a name that say that the one before them does something with this person's help, or in their place."""

_OTHER = "\ue002"
"""Where somebody else is named in a remark."""

_BRACKETED_OTHER = re.compile(rf"[(（][^()（）{_OTHER}]*{_OTHER}[^()（）]*[)）]")
_LAST_WORDS = 80
"""How many characters before a name are looked at for what they say of it."""

_MOST_BESIDE = 3
"""How many words may stand beside a name in a line of text, lest it be a sentence about somebody."""


def mentioned(
    entry: Entry, found: Marked, *, strict: bool, under: Standing | None = None, group: Collection[str] = ()
) -> list[Person]:
    """The people of a list's item or a table's row. `strict`: on a page that says nothing of what it holds."""
    own = _own_cells(entry)
    is_row = len(entry.cells) > 1
    row_coordinates = under is Standing.COORDINATOR or (is_row and _row_coordinates(entry, group))
    row_left = is_row and _row_left(entry, group)
    persons: list[Person] = []
    for cell in entry.cells:
        column = column_standing(cell.column, group)
        is_own = cell in own or column is Standing.COORDINATOR
        is_note = is_row and names_roles(cell.column)
        if column is Standing.GONE or not (is_own or (strict and not is_note)):
            continue
        for person, is_gone in _in_cell(cell, found, entry, strict=strict, group=group):
            if is_gone or row_left:
                persons += [replace(person, coordinates=False)] if strict else []
                continue
            says = person.coordinates or column is Standing.COORDINATOR or (row_coordinates and cell in own)
            persons.append(replace(person, coordinates=says))
    end = _end_of_row(entry) if persons else None
    return [replace(person, until=person.until or end) for person in persons]


def in_account_columns(entry: Entry, under: Standing | None, group: Collection[str]) -> list[Person]:
    """Plain words in a column whose title says that user names stand there."""
    coordinates = under is Standing.COORDINATOR or _row_coordinates(entry, group)
    names = [plain(cell.text) for cell in entry.cells if not cell.is_header and names_accounts(cell.column)]
    end = _end_of_row(entry)
    return [
        Person(Title(name).text, bare=True, until=end, coordinates=coordinates) for name in names if is_account(name)
    ]


def _own_cells(entry: Entry) -> tuple[Cell, ...]:
    """The cells of a row that say whose row it is: those in a column for people, or else the first that names one."""
    naming = [cell for cell in entry.cells if MARK.search(cell.text)]
    titled = [cell for cell in naming if names_people(cell.column) or names_accounts(cell.column)]
    return tuple(titled or naming[:1])


def _in_cell(
    cell: Cell, found: Marked, entry: Entry, *, strict: bool, group: Collection[str]
) -> Iterator[tuple[Person, bool]]:
    """The people in a cell, and whether each has left."""
    text = re.sub("''+", "", cell.text)
    marks = list(MARK.finditer(text))
    if not marks or names_helper(text):
        return
    before, tails = text[: marks[0].start()], _tails(text, marks)
    if strict and not _is_list(before, tails, group, line=entry.kind == "line"):
        return
    coordinate = any(is_coordinator(part, group) for part in _SEGMENTS.split(before))
    gone = any(has_left(part, group) for part in _SEGMENTS.split(before))
    names = [found.names[int(mark[1])] for mark in marks]
    for label, listed in _labelled(names, tails):
        if label is not None:
            coordinate, gone = label is Standing.COORDINATOR, label is Standing.GONE
        all_coordinate = coordinate or any(_says(tail, group, is_plural) for _, tail in listed)
        all_gone = gone or any(_says_left(tail, group, is_plural) for _, tail in listed)
        for name, said in _remarks(listed).items():
            ends = [end for tail in said if (end := ended(tail))]
            coordinates = all_coordinate or any(_says(tail, group) for tail in said)
            person = Person(name, until=max(ends, default=ended(before)), coordinates=coordinates)
            yield person, all_gone or any(_says_left(tail, group) for tail in said)


def names_helper(text: str) -> bool:
    """Whether the words before the first name of a text say that it is another's helper, or one in another's place."""
    mark = MARK.search(text)
    before = text[: mark.start()][-_LAST_WORDS:].casefold() if mark else ""
    return bool(_FOR.search(before))


def _labelled(names: Sequence[str], tails: Sequence[str]) -> Iterator[tuple[Standing | None, list[tuple[str, str]]]]:
    """The names with what stands after each, parted where a label of its own (None for the first) begins others."""
    label: Standing | None = None
    listed: list[tuple[str, str]] = []
    for name, tail in zip(names, tails, strict=True):
        found = _LABEL.search(tail[-_LAST_WORDS:])
        following = standing(found["words"]) if found else None
        if found and following:
            listed.append((name, tail[: max(0, len(tail) - _LAST_WORDS) + found.start()]))
            yield label, listed
            label, listed = following, []
        else:
            listed.append((name, tail))
    yield label, listed


def _tails(text: str, marks: Sequence[re.Match[str]]) -> list[str]:
    """What stands after each mark, up to the next."""
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _remarks(listed: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """What is said of each who is listed. Whoever is named in a remark on the one before is not."""
    said: dict[str, list[str]] = {}
    last = ""
    for name, tail in listed:
        if not said or name == listed[0][0] or _JOINT.fullmatch(said[last][-1][-_LAST_WORDS:]):
            said.setdefault(name, []).append(tail)
            last = name
        else:
            said[last][-1] += f"{_OTHER}, {tail}"
    return said


def _says_left(tail: str, group: Collection[str], also: Callable[[str], bool] = bool) -> bool:
    """Whether what stands after a name says that the person has left; what it says of others named there doesn't."""
    own, other, _ = _BRACKETED_OTHER.sub("", tail[:400]).partition(_OTHER)
    parts = _SEGMENTS.split(own)
    if other and is_replaced(parts.pop()):
        return True
    replaced = any(is_replaced(one.partition(_OTHER)[0]) for one in _BRACKETED_OTHER.findall(tail[:400]))
    return replaced or any(has_left(part, group) and also(part) and not ended(part) for part in parts)


def _says(tail: str, group: Collection[str], also: Callable[[str], bool] = bool) -> bool:
    """Whether what stands after a name says that the person coordinates, in words of their own."""
    return any(is_coordinator(part, group) and also(part) for part in _SEGMENTS.split(tail[:400]))


def _is_list(before: str, tails: Sequence[str], group: Collection[str], *, line: bool) -> bool:
    """Whether a cell, or a line of text, lists people and is no sentence about them."""
    if not _may_precede(before, group, line=line):
        return False
    return not line or all(len(BRACKET.sub("", tail).split()) <= _MOST_BESIDE for tail in tails)


def _may_precede(before: str, group: Collection[str], *, line: bool) -> bool:
    """Whether what stands before a name can be another name of the person, or what the person is: no sentence."""
    words = plain(before).strip()
    if not words or any(is_coordinator(part, group) for part in _SEGMENTS.split(words)):
        return len(words.split()) <= 2 * LONGEST_NAME
    if words.endswith(":"):
        return len(words.split()) <= LONGEST_NAME and standing(words) is not Standing.GONE
    return not line and is_name(re.split(r"[(（,–—|]|\s-", words)[0])


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


def _row_left(entry: Entry, group: Collection[str]) -> bool:
    """Whether a cell of a row, in a column for roles or notes or without a title, says that its people have left."""
    cells = [cell for cell in entry.cells if not MARK.search(cell.text)]
    said = [plain(cell.text) for cell in cells if not cell.column or names_roles(cell.column)]
    return any(has_left(part, group) for words in said for part in _SEGMENTS.split(words))


def _end_of_row(entry: Entry) -> datetime | None:
    for cell in entry.cells:
        if len(entry.cells) > 1 and not MARK.search(cell.text):
            end = day(cell.text) if names_ends(cell.column) else ended(cell.text)
            if end:
                return end
    return None
