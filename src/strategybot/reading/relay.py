"""Relays as people file them, what each of them means, and what keeps it from going out.

    {{Steering group/Relay
    | id = Survey
    | from = core team
    | to = Diversity, all coordinators; affiliates
    | kind = request
    | subject = The survey of May
    | text = Please send …
    | lang = en
    | reply by = 2026-12-10
    | approved by =
    | status =
    }}

Another call with the same id and another language is the same relay in that language: its subject and text are enough.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from strategybot.model.page import Title
from strategybot.model.problem import Label
from strategybot.model.process import Process
from strategybot.model.relay import Kind, Party, Side
from strategybot.reading.confidence import marked_sections
from strategybot.reading.days import days_in
from strategybot.reading.filing import LANGUAGE, Flaw
from strategybot.wikitext.balance import unbalanced
from strategybot.wikitext.calls import Call, outermost
from strategybot.wikitext.neutral import clean
from strategybot.wikitext.preprocessor import all_braces, parse
from strategybot.wikitext.sections import masked, sections
from strategybot.writing.texts import words

FIELDS = ("id", "from", "to", "kind", "subject", "text", "lang", "reply by", "approved by", "status")
"""The fields of a relay, as its form has them."""

_SENDERS = (Side.CORE_TEAM, Side.STEERING_GROUP, Side.GROUP)
_LONGEST_ID, _LONGEST_SUBJECT = 60, 150
_FAR = 1000
"""How much is looked at of a call that has no end."""

_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SEPARATOR = r"[,;&\n،؛]"
_LINK = re.compile(r"\[\[(?:[^\[\]|]*[|/])?([^\[\]|/]*)\]\]")
_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_TABLE = re.compile(r"^[ \t:]*\{\||<table\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Filed:
    """One call to the letter. `more` is what stands in it beside its fields: other fields, and text that is cut off.

    Its `id` is spelled as in a title; where none is typed, it is the name of the page that it stands on. `section` are
    the words of the heading that it stands under. Where the call isn't closed, all that is left of it is `more`. One
    `in_confidence` has a mark of that, stands in a section with one, or is another one's version that has.
    """

    id: str = ""
    sender: str = ""
    audience: str = ""
    kind: str = ""
    subject: str = ""
    text: str = ""
    lang: str = ""
    reply_by: str = ""
    more: tuple[tuple[str, str], ...] = ()
    approved_by: str = ""
    status: str = ""
    section: str = field(default="", compare=False)
    in_confidence: bool = field(default=False, compare=False)

    @property
    def words(self) -> tuple[object, ...]:
        """All that goes out, or would but for a flaw: by this it is known in other revisions."""
        return (
            *(self.id, self.sender, self.audience, self.kind, self.subject, self.text, self.lang, self.reply_by),
            self.more,
        )

    @property
    def is_closed(self) -> bool:
        """Whether the call has an end."""
        return _UNCLOSED not in dict(self.more)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in yet."""
        return not any((*self._whose, self.subject, self.text, self.more))

    @property
    def _whose(self) -> tuple[str, ...]:
        return (self.sender, self.audience, self.kind, self.reply_by)


@dataclass(frozen=True)
class Understood:
    """What a relay's fields mean."""

    sender: Party
    audience: tuple[Party, ...]
    kind: Kind
    lang: str
    reply_by: date | None = None


_UNCLOSED = "{{"
"""The name of what `more` holds of a call without an end: no field can be called so."""


@lru_cache(maxsize=512)
def read_relays(text: str, template: str, name: str = "", answer: str = "") -> tuple[Filed, ...]:
    """The relays on a page in their order; `name` is that of the page below the page of relays, if it is one.

    An `answer` (the name of its template) may be in confidence without the relay that it stands beside.
    """
    found = outermost(text, template)
    unclosed = _unclosed(text, template, found)
    parts = sections(text) if found or unclosed else ()
    filed = {call.start: _filed(call, name) for call in found}
    filed |= {start: _without_end(text[start : start + _FAR], name) for start in unclosed}
    marked = marked_sections(_without(text, answer), parts)
    above = {start: parts[bisect_right(parts, start, key=lambda part: part.start) - 1] for start in filed}
    hidden = {filed[start].id for start, part in above.items() if part in marked}
    return tuple(
        replace(one, section=next(iter(above[start].headings), ""), in_confidence=one.id in hidden)
        for start, one in sorted(filed.items())
    )


