"""The thread of milestones: a line for each, once, for those who have subscribed to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from strategybot.model.page import Title
from strategybot.session import Report
from strategybot.wiki.port import History, Kind
from strategybot.writing.texts import codes
from tests.committee import ALPHA, BETA, BOT, FRONT_PAGE, STATUS, Committee, outcomes, problems, roster

SIGNED = "[[User:Bo|Bo]] 12:00, 27 November 2026 (UTC)"
TALK = f"Talk:{FRONT_PAGE}"
MINUTES = f"{FRONT_PAGE}/Minutes/2026-12-10"
LETTER = "Committee/Letters/2026-11"
DRAFT = "User:Mallory/Draft"
DEAR = "Dear all,\nin November we met twice."
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


# --- Letters


def letters(committee: Committee) -> tuple[list[str], list[tuple[str, ...]]]:
    """The run of a day in December, and of the next: the letters that are told, and what is said of others."""
    committee.at("12-04").run("milestones", "status")
    report = committee.at("12-05").run("milestones", "status")
    told = [line.removeprefix("letter ") for line in lines(committee) if line.startswith("letter")]
    return told, [(problem.key, *problem.words) for problem in report.problems if problem.key.startswith("letter")]


def draft(committee: Committee, writer: str, mover: str) -> None:
    """Somebody writes a letter elsewhere, and somebody moves it to where letters are published."""
    committee.save(DRAFT, DEAR, writer)
    committee.wiki.move(DRAFT, LETTER, user=mover)


def saves(*users: str) -> Callable[[Committee], object]:
    """These people make the page and go on with it, one after the other."""
    return lambda committee: [committee.save(LETTER, f"{DEAR}{number * '!'}", one) for number, one in enumerate(users)]


def restored(committee: Committee) -> None:
    saves("Bo", "Mallory")(committee)
    committee.save(LETTER, "", "Mallory")
    committee.save(LETTER, DEAR, "Eve")


def by_who_coordinated_then(committee: Committee) -> None:
    saves("Abel", "Eve")(committee)
    committee.at("12-03").save(ALPHA, roster("Ada"), "Cora")


def by_who_has_another_name_now(committee: Committee) -> None:
    saves("Bo")(committee)
    committee.wiki.rename("Bo", "Bo B")


def moved_once_more(committee: Committee) -> None:
    draft(committee, "Mallory", "Mallory")
    committee.wiki.move(LETTER, DRAFT, user="Ada")
    committee.wiki.move(DRAFT, LETTER, user="Ada")


@pytest.mark.parametrize(
    "act",
    [
        saves("Bo"),
        saves("Cora"),
        saves("Admin"),
        saves("Abel", "Mallory", "Eve"),
        saves("Mallory", "Eve", "Ada"),
        saves("Mallory", "Ada", *["Mallory", "Eve"] * 30),
        lambda committee: draft(committee, "Mallory", "Ada"),
        lambda committee: draft(committee, "Ada", "Cora"),
        lambda committee: draft(committee, "Bo", "Bo"),
        restored,
        by_who_coordinated_then,
        by_who_has_another_name_now,
        moved_once_more,
    ],
)
def test_a_letter_is_published(act: Callable[[Committee], object]) -> None:
    """A letter is told once it stands in its place by somebody who may speak for the steering group."""
    committee = telling()
    act(committee.at("12-02"))
    assert letters(committee) == (["2026-11"], [])
    (line,) = [one for one in committee.text(TALK).splitlines() if "letter 2026-11" in one]
    assert f"The letter of November 2026 is published: [[:{LETTER}|{LETTER}]]" in line


def moved_and_changed(committee: Committee) -> None:
    draft(committee, "Ada", "Mallory")
    committee.save(LETTER, f"{DEAR} Send money.", "Eve")


def moved_from_what_is_hidden(committee: Committee) -> None:
    committee.save(DRAFT, DEAR, "Ada")
    revision = committee.save(DRAFT, DEAR.upper(), "Eve")
    committee.wiki.move(DRAFT, LETTER, user="Mallory")
    committee.wiki.hide(revision)


def emptied(committee: Committee) -> None:
    saves("Ada", "Bo")(committee)
    committee.save(LETTER, "", "Bo")
    committee.save(LETTER, DEAR, "Mallory")


def moved_away(committee: Committee) -> None:
    saves("Ada")(committee)
    committee.wiki.move(LETTER, "User:Ada/Later", user="Ada")
    committee.save(LETTER, DEAR, "Mallory")


def who_names_herself(committee: Committee) -> None:
    committee.save(BETA, roster("Bo", "Mallory"), "Mallory")
    saves("Mallory")(committee)


def who_took_a_name(committee: Committee) -> None:
    committee.wiki.rename("Ada", "Ada A")
    committee.wiki.rename("Mallory", "Ada")
    saves("Ada")(committee)


def who_coordinated_before(committee: Committee) -> None:
    committee.save(ALPHA, roster("Ada"), "Cora")
    saves("Abel")(committee.at("12-03"))


def with_a_moves_summary(committee: Committee) -> None:
    committee.wiki.edit(LETTER, f"{DEAR} [[User:Ada|Ada]] 12:00, 2 December 2026 (UTC)", "Mallory",
                        f"Ada moved page [[{DRAFT}]] to [[{LETTER}]]")  # fmt: skip


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (saves("127.0.0.1"), ("letter-waiting", "127.0.0.1")),
        (saves("Mallory"), ("letter-waiting", "Mallory")),
        (saves("Mallory", "Eve"), ("letter-waiting", "Mallory")),
        (saves("Otto"), ("letter-waiting", "Otto")),
        (saves(BOT), ("letter-waiting", BOT)),
        (lambda committee: draft(committee, "Ada", "Mallory"), ("letter-waiting", "Mallory")),
        (moved_and_changed, ("letter-waiting", "Mallory")),
        (moved_from_what_is_hidden, ("letter-waiting", "Mallory")),
        (emptied, ("letter-waiting", "Mallory")),
        (moved_away, ("letter-waiting", "Mallory")),
        (who_names_herself, ("letter-waiting", "Mallory")),
        (who_took_a_name, ("letter-waiting", "Ada")),
        (who_coordinated_before, ("letter-waiting", "Abel")),
        (with_a_moves_summary, ("letter-waiting", "Mallory")),
        (lambda committee: committee.save(LETTER, "#REDIRECT [[Elsewhere]]", "Ada"), ("letter-redirect",)),
        (lambda committee: committee.save(LETTER, f"#REDIRECT [[{ALPHA}]]", "Mallory"), ("letter-redirect",)),
        (lambda committee: committee.save(LETTER, f"#REDIRECT [[{LETTER}]]", "Cora"), ("letter-redirect",)),
    ],
)
def test_a_letter_waits(act: Callable[[Committee], object], said: tuple[str, ...]) -> None:
    """What others put in a letter's place isn't told, and the status page says why, once; a save of Cora’s mends it."""
    committee = telling()
    act(committee.at("12-02"))
    assert letters(committee) == ([], [said])
    assert committee.text(STATUS).count("|key=letter-") == 1
    committee.save(LETTER, f"{DEAR} Greetings!", "Cora")
    assert letters(committee)[0] == ["2026-11"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (f"{LETTER}/fr", DEAR),
        (LETTER, ""),
        (LETTER, " \n"),
        ("Committee/Letters", DEAR),
        ("Committee/Letters/2026-09", DEAR),
        ("Committee/Letters/2027-01", DEAR),
        ("Committee/Letters/November 2026", DEAR),
    ],
)
def test_no_letter(title: str, text: str) -> None:
    """A translation, an empty page, another page and a letter of long ago are no news, and nothing is said of them."""
    committee = telling()
    committee.at("12-02").save(title, text, "Ada")
    assert letters(committee) == ([], [])


def test_each_letter_once() -> None:
    """Whatever becomes of a letter that was told, it isn't told again, and nothing is said of its page."""
    committee = telling()
    committee.at("12-02").save(LETTER, DEAR, "Ada")
    assert letters(committee) == (["2026-11"], [])
    for happens in (
        lambda: committee.wiki.move(LETTER, f"{LETTER} old", user="Mallory"),
        lambda: committee.save(LETTER, "Send money.", "Mallory"),
        lambda: committee.wiki.delete(LETTER),
        lambda: committee.save(LETTER, f"{DEAR} Again.", "Ada"),
        lambda: committee.save(TALK, "Archived.", "Bo"),
    ):
        happens()
        found = committee.at(f"12-{committee.now.day + 1:02}").run()
        assert [key for key, _ in problems(found) if key.startswith("letter")] == []
    told = [one.summary for one in committee.wiki.answer([History(Title(TALK))])[History(Title(TALK))]]
    assert sum("milestones letter 2026-11" in (summary or "") for summary in told) == 1


