"""Whose words an update's are, by its page's history."""

from __future__ import annotations

from strategybot.inquiries.authority import roster_of
from strategybot.inquiries.updates import update_of
from strategybot.model.page import Title
from strategybot.model.update import State, Update
from tests.committee import ALPHA, Committee, moment, roster, update

PAGE = f"{ALPHA}/Updates/2026-12-10"


def filed(committee: Committee, at: str | None = None) -> Update:
    process = committee.process
    meeting = process.schedule.following(moment("12-01"))
    assert meeting
    then = moment(at) if at else None
    found = committee.ask(roster_of(process, process.groups[0], then))
    return committee.ask(update_of(process, found, meeting, then))


def keys(found: Update) -> list[str]:
    return [problem.key for problem in found.problems]


def test_coordinators_words(committee: Committee) -> None:
    """An update that a coordinator saved is filed, with the revision and the author as its source."""
    revision = committee.file(ALPHA, "Ada", progress="We met.", lang="fr")
    found = filed(committee)
    assert found.state is State.FILED
    assert (found.fields, found.lang) == ({"progress": "We met."}, "fr")
    assert found.source
    assert (found.source.revid, found.source.user, found.source.page) == (revision, "Ada", Title(PAGE))


def test_nothing(committee: Committee) -> None:
    """Where there is no page, nothing is filed and nothing is wrong."""
    assert filed(committee).state is State.MISSING
    assert keys(filed(committee)) == []


def test_strangers_words(committee: Committee) -> None:
    """What a stranger wrote waits, without its text."""
    committee.file(ALPHA, "Eve", progress="Buy this.")
    found = filed(committee)
    assert (found.state, dict(found.fields), keys(found)) == (State.WAITING, {}, ["update-waiting"])
    assert found.source
    assert found.source.user == "Eve"


def test_other_groups_coordinator(committee: Committee) -> None:
    """A coordinator of another group is a stranger here."""
    committee.file(ALPHA, "Bo", progress="Beta was here.")
    assert filed(committee).state is State.WAITING


def test_stranger_changes_words(committee: Committee) -> None:
    """A coordinator's update whose words a stranger changed waits."""
    committee.file(ALPHA, "Ada", progress="We met.")
    committee.file(ALPHA, "Eve", progress="We did not meet.")
    assert filed(committee).state is State.WAITING


def test_stranger_edits_elsewhere(committee: Committee) -> None:
    """The words stay the coordinator's when somebody edits the page around them."""
    revision = committee.file(ALPHA, "Ada", progress="We met.")
    committee.save(PAGE, "{{Draft}}\n" + update(progress="We met."), "Eve")
    found = filed(committee)
    assert found.state is State.FILED
    assert found.source
    assert found.source.revid == revision


def test_words_return(committee: Committee) -> None:
    """Words that return to the form that a coordinator gave them are valid again, whoever reverts."""
    revision = committee.file(ALPHA, "Ada", progress="We met.")
    committee.file(ALPHA, "Eve", progress="We did not meet.")
    committee.file(ALPHA, "Frida", progress="We met.")
    found = filed(committee)
    assert found.state is State.FILED
    assert found.source
    assert (found.source.revid, found.source.user) == (revision, "Ada")


def test_coordinator_edits_elsewhere(committee: Committee) -> None:
    """A coordinator who only edits around a stranger's words doesn't make them theirs."""
    committee.file(ALPHA, "Eve", progress="Buy this.")
    committee.save(PAGE, update(progress="Buy this.") + "\nSee the talk page.", "Ada")
    assert filed(committee).state is State.WAITING


def test_confirmation(committee: Committee) -> None:
    """A coordinator who writes their name into an update makes its words theirs."""
    committee.file(ALPHA, "Eve", progress="We met.")
    revision = committee.file(ALPHA, "Ada", progress="We met.", confirmed_by="Ada")
    found = filed(committee)
    assert (found.state, dict(found.fields)) == (State.FILED, {"progress": "We met."})
    assert found.source
    assert found.source.revid == revision


def test_forged_confirmation(committee: Committee) -> None:
    """A stranger who writes a coordinator's name into the update confirms nothing."""
    committee.file(ALPHA, "Eve", progress="Buy this.", confirmed_by="Ada")
    assert filed(committee).state is State.WAITING


def test_coordinator_at_the_time(committee: Committee) -> None:
    """What somebody filed as a coordinator stays filed when they hand over."""
    committee.at("11-05").file(ALPHA, "Ada", progress="We met.")
    committee.at("11-06").save(ALPHA, roster("Chi"), "Ada")
    assert filed(committee).state is State.FILED