def _without(text: str, template: str) -> str:
    """The text with spaces for the calls of a template."""
    for call in outermost(text, template) if template else ():
        text = text[: call.start] + " " * len(call.text) + text[call.end :]
    return text


def _unclosed(text: str, template: str, found: Sequence[Call]) -> tuple[int, ...]:
    """Where calls of the template begin that have no end, since something in them isn't closed."""
    name = r"[\s_]+".join(map(re.escape, template.split()))
    begins = re.compile(rf"\{{\{{\s*(?:Template\s*:\s*)?{name}\s*(?=[|\n}}]|\Z)", re.IGNORECASE)
    if sum(1 for _ in begins.finditer(text)) <= len(found):
        return ()
    return tuple(one.start() for one in begins.finditer(masked(text)))


def _without_end(text: str, name: str) -> Filed:
    typed = re.search(r"\|\s*id\s*=([^|{}\[\]<>\n]*)", text)
    return Filed(_id(typed[1] if typed else "", name), more=((_UNCLOSED, text),))


def _filed(call: Call, name: str) -> Filed:
    given = call.fields
    return Filed(
        id=_id(given.get("id", ""), name),
        sender=given.get("from", ""),
        audience=given.get("to", ""),
        kind=given.get("kind", ""),
        subject=given.get("subject", ""),
        text=given.get("text", ""),
        lang=given.get("lang", "").lower(),
        reply_by=given.get("reply by", ""),
        more=tuple(_more(call)),
        approved_by=given.get("approved by", ""),
        status=given.get("status", ""),
    )


def _id(typed: str, name: str) -> str:
    """The name of a relay, without signs that no page could give back."""
    return " ".join((clean(typed).replace("_", " ").strip() or name).split())


def _more(call: Call) -> Iterator[tuple[str, str]]:
    """What none of the fields holds: unknown ones, text after a "|", and all but the last of a field given twice."""
    last = {name: number for number, (name, _) in enumerate(call.parts) if name in FIELDS}
    for number, (name, value) in enumerate(call.parts):
        if value and last.get(name or "") != number:
            yield name or "", value


# --- What a relay means


def understood(filed: Filed, process: Process, brought: datetime) -> Understood | tuple[Flaw, ...]:
    """What a relay means, or what is wrong with it; `brought` is when its words were, with which a date is compared."""
    if not filed.is_closed or filed.is_empty:
        return flaws_of_version(filed)
    known = _parties_of(process)
    senders, audience = known.parties(filed.sender), known.parties(filed.audience)
    kind = _kind(filed, process.languages)
    day = _day(filed.reply_by, process.languages, brought)
    flaws = (
        *flaws_of_version(filed),
        *_flaws_of_parties(filed, senders, audience),
        *(one for one in (kind, day) if isinstance(one, Flaw)),
    )
    if flaws or isinstance(kind, Flaw) or isinstance(day, Flaw):
        return tuple(dict.fromkeys(flaws))
    parties = tuple(dict.fromkeys(one for one in audience if isinstance(one, Party)))
    sender = next(one for one in senders if isinstance(one, Party))
    return Understood(sender, parties, kind, language_of(filed, process), day)


def sender_of(filed: Filed, process: Process) -> Party | None:
    """Who a relay says it is from, None where that isn't understood; whatever else is wrong with it."""
    senders = _parties_of(process).parties(filed.sender)
    sender = senders[0] if len(senders) == 1 else None
    return sender if isinstance(sender, Party) and sender.side in _SENDERS else None


def language_of(filed: Filed, process: Process) -> str:
    """The language that a relay's words are in: the process's first where it doesn't say."""
    return filed.lang or process.languages[0]


