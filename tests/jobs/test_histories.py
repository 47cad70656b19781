"""Pages' histories as they are met in practice: long, hidden in parts, imported, moved; and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from strategybot.model.page import Revision, Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import History
from tests.committee import AGENDA, ALPHA, BETA, BOT, Committee, outcomes, problems
from tests.lengths import NIGHTLY


@pytest.fixture
def committee(committee: Committee) -> Committee:
    """An agenda on which both groups have filed."""
    committee.at("12-01")
    committee.file(ALPHA, "Ada", progress="We metted twice. The draft is ready.")
    committee.file(BETA, "Bo", progress="Beta began.")
    committee.run()
    return committee


def edit(committee: Committee, old: str, new: str, user: str = "Eve") -> int:
    """Somebody edits the agenda: the number of the revision."""
    text = committee.text(AGENDA)
    assert text.count(old) == 1
    return committee.save(AGENDA, text.replace(old, new), user)


def goes_on(committee: Committee, day: str, word: str) -> None:
    """Beta files another sentence, and the bot runs."""
    committee.at(day).file(BETA, "Bo", progress=f"Beta began. {word}.")
    committee.run()


def newest(committee: Committee) -> int:
    """The number of the agenda's newest revision."""
    revision = committee.page(AGENDA).revision
    assert revision
    return revision.id


def history(committee: Committee) -> tuple[Revision, ...]:
    """The agenda's history, newest first."""
    return committee.ask(ask(History(Title(AGENDA), limit=1000)))


# --- Long ones


def notes(committee: Committee, count: int) -> None:
    """People save the agenda that often."""
    text = committee.text(AGENDA)
    for number in range(count):
        text = text.replace("=== Beta ===", f"=== Beta ===\nNote {number}.")
        committee.save(AGENDA, text, "Eve")


def test_hundreds_of_revisions(committee: Committee) -> None:
    """A page with hundreds of edits since the bot's own is merged all the same; beyond 500 it is left to people."""
    notes(committee, 120)
    goes_on(committee, "12-03", "So far")
    assert committee.text(AGENDA).count("Note ") == 120
    assert "So far." in committee.text(AGENDA)
    notes(committee, 400)
    committee.at("12-05").file(BETA, "Bo", progress="New words.")
    assert ("page-edited", AGENDA) in problems(committee.run())
    assert "New words." not in committee.text(AGENDA)


