"""One installation: the wiki's side put on the wiki, or upgraded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from strategybot.config import TOPICS
from strategybot.deeds import Done
from strategybot.executor import Executor
from strategybot.inquiries.configuration import configurations
from strategybot.jobs.install import install
from strategybot.model.page import Site, Title
from strategybot.model.process import starters
from strategybot.model.run import new_run
from strategybot.model.wikiside import wiki_sides
from strategybot.runner import Runner
from strategybot.session import Report
from strategybot.wiki.asking import ask
from strategybot.wiki.port import PagesUnder, Wiki


def install_session(
    wiki: Wiki,
    files: Mapping[Title, str],
    *,
    dry_run: bool = False,
    pause: Callable[[Site], bool] = lambda _: True,
    tell: Callable[[Done], None] = lambda _: None,
) -> Report:
    """Put the wiki's side on the wiki, for the processes of each prefix; nothing while a configuration has faults.

    Where nothing is configured, it is made for the usual topics under the usual prefix.
    """
    before, site = Counter(wiki.requests), wiki.start()
    report = Report(run="" if dry_run else new_run(site.time))
    runner, bot = Runner(wiki), site.account.name
    found = runner.run(configurations(bot))
    processes, report.faults = list(found.processes), list(found.faults)
    # An operator is at it: before anybody has made a stop page, there is nothing to be stopped by.
    attended = not runner.run(ask(PagesUnder(Title(f"User:{bot}/Run"))))
    executor = Executor(
        wiki,
        bot,
        starters(processes),
        pause=lambda: pause(site),
        dry_run=dry_run,
        attended=attended,
        run=report.run,
    )
    # What a process needs whose configuration can't be read isn't known, and mustn't go: as it is with its pages.
    for side in wiki_sides(processes, bot, TOPICS) if not report.faults else ():
        for done in executor.carry_out("install", runner.run(install(files, side)).edits):
            report.done[done.job, done.edit.page.asked] = done
            tell(done)
    report.requests, report.rounds = Counter(wiki.requests) - before, runner.rounds
    return report
