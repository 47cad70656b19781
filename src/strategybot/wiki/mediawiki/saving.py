"""What is sent to make an edit, so that it overwrites nobody and happens once, and what its answer means.

`baserevid` without a `basetimestamp`: with one, MediaWiki silently overwrites what the same account saved
meanwhile, and whatever was saved within the same second. `createonly` with a `starttimestamp` of long ago, and
without `recreate`: so a page that was ever deleted isn't created again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from strategybot.wiki.mediawiki.exchange import Answer, Parameters
from strategybot.wiki.port import Append, Change, Kind, Outcome

LONG_AGO = "2001-01-01T00:00:00Z"


def parameters(action: Change) -> Parameters:
    """The parameters of the edit, apart from what proves it to be ours."""
    return {
        "action": "edit",
        "title": action.title.text,
        "summary": action.summary,
        "notminor": "1",  # a minor edit to a talk page notifies nobody
        "watchlist": "nochange",
        **_text(action),
    }


def _text(action: Change) -> Parameters:
    if action.base is None:
        return {"text": action.text, "createonly": "1", "starttimestamp": LONG_AGO}
    way = "appendtext" if isinstance(action, Append) else "text"
    return {way: action.text, "nocreate": "1", "baserevid": str(action.base)}


def moves(action: Change) -> Parameters:
    """The parameters of a look at the log of moves: to `createonly`, a page moved away without a redirect was never."""
    return {"action": "query", "list": "logevents", "letype": "move", "letitle": action.title.text, "lelimit": "1"}


def moved(action: Change, answer: Answer) -> Outcome | None:
    """The outcome where the log has a page that once stood at the title, else None."""
    for event in answer["query"]["logevents"]:
        where = event.get("params", {}).get("target_title", "")
        return Outcome(action.title, Kind.MOVED, reason=f"The page was moved to {where or 'elsewhere'}.", match=where)
    return None


def outcome(action: Change, edit: Answer) -> Outcome:
    """The outcome of an edit that the wiki calls a success."""
    if "nochange" in edit:
        return Outcome(action.title, Kind.UNCHANGED, action.base)
    saved = Outcome(action.title, Kind.SAVED, edit["newrevid"], datetime.fromisoformat(edit["newtimestamp"]))
    if action.base is not None and edit["oldrevid"] != action.base:
        return replace(saved, after=edit["oldrevid"])
    return saved
