"""Which parts of a page are the minutes of which day's meeting.

A page a meeting (…/Minutes/2019-01-24), a page for many with a heading each (5 April 2019), nested (2019, October,
25 October), or a page a month whose headings give only the day (29 October).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from strategybot.model.page import Title
from strategybot.model.problem import Problem
from strategybot.reading.dates import Date, dates_in, month_alone
from strategybot.reading.days import day_of
from strategybot.reading.headings import scope
from strategybot.reading.vocabulary import Vocabulary
from strategybot.wikitext.sections import Section

_DAY_ALONE = re.compile(r"[\W_]*(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\W_]*")
_YEARS = re.compile(r"\d{4}\s?[-–/]\s?(?:\d{4}|\d\d)(?![-\d])")
_HEAD = 1500
"""How many characters at the beginning of minutes are looked at for the day of the meeting."""


@dataclass(frozen=True)
class Sitting:
    """The sections (by number) of one meeting's minutes and its day (ISO, or empty); `doubt`: what is wrong with it."""

    first: int
    end: int
    day: str
    doubt: Problem | None = None


@dataclass(frozen=True)
class Sittings:
    """How meetings are told apart on a page; `days` (ISO) are those of known meetings."""

    title: Title
    words: Vocabulary
    days: Collection[str]

    def read(self, text: str, parts: Sequence[Section]) -> list[Sitting]:
        """The meetings whose minutes stand on a page with these sections."""
        above = self._of_title()
        starts = [] if above.day else list(self._starts(parts, above))
        if not starts:
            starts = [(0, len(parts), above)]
        return [self._sitting(first, end, said, text, parts) for first, end, said in starts]

    def _starts(self, parts: Sequence[Section], above: Date) -> Iterator[tuple[int, int, Date]]:
        """The sections under the heading of a day, none of them in another."""
        stack: list[tuple[int, Date]] = [(0, above)]
        inside = 0
        for number, part in enumerate(parts):
            if not part.level or number < inside:
                continue
            stack = [one for one in stack if one[0] < part.level]
            said = self._of_heading(part.headings[0], stack[-1][1])
            stack.append((part.level, said))
            if said.day:
                following = (after for after in range(number + 1, len(parts)) if parts[after].level <= part.level)
                inside = next(following, len(parts))
                yield number, inside, said
                stack.pop()

    # --- What is said of a date

    def _of_title(self) -> Date:
        """The date in a page's title: in its last parts, as far as they are dates."""
        last = self.title.text
        whole = [found for found in dates_in(last, self.words.languages) if found.days]
        if whole:
            return whole[-1]
        said = Date(0, 0)
        for part in self.title.text.split("/")[:0:-1]:
            found = self._parts(part)
            if not (found.year or found.month) or _YEARS.search(part):
                break
            said = _under(said, found)
        return said

    def _of_heading(self, words: str, above: Date) -> Date:
        """The date of a heading, completed by those above it. Where it says more, it may name another day."""
        said = self._parts(words)
        if not said.day and (alone := _DAY_ALONE.fullmatch(words)) and above.month and above.year:
            said = Date(0, 0, day=int(alone[1]))
        if said.day and self._is_about(f"{words[: said.start]} {words[said.end :]}"):
            said = Date(0, 0)
        return _under(said, above)

    def _parts(self, words: str) -> Date:
        """The first date that words name; a month alone is one as well."""
        found = dates_in(words, self.words.languages)
        best = next((one for one in found if one.day), found[0] if found else None)
        return best or Date(0, 0, month=month_alone(words, self.words.languages))

    def _is_about(self, words: str) -> bool:
        """Whether what stands beside a day in a heading says that it is no meeting's whose minutes follow."""
        said = scope(words, self.words)
        return bool(
            said.kinds or said.people or said.earlier or self.words.pattern("«next-meeting+earlier»").search(words)
        )

    # --- Which day it was

    def _sitting(self, first: int, end: int, said: Date, text: str, parts: Sequence[Section]) -> Sitting:
        start, stop = parts[first].start, parts[end - 1].end
        head = text[start : min(stop, start + _HEAD)]
        stated = self._stated(said)
        if said.day and not said.year and not said.days:
            stated = self._only(lambda day: day[5:] == f"{said.month:02}-{said.day:02}")
        told = self._told(head)
        if not stated:
            stated = told
            return Sitting(first, end, stated, None if stated else Problem("minutes-no-date", self.title))
        really = self._really(stated, told, head)
        doubt = Problem("minutes-year", self.title, (stated, really)) if really != stated else None
        return Sitting(first, end, really, doubt)

    def _stated(self, said: Date) -> str:
        """The day that a title or a heading states; of two readings the one on which there was a meeting."""
        if len(said.days) > 1:
            return self._only(lambda day: day in said.days)
        return said.days[0] if said.days else day_of(said.year, said.month, said.day) if said.year else ""

    def _told(self, head: str) -> str:
        """The day that the minutes themselves give, beside a label."""
        for line in head.split("\n"):
            found = self.words.pattern(r"[\s*#:;'|!-]*+«date»['\s]*[:：|]['\s]*").match(line)
            days = [one for one in dates_in(line[found.end() :], self.words.languages) if one.days] if found else []
            if days and days[0].start < 20:
                return self._stated(days[0])
        return ""

    def _really(self, stated: str, told: str, head: str) -> str:
        """The day of the meeting where the year that is stated may be wrong, as it is in January."""
        if told and told != stated and stated not in self.days:
            return told
        if stated in self.days:
            return stated
        named = {day for one in dates_in(head, self.words.languages) for day in one.days}
        same = {
            day for day in (*named, *self.days) if day[5:] == stated[5:] and abs(int(day[:4]) - int(stated[:4])) == 1
        }
        inside = {day for day in same if day in named}
        if inside and stated not in named:
            return inside.pop() if len(inside) == 1 else stated
        known = [day for day in same if day in self.days]
        return known[0] if len(known) == 1 and stated not in named else stated

    def _only(self, fits: Callable[[str], bool]) -> str:
        """The one known day that fits, empty where none does or several do."""
        found = sorted({day for day in self.days if fits(day)})
        return found[0] if len(found) == 1 else ""


def _under(said: Date, above: Date) -> Date:
    """A date completed by one above it."""
    if said.year or not above.year:
        return said if said.month or said.day or said.year else above
    year = above.year
    month = said.month or above.month
    days = tuple(filter(None, [day_of(year, month, said.day)])) if said.day and month else ()
    return replace(said, year=year, month=month, days=days)
