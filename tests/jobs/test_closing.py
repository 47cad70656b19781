"""Closed agendas under attack: what withdraws something from them, and what doesn't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from strategybot.model.page import Title
from strategybot.wiki.titles import canonical
from tests.committee import AGENDA, ALPHA, BETA, CONFIGURATION, Committee, moment, outcomes, problems, roster, update

PAGE = f"{ALPHA}/Updates/2026-12-10"
UPDATES = f"{ALPHA}/Updates"
NOWHERE = "#REDIRECT [[Nowhere]]"
Act = Callable[[Committee, str], Any]


def section(date: str = "2026-12-10", **fields: str) -> str:
    """A section of a page of updates."""
    return f"== {date} ==\n{update(**fields)}\n"


def move(committee: Committee, old: str, new: str, user: str, *, redirect: bool = True) -> None:
    """Somebody moves a page: it gets a revision that changes nothing."""
    source, target = canonical(Title(old)), canonical(Title(new))
    assert source
    assert target
    with committee.wiki._writing() as records:
        moved = records.standing(source)
        assert moved
        records.move(source, target, committee.now)
        records.save(target, moved.text, user, "moved", committee.now)
        if redirect:
            records.save(source, f"#REDIRECT [[{target}]]", user, "moved", committee.now)


def closed(place: str = PAGE) -> Committee:
    """A closed agenda with what Alpha filed there, partly in translation, and Beta's."""
    committee = Committee()
    if place == PAGE:
        committee.at("12-01").file(ALPHA, "Ada", progress="We met.", questions="Who?", lang="en")
        committee.at("12-02").save(UPDATES, section(progress="Réunis.", lang="fr"), "Abel")
    else:
        text = section(progress="We met.", questions="Who?", lang="en")
        committee.at("12-01").save(UPDATES, text, "Ada")
        committee.at("12-02").save(UPDATES, text + section(progress="Réunis.", lang="fr"), "Abel")
    committee.file(BETA, "Bo", progress="So did we.")
    committee.at("12-05").run()
    committee.at("12-10T15:00").run()
    committee.at("12-11")
    assert shown(committee) == ["We met.", "Who?", "Réunis.", "So did we."]
    return committee


def shown(committee: Committee) -> list[str]:
    """Which of the words that were filed the closed agenda shows."""
    text = committee.text(AGENDA)
    return [words for words in ("We met.", "Who?", "Réunis.", "So did we.", "Other.") if words in text]


def copied(committee: Committee, page: str) -> None:
    committee.save("Elsewhere", committee.text(page), "Eve")
    committee.save(page, "#REDIRECT [[Elsewhere]]", "Eve")


def moved_and_changed(committee: Committee, page: str) -> None:
    move(committee, page, "Elsewhere", "Eve")
    committee.save("Elsewhere", "Other.", "Eve")
    committee.save(page, NOWHERE, "Eve")


STRANGERS: dict[str, Act] = {
    "redirect": lambda c, page: c.save(page, NOWHERE, "Eve"),
    "copy": copied,
    "circle": lambda c, page: c.save(page, f"#REDIRECT [[{page}]]", "Eve"),
    "move": lambda c, page: move(c, page, "Elsewhere", "Eve"),
    "move without redirect": lambda c, page: move(c, page, "Elsewhere", "Eve", redirect=False),
    "move, change and redirect": moved_and_changed,
    "move, and another page": lambda c, page: (
        move(c, page, "Elsewhere", "Eve", redirect=False),
        c.save(page, "Other.", "Eve"),
    ),
    "blank": lambda c, page: c.save(page, "", "Eve"),
    "other words": lambda c, page: c.save(page, section(progress="Other."), "Eve"),
    "group page": lambda c, _: c.save(ALPHA, NOWHERE, "Eve"),
    "group page moved": lambda c, _: move(c, ALPHA, "Elsewhere", "Eve", redirect=False),
    "one page to the other": lambda c, page: c.save(page, f"#REDIRECT [[{UPDATES if page == PAGE else PAGE}]]", "Eve"),
}


@pytest.mark.parametrize("act", STRANGERS.values(), ids=STRANGERS)
@pytest.mark.parametrize("place", [PAGE, UPDATES])
def test_strangers_withdraw_nothing(place: str, act: Act) -> None:
    """Nothing that a stranger makes of a page takes words off a closed agenda, not even when another group's go."""
    committee = closed(place)
    act(committee, place)
    committee.run()
    assert shown(committee) == ["We met.", "Who?", "Réunis.", "So did we."]
    committee.at("12-12").save(f"{BETA}/Updates/2026-12-10", "", "Bo")
    committee.run()
    assert shown(committee) == ["We met.", "Who?", "Réunis."]
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


