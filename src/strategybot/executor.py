"""The only writer: carries out what jobs plan, and keeps the promises that hold for every edit and every letter.

Nothing is sent where nothing changes; a page that a person has edited (unless the edit carries that along), or that
asks bots to stay away, is left alone; the stop pages are read before each edit; a dry run is the same path with the
last step left out.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from strategybot.inquiries.ownership import Owner, mark, owner_of
from strategybot.inquiries.stopping import Stop, stop_of
from strategybot.jobs.plan import Edit, Letter
from strategybot.model.page import Title
from strategybot.model.process import stop_pages
from strategybot.post import in_one, send
from strategybot.runner import Runner
from strategybot.wiki.port import Kind, Outcome, Query, Save, Then, UserNamed, Wiki
from strategybot.wikitext.exclusion import excludes
from strategybot.wikitext.neutral import inert_links, summary, without_links
from strategybot.wikitext.slots import substitutes
from strategybot.writing.texts import Texts

OPT_OUT = "[[Category:Opted-out of message delivery]]"

_BAD_LINKS = 5
"""How often a page is tried with one more of its links inert."""

_LONGEST_SUMMARY = 480
"""MediaWiki cuts summaries at 500 characters; the mark at the end must not be lost."""


@dataclass(frozen=True)
class Done:
    """What became of an edit: `diff` is what it changes, line by line; `stop` is what stopped it, if that did."""

    job: str
    edit: Edit
    outcome: Outcome
    diff: str = ""
    stop: Stop | None = None


@dataclass(frozen=True)
class Posted:
    """What became of a letter."""

    letter: Letter
    outcome: Outcome


class Executor:
    """Carries out edits and letters on one wiki, one after the other.

    `starters` may start a stopped bot. `pause` is called before every edit, and before a job's letters; it returns
    False where the run shall end. With `dry_run` nothing is written or sent. Where an operator is at it (`attended`), a
    stop page that doesn't exist yet stops nothing. `address` is that of the wiki's pages, with `$1` for the title.
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
    ) -> None:
        self._wiki = wiki
        self._address = address
        self._attended = attended
        self._bot = bot
        self._starters = starters
        self._pause = pause
        self._dry_run = dry_run
        self._stops: dict[str, Stop] = {}
        self._people: dict[Query[Any], Any] = {}
        self._halted = ""

    def carry_out(self, job: str, edits: Sequence[Edit], within: str = "") -> Iterator[Done]:
        """Carry out a job's edits in order, telling of each when it is done.

        `within` is the title under which all of them must stand (a trial's), or empty.
        """
        for edit in edits:
            hindrance = self._unchanged(edit) or next(self._hindrances(edit, within), None)
            outcome = hindrance or self._attempt(job, edit)
            if outcome.kind.then is Then.STOP:
                self._halted = f"{outcome.kind.label} on {outcome.title}"
            changes = outcome.kind not in (Kind.UNCHANGED, Kind.INVALID)
            stop = self._stops.get(job) if outcome.kind is Kind.STOPPED else None
            yield Done(job, edit, outcome, _diff(edit) if changes else "", stop)

    def post(self, letters: Mapping[str, Sequence[Letter]]) -> Iterator[Posted]:
        """Send the letters of jobs, as few as can be, telling of each when it is done.

        What a stopped job has to tell waits. No letter keeps an edit from being made. A process on trial sends them,
        too: they go to its contact, and nothing of them is public.
        """
        free = []
        for job, own in letters.items():
            hindrance = self._held_back(job, Title(f"User:{own[0].to}")) if own else None
            for letter in own:
                if hindrance:
                    yield Posted(letter, replace(hindrance, title=Title(f"User:{letter.to}")))
                else:
                    free.append(letter)
        for letter in in_one(free):
            title = Title(f"User:{letter.to}")
            if self._dry_run:
                yield Posted(letter, Outcome(title, Kind.PLANNED))
            else:
                yield Posted(letter, send(self._wiki, self._bot, letter, self._address))

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
        if page.invalid or not title.legal:
            yield Outcome(title, Kind.INVALID, reason="This can't be the title of a page.")
        if within and not title.text.startswith(f"{within}/"):
            yield Outcome(title, Kind.FORBIDDEN, reason=f"A process on trial writes only under {within}/.")
        if page.redirected:
            yield Outcome(page.asked, Kind.REDIRECT, reason=f"The page is a redirect to {title}; it is left alone.")
        if page.exists and page.model != edit.model:
            yield Outcome(title, Kind.OTHER_MODEL, reason=f"Its content model is {page.model}, not {edit.model}.")
        if ban := excludes(page.text, self._bot) or (OPT_OUT if page.opted_out else ""):
            yield Outcome(title, Kind.EXCLUDED, reason=f"The page asks this bot to stay away: {ban}", match=ban)
        if substitutes(edit.text):
            yield Outcome(title, Kind.SUBSTITUTION, reason="Somebody wrote “subst:” in it, which saving would run.")
        owner = Owner.BOT if edit.merged else Runner(self._wiki).run(owner_of(page, self._bot))
        revid = page.revision.id if page.revision else None
        if owner is Owner.CHANGED:
            reason = "Somebody has edited the page since the bot wrote it; it is left alone."
            yield Outcome(title, Kind.EDITED_BY_PERSON, revid, reason=reason)
        if owner is Owner.PEOPLE:
            yield Outcome(title, Kind.MADE_BY_PEOPLE, revid, reason="The page was never the bot's; it is left alone.")

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
            outcome = self._wiki.act(Save(edit.page.title, edit.text, base, self._summary(job, edit)))
            if outcome.kind is not Kind.SPAM_LIST:
                break
            edit = replace(edit, text=without_links(edit.text, outcome.match.split()))
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
        """The task with a link to the page that stops it, what is done, and the mark by which we know our text."""
        words = f"[[{stop_pages(self._bot, job)[1]}|{job}]]: {summary(edit.summary)}"
        return f"{words[:_LONGEST_SUMMARY]} {mark(edit.text, carries=edit.carries)}"


def _made_inert(wanted: str, saved: str) -> str:
    """The links that are shown inert in what was saved, but for those that people have written so themselves."""
    return " ".join(Counter(inert_links(saved)) - Counter(inert_links(wanted)))


def _diff(edit: Edit) -> str:
    old, new = edit.page.text.splitlines(), edit.text.splitlines()
    name = str(edit.page.title)
    if edit.discreet:
        return f"--- {name} (now)\n+++ {name} (then)\n(not shown, since something leaves the page that is hidden now)"
    return "\n".join(difflib.unified_diff(old, new, f"{name} (now)", f"{name} (then)", lineterm="", n=2))
