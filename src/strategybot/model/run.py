"""A run's id: it stands in the summary of each edit that the run makes, and by it an operator has the run undone.

20261202T0600-k7xq      when the run began, by the wiki's clock (UTC), and four letters of chance
[[User:StrategyBot/Run/agenda|agenda]]: 2 of 2 groups filed · run 20261202T0600-k7xq #0123456789
[[User:StrategyBot/Run/undo|undo]]: Otto had the run 20261202T0600-k7xq undone #undo 20261202T0600-k7xq
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those that nobody takes for another when typing an id off a page."""

_FORM = "%Y%m%dT%H%M"
_ID = r"\d{8}T\d{4}-[a-z2-9]{4}"


def new_run(now: datetime) -> str:
    """The id of a run that begins now."""
    chance = "".join(secrets.choice(_LETTERS) for _ in range(4))
    return f"{now.astimezone(UTC):{_FORM}}-{chance}"


def begun(run: str) -> datetime | None:
    """The minute in which a run began (UTC), or None where this is no run's id."""
    if not re.fullmatch(_ID, run, re.ASCII):
        return None
    try:
        return datetime.strptime(run.partition("-")[0], _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def named(words: str, run: str) -> str:
    """The words of a summary with the run that the edit belongs to; a mark is to follow."""
    return f"{words} · run {run}" if run else words


def run_of(summary: str) -> str | None:
    """The run that an edit belongs to, by the end of its summary; None where it names none."""
    found = re.search(rf" · run ({_ID}) #[^#]*$", summary, re.ASCII)
    return found[1] if found else None


def undo_mark(run: str) -> str:
    """What the summary of an edit ends with that takes back what a run did."""
    return f"#undo {run}"


def undone_by(summary: str) -> str | None:
    """The run that an edit takes back, by the end of its summary; None where it takes none back."""
    found = re.search(rf"#undo ({_ID})$", summary, re.ASCII)
    return found[1] if found else None
