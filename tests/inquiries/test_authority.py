"""Who coordinates a group, by its page's history."""

from __future__ import annotations

import pytest

from strategybot.inquiries.rosters import MOST_NAMED, other_spellings, roster_of
from strategybot.model.body import Group
from strategybot.model.page import Title
from strategybot.model.roster import Roster
from tests.committee import (
    AGENDA,
    ALPHA,
    BETA,
    BOT,
    CONFIGURATION,
    STATUS,
    Committee,
    moment,
    outcomes,
    problems,
    roster,
    update,
)


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
        ("{{Steering group/Working group|coordinators=Ada, Nobody}}", "roster-unresolved"),
        ("{{Steering group/Working group|coordinators=[[User:Ada]], [[User:Nobody]]}}", "roster-no-account"),
        ("* [[User:Ada]] – coordinator", None),
        ("* [[User:Ada]]\n* [[User:Abel]]", "roster-no-coordinator"),
        ("* {{u|Ada}} – coordinator\n{{/Participants}}", "roster-page-missing"),
        ("{{" * 9999, "group-page-without-template"),
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
    assert [problem.key for problem in found.problems] == ["roster-gone"]


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
    """A plain name counts where there is such an account."""
    committee.save(ALPHA, "{{Steering group/Working group|coordinators=Ada, Greta Sample, TBD}}", "Cora")
    found = alpha(committee)
    assert found.names.coordinators == ("Ada",)
    assert [(problem.key, *problem.words) for problem in found.problems] == [
        ("roster-unresolved-names", "Greta Sample, TBD"),
    ]


def test_crowd_of_waiting_names(committee: Committee) -> None:
    """However many names a stranger adds, few are shown."""
    for number in range(20):
        committee.wiki.add_account(f"Eve {number}")
    committee.save(ALPHA, roster("Ada", "Abel", *(f"Eve {number}" for number in range(3000))), "Eve")
    assert len(alpha(committee).waiting) == len(alpha(committee).problems) == 10


# --- Accounts ---


def keys(committee: Committee) -> list[str]:
    return [problem.key for problem in alpha(committee).problems]


def told(committee: Committee) -> list[tuple[str, ...]]:
    return [(problem.key, *problem.words) for problem in alpha(committee).problems]


def said(committee: Committee) -> str:
    """All that is told about the group's roster."""
    found = alpha(committee)
    return f"{found.names} {found.waiting} {told(committee)}"


def test_names_without_an_account(committee: Committee) -> None:
    """A linked name that nobody has is told and doesn't count, and the list of such names is short."""
    committee.save(ALPHA, roster("Ada", "Nobody"), "Cora")
    assert coordinators(committee) == ("Ada",)
    assert told(committee) == [("roster-no-account", "Nobody")]
    committee.save(ALPHA, roster("Ada", *(f"Nobody {number}" for number in range(300))), "Cora")
    assert told(committee) == [("roster-no-accounts", ", ".join(f"Nobody {number}" for number in range(MOST_NAMED)))]


def test_account_made_later(committee: Committee) -> None:
    """Who registers a name that stands on the page isn't who was meant, until somebody who may saves the page again."""
    committee.at("11-05").save(ALPHA, roster("Ada", "Nobody"), "Cora")
    committee.wiki.add_account("Nobody", registered=moment("11-06"))
    assert (coordinators(committee), keys(committee)) == (("Ada",), ["roster-late-account"])
    committee.at("11-07").save(ALPHA, roster("Ada", "Nobody") + "!", "Ada")
    assert (coordinators(committee), keys(committee)) == (("Ada", "Nobody"), [])


def test_account_made_before(committee: Committee) -> None:
    """An account that was there when the page named it counts."""
    committee.wiki.add_account("Greta", registered=moment("11-04"))
    committee.at("11-05").save(ALPHA, roster("Greta"), "Cora")
    assert coordinators(committee) == ("Greta",)


