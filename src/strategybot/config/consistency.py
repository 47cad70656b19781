"""Whether the parts of a configuration go together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from strategybot.config.schema import FRAME_ITEMS, AgendaPart, Configuration, twice
from strategybot.config.sentences import quoted
from strategybot.model.meeting import Meeting
from strategybot.model.page import Title
from strategybot.model.process import Process


def item_faults(configuration: Configuration) -> Iterator[str]:
    """What is wrong with the agendas' items: those of the steering group depend on the topics."""
    topics = [one.topic for one in configuration.topics[1:]]
    yield from _item_faults("agenda.items", configuration.agenda, (*FRAME_ITEMS, *topics))
    known = tuple(item for item in FRAME_ITEMS if item != "reports")
    for number, group in enumerate(configuration.groups):
        if group.meetings:
            yield from _item_faults(f"groups.{number}.meetings.agenda.items", group.meetings.agenda, known)


def _item_faults(key: str, agenda: AgendaPart, known: Sequence[str]) -> Iterator[str]:
    names = [item.item for item in agenda.items or ()]
    for number, name in enumerate(names):
        if name not in known:
            yield f"{key}.{number}.item: must be one of {', '.join(known)} (it is {quoted(name)})"
    if repeated := twice(names):
        yield f"{key}: may not name '{repeated}' twice"


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
    front = _spelled(process.steering_group, process.body.name)
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
        agendas = _shared(process, others, _agendas)
        page = _shared(process, others, lambda one: (title for _, title in one.kept))
        if agendas:
            yield process, f"its agendas are at {agendas}…, and so are those of another process of this bot"
        elif page:
            yield process, f"its page {page} is one of another process of this bot as well"
        for other in others:
            if other.templates == process.templates and other.form != process.form:
                yield (
                    process,
                    f"its topics are not those of {other.page}, though both fill in the form under"
                    f" {quoted(process.templates)}; give both the same topics, in the same order and with the same"
                    " words, or one of them a 'template_prefix' of its own",
                )


def _shared(process: Process, others: Sequence[Process], titles: Callable[[Process], Iterator[Title]]) -> Title | None:
    """The first of a process's titles that is one of the others' as well."""
    taken = {title for other in others for title in titles(other)}
    return next((title for title in titles(process) if title in taken), None)


def _agendas(process: Process) -> Iterator[Title]:
    return (process.seen_from(body).agendas for body in process.bodies)


def title_faults(process: Process) -> Iterator[str]:
    """What is wrong with the titles that a process leads to. Those of a trial are told as they will be after it."""
    groups = [(f"groups.{number}", group.page) for number, group in enumerate(process.groups)]
    above = [("root", Title(process.root)), ("template_prefix", Title(f"Template:{process.templates}x"))]
    if wrong := list(_illegal([*above, *groups, *_by_pattern(process)])):
        yield from wrong
        return
    process = replace(process, trial=False)
    titles = [*groups, *_by_pattern(process)]
    yield from _same(titles)
    yield from _among_minutes(process, titles)


_Named = tuple[str, Title]
"""A title, under the key that it comes from."""


def _by_pattern(process: Process) -> list[_Named]:
    """The titles of all kinds of pages, but for those below a group's page that no wiki takes."""
    groups = [group for group in process.groups if group.page.legal]
    process = replace(process, bodies=tuple(body for body in process.bodies if body.group is None or body.page.legal))
    meeting = Meeting(datetime(2026, 12, 10), "2026-12-10", 60)  # noqa: DTZ001  # any date is as long
    seen = [process.seen_from(body) for body in process.bodies]
    return [
        *((f"titles.{key}", title) for key, title in process.kept),
        *(("titles.agenda", one.agenda(meeting)) for one in seen),
        *(("titles.minutes", one.minutes(meeting)) for one in seen),
        *([("titles.letters", process.letters)] if process.relaying else []),
        *(("titles.update", process.update(group, meeting)) for group in groups),
        *(("titles.updates", process.updates(group)) for group in groups),
    ]


def _illegal(titles: Sequence[_Named]) -> Iterator[str]:
    """Titles that no wiki would take; the root's fault is everyone's."""
    wrong = {key: title for key, title in reversed(titles) if not title.legal}
    for key in ["root"] if "root" in wrong else reversed(wrong):
        yield f"{key}: gives a title that no wiki takes (it is {quoted(wrong[key].text)})"


def _same(titles: Sequence[_Named]) -> Iterator[str]:
    """Two pages with one title: of two kinds, or of two bodies."""
    keys: dict[Title, list[str]] = {}
    for key, title in titles:
        keys.setdefault(title, []).append(key)
    for title, (key, *others) in keys.items():
        if others and key == others[0]:
            yield f"{key}: gives several bodies or groups the same page (it is {quoted(title.text)})"
        elif others:
            yield f"{others[0]}: gives a page the title of another, by {key} (it is {quoted(title.text)})"


def _among_minutes(process: Process, titles: Sequence[_Named]) -> Iterator[str]:
    """Minutes that don't stand below their archive, where they are looked for, and other pages that do."""
    archives = {process.seen_from(body).archive for body in process.bodies}
    for key, title in titles:
        is_below = any(title.text.startswith(f"{archive.text}/") for archive in archives)
        if is_below != (key == "titles.minutes"):
            what = "may not" if is_below else "must"
            yield f"{key}: {what} be below 'titles.archive', where all minutes are (it is {quoted(title.text)})"
            return  # what stands below it is told by this
