"""The pages that configure the bot's processes, and what all of them together say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from strategybot.config import Faults, colliding, read_configuration
from strategybot.inquiries.authority import page_as_of, present_people
from strategybot.inquiries.calendars import scheduled
from strategybot.model.page import Page, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.wiki.asking import Job, ask, together
from strategybot.wiki.port import History, PageNow, PagesUnder


@dataclass(frozen=True)
class Configurations:
    """What all of a bot's configurations say, in the order of their pages' names.

    `processes` are those that can be read, each with its page, and with people's names as they stand there. `faults`
    are what is wrong with a configuration, or with several together. Where there is neither, nothing is configured.
    """

    processes: dict[Process, Page]
    faults: tuple[Faults, ...]

    def present(self) -> Job[dict[Process, tuple[Problem, ...]]]:
        """The processes without a fault, with their people's present names, each with what is to be mended there."""
        at_fault = {fault.page for fault in self.faults}
        present = yield from together(
            present_people(process, page.revision)
            for process, page in self.processes.items()
            if process.page not in at_fault and page.revision
        )
        return dict(present)


def configurations(bot: str) -> Job[Configurations]:
    """What all configurations of a bot say."""
    pages = yield from configuration_pages(bot)
    found = [(configured(page, bot), page) for page in pages]
    processes = {one: page for one, page in found if isinstance(one, Process)}
    faults = [one for one, _ in found if isinstance(one, Faults)]
    return Configurations(processes, (*faults, *colliding(list(processes))))


def configuration_pages(bot: str) -> Job[list[Page]]:
    """The pages `User:<bot>/<Process>.json`, by name."""
    prefix = Title(f"User:{bot}/")
    titles = yield from ask(PagesUnder(prefix, along=True))
    names = [title for title in titles if re.fullmatch(r"[^/]+\.json", title.text.removeprefix(prefix.text))]
    pages = yield from together(ask(PageNow(title)) for title in names)
    return list(pages)


def configured(page: Page, bot: str) -> Process | Faults:
    """The process that a page configures, or what is wrong with it.

    MediaWiki keeps everybody but admins from editing such a page as long as it holds JSON and stands there itself.
    """
    if page.redirected or page.model != "json":
        return Faults(page.asked, ("the page must hold JSON and be no redirect, so that only admins can edit it",))
    if page.revision and page.revision.user == bot:
        # Whoever has the bot's password may be able to save it; that makes nobody an admin.
        return Faults(page.asked, ("the bot's own account saved it last, and only an admin can say what it holds",))
    return read_configuration(page.text, page.title, bot)


def configured_at(process: Process, moment: datetime) -> Job[Process | None]:
    """The process as it was configured, and as people had changed its meetings, at a moment (UTC).

    It is seen from the same body. None where that wasn't configured.
    """
    then = yield from configuration_at(process, moment)
    if then is None:
        return None
    # Only the calendar of that body is read: a look at its page's history.
    alone = yield from scheduled(replace(then, bodies=(then.body,)), moment)
    return then.seen_from(alone.body)


def configuration_at(process: Process, moment: datetime) -> Job[Process | None]:
    """The process as it was configured at a moment (UTC), seen from the same body; None where that wasn't configured.

    People's changes to its meetings are those of now, and a trial is one as of now. Where the configuration of that
    time can't be used or seen, the present one has to do.
    """
    page = yield from ask(PageNow(process.page))
    if page.revision and page.revision.time > moment:
        past = yield from ask(History(process.page))
        page = replace(page, revision=next((one for one in past if one.time <= moment), None))
        if page.revision is None:
            page = yield from page_as_of(process.page, moment)
    if page.revision is None:
        return None
    then = read_configuration(page.text, process.page, process.bot)
    if not isinstance(then, Process):
        return process
    then, _ = yield from present_people(then, page.revision)
    body = next((one for one in then.bodies if one.is_same(process.body)), None)
    if body is None:
        return None
    body = replace(body, meetings=replace(body.meetings, changes=process.body.meetings.changes))
    return replace(then, trial=process.trial).seen_from(body)
