"""Whose words an update's are, by its page's history."""

from __future__ import annotations

import pytest

from strategybot.inquiries.rosters import roster_of
from strategybot.inquiries.updates import late_update_of, update_of
from strategybot.model.page import Title
from strategybot.model.update import State, Update
from tests.committee import ALPHA, Committee, moment, roster, update

PAGE = f"{ALPHA}/Updates/2026-12-10"


def filed(committee: Committee, at: str | None = None) -> Update:
    process = committee.process
    meeting = process.body.meetings.following(moment("12-01"))
    assert meeting
    then = moment(at) if at else None
    found = committee.ask(roster_of(process, process.groups[0], then))
    return committee.ask(update_of(process, found, meeting, then))


def keys(found: Update) -> list[str]:
    return [problem.key for problem in found.problems]


def waits(found: Update) -> list[str]:
    """Whose filings wait."""
    return [problem.words[1] for problem in found.problems if problem.key == "update-waiting"]


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
        (update(progress="We met.\n{|\n| a\n|}"), State.FILED, ["update-table-field"]),
        (update(progress="We met.|so", lang="French"), State.FILED, ["update-cut-field", "update-odd-language"]),
        (update(progress="We met.", meeting="2027-01-14"), State.FILED, ["update-odd-meeting"]),
        (update(progress="We met.") + "\nMore.", State.FILED, ["update-outside-text"]),
        ("See below.\n" + update(), State.MISSING, ["update-blank", "update-outside-text"]),
        (update(progres="We met."), State.MISSING, ["update-blank", "update-odd-field"]),
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
    """Words that may have stood in a stranger's hidden revision wait, and are a coordinator's once more by their name.

    What coordinators hid of their own gives nobody else's words to them.
    """
    hidden = committee.file(ALPHA, "Eve", progress="Libel.")
    committee.file(ALPHA, "Ada", progress="We met.")
    committee.wiki.hide(hidden)
    assert waits(filed(committee)) == ["Eve"]
    committee.file(ALPHA, "Ada", progress="We met.", confirmed_by="Ada")
    assert filed(committee).state is State.FILED
    committee.wiki.hide(committee.file(ALPHA, "Abel", progress="My number is 0."))
    committee.file(ALPHA, "Ada", progress="We met twice.")
    assert filed(committee).fields == {"progress": "We met twice."}


def test_hiding_a_strangers_revision(committee: Committee) -> None:
    """A stranger's words don't become those of a coordinator who edited around them when they are hidden."""
    hidden = committee.file(ALPHA, "Eve", progress="EVIL")
    committee.save(PAGE, update(progress="EVIL") + "\n[[Category:Updates]]", "Ada")
    committee.wiki.hide(hidden)
    assert (filed(committee).state, waits(filed(committee))) == (State.WAITING, ["Eve"])


def test_hidden_between(committee: Committee) -> None:
    """A coordinator's words that stood before something hidden, and stand after it, are theirs."""
    revision = committee.file(ALPHA, "Ada", progress="We met.")
    hidden = committee.file(ALPHA, "Eve", progress="Libel.")
    committee.file(ALPHA, "Frida", progress="We met.")
    committee.wiki.hide(hidden)
    found = filed(committee)
    assert found.source
    assert (found.state, found.source.revid) == (State.FILED, revision)


@pytest.mark.parametrize("vandal", ["Mallory", "Ada"])
@pytest.mark.parametrize("page", [PAGE, f"{ALPHA}/Updates"])
def test_undoing_what_a_vandal_did(committee: Committee, page: str, vandal: str) -> None:
    """A coordinator who only brings the page back to a form that it had makes a stranger's words nobody else's."""
    text = section(progress="EVIL")
    committee.save(page, "Our updates", "Ada")
    committee.save(page, text, "Eve")
    committee.save(page, "haha", vandal)
    committee.save(page, text, "Ada")
    assert (filed(committee).state, waits(filed(committee))) == (State.WAITING, ["Eve"])


