"""The stop page: who stops, and who may start."""

from __future__ import annotations

import pytest

from strategybot.inquiries.stopping import Stop, stop_of
from strategybot.model.page import Title
from tests.committee import BOT, Committee

RUN = f"User:{BOT}/Run"
STARTERS = frozenset({"Cora", "Otto"})


def stop(committee: Committee, job: str = "agenda") -> Stop | None:
    return committee.ask(stop_of(BOT, job, STARTERS))


def key(committee: Committee, job: str = "agenda") -> str | None:
    found = stop(committee, job)
    return found.key if found else None


def test_running(committee: Committee) -> None:
    """The bot runs where both pages read yes."""
    assert stop(committee) is None


@pytest.mark.parametrize("text", ["no", "", "Yes please", "yes\nno", "{{yes}}", "stop!"])
def test_anyone_stops(committee: Committee, text: str) -> None:
    """Anything but a plain yes stops the bot, whoever saves it."""
    committee.save(RUN, text, "Passer-by")
    assert stop(committee) == Stop("stopped", Title(RUN), "Passer-by")


@pytest.mark.parametrize("text", ["yes", "YES", "  yes\n"])
def test_ways_of_saying_yes(committee: Committee, text: str) -> None:
    """Case and white space don't matter."""
    committee.save(RUN, "no", "Passer-by")
    committee.save(RUN, text, "Cora")
    assert stop(committee) is None


def test_one_job(committee: Committee) -> None:
    """One job's page stops that job alone."""
    committee.save(f"{RUN}/agenda", "no", "Passer-by")
    assert (key(committee, "agenda"), key(committee, "status")) == ("stopped", None)


@pytest.mark.parametrize("title", [RUN, f"{RUN}/agenda"])
def test_missing(committee: Committee, title: str) -> None:
    """A page that doesn't exist stops the bot."""
    committee.wiki.delete(Title(title))
    assert stop(committee) == Stop("missing", Title(title))


def test_moved(committee: Committee) -> None:
    """A page that was moved away stops the bot, though its redirect leads to a yes."""
    committee.wiki.move(Title(RUN), Title("User:Passer-by/Run"))
    assert key(committee) == "moved"


def test_hidden(committee: Committee) -> None:
    """A page that can't be read stops the bot."""
    committee.save(RUN, "no", "Otto")
    revision = committee.save(RUN, "yes", "Otto")
    committee.wiki.hide(revision)
    assert key(committee) == "stopped"


@pytest.mark.parametrize("user", ["Cora", "Otto", "Admin"])
def test_who_starts(committee: Committee, user: str) -> None:
    """The core team, an operator or an admin starts the bot again."""
    committee.save(RUN, "no", "Passer-by")
    committee.save(RUN, "yes", user)
    assert stop(committee) is None


def test_who_may_not_start(committee: Committee) -> None:
    """A yes by somebody else doesn't start a stopped bot."""
    committee.save(RUN, "no", "Cora")
    committee.save(RUN, "yes", "Passer-by")
    assert stop(committee) == Stop("not-started", Title(RUN), "Passer-by")


def test_edit_of_a_running_page(committee: Committee) -> None:
    """An edit by somebody else that leaves the yes standing stops nothing."""
    committee.save(RUN, " yes", "Passer-by")
    committee.save(RUN, "Yes", "Passer-by")
    assert stop(committee) is None


def test_blocked_admin(committee: Committee) -> None:
    """An admin who is blocked starts nothing."""
    committee.save(RUN, "no", "Passer-by")
    committee.save(RUN, "yes", "Admin")
    committee.wiki.block("Admin")
    assert key(committee) == "not-started"


def test_long_history(committee: Committee) -> None:
    """The start is found below any number of edits that left it standing."""
    for number in range(110):
        committee.save(RUN, f"yes{' ' * (number % 2)}\n" if number % 2 else "YES", "Passer-by")
    assert stop(committee) is None


@pytest.mark.parametrize(("job", "key"), [("install", None), ("undo", "missing")])
def test_attended(committee: Committee, job: str, key: str | None) -> None:
    """Where an operator is at it no page need exist for installing; for undoing the page for all jobs must."""
    if committee.text(f"{RUN}/{job}"):
        committee.wiki.delete(f"{RUN}/{job}")
    assert committee.ask(stop_of(BOT, job, STARTERS, attended=True)) is None
    assert committee.ask(stop_of(BOT, job, STARTERS)) == Stop("missing", Title(f"{RUN}/{job}"))
    committee.wiki.delete(RUN)
    found = committee.ask(stop_of(BOT, job, STARTERS, attended=True))
    assert (found.key if found else None) == key
