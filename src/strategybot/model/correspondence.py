"""Correspondence: what relays come to elsewhere, as open requests and as feedback that waits for an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from strategybot.model.feedback import Outcome, Raised, Said, is_out, raised_by, sender_of
from strategybot.model.page import Title
from strategybot.model.relay import Dispatch, State

_LATE = date.max


@dataclass(frozen=True)
class Asked:
    """A request that waits for answers, by what is on no page of its sender's: without its words.

    `page` shows it with its progress, `side` is whom it is from (`core-team`), with the `name` of the group if it is
    one, `until` the day by which an answer is asked for (ISO; empty where there is none). `groups` are those that
    haven't answered.
    """

    id: str
    page: Title
    side: str
    name: str = ""
    answered: int = 0
    asked: int = 0
    until: str = ""
    is_overdue: bool = False
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Awaited:
    """Feedback that waits for the core team: whom it is from, as of a request, and since when (ISO)."""

    id: str
    page: Title
    side: str
    name: str = ""
    since: str = ""


@dataclass(frozen=True)
class Correspondence:
    """All relays that aren't long over, with what is entered of what became of them; `status` is the page of them all.

    `preview` is how long a relay is shown before it goes out. `kept` is what the feedback page shows of what was
    raised, those that are long over among it. `withdrawn` are the relays (ids) that were withdrawn, however long ago:
    of these nothing is left anywhere, also where a page could not be written at the time.
    """

    status: Title
    preview: timedelta = timedelta()
    dispatches: tuple[Dispatch, ...] = ()
    said: tuple[Said, ...] = ()
    kept: tuple[Raised, ...] = ()
    withdrawn: frozenset[str] = frozenset()

    @property
    def raised(self) -> tuple[Raised, ...]:
        """What was raised, the newest first."""
        told = {one.relay.id for one in self.dispatches}
        found = (*map(raised_by, self.dispatches), *(one for one in self.kept if one.id not in told))
        said = (one.with_said(self.said) for one in found if one)
        return tuple(sorted(said, key=lambda one: one.since, reverse=True))

    def requests(self, moment: datetime, stood: Collection[str] = ()) -> tuple[Asked, ...]:
        """The requests that were open at a moment (UTC), those that are overdue first.

        Of those that somebody has closed nobody knows since when: those count that `stood` open somewhere (ids).
        """
        found = [one for one in self.dispatches if self._was_asking(one, moment, stood)]
        asked = [(one.relay.reply_by or _LATE, self._asked(one, moment)) for one in found]
        return tuple(one for _, one in sorted(asked, key=lambda pair: (not pair[1].is_overdue, pair[0], pair[1].id)))

    def feedback(self, moment: datetime, stood: Collection[str] = ()) -> tuple[Awaited, ...]:
        """The feedback that waited at a moment (UTC), the oldest first."""
        then = [one for one in self.said if one.source.time < moment]
        found = [one.with_said(then) for one in self.raised if one.since + self.preview < moment]
        return tuple(
            Awaited(one.id, self.page(one.id), one.side, one.name, one.since.date().isoformat())
            for one in reversed(found)
            if one.waits or (one.outcome is Outcome.OPEN and one.id in stood)
        )

    def page(self, name: str) -> Title:
        """The page that shows a relay and how it stands with it."""
        return self.status.under(name)

    def _was_out(self, one: Dispatch, moment: datetime) -> bool:
        return one.relay.since is not None and one.relay.since + self.preview <= moment

    def _was_asking(self, one: Dispatch, moment: datetime, stood: Collection[str]) -> bool:
        if not (one.relay.asks and one.asked and is_out(one) and self._was_out(one, moment)):
            return False
        if one.state is State.CLOSED:
            return one.relay.id in stood
        return len(_answered(one, moment)) < len(one.asked)

    def _asked(self, one: Dispatch, moment: datetime) -> Asked:
        relay, answered = one.relay, _answered(one, moment)
        return Asked(
            relay.id,
            self.page(relay.id),
            *sender_of(one),
            answered=len(answered),
            asked=len(one.asked),
            until=relay.reply_by.isoformat() if relay.reply_by else "",
            is_overdue=relay.reply_by is not None and relay.reply_by < moment.date(),
            groups=frozenset(group.name for group in one.asked) - answered,
        )


def _answered(one: Dispatch, moment: datetime) -> frozenset[str]:
    """The names of the groups asked that had answered before a moment."""
    asked = {group.name for group in one.asked}
    return frozenset(answer.group for answer in one.answers if answer.time < moment and not answer.is_read) & asked
