"""Feedback: what stands on its page, who may say what became of it, and who is told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from strategybot.session import Report
from strategybot.writing.texts import codes
from tests.committee import ALPHA, BETA, BOT, STATUS, Committee, outcomes, problems
from tests.relay_hands import RELAYS, relay

FEEDBACK = f"{RELAYS}/Feedback"
BUDGET = f"{RELAYS}/Budget"
TALK, OTHER_TALK = f"Talk:{ALPHA}", f"Talk:{BETA}"


def sent(text: str = "It is '''too''' small.", **configuration: Any) -> Committee:
    """A committee in which Alpha has sent something to the core team, which the bot has shown."""
    committee = Committee(**{"relays": {}, **configuration})
    for title in (TALK, OTHER_TALK):
        committee.save(title, "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    committee.at("12-01T06:00").save(BUDGET, budget(text), "Ada")
    for time in ("06:30", "07:10"):
        committee.at(f"12-01T{time}").run()
    return committee


def budget(text: str, **fields: str) -> str:
    return relay("Alpha", "core team", kind="feedback", subject="The budget", text=text, lang="en", **fields)


@pytest.fixture
def committee() -> Committee:
    return sent()


def says(committee: Committee, user: str, state: str, name: str = "Budget", **fields: str) -> int:
    """Somebody presses a button on the feedback page, and saves."""
    given = "".join(f"|{field}={value}" for field, value in ({"note": "", "lang": ""} | fields).items())
    slip = f"{{{{Steering group/Feedback outcome|{name}|state={state}{given}}}}}"
    return committee.save(FEEDBACK, f"{committee.text(FEEDBACK)}\n\n{slip}", user)


def asked_and_answered(committee: Committee) -> int:
    """The core team asks for something, and Beta answers. Returns the revision of the answer."""
    request = relay(kind="request", subject="Survey", text="Fill it in.", reply_by="2026-12-08")
    committee.at("12-02T06:00").save(f"{RELAYS}/Survey", request, "Cora")
    for time in ("06:30", "07:10"):
        committee.at(f"12-02T{time}").run()
    answer = "{{Steering group/Answer|relay=Survey|group=Beta|text=We have done so.}}"
    revision = committee.at("12-02T08:00").save(RELAYS, answer, "Bo")
    committee.at("12-02T09:00").run()
    return revision


def state(committee: Committee, name: str = "Budget") -> str:
    """What the page says has become of something."""
    found = re.search(rf"Feedback state\|id={name}\|state=([a-z-]+)", committee.text(FEEDBACK))
    return found[1] if found else ""


def rows(committee: Committee) -> list[str]:
    """What the page has taken in, without the revisions' numbers."""
    return re.findall(r"Feedback outcome\|id=(.*?)\|revision=\d+(?=.*\}\})", committee.text(FEEDBACK))


def told(report: Report) -> dict[str, str]:
    """What became of each post to a group, by the page it went to."""
    made = report.posts.items()
    return {one.outcome.title.text: one.outcome.kind.label for (job, _), one in made if job == "feedback"}


# --- What stands there


def test_in_its_own_words(committee: Committee) -> None:
    """What a group sends stands under its name in its own words, marked with their language, and with its source."""
    part = committee.text(FEEDBACK).split("\n== Alpha ==\n")[1]
    revision = committee.page(BUDGET).revision
    assert revision
    assert "|id=Budget|subject=The budget|lang=en|kind=feedback|" in part
    assert '<div lang="en" dir="ltr" class="mw-content-ltr" ' in part
    assert "\nIt is '''too''' small.\n" in part
    assert f"|user=Ada|time=2026-12-01T06:00Z|revision={revision.id}|page={BUDGET}}}}}" in part
    assert f"|id=Budget|state=open|page={FEEDBACK}}}}}" in part
    assert "== Beta ==" not in committee.text(FEEDBACK)


def test_nothing_new(committee: Committee) -> None:
    """A run in which nothing has changed writes nothing, nor does one in which something was taken in before."""
    assert outcomes(committee.at("12-01T09:00").run("feedback"))[FEEDBACK] == "unchanged"
    says(committee, "Cora", "taken up")
    assert outcomes(committee.at("12-01T09:30").run("feedback"))[FEEDBACK] == "saved"
    report = committee.at("12-01T10:00").run("feedback")
    assert (outcomes(report)[FEEDBACK], told(report)) == ("unchanged", {TALK: "unchanged"})


