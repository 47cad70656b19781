"""Relays: what is to go out now, what is to be put right, and how all of them stand.

The order of a run: what the bot's own pages remember (`relay_status.py`), whose words count (`inquiries/relays.py`),
for which pages they are (`targets.py`), what has become of them there (`dispatch.py`), and who has answered
(`inquiries/answers.py`). What that comes to stands on the relays' pages; other jobs ask for it by `dispatches`, which
asks nothing that this job doesn't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from strategybot.inquiries.answers import Parents, answers_to, pages_with_answers
from strategybot.inquiries.relays import relays_of, strays
from strategybot.inquiries.threads import Standing
from strategybot.jobs.dispatch import Sending, going_out, in_turn, office, state_of
from strategybot.jobs.handover import handover, sent_of
from strategybot.jobs.outbox import WEEK
from strategybot.jobs.plan import Outcomes, Plan, joined
from strategybot.jobs.posting import Saved, saved_since
from strategybot.jobs.relay_status import Shelf, memory_of, shelf_of, status_edits
from strategybot.jobs.targets import problems_with_lists, targets_of
from strategybot.model.memory import Remembered
from strategybot.model.process import Process
from strategybot.model.relay import Dispatch, Relay, Stage, State, Target
from strategybot.model.source import Source
from strategybot.reading.memory import Row
from strategybot.wiki.asking import Job, ask, both, known, together
from strategybot.wiki.port import LoggedSince, MessagesSent, RevisionById
from strategybot.writing.relay import relay_body, relay_heading
from strategybot.writing.relay_status import OVER, Leaf, Wording

_UNSENT = (State.PREVIEW, State.GOING_OUT)
"""The states of relays that may go out in the next run."""


def relays(process: Process, now: datetime) -> Job[Plan]:
    """The plan for all relays of a process. Where none are passed on, nothing is asked."""
    if process.relaying is None:
        return Plan()
    (shelf, reports), lost = yield from both(_reports(process, now), strays(process))
    lists = yield from together(problems_with_lists(process, one.relay) for one in reports if one.sending)
    sendings = [one.sending for one in reports if one.sending]
    handed = tuple(chain.from_iterable(one.handover.edits for one in sendings))

    def told(outcomes: Outcomes) -> Job[Plan]:
        found = [one.after(process, outcomes, now) for one in reports]
        pages = yield from status_edits(process, shelf, [_leaf(process, one) for one in found], now)
        # A page of relays is settled once its relays' own pages say that all is over.
        return replace(pages, unfinished=any(one.sending and one.dispatch.state in OVER for one in found))

    delivery = Plan(
        edits=(*chain.from_iterable(one.corrections.edits for one in sendings), *handed),
        problems=(
            *chain.from_iterable(one.relay.problems for one in reports),
            *chain.from_iterable(one.corrections.problems for one in sendings),
            *chain.from_iterable(lists),
            *lost,
        ),
        posts=tuple(chain.from_iterable(one.posts for one in sendings)),
        unfinished=any(edit.text != edit.page.text for edit in handed),  # the relays' pages lead to what people send
    )
    pages = yield from told(Outcomes())
    if delivery.posts or delivery.edits:
        # The pages are written once it is known what became of all that. What else there is to say is said before.
        return joined([delivery, replace(pages, edits=(), unfinished=False, follows=(told,))])
    return replace(joined([delivery, pages]), unfinished=True)


def dispatches(process: Process, now: datetime) -> Job[tuple[Dispatch, ...]]:
    """How all relays of a process stand, newest first, but for those that are long over."""
    if process.relaying is None:
        return ()
    _, reports = yield from _reports(process, now)
    return tuple(one.dispatch for one in reports)


@dataclass(frozen=True)
class Report:
    """What has become of a relay, and what is to be remembered of its answers; nothing is `sending` that is over."""

    dispatch: Dispatch
    sending: Sending | None = None
    remembered: tuple[Remembered, ...] = ()

    @property
    def relay(self) -> Relay:
        """The relay itself."""
        return self.dispatch.relay

    def after(self, process: Process, outcomes: Outcomes, now: datetime) -> Report:
        """The same once it is known what became of its posts and corrections: nobody has answered the posts yet."""
        if self.sending is None or outcomes == Outcomes():
            return self
        sending = self.sending.after(outcomes)
        dispatch = replace(self.dispatch, targets=sending.targets)
        state = state_of(process, sending, now, answered=dispatch.is_answered)
        posts = (one.made for one in sending.copies[len(self.sending.copies) :])
        fresh = (Remembered(one.revid, one.page, one.revid) for one in posts)
        return Report(replace(dispatch, state=state), sending, (*self.remembered, *fresh))


def _reports(process: Process, now: datetime) -> Job[tuple[Shelf, tuple[Report, ...]]]:
    """What the bot's pages remember, and all relays that aren't long over, newest first."""
    shelf = yield from shelf_of(process, now)
    places = {name: row.page for name, row in shelf.rows.items() if row.state is not State.WITHDRAWN}
    found, _ = yield from both(relays_of(process, shelf.settled, places), _foreseen(process, shelf, now))
    found = yield from together(_with_source(one, shelf.rows.get(one.id)) for one in found)
    over = {one.id: state for one in found if (state := _over(shelf, one))}
    live = [one for one in found if one.id not in over]
    going = [one for one in live if _goes_now(process, one, shelf.rows.get(one.id), now)]
    since = min((now - WEEK, *(one.first for one in live)))
    ((saved, sendings), memory), _ = yield from both(
        both(_sendings(process, live, since, now), memory_of(process, (one.id for one in live))),
        ask(LoggedSince(since)) if going else known(()),  # with the pages of the targets
    )
    own = {one.id: one.parent for one in saved.own}
    made = yield from together(_report(process, one, memory[one.relay.id], own, now) for one in sendings)
    others = (Report(Dispatch(one, over[one.id])) for one in found if one.id in over)
    return shelf, tuple(sorted((*made, *others), key=lambda one: one.relay.since or one.relay.first, reverse=True))


def _over(shelf: Shelf, relay: Relay) -> State | None:
    """How a relay stands that was over before, in these very words, so that nothing of it need be asked."""
    row = shelf.rows.get(relay.id)
    if relay.stage is Stage.WITHDRAWN and row and row.state is State.WITHDRAWN:
        return State.WITHDRAWN
    return State.CLOSED if shelf.is_over(relay) else None


def _with_source(relay: Relay, row: Row | None) -> Job[Relay]:
    """A relay as it stands, or as withdrawn: the words that went out are gone, whatever stands under its id now.

    It first stood somewhere when the bot's pages say so, though its page was deleted since.
    """
    if row is None:
        return relay
    if relay.stage is not Stage.WITHDRAWN and not relay.versions and row.versions:
        sources = yield from together(ask(RevisionById(number)) for number in row.versions)
        if all(one is None or one.text is None for one in sources):
            relay = replace(relay, stage=Stage.WITHDRAWN, reason="", words=(), culprit=None)
    return replace(relay, first=min(relay.first, row.since))


def _foreseen(process: Process, shelf: Shelf, now: datetime) -> Job[None]:
    """Ask at once what will be asked of relays that aren't over, by what the bot's lists know of them.

    What isn't out yet may go out, and may have been answered by the template before.
    """
    rows = [row for row in shelf.rows.values() if not row.is_over]
    waiting = [row for row in rows if row.state in _UNSENT]
    answers = together(pages_with_answers(process, row.page, row.since, now) for row in waiting)
    yield from both(memory_of(process, (row.id for row in rows)), answers)


def _goes_now(process: Process, relay: Relay, row: Row | None, now: datetime) -> bool:
    """Whether a relay is likely to be posted in this run."""
    is_unsent = row is not None and row.state in _UNSENT
    return is_unsent and relay.stage is Stage.VALID and going_out(process, relay) <= now


def _sendings(
    process: Process, found: Sequence[Relay], since: datetime, now: datetime
) -> Job[tuple[Saved, tuple[Sending, ...]]]:
    """What the bot has saved, and what becomes of relays at their targets. Where there are none, nothing is asked."""
    if not found:
        return Saved(since, ()), ()
    (saved, messages), targets = yield from both(
        both(saved_since(since, process), ask(MessagesSent(since))),
        together(_targets(process, one, now) for one in found),
    )
    sent = yield from together(sent_of(process, one, messages, saved) for one in found)
    marked = [(relay, it.marked(some)) for relay, some, it in zip(found, targets, sent, strict=True)]
    sendings = yield from in_turn(office(process, now, saved), marked)
    own = {one.page for one in saved.own if one.page}
    handed = yield from together(
        handover(process, one.relay, one.targets, it, own, goes=one.is_going)
        for one, it in zip(sendings, sent, strict=True)
    )
    return saved, tuple(replace(one, handover=it) for one, it in zip(sendings, handed, strict=True))


def _targets(process: Process, relay: Relay, now: datetime) -> Job[tuple[Target, ...]]:
    return targets_of(process, relay, now) if relay.stage in (Stage.VALID, Stage.CLOSED) else known(())


def _report(
    process: Process, sending: Sending, before: Sequence[Remembered], own: Parents, now: datetime
) -> Job[Report]:
    """How a relay stands, with who has answered: where its words don't count now, as far as that was known before.

    What is about to be posted may have been answered by the template.
    """
    relay = sending.relay
    if not relay.versions:
        kept = () if relay.stage is Stage.WITHDRAWN else tuple(before)
        stood = tuple(dict.fromkeys(answer for one in kept for answer in one.answers))
        return Report(Dispatch(relay, state_of(process, sending, now), sending.targets, stood), sending, kept)
    posts = [
        Standing(one.target, one.made.revid, one.made.time, one.made.key, relay.version(one.language).subject)
        for one in sending.copies
    ]
    is_going = bool(posts or sending.due)
    answers, remembered = (
        yield from answers_to(process, relay, posts, before, now, own=own) if is_going else known(((), ()))
    )
    dispatch = Dispatch(relay, State.PREVIEW, sending.targets, answers)
    state = state_of(process, sending, now, answered=dispatch.is_answered)
    return Report(replace(dispatch, state=state), sending, remembered)


def _leaf(process: Process, report: Report) -> Leaf:
    """What the relays' pages say of one."""
    relay, sending = report.relay, report.sending
    copies = sending.copies if sending else ()
    is_early = report.dispatch.state is State.PREVIEW and relay.since
    return Leaf(
        report.dispatch,
        goes_out=going_out(process, relay) if is_early else None,
        wordings=tuple(_wording(process, relay, one.lang, report.dispatch.targets) for one in relay.versions),
        made={one.target.asked: Source(one.made.page, one.made.revid, process.bot, one.made.time) for one in copies},
        prepared=sending.handover.prepared if sending else None,
        remembered=tuple(sorted(report.remembered, key=lambda one: (not one.post, one.page, one.post))),
    )


def _wording(process: Process, relay: Relay, language: str, targets: Sequence[Target]) -> Wording:
    """How a relay is posted in a language: as at the first of its targets."""
    at = next(iter(targets), Target(process.relay_status))
    return Wording(language, relay_heading(relay.version(language)), relay_body(process, relay, at, language))
