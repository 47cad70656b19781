"""Rounds: whatever the jobs ask in a round goes to the wiki together, and nothing is asked twice."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, TypeVar

from strategybot.wiki.asking import Answers, Job
from strategybot.wiki.port import LoggedSince, PageNow, PagesUnder, Query, Wiki

T = TypeVar("T")


class Runner:
    """Carries jobs to their ends against one wiki.

    It remembers answers for as long as it lives, so that all jobs of a pass see the wiki at one moment;
    what was written since needs a new runner. But no log is older than a page: what the log of deletions and moves told
    before another page was read is asked again. `rounds` counts how often the wiki was asked; the requests for it
    are counted under `purpose`. `known` are answers that need no asking.
    """

    def __init__(self, wiki: Wiki, purpose: str = "read", known: Answers = MappingProxyType({})) -> None:
        self._wiki = wiki
        self._purpose = purpose
        self.known = dict(known)
        self.rounds = 0

    def run(self, job: Job[T]) -> T:
        """The job's result. Raises whatever the job raises, and OperatorError where the wiki can't be reached."""
        try:
            questions = next(job)
            while True:
                self._learn(questions)
                questions = job.send(self.known)
        except StopIteration as stop:
            result: T = stop.value
            return result

    def _learn(self, questions: tuple[Query[Any], ...]) -> None:
        if any(_reads_pages(query) and query not in self.known for query in questions):
            for log in [query for query in self.known if isinstance(query, LoggedSince)]:
                del self.known[log]
        new = [query for query in dict.fromkeys(questions) if query not in self.known]
        if new:
            self.rounds += 1
            self.known.update(self._wiki.answer(new, self._purpose))


def _reads_pages(query: Query[Any]) -> bool:
    """Whether pages come with the answer to a question."""
    return isinstance(query, PageNow) or (isinstance(query, PagesUnder) and query.along)
