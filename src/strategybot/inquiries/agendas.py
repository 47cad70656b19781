"""Where the agendas of a body are."""

from __future__ import annotations

from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import PagesUnder, PagesUsing


def agendas_of(process: Process) -> Job[tuple[Title, ...]]:
    """The titles of all agendas of the body that the process is seen from.

    Those of working groups are found together by the template that they use: a wiki can't list the pages below many
    titles at once.
    """
    if process.body.group is None:
        return (yield from ask(PagesUnder(process.agendas)))
    using = yield from ask(PagesUsing(Title(f"Template:{process.template('Agenda')}")))
    return tuple(title for title in using if title.text.startswith(process.agendas.text))
