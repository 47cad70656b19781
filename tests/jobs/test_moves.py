"""Pages of the bot's that were moved: kept where they stand now if the wiki's log says so, and nowhere else."""

from __future__ import annotations

import pytest

from strategybot.model.page import Title
from tests.committee import AGENDA, ALPHA, BETA, BOT, FRONT_PAGE, NEXT_AGENDA, STATUS, Committee, outcomes, problems

ELSEWHERE, FARTHER = "Committee/Elsewhere", "Committee/Farther"
TRIAL_AGENDA = f"User:{BOT}/Trial/{AGENDA}"


def standing(committee: Committee) -> Committee:
    """An agenda on which Alpha has filed, and that Beta's filing will change."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.run()
    committee.at("12-02").file(BETA, "Bo", progress="Beta began.")
    return committee


def refused(committee: Committee) -> bool:
    """Whether the bot leaves the agenda alone as a redirect."""
    return ("page-redirect", AGENDA) in problems(committee.run())


def test_followed(committee: Committee) -> None:
    """A page that was moved is kept where it stands; other pages link to the old title, the status page to the new."""
    standing(committee).wiki.move(AGENDA, ELSEWHERE)
    redirect = committee.wiki.texts()[Title(AGENDA)]
    report = committee.run()
    assert (outcomes(report)[AGENDA], problems(report)) == ("saved", [])
    assert "Beta began." in committee.text(ELSEWHERE)
    assert committee.wiki.texts()[Title(AGENDA)] == redirect
    assert (AGENDA in committee.text(FRONT_PAGE), ELSEWHERE in committee.text(FRONT_PAGE)) == (True, False)
    assert (AGENDA in committee.text(STATUS), ELSEWHERE in committee.text(STATUS)) == (False, True)
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_followed_with_peoples_changes(committee: Committee) -> None:
    """What people changed before the move and after it is carried along."""
    standing(committee)
    committee.save(AGENDA, committee.text(AGENDA).replace("We met.", "We all met."), "Eve")
    committee.wiki.move(AGENDA, ELSEWHERE)
    committee.save(ELSEWHERE, committee.text(ELSEWHERE) + "\n[[Category:Moved]]", "Eve")
    committee.run()
    text = committee.text(ELSEWHERE)
    assert all(words in text for words in ("We all met.", "Beta began.", "[[Category:Moved]]"))


def test_moved_on(committee: Committee) -> None:
    """A page that was moved several times is followed as well, also where it came back."""
    standing(committee).wiki.move(AGENDA, ELSEWHERE)
    committee.wiki.move(ELSEWHERE, FARTHER)
    committee.run()
    assert "Beta began." in committee.text(FARTHER)
    committee.wiki.move(FARTHER, ELSEWHERE)
    committee.wiki.move(ELSEWHERE, AGENDA)
    committee.at("12-03").file(BETA, "Bo", progress="Beta goes on.")
    assert outcomes(committee.run())[AGENDA] == "saved"
    assert not committee.page(AGENDA).redirected
    assert "Beta goes on." in committee.text(AGENDA)


@pytest.mark.parametrize("title", [FRONT_PAGE, STATUS])
def test_other_pages_are_followed(committee: Committee, title: str) -> None:
    """So are the front page and the status page."""
    committee.at("12-01").run()
    committee.wiki.move(title, ELSEWHERE)
    committee.at("12-02").file(ALPHA, "Ada", progress="We met.")
    committee.save(BETA, "Nobody.", "Cora")
    assert outcomes(committee.run())[title] == "saved"
    newest = committee.page(ELSEWHERE).revision
    assert newest
    assert newest.user == BOT
    assert outcomes(committee.run())[title] == "unchanged"


def test_a_strangers_redirect(committee: Committee) -> None:
    """A redirect that no move explains is left alone, also one to another page of the bot's."""
    standing(committee).save(ELSEWHERE, committee.text(AGENDA), "Eve")
    for target in (ELSEWHERE, FRONT_PAGE):
        committee.save(AGENDA, f"#REDIRECT [[{target}]]", "Eve")
        before = committee.text(ELSEWHERE)
        assert refused(committee)
        assert committee.text(ELSEWHERE) == before
        assert "Beta began." not in committee.text(FRONT_PAGE)


def test_a_redirect_with_another_target_than_the_move(committee: Committee) -> None:
    """A redirect that leads elsewhere than the page was moved is left alone, until it leads there again."""
    standing(committee).wiki.move(AGENDA, ELSEWHERE)
    redirect = committee.wiki.texts()[Title(AGENDA)]
    committee.save(FARTHER, "Mine.", "Eve")
    committee.save(AGENDA, f"#REDIRECT [[{FARTHER}]]", "Eve")
    assert refused(committee)
    assert committee.text(FARTHER) == "Mine."
    committee.save(AGENDA, redirect, "Ada")
    assert not refused(committee)
    assert "Beta began." in committee.text(ELSEWHERE)


def test_another_page_where_it_was_moved(committee: Committee) -> None:
    """What came to a title after the page had left it again is another page, whatever the redirect says."""
    standing(committee).wiki.move(AGENDA, ELSEWHERE)
    committee.wiki.move(ELSEWHERE, FARTHER, redirect=False)
    committee.save("Mine", "Mine.", "Eve")
    committee.wiki.move("Mine", ELSEWHERE)
    assert refused(committee)
    assert committee.text(ELSEWHERE) == "Mine."


