"""What a wiki holds: titles, revisions, pages and accounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_SPACE = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e]+")
_ILLEGAL = re.compile(
    r"[\[\]{}|#<>\x00-\x1f\x7f\ufffd\ud800-\udfff]"
    r"|~~~|%[0-9A-Fa-f]{2}|&(?:\#\d+|\#[xX][0-9A-Fa-f]+|\w+);|^:|:$"
)


@dataclass(frozen=True, order=True)
class Title:
    """A page's full title, `Namespace:Text`, on a wiki; `wiki` is empty for the home wiki.

    The text is in MediaWiki's canonical form: spaces instead of underscores, no white space around it,
    and an upper-case first letter (of the part after a namespace too, if that is how it was given).
    """

    text: str
    wiki: str = ""

    def __post_init__(self) -> None:
        text = _SPACE.sub(" ", _DIRECTION.sub("", self.text)).strip(" ")
        first = text[:1].upper()
        object.__setattr__(self, "text", (first if len(first) == 1 else text[:1]) + text[1:])

    def __str__(self) -> str:
        return f"{self.wiki}:{self.text}" if self.wiki else self.text

    def under(self, subpage: str) -> Title:
        """The subpage of this page with that name."""
        return Title(f"{self.text}/{subpage}", self.wiki)

    @property
    def legal(self) -> bool:
        """Whether MediaWiki would take this for a title (its rules, but for a site's own prefixes)."""
        relative = any(part in (".", "..") for part in self.text.split("/"))
        return bool(self.text) and not relative and not _ILLEGAL.search(self.text) and len(self.text.encode()) <= 255

    @property
    def talk(self) -> Title:
        """The talk page that belongs to this page (a talk page is its own)."""
        namespace, colon, rest = self.text.partition(":")
        if not colon or namespace not in SUBJECT_NAMESPACES:
            return self if namespace == "Talk" or namespace.endswith(" talk") else Title(f"Talk:{self.text}", self.wiki)
        return Title(f"{namespace} talk:{rest}", self.wiki)


SUBJECT_NAMESPACES = frozenset({"User", "Project", "File", "MediaWiki", "Template", "Help", "Category", "Module"})


@dataclass(frozen=True)
class Revision:
    """One saved state of a page.

    `user`, `summary` and `text` are None where the wiki hides them; `time` is aware, in UTC;
    `parent` is 0 for the first revision. `user` is a name without the namespace. `page` is where it stands now, which
    only the answer to a question for the revision itself tells.
    """

    id: int
    parent: int
    time: datetime
    user: str | None
    summary: str | None
    text: str | None
    tags: tuple[str, ...] = ()
    page: Title | None = field(default=None, compare=False)


@dataclass(frozen=True)
class LogEntry:
    """What a wiki's logs tell of a page: that it was deleted, imported to, or moved to `target`.

    `title` is None where the wiki hides which page that was. `time` is in UTC.
    """

    time: datetime
    title: Title | None
    target: Title | None = None
    moved: bool = False


@dataclass(frozen=True)
class Move:
    """A move of the page that stood at a title then, to `target`; a later move on the wiki has a higher `number`."""

    number: int
    target: Title


@dataclass(frozen=True)
class SentMessage:
    """A mass message, as the wiki's log tells of it: when it was sent (UTC) and by whom, with what subject.

    `targets` is the delivery list and `revid` its revision then, `text` the page whose text was sent. None is what the
    wiki hides, or what there was none of. `missed` are pages of this wiki to which it wasn't delivered, by that log.
    """

    time: datetime
    user: str | None
    subject: str | None
    targets: Title | None
    revid: int | None = None
    text: Title | None = None
    missed: frozenset[Title] = frozenset()


@dataclass(frozen=True)
class Page:
    """What stands at a title: the revision asked for, or none where the page is missing.

    `title` is where the page really stands, after redirects; `asked` is the title that was asked for, and
    `redirected` says that at least one redirect was followed from there.
    `spelled` is `asked` as the wiki spells it, None where no page can have that title. `is_talk` says that the wiki
    takes the page for a talk page, be it there or not; `leads_nowhere` says that it is a redirect that can't be
    followed, since it leads in a circle, say. `model` is MediaWiki's content model. `protection` names the group that
    may edit it, empty for everybody. `language` is the code of the language that the wiki takes its text for, and
    `url` the page's address on the web, empty where the wiki doesn't say.
    """

    title: Title
    asked: Title
    revision: Revision | None = None
    model: str = "wikitext"
    protection: str = ""
    opted_out: bool = False
    invalid: bool = False
    redirected: bool = False
    spelled: Title | None = field(default=None, compare=False)
    is_talk: bool = field(default=False, compare=False)
    leads_nowhere: bool = field(default=False, compare=False)
    language: str = field(default="", compare=False)
    url: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The page's text; empty where it is missing or hidden."""
        return (self.revision.text or "") if self.revision else ""

    @property
    def exists(self) -> bool:
        """Whether there is a page with a text that can be seen."""
        return self.revision is not None and self.revision.text is not None


@dataclass(frozen=True)
class User:
    """An account (or a name that is none): `groups` without the implicit `*` and `user`.

    `blocked` says that it can't edit at all: a block from single pages or namespaces is none. `registered` is when it
    was made (UTC), None where that isn't known, as for the first accounts of old wikis.
    """

    name: str
    exists: bool
    blocked: bool = False
    groups: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    emailable: bool = False
    registered: datetime | None = None

    def may_edit(self, protection: str) -> bool:
        """Whether a protection that leaves a page to that group lets the account in."""
        return not protection or protection in self.groups | self.rights or _EDITING.get(protection) in self.rights


_EDITING = {"sysop": "editprotected", "autoconfirmed": "editsemiprotected"}
"""The right that brings an account past each of MediaWiki's usual levels of protection."""


@dataclass(frozen=True)
class Site:
    """The wiki as the bot's account finds it at the start.

    `time` is the wiki's own clock, in UTC. `namespaces` maps every name and alias, in lower case,
    to the canonical English name ("benutzer" to "User"; the main namespace is the empty string).
    `batch` is how many titles one request may carry; `own` says that nobody else writes on this wiki. `address` is
    that of its pages, with `$1` for the title, empty where they have none. `extensions` are the names of what is
    installed beside MediaWiki itself. `opt_outs` are the categories of pages that want no messages from bots: the
    usual one, and what the wiki itself calls it.
    """

    name: str
    account: User
    time: datetime
    language: str = "en"
    namespaces: Mapping[str, str] = field(default_factory=dict, hash=False)
    batch: int = 50
    own: bool = False
    address: str = ""
    extensions: frozenset[str] = frozenset()
    opt_outs: tuple[str, ...] = ("Opted-out of message delivery",)