@pytest.mark.parametrize("page", [PAGE, f"{ALPHA}/Updates"])
def test_withdrawn_topic_brought_back_beside(committee: Committee, page: str) -> None:
    """A stranger who adds a coordinator's earlier words beside the present ones files them anew, and they wait."""
    old, new = section(progress="P1", needs="WITHDRAWN"), section(progress="P2")
    committee.save(page, old, "Ada")
    committee.save(page, new, "Ada")
    for text in (new + old, old + new):
        committee.save(page, text, "Eve")
        found = filed(committee)
        assert (dict(found.fields), waits(found)) == ({"progress": "P2"}, ["Eve"])
    committee.save(page, old, "Ada")
    committee.save(page, "haha", "Mallory")
    committee.save(page, old, "Eve")
    assert filed(committee).fields == {"progress": "P1", "needs": "WITHDRAWN"}


def test_long_words_in_a_problem(committee: Committee) -> None:
    """Whatever somebody typed as a field's name is short in a problem."""
    committee.save(PAGE, update(progress="y", **{"x" * 5000: "z"}), "Ada")
    (problem,) = filed(committee).problems
    assert len(problem.words[0]) == 200


# --- Sections of the group's page of updates

UPDATES = f"{ALPHA}/Updates"


def section(date: str = "2026-12-10", **fields: str) -> str:
    return f"== {date} ==\n{update(**fields)}\n"


