"""The command line.

    strategybot [--wiki WIKI] [--now TIME] COMMAND

Exit status: 0 all done (problems in what people filed are not failures), 1 something could not be done,
2 wrong usage or configuration.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from strategybot import __version__, scheduler
from strategybot.checkup import as_lines, as_object, check_up
from strategybot.installation import install_session
from strategybot.jobs import JOBS, STATUS
from strategybot.jobs.outbox import OUTBOX
from strategybot.mirror import pull
from strategybot.opening import open_embedded, open_wiki
from strategybot.pace import Pace
from strategybot.printing import Printer, print_failure
from strategybot.publication import publish
from strategybot.questions import configure
from strategybot.reversal import undo_session
from strategybot.session import Session
from strategybot.share import share
from strategybot.wiki.folder import read_folder, write_folder
from strategybot.wiki.port import OperatorError, Wiki
from strategybot.wikitext.people import linked_accounts
from strategybot.writing.texts import Texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status. The sentence for the operator goes to standard error."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    try:
        return _COMMANDS[options.command](options)
    except OperatorError as error:
        print(f"strategybot: {error}", file=sys.stderr)
        if getattr(options, "json", False):
            print_failure(str(error))
        return 2 if error.usage else 1
    except BrokenPipeError:
        # Whoever read our output has enough; what is left must not be written at exit, where it would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _plan(options: argparse.Namespace) -> int:
    printer = Printer(diffs=True, as_json=options.json)
    session = Session(_wiki(options), now=options.now, dry_run=True, tell=printer.tell)
    report = session.run(options.jobs)
    printer.finish(report)
    if options.html:
        printer.write_html(report, options.html)
    return report.exit_status


def _run(options: argparse.Namespace) -> int:
    pace, printer = Pace(), Printer(as_json=options.json)
    scheduler.end_at_signal(pace.ended)
    report = Session(_wiki(options), now=options.now, pause=pace, tell=printer.tell).run(options.jobs)
    printer.finish(report)
    return report.exit_status


def _serve(options: argparse.Namespace) -> int:
    return scheduler.serve(lambda: _wiki(options), every=options.every, heartbeat=options.heartbeat)


def _install(options: argparse.Namespace) -> int:
    pace, printer = Pace(), Printer(diffs=options.dry_run, as_json=options.json)
    scheduler.end_at_signal(pace.ended)
    files = read_folder(share("wikiconfig"))
    report = install_session(_wiki(options), files, dry_run=options.dry_run, pause=pace, tell=printer.tell)
    printer.finish(report)
    return report.exit_status


def _undo(options: argparse.Namespace) -> int:
    pace, printer = Pace(), Printer(diffs=options.dry_run, as_json=options.json)
    scheduler.end_at_signal(pace.ended)
    report = undo_session(
        _wiki(options), options.run, options.operator, dry_run=options.dry_run, pause=pace, tell=printer.tell
    )
    printer.finish(report)
    return report.exit_status


def _doctor(options: argparse.Namespace) -> int:
    files, texts = read_folder(share("wikiconfig")), Texts(options.language)
    checkup = check_up(lambda: _wiki(options), files, now=options.now, heartbeat=options.heartbeat)
    if options.json:
        print(json.dumps(as_object(checkup, texts), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_lines(checkup, texts)))
    return checkup.exit_status


def _configure(options: argparse.Namespace) -> int:
    configure(options.bot, now=options.now or datetime.now(UTC))
    return 0


def _import(options: argparse.Namespace) -> int:
    wiki = open_embedded(_address(options), options.now)
    for title, text in read_folder(options.folder).items():
        for name in linked_accounts(text):  # nobody can register there, so that whom a page names would be nobody
            wiki.ensure_account(name)
        wiki.edit(title, text, options.user, options.summary)
        print(f"saved  {title}")
    return 0


def _export(options: argparse.Namespace) -> int:
    if options.calendar:
        count = publish(_wiki(options), options.calendar, body=options.body, now=options.now)
        print(f"{count} meetings are in {options.calendar}")
    if options.folder:
        _export_pages(options)
    if not (options.calendar or options.folder):
        raise OperatorError("Nothing to export is named: give a folder, or --calendar FILE.", usage=True)
    return 0


def _export_pages(options: argparse.Namespace) -> None:
    pages = open_embedded(_address(options), options.now).texts()
    write_folder(options.folder, pages)
    print(f"{len(pages)} pages are in {options.folder}")


def _pull(options: argparse.Namespace) -> int:
    count = pull(_wiki(options), open_embedded(f"embedded:{options.path}", options.now))
    print(f"{count} pages are in {options.path}; try: strategybot --wiki embedded:{options.path} plan")
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "plan": _plan,
    "run": _run,
    "serve": _serve,
    "install": _install,
    "undo": _undo,
    "configure": _configure,
    "doctor": _doctor,
    "pull": _pull,
    "import": _import,
    "export": _export,
}


def _wiki(options: argparse.Namespace) -> Wiki:
    return open_wiki(_address(options), options.now)


def _address(options: argparse.Namespace) -> str:
    address: str = options.wiki or os.environ.get("STRATEGYBOT_WIKI", "")
    if not address:
        raise OperatorError("No wiki is given: use --wiki, or set STRATEGYBOT_WIKI.", usage=True)
    return address


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no time in ISO 8601, such as 2026-12-10T15:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < 1e6:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of minutes")
    return minutes


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="strategybot", description="Carries a committee's process on the wiki where its community works."
    )
    parser.add_argument("--version", action="version", version=f"strategybot {__version__}")
    parser.add_argument(
        "--wiki",
        help="embedded:PATH, FAMILY:CODE as pywikibot names it (meta:meta), or the URL of an api.php; "
        "default from STRATEGYBOT_WIKI",
    )
    parser.add_argument(
        "--now", type=_moment, metavar="TIME", help="the moment to take for the present (ISO 8601, UTC unless it says)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in (("plan", "print what would be done, as diffs; write nothing"), ("run", "do it")):
        command = commands.add_parser(name, help=text, description=text)
        jobs = f"{', '.join([*JOBS, OUTBOX])} or {STATUS}; default: all"
        command.add_argument("jobs", nargs="*", metavar="JOB", help=jobs)
        command.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "plan":
            command.add_argument("--html", type=Path, metavar="FILE", help="write the diffs as a web page")
    serve = commands.add_parser("serve", help="keep doing it")
    serve.add_argument(
        "--every", type=_minutes, default=60, metavar="MINUTES", help="how long after each other (default: 60)"
    )
    doctor = commands.add_parser(
        "doctor", help="check account, rights, pages, configuration, contacts: say what is wrong and how to mend it"
    )
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    doctor.add_argument("--language", metavar="CODE", default="en", help="the language of the sentences (default: en)")
    for command in (serve, doctor):
        command.add_argument(
            "--heartbeat",
            type=Path,
            metavar="FILE",
            default=os.environ.get("STRATEGYBOT_HEARTBEAT") or None,
            help="the file that serve writes the time of each completed run to; default from STRATEGYBOT_HEARTBEAT",
        )
    configuring = commands.add_parser(
        "configure", help="ask what a process is like, and print its configuration for an admin to save"
    )
    configuring.add_argument(
        "--bot",
        metavar="NAME",
        default=os.environ.get("STRATEGYBOT_USER") or "StrategyBot",
        help="the bot's account; default from STRATEGYBOT_USER, else StrategyBot",
    )
    install = commands.add_parser("install", help="put templates and texts on the wiki, or upgrade them")
    install.add_argument("--dry-run", action="store_true", help="print what would be done; write nothing")
    install.add_argument("--json", action="store_true", help="print one JSON object")
    undoing = commands.add_parser(
        "undo", help="revert what one run did, wherever nobody has edited since, and list the rest"
    )
    undoing.add_argument(
        "run", metavar="RUN", help="the run's id: the run prints it, and each of its edit summaries has it"
    )
    undoing.add_argument(
        "--operator", required=True, metavar="NAME", help="who decides so: an operator of the process, or an admin"
    )
    undoing.add_argument("--dry-run", action="store_true", help="print what would be done, as diffs; write nothing")
    undoing.add_argument("--json", action="store_true", help="print one JSON object")
    pulling = commands.add_parser("pull", help="copy a process's pages, with their histories, into an embedded wiki")
    pulling.add_argument("path", type=Path, metavar="PATH")
    importing = commands.add_parser(
        "import", help="save every file of a folder as a page, with accounts for users it links (embedded wiki only)"
    )
    importing.add_argument("folder", type=Path, metavar="FOLDER")
    importing.add_argument("--user", default="Admin", metavar="NAME", help="who saves them (default: Admin)")
    importing.add_argument("--summary", default="", metavar="TEXT", help="the edit summary")
    exporting = commands.add_parser(
        "export", help="write meetings to a calendar file, or every page's newest text to a folder (embedded wiki only)"
    )
    exporting.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="where the pages' texts go")
    exporting.add_argument(
        "--calendar", type=Path, metavar="FILE", help="write the meetings of all bodies as an iCalendar file"
    )
    exporting.add_argument("--body", metavar="NAME", default="", help="only the meetings of the body with that name")
    return parser


if __name__ == "__main__":
    sys.exit(main())
