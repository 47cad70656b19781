"""Who coordinates a group, by its page's history."""

from __future__ import annotations

import pytest

from strategybot.inquiries.authority import roster_of
from strategybot.model.roster import Roster
from tests.committee import ALPHA, BETA, Committee, moment, roster


def alpha(committee: Committee, at: str | None = None) -> Roster:
    process = committee.process
    return committee.ask(roster_of(process, process.groups[0], moment(at) if at else None))


def coordinators(committee: Committee) -> tuple[str, ...]:
    return alpha(committee).names.coordinators


@pytest.mark.parametrize("user", ["Cora", "Admin"])
def test_trusted_people_name_coordinators(committee: Committee, user: str) -> None:
    """Names that the core team or an admin puts on the page are the coordinators."""
    committee.save(ALPHA, roster("Chi", "Dina"), user)
    assert coordinators(committee) == ("Chi", "Dina")


def test_sitting_coordinators_name_others(committee: Committee) -> None:
    """A coordinator may add another, who may add a third."""
    committee.save(ALPHA, roster("Ada", "Chi"), "Ada")
    committee.save(ALPHA, roster("Ada", "Chi", "Dina"), "Chi")
    assert coordinators(committee) == ("Ada", "Chi", "Dina")


def test_handover(committee: Committee) -> None:
    """A coordinator who replaces themselves is followed by the new one, and may say no more afterwards."""
    committee.save(ALPHA, roster("Chi"), "Ada")
    committee.save(ALPHA, roster("Ada"), "Ada")
    assert coordinators(committee) == ("Chi",)


def test_stranger_adds(committee: Committee) -> None:
    """A name that a stranger adds waits, and the problem says whose it is and who added it."""
    committee.save(ALPHA, roster("Ada", "Abel", "Eve"), "Eve")
    found = alpha(committee)
    assert found.names.coordinators == ("Ada", "Abel")
    assert [(seat.name, seat.by) for seat in found.waiting] == [("Eve", "Eve")]
    assert [(problem.key, problem.words) for problem in found.problems] == [("roster-waiting", ("Eve", "Eve"))]


def test_stranger_removes(committee: Committee) -> None:
    """Coordinators whom a stranger removes stay."""
    committee.save(ALPHA, roster("Eve"), "Eve")
    assert coordinators(committee) == ("Ada", "Abel")


def test_waiting_names_give_no_authority(committee: Committee) -> None:
    """Somebody who waits for confirmation can confirm neither themselves nor anybody else."""
    committee.save(ALPHA, roster("Ada", "Abel", "Eve"), "Eve")
    committee.save(ALPHA, roster("Ada", "Abel", "Eve", "Mallory"), "Eve")
    assert coordinators(committee) == ("Ada", "Abel")
    assert [seat.name for seat in alpha(committee).waiting] == ["Eve", "Mallory"]


@pytest.mark.parametrize("user", ["Ada", "Cora", "Admin"])
def test_confirmation(committee: Committee, user: str) -> None:
    """One saving edit by somebody who may confirms the names that stand there."""
    committee.save(ALPHA, roster("Ada", "Abel", "Eve"), "Eve")
    committee.save(ALPHA, roster("Ada", "Abel", "Eve") + "\nWelcome!", user)
    assert coordinators(committee) == ("Ada", "Abel", "Eve")
    assert alpha(committee).waiting == ()


def test_page_of_strangers(committee: Committee) -> None:
    """A page that nobody trusted has ever saved gives no coordinators."""
    committee.wiki.delete(committee.page(ALPHA).title)
    committee.save(ALPHA, roster("Eve"), "Eve")
    assert alpha(committee).names.coordinators == ()


def test_blocked_admin(committee: Committee) -> None:
    """An admin who is blocked is nobody's trust."""
    committee.save(ALPHA, roster("Eve"), "Admin")
    committee.wiki.block("Admin")
    assert coordinators(committee) == ("Ada", "Abel")


def test_hidden_author(committee: Committee) -> None:
    """A revision whose author is hidden counts as a stranger's."""
    committee.wiki.hide(committee.save(ALPHA, roster("Eve"), "Cora"), text=False, user=True)
    assert coordinators(committee) == ("Ada", "Abel")


def test_hidden_text(committee: Committee) -> None:
    """A revision whose text is hidden says nothing, whoever saved it."""
    revision = committee.save(ALPHA, roster("Eve"), "Cora")
    committee.save(ALPHA, roster("Ada", "Abel") + "!", "Eve")
    committee.wiki.hide(revision)
    assert coordinators(committee) == ("Ada", "Abel")


