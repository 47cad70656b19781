"""One run, from the configuration to the report: everything a run does, on either wiki, for plan, run and serve."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from strategybot.config import Faults
from strategybot.deeds import Delivered, Done, Sent
from strategybot.executor import Executor
from strategybot.hindrances import hindered, undelivered
from strategybot.inquiries.calendars import scheduled
from strategybot.inquiries.configuration import configurations
from strategybot.jobs import JOBS, LAST, STATUS
from strategybot.jobs.foresight import foreseen
from strategybot.jobs.outbox import OUTBOX, outbox
from strategybot.jobs.plan import Letter, Outcomes, Plan, joined
from strategybot.jobs.status import status
from strategybot.model.due import Due
from strategybot.model.page import Page, Revision, Site, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process, starters, trial_root
from strategybot.model.run import new_run
from strategybot.runner import Runner
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import Kind, OperatorError, PageNow, Then, Wiki

T = TypeVar("T")
U = TypeVar("U")
log = logging.getLogger(__name__)

_PASSES = 3
"""How often a job is planned anew in one run because the wiki moved on under it."""


Told = Done | Delivered | Sent
"""What a run tells of each thing that it did, or tried to."""


@dataclass
class Report:
    """What a run did: for people, for `--json` and for the log.

    `run` is its id, by which it can be undone; a dry run has none. `faults` are of configurations, `crashes` of jobs,
    `notes` are for the operator alone, and so are `remarks`, which tell of nothing that went wrong.
    """

    run: str = ""
    done: dict[tuple[str, Title], Done] = field(default_factory=dict)
    posts: dict[tuple[str, str], Delivered] = field(default_factory=dict)
    letters: list[Sent] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
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
        return int(bool(self.crashes or self.notes) or any(not one.outcome.kind.done for one in self.told))

    @property
    def told(self) -> tuple[Told, ...]:
        """All that was done or tried: edits, posts and letters."""
        return (*self.done.values(), *self.posts.values(), *self.letters)


@dataclass(frozen=True)
class Task:
    """One job for one process."""

    job: str
    process: Process

    @property
    def within(self) -> str:
        """The title under which everything stands that it may write; empty for the whole wiki."""
        return trial_root(self.process.bot) if self.process.trial else ""


Planned = Callable[[Collection[Task]], Job[dict[Task, Plan]]]
"""By what tasks are planned."""


class Session:
    """One run against one wiki. `tell` is called with each thing done, as it is done.

    `now` is the moment that the run takes for the present (UTC); without it, the wiki's own clock counts.
    `pause` is called before every edit; it returns False where the run shall end. With `overlaps` the stop pages are
    read for the next post while one is saved, where the wiki is asked by others as well.
    """

    def __init__(
        self,
        wiki: Wiki,
        *,
        now: datetime | None = None,
        dry_run: bool = False,
        overlaps: bool = True,
        pause: Callable[[Site], bool] = lambda _: True,
        tell: Callable[[Told], None] = lambda _: None,
    ) -> None:
        self._wiki = wiki
        self._dry_run = dry_run
        self._overlaps = overlaps
        self._pause = pause
        self._tell = tell
        self._before = Counter(wiki.requests)
        self.site = wiki.start()
        self.now = now or self.site.time
        self.report = Report(run="" if dry_run else new_run(self.site.time))
        self._misnamed: dict[Process, tuple[Problem, ...]] = {}

    def run(self, names: Collection[str] = ()) -> Report:
        """Run the named jobs, or all. Raises OperatorError where nothing can be done."""
        wanted = frozenset(names) or frozenset({*JOBS, *LAST})
        if unknown := wanted - {*JOBS, *LAST}:
            known = ", ".join([*JOBS, *LAST])
            raise OperatorError(f"There is no job called {', '.join(sorted(unknown))}; there are {known}.", usage=True)
        if self.site.account.blocked:
            raise OperatorError(f"The account {self.site.account.name} is blocked on {self.site.name}.")
        runner = Runner(self._wiki)
        processes = self._scheduled(runner, self._configured(runner))
        if processes:
            self._carry_through(runner, processes, wanted)
        self.report.requests = Counter(self._wiki.requests) - self._before
        return self.report

    def _configured(self, runner: Runner) -> list[Process]:
        bot = self.site.account.name
        found = runner.run(configurations(bot))
        if not found.processes and not found.faults:
            raise OperatorError(f"There is nothing to do: no page User:{bot}/<Process>.json configures it.", usage=True)
        self.report.faults = list(found.faults)
        ahead = together(foreseen(process, self.now) for process in found.processes)
        self._misnamed, _ = runner.run(both(found.present(), ahead))
        return list(self._misnamed)

    def _scheduled(self, runner: Runner, processes: list[Process]) -> list[Process]:
        """The processes with what people changed in their calendars; without those whose calendars can't be read."""
        found = runner.run(together(self._guarded(scheduled(one), partial(self._left_out, one)) for one in processes))
        misnamed = [self._misnamed[process] for process in processes]
        self._misnamed = {one: problems for one, problems in zip(found, misnamed, strict=True) if one}
        return list(self._misnamed)

    def _left_out(self, process: Process, error: Exception) -> None:
        """Tell that a process's calendars can't be known: then nothing is done for it."""
        self._broken(Task("calendar", process), error)

    def _carry_through(self, runner: Runner, processes: list[Process], wanted: frozenset[str]) -> None:
        """Plan all jobs in step, carry out the wanted ones, and report on what then stands.

        The outbox needs what all jobs find due, the report their problems: where one of them is wanted, all are
        planned, and those that aren't to be carried out are looked through as in a dry run.
        """
        executor = self._executor(processes, dry_run=self._dry_run)
        tasks = [Task(job, process) for process in processes for job in JOBS if {job, *LAST} & wanted]
        places = together(ask(PageNow(process.status)) for process in processes)
        plans, _ = runner.run(both(self._plans(tasks), places))
        self.report.rounds += runner.rounds
        self._send_ahead(executor, runner, plans, wanted)
        chosen = {task: plan for task, plan in plans.items() if task.job in wanted}
        plans |= self._carry_out(executor, runner, chosen, self._plans)
        if wanted.intersection(LAST):
            plans |= self._write_to_people(executor if OUTBOX in wanted else None, plans)
        others = {task: plan for task, plan in plans.items() if task.job not in wanted}
        looked_at = self._look_through(self._executor(processes, dry_run=True), runner, others)
        problems = {process: self._problems(process, plans, looked_at) for process in processes}
        self.report.problems = [problem for found in problems.values() for problem in found]
        if STATUS in wanted:
            self._report_status(executor, runner, problems)

    def _write_to_people(self, executor: Executor | None, plans: Mapping[Task, Plan]) -> dict[Task, Plan]:
        """Plan the messages about all that is due, and send them where there is an executor. Returns the last plans."""
        dues = [replace(due, process=task.process) for task, plan in plans.items() for due in plan.dues]
        runner = Runner(self._wiki)
        messages = self._counted(runner, self._messages(dues))
        return self._carry_out(executor, runner, messages, lambda _: self._messages(dues)) if executor else messages

    def _look_through(self, executor: Executor, runner: Runner, plans: dict[Task, Plan]) -> list[Done | Delivered]:
        """What would become of plans that aren't to be carried out."""
        found: list[Done | Delivered] = []
        for task, plan in plans.items():
            told: list[Done | Delivered] = [
                *executor.carry_out(task.job, plan.edits, task.within),
                *executor.deliver(task.job, plan.posts, task.within),
            ]
            then = self._followed(runner, task, plan, told)
            found += [*told, *executor.carry_out(task.job, then.edits, task.within)]
        return found

    def _executor(self, processes: list[Process], *, dry_run: bool) -> Executor:
        return Executor(
            self._wiki,
            self.site.account.name,
            starters(processes),
            pause=lambda: self._pause(self.site),
            dry_run=dry_run,
            overlaps=self._overlaps and not self.site.own,
            address=self.site.address,
            run=self.report.run,
        )

    def _plans(self, tasks: Collection[Task]) -> Job[dict[Task, Plan]]:
        """The plans of jobs; one that breaks is reported to the operator, and the others go on."""
        plans = yield from together(
            self._guarded(JOBS[task.job](task.process, self.now), partial(self._broken, task)) for task in tasks
        )
        return dict(zip(tasks, plans, strict=True))

    def _guarded(self, job: Job[T], broken: Callable[[Exception], U]) -> Job[T | U]:
        """What a job gives. Where it breaks, whatever the fault is, `broken` tells it, and the others go on."""
        try:
            return (yield from job)
        except OperatorError:
            raise
        except Exception as error:
            return broken(error)

    def _messages(self, dues: Sequence[Due]) -> Job[dict[Task, Plan]]:
        """The plans of the outbox. Where it breaks, that is told as of any job."""

        def broken(error: Exception) -> dict[Process, Plan]:
            return {
                process: self._broken(Task(OUTBOX, process), error)
                for process in dict.fromkeys(one.process for one in dues)
            }

        found = yield from self._guarded(outbox(dues, self.now), broken)
        return {Task(OUTBOX, process): plan for process, plan in found.items()}

    def _broken(self, task: Task, error: Exception) -> Plan:
        """What a job that broke comes to."""
        log.exception("the job %s broke for %s", task.job, task.process.name, exc_info=error)
        name = f"The job {task.job} broke for “{task.process.name}”"
        self.report.crashes.append(f"{name} ({type(error).__name__}: {error}). Please report it.")
        return Plan(problems=(Problem("job-broke", task.process.page, (task.job,)),))

    def _carry_out(
        self, executor: Executor, runner: Runner, plans: dict[Task, Plan], planned_anew: Planned
    ) -> dict[Task, Plan]:
        """Carry plans out; where the wiki moved on under one, plan it anew, a few times. Returns the last plans.

        `runner` is the one that they were planned with.
        """
        last = dict(plans)
        for left in reversed(range(_PASSES)):
            carried = {
                task: self._carried(executor, runner, task, plan, is_last=not left) for task, plan in plans.items()
            }
            last |= {task: whole for task, (whole, _) in carried.items()}
            moved = {task for task, (_, moved_on) in carried.items() if moved_on}
            again = [task for task, plan in plans.items() if task in moved or self._has_come(plan.awaits)]
            if not again or not left:
                break
            runner = Runner(self._wiki)
            anew = self._counted(runner, planned_anew(again))
            for task in again:
                self._forget(task.job, last[task], anew.get(task, Plan()))
            plans = {task: anew[task] for task in again if task in anew}
            last |= plans
        return last

    def _has_come(self, awaited: Collection[Title]) -> bool:
        """Whether this run has made one of some pages."""
        saved = (title for (_, title), done in self.report.done.items() if done.outcome.kind is Kind.SAVED)
        return any(title in awaited for title in saved)

    def _forget(self, job: str, before: Plan, anew: Plan) -> None:
        """Tell nothing of what hindered something that is no longer to be done: another process has done it."""
        for title in {one.page.asked for one in before.edits} - {one.page.asked for one in anew.edits}:
            if (done := self.report.done.get((job, title))) and done.outcome.kind.then is Then.AGAIN:
                del self.report.done[job, title]
        for key in {one.post.key for one in before.posts} - {one.post.key for one in anew.posts}:
            if (delivered := self.report.posts.get((job, key))) and delivered.outcome.kind.then is Then.AGAIN:
                del self.report.posts[job, key]

    def _carried(
        self, executor: Executor, runner: Runner, task: Task, plan: Plan, *, is_last: bool
    ) -> tuple[Plan, bool]:
        """Carry one plan out, with what follows. Returns all of it, and whether the wiki moved on under it.

        What follows waits where it will be planned anew, unless this is the last time.
        """
        told: list[Done | Delivered] = []
        moved_on = self._done(executor, task.job, plan, task.within, told)
        if not plan.follows or (moved_on and not is_last):
            return plan, moved_on
        then = self._followed(runner, task, plan, told)
        return joined([plan, then]), self._done(executor, task.job, then, task.within, told) or moved_on

    def _followed(self, runner: Runner, task: Task, plan: Plan, told: Iterable[Done | Delivered]) -> Plan:
        """What follows of a plan, by what became of its edits and posts."""
        outcomes = Outcomes(
            edits={one.edit: one.outcome for one in told if isinstance(one, Done)},
            posts={one.posting.post.key: one.outcome for one in told if isinstance(one, Delivered)},
        )
        parts = together(follow(outcomes) for follow in plan.follows)
        return joined(runner.run(self._guarded(parts, lambda error: (self._broken(task, error),))))

    def _done(self, executor: Executor, job: str, plan: Plan, within: str, told: list[Done | Delivered]) -> bool:
        """Carry out what a plan has for now, new letters first, and say whether more is to be planned.

        What became of edits and posts is added to `told`.
        """
        self.report.notes += [note for note in plan.notes if note not in self.report.notes]
        self._send(executor, {job: plan.letters})
        moved_on = False
        for done in executor.carry_out(job, plan.edits, within):
            told.append(done)
            before = self.report.done.get((job, done.edit.page.asked))
            if before is None or before.outcome.kind is not Kind.SAVED or done.outcome.kind is not Kind.UNCHANGED:
                self.report.done[job, done.edit.page.asked] = done
                self._tell(done)
            moved_on |= done.outcome.kind.then is Then.AGAIN or (plan.unfinished and done.outcome.kind is Kind.SAVED)
        for one in executor.deliver(job, plan.posts, within):
            told.append(one)
            if self._is_news(job, one):
                self.report.posts[job, one.posting.post.key] = one
                self._tell(one)
            kind = one.outcome.kind
            moved_on |= kind.then is Then.AGAIN or (plan.unfinished and kind is Kind.SAVED)
        return moved_on

    def _is_news(self, job: str, delivered: Delivered) -> bool:
        """Whether there is something to tell of a post: not where it is only found that this run has made it."""
        before = self.report.posts.get((job, delivered.posting.post.key))
        if before is None or delivered.outcome.kind is not Kind.UNCHANGED:
            return True
        return not before.outcome.kind.done or before.outcome.revid != delivered.outcome.revid

    def _send(self, executor: Executor, letters: Mapping[str, Sequence[Letter]]) -> None:
        """Send letters, but for those about what this run has written of, or tried to, before."""
        tried = {key for sent in self.report.letters for key in sent.letter.keys}
        fresh = {job: [letter for letter in own if not tried.issuperset(letter.keys)] for job, own in letters.items()}
        for sent in executor.send(fresh):
            self.report.letters.append(sent)
            self._tell(sent)

    def _send_ahead(
        self, executor: Executor, runner: Runner, plans: Mapping[Task, Plan], wanted: Collection[str]
    ) -> None:
        """Send the letters of all jobs before anything is written, so that a process's contact gets one a run.

        What the status page has to tell is known before it can be written: it depends on no outcome of an edit.
        """
        letters = {
            job: [one for task, plan in plans.items() if task.job == job for one in plan.letters] for job in JOBS
        }
        if STATUS in wanted:
            met: dict[Process, list[Problem]] = {task.process: [] for task in plans}
            for task, plan in plans.items():
                met[task.process] += plan.problems
            letters[STATUS] = list(runner.run(status(met, self.now)).letters)
        self._send(executor, {job: own for job, own in letters.items() if job in wanted})

    def _report_status(self, executor: Executor, runner: Runner, problems: dict[Process, list[Problem]]) -> None:
        """Write the status pages. The runner has read everything before; only a conflict makes it read again."""
        saved = {
            done.edit.page.asked: _as_saved(done, self.site.account.name, self.now)
            for done in self.report.done.values()
            if done.outcome.kind in (Kind.SAVED, Kind.PLANNED)
        }
        for _ in range(_PASSES):
            moved_on = False
            for trial in (False, True):
                here = {process: found for process, found in problems.items() if process.trial is trial}
                plan = runner.run(status(here, self.now, saved))
                within = trial_root(self.site.account.name) if trial else ""
                moved_on |= self._done(executor, STATUS, plan, within, [])
            if not moved_on:
                return
            runner = Runner(self._wiki)

    def _problems(
        self, process: Process, plans: dict[Task, Plan], looked_at: Sequence[Done | Delivered]
    ) -> list[Problem]:
        """All problems of a process: what its jobs met, and what kept their pages from being written."""
        own = [plan for task, plan in plans.items() if task.process == process]
        met = [problem for plan in own for problem in plan.problems]
        pages = {edit.page.asked for plan in own for edit in plan.edits}
        keys = {posting.post.key for plan in own for posting in plan.posts}
        hindering = [
            found
            for one in (*self.report.done.values(), *self.report.posts.values(), *looked_at)
            if (one.edit.page.asked in pages if isinstance(one, Done) else one.posting.post.key in keys)
            and (found := hindered(one) if isinstance(one, Done) else undelivered(one))
        ]
        return list(dict.fromkeys([*self._misnamed[process], *met, *hindering]))

    def _counted(self, runner: Runner, job: Job[T]) -> T:
        """What a job gives, with the rounds that it takes counted."""
        before = runner.rounds
        result = runner.run(job)
        self.report.rounds += runner.rounds - before
        return result


def _as_saved(done: Done, bot: str, now: datetime) -> Page:
    """The page as it stands after an edit, or (with no number yet) as it would after a planned one."""
    outcome, page = done.outcome, done.edit.page
    before = page.revision.id if page.revision else 0
    number = outcome.revid or 0 if outcome.kind is Kind.SAVED else 0
    return replace(page, revision=Revision(number, before, outcome.time or now, bot, None, done.edit.text))
