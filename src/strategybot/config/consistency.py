"""Whether the parts of a configuration go together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    """Groups that can't be told apart, from each other or from the body."""
    if repeated := twice([group.name for group in process.groups]):
        yield f"groups: may not name '{repeated}' twice"
    elif repeated := twice([group.page.text for group in process.groups]):
        yield f"groups: may not give two groups the same page (it is {quoted(repeated)})"
    elif repeated := twice([_spelled(group.page, group.name).text for group in process.groups]):
        names = [quoted(group.name) for group in process.groups if _spelled(group.page, group.name).text == repeated]
        yield (
            f"groups: {' and '.join(names)} would have each other's pages, since “&” and “and” in a name are taken for"
            " the same; give one of them another name, or a 'page' without its name in it"
        )
    front = _spelled(process.steering_group, process.body)
    for number, group in enumerate(process.groups):
        if front == _spelled(group.page, group.name):
            yield (
                f"groups.{number}: its page would be the front page, which the bot writes; give the group another name"
                f" or a 'page' of its own, or the front page another title by 'titles.steering_group'"
                f" (it is {quoted(process.steering_group.text)})"
            )


def _spelled(page: Title, name: str) -> Title:
    """A page's title with “&” for “and” in the name: where one of both is missing, the other is read."""
    start, found, end = page.text.rpartition(name)
    spelling = re.sub(r"(?i) and ", " & ", re.sub(r"\s*&(?:amp;)?\s*", " & ", name))
    return Title(f"{start}{spelling}{end}", page.wiki) if found else page


def sharing_faults(processes: Sequence[Process]) -> Iterator[tuple[Process, str]]:
    """Processes that would write the same pages: each would undo what the other made, in every run."""
    for process in processes:
        others = [other for other in processes if other is not process]
        if process.agendas in [other.agendas for other in others]:
            yield process, f"its agendas are at {process.agendas}…, and so are those of another process of this bot"
        if _front_page(process) in map(_front_page, others):
            yield process, f"its front page is {_front_page(process)}, and so is that of another process of this bot"
        for other in others:
            if other.templates == process.templates and other.form != process.form:
                yield (
                    process,
                    f"its topics are not those of {other.page}, though both fill in the form under"
                    f" {quoted(process.templates)}; give both the same topics, in the same order and with the same"
                    " words, or one of them a 'template_prefix' of its own",
                )


def _front_page(process: Process) -> Title:
    return process.own(process.steering_group)


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
