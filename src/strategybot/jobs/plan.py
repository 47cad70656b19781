"""What a job wants done, and what it found to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from strategybot.jobs.keys import Key
from strategybot.model.due import Due
from strategybot.model.page import Page, Title
from strategybot.model.problem import Problem
from strategybot.wiki.asking import Job
from strategybot.wiki.port import Outcome
from strategybot.writing.safe import Block, Heading


@dataclass(frozen=True)
class Amendment:
    """What an edit changes of a post: its key, the bot's own words that stand there, and a digest of what comes."""

    key: str
    own: str
    words: str


@dataclass(frozen=True)
class Edit:
    """A page, as the job read it, shall read `text`. The summary is plain text; the executor adds the task's link.

    `merged`: the text was made from the one that stands, with what people changed in it, and `carries` says that there
    is something of theirs outside the slots. `model` is the content model that the page is to have. `discreet`: what
    leaves the page is hidden at its source, so that no diff is to be shown. `follows`: the page was moved, and is to be
    kept where it stands now. `undoes` is the run that the edit takes back, as a person decided. `amends`: the page is
    people's, and nothing may change on it but the bot's own words in a post of its own.
    """

    page: Page
    text: str
    summary: str
    merged: bool = False
    carries: bool = False
    model: str = "wikitext"
    discreet: bool = False
    undoes: str = ""
    follows: bool = False
    amends: Amendment | None = None


@dataclass(frozen=True)
class Post:
    """A section that a talk page is to get once, whatever becomes of it there.

    `target` is the page as asked for; a redirect is followed. `identity` is by what the post is known, and `key` how
    that stands in the summary and behind the signature. No such post can have been made before `since` (UTC), whatever
    the configuration said. The summary is plain text, as of an edit; `language` is that of its words. `tells` are
    digests of what else is done for good by it. With `within`, the key of another post, it is no section, but a line at
    the end of that one's.
    """

    target: Title
    identity: Key
    heading: Heading
    body: Block
    summary: str
    language: str
    since: datetime
    tells: tuple[str, ...] = ()
    within: str = ""

    @property
    def key(self) -> str:
        """The key under which it is made."""
        return str(self.identity)


class Proof(Enum):
    """What is proven of a post."""

    DONE = "it was posted, whatever became of it"
    FREE = "it was not posted"
    DELETED = "nobody knows: it may have stood on a page that was deleted since"
    HIDDEN = "nobody knows: a revision that may be it has been hidden"
    IMPORTED = "nobody knows: what looks like it stands on a page that was imported since"
    NEAR = "nobody knows: the same was posted for the day before or after, which may be the same one"
    NO_THREAD = "the thread that it belongs to isn't on the page any more"
    UNSETTLED = "the page has changed while it was read"


@dataclass(frozen=True)
class Posting:
    """A post, and what is proven of it.

    `page` is where it goes, redirects followed, or where it is. `base` is the newest revision of that page as of the
    proof, None where there is no page. `where` is the page that the proof is about, `revid` the revision.
    """

    post: Post
    page: Page
    proof: Proof
    base: int | None = None
    where: Title | None = None
    revid: int | None = None


@dataclass(frozen=True)
class Letter:
    """A mail to the contact: these revisions of the bot's pages still hold what is hidden at its source.

    `left` are those among them that people have edited, so that the bot leaves them as they stand. Or else
    (`in_confidence`) these revisions of people's pages bear a mark of confidence. `keys` are what the letter is about,
    by which it is sent once: they are remembered under names that begin with `ledger`. `known` are the keys of all that
    is to be told, told or not.
    """

    to: str
    language: str
    revisions: tuple[int, ...]
    left: tuple[int, ...]
    ledger: str
    keys: tuple[str, ...]
    known: frozenset[str]
    in_confidence: bool = False


@dataclass(frozen=True)
class Outcomes:
    """What became of a plan: of its edits, of which a page may have several, and of its posts by their keys."""

    edits: Mapping[Edit, Outcome] = field(default_factory=dict)
    posts: Mapping[str, Outcome] = field(default_factory=dict)


Follow = Callable[[Outcomes], "Job[Plan]"]
"""What is to be done by what became of a plan."""


@dataclass(frozen=True)
class Plan:
    """All that a job wants done, letters first, and the problems that it met.

    `notes` are sentences for the operator alone, for what no page may say. `dues` are what waits for people, which the
    outbox tells them. `unfinished`: once something of it stands, more is to be planned in the same run; `awaits` are
    pages that other jobs may make in it, and then there is more as well. `follows` tell what is to be done once it is
    known what became of the edits and posts.
    """

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
    letters: tuple[Letter, ...] = ()
    notes: tuple[str, ...] = ()
    posts: tuple[Posting, ...] = ()
    dues: tuple[Due, ...] = ()
    unfinished: bool = False
    awaits: frozenset[Title] = frozenset()
    follows: tuple[Follow, ...] = ()


def joined(plans: Iterable[Plan]) -> Plan:
    """All of several plans in one, each problem and each note once."""
    whole = list(plans)
    return Plan(
        edits=tuple(edit for plan in whole for edit in plan.edits),
        problems=tuple(dict.fromkeys(problem for plan in whole for problem in plan.problems)),
        letters=tuple(letter for plan in whole for letter in plan.letters),
        notes=tuple(dict.fromkeys(note for plan in whole for note in plan.notes)),
        posts=tuple(post for plan in whole for post in plan.posts),
        dues=tuple(due for plan in whole for due in plan.dues),
        unfinished=any(plan.unfinished for plan in whole),
        awaits=frozenset(title for plan in whole for title in plan.awaits),
        follows=tuple(follow for plan in whole for follow in plan.follows),
    )
