"""What was posted, put right: a relay's new words, or the mark of one that was withdrawn, in place of those that stand.

Only the bot's own words are changed, from the heading to the signature, and only where they stand to the letter as the
bot wrote them last; whatever people have changed in them is left, and told. Where somebody has answered below, other
words would put a false question before the answer: so a note follows in the thread, once, and nothing else changes.
What was withdrawn leaves everywhere, though, and so does what nobody can see any more where it was filed: the answers
stay, below a mark that says what stood there.

What a post says is known from the summaries of the bot's own contributions (`made.py`), so that nothing is asked where
nothing is to be put right. A thread that was archived or moved is found by its signature, or below its page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from strategybot.jobs.keys import Key
from strategybot.jobs.made import Made, said
from strategybot.jobs.plan import Amendment, Edit, Post
from strategybot.model.page import Page, Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Relay, Stage, Target, saying
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import CommentFound, PageNow, PagesUnder, RevisionById
from strategybot.wikitext.posted import as_amended, as_posted, has_thread, place_of, with_own
from strategybot.wikitext.summaries import said_by
from strategybot.writing.relay import JOB, note_body, relay_body, relay_heading, withdrawn_body, withdrawn_heading
from strategybot.writing.safe import Heading
from strategybot.writing.texts import Texts

WITHDRAWN = saying("", "", "", None)
"""What a post says whose relay was withdrawn."""


def is_withdrawal(summary: str) -> bool:
    """Whether an edit of the bot's put the mark of a withdrawn relay in place of its words, by the edit's summary."""
    found = said_by(summary)
    return found is not None and found[1] == WITHDRAWN


@dataclass(frozen=True)
class Copy:
    """A relay as it was posted at a target, for readers of a language."""

    target: Target
    identity: Key
    language: str
    made: Made


@dataclass(frozen=True)
class Corrections:
    """What is to be done about copies that don't say any more what they should: edits, and notes in their threads."""

    edits: tuple[Edit, ...] = ()
    notes: tuple[Post, ...] = ()
    problems: tuple[Problem, ...] = ()


def corrections(
    process: Process, relay: Relay, copies: Sequence[Copy], posted: Collection[str], *, goes: bool
) -> Job[Corrections]:
    """What puts a relay's copies right, each as far as it can be. Those that say what they should cost nothing.

    Where it doesn't go out now, only what is to leave is put right. `posted` are the keys of all posts that the bot's
    contributions prove: a note that was made is not asked about.
    """
    wrong = [one for one in copies if one.made.words and not _is_right(relay, one.made)]
    wrong = [
        one for one in wrong if _is_gone(relay, one.made) or (goes and str(_noted(process, relay, one)) not in posted)
    ]
    found = tuple(
        chain.from_iterable((yield from together(_corrected(process, relay, one, goes=goes) for one in wrong)))
    )
    return Corrections(
        edits=tuple(one for one in found if isinstance(one, Edit)),
        notes=tuple(one for one in found if isinstance(one, Post)),
        problems=tuple(one for one in found if isinstance(one, Problem)),
    )


def _is_right(relay: Relay, made: Made) -> bool:
    """Whether a post says what the relay does, in whichever of its languages."""
    if relay.stage is Stage.WITHDRAWN:
        return made.words == WITHDRAWN
    return made.words in {said(version, relay.reply_by) for version in relay.versions}


def _is_gone(relay: Relay, made: Made) -> bool:
    """Whether what a post says is withdrawn, or can't be seen any more where it was filed."""
    return relay.stage is Stage.WITHDRAWN or made.words not in (WITHDRAWN, *relay.stood)


def _corrected(process: Process, relay: Relay, copy: Copy, *, goes: bool) -> Job[tuple[Edit | Post | Problem, ...]]:
    own, page = yield from both(_own_words(copy.made), ask(PageNow(copy.made.page)))
    pages: tuple[Page, ...] = (page,)
    if not has_thread(page.text, copy.made.key):
        signed, below = yield from both(
            ask(CommentFound(process.bot, copy.made.time)), ask(PagesUnder(page.title.under("")))
        )
        titles = sorted({*signed, *below} - {page.title})
        pages = yield from together(ask(PageNow(title)) for title in titles)
    found = (_on(process, relay, copy, one, own, goes=goes) for one in pages if has_thread(one.text, copy.made.key))
    return tuple(one for one in found if one)


def _own_words(made: Made) -> Job[str]:
    """What the bot wrote last of a post, to the letter; empty where nobody can see that any more."""
    first, last = yield from both(ask(RevisionById(made.revid)), ask(RevisionById(made.newest)))
    posted = as_posted(_text(first), made.key) or ""
    if made.newest == made.revid:
        return posted
    return as_amended(_text(last), made.key, posted) or ""


def _text(revision: Revision | None) -> str:
    return (revision.text or "") if revision else ""


def _on(process: Process, relay: Relay, copy: Copy, page: Page, own: str, *, goes: bool) -> Edit | Post | Problem:
    """What is done about a copy on a page on which it stands."""
    key, place = copy.made.key, place_of(page.text, own, copy.made.key)
    answered, leaves = place is not None and place.answered, _is_gone(relay, copy.made)
    if answered and not leaves:
        return _note(process, relay, copy, page)
    is_gone = leaves and (answered or not goes)
    written, words = _words(process, relay, copy, is_gone=is_gone)
    text = with_own(page.text, own, key, written)
    if text is None:
        return Problem("relay-altered", page.title, (relay.id,), page.revision.id if page.revision else None)
    summary = Texts(copy.language).say("summary-relay-withdrawn" if is_gone else "summary-relay-corrected")
    return Edit(page, text, summary, discreet=is_gone, amends=Amendment(key, own, words))


def _words(process: Process, relay: Relay, copy: Copy, *, is_gone: bool) -> tuple[str, str]:
    """What a copy is to say, without its signature, and the digest of that."""
    if is_gone:
        return _section(withdrawn_heading(copy.language), withdrawn_body(copy.language)), WITHDRAWN
    version = relay.version(copy.language)
    body = relay_body(process, relay, copy.target, copy.language, version.source.time.date())
    return _section(relay_heading(version), body), said(version, relay.reply_by)


def _section(heading: Heading, body: str) -> str:
    return f"== {heading} ==\n{body}"


def _note(process: Process, relay: Relay, copy: Copy, page: Page) -> Post:
    """The note that a relay was corrected, in the thread of its copy on a page."""
    return Post(
        target=page.asked,
        identity=_noted(process, relay, copy),
        heading=relay_heading(relay.version(copy.language)),
        body=note_body(process, relay, copy.language),
        summary=Texts(copy.language).say("summary-relay-corrected"),
        language=copy.language,
        since=relay.first,
        within=copy.made.key,
    )


def _noted(process: Process, relay: Relay, copy: Copy) -> Key:
    """By what the note at a target is known that its copy was corrected to what the relay says now."""
    words = said(relay.version(copy.language), relay.reply_by) if relay.versions else WITHDRAWN
    return Key(JOB, f"{relay.id} corrected {words}", process, copy.identity.page, copy.identity.spellings)
