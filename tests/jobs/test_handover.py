"""What people are to send for the bot: the list and the text that it prepares, and who has sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from strategybot.jobs.handover import Handover, Sent, handover, sent_of
from strategybot.jobs.posting import saved_since
from strategybot.model.page import Title
from strategybot.model.relay import Fate, Kind, Party, Relay, Side, Stage, Target, Version
from strategybot.model.source import Source
from strategybot.reading.targets import Entry, read_list
from strategybot.wiki.asking import Job, ask, both
from strategybot.wiki.port import MessagesSent
from tests.committee import BOT, Committee, moment

PAGE = "Committee/Relays/Status/Survey"
LIST, TEXT = f"{PAGE}/Targets", f"{PAGE}/Text"
TARGETS = (
    Target(Title("User talk:Ada"), fate=Fate.PREPARED),
    Target(Title("Project:Q&A"), site="fr.wikipedia.org", fate=Fate.ELSEWHERE),
    Target(Title("User talk:Bo"), fate=Fate.OPTED_OUT),
    Target(Title("User talk:Chi"), fate=Fate.DUE),
    Target(Title("A|b"), site="fr.wikipedia.org", fate=Fate.ELSEWHERE),
)


@pytest.fixture
def committee() -> Committee:
    return Committee(relays={}).at("12-01")


def survey(text: str = "Please answer [[:Three questions]].") -> Relay:
    when = moment("12-01")
    said = Version("en", "Survey", text, Source(Title("Committee/Relays"), 1, "Cora", when))
    to = (Party(Side.STAKEHOLDERS, "affiliates"),)
    sender = Party(Side.CORE_TEAM)
    return Relay("Survey", said.source.page, 1, Stage.VALID, when, sender, to, Kind.REQUEST, None, (said,), when)


def prepared(
    committee: Committee, relay: Relay | None = None, *, goes: bool = True, missed: str = ""
) -> tuple[Sequence[Target], Handover]:
    """What is prepared now; the bot saves it. To `missed` the first that was sent wasn't delivered."""
    sent, found = committee.ask(asked(committee, relay or survey(), goes=goes, missed=missed))
    for edit in found.edits:
        committee.save(edit.page.title.text, edit.text, BOT)
    return sent, found


def asked(committee: Committee, relay: Relay, *, goes: bool, missed: str) -> Job[tuple[Sequence[Target], Handover]]:
    """The targets with who has got it from people, and what is prepared for the others."""
    messages, saved = yield from both(ask(MessagesSent(relay.first)), saved_since(relay.first))
    if missed:
        messages = (*messages[:-1], replace(messages[-1], missed=frozenset({Title(missed)})))
    sent = yield from sent_of(committee.process, relay, messages, saved)
    targets = sent.marked(TARGETS)
    own = {one.page for one in saved.own if one.page}
    return targets, (yield from handover(committee.process, relay, targets, sent, own, goes=goes))


def test_what_is_prepared(committee: Committee) -> None:
    """List and text stand below the relay's page, with what people are to send to, and nothing else."""
    assert prepared(committee)[1].prepared is None
    assert [(one.page, one.site) for one in read_list(committee.text(LIST)) if isinstance(one, Entry)] == [
        ("User talk:Ada", ""),
        ("Project:Q&A", "fr.wikipedia.org"),
    ]
    text = committee.text(TEXT)
    assert "Please answer [[:Three questions]]." in text
    assert "{{" not in text
    assert PAGE in text
    targets, found = prepared(committee)
    assert [edit.text == edit.page.text for edit in found.edits] == [True, True]
    assert found.prepared
    assert (found.prepared.targets.text, found.prepared.text.text) == (LIST, TEXT)
    assert found.prepared.revid == committee.page(LIST).revision.id  # type: ignore[union-attr]
    assert targets == TARGETS


def test_nothing_is_prepared(committee: Committee) -> None:
    """Before a relay goes out nothing is prepared, nor where nobody is to send anything; then nothing is asked."""
    process = committee.process
    committee.wiki.requests.clear()
    assert committee.ask(handover(process, survey(), TARGETS, Sent(), (), goes=False)).edits == ()
    assert committee.ask(handover(process, survey(), TARGETS[2:4], Sent(), (), goes=True)).edits == ()
    assert not committee.wiki.requests


