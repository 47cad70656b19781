"""A run's id: it stands in the summary of each edit that the run makes, and by it an operator has the run undone.

20261202T0600-k7xq      when the run began, by the wiki's clock (UTC), and four letters of chance
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those that nobody takes for another when typing an id off a page."""

_FORM = "%Y%m%dT%H%M"
RUN = r"\d{8}T\d{4}-[a-z2-9]{4}"
"""A regular expression that matches an id."""


def new_run(now: datetime) -> str:
    """The id of a run that begins now."""
    chance = "".join(secrets.choice(_LETTERS) for _ in range(4))
    return f"{now.astimezone(UTC):{_FORM}}-{chance}"


def begun(run: str) -> datetime | None:
    """The minute in which a run began (UTC), or None where this is no run's id."""
    if not re.fullmatch(RUN, run, re.ASCII):
        return None
    try:
        return datetime.strptime(run.partition("-")[0], _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
