"""Marks of confidence: what bears one, and what only speaks of it."""

from __future__ import annotations

import pytest

from strategybot.reading.confidence import is_marked
from strategybot.reading.filing import read_filings

MARKED = [
    "Confidential",
    "CONFIDENTIAL: they quarrel.",
    "'''Confidential''' – they quarrel.",
    "* Confidential: they quarrel.",
    "== Confidential ==\nThey quarrel.",
    "They quarrel (confidential).",
    "They quarrel [in confidence]",
    "{{confidential}} They quarrel.",
    "{{Confidential|reason=x}}",
    "<!-- confidential --> They quarrel.",
    "<b>Strictly confidential</b>: they quarrel.",
    "They quarrel. Please keep this confidential.",
    "They quarrel. This is confidential!",
    "They quarrel, please don't publish.",
    "They quarrel.\nNot for publication.",
    "con\u00adfidential: hidden in the word",
    "Con\u200bfidential: they quarrel",
    "ＣＯＮＦＩＤＥＮＴＩＡＬ: they quarrel",
    "In_confidence: they quarrel",
    "In&nbsp;confidence: they quarrel",
    "|confidential=yes",
    "Confidentiel : ils se disputent.",
    "(confidentiel) Ils se disputent.",
    "Merci de ne pas publier.",
    "Vertraulich! Sie streiten.\nVertraulich",
    "Bitte vertraulich behandeln: Sie streiten.",
    "Im Vertrauen: Sie streiten.",
    "Confidencial: se pelean.",
    "سري: خلاف بينهم",
    "سرّي للغاية\nخلاف بينهم",
    "سري، خلاف بينهم",
    "Confidential. They quarrel.",
    "Confidential! They quarrel.",
    "In confidence, they quarrel.",
    "|progress=Confidential – they quarrel.",
    "|progress = * Confidential - they quarrel.",
    "We met. Confidential: they quarrel.",
    "They quarrel. Confidential.",
    "They quarrel – confidential",
    "NB: confidential: they quarrel.",
    "\N{WARNING SIGN}\ufe0f Confidential: they quarrel.",
    "Confidentiel&#160;: ils se disputent.",
    "Confidential&#58; they quarrel.",
    "'''CONFIDENTIAL''' They quarrel.",
    "<span style='color: red'>Confidential</span> They quarrel.",
]

UNMARKED = [
    "",
    "We met twice.",
    "We wrote a confidentiality policy.",
    "Confidential reports were read by nobody.",
    "The training is about confidential mail and how to send it.",
    "We are confident: all goes well.",
    "In confidence-building, two steps were taken.",
    "La lettre confidentielle est arrivée hier.",
    "Vertrauliche Gespräche waren nicht nötig.",
    "They discussed what is public, and what is not public enough.",
    "Publish or do not publish? That was the question.",
    "We met twice. Confidential mail was on the agenda.",
    "See https://example.org/?confidential=no&page=2 for more.",
]


@pytest.mark.parametrize("text", MARKED)
def test_marked(text: str) -> None:
    """A mark is seen in each language, form and disguise, at whatever place people put it."""
    assert is_marked(text)


@pytest.mark.parametrize("text", UNMARKED)
def test_unmarked(text: str) -> None:
    """Words about confidence are no mark of it."""
    assert not is_marked(text)


U = "{{{{Steering group/Update|progress={}}}}}"
PAGES = {
    "alone": (U.format("We met."), [False]),
    "in a field": (U.format("We met.\nConfidential: they quarrel."), [True]),
    "above the form": ("Confidential\n" + U.format("They quarrel."), [True]),
    "below it": (U.format("They quarrel.") + "\n(in confidence)", [True]),
    "in one of two sections": (
        f"== 2026-12-10 ==\n{U.format('We met.')}\n== 2027-01-14 ==\nConfidential\n{U.format('x')}",
        [False, True],
    ),
    "above a section's parts": (
        f"== 2026-12-10 ==\nConfidential\n=== One ===\n{U.format('a')}\n== 2027-01-14 ==\n{U.format('b')}",
        [True, False],
    ),
    "above all sections": (f"Confidential\n== 2026-12-10 ==\n{U.format('a')}\n== B ==\n{U.format('b')}", [True, True]),
}


@pytest.mark.parametrize("name", PAGES)
def test_on_pages(name: str) -> None:
    """A mark is for all that is filed in its section and below it; above all headings it is for the whole page."""
    text, expected = PAGES[name]
    assert [one.in_confidence for one in read_filings(text, "Steering group/Update", ("progress",))] == expected
