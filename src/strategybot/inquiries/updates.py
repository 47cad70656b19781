"""What groups filed for a meeting, as a whole: later filings complete and change earlier ones, or translate them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from strategybot.inquiries.filings import MOST_WAITING, Filed, Place, places
from strategybot.model.body import Group
from strategybot.model.meeting import Meeting
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.roster import Roster
from strategybot.model.source import Source
from strategybot.model.update import Addition, State, Update, Wording
from strategybot.wiki.asking import Job, together

MOST_CANCELLED = 12
"""Of how many meetings that were cancelled in a row the updates are for the next one."""

_LONG = timedelta(days=400)
"""How far back cancelled meetings are sought where none was held before."""


def update_of(process: Process, roster: Roster, meeting: Meeting, at: datetime | None = None) -> Job[Update]:
    """A group's update for a meeting, as of a moment (UTC; None is now), `roster` being as of that moment too."""
    found = yield from _places(process, roster, meeting, at)
    return update_made_of(process, roster.group, meeting, found)


def gathered(process: Process, meeting: Meeting) -> tuple[Meeting, ...]:
    """A meeting, after those that were cancelled since the one before: what was filed for them is for this one."""
    meetings = process.body.meetings
    previous = meetings.preceding(meeting)
    since = previous.start if previous else meeting.start - _LONG
    cancelled = [one for one in meetings.between(since, meeting.start) if one.cancelled]
    return (*cancelled[-MOST_CANCELLED:], meeting)


def _places(process: Process, roster: Roster, meeting: Meeting, at: datetime | None) -> Job[tuple[Place, ...]]:
    lots = yield from together(places(process, roster, one, at) for one in gathered(process, meeting))
    return tuple(place for lot in lots for place in lot)


def referring(process: Process, roster: Roster, update: Update, meeting: Meeting) -> Job[Update]:
    """The group's update for a meeting, and where it is missing, whose update its form may refer to.

    The wiki shows in the form what stands on that page, and can't tell whose words they are: we can.
    """
    previous = process.body.meetings.preceding(meeting)
    if update.state is not State.MISSING or previous is None:
        return update
    found = yield from places(process, roster, previous)
    there = [place for place in found if place.page.asked == process.update(roster.group, previous)]
    filed = [one for place in there if not place.page.redirected for one in place.filed]
    is_open = all(one.valid for one in filed) and not any(place.in_confidence for place in there)
    return replace(update, previous=previous) if filed and is_open else update


def late_update_of(process: Process, roster: Roster, last: Meeting, at: datetime | None = None) -> Job[Update | None]:
    """What a group filed or changed for the last meeting after that had started, as of a moment, or None."""
    found = yield from _places(process, roster, last, at)
    return (yield from late_update_made_of(process, roster, last, found))


def update_made_of(process: Process, group: Group, meeting: Meeting, found: Sequence[Place]) -> Update:
    """The update that amounts to what stands on a group's pages."""
    page = process.update(group, meeting)
    filed = sorted((one for place in found for one in place.filed), key=lambda one: (one.source.time, one.source.revid))
    problems = _problems(filed, found)
    waiting = tuple(dict.fromkeys(one.source for one in filed if not one.valid))[:MOST_WAITING]
    valid = [one for one in filed if one.valid]
    if not valid:
        state, source = (State.WAITING, waiting[0]) if waiting else (State.MISSING, None)
        return Update(group, page, state, source=source, waiting=waiting[1:], problems=problems)
    langs = _languages(process, valid)
    said = _said(process, valid, langs)
    additions = tuple(_additions([one.source for one in valid], langs))
    return Update(group, page, State.FILED, said, valid[0].source, additions, waiting, problems=problems)


def late_update_made_of(process: Process, roster: Roster, last: Meeting, found: Sequence[Place]) -> Job[Update | None]:
    """What of it came after the meeting had started. Of what was there in time, a translation is no news."""
    update = update_made_of(process, roster.group, last, found)
    sources = [source for source in (update.source, *(one.source for one in update.additions)) if source]
    if update.state is not State.FILED or all(source.time <= last.start for source in sources):
        return None
    then = yield from update_of(process, roster, last, last.start)
    said: dict[str, tuple[Wording, ...]] = {}
    for topic, wordings in update.said.items():
        before = {wording.text for wording in then.said.get(topic, ())}
        if wordings[0].text not in before:
            said[topic] = tuple(wording for wording in wordings if wording.text not in before)
    kept = {wording.source for wordings in said.values() for wording in wordings}
    sources = [source for source in sources if source in kept]
    if not said:
        return None
    langs = {wording.source: wording.lang for wordings in said.values() for wording in wordings}
    additions = tuple(_additions(sources, [langs[source] for source in sources]))
    return replace(update, said=said, source=sources[0], additions=additions, late=last)


def _problems(filed: Sequence[Filed], found: Sequence[Place]) -> tuple[Problem, ...]:
    """What there is to mend. An empty form is nothing to mend where something is filed beside it."""
    told = dict.fromkeys(problem for place in found for problem in place.problems)
    return tuple(problem for problem in told if problem.key != "update-blank" or not filed)


def _languages(process: Process, valid: Sequence[Filed]) -> list[str]:
    """The language of each filing: where it says none, that of the group's first one, or else the process's own."""
    first = valid[0].filing.lang or process.languages[0]
    return [one.filing.lang or first for one in valid]


def _said(process: Process, valid: Sequence[Filed], langs: Sequence[str]) -> Mapping[str, tuple[Wording, ...]]:
    """The words by topic in the process's order, in each language those filed last; the first language first."""
    newest = {
        (topic, lang): Wording(text, lang, one.source)
        for one, lang in zip(valid, langs, strict=True)
        for topic, text in one.filing.topics.items()
    }
    said = {
        topic: tuple(newest[topic, lang] for lang in dict.fromkeys(langs) if (topic, lang) in newest)
        for topic in process.topics
    }
    return {topic: wordings for topic, wordings in said.items() if wordings}


def _additions(sources: Sequence[Source], langs: Sequence[str]) -> Iterator[Addition]:
    """The filings after the first, each with the one that it completes, changes or translates."""
    last: dict[str, Source] = {}
    for source, lang in zip(sources, langs, strict=True):
        if last and source not in last.values():
            is_translation = lang not in last
            yield Addition(source, next(iter(last.values())) if is_translation else last[lang], lang * is_translation)
        last[lang] = source
