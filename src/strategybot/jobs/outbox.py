"""The outbox: the one job that writes to people, a message a week at most, with all that waits for them.

Other jobs say what is due (`Plan.dues`), as long as it is. Each due is told once for good, on the person's talk page,
by posts as all others (`posting.py`). So two things must be proven for a message: that none of what it tells was told,
and that the person has had no message for a week, nor any other post of the bot's. Each is judged as a post of its own
would be. Its summary names both:

    … #post outbox | User talk:Ada | 5e6f70819203 | a4b5c6d7e8f9

The first key is the person's, whatever a message is about; behind it stands a digest for each due that it tells. Where
nobody can tell whether a due was told, it never is, and a problem says so; the others go out without it. As long as
nobody can tell whether there was a message in the last week, all wait.

Who was renamed is found by the accounts to which the bot has written, beside the moves of talk pages that the engine
reads anyway. Nobody knows of somebody whose talk page stayed behind and was deleted since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from strategybot.inquiries.accounts import Account, Fate, accounts_of
from strategybot.jobs.keys import Addressed, Key, Told
from strategybot.jobs.plan import Plan, Post, Posting, Proof, joined
from strategybot.jobs.posting import Saved, done_by, postings, saved_since, taken_back
from strategybot.model.due import Due
from strategybot.model.page import Revision, Title
from strategybot.model.problem import Problem
from strategybot.model.process import Process, stop_pages, trial_root
from strategybot.wiki.asking import Job, both, known, together
from strategybot.wikitext.summaries import post_keys, post_of
from strategybot.writing.messages import message_body, message_heading
from strategybot.writing.safe import Block
from strategybot.writing.texts import Texts

OUTBOX = "outbox"
"""The job's name."""

WEEK = timedelta(days=7)
"""How long nobody is written to again, whatever the message was about: relays heed it, too."""

_MOST = 12
"""How many dues a message tells at most, the oldest: its summary holds a key for each. Others wait for the next."""

_TALK = "User talk:"


def outbox(dues: Sequence[Due], now: datetime) -> Job[dict[Process, Plan]]:
    """The plans for what is due to people, by process. Where nothing is due, nothing is asked.

    A message about several processes is in the plan of the one that comes first.
    """
    if not dues:
        return {}
    since = min(now - WEEK, *(due.since for due in dues))
    saved, accounts = yield from both(
        saved_since(since, *(due.process for due in dues)), accounts_of((due.person for due in dues), now)
    )
    parts: list[_Part] = []
    open_ones: list[_Message] = []
    for message in _messages(dues, accounts, now):
        settled = message.settled(saved)
        parts += settled or ()
        open_ones += [message] if settled is None else []
    if open_ones:
        parts += yield from _judged(open_ones, saved)
    return {process: joined(plan for other, plan in parts if other == process) for process, _ in parts}


_Part = tuple[Process, Plan]
"""A part of a process's plan."""


