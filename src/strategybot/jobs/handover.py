"""What people are to send for the bot: to other wikis, and to more pages than it posts on itself.

Below a relay's page the bot keeps a delivery list and the text, in MassMessage's forms. That somebody has sent it is
read from the wiki's log, and to whom from the list as it was then, whoever had changed it, but for the pages to which
it wasn't delivered, by that log. Who got it so gets it from nobody again. The list names those who haven't got it yet;
once all have, it stays as it was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from strategybot.inquiries.targets import Wanted
from strategybot.jobs.keys import earlier
from strategybot.jobs.plan import Edit
from strategybot.jobs.posting import Saved
from strategybot.model.page import LogEntry, Page, SentMessage, Title
from strategybot.model.process import Process
from strategybot.model.relay import Fate, Relay, Stage, Target
from strategybot.model.source import Source
from strategybot.reading.targets import Entry, read_list
from strategybot.wiki.asking import Job, ask, both, together
from strategybot.wiki.port import LoggedSince, PageNow, RevisionById
from strategybot.writing.relay import withdrawn_body
from strategybot.writing.relay_status import Prepared, status_title
from strategybot.writing.targets import prepared_list, prepared_text
from strategybot.writing.texts import Texts

_FOR_PEOPLE = (Fate.PREPARED, Fate.ELSEWHERE)


# --- What was sent


@dataclass(frozen=True)
class Sent:
    """What people have sent of a relay: the messages, newest first, and the names of the pages that they went to.

    With each name goes the domain of its wiki, empty for the home wiki. None: nobody can see the list any more.
    """

    messages: tuple[SentMessage, ...] = ()
    pages: frozenset[tuple[Title, str]] | None = frozenset()
    logged: Sequence[LogEntry] = field(default=(), repr=False)

    def to(self, target: Target) -> bool:
        """Whether a target has got it, by whatever title its page had then."""
        if not self.messages or self.pages is None:
            return bool(self.messages)
        if target.site:
            return (target.asked, target.site) in self.pages
        titles = [target.asked, *target.also]
        titles += [title for title in (target.page.spelled, target.page.title) if title] if target.page else []
        return any((title, "") in self.pages for title in earlier(titles, self.logged))

    def marked(self, targets: Sequence[Target]) -> tuple[Target, ...]:
        """The targets, with those as sent to that have got it."""
        due = (Fate.DUE, *_FOR_PEOPLE)
        return tuple(replace(one, fate=Fate.SENT) if one.fate in due and self.to(one) else one for one in targets)


def sent_of(process: Process, relay: Relay, messages: Sequence[SentMessage], saved: Saved) -> Job[Sent]:
    """What people have sent of a relay, by its list or with its text; `messages` are all that were sent since."""
    page = status_title(process, relay.id)
    prepared = {page.under("Targets"), page.under("Text")} if page else set[Title]()
    own = tuple(one for one in messages if {one.targets, one.text} & prepared)
    if not own:
        return Sent()
    numbers = sorted({one.revid for one in own if one.revid})
    (lists, logged), place = yield from both(
        both(together(ask(RevisionById(number)) for number in numbers), ask(LoggedSince(saved.since))),
        ask(PageNow(process.relay_status)),
    )
    texts = {one.id: one.text for one in lists if one and one.text is not None}
    if any(one.revid not in texts for one in own):
        return Sent(own, None, logged)
    home = urlsplit(place.url).netloc.lower()
    reached = (set(_names(texts[one.revid], home)) - {(page, "") for page in one.missed} for one in own if one.revid)
    return Sent(own, frozenset().union(*reached), logged)


def _names(text: str, home: str) -> Iterator[tuple[Title, str]]:
    """The pages that a list names."""
    for one in read_list(text):
        if isinstance(one, Entry):
            site = "" if one.site == home else one.site
            title = Title(one.page)
            yield (title if site else Wanted(title).talk), site


# --- What is prepared


@dataclass(frozen=True)
class Handover:
    """What is prepared of a relay, and the edits that prepare it."""

    prepared: Prepared | None = None
    edits: tuple[Edit, ...] = ()


def handover(
    process: Process, relay: Relay, targets: Sequence[Target], sent: Sent, own: Collection[Title], *, goes: bool
) -> Job[Handover]:
    """What people are to send of a relay to its targets, if it `goes` out now. Where that is nothing, nothing is asked.

    `own` are the pages that the bot has saved. Of one that doesn't go out now, or any more, the text is taken back.
    """
    page = status_title(process, relay.id)
    is_gone = relay.stage is Stage.WITHDRAWN or (page is not None and not goes and page.under("Text") in own)
    left = prepared_list(one for one in targets if one.fate in _FOR_PEOPLE) if relay.versions else ""
    is_prepared = page is not None and page.under("Targets") in own
    if page is None or not (is_gone or (relay.versions and (sent.messages or (goes and (left or is_prepared))))):
        return Handover()
    here, listed, text = yield from together(
        ask(PageNow(title)) for title in (page, page.under("Targets"), page.under("Text"))
    )
    if is_gone:
        mark = replace(_edit(process, text, withdrawn_body(process.languages[0])), discreet=True)
        return Handover(edits=(mark,) if text.exists else ())
    last = next(iter(sent.messages), None)
    is_as_sent = not left and last is not None and last.revid == _revid(listed)
    edits = [] if is_as_sent else [_edit(process, listed, left)]
    edits += [_edit(process, text, prepared_text(process, relay, here.url or str(page)))] if left or text.exists else []
    stands = listed.exists and text.exists and bool(last or (left and goes))
    made = Prepared(listed.title, text.title, _revid(listed), None if left or not last else _source(last))
    return Handover(made if stands else None, tuple(edits) if goes else ())


def _revid(page: Page) -> int | None:
    return page.revision.id if page.revision else None


def _edit(process: Process, page: Page, text: str) -> Edit:
    return Edit(page, str(text), Texts(process.languages[0]).say("summary-relay-prepared"))


def _source(message: SentMessage) -> Source:
    """Who has sent it, and when."""
    return Source(message.targets or Title(""), message.revid or 0, message.user or "", message.time)