def test_waiting_coordinator(committee: Committee) -> None:
    """Somebody who put their own name on the group's page can't file until it is confirmed, and then can."""
    committee.at("11-05").save(ALPHA, roster("Ada", "Abel", "Eve"), "Eve")
    committee.at("11-06").file(ALPHA, "Eve", progress="We met.")
    assert filed(committee).state is State.WAITING
    committee.at("11-07").save(ALPHA, roster("Ada", "Abel", "Eve") + "!", "Ada")
    assert filed(committee).state is State.FILED


def test_hidden_author(committee: Committee) -> None:
    """Words whose author is hidden are nobody's."""
    committee.wiki.hide(committee.file(ALPHA, "Ada", progress="We met."), text=False, user=True)
    assert filed(committee).state is State.WAITING


def test_hidden_text(committee: Committee) -> None:
    """A hidden update is as good as none."""
    committee.wiki.hide(committee.file(ALPHA, "Ada", progress="We met."))
    assert filed(committee).state is State.MISSING


def test_as_of_a_time(committee: Committee) -> None:
    """The update can be had as it was filed at a moment."""
    committee.at("12-01").file(ALPHA, "Ada", progress="First.")
    committee.at("12-03").file(ALPHA, "Ada", progress="Second.")
    assert filed(committee, "11-30").state is State.MISSING
    assert filed(committee, "12-02").fields == {"progress": "First."}
    assert filed(committee).fields == {"progress": "Second."}


def test_confirmed_too_late(committee: Committee) -> None:
    """A confirmation counts from when it is given."""
    committee.at("12-01").file(ALPHA, "Eve", progress="We met.")
    committee.at("12-03").file(ALPHA, "Ada", progress="We met.", confirmed_by="Ada")
    assert filed(committee, "12-02").state is State.WAITING
    assert filed(committee).state is State.FILED


def test_long_history(committee: Committee) -> None:
    """The revision that introduced the words is found however many edits lie above it."""
    revision = committee.file(ALPHA, "Ada", progress="We met.")
    for number in range(120):
        committee.save(PAGE, update(progress="We met.") + str(number), "Eve")
    found = filed(committee)
    assert found.source
    assert found.source.revid == revision


def test_problems(committee: Committee) -> None:
    """What is wrong with an update is a problem of its page, and what can be read is read."""
    cases = [
        ("Hello.", State.MISSING, ["update-without-template"]),
        (update(progress=" ", lang="en"), State.MISSING, ["update-blank"]),
        (update(progress="We met.", progres="Twice."), State.FILED, ["update-odd-field"]),
        (update(progress="We met.\n{|\n| a\n|}"), State.FILED, ["update-cut-field"]),
        ("", State.MISSING, []),
    ]
    for text, state, expected in cases:
        committee.save(PAGE, text, "Ada")
        found = filed(committee)
        assert (found.state, keys(found)) == (state, expected), text


def test_redirected_by_a_stranger(committee: Committee) -> None:
    """A redirect that a stranger made lends the meeting no words of another page."""
    committee.save("User:Ada/draft", update(progress="Not yet."), "Ada")
    committee.save(PAGE, "#REDIRECT [[User:Ada/draft]]", "Eve")
    found = filed(committee)
    assert (found.state, dict(found.fields), keys(found)) == (State.MISSING, {}, ["redirect"])


def test_redirected_by_a_coordinator(committee: Committee) -> None:
    """A redirect that a coordinator made is followed."""
    committee.save("User:Ada/draft", update(progress="We met."), "Ada")
    committee.save(PAGE, "#REDIRECT [[User:Ada/draft]]", "Abel")
    assert filed(committee).fields == {"progress": "We met."}


def test_strangers_odd_fields(committee: Committee) -> None:
    """What a stranger named a field shows no more than what they wrote in one."""
    committee.save(PAGE, update(progress="y", BUY_MY_PILLS="x"), "Eve")
    assert keys(filed(committee)) == ["update-waiting"]


def test_who_wrote_the_words_is_named(committee: Committee) -> None:
    """Who is named for waiting words is who introduced them, not who edited around them since."""
    revision = committee.file(ALPHA, "Eve", progress="Buy this.")
    committee.save(PAGE, update(progress="Buy this.") + "\n[[Category:Updates]]", "Ada")
    found = filed(committee)
    assert found.source
    assert (found.source.user, found.source.revid) == ("Eve", revision)


def test_words_after_hidden_ones(committee: Committee) -> None:
    """A coordinator's words are theirs though what stood there before is hidden."""
    hidden = committee.file(ALPHA, "Eve", progress="Libel.")
    committee.file(ALPHA, "Ada", progress="We met.")
    committee.wiki.hide(hidden)
    assert filed(committee).state is State.FILED


def test_long_words_in_a_problem(committee: Committee) -> None:
    """Whatever somebody typed as a field's name is short in a problem."""
    committee.save(PAGE, update(progress="y", **{"x" * 5000: "z"}), "Ada")
    (problem,) = filed(committee).problems
    assert len(problem.words[0]) == 200
