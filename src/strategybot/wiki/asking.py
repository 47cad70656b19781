"""Asking without I/O: a job is a generator that yields questions and is sent their answers.

page = yield from ask(PageNow(title))
pages = yield from together(ask(PageNow(title)) for title in titles)     # one round, not len(titles)
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import Any, TypeVar, cast

from strategybot.wiki.port import Query

T = TypeVar("T")
U = TypeVar("U")
Questions = tuple[Query[Any], ...]
Answers = Mapping[Query[Any], Any]
Job = Generator[Questions, Answers, T]


def ask(query: Query[T]) -> Job[T]:
    """The answer to one question."""
    answers = yield (query,)
    return cast(T, answers[query])


def together(jobs: Iterable[Job[T]]) -> Job[tuple[T, ...]]:
    """The results of several jobs in their order, advanced in step: as many rounds as the longest needs.

    A job whose questions are all known goes on at once, so that no round is only waited for.
    """
    running = list(jobs)
    results: dict[int, T] = {}
    asked: dict[int, Questions] = {}
    answers = yield ()  # what is known before anything is asked

    def advance(index: int, sent: Answers | None) -> None:
        asked.pop(index, None)
        try:
            questions = running[index].send(sent)  # type: ignore[arg-type]  # None starts a generator
            while all(query in answers for query in questions):
                questions = running[index].send(answers)
            asked[index] = questions
        except StopIteration as stop:
            results[index] = stop.value

    for index in range(len(running)):
        advance(index, None)
    while asked:
        answers = yield tuple(dict.fromkeys(query for questions in asked.values() for query in questions))
        for index in list(asked):
            advance(index, answers)
    return tuple(results[index] for index in range(len(running)))


def both(first: Job[T], second: Job[U]) -> Job[tuple[T, U]]:
    """The results of two jobs of different types, advanced in step."""
    results = yield from together([first, second])
    return cast(tuple[T, U], results)


def known(value: T) -> Job[T]:
    """A job that asks nothing, where one is wanted."""
    return value
    yield ()
