"""The decisions and action items among the lines of a meeting's minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from strategybot.model.minutes import Kind, Named, Noted, Place, Status, Unread
from strategybot.reading.columns import Columns, columns
from strategybot.reading.headings import Scope, scope, scope_of
from strategybot.reading.labels import Segment, segments
from strategybot.reading.matters import Facts, Matter, Saying
from strategybot.reading.names import Names
from strategybot.reading.outline import Line
from strategybot.wikitext.calls import Call
from strategybot.wikitext.pieces import SIGN
from strategybot.wikitext.struck import struck
from strategybot.wikitext.tables import Cell

_DECIDED, _TO_DO = frozenset({Kind.DECISION}), frozenset({Kind.ACTION})
_MOST_OF_NOTHING = 60


@dataclass(frozen=True)
class Notes:
    """How the notes of a meeting on that day are read; `templates` are the names of ours by kind."""

    names: Names
    day: str
    templates: Mapping[Kind, str]

    def read(self, lines: Sequence[tuple[Line, Place, str]]) -> Iterator[Noted | Unread]:
        """What lines note, and what of them isn't understood. Each has its section, and all of it as written."""
        taken: set[int] = set()
        for line, place, written in lines:
            under = scope_of(line.above, self.names.words)
            for found in self._line(line, under, taken):
                if isinstance(found, Noted):
                    taken.add(id(line))
                    yield replace(found, line=written, place=place, earlier=under.earlier)
                else:
                    yield replace(found, line=written, place=place)

    # --- Lines

    def _line(self, line: Line, under: Scope, taken: set[int]) -> Iterator[Noted | Unread]:
        text = line.text
        for sign in dict.fromkeys(re.findall(SIGN, " ".join([text, *(cell.text for cell in line.cells)]))):
            if (call := self.names.pieced.piece(sign).call) and (kind := self._kind_of(call)):
                yield from self._called(call, kind)
                text = text.replace(sign, " ")
        if not re.search(rf"\w|{SIGN}", text):
            return
        if line.cells:
            yield from self._row(line, under)
            return
        status, inside = self._struck(text)
        text = inside if status else text
        for segment in segments(text, self.names):
            yield from self._segment(segment, line, under, taken, status)

    def _segment(
        self, segment: Segment, line: Line, under: Scope, taken: set[int], status: Status | None
    ) -> Iterator[Noted | Unread]:
        """What a line, or a part of one, notes; `status` where the whole line is struck out."""
        own, text = self._struck(segment.text)
        status = status or own
        if segment.unclear:
            yield Unread("", "minutes-unread-kind")
            return
        kinds = frozenset({segment.kind}) if segment.kind else under.kinds or frozenset()
        if not (kinds or line.markers):
            return
        matter = Saying(text, self.names, self.day).matter(decided=kinds == _DECIDED)
        if not kinds:
            kinds = self._of_itself(matter)
        if not kinds or self._says_nothing(text) or (status and kinds == _DECIDED):
            return
        facts = Facts(owners=segment.owners).with_(matter.facts)
        facts = replace(facts, status=status or facts.status)
        if self._is_bare(line, text, matter, segment):
            yield Unread("", "minutes-unread-matter")
            return
        if not segment.kind:
            if self._is_title(line, text) or self._is_detail(line, facts, matter, kinds, taken):
                return
            facts = replace(facts, owners=facts.owners or self._owners_above(line))
        yield from self._judged(text, replace(matter, facts=facts), kinds, is_prose=not (segment.kind or line.markers))

    def _judged(self, text: str, matter: Matter, kinds: frozenset[Kind], *, is_prose: bool) -> Iterator[Noted | Unread]:
        """What was read, or why it wasn't understood."""
        facts = matter.facts
        if text.rstrip(" '\")").endswith(("?", "؟")):
            yield Unread("", "minutes-unread-question")
        elif is_prose and not (kinds == _TO_DO and (facts.owners or matter.boxed)):
            if not text.rstrip(" '").endswith((":", "：")):
                yield Unread("", "minutes-unread-prose")
        elif len(kinds) > 1 and not (facts.owners or facts.due or facts.status or matter.boxed or facts.id):
            yield Unread("", "minutes-unread-kind")
        elif re.search(r"\w", matter.text) or (facts.id and (facts.status or facts.owners or facts.due)):
            kind = _kind(kinds, facts)
            if kind is Kind.DECISION:
                facts = replace(facts, status=None, due="")
            yield _noted(kind, matter.text, facts)
        elif facts.owners and not facts.status:
            yield Unread("", "minutes-unread-matter")

    def _of_itself(self, matter: Matter) -> frozenset[Kind]:
        """What a line notes that nothing above it says anything of: a box to tick, or news of what has an id."""
        facts = matter.facts
        if facts.id and (facts.status or facts.due):
            return _TO_DO if facts.id.startswith("A") else _DECIDED
        return _TO_DO if matter.boxed else frozenset()

    def _says_nothing(self, text: str) -> bool:
        """Whether a line says that there is nothing to note: "None", "No decisions were made"."""
        words = self.names.words
        without = words.pattern(r"[\W_]*+«without»\s*(?:\S+\s+)?«action+decision»").match(text)
        return words.are("nothing", text) or bool(without and len(text) < _MOST_OF_NOTHING)

    def _is_bare(self, line: Line, text: str, matter: Matter, segment: Segment) -> bool:
        """Whether a line has a label and a name, or a label under another item, and nothing that is to be done."""
        if line.below or matter.facts.id:
            return False
        label = not segment.kind and line.over and bool(scope(text, self.names.words).kinds)
        return bool(label or self.names.all_in(text, plain=False))

    # --- Lists in lists

    def _is_title(self, line: Line, text: str) -> bool:
        """Whether an item says only what those below it are about, or whose they are."""
        if scope(text, self.names.words).kinds or (line.markers == ";" and scope(text, self.names.words) != Scope()):
            return True
        if not line.below:
            return False
        return text.rstrip(" '").endswith((":", "：")) or bool(self._owners_alone(line)) or self._is_topic(line)

    def _is_topic(self, line: Line) -> bool:
        """Whether it names nobody, but those below it do."""
        return not self._owners(line) and any(self._owners(below) for below in line.below)

    def _owners(self, line: Line) -> tuple[Named, ...]:
        return Saying(line.text, self.names, self.day).matter().facts.owners

    def _is_detail(self, line: Line, facts: Facts, matter: Matter, kinds: frozenset[Kind], taken: set[int]) -> bool:
        """Whether an item belongs to the one above it, which was noted."""
        if not any(id(above) in taken for above in line.over):
            return False
        return kinds == _DECIDED or not (facts.owners or matter.boxed)

    def _owners_above(self, line: Line) -> tuple[Named, ...]:
        return next((owners for above in line.over[::-1] if (owners := self._owners_alone(above))), ())

    def _owners_alone(self, line: Line) -> tuple[Named, ...]:
        return self.names.all_in(line.text, plain=False)

    def _struck(self, text: str) -> tuple[Status | None, str]:
        """The text of a matter. Where all of it is struck out, what that means; else without those parts that are."""
        inside, rest = struck(text)
        said = Saying(rest.strip(" :–—-.,()"), self.names).status() if inside else None
        if inside and (said or not re.search(r"\w", rest)):
            return said or Status.DONE, inside
        return None, rest

    # --- Tables

    def _row(self, line: Line, under: Scope) -> Iterator[Noted | Unread]:
        """What a row of a table notes, by the titles of its columns: a table that has none of these is another one."""
        found = columns(line.cells, self.names.words)
        kinds = found.kinds if found.kinds and (found.says_more or under.kinds or len(line.cells) == 1) else under.kinds
        if not kinds or all(cell.is_header for cell in line.cells):
            return
        if not found.matter:
            yield Unread("", "minutes-unread-table")
            return
        status, text = self._struck(found.matter.text)
        matter = Saying(text, self.names, self.day).matter(decided=kinds == _DECIDED)
        told, left = self._told(found)
        facts = replace(told.with_(matter.facts), status=status or told.status or matter.facts.status)
        if not self._says_nothing(text):
            yield from self._judged(text, Matter("".join([matter.text, *left]), facts), kinds, is_prose=False)

    def _told(self, found: Columns) -> tuple[Facts, list[str]]:
        """The facts in a row's cells; and what isn't understood of them, to stand beside the matter."""
        owners = self._cell(found.owner).owners()
        due = self._cell(found.due).due()
        status = self._cell(found.status).status()
        told = ((found.owner, owners), (found.due, due), (found.status, status))
        left = [cell for cell, fact in told if not fact and re.search(rf"\w|{SIGN}", cell.text)]
        return Facts(owners, due, status, found.id), [
            f" ({cell.column}: {self.names.pieced.written(cell.text)})" for cell in left
        ]

    def _cell(self, cell: Cell) -> Saying:
        return Saying(cell.text, self.names, self.day)

    # --- Our templates

    def _kind_of(self, call: Call) -> Kind | None:
        return next((kind for kind, name in self.templates.items() if call.is_of(name)), None)

    def _called(self, call: Call, kind: Kind) -> Iterator[Noted | Unread]:
        """What a call of one of our templates says."""
        fields = {name: call.fields.get(name, "").strip() for name in ("text", "owner", "due", "status", "id")}
        text, number = fields["text"], re.fullmatch(r"[AD]\d{1,5}", fields["id"])
        if not text and not number:
            if any(fields.values()):
                yield Unread("", "minutes-unread-matter")
            return
        due = self._field(fields["due"]).due()
        status = self._field(fields["status"]).status()
        owners = self._field(fields["owner"])
        named = owners.owners() or ((Named(fields["owner"]),) if fields["owner"] else ())
        facts = Facts(named, due, status, number[0] if number else "")
        yield _noted(kind, text, replace(facts, status=None, due="") if kind is Kind.DECISION else facts)
        if kind is Kind.ACTION and fields["due"] and not due:
            yield Unread("", "minutes-unread-due")
        if kind is Kind.ACTION and fields["status"] and not status:
            yield Unread("", "minutes-unread-status")

    def _field(self, text: str) -> Saying:
        return Saying(*self.names.of(text), self.day)


def _noted(kind: Kind, text: str, facts: Facts) -> Noted:
    return Noted(kind, text, "", facts.owners, facts.due, facts.status, facts.id)


def _kind(kinds: frozenset[Kind], facts: Facts) -> Kind:
    """What a line is: its id says it before all else; where it may be either, somebody is to do it."""
    if facts.id:
        return Kind.DECISION if facts.id.startswith("D") else Kind.ACTION
    return Kind.ACTION if Kind.ACTION in kinds else Kind.DECISION
