"""What people change on the bot's pages, and what becomes of it when the bot writes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strategybot.inquiries.ownership import is_pure
from tests.committee import AGENDA, ALPHA, BETA, BOT, Committee, outcomes, problems


@pytest.fixture
def committee(committee: Committee) -> Committee:
    """An agenda on which both groups have filed."""
    committee.at("12-01")
    committee.file(ALPHA, "Ada", progress="We metted twice. The draft is ready.", needs="* travel: two visas")
    committee.file(BETA, "Bo", progress="Beta began.")
    committee.run()
    return committee


def edited(committee: Committee, change: Callable[[str], str], user: str = "Eve") -> str:
    """Somebody edits the agenda; what it reads then."""
    text = change(committee.text(AGENDA))
    assert text != committee.text(AGENDA)
    committee.save(AGENDA, text, user)
    return text


def filed_anew(committee: Committee, day: str) -> None:
    """Alpha changes one sentence and adds a need; the bot runs, and runs again."""
    committee.at(day).file(
        ALPHA, "Ada", progress="We metted twice. The final draft is ready.", needs="* travel: two visas\n* training: x"
    )
    assert outcomes(committee.run())[AGENDA] == "saved"
    assert outcomes(committee.run())[AGENDA] == "unchanged"


CHANGES: dict[str, tuple[Callable[[str], str], tuple[str, ...], tuple[str, ...]]] = {
    "a word in another sentence": (
        lambda text: text.replace("metted", "met"),
        ("We met twice. The final draft is ready.",),
        ("metted",),
    ),
    "a line added": (lambda text: text.replace("=== Beta ===", "=== Beta ===\nNote."), ("=== Beta ===\nNote.\n",), ()),
    "a template on top": (lambda text: "{{Under construction}}\n" + text, ("{{Under construction}}\n{{Steering",), ()),
    "a category": (lambda text: text + "\n[[Category:Meetings]]", ("[[Category:Meetings]]",), ()),
    "a section": (lambda text: text + "\n\n== Ours ==\nWords.", ("== Ours ==\nWords.",), ()),
    "a sentence removed": (
        lambda text: text.replace(" The draft is ready.", ""),
        ("We metted twice.",),
        ("draft is ready",),
    ),
    "a statement removed": (lambda text: text.replace("Beta began.\n", ""), ("We metted twice.",), ("Beta began",)),
    "an item moved": (
        lambda text: text.replace("\n=== Beta ===", "\n=== Moved ===\n=== Beta ==="),
        ("=== Moved ===\n=== Beta ===",),
        (),
    ),
    "a heading reworded": (
        lambda text: text.replace("=== Beta ===", "=== Beta (new) ==="),
        ("=== Beta (new) ===",),
        ("=== Beta ===",),
    ),
    "marks for translation": (
        lambda text: text.replace("Beta began.", "<translate><!--T:1--> Beta began.</translate>"),
        ("<translate><!--T:1--> Beta began.</translate>",),
        (),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_people_and_bot_both_have_their_way(committee: Committee, name: str) -> None:
    """What people changed stays, what the bot changes elsewhere comes, and a second run has nothing to do."""
    change, there, gone = CHANGES[name]
    edited(committee, change)
    filed_anew(committee, "12-03")
    text = committee.text(AGENDA)
    assert "training" in text
    assert all(words in text for words in there), text
    assert not any(words in text for words in gone), text
    filed_anew_again = committee.at("12-05").file(ALPHA, "Ada", needs="* travel: three visas")
    assert filed_anew_again
    committee.run()
    assert all(words in committee.text(AGENDA) for words in there if "metted" not in words and "met " not in words)


def test_the_same_words(committee: Committee) -> None:
    """Where people and bot change the same words people's stay, and a problem says so, for as long as it is so."""
    edited(committee, lambda text: text.replace("The draft is ready.", "The sketch is ready."))
    committee.at("12-03").file(ALPHA, "Ada", progress="We metted twice. The proposal is ready.")
    for _ in range(2):
        report = committee.run()
        assert "We metted twice. The sketch is ready." in committee.text(AGENDA)
        assert ("page-clash", AGENDA) in problems(report)


def test_words_that_go_with_their_source(committee: Committee) -> None:
    """What people had changed in a statement goes with it; a problem says where it can be found."""
    edited(committee, lambda text: text.replace("metted", "met"))
    committee.at("12-03").save(f"{ALPHA}/Updates/2026-12-10", "", "Ada")
    for _ in range(2):
        report = committee.run()
        assert "met twice" not in committee.text(AGENDA)
        assert ("page-words-gone", AGENDA) in problems(report)


