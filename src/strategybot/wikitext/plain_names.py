"""People by plain words: the names of accounts in a field of such, and names on a page that may be anybody's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import mwparserfromhell

from strategybot.model.page import Title
from strategybot.wikitext.entries import Entry
from strategybot.wikitext.marks import MARK, is_account, linked_account
from strategybot.wikitext.person import Person
from strategybot.wikitext.roles import has_left, is_coordinator, names_accounts, names_people
from strategybot.wikitext.terms import ended

AND = r"(?:and|et|und|y|e|en|та|і|и|و|和|与)"
"""The word that joins the last of several names, in the languages in which people keep rosters."""

LONGEST_NAME = 5
"""How many words a person's name has at most."""

BRACKET = re.compile(r"(?:(?<!\s)\s+)?[(（]([^()（）]{0,200})[)）]\s*")
"""What stands in brackets, with the white space around it."""

_LONGEST_WORDS, _MOST_SIGNS = 1000, 20
"""What mwparserfromhell is given: it takes hours for thousands of signs that may begin something."""

_SEPARATORS = re.compile(rf"[,;،、，；\n]|(?<!\s)\s+(?:(?!(?:y|e|i)\s){AND}|&|/)\s+|<br\s*/?>", re.IGNORECASE)
_PARTICLES = re.compile(r"d[aeiou]s?|del|della|des|l[ae]|v[ao][nm]|de[rn]|te[nr]|zu|zum|bin|ibn|al|el|ben|y|e|i")
_IN_SURNAME = re.compile(r"\s(?:y|e|i)\s", re.IGNORECASE)
"""What joins two names in some languages, and the halves of a surname as well."""

_PRONOUN = re.compile(r"she|he|they|her|him|them|elle|il|sie|er|ella|él", re.IGNORECASE)


def plain(text: str) -> str:
    """The words of a text as they are seen."""
    words = MARK.sub("", text)
    if len(words) < _LONGEST_WORDS and 0 < len(re.findall(r"''|\[|<", words)) < _MOST_SIGNS:
        words = mwparserfromhell.parse(words).strip_code()
    return " ".join(words.split())


def plain_accounts(text: str) -> tuple[list[Person], list[str]]:
    """The people in a field of plain words: those whom an account can be called, and the names that can be none."""
    persons: list[Person] = []
    unresolved: list[str] = []
    for part in _parts(text):
        words = re.sub(r"^[*#:;@|\s]+", "", part).strip()
        if has_left(words):  # "Ada, former coordinator"
            del persons[-1:]
        elif not words or is_coordinator(words) or _says_left(words):
            continue
        elif person := plain_account(words):
            persons.append(person)
        else:
            unresolved.append(Title(words).text)
    return persons, unresolved


def plain_account(words: str) -> Person | None:
    """The person whom a few words name as an account, None where they might mean somebody or something else."""
    name = _without_notes(words)
    given = Title(linked_account(name) or name).text
    is_odd = not linked_account(name) and (
        _IN_SURNAME.search(name) or any(not _is_affiliation(bracket[1]) for bracket in BRACKET.finditer(name))
    )
    return Person(given, bare=True, until=ended(words)) if name and not is_odd and is_account(given) else None


def names_apart(text: str, *, known: Collection[str], alone: bool) -> tuple[list[Person], list[str]]:
    """The entries of a line that are plain words and look like names, beside those that are marked: `known`.

    `alone`: the line is an item of a list, and stands for somebody whatever it looks like.
    """
    persons: list[Person] = []
    unresolved: list[str] = []
    parts = [part.strip("'* ") for part in _parts(text)]
    telling = [one for one in parts if not (is_coordinator(one) or has_left(one) or _says_left(one))]
    for words in telling:
        if not words or MARK.search(words):
            continue
        name = _without_notes(words)
        if linked_account(name) and (person := plain_account(words)):
            persons.append(person)
        elif is_name(BRACKET.sub(" ", name)) and Title(name).text not in known:
            unresolved.append(words)
    if alone and len(telling) == len(parts) == 1 and not persons and Title(_without_notes(parts[0])).text not in known:
        return persons, [one for one in parts if one]
    return persons, unresolved


def _says_left(words: str) -> bool:
    """Whether what stands in brackets after a name, or after a dash, says that the person has left."""
    dash = re.split(r"\s[-–—]+\s", words)[1:]
    notes = [*(bracket[1] for bracket in BRACKET.finditer(words)), *dash]
    return any(has_left(part) and not ended(part) for note in notes for part in re.split(r"[,;/]", note))


def _is_affiliation(words: str) -> bool:
    """Whether words in brackets are what accounts of an organization's staff end with, and no remark: WMF, WMDE."""
    return bool(re.fullmatch(r"[A-Z]{2,5}", words))


def _parts(text: str) -> Iterator[str]:
    """What stands between separators; those in brackets part nothing."""
    start = 0
    closed = [(bracket.start(), bracket.end()) for bracket in BRACKET.finditer(text)]
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
    kept = BRACKET.sub(lambda found: " " if _is_note(found[1]) else found[0], words).strip()
    name, dash, rest = kept.partition(" – ") if " – " in kept else kept.partition(" - ")
    return name.strip() if dash and _is_note(rest) else kept


def _is_note(words: str) -> bool:
    """Whether words say no more than that somebody coordinates, until when, or how to speak of the person."""
    said = [part.strip() for part in re.split(r"[,;/]", words) if part.strip() and not _PRONOUN.fullmatch(part.strip())]
    return ended(words) is not None or all(is_coordinator(part) for part in said)


def plain_names(entry: Entry, *, listed: bool) -> list[str]:
    """What looks like the names of people whom nothing says the accounts of.

    `listed`: under a heading for people; else only at a page's top.
    """
    if MARK.search(entry.text) or entry.kind == "line" or any(names_accounts(cell.column) for cell in entry.cells):
        return []
    titled = [cell for cell in entry.cells if names_people(cell.column) and not cell.is_header]
    cells = titled or (entry.cells[:1] if listed or not entry.context else ())
    words = [plain(cell.text) for cell in cells]
    return [one for one in words if _begins_with_name(one, expected=bool(titled) or listed)]


def _begins_with_name(words: str, *, expected: bool) -> bool:
    """Whether words are somebody's name and a few remarks. One word alone is a name where names are `expected`."""
    start = re.split(r"[(（,،،|]|\s[-–—]\s|[–—]", words)[0]
    rest = words[len(start) :].strip(" ()（）-–—")
    return (
        is_name(start)
        and (expected or len(start.split()) > 1 or is_name(rest))
        and len(words.split()) <= 4 * LONGEST_NAME
    )


def is_name(words: str) -> bool:
    """Whether a few words can be somebody's name."""
    parts = [part.strip(".'’\"“”") for part in words.replace("-", " ").split()]
    return 0 < len(parts) <= LONGEST_NAME and all(map(_is_part_of_name, filter(None, parts)))


def _is_part_of_name(word: str) -> bool:
    is_small = word[0].islower() and not _PARTICLES.fullmatch(word)
    return word[0].isalpha() and not is_small and not any(sign.isdigit() for sign in word)