def test_not_before_it_goes_out() -> None:
    """What is still shown for a while before it goes out isn't on the page yet, nor what somebody wrote who may not."""
    committee = Committee(relays={})
    committee.at("12-01T06:00").save(BUDGET, budget("It is small."), "Ada")
    committee.save(f"{RELAYS}/Forged", budget("Send money."), "Mallory")
    committee.at("12-01T06:30").run("relays", "feedback")
    assert "small" not in committee.text(FEEDBACK)
    committee.at("12-01T07:10").run("relays", "feedback")
    assert "small" in committee.text(FEEDBACK)
    assert "money" not in committee.text(FEEDBACK)


@pytest.mark.parametrize("how", ["withdrawn", "emptied", "deleted", "hidden"])
def test_withdrawn(committee: Committee, how: str) -> None:
    """Words that their group withdraws, or that are hidden, leave the page at the next run, and their outcome too."""
    says(committee.at("12-01T08:00"), "Cora", "declined", note="It is too small anyway.")
    committee.at("12-01T09:00").run()
    assert "too small anyway" in committee.text(FEEDBACK)
    if how == "withdrawn":
        committee.at("12-02").save(BUDGET, budget("It is '''too''' small.", status="withdrawn"), "Abel")
    elif how == "emptied":
        committee.at("12-02").save(BUDGET, "Never mind.", "Ada")
    elif how == "deleted":
        committee.at("12-02").wiki.delete(BUDGET)
    else:
        revision = committee.page(BUDGET).revision
        assert revision
        committee.at("12-02").save(BUDGET, f"{committee.text(BUDGET)}\n", "Bo")
        committee.wiki.hide(revision.id, text=True)
    committee.at("12-02T01:00").run()
    assert "small" not in committee.text(FEEDBACK)
    assert "== Alpha ==" not in committee.text(FEEDBACK)


@pytest.mark.parametrize("how", ["emptied", "deleted"])
@pytest.mark.parametrize("meanwhile", [(), ("12-03T01:00", "12-03T02:00")])
def test_withdrawn_with_answers(committee: Committee, how: str, meanwhile: tuple[str, ...]) -> None:
    """What is withdrawn leaves the page with what was answered to it, also where it couldn't be written at the time."""
    says(committee.at("12-01T08:00"), "Cora", "declined", note="It is too small anyway.")
    asked_and_answered(committee)
    assert "Feedback answer" in committee.text(FEEDBACK)
    for name, user in (("Budget", "Ada"), ("Survey", "Cora")):
        if how == "emptied":
            committee.at("12-03").save(f"{RELAYS}/{name}", "Never mind.", user)
        else:
            committee.at("12-03").wiki.delete(f"{RELAYS}/{name}")
    for time in meanwhile:
        committee.at(time).run("relays")
    report = committee.at("12-03T03:00").run()
    assert (state(committee), rows(committee), problems(report)) == ("", [], [])
    assert "Feedback answer" not in committee.text(FEEDBACK)
    assert "small" not in committee.text(FEEDBACK)


@pytest.mark.parametrize("text", ["", "#REDIRECT [[Elsewhere]]", "changed", "from nobody"])
def test_a_stranger_hides_nothing(committee: Committee, text: str) -> None:
    """What is on the page stays there in the words that counted last, whatever others make of its relay's page."""
    changed = {"changed": budget("Send money."), "from nobody": committee.text(BUDGET).replace("Alpha", "Nobody")}
    committee.at("12-02").save(BUDGET, changed.get(text, text), "Mallory")
    says(committee, "Cora", "taken up")
    assert told(committee.at("12-02T01:00").run()) == {TALK: "saved"}
    assert "It is '''too''' small." in committee.text(FEEDBACK)
    assert "money" not in committee.text(FEEDBACK)
    assert state(committee) == "taken-up"


