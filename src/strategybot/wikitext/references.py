"""Character references: `&amp;`, `&#8238;`, `&#x202e;`."""

from __future__ import annotations

import html
import re

REFERENCE = r"&(?:\#\d+|\#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]{1,31});"

_LONGEST = len("&CounterClockwiseContourIntegral;")


def character(reference: str) -> str:
    """What a reference stands for; empty where it has more digits than any character's number."""
    short = re.sub(r"^(&#[xX]?)0+(?=[0-9A-Fa-f])", r"\1", reference)
    return html.unescape(short) if len(short) <= _LONGEST else ""


def unescape(text: str) -> str:
    """The text with characters for its references; `html.unescape` fails at one with thousands of digits."""
    return re.sub(REFERENCE, lambda found: character(found[0]) or found[0], text)
