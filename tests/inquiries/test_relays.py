"""Relays with the authority of history: what counts, what doesn't, and why."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.inquiries.authority import history_until, present_people
from strategybot.inquiries.relays import relays_of, strays
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.model.relay import Kind, Party, Relay, Side, Stage
from strategybot.wiki.asking import both
from strategybot.wiki.port import OperatorError
from tests.committee import CONFIGURATION, Committee, roster
from tests.relay_forgeries import (
    COORDINATORS,
    CORE_TEAM,
    GROUPS,
    OUTWARD,
    RIGHTS,
    STEERING,
    STRANGERS,
    WAYS,
    Right,
    Way,
)
from tests.relay_hands import RELAYS, ROSTERS, page, relay


class EmbeddedHands:
    """People's hands on the embedded wiki of a committee."""

    anonymous = "192.0.2.7"

    def __init__(self) -> None:
        self.committee = Committee(relays={}, core_team=CORE_TEAM, groups=GROUPS).at("12-01")
        for name in (*STRANGERS, *CORE_TEAM):
            self.committee.wiki.add_account(name)
        for group, name in COORDINATORS.items():
            self.save(f"{ROSTERS}/{group}", roster(name), "Cora")

    def later(self) -> Committee:
        self.committee.now += timedelta(minutes=1)
        return self.committee

    def save(self, title: str, text: str, user: str) -> int:
        return self.later().save(title, text, user)

    def text(self, title: str) -> str:
        return self.committee.text(title)

    def move(self, old: str, new: str, user: str) -> None:
        self.later().wiki.move(old, new, user=user)

    def hide(self, revid: int, *, user: bool = False) -> None:
        self.committee.wiki.hide(revid, text=not user, user=user)

    def rename(self, old: str, new: str) -> None:
        self.later().wiki.rename(old, new)

    def join(self, name: str) -> None:
        committee = self.later()
        committee.wiki.add_account(name, registered=committee.now)

    def block(self, name: str) -> None:
        self.committee.wiki.block(name)

    def process(self) -> Process:
        page = self.committee.page(CONFIGURATION.text)
        assert page.revision
        return self.committee.ask(present_people(self.committee.process, page.revision))[0]

    def relays(
        self, settled: Mapping[Title, int] = MappingProxyType({}), known: Mapping[str, Title] = MappingProxyType({})
    ) -> dict[str, Relay]:
        found = self.committee.ask(relays_of(self.process(), settled, known))
        return {one.id: one for one in found}


NEWS = Title(page("News"))


@pytest.fixture
def hands() -> EmbeddedHands:
    return EmbeddedHands()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_forgery(way: Way) -> None:
    """Nothing of it goes out, and the sentence says who did what."""
    hands = EmbeddedHands()
    way.act(hands, way.name)
    way.check(hands.relays().get(way.name), hands.anonymous)


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.name)
def test_what_counts(right: Right) -> None:
    """Nothing that people may do, and nothing that others do elsewhere, keeps a relay from counting."""
    hands = EmbeddedHands()
    right.act(hands, right.name)
    right.check(hands.relays().get(right.name))


def test_who_stands_behind_it(hands: EmbeddedHands) -> None:
    """For each version, and for the approval: by which part, in which revision, and what gave the part."""
    named = hands.save(f"{ROSTERS}/Alpha", roster("Ada", "Mallory"), "Cora")
    said = hands.save(NEWS.text, OUTWARD, "Ada")
    hands.save(NEWS.text, OUTWARD.replace("}}", "|approved by=Cora\n}}"), "Cora")
    relay = hands.relays()["News"]
    found = [(one.part, one.name, one.approves, one.source.user, one.by and one.by.user) for one in relay.vouchers]
    assert found == [(Side.GROUP, "Alpha", False, "Ada", "Cora"), (Side.CORE_TEAM, "", True, "Cora", None)]
    assert relay.vouchers[0].source.revid == said
    assert relay.vouchers[0].by
    assert relay.vouchers[0].by.revid < named  # she was there before Mallory
    assert relay.since == relay.vouchers[1].source.time
    assert relay.first == relay.vouchers[0].source.time


