"""What one line says of a decision or an action item: the matter itself, who, until when, and how far it is.

Bo to send the travel list by 1 March · {{u|Ada}} - draft the survey (due 2019-03-01) · [x] book the room - Bo
· Ada et Bo doivent préparer l'ordre du jour (échéance : 5 avril) · A7: done

Whatever can't be told apart with certainty stays in the matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from strategybot.model.minutes import Named, Status
from strategybot.reading.dates import Date, dates_in, next_day
from strategybot.reading.names import Names
from strategybot.wikitext.pieces import SIGN

_STATUSES = (("open", Status.OPEN), ("dropped", Status.DROPPED), ("done", Status.DONE))
_TICKS = {"tick": Status.DONE, "y": Status.DONE, "yes": Status.DONE, "check": Status.DONE, "n": Status.OPEN}
_BOX = re.compile(r"\s*(?P<sign>\[[ xX✓✔]?\]|[☐☑☒✓✔✅⬜])\ufe0f?\s*")
_TICKED = frozenset({"[x]", "[X]", "[✓]", "[✔]", "✓", "✔", "✅", "☑", "☒"})
_NO_BOX = frozenset("✓✔✅")
"""Signs that stand beside other things than what is to be done as well."""

_SIGN_FIRST = re.compile(rf"\s*({SIGN})[\s:–—-]*")
_SIGN_LAST = re.compile(rf"[\s(–—-]*({SIGN})\s*[.)]*\s*$")
_ID = r"(?P<id>[ADad]\d{1,5})"
_ID_FIRST = re.compile(rf"\s*'*(?:[\[(#]+\s*{_ID}\s*[\])]*|{_ID.replace('id', 'id_')})'*\s*(?:[:.)–—-]+[\s']*|$)")
_ID_BARE = re.compile(rf"\s*{_ID}\s+")
_BRACKET_LAST = re.compile(r"\s*[(\[（]([^()\[\]（）]{1,150})[)\]）]\s*[.;]?\s*$")
_BRACKET_FIRST = re.compile(r"\s*'*[(\[（]([^()\[\]（）]{1,150})[)\]）]'*\s*[:–—-]?\s*")
_DASH = re.compile(r"(?:(?<=\s)|(?<=['\])\ue011]))[-–—→]+\s+|\s*—\s*")
_POINT = re.compile(r"[,;.|،؛]\s+")
_PARTS = re.compile(r"[;؛.]\s+(?:(?:and|et|und|y)\s+)?")
_LEAD = re.compile(r"\s*(?:[:：]|\s[-–—→]+(?=\s)|—)\s*")
_IN_FACTS = re.compile(r"\s*[,;|·،؛]\s*|\s+[-–—]+\s+")
_DAY_SIGN = "\ue030[\ue020-\ue029]+\ue031"
_DIGITS = str.maketrans({str(digit): chr(0xE020 + digit) for digit in range(10)})
_ARTICLE = r"(?:(?:the|le|la|den|dem|der|el|día|يوم)\s+)?"
_DAY = rf"{_ARTICLE}(?:«weekday»\.?,?\s+)?{_ARTICLE}(?P<date>{_DAY_SIGN})"
_NO_VERB = re.compile(
    rf"(?:the|a|an|all|our|their|his|her|its|my|your|each|every|this|that|these|those|us|me|them|him|{SIGN}"
    r"|[A-ZÀ-Þ\d]\w*)(?!\w)"
)
"""What follows a "to" that isn't the beginning of a deed: "Letter to the board", "Trip to Berlin"."""

_WINDOW, _FURTHEST = 240, 90
"""How many characters at the end and at the start of a line are looked at for who, when and how far."""

_MOST_FACTS = 6


@dataclass(frozen=True)
class Facts:
    """What a line says beside the matter itself."""

    owners: tuple[Named, ...] = ()
    due: str = ""
    status: Status | None = None
    id: str = ""

    def fits(self, other: Facts) -> bool:
        """Whether another says nothing that this one says already."""
        return not any(mine and theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True))

    def with_(self, other: Facts) -> Facts:
        """Both together."""
        return Facts(
            self.owners or other.owners, self.due or other.due, self.status or other.status, self.id or other.id
        )


