"""What is struck out in a line, and what is left of it."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(s|del|strike)\b[^<>]*>", re.IGNORECASE)


def struck(line: str) -> tuple[str, str]:
    """What is struck out in a line, and the rest of it; what is never closed is struck to the line's end."""
    inside, kept = [], []
    at = 0
    lowered = line.lower()
    while tag := _TAG.search(line, at):
        kept.append(line[at : tag.start()])
        end = lowered.find(f"</{tag[1].lower()}", tag.end())
        end = end if end >= 0 else len(line)
        inside.append(line[tag.end() : end])
        closed = line.find(">", end)
        at = closed + 1 if closed >= 0 else len(line)
    rest = "".join([*kept, line[at:]])
    return " ".join(inside), re.sub(" {2,}", " ", rest) if inside else line
