"""What relays come to on other pages: the agenda, the front page, the page of what waits, and the follow-up."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.committee import AGENDA, ALPHA, BETA, FRONT_PAGE, NEXT_AGENDA, Committee, outcomes
from tests.relay_hands import RELAYS, relay

STATUS = f"{RELAYS}/Status"
FEEDBACK = f"{RELAYS}/Feedback"
WAITING = f"{FRONT_PAGE}/Waiting"
TALK = f"Talk:{ALPHA}"


def relayed(**configuration: Any) -> Committee:
    """A committee whose core team has asked for something by 8 December, to which Alpha has sent something else."""
    committee = Committee(**{"relays": {}, **configuration})
    for title in (TALK, f"Talk:{BETA}"):
        committee.save(title, "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    file(committee.at("12-01T06:00"))
    text = relay("Alpha", "core team", kind="feedback", subject="Budget", text="It is small.")
    committee.save(f"{RELAYS}/Budget", text, "Ada")
    for time in ("06:30", "07:10"):
        committee.at(f"12-01T{time}").run()
    return committee


@pytest.fixture
def committee() -> Committee:
    return relayed()


def file(committee: Committee, name: str = "Survey", reply_by: str = "2026-12-08", **fields: str) -> None:
    request = relay(**{"kind": "request", "subject": "A secret", "text": "Fill it in.", "reply_by": reply_by, **fields})
    committee.save(f"{RELAYS}/{name}", request, "Cora")


def answer(committee: Committee, group: str, user: str, name: str = "Survey") -> None:
    text = committee.text(RELAYS)
    committee.save(RELAYS, f"{text}\n{{{{Steering group/Answer|relay={name}|group={group}|text=Yes.}}}}", user)


def becomes(committee: Committee, state: str) -> None:
    """The core team says what becomes of what Alpha has sent."""
    slip = f"{{{{Steering group/Feedback outcome|Budget|state={state}}}}}"
    committee.save(FEEDBACK, f"{committee.text(FEEDBACK)}\n\n{slip}", "Cora")


def rows(committee: Committee, title: str, template: str) -> list[str]:
    """The calls of a template on a page, without the page to which they link."""
    found = re.findall(rf"\{{\{{Steering group/{template}\|(.*?)\}}\}}", committee.text(title))
    return [re.sub(r"\|?page=[^|]*", "", row) for row in found]


def requests(committee: Committee, title: str = AGENDA) -> list[str]:
    return rows(committee, title, "Open request")


def feedback(committee: Committee, title: str = AGENDA) -> list[str]:
    return rows(committee, title, "Open feedback")


SURVEY = "id=Survey|from=core-team|answered={}|asked=2|until=2026-12-08"
BUDGET = "id=Budget|from=group|name=Alpha|since=2026-12-01"


# --- The agenda


def test_on_the_agenda(committee: Committee) -> None:
    """The agenda lists open requests with how many have answered, and feedback that waits: links, and no words."""
    assert requests(committee) == [SURVEY.format(0)]
    assert feedback(committee) == [BUDGET]
    assert f"|page={STATUS}/Survey}}}}" in committee.text(AGENDA)
    answer(committee.at("12-02"), "Beta", "Bo")
    committee.at("12-02T01:00").run()
    assert requests(committee) == [SURVEY.format(1)]
    assert "secret" not in committee.text(AGENDA)
    assert "small" not in committee.text(AGENDA)


def test_spoilt_by_a_stranger(committee: Committee) -> None:
    """What is out stays on the agenda as it stands, whatever others make of the relays' pages."""
    before = requests(committee), rows(committee, AGENDA, "Open feedback")
    for name in ("Survey", "Budget"):
        committee.at("12-02").save(f"{RELAYS}/{name}", "", "Mallory")
    committee.at("12-02T01:00").run()
    assert (requests(committee), rows(committee, AGENDA, "Open feedback")) == before
    answer(committee.at("12-03"), "Beta", "Bo")
    committee.at("12-03T01:00").run()
    assert "|answered=1|asked=2|" in requests(committee)[0]


def test_overdue_first(committee: Committee) -> None:
    """What is overdue comes first, then what is due first."""
    file(committee.at("12-02"), "Zeal", "2026-12-20")
    file(committee, "Adagio", "2026-12-18")
    for time in ("12-02T01:00", "12-02T02:00", "12-09"):
        committee.at(time).run()
    assert requests(committee) == [
        "id=Survey|from=core-team|answered=0|asked=2|until=2026-12-08|overdue=yes",
        "id=Adagio|from=core-team|answered=0|asked=2|until=2026-12-18",
        "id=Zeal|from=core-team|answered=0|asked=2|until=2026-12-20",
    ]


