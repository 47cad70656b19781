"""What the bot's pages show: how much is open, overdue, carried over and decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from strategybot.wikitext.calls import Call, outermost
from tests.year.count import Row


def shown(texts: Mapping[str, str], body: str) -> Row:
    """What the registers of a body show."""
    items = [row for row in rows(texts, f"{body}/Action items", "Action item") if row.fields["status"] == "open"]
    return Row(
        open=len(items),
        overdue=sum("overdue" in row.fields for row in items),
        carried=sum("meetings" in row.fields for row in items),
        standing=sum(
            row.fields["status"] == "standing"
            for title in texts
            if title.startswith(f"{body}/Decisions")
            for row in rows(texts, title, "Decision")
        ),
    )


def rows(texts: Mapping[str, str], title: str, template: str) -> tuple[Call, ...]:
    """The rows of a register's page."""
    return outermost(texts.get(title, ""), f"Steering group/{template}")


def on_agenda(texts: Mapping[str, str], body: str, today: date) -> tuple[int, int, int] | None:
    """How many items the agenda of the next meeting shows as open, overdue and older than the last meeting.

    None where it isn't open yet.
    """
    agendas = [title for title in texts if title.startswith(f"{body}/Agenda/") and title[-10:] > today.isoformat()]
    if not agendas:
        return None
    items = outermost(texts[min(agendas)], "Steering group/Open item")
    overdue = sum("overdue" in item.fields for item in items)
    return len(items), overdue, sum(int(item.fields["meetings"]) > 1 for item in items)
