"""What was posted, put right: new words in place of the old, notes below answers, and marks of what was withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

import pytest

from strategybot.executor import Executor
from strategybot.jobs.plan import Amendment, Edit
from strategybot.reversal import undo_session
from strategybot.session import Report, Session
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Action, Append, History, Kind, Outcome, Remember, Save
from tests.committee import BOT, Committee, problems
from tests.jobs.test_posting import Afterwards
from tests.jobs.test_relays import OTHER_TALK, STATUS, TALK, filed, out, relaying, stands
from tests.relay_hands import RELAYS

THANKS = "\n:Thanks! [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 1 December 2026 (UTC)"
NEW = "Please fill in the new one."


@pytest.fixture
def committee() -> Committee:
    """A committee whose relay has gone out."""
    return out(relaying())


def correct(committee: Committee, **fields: str) -> Report:
    """The words are changed, shown for an hour, and put right where they stand."""
    filed(committee.at("12-02T06:00"), **fields)
    committee.at("12-02T06:30").run("relays")
    return committee.at("12-02T07:00").run("relays")


def test_corrected_in_place(committee: Committee) -> None:
    """Where nobody has answered, the new words stand in place of the old, under the same signature."""
    before = committee.text(TALK)
    correct(committee, text=NEW)
    after = committee.text(TALK)
    assert "fill in the new one" in after
    assert "Corrected on 2 December 2026." in after
    assert "fill it in" not in after
    assert (before[:80], before.splitlines()[-2:]) == (after[:80], after.splitlines()[-2:])
    assert stands(committee) == 1


def test_corrected_again_and_again(committee: Committee) -> None:
    """Each correction stands in place of the one before, and a run that finds it so asks nothing about it."""
    correct(committee, text="Second.")
    filed(committee.at("12-03T06:00"), text="Third.")
    committee.at("12-03T06:30").run("relays")
    committee.at("12-03T07:00").run("relays")
    assert "Third." in committee.text(TALK)
    assert "Second." not in committee.text(TALK)
    report = committee.at("12-03T08:00").run("relays")
    assert {one.outcome.kind.label for one in report.done.values()} == {"unchanged"}


def test_a_note_follows_an_answer(committee: Committee) -> None:
    """Where somebody has answered, the post stays as it is, and a signed note follows in its thread, once."""
    answered = f"{committee.text(TALK)}{THANKS}\n\n== Next ==\nSomething else."
    committee.save(TALK, answered, "Ada")
    correct(committee, text=NEW)
    before, note, after = committee.text(TALK).partition("\n:<span")
    assert (before, after.partition("\n\n== Next ==")[2]) == (
        answered.partition("\n\n== Next ==")[0],
        "\nSomething else.",
    )
    assert "This message was corrected on 2 December 2026" in note + after
    assert "the new one" not in committee.text(TALK)
    assert "fill in the new one" in committee.text(OTHER_TALK)
    stood = committee.text(TALK)
    committee.at("12-02T08:00").run("relays")
    assert committee.text(TALK) == stood


@pytest.mark.parametrize(
    "how", ["emptied", "deleted", "hidden", "status", "closed, emptied", "closed, deleted", "closed, hidden"]
)
def test_withdrawn(committee: Committee, how: str) -> None:
    """A relay that is withdrawn leaves everywhere, also after answers, which stay below a mark."""
    committee.save(TALK, f"{committee.text(TALK)}{THANKS}", "Ada")
    page = f"{RELAYS}/Survey"
    committee.at("12-01T12:00").run("relays")
    is_closed = how.startswith("closed")
    committee.at("2027-02-02" if is_closed else "12-02")
    if is_closed:
        committee.run("relays")
        assert "state=closed" in committee.text(STATUS) + committee.text(f"{STATUS}/2026")
    if how.endswith("emptied"):
        committee.save(page, "Nothing any more.", "Cora")
    elif how.endswith("deleted"):
        committee.wiki.delete(page)
    elif how == "status":
        filed(committee, status="withdrawn")
    else:
        revision = committee.page(page).revision
        committee.save(page, "Nothing any more.", "Cora")
        committee.wiki.hide(revision.id, text=True)  # type: ignore[union-attr]
    committee.at("2027-02-03" if is_closed else "12-02T01:00").run("relays")
    for title in (TALK, OTHER_TALK):
        assert "survey" not in committee.text(title)
        assert "fill it in" not in committee.text(title)
        assert "== A message that was withdrawn ==" in committee.text(title)
        assert "Welcome!" in committee.text(title)
    assert "Thanks!" in committee.text(TALK)
    assert "fill it in" not in committee.text(f"{STATUS}/Survey")
    report = committee.at("2027-02-03T01:00" if is_closed else "12-02T02:00").run("relays")
    assert [one.diff for one in report.done.values() if one.outcome.kind is not Kind.UNCHANGED] == []


def test_a_withdrawal_is_not_undone(committee: Committee) -> None:
    """Undoing the run that took a withdrawn relay away doesn't put its words back."""
    committee.at("12-02T06:00").save(f"{RELAYS}/Survey", "Nothing any more.", "Cora")
    done = committee.at("12-02T07:00").run("relays")
    undo_session(committee.wiki, done.run, "Otto")
    for title in (TALK, OTHER_TALK, f"{STATUS}/Survey"):
        assert "fill it in" not in committee.text(title)


