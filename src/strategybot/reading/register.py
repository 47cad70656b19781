"""What stands on a register's page.

    {{Steering group/Register/Record|next=8|read=2026-12-10 0123456789, …|years=2026, …}}
    {{Steering group/Action item|id=A7|text=…|owner=[[User:Ada|Ada]]|due=2027-01-14|status=open|…|history={{…/Event}}}}
    {{Steering group/Change|A7|status=done|note=…}}

The rows are input: whatever people make of text, owner, due and status is read. What only the bot writes (the record,
the history, the source) is believed as it stands in the bot's own revisions, and never else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from strategybot.model.minutes import Kind, Named, Place
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.register import LETTERS, STATES, Entry, Event, Origin, Said, State, What
from strategybot.reading.days import days_in, is_day
from strategybot.reading.vocabulary import vocabulary
from strategybot.wikitext.calls import Call, all_outermost, calls
from strategybot.wikitext.neutral import argument, clean, given_back, plain
from strategybot.wikitext.people import linked_accounts
from strategybot.wikitext.references import unescape
from strategybot.wikitext.slips import slips
from strategybot.wikitext.slots import slot
from strategybot.writing.texts import codes, words

SLOT = "items"
"""The slot of a register's page in which its entries stand."""

TEMPLATES = {Kind.ACTION: "Action item", Kind.DECISION: "Decision"}
"""The templates of the rows."""

LONGEST_NAME, MOST_OWNERS = 80, 8
"""How many characters of a name are kept, and how many owners."""

NOTHING = "-"
"""What people write for a field that is to be empty from now on."""

