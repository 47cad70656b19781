"""One run, from the configuration to the report: everything a run does, on either wiki, for plan, run and serve."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from strategybot.config import Faults, read_configuration
from strategybot.executor import Done, Executor
from strategybot.inquiries.configuration import configuration_pages
from strategybot.jobs import JOBS, STATUS
from strategybot.jobs.install import PREFIX, install
from strategybot.jobs.plan import Plan
from strategybot.jobs.status import status
from strategybot.model.page import Page, Revision, Site, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process, trial_root
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import Kind, OperatorError, PageNow, Then, Wiki

T = TypeVar("T")
log = logging.getLogger(__name__)

_PASSES = 3
"""How often a job is planned anew in one run because the wiki moved on under it."""


@dataclass
class Report:
    """What a run did: for people, for `--json` and for the log. `faults` are of configurations, `crashes` of jobs."""

    done: dict[tuple[str, Title], Done] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faults: list[Faults] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    rounds: int = 0

    @property
    def exit_status(self) -> int:
        """0 all done, 1 something could not be done, 2 a configuration can't be used."""
        if self.faults:
            return 2
        return int(bool(self.crashes) or any(not done.outcome.kind.done for done in self.done.values()))


@dataclass(frozen=True)
class Task:
    """One job for one process."""

    job: str
    process: Process

    @property
    def within(self) -> str:
        """The title under which everything stands that it may write; empty for the whole wiki."""
        return trial_root(self.process.bot) if self.process.trial else ""


class Session:
    """One run against one wiki. `tell` is called with each thing done, as it is done.

    `now` is the moment that the run takes for the present (UTC); without it, the wiki's own clock counts.
    `pause` is called before every edit; it returns False where the run shall end.
    """

    def __init__(
        self,
        wiki: Wiki,
        *,
        now: datetime | None = None,
        dry_run: bool = False,
        pause: Callable[[Site], bool] = lambda _: True,
        tell: Callable[[Done], None] = lambda _: None,
    ) -> None:
        self._wiki = wiki
        self._dry_run = dry_run
        self._pause = pause
        self._tell = tell
        self._before = Counter(wiki.requests)
        self.site = wiki.start()
        self.now = now or self.site.time
        self.report = Report()

    def run(self, names: Collection[str] = ()) -> Report:
        """Run the named jobs, or all. Raises OperatorError where nothing can be done."""
        wanted = frozenset(names) or frozenset({*JOBS, STATUS})
        if unknown := wanted - {*JOBS, STATUS}:
            known = ", ".join([*JOBS, STATUS])
            raise OperatorError(f"There is no job called {', '.join(sorted(unknown))}; there are {known}.", usage=True)
        if self.site.account.blocked:
            raise OperatorError(f"The account {self.site.account.name} is blocked on {self.site.name}.")
        processes = self._configured()
        if processes:
            self._carry_through(processes, wanted)
        self.report.requests = Counter(self._wiki.requests) - self._before
        return self.report

    def _configured(self) -> list[Process]:
        bot = self.site.account.name
        pages = self._ask(configuration_pages(bot))
        if not pages:
            raise OperatorError(f"There is nothing to do: no page User:{bot}/<Process>.json configures it.", usage=True)
        found = [read_configuration(page.text, page.title, bot) for page in pages]
        self.report.faults = [one for one in found if isinstance(one, Faults)]
        return [one for one in found if isinstance(one, Process)]

    def _carry_through(self, processes: list[Process], wanted: frozenset[str]) -> None:
        """Plan all jobs in step, carry out the wanted ones, and report on what then stands.

        The report needs the problems of all jobs, so that all are planned where it is wanted.
        """
        executor = self._executor(processes)
        tasks = [Task(job, process) for process in processes for job in JOBS if job in wanted or STATUS in wanted]
        places = together(ask(PageNow(process.status)) for process in processes)
        runner = Runner(self._wiki)
        plans, _ = runner.run(both(self._plans(tasks), places))
        self.report.rounds += runner.rounds
        self._carry_out(executor, {task: plan for task, plan in plans.items() if task.job in wanted})
        problems = {process: self._problems(process, plans) for process in processes}
        self.report.problems = [problem for found in problems.values() for problem in found]
        if STATUS in wanted:
            self._report_status(executor, runner, problems)

    def _executor(self, processes: list[Process]) -> Executor:
        return Executor(
            self._wiki,
            self.site.account.name,
            frozenset(name for process in processes for name in process.core_team | process.operators),
            pause=lambda: self._pause(self.site),
            dry_run=self._dry_run,
        )

    def _plans(self, tasks: Collection[Task]) -> Job[dict[Task, Plan]]:
        """The plans of jobs; one that breaks is reported to the operator, and the others go on."""
        plans = yield from together(_guarded(JOBS[task.job](task.process, self.now), task) for task in tasks)
        self.report.crashes += [plan for plan in plans if isinstance(plan, str)]
        return {task: plan for task, plan in zip(tasks, plans, strict=True) if isinstance(plan, Plan)}

    def _carry_out(self, executor: Executor, plans: dict[Task, Plan]) -> None:
        """Carry plans out; a task under which the wiki moved on is planned anew, a few times."""
        for left in reversed(range(_PASSES)):
            again = [task for task, plan in plans.items() if self._moved_on(executor, task.job, plan, task.within)]
            if not again or not left:
                return
            plans = self._ask(self._plans(again))

    def _moved_on(self, executor: Executor, job: str, plan: Plan, within: str) -> bool:
        """Carry one plan out, and say whether the wiki moved on under it."""
        moved_on = False
        for done in executor.carry_out(job, plan.edits, within):
            self.report.done[job, done.edit.page.asked] = done
            self._tell(done)
            moved_on |= done.outcome.kind.then is Then.AGAIN
        return moved_on

    def _report_status(self, executor: Executor, runner: Runner, problems: dict[Process, list[Problem]]) -> None:
        """Write the status pages. The runner has read everything before; only a conflict makes it read again."""
        saved = {
            done.edit.page.asked: _as_saved(done, self.site.account.name)
            for done in self.report.done.values()
            if done.outcome.kind is Kind.SAVED
        }
        for _ in range(_PASSES):
            moved_on = False
            for trial in (False, True):
                here = {process: found for process, found in problems.items() if process.trial is trial}
                plan = runner.run(status(here, self.now, saved))
                within = trial_root(self.site.account.name) if trial else ""
                moved_on |= self._moved_on(executor, STATUS, plan, within)
            if not moved_on:
                return
            runner = Runner(self._wiki)

    def _problems(self, process: Process, plans: dict[Task, Plan]) -> list[Problem]:
        """All problems of a process: what its jobs met, and what kept their pages from being written."""
        met = [problem for task, plan in plans.items() if task.process == process for problem in plan.problems]
        pages = {edit.page.asked for task, plan in plans.items() if task.process == process for edit in plan.edits}
        kept = [done for (_, title), done in self.report.done.items() if title in pages]
        return list(dict.fromkeys([*met, *(hindered(done) for done in kept if not done.outcome.kind.done)]))

    def _ask(self, job: Job[T]) -> T:
        runner = Runner(self._wiki)
        result = runner.run(job)
        self.report.rounds += runner.rounds
        return result


