"""Which revision brought what stands on a page."""

from __future__ import annotations

import pytest

from strategybot.inquiries.people import may_confirm, may_steer, people_of
from strategybot.inquiries.provenance import Origin, origins
from strategybot.model.page import Revision, Title
from strategybot.wiki.asking import Job, known
from tests.committee import ALPHA, Committee, roster

PAGE = "Committee/List"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


def _by_ada(revision: Revision) -> Job[bool]:
    return known(revision.user == "Ada")


def _origins(committee: Committee, page: str = PAGE) -> dict[str, tuple[str | None, bool]]:
    found = committee.ask(origins(committee.page(page), _lines, _by_ada))
    return {thing: (one.revision.user, one.counts) for thing, one in found.items()}


@pytest.mark.parametrize(
    ("saved", "found"),
    [
        ([("Ada", "a")], {"a": ("Ada", True)}),
        ([("Mallory", "a")], {"a": ("Mallory", False)}),
        ([("Ada", "a"), ("Mallory", "a\nb")], {"a": ("Ada", True), "b": ("Mallory", False)}),
        ([("Mallory", "a"), ("Ada", "a\nb")], {"a": ("Mallory", False), "b": ("Ada", True)}),
        ([("Ada", "a"), ("Mallory", "b"), ("Bo", "a")], {"a": ("Ada", True)}),
        ([("Ada", "a"), ("Mallory", ""), ("Mallory", "a")], {"a": ("Ada", True)}),
        ([("Ada", "a"), ("Mallory", "b"), ("Mallory", "a\nb")], {"a": ("Mallory", False), "b": ("Mallory", False)}),
        ([("Ada", "a"), ("Ada", "b"), ("Mallory", "b\na")], {"b": ("Ada", True), "a": ("Mallory", False)}),
        ([("Ada", "a\nb"), ("Mallory", "b\na")], {"b": ("Ada", True), "a": ("Ada", True)}),
        ([("Ada", "x"), ("Ada", "x\ny")], {"x": ("Ada", True), "y": ("Ada", True)}),
        ([("Ada", "")], {}),
    ],
)
def test_who_brought_it(saved: list[tuple[str, str]], found: dict[str, tuple[str, bool]]) -> None:
    """It counts who brought a thing; who brings the whole page back to what it was brings nothing."""
    committee = Committee()
    for user, text in saved:
        committee.save(PAGE, text, user)
    assert _origins(committee) == found


def test_a_long_history() -> None:
    """What was brought a hundred revisions ago is found."""
    committee = Committee()
    committee.save(PAGE, "a", "Ada")
    for number in range(120):
        committee.save(PAGE, f"a\n{number}", "Mallory")
    assert _origins(committee) == {"a": ("Ada", True), "119": ("Mallory", False)}


def test_hidden_revisions() -> None:
    """A hidden revision may have brought what the next one shows: then both must be by somebody who may."""
    committee = Committee()
    committee.save(PAGE, "x", "Ada")
    hidden = committee.save(PAGE, "x\na", "Mallory")
    committee.save(PAGE, "x\na\nb", "Ada")
    committee.wiki.hide(hidden, text=True)
    assert _origins(committee) == {"x": ("Ada", True), "a": ("Mallory", False), "b": ("Mallory", False)}


def test_a_move_lends_nothing() -> None:
    """A page that somebody who may not moved there is theirs, whoever wrote it."""
    committee = Committee()
    committee.save("Committee/Elsewhere", "a", "Ada")
    committee.wiki.move(Title("Committee/Elsewhere"), Title(PAGE), user="Mallory")
    assert _origins(committee) == {"a": ("Mallory", False)}


def test_nothing_to_ask() -> None:
    """A page that holds nothing of interest costs no request, and neither does one that isn't there."""
    committee = Committee()
    committee.save(PAGE, "", "Ada")
    page, before = committee.page(PAGE), sum(committee.wiki.requests.values())
    assert committee.ask(origins(page, _lines, _by_ada)) == {}
    assert sum(committee.wiki.requests.values()) == before
    assert committee.ask(origins(committee.page("Committee/Nowhere"), _lines, _by_ada)) == {}


def _may(committee: Committee, user: str, *, steer: bool, group: bool) -> bool:
    process = committee.process
    process = process.seen_from(process.bodies[1]) if group else process
    revid = committee.save(PAGE, f"by {user}", user)
    revision = committee.page(PAGE).revision
    assert revision
    assert revision.id == revid
    people = committee.ask(people_of(process))
    return committee.ask((may_steer if steer else may_confirm)(process, people, revision))


@pytest.mark.parametrize(
    ("user", "steers", "confirms", "steers_group", "confirms_group"),
    [
        ("Ada", True, True, True, True),
        ("Bo", True, True, False, False),
        ("Chi", False, False, False, True),
        ("Cora", True, True, True, True),
        ("Admin", True, True, True, True),
        ("Mallory", False, False, False, False),
    ],
)
def test_who_may(user: str, *, steers: bool, confirms: bool, steers_group: bool, confirms_group: bool) -> None:
    """Coordinators of all groups are the steering group; a working group has its own people, and members confirm."""
    meetings = {"first_meeting": "2026-12-03T15:00", "repeat": "FREQ=MONTHLY;BYDAY=1TH"}
    committee = Committee(groups=[{"name": "Alpha", "meetings": meetings}, "Beta"])
    committee.save(ALPHA, roster("Ada", "Abel", members="[[User:Chi]]"), "Cora")
    assert [_may(committee, user, steer=steer, group=group) for group in (False, True) for steer in (True, False)] == [
        steers,
        confirms,
        steers_group,
        confirms_group,
    ]


def test_an_origin_is_a_value() -> None:
    """The same question has the same answer."""
    committee = Committee()
    committee.save(PAGE, "a", "Ada")
    page = committee.page(PAGE)
    first, second = (committee.ask(origins(page, _lines, _by_ada)) for _ in range(2))
    assert first == second
    assert isinstance(first["a"], Origin)
