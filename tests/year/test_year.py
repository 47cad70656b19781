"""Twelve months on the embedded wiki: every page that the bot wrote, and what should hold at each month's end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from strategybot.wiki.port import Kind
from tests.lengths import NIGHTLY
from tests.year.count import table
from tests.year.pages import on_agenda, rows, shown
from tests.year.playing import EmbeddedPlay, without_numbers
from tests.year.story import BEGINNING, BODIES, MONTHS, ROOT, STEERING, days, last_day, run_on, some_days

GOLDENS = Path(__file__).parent / "goldens"
_LEFT_OUT = [
    day
    for number, day in enumerate(some_days())
    if day > last_day(MONTHS[0]) and (NIGHTLY or number in (20, 40))
]  # fmt: skip
TABLE = """\
month | steering group: open overdue carried decisions | Médiation
2026-12 | 3 1 0 1 | 1 0 0 1
2027-01 | 3 0 1 2 | 1 0 0 2
2027-02 | 3 0 2 3 | 3 1 1 3
2027-03 | 2 0 1 4 | 3 1 2 3
2027-04 | 4 0 3 6 | 2 0 1 3
2027-05 | 3 1 1 7 | 2 1 1 4
2027-06 | 2 0 1 8 | 2 0 1 4
2027-07 | 3 1 2 9 | 2 1 1 4
2027-08 | 3 0 2 8 | 1 0 1 3
2027-09 | 2 0 1 10 | 2 0 1 3
2027-10 | 2 2 1 11 | 2 1 1 4
2027-11 | 1 0 0 12 | 2 0 1 4
"""
"""What should hold at the end of each month."""


@dataclass(frozen=True)
class Month:
    """A month's end: the wiki as it stood, its texts, and the pages that the bot wrote in the month."""

    wiki: EmbeddedPlay
    texts: dict[str, str]
    written: dict[str, str]


def played(folder: Path, runs: list[date]) -> Iterator[tuple[str, Month]]:
    """The whole year, month by month, with these runs."""
    play, first = EmbeddedPlay.begun(folder / "wiki.sqlite"), BEGINNING
    for month in MONTHS:
        last = last_day(month)
        play.play([day for day in runs if first <= day <= last], last, first)
        yield month, Month(play.copy(folder / f"{month}.sqlite"), play.texts(), play.written())
        play.reports.clear()
        first = last + timedelta(days=1)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Month]:
    """The year, the bot running every third day."""
    return dict(played(tmp_path_factory.mktemp("year"), some_days()))


def test_count() -> None:
    """The count over what people wrote gives the table, which stands among the golden files as well."""
    assert table() == TABLE
    _compare(GOLDENS / "table.txt", TABLE)


@pytest.mark.parametrize("month", MONTHS)
def test_table(year: dict[str, Month], month: str) -> None:
    """At each month's end registers and agendas show as much as the count over the minutes says."""
    texts = year[month].texts
    line = " | ".join([month, *(str(shown(texts, body)) for body in BODIES)])
    assert line in TABLE.splitlines()
    for body in BODIES:
        row, agenda = shown(texts, body), on_agenda(texts, body, last_day(month))
        assert agenda in (None, (row.open, row.overdue, row.carried)), body


@pytest.mark.parametrize("month", MONTHS)
def test_pages(year: dict[str, Month], month: str) -> None:
    """All pages that the bot wrote in a month read, as it left them last, as the golden files have them."""
    folder = GOLDENS / month
    pages = {_path(title): without_numbers(text) for title, text in year[month].written.items()}
    if _WRITES:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        assert {str(path.relative_to(folder)) for path in folder.rglob("*.wiki")} == pages.keys()
    for path, text in pages.items():
        _compare(folder / path, text)


@pytest.mark.parametrize("month", MONTHS if NIGHTLY else MONTHS[::3])
def test_running_again_changes_nothing(year: dict[str, Month], month: str, tmp_path: Path) -> None:
    """Run once more at a month's end, the bot changes nothing."""
    again = year[month].wiki.copy(tmp_path / "again.sqlite")
    moment = run_on(last_day(month))
    again.set_clock(moment)
    report = again.run(moment)
    assert {(one.outcome.kind, one.outcome.reason) for one in report.told} == {(Kind.UNCHANGED, "")}
    assert again.texts() == year[month].texts


def test_what_left_the_minutes_is_gone(year: dict[str, Month]) -> None:
    """What was taken out of the minutes after the bot had read it is on none of its pages at the month's end."""
    texts = year["2027-11"].texts
    assert [title for title in year["2027-11"].written if "5 Elm Street" in texts[title]] == []
    assert "|status=gone" in texts[f"{STEERING}/Action items"]


@pytest.mark.parametrize("day", _LEFT_OUT)
def test_a_day_left_out(year: dict[str, Month], day: date, tmp_path: Path) -> None:
    """Where the bot doesn't run on a day, its registers are at the end of the next month as if it had."""
    number = MONTHS.index(f"{day:%Y-%m}")
    before, after = MONTHS[number - 1], MONTHS[min(number + 1, len(MONTHS) - 1)]
    first, last = last_day(before) + timedelta(days=1), last_day(after)
    play = year[before].wiki.copy(tmp_path / "other.sqlite")
    play.play([one for one in some_days() if first <= one <= last and one != day], last, first)
    assert _registers(play.texts()) == _registers(year[after].texts)


_OTHER_RUNS = {"a run a month": [day for day in days() if day.day == 16 or day == last_day(MONTHS[-1])]}
if NIGHTLY:
    _OTHER_RUNS["a run a day"] = days()


@pytest.mark.parametrize("runs", _OTHER_RUNS.values(), ids=_OTHER_RUNS)
def test_other_runs(year: dict[str, Month], runs: list[date], tmp_path: Path) -> None:
    """Where the bot runs once a month only, or daily, its registers are the same in the end."""
    *_, (month, end) = played(tmp_path, runs)
    assert _registers(end.texts) == _registers(year[month].texts)


def _registers(texts: Mapping[str, str]) -> set[tuple[str, ...]]:
    """All that the registers have, whatever its number: texts, owners, days and states."""
    return {
        (title.partition(f"/{kind}s")[0], *(row.fields.get(name, "") for name in ("text", "owner", "due", "status")))
        for title in texts
        for kind in ("Action item", "Decision")
        if any(title.startswith(f"{body}/{kind}s") for body in BODIES)
        for row in rows(texts, title, kind)
        if row.fields.get("text")
    }


_WRITES = os.environ.get("STRATEGYBOT_WRITE_GOLDENS") == "1"


def _path(title: str) -> str:
    """Where a page's golden file is in its month's folder."""
    return f"{title.replace(f'{ROOT}/Working Groups/', '')}.wiki"


def _compare(path: Path, text: str) -> None:
    """Compare a text with its golden file, or with STRATEGYBOT_WRITE_GOLDENS=1 make that anew."""
    if _WRITES:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, path.name