@pytest.mark.parametrize("act", STRANGERS.values(), ids=STRANGERS)
def test_withdrawn_after_a_stranger(act: Act) -> None:
    """Whatever a stranger made of a page, deleting or hiding the revision takes its words off a closed agenda."""
    committee = closed()
    revision = committee.page(PAGE).revision
    assert revision
    act(committee, PAGE)
    committee.run()
    committee.wiki.hide(revision.id)
    committee.at("12-12").run()
    assert shown(committee) == ["Réunis.", "So did we."]


OWN: dict[str, Act] = {
    "redirect": lambda c, page: c.save(page, NOWHERE, "Ada"),
    "core team": lambda c, page: c.save(page, NOWHERE, "Cora"),
    "blank": lambda c, page: c.save(page, "", "Ada"),
    "move away": lambda c, page: move(c, page, "User:Ada/Draft", "Ada", redirect=False),
    "deleted": lambda c, page: c.wiki.delete(Title(page)),
    "after a move": lambda c, page: (move(c, page, "Elsewhere", "Eve"), c.save("Elsewhere", "", "Ada")),
    "after a redirect": lambda c, page: (c.save(page, NOWHERE, "Eve"), c.save(page, "", "Ada")),
    "undone": lambda c, page: (c.save(page, "", "Ada"), c.file(ALPHA, "Eve", **WORDS)),
    "undone and moved": lambda c, page: (
        c.save(page, "withdrawn", "Ada"),
        c.file(ALPHA, "Eve", **WORDS),
        move(c, page, "Elsewhere", "Eve"),
    ),
    "deleted and made anew": lambda c, page: (c.wiki.delete(Title(page)), c.file(ALPHA, "Eve", **WORDS)),
}
WORDS = {"progress": "We met.", "questions": "Who?", "lang": "en"}


@pytest.mark.parametrize("act", OWN.values(), ids=OWN)
def test_withdrawn_by_who_may(act: Act) -> None:
    """Who may speak for the group withdraws by emptying, redirecting or moving away, and no stranger undoes it."""
    committee = closed()
    act(committee, PAGE)
    committee.run()
    assert shown(committee) == ["Réunis.", "So did we."]
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_topic_withdrawn_and_brought_back() -> None:
    """A topic that a coordinator emptied goes, though a stranger put it back before the next run; also in sections."""
    committee = closed(UPDATES)
    text = committee.text(UPDATES)
    committee.save(UPDATES, text.replace("|questions=Who?\n", ""), "Ada")
    committee.save(UPDATES, text, "Eve")
    committee.run()
    assert shown(committee) == ["We met.", "Réunis.", "So did we."]
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_looking_after_quiet_pages_costs_nothing() -> None:
    """Looking after a closed agenda costs no history where nobody but its authors saved its sources since."""
    committee = closed(UPDATES)
    cost = committee.run("agenda").requests
    committee.save(UPDATES, committee.text(UPDATES) + section("2027-01-14", progress="New."), "Ada")
    committee.run()
    assert committee.run("agenda").requests == cost


def test_twin_page() -> None:
    """Who makes a group's other page, with “&” for “and”, takes nothing off a closed agenda."""
    page = "Committee/Working Groups/Roles and Responsibilities"
    committee = Committee(groups=["Roles & Responsibilities", "Beta"])
    committee.save(page, roster("Ada"), "Cora")
    committee.at("12-01").file(page, "Ada", progress="We met.")
    committee.save(f"{page}/Updates", section(questions="Who?"), "Ada")
    committee.file(BETA, "Bo", progress="So did we.")
    committee.at("12-10T15:00").run()
    committee.at("12-11").save("Committee/Working Groups/Roles & Responsibilities", "Hi", "Eve")
    committee.run()
    assert shown(committee) == ["We met.", "Who?", "So did we."]
    committee.at("12-12").save(f"{BETA}/Updates/2026-12-10", "", "Bo")
    committee.run()
    assert shown(committee) == ["We met.", "Who?"]
    committee.at("12-13").save(f"{page}/Updates", "", "Ada")
    committee.run()
    assert shown(committee) == ["We met."]


