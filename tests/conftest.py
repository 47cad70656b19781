"""What all tests share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import settings

from tests.committee import Committee
from tests.lengths import NIGHTLY

pytest.register_assert_rewrite("tests.wiki.contract")

Tally = Callable[[str, int], None]
"""How many of something a test tried, by its name."""


@pytest.fixture
def committee() -> Committee:
    """A committee of two groups that was just set up."""
    return Committee()


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Count what a test tried: `tally("roster forms", 55)`. The sum of each name stands at the end of the run."""

    def count(name: str, count: int = 1) -> None:
        request.node.user_properties.append((_TRIED, (name, count)))

    return count


_TRIED = "tried"


class _Tallies:
    """What all tests tried. Tests tell it in their reports, which is how processes that run tests tell theirs."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            for kind, told in report.user_properties:
                if kind == _TRIED:
                    name, count = told
                    self._counts[name] += count

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._counts:
            terminalreporter.section("what the tests tried")
        for name, count in sorted(self._counts.items()):
            terminalreporter.line(f"{name}: {count}")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tallies of this run. What is made up is the same in each run of the suite, and new each night."""
    settings.register_profile("ours", deadline=None, derandomize=not NIGHTLY)
    settings.load_profile("ours")
    config.pluginmanager.register(_Tallies())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the year, which takes longest of the files that would come last: so all processes end together."""
    items.sort(key=lambda item: item.path.parent.name != "year")