_SEPARATOR = re.compile(r"[,;،、，；\n]|<br\s*/?>|\s(?:and|et|und|y|e|و|&|/)\s", re.IGNORECASE)
_SIGN = "\ue000"
_WHOLE = re.compile(r"\[\[[^\[\]]*\]\]|\{\{[^{}]*\}\}")
_HEADING = re.compile(r"^(=+) *\{\{[^{}|\n]*Heading\|register-[^{}\n]*\}\} *\1[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"\[\[(?:[^|\[\]]*\|)?([^\[\]]*)\]\]|'{2,}|<[^<>]*>|[\[\]{}<>|]")
_KNOWN = re.compile(r"[A-Z][1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Row:
    """A row as it stands, and what people wrote below it."""

    call: Call
    beneath: str = ""

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return self["id"].upper()

    def __getitem__(self, name: str) -> str:
        return self.call.fields.get(name, "").strip()


@dataclass(frozen=True)
class Change:
    """What somebody filed to change an entry, or to confirm what was read from a meeting's minutes."""

    call: Call = field(compare=False)
    text: str

    @property
    def id(self) -> str:
        """The entry's id, empty where none is named."""
        return (self["id"] or next(iter(self.call.unnamed), "")).strip().upper()

    def __getitem__(self, name: str) -> str:
        return self.call.fields.get(name, "").strip()


@dataclass(frozen=True)
class Sheet:
    """A version of a page of a register: its rows, what was filed to change them, and what the bot noted for itself.

    `years` are those that have pages; `top` is what people wrote above the first row.
    """

    rows: tuple[Row, ...] = ()
    changes: tuple[Change, ...] = ()
    next: int = 1
    read: Mapping[str, str] = field(default_factory=dict)
    years: tuple[str, ...] = ()
    top: str = ""


@lru_cache(maxsize=256)
def read_sheet(process: Process, kind: Kind, text: str) -> Sheet:
    """What stands on a version of a register's page. Several jobs of a run read the same."""
    inside = slot(text, SLOT) or ""
    rows: list[Row] = []
    sheet = Sheet()
    changes = [*slips(text)]
    between = [""]
    at = 0
    for call in all_outermost(inside):
        name = next((one for one in _OWN if call.is_of(process.template(one))), "")
        if name not in (*_FRAME, TEMPLATES[kind]):
            continue
        between[-1] += inside[at : call.start]
        at = call.end
        if name == TEMPLATES[kind]:
            rows.append(Row(call))
            between.append("")
        elif name == "Change":
            changes.append(call)
        elif name == "Register/Record":
            noted = call.fields.get
            years = tuple(re.findall(r"\b[0-9]{4}\b", noted("years", "")))
            sheet = replace(sheet, next=_number(noted("next", "")), read=_pairs(noted("read", "")), years=years)
    between[-1] += inside[at:]
    top, *beneath = (_HEADING.sub("", words).strip() for words in between)
    return replace(
        sheet,
        rows=tuple(replace(row, beneath=words) for row, words in zip(rows, beneath, strict=True)),
        changes=tuple(Change(call, call.text) for call in changes),
        top=top,
    )


_FRAME = ("Register/Record", "Register/Unread", "Register/Refused", "Register/Nothing", "Change")
_OWN = (*_FRAME, *TEMPLATES.values())


def _number(word: str) -> int:
    return int(word) if re.fullmatch(r"[1-9][0-9]{0,5}", word) else 1


def _pairs(words: str) -> dict[str, str]:
    """What was read of each meeting's minutes: `2026-12-10 0123456789, 2027-01-14 …`."""
    parts = (one.split() for one in words.split(","))
    return {part[0]: part[1] for part in parts if len(part) == 2 and is_day(part[0])}


# --- What people's words mean


def canonical(text: str) -> str:
    """A text as it reads once it has stood on the bot's page."""
    return given_back(argument(text)).replace("{{!}}", "|")


def read_state(kind: Kind, word: str) -> State | None:
    """The state that a word names, in any of the languages; None where it names none that the kind has."""
    named = word.strip(" .!").casefold()
    known = vocabulary(codes())
    for state in STATES[kind]:
        if named == state.value or _is_shown(state, named) or (kind is Kind.ACTION and known.are(state.value, word)):
            return state
    return None


def _is_shown(state: State, word: str) -> bool:
    """Whether a word is what one of the languages shows for a state."""
    return any(word == words(code).get(f"register-{state.value}", "").casefold() for code in codes())


def read_due(process: Process, word: str) -> str | None:
    """The day (ISO) that words name, empty where they are to name none; None where they name no day for sure."""
    if word in ("", NOTHING):
        return ""
    days = days_in(word, process.languages)
    return days[0] if len(days) == 1 else None


def read_owners(value: str) -> tuple[Named, ...]:
    """The people in a field: accounts by links and templates, all others by the words that name them.

    Names in which something could be markup, or the end of a name, are read until they are those that the bot writes.
    """
    found = _named(value)
    for _ in range(MOST_OWNERS):
        before, found = found, _named(owners_text(found))
        if found == before:
            break
    return found


def _named(value: str) -> tuple[Named, ...]:
    if value.strip() in ("", NOTHING):
        return ()
    value = value.replace(_SIGN, "")
    wholes = iter(_WHOLE.findall(value))
    found: list[Named] = []
    for piece in _SEPARATOR.split(unescape(_WHOLE.sub(_SIGN, value))):
        names = [account for _ in range(piece.count(_SIGN)) for account in linked_accounts(next(wholes))]
        words = " ".join(_MARKUP.sub(r"\1", clean(piece.replace(_SIGN, " "))).split())
        found += [Named(name, is_account=True) for name in names] or [Named(words[:LONGEST_NAME].strip())] * bool(words)
    return tuple(dict.fromkeys(found))[:MOST_OWNERS]


def owners_text(owners: Iterable[Named]) -> str:
    """People's names as they stand in a field: those of accounts as links."""
    return ", ".join(_owner(one) for one in owners)


def _owner(named: Named) -> str:
    name = plain(named.name)
    is_link = named.is_account and Title(f"User:{named.name}").legal and "/" not in named.name
    return f"[[User:{name}|{name}]]" if is_link else name


def as_owners(named: Iterable[Named]) -> tuple[Named, ...]:
    """People as they are read once their names have stood on the bot's page."""
    return read_owners(owners_text(named))


# --- What the bot wrote


def read_entry(process: Process, kind: Kind, row: Row) -> Entry | None:
    """An entry as the bot wrote it; None where the row isn't such a one."""
    written = calls(row.call.fields.get("history", ""), process.template("Event"))
    events = [event for call in written if (event := _event(call))]
    if not _KNOWN.fullmatch(row.id) or not row.id.startswith(LETTERS[kind]) or not events:
        return None
    place = Place(unescape(row["section"]), unescape(row["anchor"]))
    entry = Entry(
        id=row.id,
        kind=kind,
        text=given_back(row["text"]),
        source=Origin(Title(unescape(row["page"])), _revid(row["revision"]), place),
        lang=row["lang"],
        groups=tuple(_seat(one) for one in unescape(row["groups"]).split("; ") if one),
        beneath=row.beneath,
    )
    return entry.with_events(events)


def _seat(words: str) -> tuple[str, str]:
    owner, _, group = words.partition("/")
    return owner, group


def _event(call: Call) -> Event | None:
    """An event; None where it isn't one of the bot's."""
    word = call.fields.get
    try:
        what, time = What(word("what")), datetime.fromisoformat(word("time", "").replace("Z", "+00:00"))
        state = State(word("status")) if word("status") else None
    except ValueError:
        return None
    owners, due = word("owner"), word("due")
    return Event(
        what=what,
        time=time if time.tzinfo else time.replace(tzinfo=UTC),
        revid=_revid(word("revision", "")),
        user=unescape(word("user", "")),
        meeting=word("meeting", ""),
        said=Said(
            state,
            None if owners is None else read_owners(owners),
            None if due is None else due.removeprefix(NOTHING),
            text=word("text") == "yes",
        ),
        note=given_back(word("note", "")),
        counts=word("unsure") != "yes",
        words=word("words", ""),
        number=_revid(word("number", "")),
        place=Place(unescape(word("section", "")), unescape(word("anchor", ""))),
    )


def _revid(word: str) -> int:
    return int(word) if re.fullmatch(r"[0-9]{1,15}", word) else 0
