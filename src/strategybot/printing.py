"""What a run says: lines for people, one JSON object for programs, a web page of diffs."""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

from strategybot.executor import Done
from strategybot.model.problem import Problem
from strategybot.session import Report
from strategybot.wiki.port import Kind, OperatorError
from strategybot.writing.texts import Texts

_COLOURS = {"+": "32", "-": "31", "@": "36"}
_SENTENCES = Texts("en")


class Printer:
    """Prints to standard output, in colour where that is a terminal. With `as_json` only the object at the end."""

    def __init__(self, *, diffs: bool = False, as_json: bool = False) -> None:
        self._diffs = diffs
        self._as_json = as_json
        self._colour = sys.stdout.isatty()

    def tell(self, done: Done) -> None:
        """Print one outcome, with its diff where diffs are wanted."""
        if self._as_json:
            return
        print(outcome_line(done), flush=True)
        if self._diffs and done.outcome.kind is not Kind.UNCHANGED:
            for line in done.diff.splitlines():
                print(self._coloured(line, _COLOURS.get(line[:1], "0")))

    def finish(self, report: Report) -> None:
        """Print what is to be said at the end."""
        if self._as_json:
            _print_object(as_object(report))
            return
        for problem in report.problems:
            print(f"to mend  {problem.page}: {sentence(problem)}")
        for fault in report.faults:
            for text in fault.sentences:
                print(f"strategybot: {fault.page}: {text}. Nothing was changed for this process.", file=sys.stderr)
        for crash in report.crashes:
            print(f"strategybot: {crash}", file=sys.stderr)
        for done in report.done.values():
            if not done.outcome.kind.done:
                print(f"strategybot: {done.outcome.title}: {done.outcome.reason}", file=sys.stderr)
        counts = ", ".join(f"{count} {purpose}" for purpose, count in sorted(report.requests.items()))
        print(f"{report.requests.total()} requests in {report.rounds} rounds ({counts or 'none'})")

    def write_html(self, report: Report, path: Path) -> None:
        """Write the diffs of all changes to a file, as a web page."""
        changes = [done for done in report.done.values() if done.diff]
        tables = [
            difflib.HtmlDiff(wrapcolumn=70).make_table(
                done.edit.page.text.splitlines(), done.edit.text.splitlines(), str(done.edit.page.title), "then", True
            )
            for done in changes
        ]
        page = difflib.HtmlDiff().make_file([], [], charset="utf-8")
        try:
            path.write_text(page.replace("<body>", "<body>" + "<hr>".join(tables)), "utf-8")
        except OSError as error:
            raise OperatorError(f"The diffs can't be written: {error}.", usage=True) from error

    def _coloured(self, text: str, colour: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self._colour else text


def print_failure(sentence: str) -> None:
    """Print the object of a run that could not be made, with why as its only problem."""
    _print_object({"outcomes": [], "problems": [{"title": "", "message": sentence, "revid": None}], "requests": 0})


def _print_object(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))


def outcome_line(done: Done) -> str:
    """One outcome on a line: what, where, and the new revision."""
    outcome = done.outcome
    revision = f" (revision {outcome.revid})" if outcome.kind is Kind.SAVED else ""
    return f"{outcome.kind.label}  {outcome.title}{revision}"


def sentence(problem: Problem) -> str:
    """What a problem says to the person who can mend it, in English."""
    return _SENTENCES.say(f"problem-{problem.key}", *problem.words)


def as_object(report: Report) -> dict[str, Any]:
    """The object that `--json` prints."""
    problems = [{"title": str(one.page), "message": sentence(one), "revid": one.revid} for one in report.problems]
    faults = [
        {"title": str(fault.page), "message": text, "revid": None}
        for fault in report.faults
        for text in fault.sentences
    ]
    crashes = [{"title": "", "message": crash, "revid": None} for crash in report.crashes]
    return {
        "outcomes": [
            {
                "title": str(done.outcome.title),
                "outcome": done.outcome.kind.label,
                "revid": done.outcome.revid,
                "reason": done.outcome.reason,
            }
            for done in report.done.values()
        ],
        "problems": [*problems, *faults, *crashes],
        "requests": report.requests.total(),
    }
