"""What holds the bot back: the stop pages, whoever told it to end, and what would hinder all that was to come."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from strategybot.inquiries.stopping import Stop, stop_of
from strategybot.model.page import Title
from strategybot.model.process import stop_pages
from strategybot.runner import Runner
from strategybot.wiki.asking import Answers
from strategybot.wiki.port import Kind, OperatorError, Outcome, PageNow, Query, Then, UserNamed, Wiki
from strategybot.writing.texts import Texts

_A_MOMENT = 0.05
"""Seconds: where the bot waits longer between two edits, it has time to read the stop pages afterwards."""

_STALE = 20.0
"""Seconds after which what was seen says nothing any more."""


class Glance:
    """A look at some pages in a thread of its own, while the wiki does something else for us."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki
        self._thread = ThreadPoolExecutor(1, "glance")
        self._begun: tuple[frozenset[Title], float, Future[Answers]] | None = None

    def begin(self, titles: Collection[Title]) -> None:
        """Begin to look."""
        questions = [PageNow(title) for title in titles]
        self._begun = frozenset(titles), time.monotonic(), self._thread.submit(self._wiki.answer, questions, "stop")

    def end(self, titles: Collection[Title]) -> Answers:
        """What was seen, once; nothing where nobody has looked at just these pages by now, or they couldn't be seen."""
        begun, self._begun = self._begun, None
        if begun is None or begun[0] != frozenset(titles) or time.monotonic() - begun[1] > _STALE:
            return {}
        try:
            return begun[2].result()
        except OperatorError:
            return {}


class Brake:
    """To be asked before each thing that a run does.

    `starters` may start a stopped bot. `pause` waits until the next edit may be made, and returns False where the run
    shall end. Where an operator is at it (`attended`), a stop page that doesn't exist yet stops nothing. Where the wiki
    `overlaps`, it answers a question while it saves.
    """

    def __init__(
        self,
        wiki: Wiki,
        bot: str,
        starters: frozenset[str],
        *,
        pause: Callable[[], bool],
        attended: bool = False,
        overlaps: bool = False,
    ) -> None:
        self._wiki = wiki
        self._bot = bot
        self._starters = starters
        self._pause = pause
        self._attended = attended
        self._stops: dict[str, Stop] = {}
        self._people: dict[Query[Any], Any] = {}
        self._halted = ""
        self._glance = Glance(wiki) if overlaps else None

    def holds(self, job: str, title: Title, *, more: bool = False) -> Outcome | None:
        """Why nothing at all may be done now for a job, as the outcome on this page; None where it may go on.

        It waits first, so that the stop pages are read right before what comes next. What has stopped a job, or halted
        the run, does so until the run's end. Where `more` is to be done for the job right after, and nothing waits in
        between, the pages are read for that while this is done: so whoever stops the bot sees one more edit at most.
        """
        if self._halted:
            return Outcome(
                title, Kind.NOT_TRIED, reason=f"Not tried, since the run was stopped before: {self._halted}."
            )
        seen, begun = self._seen(job), time.monotonic()
        if not self._pause():
            self._halted = "the bot was told to end"
            return Outcome(title, Kind.NOT_TRIED, reason="Not tried, since the bot was told to end.")
        hurries = time.monotonic() - begun < _A_MOMENT
        if stop := self._stop(job, seen if hurries else {}):
            return Outcome(
                title, Kind.STOPPED, reason=Texts("en").say(f"problem-stop-{stop.key}", str(stop.page), stop.user)
            )
        if more and hurries and self._glance:
            self._glance.begin(stop_pages(self._bot, job))
        return None

    def _seen(self, job: str) -> Answers:
        """What a job's stop pages said while the last thing was done."""
        return self._glance.end(stop_pages(self._bot, job)) if self._glance else {}

    def heed(self, outcome: Outcome) -> None:
        """Halt the run where the next action would fare no better than this one did."""
        if outcome.kind.then is Then.STOP:
            self._halted = f"{outcome.kind.label} on {outcome.title}"

    def stop_behind(self, job: str, outcome: Outcome) -> Stop | None:
        """What stopped a job, where this outcome says that something did."""
        return self._stops.get(job) if outcome.kind is Kind.STOPPED else None

    def _stop(self, job: str, seen: Answers) -> Stop | None:
        if job not in self._stops:
            runner = Runner(self._wiki, "stop", {**self._people, **seen})
            stop = runner.run(stop_of(self._bot, job, self._starters, attended=self._attended))
            # Who is an admin is asked once a run; what the pages say, each time.
            self._people = {query: user for query, user in runner.known.items() if isinstance(query, UserNamed)}
            if stop is None:
                return None
            self._stops[job] = stop
        return self._stops[job]
