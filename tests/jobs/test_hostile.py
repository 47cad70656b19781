"""What people type never breaks the bot's own reading: not in updates and rosters, nor in a page's slot."""

from __future__ import annotations

import re

import pytest

from strategybot.wiki.port import Kind
from strategybot.wikitext.slots import emptied, slot
from tests.committee import AGENDA, ALPHA, Committee, outcomes
from tests.conftest import Tally
from tests.hostile import HOSTILE
from tests.lengths import NIGHTLY
from tests.mediawiki.filed import in_updates, together

SUBSTITUTED = re.compile(r"\{\{\s*(safe)?subst\s*:", re.IGNORECASE)
ANCHOR = re.compile("id=([a-z-]+)")


TOGETHER = {name: [value] for name, value in HOSTILE.items()} if NIGHTLY else together(HOSTILE)
"""All values, by day several on one agenda."""


@pytest.mark.parametrize("values", TOGETHER.values(), ids=TOGETHER)
def test_a_second_run_changes_nothing(values: list[str]) -> None:
    """Whatever is in updates and rosters, what the bot has saved is what it would save again."""
    committee = in_updates(*values)
    assert committee.run().crashes == []
    assert set(outcomes(committee.run()).values()) == {Kind.UNCHANGED.label}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_slot_holds_what_people_write(committee: Committee, tally: Tally, value: str) -> None:
    """In their own place people write anything: the bot carries it along to the letter, and the page stays its own."""
    committee.at("12-01").run()
    page = committee.text(AGENDA)
    committee.save(AGENDA, page.replace("<!-- /slot:proposed -->", f"{value}\n<!-- /slot:proposed -->"), "Mallory")
    written = slot(committee.text(AGENDA), "proposed")
    committee.at("12-02").file(ALPHA, "Ada", progress="words")
    report = committee.run()
    text = committee.text(AGENDA)
    assert report.crashes == []
    assert slot(text, "proposed") == written
    if SUBSTITUTED.search(value):
        assert outcomes(report)[AGENDA] == Kind.SUBSTITUTION.label
    elif "bots" in value:
        assert outcomes(report)[AGENDA] == Kind.EXCLUDED.label
    else:
        assert "words" in text
        assert ANCHOR.findall(emptied(text)) == ANCHOR.findall(page)
        assert set(outcomes(committee.run()).values()) == {Kind.UNCHANGED.label}
    tally("hostile values in places", 1)
    tally("hostile values that acted", 0)