def install_session(
    wiki: Wiki,
    files: Mapping[Title, str],
    *,
    dry_run: bool = False,
    pause: Callable[[Site], bool] = lambda _: True,
    tell: Callable[[Done], None] = lambda _: None,
) -> Report:
    """Put the wiki's side on the wiki, under the prefix of each configured process (the usual one where none is)."""
    before, site, report = Counter(wiki.requests), wiki.start(), Report()
    runner, bot = Runner(wiki), site.account.name
    found = [read_configuration(page.text, page.title, bot) for page in runner.run(configuration_pages(bot))]
    processes = [one for one in found if isinstance(one, Process)]
    report.faults = [one for one in found if isinstance(one, Faults)]
    executor = Executor(
        wiki,
        bot,
        frozenset(name for process in processes for name in process.core_team | process.operators),
        pause=lambda: pause(site),
        dry_run=dry_run,
        attended=True,
    )
    for prefix in dict.fromkeys(process.templates for process in processes) or [PREFIX]:
        for done in executor.carry_out("install", runner.run(install(files, bot, prefix)).edits):
            report.done[done.job, done.edit.page.asked] = done
            tell(done)
    report.requests, report.rounds = Counter(wiki.requests) - before, runner.rounds
    return report


def hindered(done: Done) -> Problem:
    """What the people who keep a page's peace should know of an edit that was not made."""
    page, outcome = done.edit.page, done.outcome
    revid = page.revision.id if page.revision else None
    if done.stop:
        return Problem(f"stop-{done.stop.key}", page.title, (str(done.stop.page), done.stop.user), revid)
    if outcome.kind in _EXPLAINED:
        return Problem(_EXPLAINED[outcome.kind], page.title, (outcome.match or outcome.reason,), revid)
    if outcome.kind in _PLAIN:
        return Problem(_PLAIN[outcome.kind], page.title, (), revid)
    return Problem("page-failed", page.title, (outcome.kind.label,), revid)


_EXPLAINED = {Kind.EXCLUDED: "page-excluded", Kind.SPAM_LIST: "page-spam"}
"""Hindrances whose sentence names what it was."""

_PLAIN = {
    Kind.EDITED_BY_PERSON: "page-edited",
    Kind.PROTECTED: "page-protected",
    Kind.DELETED: "page-deleted",
    Kind.ABUSE_FILTER: "page-refused",
    Kind.TITLE_BLACKLIST: "page-refused",
    Kind.CAPTCHA: "page-refused",
    Kind.TOO_LARGE: "page-too-large",
}
"""Hindrances whose sentence says all; any other is told by its name, and tried again at the next run."""


def _guarded(job: Job[Plan], task: Task) -> Job[Plan | str]:
    """The job, with a sentence for the operator in place of an error of ours."""
    try:
        return (yield from job)
    except OperatorError:
        raise
    except Exception as error:
        log.exception("the job %s broke for %s", task.job, task.process.name)
        return (
            f"The job {task.job} broke for “{task.process.name}” ({type(error).__name__}: {error}). Please report it."
        )


def _as_saved(done: Done, bot: str) -> Page:
    outcome, page = done.outcome, done.edit.page
    before = page.revision.id if page.revision else 0
    revision = Revision(outcome.revid or 0, before, outcome.time or datetime.now(UTC), bot, None, done.edit.text)
    return replace(page, revision=revision)