def test_what_is_settled_leaves_it(committee: Committee) -> None:
    """A request that all have answered leaves an open agenda, and so does feedback that has an outcome."""
    answer(committee.at("12-02"), "Alpha", "Ada")
    answer(committee, "Beta", "Bo")
    becomes(committee, "answered")
    committee.at("12-02T01:00").run()
    assert (requests(committee), feedback(committee)) == ([], [])
    assert "open-requests" not in committee.text(AGENDA)


@pytest.mark.parametrize("runs_before", [True, False])
def test_closed_agendas(committee: Committee, *, runs_before: bool) -> None:
    """A closed agenda shows what was open when the meeting started, whenever it was closed, and stays so."""
    answer(committee.at("12-10T14:00"), "Beta", "Bo")
    if runs_before:
        committee.at("12-10T14:30").run()
    answer(committee.at("12-10T16:00"), "Alpha", "Ada")
    becomes(committee.at("12-10T16:00"), "declined")
    for time in ("12-10T17:00", "12-11", "2027-01-05", "2027-02-05"):
        committee.at(time).run()
        assert requests(committee) == [f"{SURVEY.format(1)}|overdue=yes"]
        assert feedback(committee) == [BUDGET]
    assert (requests(committee, NEXT_AGENDA), feedback(committee, NEXT_AGENDA)) == ([], [])
    assert AGENDA not in outcomes(committee.at("2027-02-06").run("agenda"))


@pytest.mark.parametrize("meanwhile", [(), ("12-11T01:00", "12-11T02:00")])
def test_withdrawn_from_a_closed_agenda(committee: Committee, meanwhile: tuple[str, ...]) -> None:
    """A relay that is withdrawn leaves closed agendas as well; what is said there of the others stays.

    So it does where the agenda couldn't be written when that happened.
    """
    committee.at("12-10T15:30").run()
    committee.at("12-11").save(f"{RELAYS}/Budget", "Never mind.", "Ada")
    for time in meanwhile:
        committee.at(time).run("relays")
    committee.at("12-12").run()
    assert requests(committee) == [f"{SURVEY.format(0)}|overdue=yes"]
    assert feedback(committee) == []


# --- What waits


def test_on_the_front_page(committee: Committee) -> None:
    """The front page has what each group is to answer, and for the steering group how much feedback waits."""
    text = committee.text(FRONT_PAGE)
    row = "{{Steering group/Waiting request|id=Survey|from=core-team|until=2026-12-08|page=" + f"{STATUS}/Survey}}}}"
    assert text.count(row) == 2
    assert f"{{{{Steering group/Waiting feedback|count=1|page={FEEDBACK}}}}}" in text
    answer(committee.at("12-02"), "Alpha", "Ada")
    becomes(committee, "taken up")
    committee.at("12-09").run()
    alpha, beta = (committee.text(FRONT_PAGE).split(f"Waiting group|group={name}|")[1] for name in ("Alpha", "Beta"))
    assert "Waiting request" not in alpha.split("Waiting group")[0]
    assert "|until=2026-12-08|overdue=yes|" in beta
    assert "Waiting feedback" not in committee.text(FRONT_PAGE)


def test_by_person(committee: Committee) -> None:
    """Each coordinator sees what their group is to answer, the core team what waits for it."""
    parts = re.split(r"\n== (.*) ==\n", committee.text(WAITING))
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert set(found) == {"Ada", "Abel", "Bo", "Cora"}
    for name in ("Ada", "Abel", "Bo"):
        assert "Waiting request|id=Survey|" in found[name]
        assert "Waiting feedback" not in found[name]
    assert "Waiting feedback|count=1|" in found["Cora"]
    assert "Waiting request" not in found["Cora"]


# --- The follow-up


def test_in_the_follow_up() -> None:
    """Each group is told which requests wait for it, and how it stands with what it sent; ids and links alone."""
    committee = relayed(steering_group={"first_meeting": "2026-12-10T15:00", "follow_up_days": 5})
    answer(committee.at("12-09"), "Beta", "Bo")
    becomes(committee, "taken up")
    committee.at("12-10T14:00").run()
    minutes = "== Decisions ==\n* The budget is adopted.\n"
    committee.at("12-11").save(f"{FRONT_PAGE}/Minutes/2026-12-10", minutes, "Ada")
    committee.at("12-15T15:00").run()
    ours, theirs = (committee.text(title) for title in (TALK, f"Talk:{BETA}"))
    assert f"* [[:{STATUS}/Survey|Survey]] (until 8 December 2026)\n" in ours
    assert f"* [[:{STATUS}/Budget|Budget]] · Taken up\n" in ours
    assert "Survey|Survey]] (until" not in theirs
    assert "Budget|Budget]] ·" not in theirs


def test_without_relays() -> None:
    """Where no relays are passed on, nothing of all this is asked or shown."""
    committee = Committee()
    file(committee.at("12-01T06:00"))
    committee.at("12-01T08:00").run()
    for title in (AGENDA, FRONT_PAGE, WAITING):
        assert "Survey" not in committee.text(title)
