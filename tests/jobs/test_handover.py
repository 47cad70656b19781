"""What people are to send for the bot: the list and the text that it prepares, and who has sent it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from strategybot.jobs.handover import Handover, handover
from strategybot.model.page import Title
from strategybot.model.relay import Fate, Kind, Party, Relay, Side, Stage, Target, Version
from strategybot.model.source import Source
from strategybot.reading.targets import Entry, read_list
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


def prepared(committee: Committee, relay: Relay | None = None, *, goes: bool = True) -> Handover:
    """What is prepared now; the bot saves it."""
    found = committee.ask(handover(committee.process, relay or survey(), TARGETS, goes=goes))
    for edit in found.edits:
        committee.save(edit.page.title.text, edit.text, BOT)
    return found


def test_what_is_prepared(committee: Committee) -> None:
    """List and text stand below the relay's page, with what people are to send to, and nothing else."""
    assert prepared(committee).prepared is None
    assert [(one.page, one.site) for one in read_list(committee.text(LIST)) if isinstance(one, Entry)] == [
        ("User talk:Ada", ""),
        ("Project:Q&A", "fr.wikipedia.org"),
    ]
    text = committee.text(TEXT)
    assert "Please answer [[:Three questions]]." in text
    assert "{{" not in text
    assert PAGE in text
    found = prepared(committee)
    assert [edit.text == edit.page.text for edit in found.edits] == [True, True]
    assert found.prepared
    assert (found.prepared.targets.text, found.prepared.text.text) == (LIST, TEXT)
    assert found.prepared.revid == committee.page(LIST).revision.id  # type: ignore[union-attr]
    assert found.targets == TARGETS


def test_nothing_is_prepared(committee: Committee) -> None:
    """Before a relay goes out nothing is prepared, nor where nobody is to send anything; then nothing is asked."""
    process = committee.process
    committee.wiki.requests.clear()
    assert committee.ask(handover(process, survey(), TARGETS, goes=False)).edits == ()
    assert committee.ask(handover(process, survey(), TARGETS[2:4], goes=True)).edits == ()
    assert not committee.wiki.requests


def test_sent(committee: Committee) -> None:
    """That somebody has sent it is read from the log; the prepared pages stay as they are from then on."""
    prepared(committee)
    committee.at("12-02").wiki.send(LIST, "Survey", "Cora", TEXT)
    committee.wiki.send(TEXT, "Something else", "Cora")
    found = prepared(committee, survey("Please answer four questions."))
    assert [one.fate for one in found.targets] == [Fate.SENT, Fate.SENT, Fate.OPTED_OUT, Fate.DUE, Fate.SENT]
    assert found.prepared
    assert found.prepared.sent
    assert (found.prepared.sent.user, found.prepared.sent.time) == ("Cora", moment("12-02"))
    assert found.edits == ()


def test_withdrawn(committee: Committee) -> None:
    """Of a relay that is withdrawn the text is taken back."""
    prepared(committee)
    prepared(committee, replace(survey(), stage=Stage.WITHDRAWN, versions=()))
    assert "Three questions" not in committee.text(TEXT)
    assert committee.text(TEXT)