def status_of(filed: Filed, languages: tuple[str, ...]) -> str:
    """What the field says: `withdrawn` or `closed`, empty where it is, and `?` where it isn't understood."""
    said = _plain(filed.status)
    found = (name for name in ("withdrawn", "closed") if said in _phrases(name, languages))
    return next(found, "?") if said else ""


def flaws_of_version(filed: Filed) -> tuple[Flaw, ...]:
    """What is wrong with a relay's words in one language, whoever they are from and for."""
    if not filed.is_closed:
        return (Flaw("relay-unclosed"),)
    if filed.is_empty:
        return (Flaw("relay-empty"),)
    return tuple(dict.fromkeys(_flaws_of_words(filed)))


def _flaws_of_words(filed: Filed) -> Iterator[Flaw]:
    if not filed.id:
        yield Flaw("relay-no-id", (label("id"),))
    elif not is_id(filed.id):
        yield Flaw("relay-odd-id", (filed.id,))
    if filed.lang and not LANGUAGE.fullmatch(filed.lang):
        yield Flaw("relay-odd-language", (filed.lang,))
    if not filed.subject:
        yield Flaw("relay-no-subject")
    elif "\n" in filed.subject or len(filed.subject) > _LONGEST_SUBJECT:
        yield Flaw("relay-long-subject", (str(_LONGEST_SUBJECT),))
    if not filed.text:
        yield Flaw("relay-no-text")
    yield from _flaws_of_fields(filed)
    for name, value in (("subject", filed.subject), ("text", filed.text)):
        yield from _flaws_of_markup(name, value)


def is_id(word: str) -> bool:
    """Whether an id can be the name of a page below another."""
    title = Title(f"X/{word}")
    fits = bool(word) and len(word) <= _LONGEST_ID and len(word.encode()) <= 2 * _LONGEST_ID
    return fits and title.legal and title.text == f"X/{word}" and "/" not in word and not _YEAR.fullmatch(word)


def _flaws_of_fields(filed: Filed) -> Iterator[Flaw]:
    """Text that no field holds. What follows a table's beginning are the table's cells."""
    if filed.text.endswith("{"):
        yield Flaw("relay-table")
        return
    for name, _ in filed.more:
        if name in FIELDS:
            yield Flaw("relay-doubled-field", (label(name),))
        elif name and not name.isdecimal():
            yield Flaw("relay-odd-field", (name,))
        else:
            yield Flaw("relay-cut")


def _flaws_of_markup(name: str, value: str) -> Iterator[Flaw]:
    """What in a text would act on the pages that it is posted on."""
    if any(all_braces(parse(value))):
        yield Flaw("relay-template", (label(name),))
    elif value and not value.endswith("{") and (left := unbalanced(value)):
        yield Flaw("relay-markup", (label(name), left))
    plain = masked(value)
    if "~~~" in plain:
        yield Flaw("relay-signature", (label(name),))
    if _HEADING.search(plain) or any(part.level for part in sections(value)):
        yield Flaw("relay-heading")
    if _TABLE.search(plain):
        yield Flaw("relay-table")


def label(name: str) -> Label:
    """A field of the form, as a word of a problem."""
    return Label(f"relay-field-{name.replace(' ', '-')}")


def _flaws_of_parties(filed: Filed, senders: Sequence[Party | str], audience: Sequence[Party | str]) -> Iterator[Flaw]:
    if not filed.sender:
        yield Flaw("relay-no-sender")
    elif len(senders) != 1 or isinstance(senders[0], str) or senders[0].side not in _SENDERS:
        yield Flaw("relay-odd-sender", (filed.sender,))
    if not filed.audience:
        yield Flaw("relay-no-audience")
    for one in audience:
        if isinstance(one, str) or one.side is Side.STEERING_GROUP:
            yield Flaw("relay-odd-audience", (one if isinstance(one, str) else filed.audience,))


