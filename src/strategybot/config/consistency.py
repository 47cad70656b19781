"""Whether the parts of a configuration go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from strategybot.config.schema import FRAME_ITEMS, Configuration, twice
from strategybot.config.sentences import quoted
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.process import Process


def item_faults(configuration: Configuration) -> Iterator[str]:
    """What is wrong with the agenda's items, which depend on the topics."""
    known = (*FRAME_ITEMS, *(one.topic for one in configuration.topics[1:]))
    names = [item.item for item in configuration.agenda.items or ()]
    for number, name in enumerate(names):
        if name not in known:
            yield f"agenda.items.{number}.item: must be one of {', '.join(known)} (it is {quoted(name)})"
    if repeated := twice(names):
        yield f"agenda.items: may not name '{repeated}' twice"


def group_faults(process: Process) -> Iterator[str]:
    """Groups that can't be told apart."""
    if repeated := twice([group.name for group in process.groups]):
        yield f"groups: may not name '{repeated}' twice"
    elif repeated := twice([group.page.text for group in process.groups]):
        yield f"groups: may not give two groups the same page (it is {quoted(repeated)})"


def title_faults(process: Process) -> Iterator[str]:
    """Titles that no wiki would take, under the key that they come from; the root's fault is everyone's."""
    meeting = Meeting(datetime(2026, 12, 10), "2026-12-10", 60)  # noqa: DTZ001  # any date is as long
    titles = [
        ("root", Title(process.root)),
        ("template_prefix", Title(f"Template:{process.templates}x")),
        *((f"groups.{number}", group.page) for number, group in enumerate(process.groups)),
        ("titles.steering_group", process.steering_group),
        ("titles.agenda", process.agenda(meeting)),
        *(("titles.update", process.update(group, meeting)) for group in process.groups if group.page.legal),
        *(("titles.updates", process.updates(group)) for group in process.groups if group.page.legal),
    ]
    wrong = {key: title for key, title in reversed(titles) if not title.legal}
    for key in ["root"] if "root" in wrong else reversed(wrong):
        yield f"{key}: gives a title that no wiki takes (it is {quoted(wrong[key].text)})"