@dataclass(frozen=True)
class _Message:
    """All that is due to a person: in processes that are on trial, or in those that aren't.

    `formerly` are the user pages of the account under earlier names.
    """

    account: Account
    dues: tuple[Due, ...]
    now: datetime
    formerly: tuple[Title, ...] = ()

    @property
    def whole(self) -> Post:
        """The message of this week, whatever it tells, as it is judged."""
        process = self.dues[0].process
        identity = Addressed(OUTBOX, "", process, self._page, self.formerly)
        return self._post(identity, self.dues, self.now - WEEK)

    @property
    def posts(self) -> tuple[Post, ...]:
        """For each due the post that tells it, as it is judged."""
        return tuple(self._post(self._told(due), [due], due.since) for due in self.dues)

    def settled(self, saved: Saved) -> list[_Part] | None:
        """What there is to say of it by the account and the bot's contributions alone; None where that isn't all."""
        bot = self.dues[0].process.bot
        proofs = [saved.proof(post, bot) for post in self.posts]
        if problem := self._hindrance:
            untold = (due for due, proof in zip(self.dues, proofs, strict=True) if proof is None)
            return [(due.process, Plan(problems=(Problem(problem, due.page, (self._name,)),))) for due in untold]
        proof = saved.proof(self.whole, bot) or self._written(saved) or (None if None in proofs else proofs[0])
        return [self._part(done_by(self.whole, proof))] if proof else None

    def judged(self, found: Mapping[str, Posting]) -> Iterator[_Part]:
        """What becomes of it by what was found of its posts, by their keys."""
        whole = found[self.whole.key]
        each = [(due, found[post.key]) for due, post in zip(self.dues, self.posts, strict=True)]
        unsettled = [one for one in (whole, *(one for _, one in each)) if one.proof is Proof.UNSETTLED]
        if unsettled or whole.proof is not Proof.FREE:
            yield self._part(*unsettled[:1] or [whole])
            return
        untold = [(due, one) for due, one in each if one.proof is Proof.FREE]
        if untold:
            # The page may have moved on while its history was read for one of them: then the proof ends with the older.
            bases = [one.base for one in (whole, *(one for _, one in untold)) if one.base is not None]
            message = self._telling([due for due, _ in untold])
            yield self._part(replace(whole, post=message, base=min(bases, default=None)))
        else:
            yield from (self._part(one) for _, one in each if one.proof is Proof.DONE)
        yield from ((due.process, Plan(posts=(one,))) for due, one in each if one.proof not in (Proof.FREE, Proof.DONE))

    def _telling(self, untold: Sequence[Due]) -> Post:
        """The message that tells what wasn't told, in the order of the processes, or as much as it can, the oldest."""
        oldest = sorted(untold, key=lambda due: due.since)[:_MOST]
        dues = [due for due in untold if due in oldest]
        post = self._post(self.whole.identity, dues, self.whole.since)
        stop = stop_pages(self.dues[0].process.bot, OUTBOX)[1]
        return replace(post, body=message_body(dues, stop), tells=tuple(str(self._told(due)) for due in dues))

    def _written(self, saved: Saved) -> Revision | None:
        """The revision by which another job has written to the person within the week, if one has."""
        gone = taken_back(saved.own, self.dues[0].process.bot)
        here = (one for one in saved.own if one.page == self.whole.target and one.time > self.now - WEEK)
        return next((one for one in here if post_of(one.summary or "") and one.id not in gone), None)

    @property
    def _hindrance(self) -> str:
        """The problem with the account, if there is one."""
        if not self.account.counts:
            return "due-gone"
        return "due-blocked" if self.account.user.blocked else ""

    @property
    def _name(self) -> str:
        return self.account.user.name

    @property
    def _page(self) -> Title:
        return Title(f"User:{self._name}")

    def _told(self, due: Due) -> Told:
        return Told(OUTBOX, due.matter, due.process, self._page, self.formerly)

    def _part(self, posting: Posting) -> _Part:
        """What is planned for the person, under the one key by which reports know it."""
        post = posting.post if isinstance(posting.post.identity, Addressed) else self.whole
        return self.dues[0].process, Plan(posts=(replace(posting, post=post),))

    def _post(self, identity: Key, dues: Sequence[Due], since: datetime) -> Post:
        process = dues[0].process
        language = process.languages[0]
        return Post(
            target=identity.target,
            identity=identity,
            heading=message_heading(dues, self.now),
            body=Block(""),
            summary=Texts(language).say("summary-outbox"),
            language=language,
            since=since,
        )


def _messages(dues: Sequence[Due], accounts: Mapping[str, Account], now: datetime) -> list[_Message]:
    """The dues by the accounts that people have now, those of processes on trial apart; each matter once."""
    found: dict[tuple[bool, str], dict[tuple[Process, str], Due]] = {}
    holders: dict[str, Account] = {}
    for due in dues:
        account = accounts[due.person]
        holders[account.user.name] = account
        own = found.setdefault((due.process.trial, account.user.name), {})
        own.setdefault((due.process, due.matter), due)
    return [_Message(holders[name], tuple(own.values()), now) for (_, name), own in found.items()]


def _judged(messages: Sequence[_Message], saved: Saved) -> Job[list[_Part]]:
    """What becomes of messages that the bot's contributions don't settle."""
    formerly = yield from _formerly(saved, messages[0].dues[0].process.bot)
    messages = [replace(one, formerly=formerly.get(one.account.user.name, ())) for one in messages]
    posts = [post for one in messages for post in (one.whole, *one.posts)]
    judged = yield from postings(posts, messages[0].dues[0].process.bot, saved, lambda _: known(()))
    found = {posting.post.key: posting for posting in judged}
    return [part for one in messages for part in one.judged(found)]


def _formerly(saved: Saved, bot: str) -> Job[dict[str, tuple[Title, ...]]]:
    """The user pages under the names by which the bot has written to accounts that have others now, by those."""
    written: dict[str, datetime] = {}
    for revision in saved.own:
        for key in post_keys(revision.summary or ""):
            target = key.removeprefix(f"{OUTBOX} | ").removeprefix(f"{trial_root(bot)}/")
            if key.startswith(f"{OUTBOX} | ") and target.startswith(_TALK):
                written[target.removeprefix(_TALK)] = revision.time
    accounts = yield from together(accounts_of([name], time) for name, time in written.items())
    found: dict[str, tuple[Title, ...]] = {}
    for name, accounts_then in zip(written, accounts, strict=True):
        account = accounts_then[name]
        if account.fate is Fate.RENAMED:
            found[account.user.name] = (*found.get(account.user.name, ()), Title(f"User:{name}"))
    return found
