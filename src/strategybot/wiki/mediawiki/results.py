"""What a wiki's answers to questions say: pages, revisions and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from strategybot.model.comment import Comment, Heading, Thread
from strategybot.model.page import LogEntry, Move, Page, Revision, SentMessage, Title, User
from strategybot.wiki.mediawiki.namespaces import Namespaces

Result = dict[str, Any]
"""The `query` of an answer."""


def joined(steps: Iterable[Result]) -> Result:
    """The results of one question's requests as one, with `pages` by their titles."""
    whole: Result = {"pages": {}}
    for step in steps:
        for page in step.pop("pages", ()):
            _add(whole["pages"].setdefault(page["title"], {}), page)
        _add(whole, step)
    return whole


def _add(whole: Result, step: Result) -> None:
    for name, value in step.items():
        if isinstance(value, list):
            whole.setdefault(name, []).extend(value)
        else:
            whole[name] = value


def page_of(entry: Mapping[str, Any], asked: Title, namespaces: Namespaces) -> Page:
    """The page in one of a result's `pages`; an empty entry stands for a title that no page can have."""
    if not entry or "invalid" in entry or "special" in entry:
        return Page(asked, asked=asked, invalid=True)
    levels = [step["level"] for step in entry.get("protection", ()) if step["type"] in ("edit", "create")]
    revisions = entry.get("revisions")
    return Page(
        title=namespaces.title(entry["title"]),
        asked=asked,
        revision=revision_of(revisions[0]) if revisions else None,
        model=entry.get("contentmodel", "wikitext"),
        protection="sysop" if "sysop" in levels else next(iter(levels), ""),
        opted_out="categories" in entry,
        spelled=namespaces.title(entry["title"]),
        is_talk=entry["ns"] > 0 and entry["ns"] % 2 == 1,
        leads_nowhere="redirect" in entry,
        language=entry.get("pagelanguage", ""),
        url=entry.get("canonicalurl", ""),
    )


def revisions_of(result: Result, namespaces: Namespaces | None = None) -> list[Revision]:
    """All revisions in a result, as long as it isn't joined; with their pages where the wiki's namespaces are given."""
    return [
        replace(revision_of(entry), page=namespaces.title(page["title"]) if namespaces else None)
        for page in result.get("pages", ())
        for entry in page.get("revisions", ())
    ]


def revision_of(entry: Mapping[str, Any]) -> Revision:
    """The revision; what is hidden is None, even where our account may see it."""
    main = entry["slots"]["main"] if "slots" in entry else {}
    return Revision(
        id=entry["revid"],
        parent=entry["parentid"],
        time=datetime.fromisoformat(entry["timestamp"]),
        user=None if "userhidden" in entry else entry["user"],
        summary=None if "commenthidden" in entry else entry["comment"],
        text=None if "texthidden" in main else main.get("content"),
        tags=tuple(entry["tags"]),
    )


def contribution_of(entry: Mapping[str, Any], namespaces: Namespaces) -> Revision:
    """The revision in one of a result's `usercontribs`, with its page."""
    return replace(revision_of({"parentid": 0, **entry}), page=namespaces.title(entry["title"]))


def log_entry_of(entry: Mapping[str, Any], namespaces: Namespaces) -> LogEntry:
    """What one of a result's `logevents` tells; the wiki may hide which page it is about."""
    target = entry.get("params", {}).get("target_title")
    return LogEntry(
        time=datetime.fromisoformat(entry["timestamp"]),
        title=namespaces.title(entry["title"]) if entry.get("title") else None,
        target=namespaces.title(target) if target else None,
        moved=entry.get("type") == "move",
    )