def test_long_over(committee: Committee) -> None:
    """What is long over stands there until the year ends, and then in a line without its words; so does its outcome."""
    says(committee.at("12-01T08:00"), "Cora", "answered")
    for time in ("12-01T09:00", "12-31T12:00", "12-31T13:00", "12-31T14:00"):
        committee.at(time).run()
    assert "'''too''' small" in committee.text(FEEDBACK)
    assert state(committee) == "answered"
    for time in ("2027-01-01T06:00", "2027-02-10"):
        report = committee.at(time).run()
        assert "small" not in committee.text(FEEDBACK)
        assert "<li>{{Steering group/Feedback past|id=Budget|state=answered|kind=feedback|" in committee.text(FEEDBACK)
        assert problems(report) == []
    assert outcomes(committee.at("2027-03-10").run("feedback"))[FEEDBACK] == "unchanged"


def test_waiting_for_long(committee: Committee) -> None:
    """What nobody has answered keeps waiting, however long ago its relay was closed, and can be answered still."""
    for time in ("2027-01-10", "2027-01-11", "2027-03-02"):
        committee.at(time).run()
    assert "'''too''' small" in committee.text(FEEDBACK)
    assert state(committee) == "open"
    says(committee, "Cora", "answered")
    assert told(committee.at("2027-03-03").run()) == {TALK: "saved"}
    assert "|id=Budget|state=answered|" in committee.text(FEEDBACK)


def test_answers_of_groups(committee: Committee) -> None:
    """Answers to requests stand under their group, as links alone."""
    revision = asked_and_answered(committee)
    part = committee.text(FEEDBACK).split("\n== Beta ==\n")[1]
    row = f"|id=Survey|page={RELAYS}/Status/Survey|group=Beta|user=Bo|time=2026-12-02T08:00:00Z|where={RELAYS}|"
    assert f"<li>{{{{Steering group/Feedback answer{row}change={revision}}}}}</li>" in part
    assert "We have done so" not in committee.text(FEEDBACK)
    for time in ("2027-01-20", "2027-01-21"):  # the request is closed, and nothing of it is asked any more
        committee.at(time).run()
    assert "Feedback answer" not in committee.text(FEEDBACK)


@pytest.mark.parametrize("code", codes())
def test_in_every_language(code: str) -> None:
    """A group is told in the process's language, and the words by which an outcome is typed are of that, too."""
    committee = sent(languages=[code])
    word = {"ar": "رُفض", "de": "abgelehnt", "en": "declined", "es": "rechazado", "fr": "refusé"}[code]
    says(committee, "Cora", word)
    assert told(committee.at("12-01T09:00").run()) == {TALK: "saved"}
    assert state(committee) == "declined"
    assert f'<div lang="{code}"' in committee.text(TALK)
    assert "$" not in committee.text(TALK)


# --- What became of it


@pytest.mark.parametrize(
    ("user", "word", "becomes"),
    [
        ("Cora", "taken up", "taken-up"),
        ("Cora", "Answered.", "answered"),
        ("Cora", "open", "open"),
        ("Cora", "eaten", "open"),
        ("Ada", "taken up", "open"),
        ("Admin", "taken up", "open"),
        ("Mallory", "taken up", "open"),
    ],
)
def test_who_may(committee: Committee, user: str, word: str, becomes: str) -> None:
    """The core team says what became of something; what others say waits, and is told."""
    revision = says(committee.at("12-01T08:00"), user, word)
    report = committee.at("12-01T09:00").run()
    assert state(committee) == becomes
    assert bool(told(report)) is (becomes != "open")
    assert [key for key, page in problems(report) if page == FEEDBACK] == (
        ["feedback-odd-state"] if word == "eaten" else ["feedback-waiting"] if user != "Cora" else []
    )
    assert f"|user={user}|time=2026-12-01T08:00:00Z|revision={revision}" in committee.text(FEEDBACK)


def test_two_taps(committee: Committee) -> None:
    """What somebody enters leaves the page's end for its list, with who did it, and is shown with its note."""
    says(committee.at("12-01T08:00"), "Cora", "taken up", note="In May. [[Budget]]", lang="en")
    committee.at("12-01T09:00").run()
    text = committee.text(FEEDBACK)
    assert text.endswith("</div>")
    row = "Budget|state=taken up|note=In May. [[Budget]]|lang=en|user=Cora|time=2026-12-01T08:00:00Z"
    assert rows(committee) == [row]
    assert "|state=taken-up|note=In May. [[Budget]]|lang=en|user=Cora|time=2026-12-01T08:00Z|" in text