def test_renamed_account(committee: Committee) -> None:
    """A coordinator who was renamed still is one, under the present name alone."""
    committee.wiki.rename("Ada", "Gerda")
    assert coordinators(committee) == ("Gerda", "Abel")
    assert told(committee) == [("roster-renamed", "Gerda")]
    assert "Ada" not in said(committee)


def test_renamed_twice(committee: Committee) -> None:
    """A chain of renamings is followed, and one that goes in a circle ends."""
    committee.wiki.rename("Ada", "Gerda")
    committee.wiki.rename("Gerda", "Hedda")
    assert coordinators(committee) == ("Hedda", "Abel")
    committee.save(ALPHA, roster("Nobody"), "Cora")
    committee.wiki.rename("Nobody", "Nemo")
    committee.wiki.rename("Nemo", "Nobody")
    assert keys(committee) == ["roster-no-account"]


def test_renamed_accounts_words(committee: Committee) -> None:
    """Who was renamed may go on naming coordinators, and what they did before stays theirs."""
    committee.at("11-05").save(ALPHA, roster("Ada", "Chi"), "Ada")
    committee.wiki.rename("Ada", "Gerda")
    assert coordinators(committee) == ("Gerda", "Chi")
    committee.at("11-06").save(ALPHA, roster("Ada", "Chi", "Dina"), "Gerda")
    assert coordinators(committee) == ("Gerda", "Chi", "Dina")


def test_old_name_taken_by_another(committee: Committee) -> None:
    """Who registers the old name of somebody who was renamed isn't that person."""
    committee.wiki.rename("Ada", "Gerda")
    committee.wiki.add_account("Ada", registered=moment("11-02"))
    assert coordinators(committee) == ("Gerda", "Abel")
    committee.at("11-03").save(ALPHA, roster("Eve"), "Ada")
    assert coordinators(committee) == ("Gerda", "Abel")


def test_redirect_of_a_user_page(committee: Committee) -> None:
    """A redirect of a user page, which anybody can make, is no renaming."""
    committee.save(ALPHA, roster("Ada", "Nobody"), "Cora")
    committee.save("User:Nobody", "#REDIRECT [[User:Eve]]", "Eve")
    assert coordinators(committee) == ("Ada",)


def test_waiting_under_an_old_name(committee: Committee) -> None:
    """Somebody who waits does so under the present name; a coordinator's old name waits for nothing."""
    committee.wiki.rename("Dina", "Hedda")
    committee.wiki.rename("Ada", "Gerda")
    committee.save(ALPHA, roster("Ada", "Gerda", "Abel", "Dina", "Nobody"), "Eve")
    assert [seat.name for seat in alpha(committee).waiting] == ["Hedda"]
    assert "Ada" not in said(committee)
    assert "Dina" not in said(committee)


@pytest.mark.parametrize("name", ["Vanished user 12345", "Renamed user 0a1b2c"])
def test_vanished_account(committee: Committee, name: str) -> None:
    """Who has left the wiki for good is gone, and no name of theirs is told."""
    committee.wiki.rename("Ada", name)
    assert coordinators(committee) == ("Abel",)
    assert told(committee) == [("roster-vanished", "Alpha")]


def test_blocked_coordinator(committee: Committee) -> None:
    """A coordinator who is blocked stays on the list, and the group is told."""
    committee.wiki.block("Abel")
    assert coordinators(committee) == ("Ada", "Abel")
    assert told(committee) == [("roster-blocked", "Abel", "Alpha")]


def test_ended_term(committee: Committee) -> None:
    """Who has left may name nobody any more, but could before."""
    ended = "{{Steering group/Working group|coordinators=* {{u|Ada}} (until 10 November 2026)\n* {{u|Abel}}}}"
    committee.save(ALPHA, ended, "Cora")
    committee.at("11-10T23:00").save(ALPHA, ended.replace("Abel", "Chi"), "Ada")
    assert coordinators(committee) == ("Ada", "Chi")
    committee.at("11-11").save(ALPHA, ended.replace("Abel", "Dina"), "Ada")
    assert coordinators(committee) == ("Ada", "Chi")


PEOPLE = f"{ALPHA}/Participants"
GAMMA = "Committee/Working Groups/Gamma"