@pytest.mark.parametrize("flag", [True, False])
def test_cost(committee: Committee, flag: bool) -> None:
    """A page that people have edited costs one request for each 500 revisions since the bot's own, or 50 without flag.

    One that nobody has edited costs none.
    """
    if not flag:
        committee.wiki.add_account(BOT, emailable=True)
    plain = committee.run().requests["history"]
    count = 0
    for number in (1, 49, 50, 120) if NIGHTLY else (1, 49, 50):
        notes(committee, number - count)
        count = number
        needed = 1 if flag else -(-(number + 1) // 50)
        assert committee.run(dry_run=True).requests["history"] - plain == needed, number


def test_cost_of_closed_agendas(committee: Committee) -> None:
    """So it is with closed agendas, one request each, however many questions there are about it."""
    committee.at("12-10T15:01").run()
    plain = committee.run().requests["history"]
    edit(committee, "Beta began.", "Beta has begun.")
    committee.run()
    assert committee.run().requests["history"] == plain + 1


def test_cost_of_agendas_that_people_made(committee: Committee) -> None:
    """An agenda from before the bot costs one request, which shows that it is none of the bot's, and is no problem."""
    plain = committee.run().requests["history"]
    committee.save(AGENDA.replace("12-10", "05-14"), "What we talked about.", "Ada")
    committee.run()
    report = committee.run()
    assert (report.requests["history"], problems(report)) == (plain + 1, [])


# --- Hidden parts


def test_hidden_text_of_somebody(committee: Committee) -> None:
    """What somebody changed in a revision whose text is hidden shows in the next person's, and stays."""
    secret = edit(committee, "Beta began.", "Beta began.\nSecret.")
    edit(committee, "Secret.", "Note.")
    committee.wiki.hide(secret)
    goes_on(committee, "12-03", "So far")
    assert "\nBeta began. So far.\nNote.\n" in committee.text(AGENDA)


def test_hidden_texts_of_the_bot(committee: Committee) -> None:
    """What the bot changed in revisions whose texts are hidden shows in its next one, and is its own still."""
    edit(committee, "metted", "met")
    goes_on(committee, "12-03", "So far")
    hidden = newest(committee)
    goes_on(committee, "12-04", "And on")
    committee.wiki.hide(hidden)
    goes_on(committee, "12-05", "At last")
    assert "We met twice." in committee.text(AGENDA)
    assert "\nBeta began. At last.\n" in committee.text(AGENDA)


@pytest.mark.parametrize("closed", [False, True])
def test_hidden_texts_of_both(committee: Committee, closed: bool) -> None:
    """Where what people and the bot changed shows in one revision only, the page is left to people: no word is lost."""
    edit(committee, "metted", "met")
    hidden = [newest(committee)]
    goes_on(committee, "12-03", "So far")
    hidden.append(newest(committee))
    goes_on(committee, "12-04", "And on")
    for revid in hidden:
        committee.wiki.hide(revid)
    if closed:
        committee.at("12-10T15:01")
    for _ in range(2):
        assert ("page-edited", AGENDA) in problems(committee.run())
    assert "We met twice." in committee.text(AGENDA)


def test_hidden_vandalism_that_was_undone(committee: Committee) -> None:
    """Vandalism that is hidden, with the bot's revision that carried it, leaves no trace where it was undone."""
    good = committee.text(AGENDA)
    hidden = [edit(committee, "Beta began.", "Beta began.\nHer number is five.", "Vandal")]
    committee.at("12-02").file(ALPHA, "Ada", progress="We metted twice. The final draft is ready.")
    committee.run()
    hidden.append(newest(committee))
    committee.save(AGENDA, good, "Admin")
    for revid in hidden:
        committee.wiki.hide(revid)
    assert problems(committee.run()) == []
    assert "The final draft is ready." in committee.text(AGENDA)
    assert "five" not in committee.text(AGENDA)


@pytest.mark.parametrize("parts", [{"user": True}, {"summary": True}])
def test_hidden_name_or_summary_of_the_bot(committee: Committee, parts: dict[str, bool]) -> None:
    """A revision of the bot's whose name or summary is hidden is its own still: what it added goes with its source."""
    edit(committee, "metted", "met")
    goes_on(committee, "12-03", "So far")
    hidden = newest(committee)
    edit(committee, "The draft", "This draft")
    committee.wiki.hide(hidden, text=False, **parts)
    goes_on(committee, "12-04", "And on")
    assert "We met twice. This draft is ready." in committee.text(AGENDA)
    assert "\nBeta began. And on.\n" in committee.text(AGENDA)


def test_hidden_summary_of_the_bots_own_text(committee: Committee) -> None:
    """Where nothing proves any more that a text is the bot's to the letter, an earlier one has to do."""
    goes_on(committee, "12-03", "So far")
    proof = newest(committee)
    edit(committee, "metted", "met")
    committee.wiki.hide(proof, text=False, summary=True)
    goes_on(committee, "12-04", "And on")
    assert "We met twice." in committee.text(AGENDA)
    assert "\nBeta began. And on.\n" in committee.text(AGENDA)


# --- Imports


def imported(committee: Committee, after: int, change: Callable[[Revision], Revision]) -> None:
    """A revision comes into the history behind another, by its time; its number is new."""
    revisions = history(committee)
    place = next(number for number, one in enumerate(revisions) if one.id == after)
    behind = revisions[place]
    number = max(revision.id for revision in revisions) + 1000
    new = replace(behind, id=number, parent=behind.id, time=behind.time + timedelta(seconds=1))
    committee.wiki.store(AGENDA, [*revisions, change(new)])


@pytest.mark.parametrize("user", ["meta>Eve", f"meta>{BOT}", BOT])
def test_imported_beside(committee: Committee, user: str) -> None:
    """A revision that was imported between others later was never on the page, and changes nothing, whoever's it is."""
    committee.at("12-02")
    met = edit(committee, "metted", "met")
    goes_on(committee, "12-03", "So far")
    imported(committee, met, lambda one: replace(one, user=user, text="All other words.", summary="imported"))
    goes_on(committee, "12-04", "And on")
    assert "We met twice." in committee.text(AGENDA)
    assert "\nBeta began. And on.\n" in committee.text(AGENDA)
    assert "other words" not in committee.text(AGENDA)


def test_imported_text_of_the_bots_own(committee: Committee) -> None:
    """What the bot has written elsewhere to the letter proves nothing here, where it was imported beside."""
    other = history(committee)[0]
    committee.at("12-02")
    met = edit(committee, "metted", "met")
    goes_on(committee, "12-03", "So far")
    imported(committee, met, lambda one: replace(one, user=BOT, text=other.text, summary=other.summary))
    goes_on(committee, "12-04", "And on")
    assert "We met twice." in committee.text(AGENDA)
    assert "\nBeta began. And on.\n" in committee.text(AGENDA)


def test_imported_on_top(committee: Committee) -> None:
    """A revision that is imported as the newest is somebody's edit, also under the name that the bot has elsewhere."""
    own = history(committee)[0]
    text = committee.text(AGENDA).replace("metted", "met")
    imported(committee, own.id, lambda one: replace(one, user=f"meta>{BOT}", text=text))
    goes_on(committee, "12-04", "And on")
    assert "We met twice." in committee.text(AGENDA)
    assert "\nBeta began. And on.\n" in committee.text(AGENDA)


# --- Revisions that change nothing


def test_moves_and_protections(committee: Committee) -> None:
    """The revisions that a move and a protection leave say nothing: the bot's next edit is its own to the letter."""
    committee.at("12-02").wiki.move(AGENDA, "Elsewhere")
    committee.wiki.move("Elsewhere", AGENDA)
    own = history(committee)[0]
    protected = replace(own, id=own.id + 1000, parent=own.id, user="Admin", summary="Protected")
    committee.wiki.store(AGENDA, [*history(committee), protected])
    assert outcomes(committee.run())[AGENDA] == "unchanged"
    goes_on(committee, "12-03", "So far")
    summary = history(committee)[0].summary
    assert summary
    assert not summary.endswith("+")