CHANGES: dict[str, dict[str, Any]] = {
    "topics": {"topics": ["progress"]},
    "prefix": {"template_prefix": "SG2/"},
    "groups": {"groups": ["Gamma"]},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_withdrawn_after_a_change_of_the_configuration(change: dict[str, Any]) -> None:
    """A closed agenda is guarded as the process was configured when its meeting started."""
    committee = closed()
    before = committee.text(AGENDA)
    committee.configure({**committee.configuration, **change})
    committee.run()
    assert committee.text(AGENDA) == before
    committee.at("12-12").file(ALPHA, "Ada", progress="We met.", lang="en")
    committee.run()
    assert shown(committee) == ["We met.", "Réunis.", "So did we."]
    committee.at("12-13").save(PAGE, "", "Ada")
    committee.run()
    assert shown(committee) == ["Réunis.", "So did we."]
    assert AGENDA not in {page for page, kind in outcomes(committee.run()).items() if kind != "unchanged"}


@pytest.mark.parametrize(
    "change", [{"root": "New root"}, {"titles": {"agenda": "{root}/Agendas/{date}"}}], ids=["root", "titles"]
)
def test_no_second_agenda(change: dict[str, Any]) -> None:
    """Where agendas get other titles after a meeting, no second one is made for it."""
    committee = closed()
    committee.configure({**committee.configuration, **change})
    found = committee.run("agenda")
    assert [page for page in outcomes(found) if page.endswith("2026-12-10")] == []


def test_people_vouch_for_nobody() -> None:
    """Who writes a call of the bot's on a closed agenda, outside the slot, isn't believed when it is made anew."""
    committee = Committee()
    committee.at("12-01").save(UPDATES, section(progress="Other."), "Eve")
    committee.file(ALPHA, "Ada", progress="We met.", questions="Who?")
    committee.at("12-10T15:00").run()
    revision = committee.page(UPDATES).revision
    assert revision
    call = f"{{{{Steering group/Source|group=Alpha|user=Eve|revision={revision.id}|page={UPDATES}}}}}\n"
    committee.at("12-11").save(AGENDA, f"{committee.text(AGENDA)}\n{call}", "Eve")
    committee.run()
    committee.at("12-12").file(ALPHA, "Ada", progress="We met.")
    committee.run()
    assert shown(committee) == ["We met."]


@pytest.mark.parametrize("place", [PAGE, UPDATES])
def test_edited_closed_agenda(place: str) -> None:
    """What is withdrawn leaves a closed agenda that somebody has edited, sections and translations as well."""
    committee = closed(place)
    committee.save(AGENDA, f"{committee.text(AGENDA)}\nMinutes: [[Somewhere]]\n", "Eve")
    committee.run()
    text = committee.text(UPDATES)
    committee.at("12-12").save(UPDATES, text.replace("|progress=Réunis.\n", ""), "Abel")
    committee.run()
    assert shown(committee) == ["We met.", "Who?", "So did we."]
    committee.at("12-13").save(place, "", "Ada")
    committee.run()
    assert shown(committee) == ["So did we."]
    assert "Minutes: [[Somewhere]]" in committee.text(AGENDA)
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_cut_short_by_a_configuration_that_is_unreadable() -> None:
    """A configuration that was broken at the start leaves the guard to the present one."""
    committee = Committee()
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.at("12-10T14:00").save(CONFIGURATION.text, "[]", "Admin")
    committee.at("12-10T15:30").configure(committee.configuration)
    committee.run()
    assert shown(committee) == ["We met."]
    committee.at("12-11").save(PAGE, "", "Ada")
    assert problems(committee.run()) == []
    assert shown(committee) == []
    assert moment("12-11") == committee.now


def test_redirect_from_before_the_start() -> None:
    """What stands behind a coordinator's redirect from before the meeting is guarded where it stands."""
    committee = Committee()
    committee.at("12-01").save("Elsewhere", update(progress="We met.", questions="Who?"), "Ada")
    committee.save(PAGE, "#REDIRECT [[Elsewhere]]", "Ada")
    committee.at("12-10T15:00").run()
    assert shown(committee) == ["We met.", "Who?"]
    committee.at("12-11").save("Elsewhere", update(progress="We met."), "Ada")
    committee.run()
    assert shown(committee) == ["We met."]
    assert set(outcomes(committee.run()).values()) == {"unchanged"}


def test_redirect_before_the_first_run_after_the_start() -> None:
    """A stranger's redirect after the start changes nothing in how an agenda is closed."""
    committee = Committee()
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.")
    committee.at("12-05").run()
    committee.at("12-10T15:01").save(PAGE, NOWHERE, "Eve")
    committee.at("12-10T15:05").run()
    assert shown(committee) == ["We met."]