def _kind(filed: Filed, languages: tuple[str, ...]) -> Kind | Flaw:
    """The kind of a relay; one that doesn't say is for information."""
    said = _plain(filed.kind)
    found = (kind for kind in Kind if said in _phrases(kind.value, languages))
    return next(found, Flaw("relay-odd-kind", (filed.kind,))) if said else Kind.INFORMATION


def _day(typed: str, languages: tuple[str, ...], brought: datetime) -> date | Flaw | None:
    if not typed:
        return None
    days = days_in(typed, languages)
    if len(days) != 1:
        return Flaw("relay-dates" if days else "relay-odd-date", (typed, *days[:2]))
    day = date.fromisoformat(days[0])
    return Flaw("relay-past", (typed,)) if day < brought.date() else day


# --- Who is meant


@dataclass(frozen=True)
class _Known:
    """The parties of a process by their names, each cut at commas and "and" as what people type is."""

    names: Mapping[tuple[str, ...], tuple[Party, ...]] = field(hash=False)
    separator: re.Pattern[str]
    longest: int

    def parties(self, typed: str) -> tuple[Party | str, ...]:
        """Those whom words name, the longest name first that stands there; what names nobody is given as typed."""
        pieces = [piece for piece in self.separator.split(_typed(typed)) if _plain(piece)]
        plain = tuple(map(_plain, pieces))
        found: list[Party | str] = []
        at = 0
        while at < len(pieces):
            ends = range(min(len(pieces), at + self.longest), at, -1)
            end = next((end for end in ends if plain[at:end] in self.names), 0)
            found += self.names[plain[at:end]] if end else [pieces[at].strip()]
            at = end or at + 1
        return tuple(dict.fromkeys(found))


def _parties_of(process: Process) -> _Known:
    lists = tuple(process.relaying.lists) if process.relaying else ()
    return _known(tuple(group.name for group in process.groups), lists, process.languages)


@lru_cache(maxsize=32)
def _known(groups: tuple[str, ...], lists: tuple[str, ...], languages: tuple[str, ...]) -> _Known:
    """What the parties of a process are called. Where two are called the same, it is the group that isn't meant."""
    parties = {
        **{("group", name): (Party(Side.GROUP, name),) for name in groups},
        **{(name, name): (Party(Side.STAKEHOLDERS, name),) for name in lists},
        (Side.STAKEHOLDERS.value, ""): tuple(Party(Side.STAKEHOLDERS, name) for name in lists),
        **{(side.value, ""): (Party(side),) for side in Side if side not in (Side.GROUP, Side.STAKEHOLDERS)},
    }
    ands = "|".join(re.escape(word) for word in sorted(_phrases("and", languages), key=len, reverse=True))
    separator = re.compile(rf"\s*(?:{_SEPARATOR}|(?<=\s)(?:{ands})(?=\s))\s*", re.IGNORECASE)
    names = {
        tuple(filter(None, map(_plain, separator.split(phrase)))): found
        for (key, name), found in parties.items()
        for phrase in (*_phrases(key, languages, name), name)
        if phrase
    }
    return _Known(names, separator, max(map(len, names)))


def _typed(words: str) -> str:
    """Words with the labels of links in place of the links."""
    return re.sub(r"&amp;", "&", _LINK.sub(r"\1", words))


def _plain(words: str) -> str:
    """Words as they are compared: without signs around them, and in small letters."""
    return " ".join(words.replace("’", "'").replace("_", " ").casefold().split()).strip(" .:*#'\"“”«»-–")


def _phrases(name: str, languages: tuple[str, ...], given: str = "") -> frozenset[str]:
    """The words for something in these languages and in English; `given` is the name that stands in them, if any."""
    codes = dict.fromkeys(code for one in (*languages, "en") for code in (one, one.partition("-")[0]))
    key = f"relay-words-{name.replace(' ', '-')}"
    listed = (phrase for code in codes for phrase in words(code).get(key, "").split("|"))
    return frozenset(phrase.replace("$1", given).strip() if given else _plain(phrase) for phrase in listed)
