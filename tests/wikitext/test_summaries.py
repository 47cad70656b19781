"""Edit summaries: what their endings prove, whatever stands before them."""

from __future__ import annotations

import pytest

from strategybot.wikitext.summaries import (
    amend_mark,
    complete,
    is_mark_of_own,
    mark,
    post_keys,
    post_mark,
    task,
    undo_mark,
    unpost_mark,
    unposted,
)

BEGUN = task("StrategyBot", "outbox")
RUN = "20261202T0600-k7xq"
ADA, CALL = "outbox | User talk:Ada", "call 2026-12-10 Committee | Talk:Alpha"
ONE, OTHER = "5e6f70819203", "a4b5c6d7e8f9"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ([CALL], {CALL}),
        ([ADA], {ADA}),
        ([ADA, ONE], {ADA, ONE}),
        ([ADA, ONE, OTHER], {ADA, ONE, OTHER}),
        ([f"{ADA} {ONE}"], {f"{ADA} {ONE}"}),
        (
            ["a long key that was cut before its page 5e6f708192031a2b"],
            {"a long key that was cut before its page 5e6f708192031a2b"},
        ),
    ],
)
def test_keys(keys: list[str], found: set[str]) -> None:
    """A post's ending has its own key, and those of what it tells."""
    ending = post_mark(*keys)
    assert post_keys(complete(BEGUN, "words", ending, run=RUN, room=len(ending))) == found


@pytest.mark.parametrize(
    "words", [f"#post {ADA} | {ONE}", f"#post {ADA} | {ONE} | {OTHER}", f"#post {CALL}", "#unpost 7"]
)
def test_words_prove_nothing(words: str) -> None:
    """What stands before the ending is no key, nor does it take anything back."""
    for ending in (mark("text"), post_mark("x | y", "0123456789ab")):
        whole = complete(BEGUN, words, ending, run=RUN, room=len(ending))
        assert post_keys(whole).isdisjoint({ADA, CALL, ONE, OTHER})
        assert unposted(whole) is None


def test_taken_back() -> None:
    """An edit that takes a post back says which revision made that."""
    assert unposted(f"{BEGUN}taken back {unpost_mark(17)}") == 17
    assert unposted(f"{BEGUN}taken back") is None


def test_own() -> None:
    """Only the mark of a text that carries nothing of people's says that all of it is the bot's."""
    others = (mark("text", carries=True), post_mark(ADA), amend_mark(ADA, ONE), undo_mark(RUN), unpost_mark(1234567890))
    assert is_mark_of_own(complete(BEGUN, "words", mark("text"), run=RUN))
    assert [one for one in others if is_mark_of_own(complete(BEGUN, f"words {mark('text')}", one, run=RUN))] == []
