"""The characters that a wiki stores."""

from __future__ import annotations

import re
import unicodedata

_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML can't carry, which MediaWiki therefore doesn't store."""

_BLANKS = " \t\n\r\0\x0b"
"""What PHP's rtrim takes off; a non-breaking space stays."""


def clean(text: str) -> str:
    """The text as MediaWiki takes it in: normal form C, line ends as LF, and U+FFFD for each impossible character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _IMPOSSIBLE.sub("\ufffd", text))


def trimmed(text: str) -> str:
    """The text without white space at its end, as MediaWiki cuts it."""
    return text.rstrip(_BLANKS)
