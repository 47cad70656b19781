"""Slips: calls that people leave anywhere on a register's page, for the bot to take in.

    {{Steering group/Change|A7|status=done|note=…}}

The run that has done what a slip says takes it from the page. So slips are in no version that is compared or merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategybot.wikitext.calls import Call, all_outermost

TAKEN = "items"
"""The slot of the pages on which there are slips; what stands in it is the bot's matter anyway."""

_SLIP = re.compile(r"(?:.*/)?\s*Change\s*", re.IGNORECASE | re.DOTALL)


def slips(text: str) -> tuple[Call, ...]:
    """The slips on a page, in their order; those in its slot aren't among them."""
    return tuple(_slips(text))


def without_slips(text: str) -> str:
    """The text without them, and without the empty lines that they leave."""
    for call in reversed(slips(text)):
        before, after = text[: call.start].rstrip("\n"), text[call.end :].lstrip("\n")
        gap = text[len(before) : len(text) - len(after)].replace(call.text, "")
        text = (
            before
            + ("\n\n" if before and after and gap.count("\n") > 1 else "\n" if before and after and gap else "")
            + after
        )
    return text


def _slips(text: str) -> Iterator[Call]:
    start, end = text.find(f"<!-- slot:{TAKEN} -->"), text.rfind(f"<!-- /slot:{TAKEN} -->")
    if not 0 <= start < end or "{{" not in text[:start] + text[end:]:
        return
    for call in all_outermost(text):
        if not start < call.start < end and _SLIP.fullmatch(call.name):
            yield call
