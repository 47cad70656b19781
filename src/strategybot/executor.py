"""The only writer: carries out what jobs plan, and keeps the promises that hold for every edit, post and letter.

Nothing is sent where nothing changes; a page that a person has edited (unless the edit carries that along), or that
asks bots to stay away, is left alone; the stop pages are read before each edit; a dry run is the same path with the
last step left out.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from strategybot.attempt import attempt
from strategybot.delivery import deliver
from strategybot.inquiries.ownership import Owner, mark, owner_of
from strategybot.inquiries.stopping import Stop, stop_of
from strategybot.jobs.plan import Edit, Letter, Post, Posting, Proof
from strategybot.jobs.posting import post_mark, section_text, with_section
from strategybot.mailing import in_one, send
from strategybot.model.page import Page, Revision, Title
from strategybot.model.process import stop_pages
from strategybot.model.run import named, undo_mark
from strategybot.runner import Runner
from strategybot.wiki.port import Append, Kind, Outcome, Query, Save, Then, UserNamed, Wiki
from strategybot.wikitext.exclusion import excludes
from strategybot.wikitext.neutral import inert_links, summary, without_links
from strategybot.wikitext.slots import substitutes
from strategybot.writing.texts import Texts

OPT_OUT = "[[Category:Opted-out of message delivery]]"

_BAD_LINKS = 5
"""How often a page is tried with one more of its links inert."""

_LONGEST_SUMMARY = 450
"""MediaWiki cuts summaries at 500 characters; the run and the mark at the end must not be lost."""


@dataclass(frozen=True)
class Done:
    """What became of an edit: `diff` is what it changes, line by line; `stop` is what stopped it, if that did."""

    job: str
    edit: Edit
    outcome: Outcome
    diff: str = ""
    stop: Stop | None = None


@dataclass(frozen=True)
class Delivered:
    """What became of a post: `diff` is what it adds, line by line; `stop` is what stopped it, if that did."""

    job: str
    posting: Posting
    outcome: Outcome
    diff: str = ""
    stop: Stop | None = None


@dataclass(frozen=True)
class Sent:
    """What became of a letter."""

    letter: Letter
    outcome: Outcome


class Executor:
    """Carries out edits, posts and letters on one wiki, one after the other.

    `starters` may start a stopped bot. `pause` is called before every edit, and before a job's letters; it returns
    False where the run shall end. With `dry_run` nothing is written or sent. Where an operator is at it (`attended`), a
    stop page that doesn't exist yet stops nothing. `address` is that of the wiki's pages, with `$1` for the title.
    `run` is the id of the run that all of this belongs to.
    """

    def __init__(
        self,
        wiki: Wiki,
        bot: str,
        starters: frozenset[str],
        *,
        pause: Callable[[], bool] = lambda: True,
        dry_run: bool = False,
        attended: bool = False,
        address: str = "",
        run: str = "",
    ) -> None:
        self._wiki = wiki
        self._run = run
        self._address = address
        self._attended = attended
        self._bot = bot
        self._starters = starters
        self._pause = pause
        self._dry_run = dry_run
        self._stops: dict[str, Stop] = {}
        self._tops: dict[tuple[Title, int | None], Page] = {}
        self._people: dict[Query[Any], Any] = {}
        self._halted = ""

    def carry_out(self, job: str, edits: Sequence[Edit], within: str = "") -> Iterator[Done]:
        """Carry out a job's edits in order, telling of each when it is done.

        `within` is the title under which all of them must stand (a trial's), or empty.
        """
        for edit in edits:
            hindrance = self._unchanged(edit) or next(self._hindrances(edit, within), None)
            outcome = hindrance or self._attempt(job, edit)
            self._heed(outcome)
            changes = outcome.kind not in (Kind.UNCHANGED, Kind.INVALID)
            yield Done(job, edit, outcome, _diff(edit) if changes else "", self._stopped(job, outcome))

    def deliver(self, job: str, postings: Sequence[Posting], within: str = "") -> Iterator[Delivered]:
        """Post a job's posts that were proven not to stand, in order, telling of each when it is done.

        `within` is as for edits.
        """
        for read in postings:
            posting = self._on_top(read)
            hindrance = _proven(posting) or next(self._obstacles(posting.page, within), None)
            outcome = hindrance or self._attempt_post(job, posting)
            self._heed(outcome)
            if outcome.kind is Kind.SAVED and outcome.after is None:
                self._tops[outcome.title, read.base] = _page_after(posting, outcome)
            changes = outcome.kind not in (Kind.UNCHANGED, Kind.INVALID, Kind.UNPROVEN)
            yield Delivered(job, posting, outcome, _added(posting) if changes else "", self._stopped(job, outcome))

    def send(self, letters: Mapping[str, Sequence[Letter]]) -> Iterator[Sent]:
        """Send the letters of jobs, as few as can be, telling of each when it is done.

        What a stopped job has to tell waits. No letter keeps an edit from being made. A process on trial sends them,
        too: they go to its contact, and nothing of them is public.
        """
        free = []
        for job, own in letters.items():
            hindrance = self._held_back(job, Title(f"User:{own[0].to}")) if own else None
            for letter in own:
                if hindrance:
                    yield Sent(letter, replace(hindrance, title=Title(f"User:{letter.to}")))
                else:
                    free.append(letter)
        for letter in in_one(free):
            title = Title(f"User:{letter.to}")
            if self._dry_run:
                yield Sent(letter, Outcome(title, Kind.PLANNED))
            else:
                yield Sent(letter, send(self._wiki, self._bot, letter, self._address))

    def _unchanged(self, edit: Edit) -> Outcome | None:
        """Whether the page reads so already, if need be with links inert that the wiki has refused before."""
        newest = edit.page.revision
        if newest is None or newest.text is None:
            return None
        if newest.text == edit.text:
            return Outcome(edit.page.title, Kind.UNCHANGED, newest.id, newest.time)
        inert = _made_inert(edit.text, newest.text)
        if inert and newest.user == self._bot and newest.text == without_links(edit.text, inert.split()):
            return Outcome(edit.page.title, Kind.UNCHANGED, newest.id, newest.time, match=inert)
        return None

    def _hindrances(self, edit: Edit, within: str) -> Iterator[Outcome]:
        """Why this page may not be written by us at all, the most telling reason first."""
        page, title = edit.page, edit.page.title
        is_outside = bool(within) and not title.text.startswith(f"{within}/")
        if page.redirected and (is_outside or not edit.follows):
            yield Outcome(page.asked, Kind.REDIRECT, reason=f"The page is a redirect to {title}; it is left alone.")
        yield from self._barred(page, within, edit.model)
        if substitutes(edit.text):
            yield Outcome(title, Kind.SUBSTITUTION, reason="Somebody wrote “subst:” in it, which saving would run.")
        owner = Owner.BOT if edit.merged else Runner(self._wiki).run(owner_of(page, self._bot))
        revid = page.revision.id if page.revision else None
        if owner is Owner.CHANGED:
            reason = "Somebody has edited the page since the bot wrote it; it is left alone."
            yield Outcome(title, Kind.EDITED_BY_PERSON, revid, reason=reason)
        if owner is Owner.PEOPLE:
            yield Outcome(title, Kind.MADE_BY_PEOPLE, revid, reason="The page was never the bot's; it is left alone.")

    def _obstacles(self, page: Page, within: str) -> Iterator[Outcome]:
        """Why nothing may be posted on a page by us. A redirect is followed, but to talk pages only."""
        if page.redirected and not within and page.title.talk != page.title:
            reason = f"{page.asked} is a redirect to {page.title}, which is no talk page."
            yield Outcome(page.asked, Kind.REDIRECT, reason=reason, match=page.title.text)
        yield from self._barred(page, within, "wikitext")

    def _barred(self, page: Page, within: str, model: str) -> Iterator[Outcome]:
        """Why a page may neither be written nor posted on."""
        title = page.title
        if page.invalid or not title.legal:
            yield Outcome(title, Kind.INVALID, reason="This can't be the title of a page.")
        if within and not title.text.startswith(f"{within}/"):
            yield Outcome(title, Kind.FORBIDDEN, reason=f"A process on trial writes only under {within}/.")
        if page.exists and page.model != model:
            yield Outcome(title, Kind.OTHER_MODEL, reason=f"Its content model is {page.model}, not {model}.")
        if ban := excludes(page.text, self._bot) or (OPT_OUT if page.opted_out else ""):
            yield Outcome(title, Kind.EXCLUDED, reason=f"The page asks this bot to stay away: {ban}", match=ban)

    def _on_top(self, posting: Posting) -> Posting:
        """A post for a page that was read before this run posted there, on top of that.

        Where ours follows the base directly, nobody has posted in between, and what was proven holds for ours as well.
        """
        page, base = posting.page, posting.base
        while posting.proof is Proof.FREE and (page.title, base) in self._tops:
            page = self._tops[page.title, base]
            base = page.revision.id if page.revision else None
        return replace(posting, page=page, base=base)

    def _attempt_post(self, job: str, posting: Posting) -> Outcome:
        title, post = posting.page.title, posting.post
        if hindrance := self._held_back(job, title):
            return hindrance
        if self._dry_run:
            return Outcome(title, Kind.PLANNED, posting.base)
        append = Append(title, section_text(post, posting.page), posting.base, self._post_summary(job, post))
        taken_back = f"{self._task(job)}: {Texts(post.language).say('summary-taken-back')}"
        return deliver(self._wiki, self._bot, post, append, taken_back)

    def _heed(self, outcome: Outcome) -> None:
        """End the run where the next action would fare no better."""
        if outcome.kind.then is Then.STOP:
            self._halted = f"{outcome.kind.label} on {outcome.title}"

    def _stopped(self, job: str, outcome: Outcome) -> Stop | None:
        return self._stops.get(job) if outcome.kind is Kind.STOPPED else None

    def _attempt(self, job: str, edit: Edit) -> Outcome:
        title = edit.page.title
        if hindrance := self._held_back(job, title):
            return hindrance
        if self._dry_run:
            return Outcome(title, Kind.PLANNED, edit.page.revision.id if edit.page.revision else None)
        return self._save(job, edit)

    def _held_back(self, job: str, title: Title) -> Outcome | None:
        """Why nothing at all may be done now."""
        if self._halted:
            return Outcome(
                title, Kind.NOT_TRIED, reason=f"Not tried, since the run was stopped before: {self._halted}."
            )
        if not self._dry_run and not self._pause():
            self._halted = "the bot was told to end"
            return Outcome(title, Kind.NOT_TRIED, reason="Not tried, since the bot was told to end.")
        if stop := self._stop(job):
            return Outcome(
                title, Kind.STOPPED, reason=Texts("en").say(f"problem-stop-{stop.key}", str(stop.page), stop.user)
            )
        return None

    def _save(self, job: str, edit: Edit) -> Outcome:
        """Save, if need be with the links shown inert that the wiki's spam list refuses; the outcome still names them.

        One bad link in what somebody filed must not hold up everybody's page.
        """
        base = edit.page.revision.id if edit.page.revision else None
        wanted = edit.text
        for _ in range(_BAD_LINKS):
            save = Save(edit.page.title, edit.text, base, self._summary(job, edit))
            outcome = attempt(self._wiki, save, self._bot)
            inert = without_links(edit.text, outcome.match.split())
            if outcome.kind is not Kind.SPAM_LIST or inert == edit.text:
                break
            edit = replace(edit, text=inert)
        return replace(outcome, match=outcome.match or _made_inert(wanted, edit.text))

    def _stop(self, job: str) -> Stop | None:
        if job not in self._stops:
            runner = Runner(self._wiki, "stop", self._people)
            stop = runner.run(stop_of(self._bot, job, self._starters, attended=self._attended))
            # Who is an admin is asked once a run; what the pages say, before each edit.
            self._people = {query: user for query, user in runner.known.items() if isinstance(query, UserNamed)}
            if stop is None:
                return None
            self._stops[job] = stop
        return self._stops[job]

    def _summary(self, job: str, edit: Edit) -> str:
        """The task with a link to its stop page, what is done, the run, and the mark by which we know our text.

        What takes a run back is a person's decision: its mark names that run, and doesn't make the text ours.
        """
        words = f"{self._task(job)}: {summary(edit.summary)}"[:_LONGEST_SUMMARY]
        if edit.undoes:
            return f"{words} {undo_mark(edit.undoes)}"
        return f"{named(words, self._run)} {mark(edit.text, carries=edit.carries)}"

    def _post_summary(self, job: str, post: Post) -> str:
        """The same for a post, with its key at the end, for which there must be room."""
        ending = post_mark(post.key)
        words = f"{self._task(job)}: {summary(post.summary)}"[: _LONGEST_SUMMARY - len(ending)]
        return f"{named(words, self._run)} {ending}"

    def _task(self, job: str) -> str:
        return f"[[{stop_pages(self._bot, job)[1]}|{job}]]"


def _proven(posting: Posting) -> Outcome | None:
    """What is known of a post before anything is tried."""
    title, where = posting.page.title, posting.where
    match posting.proof:
        case Proof.DONE:
            return Outcome(title, Kind.UNCHANGED, posting.revid)
        case Proof.DELETED:
            reason = f"It may have stood on {where}, which was deleted since; it isn't posted again."
            return Outcome(title, Kind.UNPROVEN, reason=reason)
        case Proof.HIDDEN:
            reason = f"Revision {posting.revid} of {where} may be it, and is hidden; it isn't posted again."
            return Outcome(title, Kind.UNPROVEN, posting.revid, reason=reason)
        case Proof.UNSETTLED:
            return Outcome(title, Kind.CONFLICT, reason="The page has changed while it was read.")
    return None


def _made_inert(wanted: str, saved: str) -> str:
    """The links that are shown inert in what was saved, but for those that people have written so themselves."""
    return " ".join(Counter(inert_links(saved)) - Counter(inert_links(wanted)))


def _page_after(posting: Posting, outcome: Outcome) -> Page:
    """The page of a post as it stands after it."""
    text, revid, time = with_section(posting), outcome.revid or 0, outcome.time or datetime.now(UTC)
    return replace(posting.page, revision=Revision(revid, posting.base or 0, time, None, None, text))


def _added(posting: Posting) -> str:
    """What a post adds to a page, as a diff has it."""
    name, text = str(posting.page.title), section_text(posting.post, posting.page)
    lines = [f"--- {name} (now)", f"+++ {name} (then)", *(f"+{line}" for line in text.splitlines())]
    return "\n".join(lines)


def _diff(edit: Edit) -> str:
    old, new = edit.page.text.splitlines(), edit.text.splitlines()
    name = str(edit.page.title)
    if edit.discreet:
        return f"--- {name} (now)\n+++ {name} (then)\n(not shown, since something leaves the page that is hidden now)"
    return "\n".join(difflib.unified_diff(old, new, f"{name} (now)", f"{name} (then)", lineterm="", n=2))
