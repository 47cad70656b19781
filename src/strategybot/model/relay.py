"""Relays: word that is passed on, who stands behind it, whom it reaches and what comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from strategybot.model.body import Group
from strategybot.model.page import Page, Title
from strategybot.model.problem import Problem
from strategybot.model.source import Source


class Kind(Enum):
    """What a relay is for; the value is the word in its field `kind`."""

    INFORMATION = "information"
    INSTRUCTION = "instruction"
    REQUEST = "request"
    FEEDBACK = "feedback"


class Side(Enum):
    """Who can send or get relays; the value is the word in the fields `from` and `to`."""

    CORE_TEAM = "core team"
    STEERING_GROUP = "steering group"
    GROUP = "group"
    ALL_GROUPS = "all groups"
    COORDINATORS = "all coordinators"
    STAKEHOLDERS = "stakeholders"


@dataclass(frozen=True)
class Party:
    """A side, with the name of the group or of the stakeholders' list that it is."""

    side: Side
    name: str = ""


@dataclass(frozen=True)
class Version:
    """A relay's words in one language, and the revision by which somebody who may has brought them."""

    lang: str
    subject: str
    text: str
    source: Source


class Stage(Enum):
    """How far a relay's words are, whatever was delivered."""

    FLAWED = "flawed"
    WAITING = "waiting"
    UNAPPROVED = "unapproved"
    VALID = "valid"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Voucher:
    """Whom the bot takes for what, and why: `part` is the part that somebody had who saved `source`.

    `name` is the group's that somebody coordinates. `approves`: it is the approval, and not the words. `by` is the
    revision that gave somebody the part, None where the configuration did.
    """

    part: Side
    source: Source
    name: str = ""
    approves: bool = False
    by: Source | None = None


def saying(lang: str, subject: str, text: str, reply_by: date | None) -> str:
    """The digest of what a post of these words says, as a summary has room for it."""
    return hashlib.sha256(repr((lang, subject, text, reply_by)).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Relay:
    """A relay as it counts now.

    `versions` are those whose words count, the original first. Where it waits, they are those that counted last: what
    went out stays so. `since` is when the last of what it needs to go out was brought (UTC): its words, and their
    approval. `first` is when its id first stood on the page: nothing of it can have been posted before. `page` is
    where it stands, `revid` the page's newest revision, None where the page is gone. `reason` and `words` are the
    sentence (`relay-why-…` in i18n/) that says why it is not valid, `culprit` the revision that this is about; of a
    flawed one its `problems` say so. `stood` is all that it said at any time and that can still be seen (`saying`).
    """

    id: str
    page: Title
    revid: int | None
    stage: Stage
    first: datetime
    sender: Party | None = None
    audience: tuple[Party, ...] = ()
    kind: Kind | None = None
    reply_by: date | None = None
    versions: tuple[Version, ...] = ()
    since: datetime | None = None
    vouchers: tuple[Voucher, ...] = ()
    reason: str = ""
    words: tuple[str, ...] = ()
    culprit: Source | None = None
    problems: tuple[Problem, ...] = ()
    stood: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def original(self) -> Version:
        """The version that was written first."""
        return self.versions[0]

    def version(self, lang: str) -> Version:
        """The words in a language, or else the original."""
        return next((one for one in self.versions if one.lang == lang), self.original)

    @property
    def digest(self) -> str:
        """By what exactly these words are known, in all their versions."""
        words = [(one.lang, one.subject, one.text) for one in self.versions]
        return hashlib.sha256(repr((words, self.reply_by)).encode()).hexdigest()[:10]

    @property
    def until(self) -> datetime | None:
        """When the day is over by which an answer is asked for (UTC); None where no day is named."""
        return datetime.combine(self.reply_by + timedelta(days=1), time(), UTC) if self.reply_by else None

    @property
    def asks(self) -> bool:
        """Whether it asks for an answer."""
        return self.kind is Kind.REQUEST or self.reply_by is not None


class Fate(Enum):
    """What becomes of a relay at a target; the value ends the key of its words, `relay-target-…`."""

    DUE = "due"
    POSTED = "posted"
    THIS_WEEK = "this-week"
    DUPLICATE = "duplicate"
    INVALID = "invalid"
    NO_TALK_PAGE = "no-talk-page"
    OTHER_MODEL = "other-model"
    PROTECTED = "protected"
    REDIRECT = "redirect"
    EXCLUDED = "excluded"
    OPTED_OUT = "opted-out"
    NAMED_OUT = "named-out"
    BLOCKED = "blocked"
    NO_ACCOUNT = "no-account"
    VANISHED = "vanished"
    NO_PAGE = "no-page"
    UNPROVEN = "unproven"
    FAILED = "failed"
    ELSEWHERE = "elsewhere"
    PREPARED = "prepared"
    SENT = "sent"


REACHED = (Fate.POSTED, Fate.SENT)
"""The fates of targets that have got a relay."""


@dataclass(frozen=True)
class Target:
    """A page that a relay is for.

    `asked` is the title as a list or a roster names it, and `also` are others that lead to the same page; `site` is
    the domain of another wiki, empty for the home wiki. `page` is where it leads, None for another wiki. `group` and
    `person` are whose it is, where that is known. `fate` is what hinders a post there, `DUE` where nothing does, and
    `word` what its sentence names.
    """

    asked: Title
    site: str = ""
    page: Page | None = field(default=None, compare=False)
    also: tuple[Title, ...] = ()
    group: Group | None = None
    person: str = ""
    language: str = ""
    fate: Fate = Fate.DUE
    word: str = ""


@dataclass(frozen=True)
class Answer:
    """What somebody answered to a relay: where, in which revision, and when (UTC); without any words.

    `group` is the one for which it counts, empty where it counts for none. `is_read`: it only says that it was read.
    """

    user: str
    time: datetime
    page: Title
    revid: int | None
    group: str = ""
    is_read: bool = False


class State(Enum):
    """How a relay stands; the value ends the key of its word, `relay-state-…`."""

    FLAWED = "flawed"
    WAITING = "waiting"
    UNAPPROVED = "unapproved"
    PREVIEW = "preview"
    GOING_OUT = "going-out"
    PREPARED = "prepared"
    OUT = "out"
    OPEN = "open"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    CLOSED = "closed"
    LEAVING = "leaving"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether answers are still waited for."""
        return self in (State.OPEN, State.OVERDUE)


@dataclass(frozen=True)
class Dispatch:
    """A relay with what has become of it: the fate of each target, and the answers, oldest first."""

    relay: Relay
    state: State
    targets: tuple[Target, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def asked(self) -> tuple[Group, ...]:
        """The groups of which an answer is asked: those that it has reached, or will."""
        if not self.relay.asks:
            return ()
        unreached = (Fate.NO_TALK_PAGE, Fate.NO_PAGE, Fate.INVALID)
        return tuple(dict.fromkeys(one.group for one in self.targets if one.group and one.fate not in unreached))

    @property
    def answered(self) -> tuple[Group, ...]:
        """Those of them that have answered; that something was read is no answer."""
        names = {one.group for one in self.answers if not one.is_read}
        return tuple(group for group in self.asked if group.name in names)

    @property
    def unanswered(self) -> tuple[Group, ...]:
        """Those of them that haven't."""
        return tuple(group for group in self.asked if group not in self.answered)

    @property
    def is_answered(self) -> bool:
        """Whether all have answered of whom that is asked."""
        return bool(self.asked) and not self.unanswered
