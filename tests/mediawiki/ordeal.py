"""A month of runs on a real MediaWiki, or a relay's life, of which each run can be had again with a mishap.

The end state has to be the same as without that, if need be after the run was repeated.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki, Patience
from strategybot.wiki.port import OperatorError
from tests.committee import AGENDA, ALPHA, BETA, FRONT_PAGE, moment, update
from tests.mediawiki.endstate import EndState
from tests.mediawiki.failing import (
    BLACKLISTED,
    DISALLOWED,
    LAG,
    SETTINGS_FOR_MISHAPS,
    SPAM,
    WARNED,
    WAYS,
    Question,
    Said,
    Sent,
    Tunnel,
    Way,
)
from tests.mediawiki.rig import SETTINGS, add_filter, credentials, fresh_wiki, save_committee
from throwaway import Revision, ThrowawayWiki

MOST_REPEATS = 2
"""How often a run may be repeated until all is well: the first tells the status page, the next takes that back."""

SLOT = "<!-- slot:proposed -->\n"

COMPLAINT = "complaint"
"""How it begins what a run says that couldn't do all; a crash is no complaint."""

Change = Callable[[str], str]
"""What somebody makes of a page's text."""


@dataclass(frozen=True)
class Stage:
    """What people do, and when the bot runs after it."""

    time: datetime
    changes: tuple[tuple[str, str, Change], ...]


def _reads(text: str) -> Change:
    return lambda _: text


def _replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text, f"{old} is not in {text}"
        return text.replace(old, new, 1)

    return change


MEETINGS = {"first_meeting": "2026-12-10T15:00", "call_for_updates": 14}

MONTH = (
    Stage(
        moment("12-01T06:00"),
        ((f"{ALPHA}/Updates/2026-12-10", "Ada", _reads(update(progress="We met twice.", needs="* A room\n* Tea"))),),
    ),
    Stage(
        moment("12-07T06:00"),
        (
            (f"{BETA}/Updates/2026-12-10", "Bo", _reads(update(progress="A survey runs.", questions="Who reads it?"))),
            (AGENDA, "Dina", _replaced(SLOT, f"{SLOT}* The summit in May (10 minutes)\n")),
            (AGENDA, "Ada", _replaced("We met twice.", "We met three times.")),
            (f"Talk:{ALPHA}", "Ada", _reads("Our talk page is archived.")),
        ),
    ),
    Stage(
        moment("12-10T15:30"),
        (
            (AGENDA, "Eve", lambda text: f"{text}\nSee you there. ~~~~\n"),
            (f"{ALPHA}/Updates/2027-01-14", "Abel", _reads(update(progress="We write it all down."))),
        ),
    ),
    Stage(
        moment("2027-01-02T06:00"),
        (
            (f"{BETA}/Updates/2027-01-14", "Bo", _reads(update(progress="The survey is over.", needs="Sleep"))),
            (FRONT_PAGE, "Chi", lambda text: f"{text}\nCoffee is in the corridor.\n"),
        ),
    ),
)


RELAYS = {"preview_minutes": 120, "lists": {"friends": None}}
RELAYS_PAGE = "Committee/Relays"
FRIENDS = "".join(f"{{{{#target:{title}}}}}\n" for title in ("Talk:Friends", "User talk:Chi", "Talk:Friends"))
NEWS = (
    "{{Steering group/Relay|id=News|from=core team|to=all groups, friends|kind=request|subject=A new room"
    "|text=We meet in the hall.|reply by=2026-12-08}}"
)

DELIVERY = (
    Stage(
        moment("12-01T06:00"),
        (
            ("Talk:Friends", "Chi", _reads("== Hello ==\nWelcome. ~~~~")),
            (f"{RELAYS_PAGE}/Lists/Friends", "Cora", _reads(FRIENDS)),
            (RELAYS_PAGE, "Cora", _reads(NEWS)),
        ),
    ),
    Stage(moment("12-01T12:00"), ((f"Talk:{ALPHA}", "Ada", _reads("== Tea ==\nWho makes it? ~~~~")),)),
    Stage(
        moment("12-02T06:00"),
        (
            (f"Talk:{BETA}", "Bo", lambda text: f"{text}\n:We come. ~~~~"),
            (RELAYS_PAGE, "Cora", _replaced("in the hall", "in the small room")),
        ),
    ),
    Stage(moment("12-02T12:00"), ((f"Talk:{ALPHA}", "Abel", lambda text: f"{text}\n\n== Else ==\nHm. ~~~~"),)),
    Stage(moment("12-06T06:00"), ((f"Talk:{ALPHA}", "Ada", lambda text: f"{text}\n:Why? ~~~~"),)),
    Stage(moment("12-07T06:00"), ((RELAYS_PAGE, "Cora", _reads("We have taken it back.")),)),
)
"""A relay that is shown, posted, corrected, reminded of and withdrawn."""