def test_a_letters_year() -> None:
    """The letter of December is told in the old year's thread, and opens it where it is the first there."""
    committee = telling(steering_group={"first_meeting": "2027-06-10T15:00"})
    committee.at("2027-01-04").save("Committee/Letters/2026-12", DEAR, "Ada")
    committee.run()
    assert lines(committee) == ["letter 2026-12"]
    assert re.findall("^== (.*) ==$", committee.text(TALK), re.MULTILINE) == ["Steering Group: milestones of 2026"]


def test_another_place() -> None:
    """Letters stand where the configuration says."""
    committee = telling(titles={"letters": "News/{root}"})
    committee.at("12-02").save("News/Committee/2026-11", DEAR, "Ada")
    assert letters(committee) == (["2026-11"], [])


def test_letters_on_trial() -> None:
    """On trial the letters are people's all the same, and what is told of them stands on the trial's page."""
    committee = telling(trial=True)
    committee.at("12-02").save(LETTER, DEAR, "Ada")
    assert letters(committee) == ([], [])
    assert lines(committee, f"User:{BOT}/Trial/{TALK}") == ["letter 2026-11"]


def test_what_letters_cost() -> None:
    """A letter that was told costs no request more than none."""
    committee = telling()
    costs = []
    for day in ("12-04", "12-05", "12-06"):
        committee.at(day).run()
        costs.append(committee.run().requests)
        committee.save(LETTER, DEAR, "Ada")
    assert costs[2] == costs[0]