def test_the_latest_counts(committee: Committee) -> None:
    """Of several outcomes the latest counts; each is told once, however often it is entered."""
    posted = []
    for day, word in enumerate(("taken up", "answered", "answered", "taken up", "open"), start=2):
        says(committee.at(f"12-0{day}"), "Cora", word)
        posted.append(told(committee.at(f"12-0{day}T01:00").run()))
        assert state(committee) == word.replace(" ", "-")
    assert posted == [{TALK: "saved"}, {TALK: "saved"}, {TALK: "unchanged"}, {TALK: "unchanged"}, {}]
    assert committee.text(TALK).count("What became of “Budget”") == 2


def test_what_the_post_says(committee: Committee) -> None:
    """The post quotes nothing and nobody: it says what became of which relay, with links."""
    says(committee.at("12-01T08:00"), "Cora", "declined", note="There is no money.")
    committee.at("12-01T09:00").run()
    post = committee.text(TALK).partition("== What became of “Budget” ==\n")[2]
    assert "The core team has declined what your group sent as “Budget”." in post
    assert f"[[:{FEEDBACK}|the feedback page]]" in post
    assert f"[[:{RELAYS}/Status/Budget|a page of its own]]" in post
    assert "<!-- post: feedback Budget declined Committee | " in post
    assert "money" not in post
    assert "Cora" not in post


def test_taken_back(committee: Committee) -> None:
    """Who may takes an outcome away; what others take away stays."""
    says(committee.at("12-01T08:00"), "Cora", "answered")
    committee.at("12-01T09:00").run()
    before = committee.text(FEEDBACK)
    without = re.sub(r"\{\{Steering group/Feedback outcome\|.*\}\}\n", "", before)
    committee.at("12-01T10:00").save(FEEDBACK, without, "Mallory")
    committee.at("12-01T11:00").run()
    assert (state(committee), len(rows(committee))) == ("answered", 1)
    committee.at("12-01T12:00").save(FEEDBACK, without, "Cora")
    committee.at("12-01T13:00").run()
    assert (state(committee), rows(committee)) == ("open", [])


def test_restoring_brings_nothing(committee: Committee) -> None:
    """Somebody of the core team who undoes vandalism doesn't stand for what a stranger had entered before."""
    says(committee.at("12-01T08:00"), "Mallory", "answered")
    forged = committee.text(FEEDBACK)
    committee.at("12-01T08:10").save(FEEDBACK, "Blanked!", "Chi")
    committee.at("12-01T08:20").save(FEEDBACK, forged, "Cora")
    report = committee.at("12-01T09:00").run()
    assert (state(committee), told(report)) == ("open", {})
    says(committee.at("12-01T10:00"), "Cora", "answered")
    assert told(committee.at("12-01T11:00").run()) == {TALK: "saved"}
    assert (state(committee), len(rows(committee))) == ("answered", 1)


def test_changed_by_a_stranger(committee: Committee) -> None:
    """A row that somebody changes who may not counts as it was, and the change waits beside it."""
    says(committee.at("12-01T08:00"), "Cora", "answered", note="Yes.")
    committee.at("12-01T09:00").run()
    committee.at("12-01T10:00").save(FEEDBACK, committee.text(FEEDBACK).replace("note=Yes.", "note=No."), "Mallory")
    report = committee.at("12-01T11:00").run()
    assert "|state=answered|note=Yes.|" in committee.text(FEEDBACK)
    assert "note=No." in committee.text(FEEDBACK).split("<!-- slot:outcomes -->")[1]
    assert "|waiting=yes}}" in committee.text(FEEDBACK)
    assert ("feedback-waiting", FEEDBACK) in problems(report)


def test_rows_that_somebody_types(committee: Committee) -> None:
    """A row in the list with all that the bot writes there, and the core team's name, is still a stranger's."""
    row = "{{Steering group/Feedback outcome|id=Budget|state=declined|user=Cora|time=2026-12-01T07:30:00Z|revision=1}}"
    mark = "<!-- slot:outcomes -->"
    committee.at("12-01T08:00").save(FEEDBACK, committee.text(FEEDBACK).replace(mark, f"{mark}\n{row}"), "Mallory")
    for time in ("12-01T09:00", "12-01T10:00"):
        assert told(committee.at(time).run()) == {}
        assert state(committee) == "open"
    assert "|user=Mallory|" in committee.text(FEEDBACK)


