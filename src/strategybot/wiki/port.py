"""The port: what can be asked of a wiki, what can be done on it, and how that can turn out.

Adapters implement `Wiki`; nothing above them knows which one is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from strategybot.model.comment import Thread
from strategybot.model.page import LogEntry, Move, Page, Revision, SentMessage, Site, Title, User

T = TypeVar("T")

THREADING = "DiscussionTools"
"""The extension by which a wiki knows comments."""

MASS_MESSAGES = "MassMessage"
"""The extension by which people send messages to whole lists of pages."""


# --- Questions ------------------------------------------------------------------------------------


class Query(Generic[T]):
    """A question to a wiki whose answer is a T. Questions are values: equal ones are asked once."""


@dataclass(frozen=True)
class PageNow(Query[Page]):
    """The newest revision at a title, redirects followed to their end."""

    title: Title


@dataclass(frozen=True)
class PageAt(Query[Page]):
    """The page as it stood at a moment (UTC): its newest revision not later than that; no redirects followed.

    A page that is deleted now has no past to read and answers as missing.
    """

    title: Title
    time: datetime


@dataclass(frozen=True)
class History(Query[tuple[Revision, ...]]):
    """A page's revisions with their texts, newest first: at most `limit`, only those older than `before`.

    Without a limit there are as many as the wiki tells in one request: 50 or 500, or fewer where they are long.
    """

    title: Title
    before: int | None = None
    limit: int | None = 50


@dataclass(frozen=True)
class HistorySince(Query[tuple[Revision, ...]]):
    """All revisions of a page since a moment (UTC), newest first, without their texts; no redirects followed."""

    title: Title
    since: datetime


@dataclass(frozen=True)
class Contributions(Query[tuple[Revision, ...]]):
    """All that the bot's own account has saved since a moment (UTC), newest first: with pages, without texts.

    What stands on a page that is deleted now isn't there, nor what was saved under a name that is hidden now. What was
    saved a moment ago by another process may not be there yet.
    """

    since: datetime


@dataclass(frozen=True)
class LoggedSince(Query[tuple[LogEntry, ...]]):
    """All deletions and moves of pages since a moment (UTC), newest first.

    That a redirect went when another page was moved there is no deletion.
    """

    since: datetime


@dataclass(frozen=True)
class ImportedSince(Query[tuple[LogEntry, ...]]):
    """All imports of revisions to pages since a moment (UTC), newest first.

    An import can bring revisions with any name, time and summary.
    """

    since: datetime


@dataclass(frozen=True)
class MovesFrom(Query[tuple[Move, ...]]):
    """The moves of pages that stood at a title, newest first, by the wiki's own log. Redirects can be moved as well."""

    title: Title


@dataclass(frozen=True)
class RevisionById(Query[Revision | None]):
    """One revision with its text and its page, wherever it stands now; None where there is no such revision to see."""

    id: int
    wiki: str = ""


@dataclass(frozen=True)
class UserNamed(Query[User]):
    """An account: whether it exists, is blocked, its groups and whether it can be sent mail."""

    name: str
    wiki: str = ""


@dataclass(frozen=True)
class RenamedTo(Query[str | None]):
    """The name that the account of that name was given when it was renamed last, by the wiki's own log of that.

    None where nobody of that name was ever renamed. Who has the name since is another.
    """

    name: str


FEW = 50
"""How many pages a wiki reads along with their titles."""


@dataclass(frozen=True)
class PagesUnder(Query[tuple[Title, ...]]):
    """All existing titles that begin with this one, in the order of their names, redirects included.

    Where they will be read next (`along`), a wiki answers `PageNow` for them in the same breath, if they are few.
    """

    prefix: Title
    along: bool = False


@dataclass(frozen=True)
class PagesUsing(Query[tuple[Title, ...]]):
    """All pages that transclude a template, in the order of their names."""

    template: Title


@dataclass(frozen=True)
class CategoryMembers(Query[tuple[Title, ...]]):
    """All pages that are in a category, in the order of their names."""

    category: Title


@dataclass(frozen=True)
class MessagesSent(Query[tuple[SentMessage, ...]]):
    """The mass messages that people have sent since a moment (UTC), newest first.

    There are none where the wiki can send none (`Site.extensions` has no `MASS_MESSAGES`).
    """

    since: datetime


@dataclass(frozen=True)
class Threads(Query[Thread]):
    """The headings and signed comments on the talk page at a title, in their order; no redirects followed.

    There are none where the wiki knows no comments (`Site.extensions` has no `THREADING`), nor on pages that it doesn't
    take for talk pages.
    """

    title: Title


@dataclass(frozen=True)
class CommentFound(Query[tuple[Title, ...]]):
    """The talk pages on which there is a comment signed so now: by that name, in the minute of that moment (UTC).

    Not more than the wiki tells of: that may be 50 comments.
    """

    author: str
    time: datetime


@dataclass(frozen=True)
class OwnOptions(Query[Mapping[str, str]]):
    """The private options of the bot's own account whose names begin so, with their values. Nobody else can read them.

    What the same process has set before is seen at once.
    """

    prefix: str


# --- Actions --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Save:
    """Make a page read `text`.

    `base` is the revision that the text was made from: the save fails where the page has moved on in the
    same place, and merges where it has moved on elsewhere. None means that the page must not exist, and
    must not have been deleted before.
    """

    title: Title
    text: str
    base: int | None
    summary: str


@dataclass(frozen=True)
class Append:
    """Add text at a page's end, once: `base` is the newest revision seen, None where the page must be new.

    Nothing is added where the page's end has changed since `base`. Where another place has, the text is added all
    the same (MediaWiki merges), and the outcome says after which revision.
    """

    title: Title
    text: str
    base: int | None
    summary: str


