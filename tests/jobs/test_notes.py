"""Notes beside statements that somebody has changed on the agenda, and how such a part is handed back."""

from __future__ import annotations

import re

import pytest

from tests.committee import AGENDA, ALPHA, BETA, BOT, Committee, outcomes

NEED, QUESTION = "Two visas for travel", "Who knows a printer?"
UNDO = "#undo 20261203T0000-abcd"


@pytest.fixture
def committee(committee: Committee) -> Committee:
    """An agenda on which both groups have filed: reports, a need and a question."""
    committee.at("12-01")
    filed(committee)
    committee.file(BETA, "Bo", progress="Beta began.", questions="Beta asks nothing.")
    committee.run()
    return committee


def filed(committee: Committee, progress: str = "We metted twice. The draft is ready.") -> None:
    committee.file(ALPHA, "Ada", progress=progress, needs=f"* {NEED}", questions=QUESTION)


def edit(committee: Committee, old: str, new: str, user: str = "Eve") -> int:
    """Somebody edits the agenda: the number of the revision."""
    text = committee.text(AGENDA)
    assert text.count(old) == 1, text
    return committee.save(AGENDA, text.replace(old, new), user)


def noted(committee: Committee) -> list[int]:
    """The revisions that the agenda's notes name."""
    return [int(number) for number in re.findall(r"\|edited=(\d+)\}\}", committee.text(AGENDA))]


def settled(committee: Committee) -> list[int]:
    """The notes after a run; another one has nothing to do."""
    committee.run()
    assert outcomes(committee.run()).get(AGENDA, "unchanged") == "unchanged"
    return noted(committee)


@pytest.mark.parametrize(
    ("old", "new", "call"),
    [
        ("metted", "met", "{{Steering group/Report|group=Alpha|"),
        ("Beta began.", "Beta has begun, they say.", "{{Steering group/Report|group=Beta|"),
        ("Two visas", "Three visas", "Three visas"),
        ("a printer", "a good printer", "{{Steering group/Source|group=Alpha|"),
    ],
)
def test_note(committee: Committee, old: str, new: str, call: str) -> None:
    """A statement that somebody changed has a note with that revision beside its source, which stays as it is, once."""
    revid = edit(committee, old, new)
    assert settled(committee) == [revid]
    (line,) = (line for line in committee.text(AGENDA).split("\n") if f"|edited={revid}}}}}" in line)
    assert call in line
    assert f"|page={BETA if 'Beta' in old else ALPHA}/Updates/2026-12-10|" in line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("=== Beta ===", "=== Beta ===\nA note of mine."),
        ("Beta began.", "<translate><!--T:1--> Beta began.</translate>"),
        ("Beta began.\n", ""),
        ("== {{Steering group/Heading|item-reports", "[[Category:X]]\n== {{Steering group/Heading|item-reports"),
    ],
)
def test_no_note(committee: Committee, old: str, new: str) -> None:
    """What people add beside a statement, markup for its translation and a statement that is gone need no note."""
    edit(committee, old, new)
    filed(committee, "We metted twice. The final draft is ready.")
    assert settled(committee) == []
    assert "final" in committee.text(AGENDA)


def test_several_notes(committee: Committee) -> None:
    """Each statement has the revision that changed it, and keeps it when its source goes on."""
    first = edit(committee, "metted", "met")
    second = edit(committee, "a printer", "a good printer")
    third = edit(committee, "Two visas", "Three visas", "Bo")
    for progress in ("We metted twice. The final draft is ready.", "We metted twice. The final draft is out."):
        filed(committee, progress)
        assert settled(committee) == [first, third, second]
        assert progress.replace("metted", "met") in committee.text(AGENDA)


def test_the_newest_of_several_edits(committee: Committee) -> None:
    """A statement that was changed several times has the revision after which it reads as it does."""
    edit(committee, "metted", "met")
    committee.run()
    second = edit(committee, "met twice", "met three times", "Bo")
    assert settled(committee) == [second]


def test_note_goes_with_the_change(committee: Committee) -> None:
    """A note goes when the change is taken back, and leaves the bot's text to the letter."""
    before = committee.text(AGENDA)
    edit(committee, "metted", "met")
    assert len(settled(committee)) == 1
    edit(committee, "We met twice", "We metted twice", "Ada")
    assert settled(committee) == []
    assert committee.text(AGENDA) == before


def test_note_goes_with_the_page(committee: Committee) -> None:
    """A note goes when the page is handed back."""
    before = committee.text(AGENDA)
    edit(committee, "metted", "met")
    assert len(settled(committee)) == 1
    committee.save(AGENDA, before, "Ada")
    assert settled(committee) == []


