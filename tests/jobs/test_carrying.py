"""What people change on the bot's pages, and what becomes of it when the bot writes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strategybot.inquiries.ownership import Owner, is_pure, owner_of
from strategybot.wikitext.summaries import mark
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


def beta_first(text: str) -> str:
    """The agenda with Beta's report above Alpha's."""
    start = text.index("=== Beta ===")
    end = text.index("\n== ", start)
    return (text[:start] + text[end:]).replace("=== Alpha ===", f"{text[start:end]}\n=== Alpha ===")


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
    "a heading added": (
        lambda text: text.replace("\n=== Beta ===", "\n=== Added ===\n=== Beta ==="),
        ("=== Added ===\n=== Beta ===",),
        (),
    ),
    "an item moved": (beta_first, ("=== Beta ===\n{{", "Beta began.\n</div>\n\n=== Alpha ===\n{{"), ()),
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


def test_the_same_words_while_the_bot_saves(committee: Committee) -> None:
    """Where that happens between the bot's read and its save, the same run says so."""
    committee.at("12-03").file(ALPHA, "Ada", progress="We metted twice. The proposal is ready.")

    def pause(_: object) -> bool:
        if "sketch" not in committee.text(AGENDA):
            edited(committee, lambda text: text.replace("The draft is ready.", "The sketch is ready."))
        return True

    report = committee.run(pause=pause)
    assert outcomes(report)[AGENDA] == "saved"
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


def test_everything_replaced(committee: Committee) -> None:
    """A page on which people have left nothing of the bot's stays as it is, and a problem says how to hand it back."""
    own = committee.text(AGENDA)
    committee.save(AGENDA, "We meet without an agenda, on a bench in the park.", "Eve")
    committee.at("12-03").file(BETA, "Bo", progress="Beta began. Beta goes on.")
    for _ in range(2):
        report = committee.run()
        assert (outcomes(report)[AGENDA], problems(report)) == ("unchanged", [("page-replaced", AGENDA)])
    committee.save(AGENDA, own, "Ada")
    assert problems(committee.run()) == []
    assert "Beta goes on." in committee.text(AGENDA)


def test_a_closed_agenda_replaced(committee: Committee) -> None:
    """The same where it is closed."""
    committee.at("12-10T15:01").run()
    committee.save(AGENDA, "We met without an agenda, on a bench in the park.", "Eve")
    assert problems(committee.run()) == [("page-replaced", AGENDA)]


@pytest.mark.parametrize("between", [False, True])
def test_an_edit_undone_among_others(committee: Committee, between: bool) -> None:
    """What somebody undoes further back leaves no trace, and what others did since stands: the texts tell it."""
    edited(committee, lambda text: text.replace("We metted twice.", "Nonsense!").replace("Beta began.", ""), "Vandal")
    edited(committee, lambda text: text + "\n[[Category:Meetings]]")
    if between:
        committee.at("12-02").file(
            ALPHA, "Ada", progress="We metted twice. The draft is ready. So it is.", needs="* travel: two visas"
        )
        committee.run()
    edited(
        committee,
        lambda text: text.replace("Nonsense!", "We metted twice.").replace(
            'wrap: anywhere;">\n\n<', 'wrap: anywhere;">\nBeta began.\n<'
        ),
        "Ada",
    )
    committee.at("12-03").file(ALPHA, "Ada", progress="We met twice. The final draft is ready.")
    committee.file(BETA, "Bo", progress="Beta began in March.")
    assert problems(committee.run()) == []
    text = committee.text(AGENDA)
    assert "\nWe met twice. The final draft is ready.\n" in text
    assert "\nBeta began in March.\n" in text
    assert "[[Category:Meetings]]" in text


def test_a_run_that_was_undone(committee: Committee) -> None:
    """What an operator has undone of a run isn't done again: it counts as a person's revert, by the bot's hand."""
    before = committee.text(AGENDA)
    filed_anew(committee, "12-03")
    summary = "[[User:StrategyBot/Run/undo|undo]]: Otto had a run undone #undo 20261203T0000-abcd"
    committee.wiki.edit(AGENDA, before, BOT, summary)
    assert outcomes(committee.run())[AGENDA] == "unchanged"
    assert committee.text(AGENDA) == before
    committee.at("12-04").file(BETA, "Bo", progress="Beta began. Beta goes on.")
    committee.run()
    text = committee.text(AGENDA)
    assert "The draft is ready." in text
    assert "training" not in text
    assert "Beta goes on." in text


def test_a_template_whose_upgrade_was_undone(committee: Committee) -> None:
    """So it is with pages that aren't merged."""
    page = "Template:Steering group/Line"
    for text in ("One.", "Two."):
        committee.wiki.edit(page, text, BOT, f"install {mark(text)}")
    committee.wiki.edit(page, "One.", BOT, "undo: Otto had a run undone #undo 20261203T0000-abcd")
    assert committee.ask(owner_of(committee.page(page), BOT)) is Owner.CHANGED


def test_a_closed_agenda_emptied(committee: Committee) -> None:
    """A closed agenda that somebody emptied stays empty, with a problem that says how to have it back."""
    committee.at("12-10T15:01").run()
    own = committee.text(AGENDA)
    committee.save(AGENDA, "", "Eve")
    assert (problems(committee.run()), committee.text(AGENDA)) == ([("page-blanked", AGENDA)], "")
    committee.save(AGENDA, own, "Ada")
    assert problems(committee.run()) == []
