"""What each relay on a page comes to, by what those who may had to say on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile

from strategybot.inquiries.relay_claims import Claim, Counted
from strategybot.inquiries.relay_docket import Docket, approval, words
from strategybot.inquiries.relay_pages import Past
from strategybot.inquiries.vouching import CORE_TEAM, Parts, needs_approval
from strategybot.model.page import Revision
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Party, Relay, Side, Stage, Version, Voucher
from strategybot.reading.relay import (
    Filed,
    Understood,
    flaws_of_version,
    language_of,
    sender_of,
    status_of,
    understood,
)

_EVER = datetime.min.replace(tzinfo=UTC)
"""As if words had been brought before any day that they name."""

_Why = tuple[str, tuple[str, ...]]
"""The key of a sentence, and its words."""


@dataclass(frozen=True)
class Case:
    """A relay on one page: `kept` is when somebody who may filed it first (UTC), None where nobody ever did."""

    relay: Relay
    kept: datetime | None = None


def cases_on(process: Process, past: Past, parts: Parts, *, is_imported: bool) -> Iterator[Case]:
    """The relays that stand on a page, or have stood there and counted.

    Where revisions were imported to the page, nobody knows whose any of them is.
    """
    docket = Docket(past, parts)
    for name in past.ids():
        claim = Claim(process, docket, name)
        if not claim.counted and not claim.standing:
            continue
        relay = _judged(claim)
        if is_imported and relay.stage is not Stage.FLAWED:
            relay = replace(relay, stage=Stage.WAITING, reason="imported", words=(), culprit=None)
        yield Case(relay, claim.kept)


def _judged(claim: Claim) -> Relay:
    if not claim.counted:
        return _uncounted(claim)
    if gone := claim.gone():
        return _withdrawn(claim, gone)
    if claim.original is None:
        return _changed(claim)
    return _standing(claim, claim.original)


# --- What doesn't count


def _uncounted(claim: Claim) -> Relay:
    """Words of which none ever counted."""
    one = next((one for one in claim.standing if one.sender), claim.standing[0])
    sender = sender_of(one, claim.process)
    if sender is None:
        return _flawed(claim, one, _EVER)
    ruling = claim.docket.on(words(one), sender)
    by = ruling.brought or ruling.taken
    relay = replace(_understood(claim, one), sender=sender)
    return _stopped(claim, relay, Stage.WAITING, _why_not(claim, sender, by), by)


def _why_not(claim: Claim, sender: Party, by: Revision | None) -> _Why:
    """Why somebody's words aren't the sender's."""
    if by is None or by.user is None or _may_be_hidden(claim, sender, by):
        return "hidden", ()
    if claim.docket.is_strange_move(by, sender):
        return "moved", (by.user,)
    if by.id in claim.docket.parts.borrowed:
        return "borrowed", (by.user,)
    if sender.side is Side.GROUP:
        return "not-coordinator", (by.user, sender.name)
    return "not-steering" if sender.side is Side.STEERING_GROUP else "not-core-team", (by.user,)


def _may_be_hidden(claim: Claim, sender: Party, by: Revision) -> bool:
    """Whether it may be a hidden revision by somebody who may that brought what the next one shows."""
    past = claim.docket.past
    behind = range(claim.docket.number(by) + 1, len(past.forms))
    hidden = takewhile(lambda number: past.forms[number] is None, behind)
    may = claim.docket.parts.speaking(sender)
    return any(past.revisions[number].user is None or past.revisions[number].id in may for number in hidden)


def _withdrawn(claim: Claim, by: Revision) -> Relay:
    relay = _understood(claim, claim.last.filed)
    return _stopped(claim, relay, Stage.WITHDRAWN, ("withdrawn", (by.user,)) if by.user else ("", ()), by)


def _changed(claim: Claim) -> Relay:
    """Words that counted, and that somebody who may not has changed or taken away."""
    last = claim.last
    there = [one for one in claim.standing if one.sender] or list(claim.standing)
    rulings = [(one, claim.docket.on(words(one), last.sender)) for one in there]
    for one, ruling in rulings:
        if ruling.said and sender_of(one, claim.process) is None:
            return _flawed(claim, one, ruling.said.time)
    brought = (ruling.brought for _, ruling in rulings)
    by = next(filter(None, brought), None) or last.ruling.taken or last.ruling.gone
    why: _Why = ("hidden", ())
    if by and by.user:
        why = "changed" if there else "taken", (by.user, last.said.user or "")
    relay = replace(_understood(claim, last.filed), versions=(_version(claim, last.filed, last.said),))
    return _stopped(claim, relay, Stage.WAITING, why, by)