def test_page_moved_by_a_stranger() -> None:
    """A page that somebody moves to a group's title brings no coordinators, before the move either, until it is saved.

    Who may move it back vouches for what it says.
    """
    committee = Committee(groups=["Gamma", "Alpha"])
    committee.at("11-05").save("User:Mallory/list", roster("Mallory") + " teh", "Mallory")
    committee.at("11-06").save("User:Mallory/list", roster("Mallory") + " the", "Admin")
    committee.at("11-08").wiki.move("User:Mallory/list", GAMMA, user="Mallory")
    assert coordinators(committee) == ()
    assert alpha(committee, "11-07").names.coordinators == ()
    assert [(seat.name, seat.by) for seat in alpha(committee).waiting] == [("Mallory", "Mallory")]
    committee.at("12-01").file(GAMMA, "Mallory", progress="FORGED")
    committee.run()
    assert "FORGED" not in committee.text(AGENDA)
    committee.save(GAMMA, roster("Mallory") + "!", "Mallory")
    assert coordinators(committee) == ()
    committee.at("12-02").save(GAMMA, roster("Chi"), "Cora")
    assert coordinators(committee) == ("Chi",)
    committee.wiki.move(GAMMA, "Elsewhere", user="Eve")
    committee.wiki.move("Elsewhere", GAMMA)
    committee.save(GAMMA, roster("Eve"), "Eve")
    assert coordinators(committee) == ("Chi",)


@pytest.mark.parametrize(("mover", "expected"), [("Mallory", ("Chi",)), ("Chi", ("Chi", "Dina"))])
def test_subpage_moved_by_a_stranger(committee: Committee, mover: str, expected: tuple[str, ...]) -> None:
    """A subpage that a stranger puts there brings no coordinators; one that a coordinator does, does."""
    committee.save("User:Cora/list", "* [[User:Dina]] – coordinator", "Cora")
    text = "{{Steering group/Working group|coordinators=[[User:Chi]]|members={{/Participants}}}}"
    committee.save(ALPHA, text, "Cora")
    committee.wiki.move("User:Cora/list", PEOPLE, user=mover)
    assert coordinators(committee) == expected


@pytest.mark.parametrize("user", ["Abel", "Cora", "Admin"])
def test_old_name_taken_by_another_before_an_edit(committee: Committee, user: str) -> None:
    """Nor is who registers it that person once somebody saves the page for another reason."""
    committee.wiki.rename("Ada", "Gerda")
    committee.wiki.add_account("Ada", registered=moment("11-03"))
    committee.at("11-05").save(ALPHA, roster("Ada", "Abel") + "\n[[Category:Groups]]", user)
    assert coordinators(committee) == ("Gerda", "Abel")
    assert told(committee) == [("roster-renamed", "Gerda")]
    committee.at("11-06").save(ALPHA, roster("Abel"), "Abel")
    committee.at("11-07").save(ALPHA, roster("Abel", "Ada"), "Abel")
    assert coordinators(committee) == ("Abel", "Gerda")


def test_young_account(committee: Committee) -> None:
    """An account that was new when it was named counts, whoever had the name before."""
    committee.wiki.rename("Dina", "Hedda")
    committee.wiki.add_account("Dina", registered=moment("11-03"))
    committee.at("11-05").save(ALPHA, roster("Ada", "Abel", "Dina"), "Ada")
    committee.at("11-06").save(ALPHA, roster("Ada", "Abel", "Dina") + "!", "Ada")
    assert coordinators(committee) == ("Ada", "Abel", "Dina")


# --- The core team's accounts ---


def test_renamed_core_team(committee: Committee) -> None:
    """Who was renamed in the core team is still believed, and an admin is told which name isn't theirs any more."""
    committee.at("11-05").wiki.rename("Cora", "Kora")
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    report = committee.run()
    assert ("core-team-renamed", CONFIGURATION.text) in problems(report)
    assert all("Kora" not in problem.words for problem in report.problems)
    assert "core-team-renamed|1=Cora" in committee.text(STATUS)
    assert "We met." in committee.text(AGENDA)
    committee.save(ALPHA, roster("Chi"), "Kora")
    committee.file(ALPHA, "Chi", progress="Chi was here.")
    committee.run()
    assert "Chi was here." in committee.text(AGENDA)


