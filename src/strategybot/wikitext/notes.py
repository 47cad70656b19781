"""Notes beside a group's statements that somebody has changed on the bot's page: "edited here", with the revision.

A note is the last field of the call that says where the statement comes from:

    {{Steering group/Source|group=Alpha|…|page=Alpha/Updates/2026-12-10|edited=12345}}

It is taken out before versions of a page are compared, and put in again where it belongs; so it stands once, and goes
when there is nothing to note any more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_CALL = re.compile(r"\{\{[^{}|\n]*(?P<kind>Source|Report)\|(?P<fields>[^{}\n]*)\}\}")
_NOTE = re.compile(r"\|edited=([0-9]{1,15})(?=\|[^{}\n]*\}\}|\}\})")
_FIELD = re.compile(r"(?:^|\|)(?P<name>group|page|revision)=(?P<value>[^|]*)")
_DIV = re.compile(r"<(/?)div\b[^>]*>")
Said = tuple[tuple[str, ...], str]
"""Where a statement comes from, and its words."""

_FOR_TRANSLATION = re.compile(r"<!--T:[^>]*-->|</?(?:translate|tvar)\b[^>]*>")


@dataclass(frozen=True)
class Statement:
    """A group's statement on a page: what its call names as the source, and its words, without markup for translation.

    `filed` is the revision that the call names, `noted` that of its note, 0 where it has none, and `end` the place of
    the call's last brackets.
    """

    source: tuple[str, ...]
    words: str
    filed: str
    noted: int
    end: int

    def likeness(self, other: Statement) -> float:
        """How much of two statements' words is the same, from 0 to 1; nothing where they have other sources."""
        mine, others = Counter(self.words.split()), Counter(other.words.split())
        count = mine.total() + others.total()
        return 2 * (mine & others).total() / count if count and self.source == other.source else 0.0

    @property
    def said(self) -> Said:
        """Source and words, by which statements are compared."""
        return self.source, self.words


def without_notes(text: str) -> str:
    """The text without any note."""
    return _CALL.sub(lambda call: _NOTE.sub("", call[0]), text) if "|edited=" in text else text


def with_notes(text: str, notes: Mapping[Said, int]) -> str:
    """A text that has no notes with those that belong to its statements, by what they say and where it comes from."""
    for statement in sorted(statements(text), key=lambda one: one.end, reverse=True):
        if revid := notes.get(statement.said):
            text = f"{text[: statement.end]}|edited={revid}{text[statement.end :]}"
    return text


def statements(text: str) -> list[Statement]:
    """The statements of a text: elements after a report's first line or before a source's, and list items with one."""
    return list(_Lines(text).statements())


class _Lines:
    """A walk down the lines of a page. `report` and `element` are what has no other half yet."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._ends = _ends_of_elements(self._lines)
        self._report: tuple[re.Match[str], int] | None = None
        self._element: str | None = None

    def statements(self) -> Iterator[Statement]:
        number = place = 0
        while number < len(self._lines):
            end = self._ends.get(number, number + 1)
            if number in self._ends:
                yield from self._of_report()
                self._element = "\n".join(self._lines[number + 1 : end - 1])
            else:
                yield from self._of_line(self._lines[number], place)
            place += sum(len(line) + 1 for line in self._lines[number:end])
            number = end
        yield from self._of_report()

    def _of_line(self, line: str, place: int) -> Iterator[Statement]:
        if line.startswith("="):
            yield from self._of_report()
            self._report = self._element = None
        for call in _CALL.finditer(line):
            if call["kind"] == "Report":
                yield from self._of_report()
                is_first = "|state=filed|" in call["fields"]
                self._report = (call, place) if is_first else self._report
            elif before := line[: call.start()].strip():
                yield _statement(call, place, before)
            elif self._element is not None:
                yield _statement(call, place, self._element)
                self._element = None

    def _of_report(self) -> Iterator[Statement]:
        """The statement whose source is the report's first line: the element that no other call claims."""
        if self._report and self._element is not None:
            yield _statement(*self._report, self._element)
            self._report = None
        self._element = None


def _ends_of_elements(lines: Sequence[str]) -> dict[int, int]:
    """For each line that is an element's opening tag alone, the number of the line after the element."""
    ends: dict[int, int] = {}
    opened: list[tuple[int, int]] = []
    depth = 0
    for number, line in enumerate(lines):
        if (tag := _DIV.fullmatch(line.strip())) and not tag[1]:
            opened.append((number, depth))
        depth += sum(-1 if tag[1] else 1 for tag in _DIV.finditer(line))
        while opened and depth <= opened[-1][1]:
            ends[opened.pop()[0]] = number + 1
    return ends


def _statement(call: re.Match[str], place: int, words: str) -> Statement:
    fields = {field["name"]: field["value"].strip() for field in _FIELD.finditer(call["fields"])}
    note = _NOTE.search(call[0])
    return Statement(
        source=(call["kind"], fields.get("group", ""), fields.get("page", "")),
        words=" ".join(_FOR_TRANSLATION.sub("", words).split()),
        filed=fields.get("revision", ""),
        noted=int(note[1]) if note else 0,
        end=place + call.end() - 2,
    )
