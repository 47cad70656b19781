"""Rounds: whatever the jobs ask in a round goes to the wiki together, and nothing is asked twice."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, TypeVar

from strategybot.wiki.asking import Answers, Job
from strategybot.wiki.port import Query, Wiki

T = TypeVar("T")


class Runner:
    """Carries jobs to their ends against one wiki.

    It remembers answers for as long as it lives, so that all jobs of a pass see the wiki at one moment;
    what was written since needs a new runner. `rounds` counts how often the wiki was asked; the requests for it
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
                questions = job.send({query: self.known[query] for query in questions})
        except StopIteration as stop:
            result: T = stop.value
            return result

    def _learn(self, questions: tuple[Query[Any], ...]) -> None:
        new = [query for query in dict.fromkeys(questions) if query not in self.known]
        if new:
            self.rounds += 1
            self.known.update(self._wiki.answer(new, self._purpose))