def test_a_revert_is_a_decision(committee: Committee) -> None:
    """Who restores what stood before the bot's edit is not overruled, but for what is new since."""
    before = committee.text(AGENDA)
    filed_anew(committee, "12-03")
    committee.save(AGENDA, before, "Eve")
    assert outcomes(committee.run())[AGENDA] == "unchanged"
    committee.at("12-04").file(BETA, "Bo", progress="Beta began. Beta goes on.")
    committee.run()
    assert "The draft is ready." in committee.text(AGENDA)
    assert "training" not in committee.text(AGENDA)
    assert "Beta goes on." in committee.text(AGENDA)


@pytest.mark.parametrize("between", [False, True])
def test_vandalism_that_was_undone(committee: Committee, between: bool) -> None:
    """Vandalism and its revert leave no trace, also where the bot has written in between."""
    good = edited(committee, lambda text: text.replace("metted", "met"))
    committee.save(AGENDA, "Nonsense, and nothing else.", "Vandal")
    if between:
        committee.at("12-02").file(BETA, "Bo", progress="Beta began. And more.")
        committee.run()
    committee.save(AGENDA, good, "Eve")
    filed_anew(committee, "12-03")
    text = committee.text(AGENDA)
    assert "We met twice. The final draft is ready." in text
    assert "Nonsense" not in text
    assert ("And more." in text) is between


def test_hundreds_of_edits(committee: Committee) -> None:
    """A page with hundreds of edits since the bot's own is merged all the same; beyond 500 it is left to people."""
    for number in range(120):
        edited(committee, lambda text, number=number: text.replace("=== Beta ===", f"=== Beta ===\nNote {number}."))
    filed_anew(committee, "12-03")
    assert committee.text(AGENDA).count("Note ") == 120
    for number in range(520):
        edited(committee, lambda text, number=number: text.replace("=== Beta ===", f"=== Beta ===\nMore {number}."))
    committee.at("12-05").file(BETA, "Bo", progress="New words.")
    report = committee.run()
    assert ("page-edited", AGENDA) in problems(report)
    assert "New words." not in committee.text(AGENDA)


def test_a_hidden_revision(committee: Committee) -> None:
    """A hidden revision of somebody's is passed over."""
    edited(committee, lambda text: text + "\nSecret.")
    number = committee.page(AGENDA).revision
    edited(committee, lambda text: text.replace("\nSecret.", "\nNote."))
    assert number
    committee.wiki.hide(number.id)
    filed_anew(committee, "12-03")
    assert committee.text(AGENDA).rstrip().split("\n")[-2:-1] == ["Note."] or "Note." in committee.text(AGENDA)


def test_handing_back(committee: Committee) -> None:
    """A page whose changes somebody takes back is the bot's to the letter again at its next edit."""
    own = committee.text(AGENDA)
    edited(committee, lambda text: text + "\nMine.")
    filed_anew(committee, "12-03")
    newest = committee.page(AGENDA).revision
    assert newest
    assert not is_pure(newest, BOT)
    committee.save(AGENDA, committee.text(AGENDA).replace("\nMine.", ""), "Eve")
    committee.at("12-04").file(BETA, "Bo", progress="Beta began. Beta goes on.")
    committee.run()
    newest = committee.page(AGENDA).revision
    assert newest
    assert is_pure(newest, BOT)
    assert own != newest.text


def test_closed_agendas_lose_what_is_withdrawn(committee: Committee) -> None:
    """A closed agenda that people have edited loses what is withdrawn, and keeps what is theirs."""
    committee.at("12-10T15:01").run()
    edited(committee, lambda text: text.replace("=== Beta ===", "=== Beta ===\nDecided: go on."))
    committee.at("12-12").save(f"{BETA}/Updates/2026-12-10", "", "Bo")
    committee.run()
    assert "Beta began." not in committee.text(AGENDA)
    assert "Decided: go on." in committee.text(AGENDA)
    assert "We metted twice." in committee.text(AGENDA)


def test_a_history_request_for_edited_pages_only(committee: Committee) -> None:
    """Pages that nobody has edited cost no look at their history; one that somebody has costs one for 50 revisions."""
    plain = committee.run().requests
    edited(committee, lambda text: text + "\nMine.")
    assert committee.run().requests["history"] == plain["history"] + 1