def test_a_move_from_before(committee: Committee) -> None:
    """What was moved away from a title before the page came there was another page."""
    committee.save(ELSEWHERE, "Old.", "Eve")
    committee.wiki.move(ELSEWHERE, FARTHER, redirect=False)
    standing(committee).wiki.move(AGENDA, ELSEWHERE)
    assert not refused(committee)
    assert "Beta began." in committee.text(ELSEWHERE)


def test_moved_where_another_page_of_the_bot_belongs(committee: Committee) -> None:
    """Where a page is moved to the title of another page of the bot's, that one is made there, and stays."""
    standing(committee)
    committee.at("12-10T15:01").run()
    committee.wiki.move(AGENDA, NEXT_AGENDA)
    committee.at("2027-01-05").file(ALPHA, "Ada", "2027-01-14", progress="We met in January.")
    committee.run()
    assert "We met in January." in committee.text(NEXT_AGENDA)
    assert outcomes(committee.run())[NEXT_AGENDA] == "unchanged"


def test_front_page_where_the_agenda_was_moved(committee: Committee) -> None:
    """The same across jobs."""
    committee.at("12-01").run()
    committee.wiki.move(FRONT_PAGE, ELSEWHERE, redirect=False)
    committee.wiki.move(AGENDA, FRONT_PAGE)
    committee.run()
    assert "Front page" in committee.text(FRONT_PAGE)
    report = committee.run()
    assert (outcomes(report)[FRONT_PAGE], outcomes(report)[STATUS]) == ("unchanged", "saved")
    assert ("page-redirect", AGENDA) in problems(report)
    assert set(outcomes(committee.run()).values()) == {"unchanged", "redirect"}


def test_moved_without_a_redirect(committee: Committee) -> None:
    """A page that was moved away is not made again; who leaves a redirect later has it kept there."""
    standing(committee).wiki.move(AGENDA, ELSEWHERE, redirect=False)
    for _ in range(2):
        (problem,) = (problem for problem in committee.run().problems if problem.page.text == AGENDA)
        assert (problem.key, problem.words) == ("page-moved", (ELSEWHERE,))
    assert "Beta began." not in committee.text(ELSEWHERE)
    committee.save(AGENDA, f"#REDIRECT [[{ELSEWHERE}]]", "Ada")
    assert problems(committee.run()) == []
    assert "Beta began." in committee.text(ELSEWHERE)


def test_deleted(committee: Committee) -> None:
    """A page that was deleted is not made again, and a problem says what to do."""
    standing(committee).wiki.delete(AGENDA)
    assert problems(committee.run()) == [("page-deleted", AGENDA)]
    assert not committee.page(AGENDA).exists


def test_trial(committee: Committee) -> None:
    """A process on trial writes below the trial's pages alone: it follows a move there, and none that leads out."""
    committee.configure({**committee.configuration, "trial": True})
    standing(committee).wiki.move(TRIAL_AGENDA, f"User:{BOT}/Trial/Elsewhere")
    committee.run()
    assert "Beta began." in committee.text(f"User:{BOT}/Trial/Elsewhere")
    committee.wiki.move(f"User:{BOT}/Trial/Elsewhere", ELSEWHERE)
    committee.at("12-03").file(BETA, "Bo", progress="Beta goes on.")
    assert ("page-redirect", TRIAL_AGENDA) in problems(committee.run())
    assert "Beta goes on." not in committee.text(ELSEWHERE)


def test_cost(committee: Committee) -> None:
    """Only where a page was redirected the log of moves is asked: once for each title on the way, and at its end."""
    standing(committee).run()
    plain = committee.run().requests["history"]
    committee.wiki.move(AGENDA, ELSEWHERE)
    assert committee.run().requests["history"] == plain + 3  # two of the log, one of the page's history


def test_closed_agenda_that_was_moved(committee: Committee) -> None:
    """What is withdrawn leaves a closed agenda where it stands now."""
    standing(committee).at("12-10T15:01").run()
    committee.wiki.move(AGENDA, ELSEWHERE)
    committee.at("12-12").save(f"{BETA}/Updates/2026-12-10", "", "Bo")
    committee.run()
    assert "Beta began." not in committee.text(ELSEWHERE)
    assert "We met." in committee.text(ELSEWHERE)


def test_letter_about_a_page_that_was_moved() -> None:
    """What a moved page has shown that is hidden now is told of once, though it stands at two titles of agendas."""
    committee = Committee(contact="Cora")
    committee.wiki.add_account("Cora", emailable=True)
    committee.at("12-01")
    secret = committee.file(ALPHA, "Ada", progress="Her number is five.")
    committee.run()
    committee.wiki.move(AGENDA, f"{AGENDA} (old)")
    committee.at("12-02").file(ALPHA, "Ada", progress="We met.")
    committee.wiki.hide(secret)
    (posted,) = committee.run().letters
    assert (len(posted.letter.keys), posted.letter.left) == (1, ())
    assert "We met." in committee.text(f"{AGENDA} (old)")
