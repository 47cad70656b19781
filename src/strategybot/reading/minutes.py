"""Minutes as people write them: whose meeting's they are, who was there, what was decided, and who promised what.

== Participants ==
# Ada Lovely - Diversity
== Decisions+next steps ==
* '''Agreed''': we meet in Berlin
* Bo to send the travel list by 1 March
* {{Steering group/Action item|text=Draft the survey|owner={{u|Ada}}|due=2019-03-01}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from strategybot.model.minutes import Kind, Named, Noted, Place, Record, Unread
from strategybot.model.page import Title
from strategybot.reading.attendance import read_attendance
from strategybot.reading.headings import places, readable
from strategybot.reading.names import Names, known_people
from strategybot.reading.notes import Notes
from strategybot.reading.outline import Line, outline
from strategybot.reading.sittings import Sitting, Sittings
from strategybot.reading.vocabulary import Vocabulary, vocabulary
from strategybot.wikitext.pieces import SIGN, Pieced
from strategybot.wikitext.sections import has_prose, sections

_LONGEST = 2_000_000
"""How many characters of a page are read: MediaWiki saves no longer ones."""


@lru_cache(maxsize=512)
def read_minutes(
    text: str,
    title: Title,
    languages: tuple[str, ...],
    *,
    days: frozenset[str] = frozenset(),
    people: frozenset[str] = frozenset(),
    templates: str = "Steering group/",
) -> tuple[Record, ...]:
    """The minutes on a page, a record for each meeting in the order of the page.

    `days` (ISO) are those of the body's meetings, `people` the names of those who are in it, and `templates` is what
    the names of our templates begin with. What was read is remembered: several jobs ask for the same minutes.
    """
    page = _Page(text[:_LONGEST], vocabulary(languages), people, templates)
    found = Sittings(title, page.words, days).read(page.pieced.text, page.parts)
    records = [page.record(sitting) for sitting in found]
    return tuple(one for one in records if one.date or one.noted or one.unread)


class _Page:
    """A page of minutes while it is read."""

    def __init__(self, text: str, words: Vocabulary, people: frozenset[str], templates: str) -> None:
        self.words = words
        self.pieced = Pieced(text)
        self.parts = sections(self.pieced.text)
        self._text = text
        self._people = people
        self._templates = {Kind.ACTION: f"{templates}Action item", Kind.DECISION: f"{templates}Decision"}
        self._places = places(readable(part.headings[0], self.pieced) if part.level else "" for part in self.parts)
        self._accounts = [name for piece in self.pieced.pieces_in(self.pieced.text) for name in piece.accounts]

    def record(self, sitting: Sitting) -> Record:
        """The minutes of one meeting."""
        lines = [one for number in range(sitting.first, sitting.end) for one in self._lines(number, sitting)]
        present = read_attendance((line for line, _, _ in lines), Names(self.pieced, self.words))
        found = list(Notes(self._names(present), sitting.day, self._templates).read(lines))
        start = self.pieced.original(self.parts[sitting.first].start) if sitting.first else 0
        last = sitting.end == len(self.parts)
        end = len(self._text) if last else self.pieced.original(self.parts[sitting.end].start)
        return Record(
            sitting.day,
            start,
            end,
            present["participants"],
            present["apologies"],
            present["minute-taker"],
            tuple(one for one in found if isinstance(one, Noted)),
            tuple(one for one in found if isinstance(one, Unread)),
            has_prose(self._text[start:end]),
            sitting.doubt,
        )

    def _names(self, present: Mapping[str, tuple[Named, ...]]) -> Names:
        """How names are told in the notes of a meeting with these people."""
        listed = [*self._people, *(one.name for named in present.values() for one in named)]
        return Names(self.pieced, self.words, known_people([*listed, *self._accounts]), listed=bool(listed))

    def _lines(self, number: int, sitting: Sitting) -> Iterator[tuple[Line, Place, str]]:
        """The lines of a section, each with its place and as it is written."""
        part = self.parts[number]
        above = part.headings[::-1][len(self.parts[sitting.first].headings) :]
        shown = tuple(readable(words, self.pieced) or re.sub(SIGN, " ", words) for words in above)
        for line in outline(self.pieced.text[part.start : part.end], shown):
            start, end = (self.pieced.original(part.start + place) for place in (line.start, line.end))
            yield line, self._places[number], self._text[start:end]