def test_what_it_says(hands: EmbeddedHands) -> None:
    """The fields as they are understood."""
    hands.save(NEWS.text, relay(to="Alpha, all coordinators", kind="request", reply_by="10 January 2027"), "Cora")
    found = hands.relays()["News"]
    assert found.audience == (Party(Side.GROUP, "Alpha"), Party(Side.COORDINATORS))
    assert (found.sender, found.kind, found.reply_by) == (Party(Side.CORE_TEAM), Kind.REQUEST, date(2027, 1, 10))
    assert (found.page, found.revid) == (NEWS, hands.committee.page(NEWS.text).revision.id)


def test_a_day_that_passes(hands: EmbeddedHands) -> None:
    """A day for replies that was ahead when it was written is none that is past later; one that was past is."""
    hands.save(NEWS.text, relay(reply_by="2026-12-02"), "Cora")
    hands.committee.at("12-20")
    hands.save(page("Late"), relay(reply_by="2026-12-02"), "Cora")
    found = hands.relays()
    assert (found["News"].stage, found["Late"].stage) == (Stage.VALID, Stage.FLAWED)
    assert [problem.key for problem in found["Late"].problems] == ["relay-past"]


def test_what_counted_last_is_kept(hands: EmbeddedHands) -> None:
    """While a stranger's change waits, and while a change waits for approval, the words are those that counted last."""
    hands.save(NEWS.text, relay(), "Cora")
    hands.save(NEWS.text, relay(text="Send money."), "Mallory")
    approved = OUTWARD.replace("}}", "|approved by=Cora\n}}")
    for text, user in ((OUTWARD, "Ada"), (approved, "Cora"), (approved.replace("Come", "Go"), "Ada")):
        hands.save(page("Outward"), text, user)
    found = hands.relays()
    assert [one.text for one in found["News"].versions] == ["Please read this."]
    assert [one.text for one in found["Outward"].versions] == ["Come all."]
    assert found["News"].culprit
    assert found["News"].culprit.user == "Mallory"


def test_deleted_and_moved(hands: EmbeddedHands) -> None:
    """What was deleted is withdrawn; what was moved away without a redirect isn't."""
    for name in ("News", "Other"):
        hands.save(page(name), relay(), "Cora")
    wiki = hands.committee.wiki
    wiki.delete(NEWS)
    wiki.move(Title(page("Other")), Title("User:Mallory/Other"), redirect=False, user="Admin")
    assert hands.relays() == {}
    known = {name: Title(page(name)) for name in ("News", "Other")}
    found = hands.relays(known=known)
    assert {name: one.stage for name, one in found.items()} == {"News": Stage.WITHDRAWN, "Other": Stage.VALID}
    assert found["Other"].page == Title("User:Mallory/Other")


def test_its_source_is_hidden(hands: EmbeddedHands) -> None:
    """Where the revision is hidden in which it was filed, it doesn't go out; what went out is withdrawn."""
    number = hands.save(NEWS.text, relay(), "Cora")
    hands.save(NEWS.text, f"{relay()}\nThanks!", "Mallory")
    hands.hide(number)
    assert (hands.relays()["News"].stage, hands.relays()["News"].reason) == (Stage.WAITING, "hidden")
    assert hands.relays(known={"News": NEWS})["News"].stage is Stage.WITHDRAWN


def test_in_confidence(hands: EmbeddedHands) -> None:
    """A relay that bears a mark of confidence is as if it weren't there."""
    hands.save(NEWS.text, relay(text="Confidential: read this."), "Cora")
    assert hands.relays() == {}


def test_settled_pages(hands: EmbeddedHands) -> None:
    """A settled page costs no look at its history, and gives nothing until somebody edits it; its ids stay taken."""
    revid = 0
    for text in (relay(), relay(text="Please read that."), relay(status="closed")):
        revid = hands.save(NEWS.text, text, "Cora")
    wiki = hands.committee.wiki
    wiki.requests.clear()
    assert hands.relays({NEWS: revid}) == {}
    assert wiki.requests["history"] == 0
    hands.save(page("Again"), relay(id="News"), "Cora")
    again = hands.relays({NEWS: revid})["News"]
    assert (again.stage, [problem.key for problem in again.problems]) == (Stage.FLAWED, ["relay-id-twice"])
    hands.save(NEWS.text, relay(text="Please read that."), "Cora")
    assert hands.relays({NEWS: revid})["News"].stage is Stage.VALID


