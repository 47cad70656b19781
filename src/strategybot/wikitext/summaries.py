"""Edit summaries, written and read: the task with a link to its stop page, what is done, the run, and an ending.

    [[User:StrategyBot/Run/agenda|agenda]]: 2 of 2 groups filed · run 20261202T0600-k7xq #0123456789
    [[User:StrategyBot/Run/call|call]]: call for updates · run 20261202T0600-k7xq #post call 2026-12-10 …
    [[User:StrategyBot/Run/outbox|outbox]]: what waits · run 20261202T0600-k7xq #post outbox | User talk:Ada | 5e6f…
    [[User:StrategyBot/Run/relays|relays]]: corrected · run 20261202T0600-k7xq #amend relays dates … | 5e6f708192a3
    [[User:StrategyBot/Run/undo|undo]]: Otto had the run 20261202T0600-k7xq undone #undo 20261202T0600-k7xq

The ending proves something: that the text is the bot's, which post it is, what one says from now on (`#amend`, with a
digest of its words), that the bot has taken one back (`#unpost`, with its revision's number), or that a person had a
run undone. What is read here says only what a summary says; who saved it must be known from the revision.
"""

from __future__ import annotations

import re

from strategybot.model.process import stop_pages
from strategybot.model.run import RUN
from strategybot.wikitext.neutral import summary
from strategybot.wikitext.slots import digest

_LONGEST = 450
"""MediaWiki cuts summaries at 500 characters; the run and the ending must not be lost."""

_POST = "#post "
"""What stands before a post's key. No title has a `#`, so that none can be taken for it."""


def task(bot: str, job: str) -> str:
    """What each summary begins with."""
    return f"[[{stop_pages(bot, job)[1]}|{job}]]: "


def job_of(summary: str, bot: str) -> str:
    """The job that made an edit, by the link that its summary begins with."""
    return summary.removeprefix(f"[[{stop_pages(bot, '')[1]}").partition("|")[0]


def complete(begun: str, words: str, ending: str, *, run: str = "", room: int = 0) -> str:
    """A whole summary: the task that it begins with, the words (plain text), the run if there is one, and the ending.

    `room` is what must be left for an ending that is longer than a mark.
    """
    said = f"{begun}{summary(words)}"[: _LONGEST - room]
    return f"{said} · run {run} {ending}" if run else f"{said} {ending}"


def run_of(summary: str) -> str | None:
    """The run that an edit belongs to, by the end of its summary; None where it names none."""
    found = re.search(rf" · run ({RUN}) #[^#]*$", summary, re.ASCII)
    return found[1] if found else None


def mark(text: str, *, carries: bool = False) -> str:
    """The ending when this text is sent; a plus says that it carries what people changed."""
    return f"#{digest(text)}{'+' * carries}"


def is_mark_of_own(summary: str) -> bool:
    """Whether a summary ends with a mark of a text in which nothing was people's, whatever the wiki has made of it."""
    return re.search(r"#[0-9a-f]{10}$", summary) is not None


def undo_mark(run: str) -> str:
    """The ending for an edit that takes back what a run did."""
    return f"#undo {run}"


def undone_by(summary: str) -> str | None:
    """The run that an edit takes back, by the end of its summary; None where it takes none back."""
    found = re.search(rf"#undo ({RUN})$", summary, re.ASCII)
    return found[1] if found else None


def post_mark(key: str, *told: str) -> str:
    """The ending for a post; behind its own key stand those of what it tells, which are digests."""
    return f"{_POST}{' | '.join([key, *told])}"


def post_keys(summary: str) -> frozenset[str]:
    """The keys of a post and of what it tells, by the end of its summary; any other text where it is none's."""
    ending = summary.rpartition(_POST)[2]
    found = re.fullmatch(r"([^|]*\|[^|]*)((?: \| [0-9a-f]{12})+)", ending)
    return frozenset([found[1], *found[2].split(" | ")[1:]] if found else [ending])


def post_of(summary: str) -> str:
    """The key of the post that an edit made, by the end of its summary; empty where it made none."""
    found = re.search(r"#post ([^|#]*\|[^|#]*?)(?: \| [0-9a-f]{12})*$", summary)
    return found[1] if found else ""


def amend_mark(key: str, words: str) -> str:
    """The ending for an edit that changes a post; `words` is the digest of what it says then."""
    return f"#amend {key} | {words}"


def said_by(summary: str) -> tuple[str, str] | None:
    """The key of a post, and the digest of what it says since an edit that made or changed it; None for any other."""
    found = re.search(r"#(?:post|amend) ([^|#]*\|[^|#]*) \| ([0-9a-f]{12})$", summary)
    return (found[1], found[2]) if found else None


def unpost_mark(revid: int) -> str:
    """The ending for an edit that takes back the post which that revision made."""
    return f"#unpost {revid}"


def unposted(summary: str) -> int | None:
    """The revision whose post an edit takes back, by the end of its summary; None where it takes none back."""
    found = re.search(r"#unpost ([0-9]{1,15})$", summary, re.ASCII)
    return int(found[1]) if found else None
