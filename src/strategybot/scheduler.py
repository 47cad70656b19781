"""Keeping at it: a run at the configured interval, until the process is told to end."""

from __future__ import annotations

import json
import logging
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import schedule

from strategybot.deeds import Sent
from strategybot.pace import Pace
from strategybot.printing import outcome_line, sentence
from strategybot.session import Report, Session, Told
from strategybot.wiki.port import Kind, OperatorError, Wiki

log = logging.getLogger("strategybot")


def serve(wiki: Callable[[], Wiki], *, every: float, heartbeat: Path | None = None) -> int:
    """Run at once and then every so many minutes; returns 0 after SIGTERM or SIGINT, 2 for wrong usage.

    What a run couldn't do, and runs that were missed, are made up for by the next, since jobs compare what
    stands with what should. `heartbeat` is written after each run that reached its end.
    """
    log.setLevel(logging.INFO)
    pace, clock = Pace(), schedule.Scheduler()
    end_at_signal(pace.ended)
    status = _Served(wiki, pace, heartbeat)
    clock.every(round(every * 60)).seconds.do(status.run)
    clock.run_all()
    while not pace.ended.is_set() and not status.usage:
        clock.run_pending()
        pace.ended.wait(max(0.0, min(clock.idle_seconds or 0.0, 60.0)))
    log.info("ended")
    return 2 if status.usage else 0


class _Served:
    """One run after the other; what the operator must mend is logged, and the next run tries again.

    A fresh wiki is opened for each run, so that a lost session or a changed password is picked up.
    """

    def __init__(self, wiki: Callable[[], Wiki], pace: Pace, heartbeat: Path | None) -> None:
        self._wiki = wiki
        self._pace = pace
        self._heartbeat = heartbeat
        self._worked = False
        self.usage = False

    def run(self) -> None:
        try:
            report = Session(self._wiki(), pause=self._pace, tell=_log_outcome).run()
        except OperatorError as error:
            log.error("%s", error)  # noqa: TRY400  # a sentence for the operator; the traceback would say less
            # What never worked won't by waiting; what did work before may be mended on the wiki.
            self.usage = error.usage and not self._worked
            return
        self._worked = True
        _log_report(report)
        if self._heartbeat:
            beat(self._heartbeat, report)


def beat(path: Path, report: Report) -> None:
    """Write the heartbeat: when the run ended (UTC) and its exit status. Readers never see half of it."""
    told = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "exit_status": report.exit_status}
    try:
        fresh = path.with_name(f"{path.name}.new")
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(told) + "\n", "utf-8")
        fresh.replace(path)
    except (OSError, ValueError) as error:
        log.error("the heartbeat can't be written: %s", error)  # noqa: TRY400  # the sentence says all


def end_at_signal(ended: Event) -> None:
    """Make SIGTERM and SIGINT end the run after the edit under way; a second one ends the process at once."""

    def end(number: int, _: object) -> None:
        ended.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _log_outcome(done: Told) -> None:
    if done.outcome.kind is not Kind.UNCHANGED:
        job = done.job if not isinstance(done, Sent) else "letters"
        log.info("%s: %s %s", job, outcome_line(done), done.outcome.reason)


def _log_report(report: Report) -> None:
    for fault in report.faults:
        for text in fault.sentences:
            log.error("%s: %s", fault.page, text)
    for note in report.notes:
        log.error("%s", note)
    for problem in report.problems:
        log.info("to mend: %s: %s", problem.page, sentence(problem))
    log.info("run %s ended: exit status %d, %d requests", report.run, report.exit_status, report.requests.total())