@dataclass(frozen=True)
class Undisturbed:
    """A run in which nothing went wrong, and one right after it: what they sent, what was said, how long it took."""

    name: str
    time: datetime
    sent: tuple[Sent, ...]
    said: Mapping[Question, Said]
    seconds: float
    end: EndState
    sent_again: tuple[Sent, ...] = ()


@dataclass(frozen=True)
class Case:
    """One exchange of one run that fails in one way; `patient` is whether the bot tries again what may be tried.

    Where replicas lag behind, it is the run after that one, which doesn't see yet what that one has done.
    """

    run: Undisturbed
    place: int
    way: Way
    patient: bool

    @property
    def lags(self) -> bool:
        """Whether it is about replicas."""
        return self.way is LAG

    def __str__(self) -> str:
        sent = (self.run.sent_again if self.lags else self.run.sent)[self.place]
        patience = "patient" if self.patient else "impatient"
        return f"run {self.run.name}, exchange {self.place} ({sent.purpose}): {self.way.name}, {patience}"


@dataclass(frozen=True)
class Finding:
    """What became of a case: whether all ends as without the mishap, after how many runs, and if not, why."""

    case: str
    runs: int
    same: bool
    doubles: int
    lost: int
    trouble: str

    @property
    def well(self) -> bool:
        """Whether it is as it should be."""
        return self.same and not self.doubles and not self.lost and not self.trouble