def _stopped(claim: Claim, relay: Relay, stage: Stage, why: _Why, by: Revision | None) -> Relay:
    """The relay at a stage, with why it doesn't go out and whose doing that is."""
    culprit = claim.docket.source(by) if by else None
    return replace(relay, stage=stage, reason=why[0], words=why[1], culprit=culprit)


def _flawed(claim: Claim, one: Filed, brought: datetime) -> Relay:
    found = understood(one, claim.process, brought)
    flaws = () if isinstance(found, Understood) else found
    relay = replace(_understood(claim, one), sender=sender_of(one, claim.process))
    problems = tuple(_problem(claim, flaw.key, *flaw.words) for flaw in flaws)
    return replace(relay, stage=Stage.FLAWED, problems=problems)


def _understood(claim: Claim, one: Filed) -> Relay:
    """The relay as far as it is understood, waiting."""
    newest = claim.docket.past.revisions[0]
    relay = Relay(claim.id, claim.docket.past.title, newest.id, Stage.WAITING, claim.first, stood=claim.stood)
    found = understood(one, claim.process, _EVER)
    if not isinstance(found, Understood):
        return relay
    return replace(relay, sender=found.sender, audience=found.audience, kind=found.kind, reply_by=found.reply_by)


# --- What counts


@dataclass(frozen=True)
class _Spoken:
    """Words that may go out: the revision that brought them, by whom, and that with the approval they need, if any."""

    filed: Filed
    said: Revision
    part: Party
    approved: Revision | None = None


def _standing(claim: Claim, original: Counted) -> Relay:
    """A relay that stands as somebody who may has filed it."""
    if not isinstance(understood(original.filed, claim.process, original.said.time), Understood):
        return _flawed(claim, original.filed, original.said.time)
    relay = _understood(claim, original.filed)
    stage, by = claim.ended() or (Stage.VALID, None)
    if stage is Stage.WITHDRAWN and by:
        return _withdrawn(claim, by)
    part = claim.docket.parts.part(original.sender, original.said)
    approved = claim.approved(original.filed)
    if not approved and needs_approval(part, original.sender, relay.audience):
        return _unapproved(claim, relay, original)
    found = list(_others(claim, original, relay))
    spoken = [
        _Spoken(original.filed, original.said, part, approved),
        *(one for one in found if isinstance(one, _Spoken)),
    ]
    told = [one for one in found if isinstance(one, Problem)]
    if lost := _lost(claim, original, relay, spoken):
        return _without(claim, relay, spoken, lost)
    return replace(
        relay,
        stage=stage,
        versions=tuple(_version(claim, one.filed, one.said) for one in spoken),
        vouchers=tuple(dict.fromkeys(voucher for one in spoken for voucher in _vouchers(claim, one))),
        since=max(revision.time for one in spoken for revision in (one.said, one.approved) if revision),
        problems=(*told, *_odd_states(claim)) if stage is Stage.VALID else (),
        culprit=claim.docket.source(by) if by else None,
    )


def _others(claim: Claim, original: Counted, relay: Relay) -> Iterator[_Spoken | Problem]:
    """The other calls with the same id: versions in other languages that may go out, and what is wrong with others."""
    taken = {language_of(original.filed, claim.process)}
    for one in {one.words: one for one in claim.standing if one.words != original.filed.words}.values():
        lang = language_of(one, claim.process)
        ruling = claim.docket.on(words(one), original.sender)
        part = claim.docket.parts.part(original.sender, ruling.said) if ruling.said else None
        approved = claim.approved(one)
        if lang in taken:
            yield _problem(claim, "relay-id-twice", claim.id)
        elif flaws := flaws_of_version(one):
            yield from (_problem(claim, flaw.key, *flaw.words) for flaw in flaws)
        elif _differs(one, original.filed):
            yield _problem(claim, "relay-version-differs", claim.id, lang)
        elif ruling.said is None or part is None:
            by = ruling.brought or ruling.taken
            yield _problem(claim, "relay-version-waiting", claim.id, lang, (by and by.user) or "?")
        elif approved is None and needs_approval(part, original.sender, relay.audience):
            yield _problem(claim, "relay-version-unapproved", claim.id, lang)
        else:
            taken.add(lang)
            yield _Spoken(one, ruling.said, part, approved)


