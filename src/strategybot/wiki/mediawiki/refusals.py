"""What a wiki refuses, each refusal with its own kind: the codes are MediaWiki's and its extensions' own."""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase
from typing import Any

from strategybot.wiki.mediawiki.exchange import RefusedError
from strategybot.wiki.port import Action, Change, Kind, Outcome, Then

CODES = (
    (Kind.CONFLICT, "editconflict contentmodel-mismatch"),
    (Kind.EXISTS, "articleexists"),
    (Kind.DELETED, "pagedeleted"),
    (Kind.MISSING, "missingtitle"),
    (Kind.BLOCKED, "blocked autoblocked systemblocked globalblocking-* wikimedia-globalblocking-* torblock-*"),
    (Kind.PROTECTED, "protected* *protected"),
    (Kind.SPAM_LIST, "spamblacklist spamprotectionmatch spamdetected"),
    (Kind.ABUSE_FILTER, "abusefilter-*"),
    (Kind.TITLE_BLACKLIST, "titleblacklist-*"),
    (Kind.CAPTCHA, "captcha*"),
    (Kind.TOO_LARGE, "contenttoobig http-413"),
    (Kind.INVALID, "invalidtitle pagecannotexist"),
    (Kind.READ_ONLY, "readonly"),
    (Kind.RATE_LIMITED, "ratelimited http-429"),
    (Kind.LAGGED, "maxlag"),
    (Kind.BAD_TOKEN, "badtoken"),
    (Kind.LOGGED_OUT, "assert*failed notloggedin mwoauth-invalid-authorization*"),
    (
        Kind.FORBIDDEN,
        "permissiondenied cantcreate* nocreate-loggedin noedit* confirmemail writeapidenied readapidenied badaccess-*",
    ),
    (
        Kind.UNREACHABLE,
        "emailnotarget noemail* nowikiemail* cantsend usermaildisabled mailnologin blockedemailuser baduser_target",
    ),
    (Kind.UNKNOWN, "internal_api_error_*"),
)

LONGEST_REASON = 300


def outcome(action: Action, refusal: RefusedError) -> Outcome:
    """The outcome of a refused action: of several errors, one that stops the run counts before the others."""
    kinds = [(_kind(error), error) for error in refusal.errors]
    kind, error = next((pair for pair in kinds if pair[0].then is Then.STOP), kinds[0])
    match = _match(error.get("data", {}))
    return Outcome(action.title, kind, reason=_reason(kind, error, match), match=match)


def failure(action: Change, edit: dict[str, Any]) -> Outcome:
    """The outcome of an edit that was answered without an error and without success."""
    if "captcha" in edit:
        return Outcome(action.title, Kind.CAPTCHA, reason="The wiki demands that a captcha be solved.")
    return Outcome(action.title, Kind.FAILED, reason=f"The wiki answers {edit}.")


def _kind(error: dict[str, Any]) -> Kind:
    known = (kind for kind, codes in CODES for code in codes.split() if fnmatchcase(error["code"], code))
    kind = next(known, Kind.FAILED)
    if kind is Kind.BLOCKED and error.get("data", {}).get("blockinfo", {}).get("blockpartial"):
        return Kind.FORBIDDEN  # from some pages only: the next may be another
    return kind


def _match(found: dict[str, Any]) -> str:
    """What a list or filter names: links (with a space between them), a line of a list, a filter's description."""
    links = found.get("spamblacklist", {}).get("matches", ())
    return " ".join(links) or found.get("abusefilter", {}).get("description", "") or found.get("line", "")


def _reason(kind: Kind, error: dict[str, Any], match: str) -> str:
    """One sentence: the wiki's first one, and the detail that the rest of its text is there for."""
    found = error.get("data", {})
    detail = match or found.get("blockinfo", {}).get("blockreason", "") or found.get("readonlyreason", "")
    sentence = _first_sentence(error.get("text", "")) or "The wiki gives no reason"
    code = f" ({error['code']})" if kind is Kind.FAILED else ""
    return f"{sentence}{': ' if detail else ''}{detail.rstrip('.')}"[:LONGEST_REASON] + f"{code}."


def _first_sentence(text: str) -> str:
    """A text's first sentence without its full stop, markup and invisible characters."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return re.split(r"\.\s+(?=[A-Z*])", " ".join(visible.replace("'''", "").split()))[0].rstrip(".")
