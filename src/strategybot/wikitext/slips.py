"""Slips: calls that people leave anywhere on a page, for the bot to take in.

    {{Steering group/Change|A7|status=done|note=…}}                   on a register's page
    {{Steering group/Feedback outcome|F7|state=answered|note=…}}      on the feedback page

The run that has done what a slip says takes it from the page. So slips are in no version that is compared or merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategybot.wikitext.calls import Call, all_outermost

_TAKEN = {
    "items": re.compile(r"(?:.*/)?\s*Change\s*", re.IGNORECASE | re.DOTALL),
    "outcomes": re.compile(r"(?:.*/)?\s*Feedback[ _]outcome\s*", re.IGNORECASE | re.DOTALL),
}
"""The templates that are slips, by the slot of the pages on which they are: what stands in that is the bot's matter."""


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
    for name, template in _TAKEN.items():
        start, end = text.find(f"<!-- slot:{name} -->"), text.rfind(f"<!-- /slot:{name} -->")
        if 0 <= start < end and "{{" in text[:start] + text[end:]:
            for call in all_outermost(text):
                if not start < call.start < end and template.fullmatch(call.name):
                    yield call
