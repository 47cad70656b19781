"""What a month costs in requests on a real MediaWiki, beside plain pywikibot code doing the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.crowd import NOW, Saved, pages
from benchmarks.stage import environment
from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import Kind
from throwaway import STRATEGY_BOT, Revision, ThrowawayWiki
from throwaway.accounts import BOT_PASSWORD_ID

PASSWORD = f"{BOT_PASSWORD_ID}@{STRATEGY_BOT.bot_password}"


def month() -> dict[str, dict[str, int]]:
    """The figures for 9 and for 90 groups: one run that makes the agenda of all updates, and the status page."""
    os.environ |= {**environment(STRATEGY_BOT), "STRATEGYBOT_PACE": "0"}
    return {str(groups): _measure(groups) for groups in (9, 90)}


def _measure(groups: int) -> dict[str, int]:
    saved = pages(groups)
    with tempfile.TemporaryDirectory() as folder, ThrowawayWiki.create(Path(folder, "wiki")) as wiki:
        wiki.set_clock(NOW)
        wiki.save(Revision(page.title.text, page.text, page.user, time=page.time) for page in saved)
        wiki.snapshot("filed")
        report = Session(MediaWikiWiki(wiki.api)).run()
        edits = [done for done in report.done.values() if done.outcome.kind is Kind.SAVED]
        wiki.restore("filed")
        naive = _naive(wiki, saved, report, Path(folder, "pywikibot"))
    counts = report.requests
    return {
        "rounds": report.rounds,
        "read_requests": counts["read"],
        "history_requests": counts["history"],
        "start_requests": counts["start"],
        "stop_reads": counts["stop"],
        "edits": len(edits),
        "edit_requests": counts["edit"],
        "naive_requests": naive,
    }


def _naive(wiki: ThrowawayWiki, saved: list[Saved], report: Report, folder: Path) -> int:
    """How many requests the plain code sends."""
    texts = {done.edit.page.title.text: done.edit.text for done in report.done.values()}
    return requests_of(
        "benchmarks.naive", wiki, {"titles": [page.title.text for page in saved], "texts": texts}, folder
    )


def requests_of(module: str, wiki: ThrowawayWiki, work: Mapping[str, object], folder: Path) -> int:
    """How many requests a module of plain pywikibot code sends for some work, as the wiki's own log counts them.

    The module is given the wiki, the bot's name and password, and the work on standard input, as JSON.
    """
    folder.mkdir()
    before = _requests(wiki)
    subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", module, wiki.api, STRATEGY_BOT.name, PASSWORD],
        input=json.dumps(work),
        text=True,
        check=True,
        cwd=folder,  # where pywikibot leaves its cookies
        env={**os.environ, "PYWIKIBOT_DIR": str(folder), "PYWIKIBOT_NO_USER_CONFIG": "2"},
    )
    return _requests(wiki) - before


def _requests(wiki: ThrowawayWiki) -> int:
    return (wiki.folder / "server.log").read_text(errors="replace").count("/api.php")
