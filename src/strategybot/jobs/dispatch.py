"""Relays on their way: what has reached which target, what is to be posted or put right now, and how each stands.

A relay goes out once its words, and their approval, have stood for the time of the preview, and once the bot's own
contributions show that an earlier run has shown exactly these words on the relay's page. To each target it goes as a
post of its own (`posting.py`); what the bot's contributions prove costs no question. On a user's talk page the bot
leaves one message a week, whatever it is. To more pages than the cap the bot posts nothing: people send that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from strategybot.inquiries.rosters import other_spellings
from strategybot.jobs.addresses import named_since
from strategybot.jobs.corrections import Copy, Corrections, corrections
from strategybot.jobs.handover import Handover
from strategybot.jobs.keys import Key, Listed, beginning
from strategybot.jobs.made import Made, posts_made, said
from strategybot.jobs.outbox import WEEK
from strategybot.jobs.plan import Outcomes, Post, Posting, Proof
from strategybot.jobs.posting import Saved, postings
from strategybot.jobs.relay_status import previewed
from strategybot.model.page import Page, Title
from strategybot.model.process import Process
from strategybot.model.relay import REACHED, Fate, Relay, Stage, State, Target
from strategybot.wiki.asking import Job, known, together
from strategybot.wiki.port import Kind, Outcome
from strategybot.writing.relay import JOB, relay_body, relay_heading
from strategybot.writing.relay_status import status_title
from strategybot.writing.texts import Texts

_STAGES = {
    Stage.FLAWED: State.FLAWED,
    Stage.WAITING: State.WAITING,
    Stage.UNAPPROVED: State.UNAPPROVED,
    Stage.CLOSED: State.CLOSED,
    Stage.WITHDRAWN: State.WITHDRAWN,
}
"""How relays stand that don't go out."""


@dataclass(frozen=True)
class Sending:
    """A relay on its way: its targets, its copies, and what is to be done about it now.

    `due` are the posts of it that are to be made, and `notes` others in the threads of its copies. `is_going` says that
    it may go out, or has gone.
    """

    relay: Relay
    targets: tuple[Target, ...] = ()
    copies: tuple[Copy, ...] = ()
    due: Mapping[Target, Posting] = field(default_factory=dict)
    notes: tuple[Posting, ...] = ()
    is_going: bool = False
    corrections: Corrections = field(default_factory=Corrections)
    handover: Handover = field(default_factory=Handover)

    @property
    def posts(self) -> tuple[Posting, ...]:
        """All that is to be posted."""
        return (*self.due.values(), *self.notes)

    def after(self, outcomes: Outcomes) -> Sending:
        """The same once it is known what became of its posts and corrections."""
        made = {one: made for one, it in self.due.items() if (made := _made(it.post, outcomes.posts.get(it.post.key)))}
        wrong = [one for one in self.corrections.edits if not _is_saved(outcomes.edits.get(one))]
        fresh = (Copy(one, self.due[one].post.identity, self.due[one].post.language, it) for one, it in made.items())
        return replace(
            self,
            targets=tuple(replace(one, fate=Fate.POSTED) if one in made else one for one in self.targets),
            copies=(*self.copies, *fresh),
            due={one: it for one, it in self.due.items() if one not in made},
            corrections=replace(self.corrections, edits=tuple(wrong)),
        )

    @property
    def is_leaving(self) -> bool:
        """Whether words of a relay that was withdrawn still stand where the bot has written them."""
        edits = (*self.corrections.edits, *self.handover.edits)
        return self.relay.stage is Stage.WITHDRAWN and any(edit.text != edit.page.text for edit in edits)


@dataclass(frozen=True)
class Office:
    """What relays are sent by: the process, the present, and what the bot's account has saved since the first of them.

    `made` are the posts that this tells of, by the revisions that made them.
    """

    process: Process
    now: datetime
    saved: Saved
    made: Mapping[int, Made]

    def may_go_out(self, relay: Relay) -> bool:
        """Whether a relay's words have been shown long enough."""
        if relay.stage is not Stage.VALID or relay.since is None or going_out(self.process, relay) > self.now:
            return False
        page = status_title(self.process, relay.id)
        shown = previewed((one for one in self.saved.own if one.page == page), relay)
        return shown is not None and shown < self.now

    @property
    def taken(self) -> frozenset[Title]:
        """The users' talk pages on which the bot has left a message within the last week."""
        return written_to(self.made.values(), self.now)

    def copies(self, relay: Relay, known: Collection[int]) -> Iterator[Copy]:
        """The copies of a relay that went to pages which it wouldn't go to now; `known` are the posts of the others."""
        begins = beginning(JOB, relay.id, self.process)
        for one in self.made.values():
            if one.revid not in known and one.key.startswith(begins) and one.time >= relay.first:
                title = Title(one.key.rpartition(" | ")[2])
                group = next((it for it in self.process.groups if self.process.own(it.page.talk) == title), None)
                target = Target(title, page=Page(one.page, title), group=group, fate=Fate.POSTED)
                target = replace(target, language=group.language if group else "")
                yield Copy(target, Listed(JOB, relay.id, self.process, title), self.language(target), one)

    def language(self, target: Target) -> str:
        """The language of the frame at a target."""
        return target.language or self.process.languages[0]