@pytest.mark.parametrize("summary", ["", UNDO])
def test_note_that_was_taken_away(committee: Committee, summary: str) -> None:
    """Who takes the note away isn't overruled, and words stay, until the statement is changed again."""
    edit(committee, "metted", "met")
    committee.run()
    assert len(noted(committee)) == 1
    text = re.sub(r"\|edited=\d+", "", committee.text(AGENDA))
    committee.wiki.edit(AGENDA, text, BOT if summary else "Eve", summary)
    assert settled(committee) == []
    assert "We met twice." in committee.text(AGENDA)
    again = edit(committee, "met twice", "met three times")
    assert settled(committee) == [again]


def test_note_on_a_closed_agenda(committee: Committee) -> None:
    """A closed agenda gets notes as well, and loses them."""
    committee.at("12-10T15:01").run()
    before = committee.text(AGENDA)
    revid = edit(committee, "metted", "met")
    assert settled(committee) == [revid]
    committee.at("12-12").save(f"{BETA}/Updates/2026-12-10", "", "Bo")
    assert settled(committee) == [revid]
    assert "Beta began." not in committee.text(AGENDA)
    edit(committee, "We met twice", "We metted twice", "Ada")
    assert settled(committee) == []
    assert before != committee.text(AGENDA)


def test_a_note_that_people_write(committee: Committee) -> None:
    """Notes are the bot's: one that somebody writes goes, and one that somebody changes comes right."""
    edit(
        committee,
        '2026-12-10|meeting=2026-12-10}}\n<div lang="en" dir="ltr" class="mw-content-ltr" '
        'style="overflow-wrap: anywhere;">\nBeta',
        '2026-12-10|meeting=2026-12-10|edited=1}}\n<div lang="en" '
        'dir="ltr" class="mw-content-ltr" style="overflow-wrap: anywhere;">\nBeta',
    )
    assert settled(committee) == []
    revid = edit(committee, "metted", "met")
    committee.run()
    edit(committee, f"edited={revid}", "edited=1")
    assert settled(committee) == [revid]


def test_nothing_more_is_asked(committee: Committee) -> None:
    """Notes cost no request beyond the history that is read for an edited page anyway."""
    plain = committee.run().requests["history"]
    edit(committee, "metted", "met")
    committee.run()
    assert committee.run().requests["history"] == plain + 1


# --- Handing back a part


def test_undone_part(committee: Committee) -> None:
    """A statement whose change somebody undoes is kept up to date again, and the other changes stay."""
    edit(committee, "The draft is ready.", "The sketch is ready.")
    edit(committee, "a printer", "a good printer")
    filed(committee, "We metted twice. The proposal is ready.")
    committee.run()
    assert "The sketch is ready." in committee.text(AGENDA)
    edit(committee, "The sketch is ready.", "The draft is ready.", "Ada")
    committee.run()
    assert "The proposal is ready." in committee.text(AGENDA)
    filed(committee, "We metted twice. The plan is ready.")
    committee.run()
    assert "The plan is ready." in committee.text(AGENDA)
    assert "a good printer" in committee.text(AGENDA)


def test_part_that_reads_as_its_source(committee: Committee) -> None:
    """So it is where somebody writes what the group has filed by now."""
    edit(committee, "The draft is ready.", "The sketch is ready.")
    filed(committee, "We metted twice. The proposal is ready.")
    committee.run()
    edit(committee, "The sketch is ready.", "The proposal is ready.", "Ada")
    assert settled(committee) == []
    filed(committee, "We metted twice. The plan is ready.")
    committee.run()
    assert "The plan is ready." in committee.text(AGENDA)


def test_section_that_was_put_back(committee: Committee) -> None:
    """What was removed stays away though its source goes on; put back as it stood, it is kept up to date again."""
    text = committee.text(AGENDA)
    start = text.index("=== Beta ===")
    section = text[start : text.index("\n== ", start)]
    edit(committee, section, "")
    committee.file(BETA, "Bo", progress="Beta began in March.", questions="Beta asks nothing.")
    committee.run()
    assert "Beta began" not in committee.text(AGENDA)
    here = committee.text(AGENDA).index("\n== {{Steering group/Heading|topic-experiences")
    text = committee.text(AGENDA)
    committee.save(AGENDA, text[:here] + section + text[here:], "Ada")
    committee.run()
    assert committee.text(AGENDA).count("Beta began") == 1
    assert "Beta began in March." in committee.text(AGENDA)
    assert settled(committee) == []