def _lost(claim: Claim, original: Counted, relay: Relay, spoken: Sequence[_Spoken]) -> dict[str, Counted]:
    """Versions that counted and that somebody who may not has taken away or changed, by their languages."""
    lost: dict[str, Counted] = {}
    for one in {one.words: one for one in claim.ever}.values():
        lang = language_of(one, claim.process)
        ruling = claim.docket.on(words(one), original.sender)
        if ruling.said is None or ruling.taken is None or flaws_of_version(one) or _differs(one, original.filed):
            continue
        part = claim.docket.parts.part(original.sender, ruling.said)
        is_approved = bool(one.approved_by and claim.docket.on(approval(one), CORE_TEAM).said)
        newer = lang not in lost or claim.age(lost[lang].said) < claim.age(ruling.said)
        if newer and (is_approved or not needs_approval(part, original.sender, relay.audience)):
            lost[lang] = Counted(one, original.sender, ruling.said, ruling)
    langs = {language_of(one.filed, claim.process) for one in spoken}
    return {lang: one for lang, one in lost.items() if lang not in langs}


def _without(claim: Claim, relay: Relay, spoken: Sequence[_Spoken], lost: Mapping[str, Counted]) -> Relay:
    """A relay that waits for versions to be put back; they are among those that counted last."""
    first = next(iter(lost.values()))
    by = first.ruling.taken
    there = any(language_of(one, claim.process) in lost for one in claim.standing)
    why = ("changed" if there else "taken", (by.user, first.said.user or "")) if by and by.user else ("hidden", ())
    every = [*((one.filed, one.said) for one in spoken), *((one.filed, one.said) for one in lost.values())]
    in_order = sorted(every, key=lambda pair: pair[1].id)
    versions = tuple(_version(claim, one, said) for one, said in in_order)
    return replace(_stopped(claim, relay, Stage.WAITING, why, by), versions=versions)


def _differs(one: Filed, other: Filed) -> bool:
    """Whether a version says anything else than the original of who sends it, to whom, what it is, and until when."""
    mine, theirs = ((it.sender, it.audience, it.kind, it.reply_by) for it in (one, other))
    return any(word and word != others for word, others in zip(mine, theirs, strict=True))


def _unapproved(claim: Claim, relay: Relay, original: Counted) -> Relay:
    """A coordinator's words without the approval that they need, and why what looks like one is none.

    Where the core team approved of other words before, those are its versions.
    """
    author, here = original.said.user or "", original.filed
    why: _Why = ("unapproved", (author,))
    by, versions = original.said, relay.versions
    rulings = [(one, *claim.docket.ever(approval(one), CORE_TEAM)) for one in claim.ever if one.approved_by]
    given = [(one, said, ruling) for one, ruling, said in rulings if said]
    named = [one for one in claim.standing if one.words == here.words and one.approved_by]
    if given:
        one, said, ruling = max(given, key=lambda each: claim.age(each[1]))
        if one.words != here.words:
            why, versions = ("changed-after-approval", (author, said.user or "")), (_version(claim, one, said),)
        elif taker := (ruling.gone or ruling.taken):
            why, by = ("approval-taken", (taker.user or "",)), taker
    elif named:
        by = claim.docket.on(approval(named[0]), CORE_TEAM).brought or by
        why = "approval-not-theirs", (by.user or "", author)
    return replace(_stopped(claim, relay, Stage.UNAPPROVED, why, by), versions=versions)


def _odd_states(claim: Claim) -> Iterator[Problem]:
    for one in claim.standing:
        if status_of(one, claim.process.languages) == "?":
            yield _problem(claim, "relay-odd-status", one.status)


def _version(claim: Claim, one: Filed, said: Revision) -> Version:
    return Version(language_of(one, claim.process), one.subject, one.text, claim.docket.source(said))


def _vouchers(claim: Claim, one: _Spoken) -> Iterator[Voucher]:
    yield Voucher(one.part.side, claim.docket.source(one.said), one.part.name)
    if one.approved:
        yield Voucher(Side.CORE_TEAM, claim.docket.source(one.approved), approves=True)


def _problem(claim: Claim, key: str, *said: str) -> Problem:
    past = claim.docket.past
    return Problem(key, past.title, said, past.revisions[0].id)