@dataclass(frozen=True)
class Mail:
    """Send an account a letter by the wiki's mail, once; neither the address nor the text shows on the wiki."""

    to: str
    subject: str
    text: str

    @property
    def title(self) -> Title:
        """Whom the letter is for, as outcomes name it."""
        return Title(f"User:{self.to}")


@dataclass(frozen=True)
class Remember:
    """Set private options of the bot's own account, all at once; None takes one away.

    Names begin with `userjs-`, and consist of ASCII's letters, digits, `-` and `_`.
    """

    options: tuple[tuple[str, str | None], ...]

    @property
    def title(self) -> Title:
        """Where the options are, as outcomes name it."""
        return Title("Special:Preferences")


Change = Save | Append
Action = Change | Mail | Remember


class Then(Enum):
    """What an outcome means for the rest of the run."""

    GO_ON = "go on with the next action"
    AGAIN = "read again and plan again, now"
    LATER = "leave this action to the next run and go on"
    STOP = "stop this run: the next action would fare no better"


class Kind(Enum):
    """How an action turned out; the value is its name in reports, `then` what follows from it."""

    SAVED = "saved", Then.GO_ON
    SENT = "sent", Then.GO_ON
    UNCHANGED = "unchanged", Then.GO_ON
    PLANNED = "planned", Then.GO_ON
    CONFLICT = "edit conflict", Then.AGAIN
    EXISTS = "page exists", Then.AGAIN
    DELETED = "deleted before", Then.GO_ON
    MOVED = "moved away", Then.GO_ON
    MISSING = "page missing", Then.AGAIN
    PROTECTED = "protected", Then.GO_ON
    EXCLUDED = "excluded", Then.GO_ON
    EDITED_BY_PERSON = "edited by a person", Then.GO_ON
    MADE_BY_PEOPLE = "made by people", Then.GO_ON
    EDITED_SINCE = "edited since", Then.GO_ON
    HIDDEN = "hidden", Then.GO_ON
    SPAM_LIST = "spam list", Then.GO_ON
    ABUSE_FILTER = "abuse filter", Then.GO_ON
    TITLE_BLACKLIST = "title blacklist", Then.GO_ON
    CAPTCHA = "captcha demanded", Then.GO_ON
    REDIRECT = "redirect", Then.GO_ON
    NO_TALK_PAGE = "no talk page", Then.GO_ON
    OTHER_MODEL = "not wikitext", Then.GO_ON
    SUBSTITUTION = "substitution pending", Then.GO_ON
    TOO_LARGE = "page too large", Then.GO_ON
    INVALID = "invalid title", Then.GO_ON
    FORBIDDEN = "not allowed", Then.GO_ON
    UNREACHABLE = "can't be sent mail", Then.GO_ON
    UNPROVEN = "may have been posted before", Then.GO_ON
    POSTED_TWICE = "posted twice", Then.GO_ON
    BLOCKED = "blocked", Then.STOP
    READ_ONLY = "wiki read-only", Then.STOP
    RATE_LIMITED = "rate-limited", Then.STOP
    LAGGED = "wiki lagged", Then.STOP
    BAD_TOKEN = "bad token", Then.STOP
    LOGGED_OUT = "session lost", Then.STOP
    NOT_REACHED = "wiki not reached", Then.STOP
    STOPPED = "stop page", Then.LATER
    NOT_TRIED = "not tried", Then.LATER
    UNKNOWN = "not known whether done", Then.LATER
    FAILED = "failed", Then.LATER

    def __init__(self, label: str, then: Then) -> None:
        self.label = label
        self.then = then

    @property
    def done(self) -> bool:
        """Whether what was wanted now stands on the wiki (or, in a dry run, would)."""
        return self in (Kind.SAVED, Kind.SENT, Kind.UNCHANGED, Kind.PLANNED)


@dataclass(frozen=True)
class Outcome:
    """How one action turned out: `reason` is one sentence; `match` what a spam list or filter named.

    Where the page was moved away, `match` is the title that it was moved to.

    `after` is the revision after which a text was saved, where that is another than the one it was meant for.
    """

    title: Title
    kind: Kind
    revid: int | None = None
    time: datetime | None = None
    reason: str = ""
    match: str = ""
    after: int | None = None


# --- The wiki -------------------------------------------------------------------------------------


class OperatorError(Exception):
    """Something that only the operator can mend, in one sentence. `usage`: wrong usage or configuration."""

    def __init__(self, sentence: str, *, usage: bool = False) -> None:
        super().__init__(sentence)
        self.usage = usage


class Wiki(Protocol):
    """A wiki, as the runner and the executor see it.

    `requests` counts what was sent, by purpose: start, read, history, stop, edit, and mail with what is remembered.
    """

    requests: Counter[str]

    def start(self) -> Site:
        """Log in and say what is there. Raises OperatorError: unreachable, wrong password, no such account."""
        ...

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        """All answers, in as few requests as the kinds of the questions allow, and such as came along.

        The present is read before the past: what histories and logs tell is not older than the pages asked for with
        them. Histories, logs and revisions by id are counted as "history", unless they come with pages. Raises
        OperatorError where the wiki can't be reached.
        """
        ...

    def act(self, action: Action) -> Outcome:
        """Do it once; raises nothing.

        What the wiki refuses is an outcome, and so is a wiki that can't be reached: NOT_REACHED where nothing was
        sent, UNKNOWN where the answer was lost.
        """
        ...