def office(process: Process, now: datetime, saved: Saved) -> Office:
    """The office of a process, by what the bot's account has saved."""
    return Office(process, now, saved, posts_made(saved.own, process.bot))


def written_to(made: Iterable[Made], now: datetime) -> frozenset[Title]:
    """The users' talk pages that got a post within the last week."""
    return frozenset(one.page for one in made if one.time > now - WEEK and is_personal(one.page))


def is_personal(title: Title) -> bool:
    """Whether a page is a user's talk page, be it one below a trial's."""
    return "User talk:" in title.text


# --- One relay


@dataclass(frozen=True)
class Outgoing:
    """A relay with its targets, as far as the bot's contributions tell what has become of them."""

    desk: Office
    relay: Relay
    targets: Sequence[Target] = ()

    @cached_property
    def keys(self) -> Mapping[Target, Key]:
        """By what a copy is known at each target of the home wiki."""
        here = (one for one in self.targets if not one.site and one.fate is not Fate.DUPLICATE)
        return {one: _identity(self.desk.process, self.relay, one) for one in here} if self.relay.versions else {}

    @cached_property
    def proven(self) -> Mapping[Target, int]:
        """The revisions by which targets have got it."""
        proof, first, bot = self.desk.saved.proof_of, self.relay.first, self.desk.process.bot
        return {one: found.id for one, key in self.keys.items() if (found := proof(str(key), first, bot))}

    @cached_property
    def others(self) -> Sequence[Copy]:
        """The copies that went to targets which aren't any now, or are named otherwise."""
        return tuple(self.desk.copies(self.relay, frozenset(self.proven.values())))

    @cached_property
    def waiting(self) -> Collection[Target]:
        """The targets of the home wiki that are still to get it, and on whose pages it stands for nobody else."""
        made = [self.desk.made[revid].page for revid in self.proven.values() if revid in self.desk.made]
        there = {*made, *(_page(one.target) for one in self.others)}
        due = (one for one in self.keys if one.fate is Fate.DUE)
        return dict.fromkeys(one for one in due if one not in self.proven and _page(one) not in there)

    @property
    def is_for_people(self) -> bool:
        """Whether it goes to more pages than the bot posts on itself."""
        rules, sent = self.desk.process.relaying, [one for one in self.keys if one.fate is Fate.SENT]
        return rules is not None and len(self.waiting) + len(self.proven) + len(sent) > rules.cap

    @cached_property
    def is_going(self) -> bool:
        """Whether the bot may post it now."""
        return self.desk.may_go_out(self.relay)

    @property
    def next(self) -> Collection[Target]:
        """The targets that are to get it now."""
        return self.waiting if self.is_going and not self.is_for_people else ()


def in_turn(desk: Office, found: Sequence[tuple[Relay, Sequence[Target]]]) -> Job[tuple[Sending, ...]]:
    """What becomes of relays, newest first, at their targets. To a user's talk page the oldest comes first."""
    busy, sendings = set(desk.taken), list[Job[Sending]]()
    for relay, targets in reversed(found):
        outgoing = Outgoing(desk, relay, targets)
        sendings.append(_sent(outgoing, frozenset(busy)))
        busy |= {page for one in outgoing.next if is_personal(page := _page(one))}
    return tuple(reversed((yield from together(sendings))))


def _sent(outgoing: Outgoing, busy: Collection[Title]) -> Job[Sending]:
    """What becomes of a relay at its targets. Pages that are `busy` get nothing more now."""
    desk, relay, keys = outgoing.desk, outgoing.relay, outgoing.keys
    now = [one for one in outgoing.next if _page(one) not in busy]
    found = yield from postings(
        [_post(desk, relay, one, keys[one]) for one in now], desk.process.bot, desk.saved, _named
    )
    by_key = {one.post.key: one for one in found}
    judged = {one: by_key[str(keys[one])] for one in now}
    made = {**outgoing.proven, **{one: it.revid for one, it in judged.items() if it.proof is Proof.DONE and it.revid}}
    here = [
        Copy(one, keys[one], desk.language(one), desk.made[revid]) for one, revid in made.items() if revid in desk.made
    ]
    copies = (*here, *outgoing.others)
    wrong, notes = yield from _put_right(outgoing, copies)
    fates = {one: _fate(outgoing, one, judged.get(one), busy) for one in keys}
    targets = [replace(one, fate=fates.get(one, one.fate)) for one in outgoing.targets]
    return Sending(
        relay,
        tuple(targets or [one.target for one in copies]),
        copies,
        due={one: it for one, it in judged.items() if it.proof is not Proof.DONE},
        notes=notes,
        is_going=outgoing.is_going,
        corrections=wrong,
    )


