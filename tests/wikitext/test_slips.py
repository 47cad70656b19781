"""Slips are found outside the slot of their page, and taken out without a trace."""

from __future__ import annotations

import pytest

from strategybot.wikitext.slips import slips, without_slips

PAGE = "Top.\n<!-- slot:items -->\nrows\n<!-- /slot:items -->\n\nFoot."
SLIP = "{{Steering group/Change|A7|status=done|note=}}"

OUTCOMES = PAGE.replace("items", "outcomes")
OUTCOME = "{{Steering group/Feedback outcome|F7|state=answered}}"

CASES = [
    (f"{PAGE}\n\n{SLIP}", PAGE),
    (f"{PAGE}\n\n{SLIP}\n\n{SLIP}\nThanks!", f"{PAGE}\n\nThanks!"),
    (f"{SLIP}\n{PAGE}", PAGE),
    (PAGE.replace("rows", SLIP), PAGE.replace("rows", SLIP)),
    (f"No register.\n\n{SLIP}", f"No register.\n\n{SLIP}"),
    (f"{PAGE}\n<nowiki>{SLIP}</nowiki>", f"{PAGE}\n<nowiki>{SLIP}</nowiki>"),
    (f"{PAGE}\n{{{{Box|{SLIP}}}}}", f"{PAGE}\n{{{{Box|{SLIP}}}}}"),
    (f"{OUTCOMES}\n\n{OUTCOME}", OUTCOMES),
    (OUTCOMES.replace("rows", OUTCOME), OUTCOMES.replace("rows", OUTCOME)),
    (f"{OUTCOMES}\n\n{SLIP}", f"{OUTCOMES}\n\n{SLIP}"),
    (f"{PAGE}\n\n{OUTCOME}", f"{PAGE}\n\n{OUTCOME}"),
]


@pytest.mark.parametrize(("text", "left"), CASES)
def test_taken_out(text: str, left: str) -> None:
    """What else people wrote stays; what stands in the slot, in other templates or on other pages is no slip."""
    assert without_slips(text) == left
    assert without_slips(left) == left


def test_found() -> None:
    """Slips are found in their order, whatever prefix our templates have."""
    page = f"{PAGE}\n{SLIP}\n{{{{Trial of Steering group/Change|A8|status=open}}}}"
    assert [call.unnamed[0] for call in slips(page)] == ["A7", "A8"]