class Ordeal:
    """The stages of a story on one wiki, with a tunnel to it."""

    def __init__(self, wiki: ThrowawayWiki, tunnel: Tunnel, stages: Sequence[Stage]) -> None:
        self.wiki = wiki
        self.tunnel = tunnel
        self.runs = [self._undisturbed(str(number), stage) for number, stage in enumerate(stages)]

    def cases(self) -> Iterator[Case]:
        """Every exchange of every run in every way that can befall it, with patience and without."""
        for run in self.runs:
            for way in WAYS:
                for place, sent in enumerate(run.sent_again if way is LAG else run.sent):
                    if way.befalls(sent):
                        yield Case(run, place, way, patient=True)
                        yield Case(run, place, way, patient=False)

    def spread(self) -> Iterator[Case]:
        """A quarter of each run's edits and a twelfth of its other exchanges, each in one way, the ways taking turns.

        And each run once with replicas that lag.
        """
        turns: Counter[str] = Counter()
        for number, run in enumerate(self.runs):
            yield Case(run, len(run.sent_again) // 2, LAG, patient=True)
            for place, sent in enumerate(run.sent):
                period = 4 if sent.purpose == "edit" else 12
                if place % period != number % period:
                    continue
                ways = [way for way in WAYS if way.befalls(sent) and way is not LAG]
                way = min(ways, key=lambda one: (turns[one.name], not one.of))
                yield Case(run, place, way, patient=turns[way.name] % 2 == 1)
                turns[way.name] += 1

    def find(self, case: Case) -> Finding:
        """Play a case."""
        self.restore(case.run, done=case.lags)
        self.tunnel.before = case.run.said if case.lags else {}
        self.tunnel.fail(case.way, after=case.place)
        timeout, pauses = (1 if case.way.time_out else 30), ((1, 1) if case.patient else ())
        trouble = self._run(Patience(timeout=timeout, deadline=30, pauses=pauses, sleep=self.tunnel.mend))
        happened = self.tunnel.recover()
        if case.lags:
            trouble = trouble or f"{COMPLAINT}: that answers are old isn't noticed, and the next run makes it good"
        return self.made_good(str(case), case.run, trouble if happened else "crash: it did not happen")

    def made_good(self, case: str, run: Undisturbed, trouble: str) -> Finding:
        """What has become of a run after which something is in trouble; if so, the run is made again, a few times."""
        runs = 1
        while trouble.startswith(COMPLAINT) and runs <= MOST_REPEATS:
            trouble = self._run(Patience(timeout=30, pauses=()))
            runs += 1
        end = EndState.of(self.wiki)
        same = end == run.end
        return Finding(
            case, runs, same, end.doubles(run.end), end.lost(run.end), trouble or ("" if same else end - run.end)
        )

    def restore(self, run: Undisturbed, *, done: bool = False) -> None:
        """Make the wiki as it was before, or after, a run."""
        self.wiki.restore(f"{run.name} done" if done else run.name)
        self.wiki.set_clock(run.time + timedelta(minutes=5 * done))

    def _undisturbed(self, name: str, stage: Stage) -> Undisturbed:
        for left, (title, user, change) in zip(range(len(stage.changes), 0, -1), stage.changes, strict=True):
            self.wiki.set_clock(stage.time - timedelta(hours=left))
            self.wiki.edit(title, change(self.wiki.text(title) or ""), user)
        self.wiki.set_clock(stage.time)
        self.wiki.snapshot(name)
        start = time.monotonic()
        sent, said = self._watched()
        run = Undisturbed(name, stage.time, sent, said, time.monotonic() - start, EndState.of(self.wiki))
        self.wiki.snapshot(f"{name} done")
        sent_again, _ = self._watched()
        assert [one.purpose for one in sent_again if one.purpose == "edit"] == []
        assert EndState.of(self.wiki) == run.end
        self.restore(run, done=True)
        return replace(run, sent_again=sent_again)

    def _watched(self) -> tuple[tuple[Sent, ...], Mapping[Question, Said]]:
        """What a run sends, and what the wiki answers to its questions."""
        self.tunnel.sent, self.tunnel.said = [], {}
        assert self._run(Patience(timeout=30, pauses=())) == ""
        return tuple(self.tunnel.sent), dict(self.tunnel.said)

    def _run(self, patience: Patience) -> str:
        """Run the bot within this process, and say what it complains of, or that it crashes."""
        try:
            # One exchange after the other: so the place of each is the same again.
            report = Session(MediaWikiWiki(self.tunnel.api, credentials(), patience), overlaps=False).run()
        except OperatorError as complaint:
            return f"{COMPLAINT}: {complaint}"
        except Exception as error:  # any other is the crash that is looked for
            return f"crash: {error!r}"
        return complaint_of(report)


def complaint_of(report: Report) -> str:
    """What a report complains of, empty where all is well."""
    if report.crashes:
        return f"crash: {report.crashes}"
    outcomes = [f"{done.outcome.title}: {done.outcome.reason}" for done in report.done.values()]
    return f"{COMPLAINT}: {outcomes}" if report.exit_status else ""


@contextmanager
def ordeal(folder: Path, stages: Sequence[Stage] = MONTH) -> Iterator[Ordeal]:
    """A story on a wiki of its own."""
    with fresh_wiki(folder) as wiki, Tunnel(wiki.api, wiki) as tunnel:
        begin = stages[0].time - timedelta(days=20)
        relays = {} if stages is MONTH else {"relays": RELAYS}
        save_committee(wiki, begin, steering_group=MEETINGS, **relays)
        people = {name for stage in stages for _, name, _ in stage.changes}
        wiki.save(Revision("Sandbox", f"I am {name}.", name) for name in sorted(people))
        wiki.configure(SETTINGS + SETTINGS_FOR_MISHAPS)
        wiki.set_clock(stages[0].time - timedelta(days=1))
        wiki.edit(BLACKLISTED[1], "A page.")
        wiki.edit("MediaWiki:Titleblacklist", f"{BLACKLISTED[1]}.* <noedit>")
        wiki.edit("MediaWiki:Spam-blacklist", re.escape(SPAM.removeprefix("https://")))
        add_filter(wiki, WARNED, warn="abusefilter-warning")
        add_filter(wiki, DISALLOWED, disallow="")
        yield Ordeal(wiki, tunnel, stages)
