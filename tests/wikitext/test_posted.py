"""The bot's posts on talk pages: what of a section is the bot's own, and what may change on the page."""

from __future__ import annotations

import pytest

from strategybot.wikitext.posted import (
    as_amended,
    as_posted,
    comment,
    has_thread,
    only_within,
    place_of,
    with_line,
    with_own,
)

KEY = "relays Survey Committee | Talk:Alpha"
SIGNED = "[[User:Bot|Bot]] 07:00, 1 December 2026 (UTC)"
OWN = f"== The survey ==\n<div>\nPlease.\n</div>\n{SIGNED}"
BEFORE, AFTER = "== Hello ==\nWelcome!\n\n", "\n\n== Next ==\nMore."
POST = f"{OWN}\n{comment(KEY)}"
ANSWERED = f"{OWN}\n{comment(KEY)}\n:Thanks!\n=== Below ===\n:And more."
BETWEEN = f"{OWN}\n:Thanks!\n{comment(KEY)}"
WORDS = "== Another ==\n<div>\nThank you.\n</div>"


@pytest.mark.parametrize("before", ["", BEFORE])
@pytest.mark.parametrize("after", ["", AFTER])
@pytest.mark.parametrize(
    ("post", "answered"), [(POST, False), (f"{POST}\n\n\n", False), (ANSWERED, True), (BETWEEN, True)]
)
def test_where_it_stands(before: str, post: str, answered: bool, after: str) -> None:
    """The bot's own words go from the heading to the signature, people's from there to the next such heading."""
    text = f"{before}{post}{after}"
    place = place_of(text, OWN, KEY)
    assert place
    assert text[place.start : place.signed] == OWN
    assert text[place.end :] == after.lstrip("\n")
    assert place.answered is answered
    changed = with_own(text, OWN, KEY, WORDS)
    assert changed == before + post.replace(OWN, f"{WORDS}\n{SIGNED}") + after
    assert only_within(text, changed, OWN, KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        OWN,
        POST.replace("Please", "Please do"),
        POST.replace("== The survey ==", "== The survey (old) =="),
        POST.replace("07:00", "07:01"),
        POST.replace("== The survey ==", "=== The survey ==="),
        f"{POST}\n\n{POST}",
        f"{POST}\n\n{OWN}",
        f"{OWN}\n\n== Next ==\n{comment(KEY)}",
        f"<nowiki>\n{POST}\n</nowiki>",
        POST.replace("Alpha", "Beta"),
    ],
)
def test_where_it_doesnt(text: str) -> None:
    """Words that people have changed aren't the bot's any more, nor what stands twice or apart from its key."""
    assert place_of(text, OWN, KEY) is None
    assert with_own(text, OWN, KEY, WORDS) is None
    assert not only_within(text, text.replace("Please", "Thank you"), OWN, KEY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Welcome!", "Welcome?"),
        ("More.", "Less."),
        (":Thanks!", ":Thank you!"),
        (SIGNED, "[[User:Ada|Ada]] 07:00, 1 December 2026 (UTC)"),
        (comment(KEY), ""),
        (comment(KEY), comment("another")),
        ("Please.\n", "Please.\n== Two ==\n"),
        ("Please.\n", "Please.\n<!-- post: x | y -->\n"),
        ("== The survey ==", "=== The survey ==="),
        ("== The survey ==", "The survey"),
        ("\n</div>", ""),
        (OWN, ""),
        (f"{BEFORE}{OWN}", OWN),
    ],
)
def test_nothing_else_may_change(old: str, new: str) -> None:
    """An edit that touches anything but the bot's own words, or takes their form, isn't let through."""
    text = f"{BEFORE}{ANSWERED}{AFTER}"
    assert old in text
    assert not only_within(text, text.replace(old, new, 1), OWN, KEY)


def test_as_the_bot_wrote_it() -> None:
    """The words are those of the revision that posted them, or of one that changed them, below which people wrote."""
    posted = f"{BEFORE}{POST}"
    assert as_posted(posted, KEY) == OWN
    assert as_posted(posted, "another") is None
    changed = f"{BEFORE}{BETWEEN}{AFTER}".replace("Please", "Thank you")
    assert as_amended(changed, KEY, OWN) == OWN.replace("Please", "Thank you")
    assert as_amended(changed.replace("07:00", "07:01"), KEY, OWN) is None
    assert as_amended(BEFORE, KEY, OWN) is None


@pytest.mark.parametrize("post", [POST, ANSWERED, BETWEEN])
@pytest.mark.parametrize("after", ["", "\n", AFTER])
def test_a_line_in_its_thread(post: str, after: str) -> None:
    """A line goes to the end of the thread, above the next one, and changes nothing else."""
    text = f"{BEFORE}{post}{after}"
    assert has_thread(text, KEY)
    assert with_line(text, KEY, ":A note.") == f"{BEFORE}{post}\n:A note.{after}"


def test_no_thread() -> None:
    """Where the thread is gone there is no place for a line."""
    assert not has_thread(BEFORE, KEY)
    with pytest.raises(ValueError, match="no thread"):
        with_line(BEFORE, KEY, ":A note.")
