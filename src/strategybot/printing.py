"""What a run says: lines for people, one JSON object for programs, a web page of diffs."""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

from strategybot.deeds import Delivered, Sent
from strategybot.jobs.posting import with_section
from strategybot.model.problem import Label, Problem
from strategybot.session import Report, Told
from strategybot.wiki.port import Kind, OperatorError
from strategybot.writing.texts import Texts, words

_COLOURS = {"+": "32", "-": "31", "@": "36"}
_SENTENCES = Texts("en")


class Printer:
    """Prints to standard output, in colour where that is a terminal. With `as_json` only the object at the end."""

    def __init__(self, *, diffs: bool = False, as_json: bool = False) -> None:
        self._diffs = diffs
        self._as_json = as_json
        self._colour = sys.stdout.isatty()

    def tell(self, done: Told) -> None:
        """Print one outcome, with its diff where diffs are wanted. That posts stand already is no news."""
        if self._as_json or (isinstance(done, Delivered) and done.outcome.kind is Kind.UNCHANGED):
            return
        print(outcome_line(done), flush=True)
        if not isinstance(done, Sent) and self._diffs and done.outcome.kind is not Kind.UNCHANGED:
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
        for told in (*report.crashes, *report.notes):
            print(f"strategybot: {told}", file=sys.stderr)
        for titles, reason in _undone(report):
            print(f"strategybot: {titles}: {reason}", file=sys.stderr)
        for remark in report.remarks:
            print(remark)
        counts = ", ".join(f"{count} {purpose}" for purpose, count in sorted(report.requests.items()))
        name = f"run {report.run}: " if report.run else ""
        print(f"{name}{report.requests.total()} requests in {report.rounds} rounds ({counts or 'none'})")

    def write_html(self, report: Report, path: Path) -> None:
        """Write the diffs of all changes to a file, as a web page."""
        changes = [
            (done.edit.page, done.edit.text) for done in report.done.values() if done.diff and not done.edit.discreet
        ]
        changes += [(one.posting.page, with_section(one.posting)) for one in report.posts.values() if one.diff]
        tables = [
            difflib.HtmlDiff(wrapcolumn=70).make_table(
                page.text.splitlines(), text.splitlines(), str(page.title), "then", True
            )
            for page, text in changes
        ]
        page = difflib.HtmlDiff().make_file([], [], charset="utf-8")
        try:
            path.write_text(page.replace("<body>", "<body>" + "<hr>".join(tables)), "utf-8")
        except OSError as error:
            raise OperatorError(f"The diffs can't be written: {error}.", usage=True) from error

    def _coloured(self, text: str, colour: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self._colour else text


def _undone(report: Report) -> list[tuple[str, str]]:
    """What was not done, and why; what was not tried any more has one sentence for all."""
    undone = [one.outcome for one in report.told if not one.outcome.kind.done]
    left = [outcome for outcome in undone if outcome.kind is Kind.NOT_TRIED]
    found = [(str(outcome.title), outcome.reason) for outcome in undone if outcome.kind is not Kind.NOT_TRIED]
    reasons = dict.fromkeys(outcome.reason for outcome in left)
    titles = {reason: [str(outcome.title) for outcome in left if outcome.reason == reason] for reason in reasons}
    return [*found, *((", ".join(titles[reason]), reason) for reason in reasons)]


def print_failure(sentence: str) -> None:
    """Print the object of a run that could not be made, with why as its only problem."""
    problem = {"title": "", "message": sentence, "revid": None}
    _print_object({"run": None, "outcomes": [], "problems": [problem], "requests": 0})


def _print_object(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))


def outcome_line(done: Told) -> str:
    """One outcome on a line: what, where, and the new revision. What a letter says is nobody's business here."""
    outcome = done.outcome
    if isinstance(done, Sent):
        return f"{outcome.kind.label}  {_letter(done)}"
    revision = f" (revision {outcome.revid})" if outcome.kind is Kind.SAVED else ""
    return f"{outcome.kind.label}  {outcome.title}{revision}"


def _letter(sent: Sent) -> str:
    count = len(sent.letter.revisions)
    return f"a letter to the contact about {count} {'revision' if count == 1 else 'revisions'}"


def sentence(problem: Problem) -> str:
    """What a problem says to the person who can mend it, in English."""
    return _SENTENCES.say(f"problem-{problem.key}", *(_shown(word) for word in problem.words))


def _shown(word: str) -> str:
    """A word of a problem; a field of the form by its label."""
    if not isinstance(word, Label):
        return word
    return _SENTENCES.say(word.key) if word.key in words("en") else word.readable


def as_object(report: Report) -> dict[str, Any]:
    """The object that `--json` prints."""
    problems = [{"title": str(one.page), "message": sentence(one), "revid": one.revid} for one in report.problems]
    faults = [
        {"title": str(fault.page), "message": text, "revid": None}
        for fault in report.faults
        for text in fault.sentences
    ]
    told = (*report.crashes, *report.notes, *report.remarks)
    sentences = [{"title": "", "message": text, "revid": None} for text in told]
    return {
        "run": report.run or None,
        "outcomes": [_as_told(one) for one in report.told],
        "problems": [*problems, *faults, *sentences],
        "requests": report.requests.total(),
    }


def _as_told(told: Told) -> dict[str, Any]:
    """What became of an edit, a post or a letter, as `--json` prints it."""
    outcome = told.outcome
    return {
        "title": str(outcome.title),
        "outcome": outcome.kind.label,
        "revid": outcome.revid,
        "reason": outcome.reason or (_letter(told) if isinstance(told, Sent) else ""),
    }
