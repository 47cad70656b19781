"""The archive of minutes, as the bot writes it: which minutes were approved, and how they read then.

{{Steering group/Archived|date=2026-12-10|page=…|state=approved|revision=1234|words=0123456789|taker=Ada}}
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from strategybot.model.minuted import Approval, Stage
from strategybot.model.page import Title
from strategybot.reading.days import is_day
from strategybot.wikitext.calls import calls
from strategybot.wikitext.references import unescape


@dataclass(frozen=True)
class Archived:
    """Minutes that the archive names as approved, and who took them."""

    date: str
    page: Title
    approval: Approval
    taker: str = ""


def read_archive(text: str, template: str) -> tuple[Archived, ...]:
    """The minutes that a version of the archive names as approved."""
    found = []
    for call in calls(text, template):
        fields = call.fields
        page, number = Title(unescape(fields.get("page", ""))), fields.get("revision", "")
        is_approved = fields.get("state") == Stage.APPROVED.value and re.fullmatch(r"[1-9][0-9]{0,14}|0", number)
        if is_approved and page.legal and is_day(fields.get("date", "")):
            approval = Approval(int(number), fields.get("words", ""))
            found.append(Archived(fields["date"], page, approval, unescape(fields.get("taker", ""))))
    return tuple(found)
