"""How a page comes back to the bot: whoever does what the sentences say has it written again."""

from __future__ import annotations

from strategybot.session import Report
from tests.committee import AGENDA, ALPHA, BETA, BOT, Committee, outcomes


def told(report: Report) -> list[str]:
    """What the status page says of the agenda."""
    return [problem.key for problem in report.problems if problem.page.text == AGENDA]


def standing(committee: Committee) -> str:
    """An agenda that stands, and that a later filing will change."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.run()
    text = committee.text(AGENDA)
    committee.file(BETA, "Bo", progress="News.")
    return text


def carrying(committee: Committee) -> tuple[str, str]:
    """The same after the bot carried on what somebody wrote on the page: before that, and now."""
    before = standing(committee)
    committee.save(AGENDA, f"Mine.\n{before}", "Chi")
    committee.run()
    assert committee.text(AGENDA).startswith("Mine.\n")
    committee.file(ALPHA, "Ada", progress="We met again.")
    return before, committee.text(AGENDA)


def test_emptied(committee: Committee) -> None:
    """A page that was emptied stays so, until the bot's last version is restored."""
    last = standing(committee)
    committee.save(AGENDA, "", "Eve")
    assert told(committee.run()) == ["page-blanked"]
    committee.save(AGENDA, last, "Ada")
    assert (told(committee.run()), "News." in committee.text(AGENDA)) == ([], True)


def test_emptied_with_words_of_people(committee: Committee) -> None:
    """The same where that version carries people's words, which come back with it."""
    _, last = carrying(committee)
    committee.save(AGENDA, "", "Eve")
    assert told(committee.run()) == ["page-blanked"]
    committee.save(AGENDA, last, "Ada")
    assert told(committee.run()) == []
    assert committee.text(AGENDA).startswith("Mine.\n")
    assert "We met again." in committee.text(AGENDA)


def test_handed_back(committee: Committee) -> None:
    """The bot's version from before people's change has nothing of theirs, and the bot goes on from there."""
    before, _ = carrying(committee)
    committee.save(AGENDA, before, "Ada")
    assert told(committee.run()) == []
    assert "Mine." not in committee.text(AGENDA)
    assert "We met again." in committee.text(AGENDA)


def test_made_by_people(committee: Committee) -> None:
    """A page that people made first is the bot's once it is saved empty."""
    committee.at("12-01").save(AGENDA, "Ours.", "Ada")
    assert told(committee.run()) == ["page-of-people"]
    committee.save(AGENDA, "", "Ada")
    assert (told(committee.run()), outcomes(committee.run())[AGENDA]) == ([], "unchanged")
    assert "Ours." not in committee.text(AGENDA) != ""


def test_nobody_knows_whose_words(committee: Committee) -> None:
    """Where no version is provably the bot's, none can be restored: the page is the bot's again once it is empty."""
    last = standing(committee)
    revision = committee.page(AGENDA).revision
    assert revision
    committee.save(AGENDA, f"Mine.\n{last}", "Chi")
    committee.wiki.hide(revision.id, text=False, summary=True)
    assert told(committee.run()) == ["page-edited"]
    committee.save(AGENDA, last, "Ada")
    assert told(committee.run()) == ["page-edited"]
    committee.save(AGENDA, "", "Ada")
    assert told(committee.run()) == []
    newest = committee.page(AGENDA).revision
    assert newest
    assert (newest.user, "News." in committee.text(AGENDA)) == (BOT, True)