@pytest.mark.parametrize("saved_again", [False, True])
def test_name_of_the_core_team_taken_by_another(committee: Committee, saved_again: bool) -> None:
    """Who registers the old name of somebody in the core team isn't in it, before and after a meeting."""
    committee.at("11-05").wiki.rename("Cora", "Kora")
    committee.wiki.add_account("Cora", registered=moment("11-06"))
    if saved_again:
        committee.at("11-07").configure({**committee.configuration, "languages": ["en", "fr"]})
    committee.at("11-08").save(ALPHA, roster("Mallory"), "Cora")
    committee.at("12-01").file(ALPHA, "Mallory", progress="FORGED")
    committee.file(BETA, "Bo", progress="We met.")
    report = committee.run()
    assert ("core-team-renamed", CONFIGURATION.text) in problems(report)
    assert "FORGED" not in committee.text(AGENDA)
    committee.at("12-11").run()
    assert "FORGED" not in committee.text(AGENDA)
    assert "We met." in committee.text(AGENDA)
    committee.save(f"User:{BOT}/Run", "no", "Admin")
    committee.save(f"User:{BOT}/Run", "yes", "Cora")
    done = outcomes(committee.at("2027-01-05").run()).values()
    assert "stop page" in done
    assert "saved" not in done


# --- Rosters in other places ---


def test_page_without_the_template(committee: Committee) -> None:
    """A list on the page is read, with the authority that it would have in the template."""
    committee.save(ALPHA, "== Coordinators ==\n* [[User:Chi]]\n== Members ==\n* [[User:Dina]]", "Cora")
    assert (alpha(committee).names.members, keys(committee)) == (("Dina",), [])
    committee.save(ALPHA, "* [[User:Chi]] – coordinator\n* [[User:Eve]] – coordinator", "Eve")
    assert coordinators(committee) == ("Chi",)
    assert keys(committee) == ["roster-waiting"]
    committee.save(ALPHA, "* [[User:Chi]] – coordinator\n* [[User:Eve]] – coordinator!", "Chi")
    assert coordinators(committee) == ("Chi", "Eve")


@pytest.mark.parametrize("call", ["{{participants}}", "{{/Participants}}", "{{:" + PEOPLE + "}}", "{{/participants}}"])
def test_roster_on_a_subpage(committee: Committee, call: str) -> None:
    """The roster on a subpage is read by that page's history; the group's page must be by somebody who may."""
    committee.save(PEOPLE, "* [[User:Chi]] – coordinator\n* [[User:Dina]]", "Cora")
    committee.save(ALPHA, f"Our group.\n{call}", "Eve")
    assert coordinators(committee) == ("Ada", "Abel")
    committee.save(ALPHA, f"Our group!\n{call}", "Cora")
    assert coordinators(committee) == ("Chi",)
    assert alpha(committee).names.members == ("Dina",)
    committee.save(PEOPLE, "* [[User:Eve]] – coordinator", "Eve")
    assert coordinators(committee) == ("Chi",)
    assert [seat.name for seat in alpha(committee).waiting] == ["Eve"]
    committee.save(PEOPLE, "* [[User:Chi]] – coordinator\n* [[User:Dina]] – coordinator", "Chi")
    assert coordinators(committee) == ("Chi", "Dina")


def test_subpage_in_a_field(committee: Committee) -> None:
    """The field says what the people of the page are that it transcludes; they may then change the group's page."""
    committee.save(PEOPLE, "* [[User:Chi]]", "Cora")
    committee.save(ALPHA, "{{Steering group/Working group|coordinators={{participants}}}}", "Cora")
    assert coordinators(committee) == ("Chi",)
    committee.save(ALPHA, "{{Steering group/Working group|coordinators={{participants}} {{u|Dina}}}}", "Chi")
    assert coordinators(committee) == ("Dina", "Chi")
    committee.save(ALPHA, "{{Steering group/Working group|coordinators={{participants}} {{u|Eve}}}}", "Eve")
    assert coordinators(committee) == ("Dina", "Chi")