def said(found: Update) -> dict[str, list[tuple[str, str, str]]]:
    """The words by topic, each with its language and who filed it."""
    return {
        topic: [(one.text, one.lang, one.source.user) for one in wordings] for topic, wordings in found.said.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        section(progress="We met."),
        "Our updates\n" + section("2026-11-12", progress="Old.") + section(progress="We met."),
        section(progress="We met.") + section("2027-01-14", progress="To come."),
        section("For the meeting of 10 December 2026", progress="We met."),
        section("2026-12-01, for 2026-12-10", progress="We met."),
        section("News", progress="We met.", meeting="2026-12-10"),
        section("2026-11-12", progress="We met.", meeting="2026-12-10"),
        "== 2026-12-10 ==\n=== Alpha ===\n" + update(progress="We met."),
        update(progress="We met.", meeting=" 2026-12-10 "),
        "{{Box|\n" + update(progress="We met.", meeting="2026-12-10") + "\n}}",
    ],
)
def test_in_a_section(committee: Committee, text: str) -> None:
    """A section of the page of updates is an update for the meeting that its field, or else its heading, names."""
    revision = committee.save(UPDATES, text, "Ada")
    found = filed(committee)
    assert (found.state, dict(found.fields), keys(found)) == (State.FILED, {"progress": "We met."}, [])
    assert found.source
    assert (found.source.page, found.source.revid) == (Title(UPDATES), revision)


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        (section("Next meeting", progress="x"), State.MISSING, [("update-no-meeting",)]),
        (update(progress="x"), State.MISSING, [("update-no-meeting",)]),
        (section("10th of this month", progress="x"), State.MISSING, [("update-no-meeting",)]),
        (section("News", progress="x", meeting="next"), State.MISSING, [("update-odd-meeting", "next")]),
        (section("News", progress="x", meeting="10 Dec"), State.MISSING, [("update-odd-meeting", "10 Dec")]),
        (section(progress="x", meeting="next"), State.FILED, [("update-odd-meeting", "next")]),
        (section(progress="x", meeting="2026-12-09"), State.FILED, [("update-odd-meeting", "2026-12-09")]),
        (section("2026-12-09", progress="x"), State.MISSING, [("update-odd-meeting", "2026-12-09")]),
        (section("9 December 2026", progress="x"), State.MISSING, [("update-odd-meeting", "2026-12-09")]),
        (section("2026-09-01", progress="x"), State.MISSING, []),
        (section("2027-01-14", progress="x"), State.MISSING, []),
        (section("2027-01-13", progress="x"), State.MISSING, [("update-odd-meeting", "2027-01-13")]),
        (section("2199-12-31", progress="x"), State.MISSING, [("update-odd-meeting", "2199-12-31")]),
        (section(), State.MISSING, [("update-blank",)]),
        (section(lang="fr"), State.MISSING, [("update-blank",)]),
        (section("2027-01-14"), State.MISSING, []),
        ("== 2026-12-10 ==\nWe met.\n" + update(), State.MISSING, [("update-blank",), ("update-outside-text",)]),
        (section(progress="x") + "So there.", State.FILED, [("update-outside-text",)]),
        (section(progress="x") + "== Notes ==\nSo there.", State.FILED, []),
        ("We list our updates here.", State.MISSING, []),
        (section(progress="x", needs="{|\n| a\n|}"), State.FILED, [("update-table-field", "topic-needs")]),
        (section(progress="x|y", colour="red"), State.FILED, [("update-cut-field",), ("update-odd-field", "colour")]),
        (section("2027-01-14", progress="x|y", colour="red"), State.MISSING, []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_section(
    committee: Committee, text: str, state: State, expected: list[tuple[str, ...]]
) -> None:
    """Whatever can't be read from a section is a problem of the page; what concerns other meetings is none now."""
    revision = committee.save(UPDATES, text, "Ada")
    found = filed(committee)
    assert (found.state, [(problem.key, *problem.words) for problem in found.problems]) == (state, expected)
    assert all((problem.page, problem.revid) == (Title(UPDATES), revision) for problem in found.problems)


def test_strangers_oddities(committee: Committee) -> None:
    """Nothing is repeated of what a stranger typed."""
    text = section("News", progress="x", meeting="BUY") + section(progress="y", PILLS="x", lang="CHEAP")
    committee.save(UPDATES, text, "Eve")
    assert keys(filed(committee)) == ["update-no-meeting", "update-waiting"]
    assert all("BUY" not in problem.words for problem in filed(committee).problems)


def test_another_section_changes_nothing(committee: Committee) -> None:
    """A section stays its author's whoever edits others beside it."""
    revision = committee.save(UPDATES, section(progress="We met."), "Ada")
    committee.save(UPDATES, "Hi.\n" + section(progress="We met.") + section("2027-01-14", progress="x"), "Eve")
    found = filed(committee)
    assert found.source
    assert (found.state, found.source.user, found.source.revid) == (State.FILED, "Ada", revision)


def test_strangers_section_beside(committee: Committee) -> None:
    """A stranger's section waits by itself, and the coordinator's stands."""
    committee.save(UPDATES, section(progress="We met."), "Ada")
    committee.save(UPDATES, section(progress="Buy this.") + section(progress="We met."), "Eve")
    found = filed(committee)
    assert (found.state, dict(found.fields)) == (State.FILED, {"progress": "We met."})
    assert ([source.user for source in found.waiting], keys(found)) == (["Eve"], ["update-waiting"])


def test_strangers_page_beside(committee: Committee) -> None:
    """Nor does a stranger's page for the meeting shadow a coordinator's section, or the other way round."""
    committee.save(UPDATES, section(progress="We met."), "Ada")
    committee.file(ALPHA, "Eve", progress="Buy this.", needs="Pills")
    assert filed(committee).fields == {"progress": "We met."}
    committee.save(UPDATES, section(progress="Buy this."), "Eve")
    committee.file(ALPHA, "Ada", progress="We met.")
    assert filed(committee).fields == {"progress": "We met."}


def test_stranger_changes_a_field_of_a_section(committee: Committee) -> None:
    """A section of which a stranger changed a field waits, and the coordinator's others stand."""
    committee.save(UPDATES, section(progress="We met.") + section(needs="Visas"), "Ada")
    committee.save(UPDATES, section(progress="We fled.") + section(needs="Visas"), "Eve")
    found = filed(committee)
    assert (found.state, dict(found.fields), keys(found)) == (State.FILED, {"needs": "Visas"}, ["update-waiting"])


def test_stranger_sorts_a_section_elsewhere(committee: Committee) -> None:
    """Words that a stranger puts under another meeting's heading wait there."""
    committee.save(UPDATES, section("2027-01-14", progress="For January."), "Ada")
    committee.save(UPDATES, section(progress="For January."), "Eve")
    found = filed(committee)
    assert (found.state, dict(found.fields)) == (State.WAITING, {})
    committee.save(UPDATES, section("For 2026-12-10", progress="For January.", confirmed_by="Ada"), "Ada")
    assert filed(committee).state is State.FILED


UNDATED = update(progress="EVIL")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (UNDATED, f"== 2026-12-10 ==\n{update(progress='OURS')}\n{UNDATED}"),
        (UNDATED, f"= 2026-12-10 =\n{update(progress='OURS')}\n== x ==\n{UNDATED}"),
        (
            f"== 2027-01-14 ==\n{UNDATED}",
            f"= 2026-12-10 =\n{update(progress='OURS')}\n== x ==\n{UNDATED}",
        ),
        (
            f"== 2027-01-14 ==\n{UNDATED}",
            f"== 2026-12-10 ==\n{update(progress='OURS')}\n== 10 December 2026 ==\n{UNDATED}",
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_date_on_a_strangers_words(committee: Committee, before: str, after: str, first: bool) -> None:
    """A coordinator whose heading gives a date to a stranger's words doesn't file them; their own words beside do."""
    if not first:
        committee.save(UPDATES, "Our updates", "Ada")
    committee.save(UPDATES, before, "Eve")
    committee.save(UPDATES, after, "Ada")
    found = filed(committee)
    assert (dict(found.fields), waits(found)) == ({"progress": "OURS"}, ["Eve"])
    committee.save(UPDATES, after.replace("=EVIL", "=EVIL\n|confirmed by=Ada"), "Ada")
    assert waits(filed(committee)) == []


def test_date_on_a_coordinators_words(committee: Committee) -> None:
    """Words that one coordinator wrote and another puts on the meeting are the first one's."""
    revision = committee.at("12-01").save(UPDATES, update(progress="We met."), "Ada")
    committee.at("12-02").save(UPDATES, section(progress="We met."), "Abel")
    found = filed(committee)
    assert found.source
    assert (found.source.user, found.source.revid, found.source.time) == ("Ada", revision, moment("12-02"))


def test_date_given_too_late(committee: Committee) -> None:
    """Words that are put on a meeting after it began are late, whenever they were written."""
    committee.at("12-01").save(UPDATES, update(progress="We met."), "Ada")
    committee.at("12-12").save(UPDATES, section(progress="We met."), "Abel")
    process = committee.process
    last = process.body.meetings.following(moment("12-01"))
    assert last
    roster = committee.ask(roster_of(process, process.groups[0]))
    late = committee.ask(late_update_of(process, roster, last))
    assert late
    assert late.fields == {"progress": "We met."}


def test_the_same_words_for_two_meetings(committee: Committee) -> None:
    """Who files the same words for another meeting does so then."""
    text = section("2026-11-12", progress="Nothing new.")
    committee.at("11-12").save(UPDATES, text, "Ada")
    revision = committee.at("12-01").save(UPDATES, text + section(progress="Nothing new."), "Abel")
    found = filed(committee)
    assert found.source
    assert (found.source.user, found.source.revid) == ("Abel", revision)


def test_reverted_section(committee: Committee) -> None:
    """A section that returns to its author's words is valid again, however many edits lie between."""
    revision = committee.save(UPDATES, section(progress="We met."), "Ada")
    for number in range(120):
        committee.save(UPDATES, section("2027-01-14", progress=str(number)), "Eve")
    committee.save(UPDATES, section(progress="We met."), "Frida")
    found = filed(committee)
    assert found.source
    assert (found.state, found.source.revid) == (State.FILED, revision)


def test_hidden_section(committee: Committee) -> None:
    """A hidden page of updates is as good as none, and a hidden author is nobody."""
    revision = committee.save(UPDATES, section(progress="We met."), "Ada")
    committee.wiki.hide(revision, text=False, user=True)
    assert filed(committee).state is State.WAITING
    committee.wiki.hide(revision)
    assert filed(committee).state is State.MISSING


def test_redirected_updates(committee: Committee) -> None:
    """A page of updates counts behind a redirect that a coordinator made, not behind a stranger's."""
    committee.save("User:Ada/drafts", section(progress="Not yet."), "Ada")
    committee.save(UPDATES, "#REDIRECT [[User:Ada/drafts]]", "Eve")
    assert (filed(committee).state, keys(filed(committee))) == (State.MISSING, ["redirect"])
    committee.save(UPDATES, "#REDIRECT [[User:Ada/drafts]]\n\nOurs.", "Abel")
    assert filed(committee).fields == {"progress": "Not yet."}


@pytest.mark.parametrize(("here", "there"), [(PAGE, UPDATES), (UPDATES, PAGE)])
def test_redirect_between_the_two(committee: Committee, here: str, there: str) -> None:
    """What stands on one page is counted once, though the other leads to it."""
    committee.save(there, section(progress="We met."), "Ada")
    committee.save(here, f"#REDIRECT [[{there}]]", "Ada")
    found = filed(committee)
    assert (said(found), found.additions, keys(found)) == ({"progress": [("We met.", "en", "Ada")]}, (), [])


# --- Several filings for a meeting


def test_later_filings_change_field_by_field(committee: Committee) -> None:
    """A later filing replaces the fields that it has; the others stay, each with the filing that it comes from."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", needs="Visas")
    committee.at("12-03").save(UPDATES, section(progress="We met twice.", questions="Who?"), "Abel")
    found = filed(committee)
    assert said(found) == {
        "progress": [("We met twice.", "en", "Abel")],
        "needs": [("Visas", "en", "Ada")],
        "questions": [("Who?", "en", "Abel")],
    }
    assert found.source
    assert (found.source.user, [one.source.user for one in found.additions]) == ("Ada", ["Abel"])
    assert (found.additions[0].before, found.additions[0].lang) == (found.source, "")


def test_order_is_that_of_filing(committee: Committee) -> None:
    """What counts is when the words came, not where they stand."""
    committee.at("12-01").save(UPDATES, section(progress="Section."), "Ada")
    committee.at("12-02").file(ALPHA, "Ada", progress="Page.")
    assert filed(committee).fields == {"progress": "Page."}
    committee.at("12-03").save(UPDATES, section(progress="Section.") + section(progress="Above all."), "Ada")
    committee.at("12-04").save(UPDATES, section(progress="Above all.") + section(progress="Section."), "Eve")
    assert filed(committee).fields == {"progress": "Above all."}


def test_several_calls_on_the_page_for_the_meeting(committee: Committee) -> None:
    """Several updates on one page, saved at once: the one below is the later."""
    committee.save(PAGE, update(progress="One.", needs="Visas") + "\n" + update(progress="Two."), "Ada")
    found = filed(committee)
    assert (dict(found.fields), keys(found)) == ({"progress": "Two.", "needs": "Visas"}, [])


def test_a_withdrawn_addition(committee: Committee) -> None:
    """Where the later filing goes, the earlier words stand again; where the earlier goes, the later stay."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", needs="Visas")
    committee.at("12-03").save(UPDATES, section(progress="We met twice."), "Ada")
    committee.at("12-04").save(UPDATES, "", "Ada")
    assert filed(committee).fields == {"progress": "We met.", "needs": "Visas"}
    committee.at("12-05").save(UPDATES, section(progress="We met twice."), "Ada")
    committee.at("12-06").save(PAGE, "", "Ada")
    found = filed(committee)
    assert (said(found), found.additions) == ({"progress": [("We met twice.", "en", "Ada")]}, ())


def test_blank_form_beside_a_section(committee: Committee) -> None:
    """An empty form is nothing to mend where the group filed in a section."""
    committee.save(UPDATES, section(progress="We met."), "Ada")
    committee.file(ALPHA, "Ada", lang="en")
    assert (filed(committee).state, keys(filed(committee))) == (State.FILED, [])


# --- Translations


def test_translations(committee: Committee) -> None:
    """A filing in another language is a translation: the original comes first, and nothing is replaced."""
    committee.at("12-01").file(ALPHA, "Ada", progress="Réunis.", needs="Visas", lang="fr")
    committee.at("12-02").save(UPDATES, section(progress="We met.", lang="en"), "Abel")
    found = filed(committee)
    assert said(found) == {
        "progress": [("Réunis.", "fr", "Ada"), ("We met.", "en", "Abel")],
        "needs": [("Visas", "fr", "Ada")],
    }
    assert (found.lang, [one.lang for one in found.additions]) == ("fr", ["en"])


def test_changes_within_a_language(committee: Committee) -> None:
    """A later filing replaces within its language, be it the original's or a translation's."""
    for day, lang, words in [("01", "fr", "Un."), ("02", "en", "One."), ("03", "fr", "Deux."), ("04", "en", "Two.")]:
        text = committee.text(UPDATES)
        committee.at(f"12-{day}").save(UPDATES, text + "\n" + section(progress=words, lang=lang), "Ada")
    found = filed(committee)
    assert said(found) == {"progress": [("Deux.", "fr", "Ada"), ("Two.", "en", "Ada")]}
    assert [one.lang for one in found.additions] == ["en", "", ""]
    assert found.source
    assert [one.before for one in found.additions] == [
        found.source,
        found.source,
        found.additions[0].source,
    ]


@pytest.mark.parametrize(
    ("first", "second", "langs"),
    [
        ("", "", ["en"]),
        ("fr", "", ["fr"]),
        ("", "fr", ["en", "fr"]),
        ("fr", "FR", ["fr"]),
        ("fr", "français", ["fr"]),
        ("fr", "en", ["fr", "en"]),
        ("pt", "pt-br", ["pt", "pt-br"]),
    ],
)
def test_languages(committee: Committee, first: str, second: str, langs: list[str]) -> None:
    """A filing that names no language is in that of the group's first one, and that in the process's own."""
    committee.at("12-01").file(ALPHA, "Ada", progress="a", lang=first)
    committee.at("12-02").save(UPDATES, section(progress="b", lang=second), "Ada")
    assert [wording.lang for wording in filed(committee).said["progress"]] == langs


def test_translation_alone(committee: Committee) -> None:
    """A topic that was filed in the second language only stands by itself."""
    committee.at("12-01").file(ALPHA, "Ada", progress="Réunis.", lang="fr")
    committee.at("12-02").save(UPDATES, section(needs="Visas", lang="en"), "Ada")
    assert filed(committee).fields == {"progress": "Réunis.", "needs": "Visas"}


def test_strangers_translation(committee: Committee) -> None:
    """A stranger's translation waits, without its text."""
    committee.at("12-01").file(ALPHA, "Ada", progress="Réunis.", lang="fr")
    committee.at("12-02").save(UPDATES, section(progress="Buy this.", lang="en"), "Eve")
    found = filed(committee)
    assert (said(found), [source.user for source in found.waiting]) == (
        {"progress": [("Réunis.", "fr", "Ada")]},
        ["Eve"],
    )


def test_crowd_of_sections(committee: Committee) -> None:
    """However many sections strangers add, a few are told, and the coordinator's stands."""
    crowd = "".join(section(progress=f"Buy {number}.") for number in range(2000))
    committee.save(UPDATES, section(progress="We met."), "Ada")
    committee.save(UPDATES, section(progress="We met.") + crowd, "Eve")
    found = filed(committee)
    assert (dict(found.fields), len(found.waiting)) == ({"progress": "We met."}, 1)
    assert len(found.problems) == 1