def test_many_entries_of_a_stranger(committee: Committee) -> None:
    """What others enter is kept as far as it is about something, and not without end; a few of them are told."""
    slips = [f"{{{{Steering group/Feedback outcome|Budget|state=answered|note={number}}}}}" for number in range(80)]
    slips += [f"{{{{Steering group/Feedback outcome|Other{number}|state=answered}}}}" for number in range(80)]
    committee.at("12-01T08:00").save(FEEDBACK, "\n".join([committee.text(FEEDBACK), *slips]), "Mallory")
    report = committee.at("12-01T09:00").run()
    assert {key for key, _ in problems(report)} == {"feedback-waiting"}
    assert len(rows(committee)) == 50
    assert "Other" not in committee.text(FEEDBACK)
    says(committee.at("12-01T10:00"), "Cora", "taken up")
    committee.at("12-01T11:00").run()
    assert state(committee) == "taken-up"


def test_hidden_notes(committee: Committee) -> None:
    """An outcome whose revision is hidden leaves the page with its note."""
    revision = says(committee.at("12-01T08:00"), "Cora", "declined", note="A secret.")
    committee.at("12-01T09:00").run()
    committee.wiki.hide(revision, text=True)
    committee.at("12-01T10:00").run()
    assert "secret" not in committee.text(FEEDBACK)
    assert state(committee) == "open"


def test_without_marks(committee: Committee) -> None:
    """Where somebody took away the marks of the list, the page is left as it is, and nothing of it is lost."""
    says(committee.at("12-01T08:00"), "Cora", "declined")
    committee.at("12-01T09:00").run()
    before = committee.text(FEEDBACK)
    committee.at("12-01T10:00").save(FEEDBACK, before.replace("<!-- slot:outcomes -->", ""), "Bo")
    report = committee.at("12-01T11:00").run()
    assert FEEDBACK not in outcomes(report)
    assert ("register-unmarked", FEEDBACK) in problems(report)
    committee.at("12-01T12:00").save(FEEDBACK, before, "Bo")
    committee.at("12-01T13:00").run()
    assert state(committee) == "declined"


def test_what_people_write(committee: Committee) -> None:
    """Words that people add to the page stay, in the list and elsewhere."""
    mark = "<!-- slot:outcomes -->"
    text = committee.text(FEEDBACK).replace(mark, f"{mark}\nIn the list.") + "\n\nAt the end."
    committee.at("12-01T08:00").save(FEEDBACK, text, "Chi")
    says(committee.at("12-01T08:10"), "Cora", "declined")
    for time in ("12-01T09:00", "12-01T10:00"):
        committee.at(time).run()
        assert "\nIn the list.\n<!-- /slot:outcomes -->" in committee.text(FEEDBACK)
        assert committee.text(FEEDBACK).endswith("At the end.")
        assert state(committee) == "declined"


def test_an_unknown_name(committee: Committee) -> None:
    """An outcome of something that nobody has sent is told on the page, and to whoever mends things."""
    says(committee.at("12-01T08:00"), "Cora", "declined", "Budged")
    report = committee.at("12-01T09:00").run()
    assert ("feedback-no-such", FEEDBACK) in problems(report)
    assert "Calendar problem|feedback-no-such|Budged|revision=" in committee.text(FEEDBACK)
    assert "|feedback-no-such|" in committee.text(STATUS) or "key=feedback-no-such" in committee.text(STATUS)


# --- What it costs


def cost_after(outcomes_entered: int) -> tuple[int, dict[str, int]]:
    """The rounds and requests of a run long after, in which nothing is new."""
    committee = sent()
    for hour in range(10, 10 + outcomes_entered):
        says(committee.at(f"12-01T{hour}:00"), "Cora", "taken up" if hour % 2 else "declined")
        committee.at(f"12-01T{hour}:30").run("feedback")
    committee.at("2027-01-20").run()
    report = committee.at("2027-01-21").run("feedback")
    return report.rounds, dict(report.requests)


def test_what_it_costs() -> None:
    """However many outcomes were entered, a run in which nothing is new asks no more than after one."""
    assert cost_after(1) == cost_after(10)


def test_nothing_is_configured() -> None:
    """Without relays nothing is asked, and there is no page."""
    committee = Committee()
    committee.wiki.delete(f"User:{BOT}/Run/agenda")
    report = committee.at("12-01").run("feedback")
    assert FEEDBACK not in outcomes(report)
    assert not committee.page(FEEDBACK).exists
