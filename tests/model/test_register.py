"""Entries of a register: what they are after whatever happened to them, in whatever order the bot hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.model.minutes import Kind, Named
from strategybot.model.page import Title
from strategybot.model.register import Entry, Event, Origin, Register, Said, State, What

START = datetime(2026, 12, 10, 15, tzinfo=UTC)
ADA, BO = Named("Ada", is_account=True), Named("Bo", is_account=True)
FIRST = Event(What.READ, START, 1, meeting="2026-12-10", said=Said(State.OPEN, (ADA,), "2027-01-01"), counts=False)
ENTRY = Entry("A1", Kind.ACTION, "draft it", Origin(Title("Minutes"), 1)).with_events([FIRST])


def event(hours: int, said: Said, user: str = "Ada", *, counts: bool = True, what: What = What.CHANGED) -> Event:
    """Something that happened so many hours after the meeting's start."""
    return Event(what, START + timedelta(hours=hours), 1 + hours, user, said=said, counts=counts)


SAID = st.builds(
    Said,
    st.sampled_from((None, State.OPEN, State.DONE, State.DROPPED)),
    st.sampled_from((None, (), (ADA,), (BO,), (ADA, BO))),
    st.sampled_from((None, "", "2027-01-10", "2027-02-10")),
)
EVENTS = st.lists(st.tuples(st.integers(1, 40), SAID), max_size=8, unique_by=lambda one: one[0])


@given(EVENTS, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_hearing_makes_no_difference(found: list[tuple[int, Said]], random: object) -> None:
    """An entry told of events in any order, some of them twice, is the same, and as the latest of each field says."""
    events = [event(hours, said) for hours, said in found]
    straight = mixed = ENTRY
    for one in sorted(events, key=lambda one: one.time):
        straight = straight.told(one)
    shuffled = [*events, *events[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    for one in shuffled:
        mixed = mixed.told(one)
    assert mixed == straight
    last = [one.said.state for one in straight.events if one.said.state]
    assert straight.status is last[-1]


def test_words_are_as_they_were_said_last() -> None:
    """An earlier wording that is heard of later doesn't take the place of the newer one."""
    newer, older = event(5, Said(text=True)), event(3, Said(text=True), "Bo")
    assert ENTRY.told(newer, "new").told(older, "old").text == "new"
    assert ENTRY.told(older, "old").told(newer, "new").text == "new"


def test_one_revision_says_several_things() -> None:
    """What else is said in a revision is added to what is known of it, once; the first word of each field counts."""
    done = event(1, Said(State.DONE))
    more = [event(1, Said(State.OPEN, due="2027-02-01")), replace(event(1, Said()), note="late")]
    told = ENTRY.told(done)
    for one in (*more, *more):
        told = told.told(one)
    assert (told.status, told.due, told.owners, len(told.events)) == (State.DONE, "2027-02-01", (ADA,), 2)
    assert told.events[-1].note == "late"


def test_confirmed() -> None:
    """What was read needs somebody who stands for it, and so does each change by somebody who doesn't belong there."""
    assert not ENTRY.confirmed
    sure = ENTRY.told(event(1, Said(), "Bo", what=What.CONFIRMED))
    assert sure.confirmed
    strange = sure.told(event(2, Said(State.DONE), "Mallory", counts=False))
    assert [one.user for one in strange.doubts] == ["Mallory"]
    assert strange.told(event(3, Said(State.DROPPED), "Bo")).confirmed
    assert strange.told(event(3, Said(), "Bo", what=What.CONFIRMED)).confirmed


def test_disputed() -> None:
    """Two people who change a field back and forth disagree; one who changes their mind doesn't."""
    once = ENTRY.told(event(1, Said(State.DONE), "Ada"))
    assert once.dispute is None
    again = once.told(event(2, Said(State.OPEN), "Bo"))
    assert again.dispute is not None
    assert [one.user for one in again.dispute] == ["Ada", "Bo"]
    assert once.told(event(2, Said(State.OPEN), "Ada")).dispute is None
    assert again.told(event(3, Said(State.DROPPED), "Bo")).dispute is None


def test_overdue() -> None:
    """An open item is overdue on the day after it is due."""
    assert not ENTRY.overdue(date(2027, 1, 1))
    assert ENTRY.overdue(date(2027, 1, 2))
    assert not ENTRY.told(event(1, Said(State.DONE))).overdue(date(2027, 1, 2))


def test_gone() -> None:
    """Of what is gone no words are kept, nor names; what is known of it is that it was there."""
    entry = ENTRY.told(event(1, Said(owners=(BO,)), "Ada"))
    gone = entry.without_words(event(2, Said(State.GONE), what=What.GONE))
    assert (gone.text, gone.owners, gone.due, gone.status) == ("", (), "", State.GONE)
    assert "Bo" not in repr(gone)


def test_ids_are_used_once() -> None:
    """The number of the next entry only grows, also when entries come in another order."""
    register = Register(Kind.ACTION)
    for number in (3, 1, 2):
        register = register.with_entry(Entry(f"A{number}", Kind.ACTION, "x", ENTRY.source).with_events([FIRST]))
    assert register.next == 4
    assert [one.id for one in register.open] == ["A1", "A2", "A3"]