def messages_in(result: Result, namespaces: Namespaces) -> tuple[SentMessage, ...]:
    """The mass messages in a result's `logevents`, newest first, each with the pages to which it wasn't delivered.

    The log has those one by one, each with the subject alone: it counts for the last message before that had it.
    """
    found: list[SentMessage] = []
    missed: dict[str, set[Title]] = {}
    for entry in result.get("logevents", ()):
        if entry.get("action", "send") == "send":
            message = _message_of(entry, namespaces)
            found.append(replace(message, missed=frozenset(missed.pop(message.subject or "", ()))))
        elif "title" in entry:
            subject = entry.get("params", {}).get("subject") or ""
            missed.setdefault(subject, set()).add(namespaces.title(entry["title"]))
    return tuple(found)


def _message_of(entry: Mapping[str, Any], namespaces: Namespaces) -> SentMessage:
    """What an entry tells of a mass message. Entries of the first years lack the revision."""
    told = entry.get("params", {})
    return SentMessage(
        time=datetime.fromisoformat(entry["timestamp"]),
        user=entry.get("user"),
        subject=entry.get("comment"),
        targets=namespaces.title(entry["title"]) if entry.get("title") else None,
        revid=int(told["revid"]) if str(told.get("revid", "")).isdecimal() else None,
        text=namespaces.title(told["pageMessage"]) if told.get("pageMessage") else None,
    )


def moves_in(result: Result, namespaces: Namespaces) -> tuple[Move, ...]:
    """The moves in a result's `logevents`, newest first, but for those of which the wiki hides where they led."""
    targets = {entry["logid"]: entry.get("params", {}).get("target_title") for entry in result.get("logevents", ())}
    return tuple(Move(number, namespaces.title(target)) for number, target in targets.items() if target)


def user_of(entry: Mapping[str, Any], name: str) -> User:
    """The account in one of a result's `users`; an empty entry stands for none of that name."""
    if "userid" not in entry:
        return User(name, exists=False)
    return User(
        name=entry["name"],
        exists=True,
        blocked="blockid" in entry and not entry["blockpartial"],
        groups=frozenset(entry["groups"]) - {"*", "user"},
        rights=frozenset(entry["rights"]),
        emailable=bool(entry.get("emailable")),
        registered=datetime.fromisoformat(entry["registration"]) if entry.get("registration") else None,
    )


def renamed_to(result: Result) -> str | None:
    """The new name in a result's entries of the log of renamed users, newest first; None where it tells none.

    Very old entries hold no more than a sentence, and those that are hidden nothing.
    """
    found = (entry.get("params", {}).get("newuser") for entry in result.get("logevents", ()))
    return next((str(name) for name in found if name), None)


def thread_of(info: Mapping[str, Any]) -> Thread:
    """The headings and comments that the wiki's discussion tools see on a page."""
    return tuple(one for item in info["threaditemshtml"] for one in _flat(item))


def _flat(item: Mapping[str, Any]) -> Iterator[Heading | Comment]:
    """A heading or a comment, with the comments below it; a heading below another is in the page's list once more."""
    if item["type"] == "comment":
        yield Comment(item["author"], datetime.fromisoformat(item["timestamp"]))
    elif item["headingLevel"]:  # comments above the first heading have none
        yield Heading(_words(item["html"]), item["headingLevel"])
    for below in item["replies"]:
        if below["type"] == "comment":
            yield from _flat(below)


def _words(html: str) -> str:
    """The words that HTML shows."""
    shown: list[str] = []
    parser = HTMLParser()
    parser.handle_data = shown.append  # type: ignore[method-assign, assignment]  # all that is wanted of it
    parser.feed(html)
    parser.close()
    return " ".join("".join(shown).split())


def found_on(answer: Mapping[str, Any], name: str, namespaces: Namespaces) -> tuple[Title, ...]:
    """The pages on which a comment of that name stands now: those on which it only stood once have an `oldid`."""
    found = [one for one in answer.get("discussiontoolsfindcomment", ()) if one["name"] == name and not one["oldid"]]
    return tuple(sorted({namespaces.title(one["title"]) for one in found}))