def test_a_correction_is_undone(committee: Committee) -> None:
    """Undoing a run that corrected a post puts the earlier words back, and they stay."""
    before = committee.text(TALK)
    undo_session(committee.wiki, correct(committee, text=NEW).run, "Otto")
    committee.at("12-02T08:00").run("relays")
    assert committee.text(TALK) == before


def test_altered_by_people(committee: Committee) -> None:
    """A post that people have changed is left as it stands, and told."""
    altered = committee.text(TALK).replace("fill it in", "fill it in twice")
    committee.save(TALK, altered, "Ada")
    report = correct(committee, text=NEW)
    assert committee.text(TALK) == altered
    assert ("relay-altered", TALK) in problems(report)
    assert "the new one" in committee.text(OTHER_TALK)


def test_archived_by_people(committee: Committee) -> None:
    """A thread that was archived is put right where it stands now."""
    before, _, section = committee.text(TALK).partition("\n\n== The survey")
    committee.save(TALK, before, "Ada")
    committee.save(f"{TALK}/Archive", f"== The survey{section}", "Ada")
    correct(committee, text=NEW)
    assert "the new one" in committee.text(f"{TALK}/Archive")
    assert committee.text(TALK) == before


# --- What the executor lets through


def test_nothing_but_the_bots_own_words(committee: Committee) -> None:
    """An edit of a people's page that changes anything else isn't made, whatever a job says."""
    page = committee.page(TALK)
    key = f"relays Survey Committee | {TALK}"
    own = page.text[page.text.index("== The survey") : page.text.index("\n<!-- post")]
    for old in ("Welcome!", own):
        edit = Edit(page, page.text.replace(old, "Mine."), "", amends=Amendment(key, own, "0" * 12))
        (done,) = Executor(committee.wiki, BOT, frozenset()).carry_out("relays", [edit])
        assert done.outcome.kind is Kind.FORBIDDEN
    (done,) = Executor(committee.wiki, BOT, frozenset()).carry_out("relays", [Edit(page, f"{page.text} Mine.", "")])
    assert done.outcome.kind is Kind.EDITED_BY_PERSON


# --- Kills, lost answers, and two processes


class KilledError(BaseException):
    """The process is killed."""


def answered(committee: Committee) -> None:
    """Somebody answers in one of the threads, and the words are changed and shown for an hour."""
    committee.save(TALK, f"{committee.text(TALK)}{THANKS}", "Ada")
    filed(committee.at("12-02T06:00"), text=NEW)
    committee.at("12-02T06:30").run("relays")
    committee.at("12-02T07:00")