def test_subpage_of_a_stranger(committee: Committee) -> None:
    """A subpage that nobody trusted has saved gives no authority, nor does a redirect to another page."""
    committee.save(ALPHA, "{{/Participants}}", "Cora")
    assert keys(committee) == ["roster-page-missing"]
    committee.save(PEOPLE, "* [[User:Eve]] – coordinator", "Eve")
    assert coordinators(committee) == ()
    committee.save("Elsewhere", "* [[User:Eve]] – coordinator", "Cora")
    committee.save(PEOPLE, "#REDIRECT [[Elsewhere]]", "Eve")
    assert coordinators(committee) == ()
    assert "redirect" in keys(committee)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Roles & Responsibilities", "Roles and Responsibilities"),
        ("Roles and Responsibilities", "Roles & Responsibilities"),
    ],
)
def test_and(name: str, page: str) -> None:
    """A group's page is found with "and" for "&" too, and so is what was filed below it."""
    committee = Committee(groups=[name])
    where = f"Committee/Working Groups/{page}"
    committee.save(where, roster("Ada"), "Cora")
    found = alpha(committee)
    assert (found.group.page.text, found.names.coordinators, found.problems) == (where, ("Ada",), ())
    committee.at("12-01").file(where, "Ada", progress="We met.")
    committee.run("agenda")
    assert "We met." in committee.text(AGENDA)
    committee.at("12-10T15:01").save(f"{where}/Updates/2026-12-10", update(progress="Too late."), "Ada")
    committee.run("agenda")
    assert "|state=closed|" in committee.text(AGENDA)
    assert "We met." in committee.text(AGENDA)


def test_and_where_both_are() -> None:
    """Where the page that is configured stands, it counts."""
    committee = Committee(groups=["A & B"])
    committee.save("Committee/Working Groups/A & B", roster("Ada"), "Cora")
    committee.save("Committee/Working Groups/A and B", roster("Eve"), "Cora")
    assert coordinators(committee) == ("Ada",)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Roles & Responsibilities", ["Roles and Responsibilities"]),
        ("Roles and Responsibilities", ["Roles & Responsibilities"]),
        ("R&D", ["R & D", "R and D"]),
        ("Diversity", []),
    ],
)
def test_other_spellings(name: str, others: list[str]) -> None:
    """Only a name with "&" or "and" has another spelling."""
    found = other_spellings(Group(name, Title(f"Root and more/{name}")))
    assert [title.text for title in found] == [f"Root and more/{other}" for other in others]


# --- On the agenda ---


def test_old_and_new_name_on_the_agenda(committee: Committee) -> None:
    """After a renaming the old name is on no page of the bot where the new one is, closed agendas among them."""
    committee.at("12-01").file(ALPHA, "Abel", progress="We met.")
    committee.run()
    committee.wiki.rename("Abel", "Gerda")
    for time in ("12-02", "12-10T15:01", "12-11"):
        committee.at(time).run()
        own = {title.text: text for title, text in committee.wiki.texts().items() if title.text != ALPHA}
        assert [title for title, text in own.items() if "Abel" in text and "Gerda" in text] == []
    committee.wiki.rename("Gerda", "Hedda")
    committee.at("12-12").run()
    assert "Hedda" in committee.text(AGENDA)
    assert "Gerda" not in committee.text(AGENDA)


def test_expected_at_the_meeting(committee: Committee) -> None:
    """Whose term ends before the meeting isn't expected there."""
    text = "{{Steering group/Working group|coordinators=* {{u|Ada}} (until November 2026)\n* {{u|Abel}}}}"
    committee.save(ALPHA, text, "Cora")
    committee.at("12-01").run("agenda")
    assert "Member|Abel|" in committee.text(AGENDA)
    assert "Member|Ada|" not in committee.text(AGENDA)
