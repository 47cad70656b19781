"""What holds the bot back: the stop pages, whoever told it to end, and what would hinder all that was to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from strategybot.inquiries.stopping import Stop, stop_of
from strategybot.model.page import Title
from strategybot.runner import Runner
from strategybot.wiki.port import Kind, Outcome, Query, Then, UserNamed, Wiki
from strategybot.writing.texts import Texts


class Brake:
    """To be asked before each thing that a run does.

    `starters` may start a stopped bot. `pause` waits until the next edit may be made, and returns False where the run
    shall end. Where an operator is at it (`attended`), a stop page that doesn't exist yet stops nothing.
    """

    def __init__(
        self, wiki: Wiki, bot: str, starters: frozenset[str], *, pause: Callable[[], bool], attended: bool = False
    ) -> None:
        self._wiki = wiki
        self._bot = bot
        self._starters = starters
        self._pause = pause
        self._attended = attended
        self._stops: dict[str, Stop] = {}
        self._people: dict[Query[Any], Any] = {}
        self._halted = ""

    def holds(self, job: str, title: Title) -> Outcome | None:
        """Why nothing at all may be done now for a job, as the outcome on this page; None where it may go on.

        It waits first, so that the stop pages are read right before what comes next. What has stopped a job, or halted
        the run, does so until the run's end.
        """
        if self._halted:
            return Outcome(
                title, Kind.NOT_TRIED, reason=f"Not tried, since the run was stopped before: {self._halted}."
            )
        if not self._pause():
            self._halted = "the bot was told to end"
            return Outcome(title, Kind.NOT_TRIED, reason="Not tried, since the bot was told to end.")
        if stop := self._stop(job):
            return Outcome(
                title, Kind.STOPPED, reason=Texts("en").say(f"problem-stop-{stop.key}", str(stop.page), stop.user)
            )
        return None

    def heed(self, outcome: Outcome) -> None:
        """Halt the run where the next action would fare no better than this one did."""
        if outcome.kind.then is Then.STOP:
            self._halted = f"{outcome.kind.label} on {outcome.title}"

    def stop_behind(self, job: str, outcome: Outcome) -> Stop | None:
        """What stopped a job, where this outcome says that something did."""
        return self._stops.get(job) if outcome.kind is Kind.STOPPED else None

    def _stop(self, job: str) -> Stop | None:
        if job not in self._stops:
            runner = Runner(self._wiki, "stop", self._people)
            stop = runner.run(stop_of(self._bot, job, self._starters, attended=self._attended))
            # Who is an admin is asked once a run; what the pages say, each time.
            self._people = {query: user for query, user in runner.known.items() if isinstance(query, UserNamed)}
            if stop is None:
                return None
            self._stops[job] = stop
        return self._stops[job]
