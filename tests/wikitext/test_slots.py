"""Slots for people to write in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.wikitext.slots import digest, emptied, filled, slot

PAGE = "head\n<!-- slot:a -->\n<!-- /slot:a -->\nmiddle\n<!-- slot:b-c -->\nold\n<!-- /slot:b-c -->\nfoot"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (PAGE, "a", ""),
        (PAGE, "b-c", "old"),
        (PAGE, "d", None),
        ("<!-- slot:a -->x<!-- /slot:b -->", "a", None),
        ("<!-- slot:a -->\n\n* x\n\n* y\n\n<!-- /slot:a -->", "a", "* x\n\n* y"),
        (
            "<!-- slot:a -->1<!-- /slot:a -->2<!-- slot:a -->3<!-- /slot:a -->4<!-- /slot:b -->",
            "a",
            "1<!-- /slot:a -->2<!-- slot:a -->3",
        ),
    ],
)
def test_a_slot_gives_what_people_wrote(text: str, name: str, found: str | None) -> None:
    """It goes from the first mark of its start to the last of its end; without one of them it is none."""
    assert slot(text, name) == found


@given(
    st.lists(
        st.sampled_from(["<!-- slot:a -->", "<!-- /slot:a -->", "<!-- slot:b-c -->", "<!--", "x", "\n"]) | st.text()
    )
    .map("".join)
    .filter(lambda text: text == text.strip("\n"))
)
def test_a_slot_holds_text_to_the_letter(written: str) -> None:
    """What is filled in is found again, even slots' marks, and changes no other slot and no fingerprint."""
    page = filled(PAGE, "a", written)
    assert slot(page, "a") == written
    assert slot(page, "b-c") == "old"
    assert emptied(page) == emptied(PAGE)
    assert digest(page) == digest(PAGE)


@pytest.mark.parametrize("change", [lambda text: text + "x", lambda text: text.replace("middle", "Middle"),
                                    lambda text: text.replace("<!-- /slot:a -->", "")])  # fmt: skip
def test_a_change_outside_the_slots_shows(change: object) -> None:
    """The fingerprint tells any change that isn't in a slot, the slots' own marks included."""
    assert callable(change)
    assert digest(change(PAGE)) != digest(PAGE)


def test_white_space_around_a_page_doesnt_count() -> None:
    """A wiki strips it when saving."""
    assert digest(f"{PAGE}\n") == digest(PAGE)