def test_sent(committee: Committee) -> None:
    """That somebody has sent it is read from the log, and to whom from the list; the list stays as it was sent."""
    prepared(committee)
    committee.at("12-02").wiki.send(LIST, "Survey", "Cora", TEXT)
    targets, found = prepared(committee, survey("Please answer four questions."))
    assert [one.fate for one in targets] == [Fate.SENT, Fate.SENT, Fate.OPTED_OUT, Fate.DUE, Fate.ELSEWHERE]
    assert found.prepared
    assert found.prepared.sent
    assert (found.prepared.sent.user, found.prepared.sent.time) == ("Cora", moment("12-02"))
    assert [edit.page.title.text for edit in found.edits] == [TEXT]
    assert "four questions" in committee.text(TEXT)


SENDINGS = {
    "another's list": ("* {{#target:User talk:Ada}}", "Project:List", "Project:Words", 0),
    "another's list with the bot's text": ("* {{#target:User:Ada}}", "Project:List", TEXT, 1),
    "the bot's list, changed": ("* {{#target:Project:Q&A|fr.wikipedia.org}}", LIST, TEXT, 1),
    "the bot's list, emptied": ("Nothing.", LIST, TEXT, 0),
    "the bot's list, with more": (
        "{{#target:User talk:Ada}} {{#target:Project:Q&A|fr.wikipedia.org}} {{#target:X}}",
        LIST,
        "",
        2,
    ),
}


@pytest.mark.parametrize("how", SENDINGS)
def test_who_has_got_it(committee: Committee, how: str) -> None:
    """Whatever list it was sent to, those on it have got it who stood there then, and nobody else has."""
    text, listed, sent, count = SENDINGS[how]
    prepared(committee)
    committee.at("12-02").save(listed, text, "Cora")
    committee.wiki.send(listed, "Survey", "Cora", sent)
    committee.save(listed, "* {{#target:User talk:Chi}}", "Cora")
    assert [one.fate for one in prepared(committee)[0]].count(Fate.SENT) == count


def test_what_was_not_delivered(committee: Committee) -> None:
    """To whom it wasn't delivered, by the log, is to be sent it again, until it is; nobody else is."""
    prepared(committee)
    missed = "User talk:Ada"
    committee.at("12-02").wiki.send(LIST, "Survey", "Cora", TEXT)
    targets, found = prepared(committee, missed=missed)
    assert [one.fate for one in targets] == [Fate.PREPARED, Fate.SENT, Fate.OPTED_OUT, Fate.DUE, Fate.ELSEWHERE]
    assert committee.text(LIST) == "* {{#target:User talk:Ada}}"
    assert found.prepared
    assert not found.prepared.sent
    committee.at("12-03").wiki.send(LIST, "Survey", "Cora", TEXT)
    targets, found = prepared(committee, missed=missed)
    assert [one.fate for one in targets] == [Fate.SENT, Fate.SENT, Fate.OPTED_OUT, Fate.DUE, Fate.ELSEWHERE]
    assert found.prepared
    assert found.prepared.sent
    assert found.prepared.sent.time == moment("12-03")


def test_nobody_can_see_the_list(committee: Committee) -> None:
    """Where the list that it was sent to is gone, all may have got it: nobody gets it again."""
    prepared(committee)
    committee.at("12-02").wiki.send(LIST, "Survey", "Cora", TEXT)
    committee.wiki.delete(LIST)
    fates = [one.fate for one in prepared(committee)[0]]
    assert fates == [Fate.SENT, Fate.SENT, Fate.OPTED_OUT, Fate.SENT, Fate.SENT]


def test_withdrawn(committee: Committee) -> None:
    """Of a relay that is withdrawn the text is taken back."""
    prepared(committee)
    prepared(committee, replace(survey(), stage=Stage.WITHDRAWN, versions=()))
    assert "Three questions" not in committee.text(TEXT)
    assert committee.text(TEXT)
