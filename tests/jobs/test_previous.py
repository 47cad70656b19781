"""Whose update the button's form refers to: what stood open there is shown to whoever begins the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.committee import ALPHA, FRONT_PAGE, NEXT_AGENDA, Committee, update

LAST = f"{ALPHA}/Updates/2026-12-10"
OURS = update(progress="We met.", needs="* Money")
STRANGE = update(progress="We met.", needs="* STRANGERTEXT")

CASES: list[tuple[Callable[[Committee], object], bool]] = [
    (lambda committee: committee.save(LAST, OURS, "Ada"), True),
    (lambda committee: [committee.save(LAST, STRANGE, "Eve"), committee.save(LAST, OURS, "Abel")], True),
    (lambda _: None, False),
    (lambda committee: committee.save(LAST, STRANGE, "Eve"), False),
    (lambda committee: [committee.save(LAST, OURS, "Ada"), committee.save(LAST, STRANGE, "Eve")], False),
    (lambda committee: [committee.save(LAST, OURS, "Ada"), committee.save(LAST, STRANGE + OURS, "Eve")], False),
    (lambda committee: [committee.save(LAST, OURS, "Ada"), committee.save(LAST, "", "Ada")], False),
    (
        lambda committee: [
            committee.save(f"{ALPHA}/Updates", f"== 2026-12-10 ==\n{OURS}", "Ada"),
            committee.save(LAST, STRANGE, "Eve"),
        ],
        False,
    ),
    (lambda committee: committee.save(f"{ALPHA}/Updates", f"== 2026-12-10 ==\n{OURS}", "Ada"), False),
    (lambda committee: committee.save(LAST, f"#REDIRECT [[{ALPHA}/Mine]]", "Ada"), False),
]


BUTTONS = "{{Steering group/Report|", "|button={{Steering group/File update|"
"""How the lines begin that show a button, on the agenda and on the front page."""


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_update_before(committee: Committee, number: int) -> None:
    """The button knows of the page only where all that stands there is the group's, which the bot can tell."""
    stood, is_known = CASES[number]
    committee.at("12-05")
    stood(committee)
    committee.at("2027-01-05").run()
    for page in (NEXT_AGENDA, FRONT_PAGE):
        buttons = [line for line in committee.text(page).splitlines() if line.startswith(BUTTONS)]
        assert len(buttons) == 2
        assert ["|previous=2026-12-10}}" in line for line in buttons] == [is_known, False]


def test_what_was_filed_late(committee: Committee) -> None:
    """It is on the agenda itself; the group's button for what is new still refers to its page."""
    committee.at("12-20").save(LAST, OURS, "Ada")
    committee.at("2027-01-05").run()
    assert "|previous=2026-12-10}}" in committee.text(NEXT_AGENDA)


def test_a_stranger_comes_later(committee: Committee) -> None:
    """At the next run the button doesn't refer to that page any more."""
    committee.at("12-05").save(LAST, OURS, "Ada")
    committee.at("2027-01-05").run()
    assert "|previous=2026-12-10}}" in committee.text(FRONT_PAGE)
    committee.save(LAST, STRANGE, "Eve")
    committee.run()
    assert "|previous=" not in committee.text(FRONT_PAGE) + committee.text(NEXT_AGENDA)