@dataclass(frozen=True)
class Matter:
    """What a line says: the matter itself in wikitext, and the facts. `boxed`: it has a box to tick."""

    text: str
    facts: Facts = Facts()
    boxed: bool = False


class Saying:
    """A text in which facts are looked for. Days without a year are of the first year on or after `day` (ISO)."""

    def __init__(self, text: str, names: Names, day: str = "") -> None:
        self._names = names
        self._words = names.words
        self._since = day
        self._days: dict[str, tuple[Date, str]] = {}
        self._text = self._signed(text)

    def matter(self, *, decided: bool = False) -> Matter:
        """The matter. What was `decided` has an owner only where a word says so, and no day that it is due."""
        rest, status, boxed = self._unboxed()
        facts = Facts(status=status)
        while step := self._first(rest, facts, decided) or self._last(rest, facts, decided):
            rest, facts = step
        if facts.id and not facts.status and (status := self._status(rest)):
            rest, facts = "", replace(facts, status=status)
        return Matter(self._written(_balanced(rest)), facts, boxed)

    def owners(self) -> tuple[Named, ...]:
        """The people that are named, if nothing else is said."""
        return self._names.all_in(self._text, told=True)

    def due(self) -> str:
        """The day (ISO), if nothing else is said but "by"; empty where it isn't certain."""
        return self._due(self._text.strip(" .")) or ""

    def status(self) -> Status | None:
        """The status, if nothing else is said but since when."""
        return self._status(self._text)

    # --- One line

    def _unboxed(self) -> tuple[str, Status | None, bool]:
        """The line without the box before it, or the template that ticks it off, with what that says."""
        text = self._text
        if (box := _BOX.match(text)) and not text.startswith("(", box.end()):
            return text[box.end() :], Status.DONE if box["sign"] in _TICKED else Status.OPEN, box["sign"] not in _NO_BOX
        if (first := _SIGN_FIRST.match(text)) and (status := self._ticked(first[1])):
            return text[first.end() :], status, False
        last = _SIGN_LAST.search(text, max(0, len(text) - _WINDOW))
        if last and (status := self._ticked(last[1])):
            return text[: last.start()], status, False
        return text, None, False

    def _ticked(self, sign: str) -> Status | None:
        call = self._names.pieced.piece(sign).call
        name = call.name.strip().lower() if call else ""
        return _TICKS.get(name) or (self._status(name) if name else None)

    def _first(self, text: str, facts: Facts, decided: bool) -> tuple[str, Facts] | None:
        """The line without the facts that it begins with; None where it begins with none."""
        if not facts.id and (numbered := self._numbered(text, facts)):
            return numbered
        words = self._words
        if (
            found := words.pattern(r"\s*[('\[]*(?P<word>«done+dropped+open»)[)'\]]*\s*[:：–—-]+['\s]*").match(text)
        ) and (not facts.status):
            return text[found.end() :], replace(facts, status=self._status(found["word"]))
        if decided:
            return None
        if (found := self._due_pattern(r"\s*", r"\s*[,:–—-]?\s+(?=\S)").match(text)) and not facts.due:
            due = self._day(found["date"])
            return (text[found.end() :], replace(facts, due=due)) if due else None
        if facts.owners:
            return None
        led = self._led(text, facts)
        return led if led and not self._names_others(led[0]) else None

    def _numbered(self, text: str, facts: Facts) -> tuple[str, Facts] | None:
        """The line without the id that it begins with, be it a link, and without the facts if nothing else follows."""
        if link := re.match(rf"\s*[(\[]?({SIGN})[)\]]?\s*[:.–—-]*\s*", text):
            number, rest = self._names.pieced.piece(link[1]).label.strip(" #"), text[link.end() :]
        elif found := _ID_FIRST.match(text):
            number, rest = found["id"] or found["id_"], text[found.end() :]
        elif (found := _ID_BARE.match(text)) and self._facts(text[found.end() :]):
            number, rest = found["id"], text[found.end() :]
        else:
            return None
        if not re.fullmatch(_ID, number):
            return None
        told = self._facts(rest)
        if told and facts.fits(told):
            return "", replace(facts.with_(told), id=number.upper())
        return rest, replace(facts, id=number.upper())

    def _led(self, text: str, facts: Facts) -> tuple[str, Facts] | None:
        """The line without the owners that it begins with."""
        start = text[:_FURTHEST]
        if (found := _BRACKET_FIRST.match(start)) and (told := self._facts(found[1])) and facts.fits(told):
            return text[found.end() :], facts.with_(told)
        if (found := re.match(r"\s*'*@\s*([^\s,:;@]+)'*\s+(?=[^\W\d_])", start)) and not re.match(
            rf"(?:and|et|und|y|&)\s|{self._words.pattern('«will»').pattern}", text[found.end() :], re.IGNORECASE
        ):
            owners = self._names.all_in(f"@{found[1]}")
            return (text[found.end() :], replace(facts, owners=owners)) if owners else None
        will = self._words.pattern(r"['\s]\s*(?P<will>«will»)['\s]*").search(start)
        lead = _LEAD.search(start)
        if lead and (not will or lead.start() < will.start()):
            owners = self._names.all_in(start[: lead.start()], plain=False)
            rest = re.sub(r"^['\s]+", "", text[lead.end() :])
            return (rest, replace(facts, owners=owners)) if owners and rest else None
        return self._willing(text, will, facts) if will else None

    def _names_others(self, rest: str) -> bool:
        """Whether somebody else is named for another part of it: "Bo to draft; Ada to review"."""
        parts = _PARTS.split(rest, maxsplit=_MOST_FACTS)[1:]
        return any((led := self._led(part, Facts())) and led[1].owners for part in parts)

    def _willing(self, text: str, will: re.Match[str], facts: Facts) -> tuple[str, Facts] | None:
        """The line without an owner who "will" or is "to" do something."""
        rest = text[will.end() :]
        certain = self._names.all_in(text[: will.start()], plain=False)
        if self._words.pattern("«passive»").match(rest) or not rest.strip(" ."):
            return None
        if not certain and will["will"].lower() == "to" and _NO_VERB.match(rest):
            return None
        owners = certain or self._names.all_in(text[: will.start()])
        return (rest, replace(facts, owners=owners)) if owners else None

    def _last(self, text: str, facts: Facts, decided: bool) -> tuple[str, Facts] | None:
        """The line without the facts that it ends with; None where it ends with none."""
        start = max(0, len(text) - _WINDOW)
        window = text[start:].rstrip()
        ends: list[tuple[int, str, bool]] = []
        if found := _BRACKET_LAST.search(window):
            ends.append((found.start(), found[1], True))
        else:
            ends += [(last.start(), window[last.end() :], True) for last in [*_DASH.finditer(window)][-1:]]
            ends += [(last.start(), window[last.end() :], False) for last in [*_POINT.finditer(window)][-1:]]
        for cut, said, apart in ends:
            told = self._facts(said, plain=apart, decided=decided)
            if told and facts.fits(told) and (start + cut > 0):
                return text[: start + cut].rstrip(" ,;:-–—.'"), facts.with_(told)
        if decided or facts.due:
            return None
        found = self._due_pattern(r"[\s,]+", r"\s*[.;]?\s*$").search(window)
        due = self._day(found["date"]) if found and found.start() else ""
        return (text[: start + found.start()].rstrip(" ,;"), replace(facts, due=due)) if found and due else None

    # --- Facts

    def _facts(self, text: str, *, plain: bool = True, decided: bool = False) -> Facts | None:
        """The facts that a text tells if it does nothing else. Names by themselves only where they may be `plain`."""
        if status := self._status(text):
            return Facts(status=status)
        facts = Facts()
        parts = [part.strip(" '.") for part in _IN_FACTS.split(text.strip())]
        if not all(parts) or len(parts) > _MOST_FACTS:
            return None
        days = 0
        for part in parts:
            told, is_bare_day = self._fact(part, plain=plain, decided=decided)
            days += is_bare_day
            if not told:
                return None
            if not facts.fits(told):
                if not (told.owners and facts.owners and told == Facts(owners=told.owners)):
                    return None
                facts = replace(facts, owners=facts.owners + told.owners)
            else:
                facts = facts.with_(told)
        if (days and not facts.owners) or (decided and facts.due):
            return None
        return facts

    def _fact(self, part: str, *, plain: bool, decided: bool) -> tuple[Facts | None, bool]:
        """One fact, and whether it is a day with nothing that says what for."""
        if found := re.fullmatch(rf"#?{_ID}", part):
            return Facts(id=found["id"].upper()), False
        if status := self._status(part):
            return Facts(status=status), False
        if due := self._due(part):
            return Facts(due=due), bool(re.fullmatch(_DAY_SIGN, part))
        return self._of_people(part, plain=plain, decided=decided), False

    def _of_people(self, part: str, *, plain: bool, decided: bool) -> Facts | None:
        """Who is named, be it with a word that they own it, or with the day that it is due."""
        if found := self._words.pattern(r"'*«owner»'*(?:\s*[:：]'*\s*|\s+)(?P<names>.+)").fullmatch(part):
            facts = Facts(self._names.all_in(found["names"], told=True))
        elif decided:
            return None
        elif found := self._due_pattern(r"(?P<names>.+?)[\s,]+", "").fullmatch(part):
            facts = Facts(self._names.all_in(found["names"], plain=plain), self._day(found["date"]))
            return facts if facts.owners and facts.due else None
        else:
            facts = Facts(self._names.all_in(part, plain=plain) if plain else ())
        return facts if facts.owners else None

    def _status(self, text: str) -> Status | None:
        """The status that a text tells and nothing else but when, or by whom."""
        bare = text.strip(" '.!()[]")
        if bare in _TICKED:
            return Status.DONE
        for name, status in _STATUSES:
            if self._words.pattern(
                rf"(?:«status»\s*[:：]\s*)?«{name}»(?:\s+(?:(?:on|by|le|am|el|in|في)\s+)?{_DAY_SIGN})?"
            ).fullmatch(bare):
                return status
        return None

    # --- Days

    def _due(self, text: str) -> str | None:
        """The day by which something is due, where a text tells nothing else; None where it tells none."""
        found = re.fullmatch(rf"(?P<date>{_DAY_SIGN})", text) or self._due_pattern("", "").fullmatch(text)
        return (self._day(found["date"]) or None) if found else None

    def _due_pattern(self, before: str, after: str) -> re.Pattern[str]:
        return self._words.pattern(rf"{before}'*«due»\s*[:：]?'*\s*{_DAY}{after}")

    def _day(self, sign: str) -> str:
        """The day that a sign stands for, in the first year on or after the meeting's; empty where it isn't certain."""
        found = self._days[sign][0]
        if len(found.days) == 1:
            return found.days[0]
        return next_day(found.month, found.day, self._since) if self._since and not found.year and found.day else ""

    def _signed(self, text: str) -> str:
        """The text with a sign for each day in it."""
        kept, at = [], 0
        for number, found in enumerate(dates_in(text, self._words.languages)):
            if found.day:
                sign = f"\ue030{str(number).translate(_DIGITS)}\ue031"
                self._days[sign] = found, text[found.start : found.end]
                kept += [text[at : found.start], sign]
                at = found.end
        return "".join([*kept, text[at:]])

    def _written(self, text: str) -> str:
        """The text as written, with days and pieces in place of their signs."""
        return self._names.pieced.written(re.sub(_DAY_SIGN, lambda sign: self._days[sign[0]][1], text)).strip()


def _balanced(text: str) -> str:
    """The text without signs of emphasis that were opened or closed in what is gone, and without what joined it."""
    bare = text.strip(" \t,;:")
    return bare if bare.count("'''") % 2 == 0 and bare.count("''") % 2 == 0 else re.sub("''+", "", bare).strip()
