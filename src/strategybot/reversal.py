"""One undoing: what a run did is taken back, for an operator who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain

from strategybot.config import account
from strategybot.deeds import Done
from strategybot.executor import Executor
from strategybot.inquiries.authority import is_admin
from strategybot.inquiries.configuration import configurations
from strategybot.inquiries.stopping import UNDO
from strategybot.jobs.plan import Edit
from strategybot.jobs.undo import Left, Order, Undoing, undo
from strategybot.model.page import Site, Title
from strategybot.model.process import starters
from strategybot.model.run import begun
from strategybot.runner import Runner
from strategybot.session import Report
from strategybot.wiki.asking import Job, ask
from strategybot.wiki.port import Kind, OperatorError, Outcome, UserNamed, Wiki

_GOING_ON = timedelta(hours=1)
"""How long after its beginning a run may still be going on: a full one takes some minutes."""


def undo_session(
    wiki: Wiki,
    run: str,
    operator: str,
    *,
    dry_run: bool = False,
    pause: Callable[[Site], bool] = lambda _: True,
    tell: Callable[[Done], None] = lambda _: None,
) -> Report:
    """Take back what a run did, for an operator of a process, or an admin; nothing while a configuration has faults.

    The pages that are left as they are come in the report as well, each with its reason and where to look. Raises
    OperatorError: no run's id, nobody who may, a blocked account, a run that did nothing that can be seen.
    """
    began = begun(run)
    if began is None:
        raise OperatorError(f"“{run}” is no run's id: they are such as 20261202T0600-k7xq.", usage=True)
    before, site = Counter(wiki.requests), wiki.start()
    bot, runner, report = site.account.name, Runner(wiki), Report()
    if site.account.blocked:
        raise OperatorError(f"The account {bot} is blocked on {site.name}.")
    found = runner.run(configurations(bot))
    report.faults = list(found.faults)
    if not found.faults:
        processes = tuple(runner.run(found.present()))
        # The machine dates the letters, whose clock may be another than the wiki's.
        lettered = began + (datetime.now(UTC) - site.time)
        undoing = runner.run(_undoing(Order(run, began, site.time, lettered, account(operator), bot, processes)))
        people, go_on = starters(processes), lambda: pause(site)
        # An operator is at it, so that nobody need have made the job's own stop page before; the bot's must stand.
        executor = Executor(wiki, bot, people, pause=go_on, dry_run=dry_run, attended=True)
        left = (_as_done(one, site.address) for one in undoing.left)
        for done in chain(executor.carry_out(UNDO, undoing.edits), left):
            report.done[done.job, done.edit.page.asked] = done
            tell(done)
        report.remarks = _remarks(report, undoing)
        if site.time - began < _GOING_ON:
            report.remarks.append("The run may still be going on: if it is, undo it again when it has ended.")
    report.requests, report.rounds = Counter(wiki.requests) - before, runner.rounds
    return report


def _undoing(order: Order) -> Job[Undoing]:
    """What undoing a run comes to. Raises OperatorError where that is nothing, or for nobody who may."""
    name = order.operator
    is_operator = any(name in process.operators for process in order.processes)
    if is_operator and (yield from ask(UserNamed(name))).blocked:
        raise OperatorError(f"“{name}” may not have a run undone: that account is blocked.", usage=True)
    if not is_operator and not (name and Title(f"User:{name}").legal and (yield from is_admin(name))):
        who = "it takes an operator whom the configuration names, or an admin"
        raise OperatorError(f"“{name}” may not have a run undone: {who}.", usage=True)
    undoing = yield from undo(order)
    if not undoing.edits and not undoing.left:
        why = "It did nothing, all its pages were deleted, or there was none."
        raise OperatorError(f"No edit of the run {order.run} is to be seen. {why}", usage=True)
    return undoing


def _as_done(left: Left, address: str) -> Done:
    """A page that is left as it is, as the report has it; `address` is that of the wiki's pages, `$1` for the title."""
    reason = left.reason
    if left.shown_at:
        link = address.replace("$1", left.shown_at.text) if address else f"[[{left.shown_at}]]"
        reason += f" What the run changed there: {link}"
    return Done(UNDO, Edit(left.page, left.page.text, ""), Outcome(left.page.asked, left.kind, reason=reason))


def _remarks(report: Report, undoing: Undoing) -> list[str]:
    """What an operator should know beside the outcomes."""
    saved = {title for (_, title), done in report.done.items() if done.outcome.kind is Kind.SAVED}
    made = [title for title in undoing.emptied if title in saved]
    remarks = [f"{title} was made by the run and is empty now; an admin can delete it." for title in made]
    if undoing.mailed:
        remarks.append("Letters have been sent since the run began. Those that were its own can't be taken back.")
    return remarks