@pytest.mark.parametrize(("number", "requests"), [(1, {"read": 4}), (30, {"read": 4})])
def test_requests(hands: EmbeddedHands, number: int, requests: dict[str, int]) -> None:
    """Any number of pages are read together; a page that was saved once costs no look at its history."""
    for name in range(number):
        hands.save(page(f"News {name}"), relay(), "Cora")
    process = hands.process()
    hands.committee.wiki.requests.clear()
    assert len(hands.committee.ask(relays_of(process))) == number
    assert dict(hands.committee.wiki.requests) == requests


def test_requests_for_histories(hands: EmbeddedHands) -> None:
    """A page that was edited costs one look at its history, however many relays stand on it."""
    for name in range(12):
        hands.save(RELAYS, f"{hands.text(RELAYS)}\n{relay(id=f'News {name}')}", "Cora")
    process = hands.process()
    hands.committee.wiki.requests.clear()
    assert len(hands.committee.ask(relays_of(process))) == 12
    assert dict(hands.committee.wiki.requests) == {"read": 4, "history": 1}


def test_relays_elsewhere(hands: EmbeddedHands) -> None:
    """A relay that is filed where nobody reads is told; our own templates that show one aren't."""
    hands.save("User:Ada/Draft", relay(), "Ada")
    hands.save("Template:Steering group/Help/Relays", relay(), "Admin")
    hands.save(NEWS.text, relay(), "Cora")
    told = hands.committee.ask(strays(hands.process()))
    assert [(problem.key, problem.page.text) for problem in told] == [("relay-elsewhere", "User:Ada/Draft")]


def test_without_relays() -> None:
    """A process that passes nothing on is asked nothing."""
    committee = Committee()
    committee.wiki.requests.clear()
    process = committee.process
    before = committee.wiki.requests.copy()
    assert committee.ask(both(relays_of(process), strays(process))) == ((), ())
    assert committee.wiki.requests == before


# --- Whatever people do

GOOD, EVIL = relay(id="News"), relay(id="News", text="Send money.")
PLACES = (page("News"), page("Other"), RELAYS)
WRITTEN = (
    *("Nothing.", EVIL, f"{EVIL}\n{GOOD}", f"{GOOD}\n{EVIL}", EVIL.replace("Send money.", "Send  money.")),
    *(relay(id="News", text="Send money.", lang="fr"), EVIL.replace("}}", "|approved by=Cora\n}}")),
    *(STEERING.replace("Come all.", "Send money."), f"#REDIRECT [[{PLACES[1]}]]"),
)
DEEDS = st.one_of(
    st.tuples(st.just("Mallory"), st.sampled_from(PLACES), st.sampled_from(WRITTEN)),
    st.tuples(st.just("files"), st.sampled_from(PLACES), st.sampled_from((GOOD, relay(id="News", text="Read that.")))),
    st.tuples(st.just("adds"), st.sampled_from(PLACES), st.sampled_from((f"{GOOD}\n", "Thanks!\n"))),
    st.tuples(st.just("restores"), st.sampled_from(PLACES), st.sampled_from(("1", "2", "3"))),
    st.tuples(st.just("moves"), st.sampled_from(PLACES), st.sampled_from(PLACES)),
)


@given(st.lists(DEEDS, min_size=2, max_size=10))
def test_nothing_forged_goes_out(deeds: list[tuple[str, str, str]]) -> None:
    """Whatever Mallory saves and moves, and however often Cora adds to it and restores it: it never counts."""
    hands = EmbeddedHands()
    for deed, place, what in deeds:
        match deed:
            case "Mallory":
                hands.save(place, what, "Mallory")
            case "files":
                hands.save(place, what, "Cora")
            case "adds":
                hands.save(place, what + hands.text(place), "Cora")
            case "restores":
                past = hands.committee.ask(history_until(Title(place)))
                hands.save(place, (past[min(int(what), len(past) - 1)].text if past else None) or "", "Cora")
            case "moves":
                with contextlib.suppress(OperatorError):
                    hands.move(place, what, "Mallory")
    for one in hands.relays(known={"News": NEWS}).values():
        assert not any("money" in version.text for version in one.versions)
        assert one.stage is not Stage.VALID or one.versions