def test_moved_page(committee: Committee) -> None:
    """The roster is found where the group's page was moved, with its history."""
    committee.wiki.move(committee.page(ALPHA).title, committee.page(ALPHA).title.under("New"))
    committee.save(f"{ALPHA}/New", roster("Ada", "Eve"), "Eve")
    assert coordinators(committee) == ("Ada", "Abel")


def test_as_of_a_time(committee: Committee) -> None:
    """The roster can be had as it was at a moment, confirmed by then."""
    committee.at("11-05").save(ALPHA, roster("Ada", "Chi"), "Ada")
    committee.at("11-09").save(ALPHA, roster("Chi"), "Chi")
    assert alpha(committee, "11-03").names.coordinators == ("Ada", "Abel")
    assert alpha(committee, "11-06").names.coordinators == ("Ada", "Chi")
    assert alpha(committee, "11-10").names.coordinators == ("Chi",)


def test_long_history(committee: Committee) -> None:
    """The trusted revision is found however many strangers' edits lie above it."""
    for number in range(120):
        committee.save(ALPHA, roster("Eve") + str(number), "Eve")
    assert coordinators(committee) == ("Ada", "Abel")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (None, "group-page-missing"),
        ("Welcome to Alpha.", "group-page-without-template"),
        ("{{Steering group/Working group|coordinators=[[User:Ada]]}}{{Steering group/Working group}}", None),
        ("{{Steering group/Working group|coordinators=Ada, 192.0.2.7}}", "roster-unresolved"),
    ],
)
def test_problems(committee: Committee, text: str | None, key: str | None) -> None:
    """What keeps a roster from being read is a problem of the group's page."""
    if text is None:
        committee.wiki.delete(committee.page(ALPHA).title)
    else:
        committee.save(ALPHA, text, "Cora")
    assert [problem.key for problem in alpha(committee).problems] == ([key] if key else [])


def test_blanked_by_a_stranger(committee: Committee) -> None:
    """A stranger who blanks the page takes nobody's role; that it is unreadable is a problem."""
    committee.save(ALPHA, "haha", "Eve")
    found = alpha(committee)
    assert found.names.coordinators == ("Ada", "Abel")
    assert [problem.key for problem in found.problems] == ["group-page-without-template"]


def test_redirected_by_a_stranger(committee: Committee) -> None:
    """A redirect that a stranger made lends the group no other page's coordinators."""
    committee.save(ALPHA, f"#REDIRECT [[{BETA}]]", "Eve")
    found = alpha(committee)
    assert found.names.coordinators == ()
    assert [problem.key for problem in found.problems] == ["redirect"]


def test_redirected_by_the_core_team(committee: Committee) -> None:
    """A redirect that the core team made is followed, but not on over a stranger's."""
    committee.save("New home", roster("Chi"), "Cora")
    committee.save(ALPHA, "#REDIRECT [[New home]]", "Cora")
    assert coordinators(committee) == ("Chi",)
    committee.save("New home", f"#REDIRECT [[{BETA}]]", "Eve")
    assert coordinators(committee) == ()


def test_change_of_the_core_team(committee: Committee) -> None:
    """Rosters that somebody saved while they belonged to the core team stay, and later ones of theirs don't count."""
    committee.at("11-05").configure({**committee.configuration, "core_team": ["Dora"]})
    assert coordinators(committee) == ("Ada", "Abel")
    committee.at("11-06").save(ALPHA, roster("Eve"), "Cora")
    assert coordinators(committee) == ("Ada", "Abel")


def test_plain_words_are_accounts_only_where_there_are_such(committee: Committee) -> None:
    """A plain name counts where there is such an account; a linked one is meant as an account in any case."""
    committee.save(ALPHA, "{{Steering group/Working group|coordinators=Ada, Greta Sample, TBD}}", "Cora")
    found = alpha(committee)
    assert (found.names.coordinators, found.names.unresolved) == (("Ada",), ("Greta Sample", "TBD"))


def test_crowd_of_waiting_names(committee: Committee) -> None:
    """However many names a stranger adds, few are shown."""
    committee.save(ALPHA, roster("Ada", "Abel", *(f"Eve {number}" for number in range(3000))), "Eve")
    assert len(alpha(committee).waiting) == len(alpha(committee).problems) == 10
