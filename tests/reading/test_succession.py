"""What becomes of filings, edit by edit."""

from __future__ import annotations

import pytest

from strategybot.reading.filing import Filing, read_filings
from strategybot.reading.succession import Edit, became, left_over

TOPICS = ("progress", "needs", "questions")


def filings(*fields: str) -> tuple[Filing, ...]:
    return read_filings("".join(f"{{{{Update|{one}}}}}" for one in fields), "Update", TOPICS)


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        (["progress=a"], ["progress=a"], [0]),
        (["progress=a"], ["progress=b"], [0]),
        (["progress=a"], [], [None]),
        (["progress=a"], ["progress=b", "progress=c"], [None]),
        (["progress=a", "progress=b"], ["progress=c"], [None, None]),
        (["progress=a", "progress=b"], ["progress=b"], [None, 0]),
        (["progress=a", "progress=b"], ["progress=b", "progress=a"], [1, 0]),
        (["progress=a", "progress=b"], ["progress=c", "progress=b"], [0, 1]),
        (["progress=a", "progress=b"], ["progress=c", "progress=d"], [0, 1]),
        (["progress=a|needs=n", "progress=b"], ["progress=x", "needs=n"], [1, 0]),
        (["progress=a|needs=n", "progress=b"], ["progress=x|needs=n"], [0, None]),
        (["progress=a"], ["progress=a|lang=fr"], [0]),
    ],
)
def test_which_became_which(before: list[str], after: list[str], pairs: list[int | None]) -> None:
    """Same words first, then a text in common, then the place."""
    old, new = filings(*before), filings(*after)
    found = became(old, new)
    assert [new.index(found[one.words]) if one.words in found else None for one in old] == pairs


OWN, OTHERS = True, False


@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ([], ["progress", "needs"]),
        ([(OWN, ["progress=b|needs=m"])], ["progress", "needs"]),
        ([(OWN, ["progress=a"])], ["progress"]),
        ([(OWN, ["progress=a"]), (OWN, ["progress=a|needs=n"])], ["progress"]),
        ([(OWN, [])], []),
        ([(OWN, []), (OTHERS, ["progress=a|needs=n"])], []),
        ([(OTHERS, [])], ["progress", "needs"]),
        ([(OTHERS, []), (OWN, [])], []),
        ([(OTHERS, []), (OWN, ["progress=a"])], ["progress"]),
        ([(OTHERS, []), (OTHERS, ["progress=a"]), (OWN, ["progress=a"])], ["progress", "needs"]),
        ([(OTHERS, []), (OTHERS, ["progress=a|needs=n"]), (OWN, ["progress=a"])], ["progress"]),
        ([(OTHERS, ["progress=x"])], ["progress", "needs"]),
        ([(OTHERS, ["progress=x"]), (OWN, ["progress=x"])], ["progress", "needs"]),
        ([(OTHERS, ["progress=x"]), (OWN, ["progress=y"])], ["progress"]),
        ([(OTHERS, ["progress=x"]), (OWN, [])], []),
        ([(OTHERS, ["progress=a|needs=n", "progress=z"]), (OWN, ["progress=z"])], []),
        ([(OTHERS, ["progress=z"]), (OTHERS, ["progress=z", "needs=n"]), (OWN, ["progress=z"])], ["progress", "needs"]),
        ([(OWN, ["progress=a|needs=n", "questions=q"]), (OWN, ["questions=q"])], []),
        ([(OWN, ["progress=b|needs=n"]), (OTHERS, ["progress=x"]), (OTHERS, ["progress=b|needs=n"])],
         ["progress", "needs"]),
    ],
)  # fmt: skip
def test_what_is_left(edits: list[tuple[bool, list[str]]], left: list[str]) -> None:
    """Who may speak for the group takes away, others don't, and nobody brings back."""
    before = filings("progress=a|needs=n")
    found = left_over(before, (), [Edit(filings(*after), may) for may, after in edits])
    assert sorted(found[before[0].words], reverse=True) == left


def test_strangers_filings_are_nobodys() -> None:
    """What a stranger had filed isn't followed."""
    own, strange = filings("progress=a", "progress=z")
    assert left_over((own, strange), [strange.words], [Edit((own,), may=True)]) == {own.words: {"progress"}}
