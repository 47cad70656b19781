"""A text in which whatever is no plain text is one sign: templates, links, addresses, <nowiki> and the like.

So a line that calls a template over several lines is one line, and no colon, dash or date in a link is taken for one
of the writer's. Comments and the marks of translation leave nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from strategybot.wikitext.calls import Call, whole_call
from strategybot.wikitext.marks import MARK, marked
from strategybot.wikitext.preprocessor import opaque

SIGN = "\ue010[\ue020-\ue029]+\ue011"
"""What stands for a piece: a pattern."""

_DIGITS = str.maketrans({str(digit): chr(0xE020 + digit) for digit in range(10)})
_NUMBERS = str.maketrans({chr(0xE020 + digit): str(digit) for digit in range(10)})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SIGN = re.compile(SIGN)
_SILENT = re.compile(
    r"</?translate\b[^<>]*>|</?tvar\b[^<>]*>|<languages\b[^<>]*>|</?(?:no|only)include\s*>|</>", re.IGNORECASE
)
_UNSEEN = re.compile(r"<!--|<(?:includeonly|languages|section|templatestyles|indicator)\b", re.IGNORECASE)
_PIECE = re.compile(
    r"\[\[[^\[\]\n]{1,1000}\]\]|\[(?:https?:)?//[^\[\]\n]{1,2000}\]|https?://[^\s\[\]<>\"|\ue000-\uf8ff]{1,2000}"
    r"|<(?P<name>code|kbd|tt|samp)\b[^<>\n]*>[^<>\n]{0,1000}</(?P=name)\s*>",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\[\[(?:[^|\[\]]*\|)?([^|\[\]]*)\]\]")
_LONGEST_MENTION = 1000


@dataclass(frozen=True)
class Piece:
    """What one sign stands for, as written."""

    source: str

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        """The accounts that it names, where it does nothing else."""
        source = self.source
        if not source.startswith(("{{", "[")) or source.count("{") > 2 or len(source) > _LONGEST_MENTION:
            return ()
        found = marked(source)
        return tuple(found.names) if not MARK.sub("", found.text).strip(" ,&@") else ()

    @cached_property
    def call(self) -> Call | None:
        """The call of a template that it is."""
        return whole_call(self.source) if self.source.startswith("{{") else None

    @property
    def label(self) -> str:
        """The words of a link within the wiki."""
        found = _LABEL.fullmatch(self.source)
        return found[1].strip() if found else ""


class Pieced:
    """A text with signs for its pieces."""

    def __init__(self, text: str) -> None:
        self.source = text
        self._pieces: list[Piece] = []
        self._cuts: list[tuple[int, int]] = [(0, 0)]
        self.text = self._cut(text)

    def piece(self, sign: str) -> Piece:
        """The piece that a sign stands for."""
        return self._pieces[int(sign[1:-1].translate(_NUMBERS))]

    def pieces_in(self, text: str) -> Iterator[Piece]:
        """The pieces whose signs stand in a part of the text."""
        return (self.piece(sign) for sign in _SIGN.findall(text))

    def written(self, text: str) -> str:
        """A part of the text with its pieces in place of their signs."""
        return _SIGN.sub(lambda sign: _SILENT.sub("", self.piece(sign[0]).source), text)

    def original(self, place: int) -> int:
        """Where a place between the signs is in the text as written: behind what left nothing there."""
        after, before = self._cuts[bisect_right(self._cuts, place, key=lambda cut: cut[0]) - 1]
        return before + place - after

    def _cut(self, text: str) -> str:
        kept: list[str] = []
        at = length = 0
        for start, end in _spans(text):
            plain = _PRIVATE.sub("\ufffd", text[at:start])
            source = text[start:end]
            sign = "" if _UNSEEN.match(source) or _SILENT.fullmatch(source) else self._sign(source)
            kept += [plain, sign]
            length += len(plain) + len(sign)
            self._cuts.append((length, end))
            at = end
        return "".join([*kept, _PRIVATE.sub("\ufffd", text[at:])])

    def _sign(self, source: str) -> str:
        self._pieces.append(Piece(source))
        return f"\ue010{str(len(self._pieces) - 1).translate(_DIGITS)}\ue011"


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text are, and what leaves nothing; in order, those around others only."""
    masked = list(text)
    opaques = sorted(opaque(text), key=lambda span: (span[0], -span[1]))
    for start, end in opaques:
        masked[start:end] = "\ue000" * (end - start)
    plain = "".join(masked)
    found = [one.span() for pattern in (_PIECE, _SILENT) for one in pattern.finditer(plain)]
    last = 0
    for start, end in sorted((*opaques, *found), key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end