def _put_right(outgoing: Outgoing, copies: Sequence[Copy]) -> Job[tuple[Corrections, tuple[Posting, ...]]]:
    """What puts a relay's copies right, and the notes among that as posts."""
    desk, relay = outgoing.desk, outgoing.relay
    posted = frozenset(one.key for one in desk.made.values())
    wrong = yield from corrections(desk.process, relay, copies, posted, goes=outgoing.is_going)
    return wrong, (yield from postings(wrong.notes, desk.process.bot, desk.saved, _named))


def _fate(outgoing: Outgoing, target: Target, judged: Posting | None, busy: Collection[Title]) -> Fate:
    """What has become of a relay at a target of the home wiki, or will now."""
    if target.fate is not Fate.DUE and target not in outgoing.proven:
        return target.fate
    if target not in outgoing.waiting or (judged and judged.proof is Proof.DONE):
        return Fate.POSTED
    if outgoing.is_for_people:
        return Fate.PREPARED
    if judged and judged.proof not in (Proof.FREE, Proof.UNSETTLED):
        return Fate.UNPROVEN
    waits = outgoing.is_going or outgoing.proven  # of what is only shown nobody knows who is written to until then
    return Fate.THIS_WEEK if waits and _page(target) in busy else Fate.DUE


def _page(target: Target) -> Title:
    """The page on which a target's post goes, as far as is known."""
    return target.page.title if target.page else target.asked


def _made(post: Post, outcome: Outcome | None) -> Made | None:
    """A post that this run has made; None where it hasn't."""
    if outcome is None or not _is_saved(outcome) or outcome.revid is None or outcome.time is None:
        return None
    return Made(post.key, outcome.title, outcome.revid, outcome.time, outcome.revid, next(iter(post.tells), ""))


def _is_saved(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.kind is Kind.SAVED


def _named(post: Post) -> Job[Collection[Title]]:
    """The pages that were named for a post since: only groups name any."""
    return known(()) if isinstance(post.identity, Listed) else named_since(post)


def _post(desk: Office, relay: Relay, target: Target, identity: Key) -> Post:
    """The post of a relay at a target."""
    language, version = desk.language(target), relay.version(desk.language(target))
    return Post(
        target=target.page.asked if target.page else desk.process.own(target.asked),
        identity=identity,
        heading=relay_heading(version),
        body=relay_body(desk.process, relay, target, language),
        summary=Texts(language).say("summary-relay"),
        language=language,
        since=relay.first,
        tells=(said(version, relay.reply_by),),
    )


def _identity(process: Process, relay: Relay, target: Target) -> Key:
    """By what a copy is known: a group's by the talk page of its own page, whatever page it names."""
    if target.group and not target.person:
        return Key(JOB, relay.id, process, target.group.page, other_spellings(target.group))
    if target.person:
        return Listed(JOB, relay.id, process, process.own(Title(f"User talk:{target.person}")))
    return Listed(JOB, relay.id, process, target.page.asked if target.page else process.own(target.asked))


# --- How it stands


def state_of(process: Process, sending: Sending, now: datetime, *, answered: bool = False) -> State:
    """How a relay stands; `answered` says that all have answered of whom it asks that."""
    relay, fates = sending.relay, {one.fate for one in sending.targets}
    if relay.stage in _STAGES:
        return State.LEAVING if sending.is_leaving else _STAGES[relay.stage]
    if now >= closing(process, relay):
        return State.CLOSED
    if fates.isdisjoint(REACHED) and not sending.is_going:
        return State.PREVIEW
    if Fate.DUE in fates:
        return State.GOING_OUT
    is_prepared = Fate.PREPARED in fates and fates.isdisjoint(REACHED)
    return State.PREPARED if is_prepared else _out(relay, now, answered=answered)


def _out(relay: Relay, now: datetime, *, answered: bool) -> State:
    """How a relay stands that is out."""
    if not relay.asks or answered:
        return State.ANSWERED if relay.asks else State.OUT
    return State.OVERDUE if relay.until and now >= relay.until else State.OPEN


def going_out(process: Process, relay: Relay) -> datetime:
    """The earliest moment (UTC) at which a relay that counts may go out."""
    return (relay.since or relay.first) + (process.relaying.preview if process.relaying else timedelta())


def closing(process: Process, relay: Relay) -> datetime:
    """When a relay is closed, whatever has come of it (UTC)."""
    rules = process.relaying
    begins = relay.until or relay.since or relay.first
    return begins + (rules.closes if rules else timedelta())
