"""The thread of milestones: a line for each, once, for those who have subscribed to it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from strategybot.session import Report
from strategybot.wiki.port import Kind
from strategybot.writing.texts import codes
from tests.committee import BOT, FRONT_PAGE, Committee, outcomes, problems

SIGNED = "[[User:Bo|Bo]] 12:00, 27 November 2026 (UTC)"
TALK = f"Talk:{FRONT_PAGE}"
MINUTES = f"{FRONT_PAGE}/Minutes/2026-12-10"
WRITTEN = "== Participants ==\n# Ada - Alpha\n# Cora - CT\n\n== Notes ==\n'''Decision:''' We go on.\n"


def telling(**configuration: Any) -> Committee:
    """A committee that passes word on, and approves minutes ten days after a meeting."""
    body = {"first_meeting": "2026-12-10T15:00", "approval_days": 10}
    return Committee(**{"steering_group": body, "relays": {}, **configuration})


@pytest.fixture
def committee() -> Committee:
    return telling()


def run(committee: Committee) -> Report:
    """The run that makes the agenda, begins the thread and writes the line, and one that has nothing to do."""
    report = committee.at("11-27").run()
    assert {done.outcome.kind for done in committee.run().told} <= {Kind.UNCHANGED}
    return report


def lines(committee: Committee, title: str = TALK) -> list[str]:
    """What each line on the talk page is about."""
    return re.findall(r"<!-- post: milestones (\w+ [\d-]+) ", committee.text(title))


def test_a_year(committee: Committee) -> None:
    """The thread begins with the first milestone; each has its line, once, in the thread of its meeting's year."""
    committee.at("11-20").run()
    assert committee.text(TALK) == ""
    run(committee)
    assert lines(committee) == ["agenda 2026-12-10"]
    committee.at("12-10T18:00").save(MINUTES, WRITTEN, "Ada")
    for day in ("12-11", "12-21", "12-22", "12-31", "2027-01-01", "2027-01-02", "2027-01-03"):
        committee.at(day).run()
    assert lines(committee) == ["agenda 2026-12-10", "minutes 2026-12-10", "agenda 2027-01-14"]
    headings = re.findall("^== (.*) ==$", committee.text(TALK), re.MULTILINE)
    assert headings == ["Steering Group: milestones of 2026", "Steering Group: milestones of 2027"]
    text = committee.text(TALK)
    assert text.index("minutes 2026-12-10") < text.index("== Steering Group: milestones of 2027")


def approve(committee: Committee) -> Report:
    """Minutes are written, and nobody objects to them for ten days."""
    committee.at("12-10T18:00").save(MINUTES, WRITTEN, "Ada")
    return [committee.at(day).run() for day in ("12-11", "12-21", "12-22")][-1]


def test_a_line_is_a_signed_comment(committee: Committee) -> None:
    """Each line is signed and links to the page, below whatever people have written in the thread."""
    run(committee)
    committee.save(TALK, f"{committee.text(TALK)}\n:Thanks! {SIGNED}\n", "Bo")
    committee.save(TALK, f"{committee.text(TALK)}\n== Else ==\nHello. {SIGNED}", "Bo")
    approve(committee)
    (line,) = [one for one in committee.text(TALK).splitlines() if "minutes 2026-12-10" in one]
    assert line.startswith(':<span lang="en"')
    assert f"[[:{MINUTES}|" in line
    assert f"[[User:{BOT}|" in line
    assert line.endswith(f"<!-- post: milestones minutes 2026-12-10 Committee | {TALK} -->")
    text = committee.text(TALK)
    assert text.index("Thanks!") < text.index(line) < text.index("== Else ==")


def test_an_archived_thread(committee: Committee) -> None:
    """Where the thread was taken away its lines go nowhere, and that is told; it isn't begun again."""
    run(committee)
    committee.save(TALK, "Archived.", "Bo")
    report = approve(committee)
    assert committee.text(TALK) == "Archived."
    assert ("post-no-thread", TALK) in problems(report)


def test_nothing_changes_without_relays() -> None:
    """A process that passes no word on has no such thread."""
    committee = Committee()
    run(committee)
    assert committee.text(TALK) == ""


@pytest.mark.parametrize("language", codes())
def test_in_each_language(language: str) -> None:
    """Thread and lines are in the process's first language, and marked with it."""
    committee = telling(languages=[language])
    run(committee)
    assert committee.text(TALK).count(f'lang="{language}"') == 2
    assert lines(committee) == ["agenda 2026-12-10"]


def test_a_trial() -> None:
    """On trial, the thread is on the trial's page alone."""
    committee = telling(trial=True)
    report = run(committee)
    assert committee.text(TALK) == ""
    trial = f"User:{BOT}/Trial/{TALK}"
    assert (lines(committee, trial), trial in outcomes(report)) == (["agenda 2026-12-10"], False)
