"""Rounds: jobs are carried to their ends in as few questions as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.page import Site, Title
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import Action, LoggedSince, Outcome, PageNow, PagesUnder, Query


@dataclass(frozen=True)
class Double(Query[int]):
    """Twice a number."""

    number: int


class Doubling:
    """A wiki that knows how to double, and writes down what it is asked in each round."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.asked: list[tuple[int, ...]] = []

    def start(self) -> Site:
        raise NotImplementedError

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        self.requests[purpose] += 1
        self.asked.append(tuple(query.number for query in queries if isinstance(query, Double)))
        return {query: 2 * query.number for query in queries if isinstance(query, Double)}

    def act(self, action: Action) -> Outcome:
        raise NotImplementedError


def doubled(number: int, times: int) -> Job[int]:
    """The number doubled so many times, in as many questions."""
    for _ in range(times):
        number = yield from ask(Double(number))
    return number


def test_a_job_is_sent_the_answers_to_what_it_asks() -> None:
    """One question a round, and the job's result at the end."""
    wiki = Doubling()
    runner = Runner(wiki)
    assert runner.run(doubled(3, 3)) == 24
    assert wiki.asked == [(3,), (6,), (12,)]
    assert runner.rounds == 3


def test_a_job_that_asks_nothing_needs_no_round() -> None:
    """Neither does one whose answers are all known."""
    wiki = Doubling()
    runner = Runner(wiki)
    assert runner.run(known(5)) == 5
    assert runner.run(together([])) == ()
    assert runner.run(doubled(1, 2)) == runner.run(doubled(1, 2)) == 4
    assert runner.rounds == 2


def test_nothing_is_asked_twice() -> None:
    """Equal questions of a round are one, and only what isn't known yet is asked."""
    wiki = Doubling()
    runner = Runner(wiki, "history")
    assert runner.run(together([doubled(1, 1), doubled(1, 2), doubled(2, 1)])) == (2, 4, 4)
    assert wiki.asked == [(1, 2)]
    assert wiki.requests == {"history": 1}


def test_jobs_within_jobs_go_in_step() -> None:
    """However jobs are put together, rounds are those of the longest."""
    wiki = Doubling()
    job = both(together([doubled(1, 2), together([doubled(10, 3)])]), doubled(100, 1))
    assert Runner(wiki).run(job) == ((4, (80,)), 200)
    assert wiki.asked == [(1, 10, 100), (2, 20), (40,)]


@given(st.lists(st.tuples(st.integers(1, 50).map(lambda odd: 2 * odd + 1), st.integers(0, 6)), max_size=8))
def test_together_takes_as_many_rounds_as_the_longest(jobs: list[tuple[int, int]]) -> None:
    """Results come in the order of the jobs, whichever ends first."""
    runner = Runner(Doubling())
    assert runner.run(together(doubled(number, times) for number, times in jobs)) == tuple(
        number * 2**times for number, times in jobs
    )
    assert runner.rounds == max((times for _, times in jobs), default=0)


def test_what_a_job_raises_is_raised() -> None:
    """A crash isn't taken for an end."""

    def crashing() -> Job[int]:
        yield from ask(Double(1))
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        Runner(Doubling()).run(together([doubled(1, 3), crashing()]))


def test_answers_may_be_empty() -> None:
    """A falsy answer is an answer."""
    assert Runner(Doubling()).run(doubled(0, 2)) == 0


class Logbook(Doubling):
    """A wiki that notes what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds: list[list[Query[Any]]] = []

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        self.requests[purpose] += 1
        self.rounds.append(list(queries))
        return dict.fromkeys(queries, ())


@pytest.mark.parametrize("second", [PageNow(Title("B")), PagesUnder(Title("B"), along=True)])
def test_no_log_is_older_than_a_page(second: Query[Any]) -> None:
    """A log is asked again once another page was read, be it along with its title; else it is remembered."""
    log, first = LoggedSince(datetime(2026, 12, 1, tzinfo=UTC)), PageNow(Title("A"))

    def log_after(page: Query[Any]) -> Job[None]:
        yield from ask(page)
        yield from ask(log)

    wiki = Logbook()
    runner = Runner(wiki)
    runner.run(both(ask(log), ask(first)))
    runner.run(log_after(first))
    assert wiki.rounds == [[log, first]]
    runner.run(log_after(second))
    assert wiki.rounds[1:] == [[second], [log]]


def test_no_round_is_waited_for() -> None:
    """What is known by now keeps nobody waiting for what others ask."""
    wiki = Doubling()
    runner = Runner(wiki)
    runner.run(doubled(1, 2))
    runner.run(together([doubled(10, 1), doubled(1, 3)]))
    assert wiki.asked == [(1,), (2,), (10, 4)]