def withdrawn(committee: Committee) -> None:
    """The relay is withdrawn."""
    committee.save(TALK, f"{committee.text(TALK)}{THANKS}", "Ada")
    committee.at("12-02T06:00").save(f"{RELAYS}/Survey", "Nothing any more.", "Cora")
    committee.at("12-02T07:00")


CHANGES: list[Callable[[Committee], None]] = [answered, withdrawn]


@cache
def settled(change: Callable[[Committee], None]) -> dict[str, str]:
    """What stands in the end where nothing goes wrong."""
    committee = out(relaying())
    change(committee)
    committee.run("relays")
    committee.run("relays")
    return ends(committee)


def ends(committee: Committee) -> dict[str, str]:
    return {title: committee.text(title) for title in (TALK, OTHER_TALK)}


def edits(committee: Committee) -> list[int]:
    """How many edits the bot has made on each talk page."""
    histories = [committee.ask(ask(History(committee.page(title).title))) for title in (TALK, OTHER_TALK)]
    return [sum(one.user == BOT for one in history) for history in histories]


def run(committee: Committee, wiki: object = None, pause: Callable[[object], bool] = lambda _: True) -> Report:
    found: Any = wiki or committee.wiki
    return Session(found, now=committee.now, pause=pause).run(["relays"])


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", range(1, 8))
def test_killed(committee: Committee, change: Callable[[Committee], None], number: int) -> None:
    """A run that is killed after any of its edits leaves the rest to the next, which repeats none."""
    change(committee)
    left = [number]

    def kill(action: Action) -> None:
        left[0] -= isinstance(action, Save | Append)
        if left[0] == 0:
            raise KilledError

    with suppress(KilledError):
        run(committee, Afterwards(committee, kill))
    run(committee)
    run(committee)
    assert ends(committee) == settled(change)
    assert edits(committee) == [2, 2]


class Losing:
    """A wiki whose answer to one edit is lost; the edit is made, or isn't."""

    def __init__(self, committee: Committee, number: int, *, made: bool) -> None:
        self._wiki, self._left, self._made = committee.wiki, number, made
        self.requests, self.start, self.answer = self._wiki.requests, self._wiki.start, self._wiki.answer

    def act(self, action: Action) -> Outcome:
        self._left -= not isinstance(action, Remember)
        if self._left:
            return self._wiki.act(action)
        if self._made:
            self._wiki.act(action)
        return Outcome(action.title, Kind.UNKNOWN)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("made", [False, True])
@pytest.mark.parametrize("number", range(1, 8))
def test_an_answer_is_lost(
    committee: Committee, change: Callable[[Committee], None], number: int, *, made: bool
) -> None:
    """Where the wiki's answer to any edit is lost, all is as it should be after the next runs, and nothing twice."""
    change(committee)
    run(committee, Losing(committee, number, made=made))
    run(committee)
    run(committee)
    assert ends(committee) == settled(change)
    assert edits(committee) == [2, 2]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", range(8))
def test_two_processes(committee: Committee, change: Callable[[Committee], None], number: int) -> None:
    """Another process that does it all between any two edits of this one's is seen: nothing is done twice."""
    change(committee)
    left = [number]

    def pause(_: object) -> bool:
        if left[0] == 0:
            run(committee)
        left[0] -= 1
        return True

    assert run(committee, pause=pause).exit_status == 0
    run(committee)
    assert ends(committee) == settled(change)
    assert edits(committee) == [2, 2]


def test_a_note_that_somebody_removed_meanwhile(committee: Committee) -> None:
    """A note that another process made, and somebody removed, comes back from no process that had read before."""
    answered(committee)
    stood = committee.text(TALK)

    def other() -> None:
        run(committee)
        committee.save(TALK, stood, "Ada")

    happens = iter([other])

    def pause(_: object) -> bool:
        next(happens, lambda: None)()
        return True

    run(committee, pause=pause)
    run(committee)
    assert committee.text(TALK) == stood
    assert stands(committee) == 1
