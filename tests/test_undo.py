"""Undoing a run: what it did goes where nobody has edited since, and the next run leaves it so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Any

import pytest

from strategybot.installation import install_session
from strategybot.jobs.quotes import forgetting
from strategybot.model.page import Site, Title
from strategybot.model.run import begun, new_run
from strategybot.printing import as_object
from strategybot.reversal import undo_session
from strategybot.session import Report
from strategybot.wiki.port import OperatorError, Remember
from tests.committee import (
    AGENDA,
    ALPHA,
    BETA,
    BOT,
    CONFIGURATION,
    FRONT_PAGE,
    NEXT_AGENDA,
    STATUS,
    Committee,
    moment,
    problems,
    roster,
)
from tests.committee import outcomes as all_outcomes
from tests.jobs.test_call import OTHER_TALK, TALK, calling, sections

WAITING = f"{FRONT_PAGE}/Waiting"
MINUTES, ITEMS = f"{FRONT_PAGE}/Minutes/2026-12-10", f"{FRONT_PAGE}/Action items"
TEMPLATE = Title("Template:Steering group/Member")
JOBS = ("agenda", "front-page", "status")
Change = Callable[[Committee], None]


@pytest.fixture
def committee() -> Committee:
    """A committee whose agenda and front page stand."""
    committee = Committee()
    committee.at("12-01T06:00").file(ALPHA, "Ada", progress="Alpha began. It met.")
    committee.run(*JOBS)
    return committee


def changing(committee: Committee, time: str = "12-02T06:00", progress: str = "Beta began. It met.") -> str:
    """A run that changes the agenda and the front page: its id."""
    committee.at(time).file(BETA, "Bo", progress=progress)
    return committee.run(*JOBS).run


def outcomes(report: Report) -> dict[str, str]:
    """What became of each page but that of what waits, which the front page's job writes along with its own."""
    return {title: outcome for title, outcome in all_outcomes(report).items() if not title.endswith(WAITING)}


def undo(committee: Committee, run: str, operator: str = "Otto", **options: Any) -> Report:
    return undo_session(committee.wiki, run, operator, **options)


def reason(report: Report, title: str = AGENDA) -> str:
    return report.done["undo", Title(title)].outcome.reason


def summary(committee: Committee, title: str = AGENDA) -> str:
    revision = committee.page(title).revision
    assert revision
    return revision.summary or ""


# --- Runs and their ids ---


def test_every_edit_names_its_run(committee: Committee) -> None:
    """The id that a run's report tells stands in all its summaries before the mark, and tells when it began."""
    run = changing(committee)
    assert begun(run) == moment("12-02T06:00")
    for title in (AGENDA, FRONT_PAGE, STATUS):
        assert re.search(rf" · run {run} #[0-9a-f]{{10}}$", summary(committee, title))
    report = committee.at("12-03").run()
    assert report.run != run
    assert undo(committee, run, dry_run=True).run == ""
    assert as_object(report)["run"] == report.run
    assert committee.run(dry_run=True).run == ""


def test_installing_is_a_run(committee: Committee) -> None:
    """What `install` puts on the wiki names its run, too."""
    report = install_session(committee.wiki, {TEMPLATE: "One."})
    assert f" · run {report.run} #" in summary(committee, TEMPLATE.text)


@pytest.mark.parametrize("run", ["", "yesterday", "20261202T0600", "20261302T0600-abcd", "20261202T0600-abcd x"])
def test_no_id(committee: Committee, run: str) -> None:
    """What is no run's id is wrong usage."""
    with pytest.raises(OperatorError, match="is no run's id") as raised:
        undo(committee, run)
    assert raised.value.usage


def test_ids_differ() -> None:
    """Runs of the same minute have different ids."""
    assert len({new_run(moment("12-01")) for _ in range(20)}) == 20


def test_ids_are_in_utc() -> None:
    """A run's id tells in UTC when it began, whatever zone the time was given in."""
    assert begun(new_run(moment("12-01T06:00").astimezone(timezone(timedelta(hours=-9))))) == moment("12-01T06:00")


# --- What is undone ---


def test_untouched_pages(committee: Committee) -> None:
    """Pages that nobody has edited since read as before the run; the report page, which tells what stands, stays."""
    before = {title: committee.text(title) for title in (AGENDA, FRONT_PAGE)}
    run = changing(committee)
    status = committee.text(STATUS)
    report = undo(committee, run)
    assert outcomes(report) == {AGENDA: "saved", FRONT_PAGE: "saved", STATUS: "unchanged"}
    assert {title: forgetting(committee.text(title)) for title in before} == before
    assert (report.exit_status, committee.text(STATUS)) == (0, status)


def test_the_summary_says_who_decided(committee: Committee) -> None:
    """The summary names the operator without a link, and the run; its mark is none of the bot's own text."""
    run = changing(committee)
    undo(committee, run, "User:otto")
    assert summary(committee) == f"[[User:{BOT}/Run/undo|undo]]: Otto had the run {run} undone #undo {run}"


def test_made_pages_are_emptied(committee: Committee) -> None:
    """A page that the run made is emptied, and the report says that an admin can delete it."""
    committee.at("12-10T15:01").run()
    report = committee.at("2027-01-01").run()
    (made,) = [title for title in outcomes(report) if title.endswith("Agenda/2027-01-14")]
    undone = undo(committee, report.run)
    assert committee.page(made).revision
    assert committee.text(made) == ""
    assert f"{made} was made by the run and is empty now; an admin can delete it." in undone.remarks
    assert outcomes(undone)[FRONT_PAGE] == "saved"


def test_an_installation(committee: Committee) -> None:
    """An installation is undone as a run is, and the next one leaves it so."""
    install_session(committee.wiki, {TEMPLATE: "One."})
    report = install_session(committee.wiki, {TEMPLATE: "Two."})
    undo(committee, report.run)
    assert committee.text(TEMPLATE.text) == "One."
    assert outcomes(install_session(committee.wiki, {TEMPLATE: "Two."}))[TEMPLATE.text] == "edited by a person"


def test_an_example_in_a_file(committee: Committee) -> None:
    """What the project's own files give as an example is no source, and doesn't keep an installation from going."""
    files = {TEMPLATE: "{{Steering group/Report|group=Alpha|state=filed|user=NAME|revision=99999|page=PAGE}}"}
    install_session(committee.wiki, files)
    report = install_session(committee.wiki, {TEMPLATE: "Two."})
    assert outcomes(undo(committee, report.run))[TEMPLATE.text] == "saved"
    assert committee.text(TEMPLATE.text) == files[TEMPLATE]


def test_moved_before(committee: Committee) -> None:
    """That a page was moved before the run wrote it, though in the same minute, is no matter."""
    old = Title("Template:Steering group/Old")
    install_session(committee.wiki, {old: "One."})
    committee.now = moment("12-02T06:00") + timedelta(seconds=10)
    committee.wiki.move(old, TEMPLATE, redirect=False)
    committee.now += timedelta(seconds=10)
    report = install_session(committee.wiki, {TEMPLATE: "Two."})
    assert outcomes(undo(committee, report.run))[TEMPLATE.text] == "saved"
    assert committee.text(TEMPLATE.text) == "One."


def test_a_dry_run(committee: Committee) -> None:
    """A dry run shows what would be undone, and writes nothing."""
    run = changing(committee)
    before = committee.wiki.texts()
    report = undo(committee, run, dry_run=True)
    assert outcomes(report)[AGENDA] == "planned"
    assert "\n-" in report.done["undo", Title(AGENDA)].diff
    assert committee.wiki.texts() == before


def test_several_edits_of_one_run(committee: Committee) -> None:
    """Where a run wrote a page twice, both edits are undone."""
    before = committee.text(AGENDA)
    run = changing(committee)
    committee.wiki.edit(Title(AGENDA), "Anything.", BOT, f"x · run {run} #0123456789")
    undo(committee, run)
    assert committee.text(AGENDA) == before


def test_posts() -> None:
    """Posts on talk pages go where nobody has answered yet, what stood there before stays; no run posts them again."""
    committee = calling()
    before = committee.text(TALK)
    run = committee.at("12-04").run("call").run
    committee.save(OTHER_TALK, committee.text(OTHER_TALK) + "\n: Thanks! --~~~~", "Bo")
    report = undo(committee, run)
    assert outcomes(report) == {TALK: "saved", OTHER_TALK: "edited since"}
    assert (committee.text(TALK), sections(committee, OTHER_TALK)) == (before, 1)
    committee.at("12-05").run()
    assert (committee.text(TALK), sections(committee, OTHER_TALK)) == (before, 1)


# --- What is listed ---


def test_edited_since(committee: Committee) -> None:
    """A page that somebody has edited since stays, and the report says who that was and where to look."""
    run = changing(committee)
    newest = committee.page(AGENDA).revision
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine.", "Eve")
    text = committee.text(AGENDA)
    report = undo(committee, run)
    assert newest
    assert (outcomes(report)[AGENDA], outcomes(report)[FRONT_PAGE], report.exit_status) == ("edited since", "saved", 1)
    link = f"[[Special:Diff/{newest.parent}/{newest.id}]]"
    assert reason(report) == f"Eve has edited the page since. What the run changed there: {link}"
    assert committee.text(AGENDA) == text


def test_edited_since_and_reverted(committee: Committee) -> None:
    """Where all that was edited since was undone again, the run is undone."""
    before = committee.text(AGENDA)
    run = changing(committee)
    text = committee.text(AGENDA)
    committee.save(AGENDA, "Nonsense.", "Mallory")
    committee.save(AGENDA, text, "Eve")
    assert outcomes(undo(committee, run))[AGENDA] == "saved"
    assert forgetting(committee.text(AGENDA)) == before


def test_reverted_already(committee: Committee) -> None:
    """Where somebody has reverted the run already, nothing is to be done."""
    before = committee.text(AGENDA)
    run = changing(committee)
    committee.save(AGENDA, before, "Eve")
    assert outcomes(undo(committee, run))[AGENDA] == "unchanged"


def test_blanked_and_hidden(committee: Committee) -> None:
    """Who has blanked the page isn't overruled, where the run's revision is hidden as well."""
    run = changing(committee)
    made = committee.page(AGENDA).revision
    committee.save(AGENDA, "", "Eve")
    assert made
    committee.wiki.hide(made.id)
    assert outcomes(undo(committee, run))[AGENDA] == "edited since"
    assert committee.text(AGENDA) == ""


PARTS: list[dict[str, bool]] = [{"summary": True}, {"user": True}, {"summary": True, "user": True}]


@pytest.mark.parametrize("parts", PARTS, ids=["summary", "name", "both"])
def test_an_edit_that_is_hidden_in_part(committee: Committee, parts: dict[str, bool]) -> None:
    """A page is listed where an edit since then is hidden in part, so that it may be the run's."""
    run = changing(committee)
    made = committee.page(AGENDA).revision
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine.", "Eve")
    assert made
    committee.wiki.hide(made.id, text=False, **parts)
    report = undo(committee, run)
    assert outcomes(report) == {AGENDA: "hidden", FRONT_PAGE: "saved", STATUS: "unchanged"}
    assert reason(report).endswith("it may belong to the run.")


def test_the_only_edit_is_hidden_in_part() -> None:
    """Where nothing but such an edit is to be seen, that is listed instead of nothing being said."""
    committee = calling(groups=["Alpha"])
    run = committee.at("12-04").run("call").run
    made = committee.page(TALK).revision
    committee.save(TALK, committee.text(TALK) + "\n: Thanks!", "Bo")
    assert made
    committee.wiki.hide(made.id, text=False, summary=True)
    assert outcomes(undo(committee, run)) == {TALK: "hidden"}


def test_one_of_two_edits_is_hidden_in_part(committee: Committee) -> None:
    """Where one of the run's edits may be hidden in part, what stood before the others isn't put back."""
    made = committee.wiki.edit(Title(AGENDA), committee.text(AGENDA) + "\nOne.", BOT, "x")
    run = changing(committee, "12-01T06:00")
    committee.wiki.hide(made, text=False, summary=True)
    assert outcomes(undo(committee, run))[AGENDA] == "hidden"
    assert "Beta began." in committee.text(AGENDA)


def test_deleted_pages() -> None:
    """A talk page that a group names is the bot's as well when it is deleted; a configuration or a stop page isn't."""
    committee = calling()
    named = roster("Ada").replace("|members=", "|talk page=Project talk:Alphas|members=")
    committee.save(ALPHA, named, "Cora")
    committee.save(BETA, roster("Bo").replace("|members=", "|talk page=Somewhere|members="), "Cora")
    committee.save("Somewhere", "One.", "Bo")
    run = committee.at("12-04").run("call").run
    committee.at("12-05")
    for title in ("Project talk:Alphas", TALK, "Somewhere", CONFIGURATION.text, f"User:{BOT}/Run/call"):
        committee.wiki.delete(title)
    committee.configure(committee.configuration)
    missing = {"Project talk:Alphas": "page missing", TALK: "page missing"}
    assert outcomes(undo(committee, run)) == {**missing, OTHER_TALK: "saved"}


def test_deleted_before_the_trial(committee: Committee) -> None:
    """Pages that were deleted since are listed, too, where the process has been put on trial meanwhile."""
    run = changing(committee)
    install_session(committee.wiki, {TEMPLATE: "One."})
    committee.at("12-03").configure({**committee.configuration, "trial": True})
    committee.wiki.delete(AGENDA)
    assert outcomes(undo(committee, run))[AGENDA] == "page missing"
    committee.wiki.edit("Other", "One.", BOT, f"x · run {run} #0123456789")
    committee.wiki.delete(FRONT_PAGE)
    assert outcomes(undo(committee, run))[FRONT_PAGE] == "page missing"


def test_the_report_page_is_passed_over(committee: Committee) -> None:
    """The report page isn't listed, be an edit of it hidden in part: the next run makes it anew."""
    run = changing(committee)
    made = committee.page(STATUS).revision
    committee.save(STATUS, "Mine.", "Eve")
    assert made
    committee.wiki.hide(made.id, text=False, summary=True)
    assert set(outcomes(undo(committee, run))) == {AGENDA, FRONT_PAGE}


def test_gone_on_after_it_was_undone(committee: Committee) -> None:
    """A page that the run has written again after it was undone isn't taken for undone."""
    run = changing(committee)
    undo(committee, run)
    committee.wiki.edit(Title(AGENDA), committee.text(AGENDA) + "\nMore.", BOT, f"x · run {run} #0123456789")
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine.", "Eve")
    assert outcomes(undo(committee, run))[AGENDA] == "edited since"


def test_all_pages_were_deleted(committee: Committee) -> None:
    """Where all pages of a run were deleted nothing shows that there was one."""
    run = changing(committee)
    for title in (AGENDA, FRONT_PAGE, WAITING, STATUS):
        committee.at("12-03").wiki.delete(title)
    with pytest.raises(OperatorError, match="all its pages were deleted"):
        undo(committee, run)


def test_edited_in_between(committee: Committee) -> None:
    """A page that others have edited between the run's own edits stays: what was before the run isn't theirs alone."""
    run = changing(committee)
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine.", "Eve")
    committee.wiki.edit(Title(AGENDA), committee.text(AGENDA) + "\nMore.", BOT, f"x · run {run} #0123456789")
    report = undo(committee, run)
    assert reason(report).startswith("Others have edited the page between the run's own edits.")
    assert "Mine." in committee.text(AGENDA)


def test_a_later_run(committee: Committee) -> None:
    """A page that a later run has changed stays until that one is undone."""
    before = committee.text(AGENDA)
    first = changing(committee)
    second = changing(committee, "12-03T06:00", "Beta began anew.")
    assert reason(undo(committee, first)).startswith(f"The run {second} has changed the page since: undo that one fir")
    undo(committee, second)
    assert "Beta began. It met." in committee.text(AGENDA)
    undo(committee, first)
    assert forgetting(committee.text(AGENDA)) == before


HINDRANCES: list[tuple[str, Change, str, str]] = [
    ("moved", lambda on: on.wiki.move(AGENDA, "Elsewhere"), "moved away", "Elsewhere"),
    ("moved, no redirect", lambda on: on.wiki.move(AGENDA, "Elsewhere", redirect=False), "moved away", "Elsewhere"),
    ("deleted", lambda on: on.wiki.delete(AGENDA), "page missing", AGENDA),
    ("protected", lambda on: on.wiki.protect(AGENDA), "protected", AGENDA),
    ("a redirect", lambda on: on.save(AGENDA, f"#REDIRECT [[{ALPHA}]]", "Eve") and None, "redirect", AGENDA),
]


@pytest.mark.parametrize(
    ("change", "outcome", "title"), [case[1:] for case in HINDRANCES], ids=[c[0] for c in HINDRANCES]
)
def test_pages_that_are_not_as_they_were(committee: Committee, change: Change, outcome: str, title: str) -> None:
    """Pages that were moved, deleted or protected since are listed, and all others undone."""
    run = changing(committee)
    change(committee.at("12-02T07:00"))
    texts = committee.wiki.texts()
    report = undo(committee, run)
    assert (outcomes(report)[title], outcomes(report)[FRONT_PAGE], report.exit_status) == (outcome, "saved", 1)
    kept = {place: text for place, text in texts.items() if place.text not in (FRONT_PAGE, WAITING)}
    assert kept.items() <= committee.wiki.texts().items()
    assert reason(report, title)


def test_hidden_before(committee: Committee) -> None:
    """Where the text from before the run is hidden by now, it isn't put back."""
    before = committee.page(AGENDA).revision
    run = changing(committee)
    assert before
    committee.wiki.hide(before.id)
    assert outcomes(undo(committee, run))[AGENDA] == "hidden"


def test_hidden_at_its_source(committee: Committee) -> None:
    """What is hidden at its source by now isn't shown again, though it stood there before the run."""
    source = committee.file(ALPHA, "Ada", progress="My number is five.")
    committee.at("12-02").run()
    committee.at("12-03").file(ALPHA, "Ada", progress="Alpha began.")
    run = committee.run().run
    committee.wiki.hide(source)
    report = undo(committee, run)
    assert outcomes(report)[AGENDA] == "hidden"
    assert "five" not in committee.text(AGENDA)


def test_a_diff_shows_nothing_hidden(committee: Committee) -> None:
    """What the run shows that is hidden at its source by now goes from the page without being shown in a diff."""
    source = committee.at("12-02").file(BETA, "Bo", progress="My number is five.")
    run = committee.run().run
    committee.file(BETA, "Bo", progress="Beta began.")
    committee.wiki.hide(source)
    done = undo(committee, run).done["undo", Title(AGENDA)]
    assert (done.outcome.kind.label, "not shown" in done.diff, "five" in done.diff) == ("saved", True, False)


def withdrawing(committee: Committee, closed: bool, **fields: str) -> str:
    """A run that takes from the agenda what Bo has withdrawn: its id. `fields` are what is left of the update."""
    committee.at("12-02").file(BETA, "Bo", progress="Beta began.", needs="My number is five.")
    committee.run()
    if closed:
        committee.at("12-10T15:01").run()
    committee.at("12-11" if closed else "12-03").file(BETA, "Bo", **fields)
    run = committee.run().run
    assert "five" not in committee.text(AGENDA)
    return run


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("fields", [{}, {"progress": ""}, {"progress": "Beta began."}])
def test_withdrawn(committee: Committee, closed: bool, fields: dict[str, str]) -> None:
    """What somebody has withdrawn isn't shown again: an update, or a topic of it, from an open agenda or a closed."""
    report = undo(committee, withdrawing(committee, closed, **fields))
    assert (outcomes(report)[AGENDA], report.exit_status) == ("hidden", 1)
    assert reason(report).startswith("The text from before the run shows what was withdrawn where it was filed.")
    committee.at("12-20").run()
    assert "five" not in committee.text(AGENDA)


def test_withdrawn_elsewhere(committee: Committee) -> None:
    """What was withdrawn on a page that had been moved away isn't shown again either."""
    committee.at("12-02").file(BETA, "Bo", progress="My number is five.")
    committee.run()
    committee.at("12-03").wiki.move(f"{BETA}/Updates/2026-12-10", "Elsewhere", redirect=False)
    run = committee.run().run
    committee.save("Elsewhere", "", "Bo")
    assert outcomes(undo(committee, run))[AGENDA] == "hidden"
    assert "five" not in committee.text(AGENDA)


def test_reworded(committee: Committee) -> None:
    """What somebody has put in other words isn't withdrawn: the agenda has the earlier words again."""
    changing(committee)
    run = changing(committee, "12-03T06:00", "Beta began anew.")
    assert outcomes(undo(committee, run))[AGENDA] == "saved"
    assert "Beta began. It met." in committee.text(AGENDA)


def test_withdrawn_but_shown(committee: Committee) -> None:
    """What the page shows anyway doesn't keep the run from being undone."""
    run = changing(committee)
    committee.save(f"{ALPHA}/Updates/2026-12-10", "", "Ada")
    assert outcomes(undo(committee, run))[AGENDA] == "saved"
    assert "Beta began." not in committee.text(AGENDA)


def test_an_entry_that_left_its_minutes(committee: Committee) -> None:
    """A decision or an action item that was taken out of its minutes doesn't come back by an undo, on whatever page."""
    committee.at("12-10T17:00").save(MINUTES, "== Action items ==\n* Action: [[User:Bo]] to send the list\n", "Ada")
    committee.run()
    committee.at("2027-01-07").run()
    assert "send the list" in committee.text(NEXT_AGENDA)
    committee.save(MINUTES, "== Action items ==\n* Action: [[User:Bo]] to book a room\n", "Ada")
    run = committee.at("2027-01-08").run().run
    report = undo(committee.at("2027-01-08T01:00"), run)
    for title in (NEXT_AGENDA, ITEMS, WAITING):
        assert "withdrawn" in reason(report, title)
        assert "send the list" not in committee.text(title)


def test_a_change_of_an_entry(committee: Committee) -> None:
    """What a run took into a register is out of it again, and the next run leaves it so."""
    committee.at("12-10T17:00").save(MINUTES, "== Action items ==\n* Action: [[User:Bo]] to send the list\n", "Ada")
    committee.run("registers")
    slip = "{{Steering group/Change|A1|status=done}}"
    committee.at("12-11").save(ITEMS, f"{committee.text(ITEMS)}\n{slip}", "Bo")
    run = committee.run("registers").run
    assert "|status=done\n" in committee.text(ITEMS)
    undo(committee.at("12-11T01:00"), run)
    for hour in (2, 3):
        committee.at(f"12-11T0{hour}:00").run("registers")
        assert "|status=open\n" in committee.text(ITEMS)
        assert slip not in committee.text(ITEMS)


def test_another_prefix(committee: Committee) -> None:
    """What is hidden or withdrawn is recognised, too, where the templates had another prefix then."""
    run = withdrawing(committee, closed=False, progress="Beta began.")
    committee.configure({**committee.configuration, "template_prefix": "Committee/", "topics": ["progress"]})
    assert reason(undo(committee, run)).startswith("The text from before the run shows what was withdrawn")
    source = committee.page(f"{BETA}/Updates/2026-12-10").revision
    assert source
    committee.wiki.hide(source.parent)
    assert reason(undo(committee, run)).startswith("The text from before the run shows what is hidden")
    assert "five" not in committee.text(AGENDA)


def test_restored_under_another_prefix(committee: Committee) -> None:
    """Where nothing was withdrawn the earlier text is put back, with the names that its templates had."""
    changing(committee)
    run = changing(committee, "12-03T06:00", "Beta began anew.")
    committee.configure({**committee.configuration, "template_prefix": "Committee/"})
    assert outcomes(undo(committee, run))[AGENDA] == "saved"
    assert "{{Steering group/Report|" in committee.text(AGENDA)


def test_without_a_configuration(committee: Committee) -> None:
    """Where no process is configured any more no text is put back; what the run made itself is emptied."""
    made = Committee()
    first = made.at("12-01T06:00").run().run
    run = changing(committee)
    for on in (committee, made):
        on.wiki.delete(CONFIGURATION)
    report = undo(committee, run, "Admin")
    assert outcomes(report) == {AGENDA: "hidden", FRONT_PAGE: "hidden", STATUS: "unchanged"}
    assert reason(report).startswith("No configuration says whose pages these are")
    assert outcomes(undo(made, first, "Admin"))[AGENDA] == "saved"


def left(committee: Committee) -> None:
    """Cora takes Jane from the roster, and the revision that had her there is hidden."""
    committee.save(ALPHA, roster("Ada", "Abel"), "Cora")


NAMES: list[tuple[str, Change]] = [
    ("renamed", lambda on: on.wiki.rename("Jane", "Joan")),
    ("vanished", lambda on: on.wiki.rename("Jane", "Vanished user 7")),
    ("removed", left),
]


@pytest.mark.parametrize("change", [case[1] for case in NAMES], ids=[case[0] for case in NAMES])
def test_names_that_have_gone(committee: Committee, change: Change) -> None:
    """A name that has left the rosters, or is no account's any more, isn't shown again."""
    committee.wiki.add_account("Jane")
    source = committee.at("12-02").save(ALPHA, roster("Ada", "Abel", "Jane"), "Cora")
    committee.run()
    assert "Jane" in committee.text(AGENDA)
    change(committee.at("12-03"))
    run = committee.run().run
    committee.wiki.hide(source)
    report = undo(committee, run)
    assert (outcomes(report)[AGENDA], outcomes(report)[FRONT_PAGE]) == ("hidden", "hidden")
    assert reason(report).startswith("The text from before the run names somebody")
    assert "Jane" not in committee.text(AGENDA) + committee.text(FRONT_PAGE)


def test_an_author_who_was_renamed(committee: Committee) -> None:
    """Who filed something isn't shown under an earlier name again."""
    committee.wiki.add_account("Dina", ("sysop",))
    committee.at("12-02").file(BETA, "Dina", progress="Beta began.")
    committee.run()
    committee.at("12-03").file(BETA, "Bo", progress="Beta began anew.")
    run = committee.run().run
    assert outcomes(undo(committee, run, dry_run=True))[AGENDA] == "planned"
    committee.wiki.rename("Ada", "Adele")  # who stands on the page as it is
    assert outcomes(undo(committee, run, dry_run=True))[AGENDA] == "planned"
    committee.wiki.rename("Dina", "Nora")
    assert outcomes(undo(committee, run))[AGENDA] == "hidden"


def test_names_that_stand(committee: Committee) -> None:
    """Names that stand on a roster again, or wait there, are no hindrance."""
    committee.at("12-02").save(ALPHA, roster("Ada"), "Cora")
    run = committee.run().run
    assert "Abel" not in committee.text(AGENDA)
    committee.at("12-03").save(ALPHA, roster("Ada", "Abel"), "Mallory")
    assert outcomes(undo(committee, run))[AGENDA] == "saved"
    assert "Abel" in committee.text(AGENDA)


@pytest.mark.parametrize("trial", [False, True])
def test_on_trial(trial: bool) -> None:
    """A trial's run is undone, and so is one from before the trial, which is when that is wanted most."""
    committee = Committee(trial=trial)
    report = committee.at("12-01").run()
    committee.configure({**committee.configuration, "trial": True})
    done = undo(committee, report.run)
    (agenda,) = [title for title in outcomes(report) if title.endswith(AGENDA)]
    assert (agenda == AGENDA, outcomes(done)[agenda], committee.text(agenda)) == (not trial, "saved", "")


def test_letters() -> None:
    """The report says where letters went out since, which can't be taken back, however the clocks differ."""
    committee = Committee(contact="User:Otto")
    committee.wiki.add_account("Otto", emailable=True)
    committee.wiki.add_account(BOT, ("bot",), emailable=True)
    source = committee.at("12-02").file(BETA, "Bo", progress="My number is five.")
    committee.run()
    committee.at("12-03").file(BETA, "Bo", progress="Beta began.")
    run = committee.run().run
    committee.at("12-04").wiki.act(
        Remember((("userjs-strategybot-1b2c3d4e-90ab12cd", "sent 2020-12-02 5e6f70819203"),))
    )
    assert undo(committee, run, dry_run=True).remarks == []
    committee.wiki.hide(source)
    committee.run()
    assert len(committee.wiki.mails()) == 1
    (remark,) = undo(committee, run, dry_run=True).remarks
    assert remark == "Letters have been sent since the run began. Those that were its own can't be taken back."


def test_a_run_that_is_going_on(committee: Committee) -> None:
    """The report says that a run which began a moment ago may still be going on."""
    run = changing(committee)
    (remark,) = undo(committee, run, dry_run=True).remarks
    assert remark == "The run may still be going on: if it is, undo it again when it has ended."
    assert undo(committee.at("12-02T07:00"), run, dry_run=True).remarks == []


def test_undone_while_it_was_going_on(committee: Committee) -> None:
    """What a run does after it was undone is undone by undoing it again."""
    committee.at("12-02T06:00").file(BETA, "Bo", progress="Beta began.")
    seen: list[str] = []

    def undo_it(_: object) -> None:
        run = re.search(r"run (\S+) #", summary(committee))
        if run and not seen:
            seen.append(run[1])
            assert outcomes(undo(committee, run[1])) == {AGENDA: "saved"}

    report = committee.run(*JOBS, tell=undo_it)
    assert seen == [report.run]
    assert outcomes(undo(committee, report.run)) == {AGENDA: "unchanged", FRONT_PAGE: "saved", STATUS: "unchanged"}
    assert "Beta began." not in committee.text(AGENDA)


def test_all_kinds_of_pages(committee: Committee) -> None:
    """A run's calendar, minutes page, archive and the agenda of a working group go as the others do."""
    meets = {"first_meeting": "2026-12-08T16:00", "repeat": "FREQ=WEEKLY"}
    groups = [{"name": "Alpha", "meetings": meets}, "Beta"]
    committee.at("12-02").configure({**committee.configuration, "groups": groups})
    run = committee.at("12-08T15:00").run().run
    kinds = ("Agenda/2026-12-08", "Minutes/2026-12-08", "Minutes", "Calendar")
    assert all(committee.text(f"{ALPHA}/{kind}") for kind in kinds)
    committee.wiki.delete(f"{ALPHA}/Calendar")
    found = outcomes(undo(committee, run))
    assert [found[f"{ALPHA}/{kind}"] for kind in kinds] == ["saved", "saved", "saved", "page missing"]
    assert not any(committee.text(f"{ALPHA}/{kind}") for kind in kinds)


# --- Who may, and what stops it ---


@pytest.mark.parametrize("operator", ["Otto", "User:otto", "Admin"])
def test_who_may(committee: Committee, operator: str) -> None:
    """The operators that the configuration names may, and the wiki's admins."""
    assert outcomes(undo(committee, changing(committee), operator))[AGENDA] == "saved"


@pytest.mark.parametrize("operator", ["Cora", "Ada", "Nobody", BOT, "", "Blocked"])
def test_who_may_not(committee: Committee, operator: str) -> None:
    """Nobody else may: that is wrong usage, and changes nothing."""
    committee.wiki.add_account("Blocked", ("sysop",))
    committee.wiki.block("Blocked")
    run = changing(committee)
    before = committee.wiki.texts()
    with pytest.raises(OperatorError, match="may not have a run undone") as raised:
        undo(committee, run, operator)
    assert (raised.value.usage, committee.wiki.texts()) == (True, before)


def test_a_blocked_operator(committee: Committee) -> None:
    """An operator who is blocked may not either."""
    run = changing(committee)
    committee.wiki.block("Otto")
    with pytest.raises(OperatorError, match="that account is blocked"):
        undo(committee, run)


def test_a_broken_configuration(committee: Committee) -> None:
    """Where a configuration can't be used nothing is undone, by an admin either: what is hidden can't be told then."""
    run = changing(committee)
    committee.configure("[]")
    before = committee.wiki.texts()
    report = undo(committee, run, "Admin")
    assert (report.exit_status, len(report.faults), committee.wiki.texts()) == (2, 1, before)


@pytest.mark.parametrize(
    ("page", "text", "outcome"),
    [
        ("Run", "no", "stop page"),
        ("Run", None, "stop page"),
        ("Run/undo", "no", "stop page"),
        ("Run/undo", "yes", "saved"),
        ("Run/agenda", "no", "saved"),
    ],
)
def test_stop_pages(committee: Committee, page: str, text: str | None, outcome: str) -> None:
    """What stops the bot stops undoing as well; its own stop page may be missing, the bot's may not."""
    run = changing(committee)
    if text is None:
        committee.wiki.delete(f"User:{BOT}/{page}")
    else:
        committee.save(f"User:{BOT}/{page}", text, "Admin")
    report = undo(committee, run)
    assert outcomes(report)[AGENDA] == outcome
    assert report.exit_status == int(outcome != "saved")


def test_stopped_meanwhile(committee: Committee) -> None:
    """Deleting the bot's stop page stops an undoing that is going on."""
    run = changing(committee)

    def delete(_: Site) -> bool:
        if committee.text(f"User:{BOT}/Run"):
            committee.wiki.delete(f"User:{BOT}/Run")
        return True

    report = undo(committee, run, pause=delete)
    assert (outcomes(report)[AGENDA], outcomes(report)[FRONT_PAGE]) == ("stop page", "stop page")


def test_blocked(committee: Committee) -> None:
    """A blocked account undoes nothing and says so."""
    run = changing(committee)
    committee.wiki.block(BOT)
    with pytest.raises(OperatorError, match="is blocked"):
        undo(committee, run)


def test_told_to_end(committee: Committee) -> None:
    """Where the bot is told to end, what was to come isn't tried."""
    run = changing(committee)
    report = undo(committee, run, pause=lambda _: False)
    assert outcomes(report)[AGENDA] == "not tried"


@pytest.mark.parametrize("run", ["20261202T0600-zzzz", "20270101T0600-zzzz"])
def test_another_run(committee: Committee, run: str) -> None:
    """A run that nothing shows is wrong usage, whenever it is said to have been."""
    changing(committee)
    with pytest.raises(OperatorError, match=f"No edit of the run {run} is to be seen") as raised:
        undo(committee, run)
    assert raised.value.usage


def test_a_run_that_did_nothing(committee: Committee) -> None:
    """Of a run that changed nothing there is nothing to undo, and the sentence says what that may mean."""
    run = committee.run(*JOBS).run
    with pytest.raises(OperatorError, match="It did nothing"):
        undo(committee, run)


def test_a_name_in_a_summary_is_not_enough(committee: Committee) -> None:
    """Somebody else's edit is theirs, whatever its summary says; nor does the name of a run within ours count."""
    run = changing(committee)
    committee.wiki.edit("Other", "One.", "Mallory", f"x · run {run} #0123456789")
    committee.wiki.edit("Another", "One.", BOT, f"x · run {run} #0123456789 · run 20261202T0600-zzzz #0123456789")
    assert {"Other", "Another"}.isdisjoint(outcomes(undo(committee, run)))


# --- What comes after ---


def test_twice(committee: Committee) -> None:
    """Undoing a run a second time does nothing, also where the bot has gone on since."""
    run = changing(committee)
    undo(committee, run)
    before = committee.wiki.texts()
    report = undo(committee, run)
    assert (set(outcomes(report).values()), report.exit_status) == ({"unchanged"}, 0)
    assert committee.wiki.texts() == before
    committee.at("12-04").file(ALPHA, "Ada", progress="Alpha began. It met twice.")
    committee.run()
    before = committee.wiki.texts()
    assert set(outcomes(undo(committee, run)).values()) == {"unchanged"}
    assert committee.wiki.texts() == before


def test_restored_since(committee: Committee) -> None:
    """Where somebody has restored since what the run had made, that is listed, and the rest stays undone."""
    run = changing(committee)
    made = committee.text(AGENDA)
    undo(committee, run)
    committee.save(AGENDA, made, "Mallory")
    report = undo(committee, run)
    assert outcomes(report) == {AGENDA: "edited since", FRONT_PAGE: "unchanged", STATUS: "unchanged"}
    assert reason(report).startswith("Mallory has restored it since the run was undone.")
    assert committee.text(AGENDA) == made


@pytest.mark.parametrize("parts", [{}, {"summary": True}, {"summary": True, "user": True}], ids=["seen", "why", "who"])
def test_what_was_emptied_and_hidden(parts: dict[str, bool]) -> None:
    """A page that was emptied isn't filled again when the run's revision is hidden, be the undo's summary, too."""
    committee = Committee()
    committee.at("12-01T06:00").file(ALPHA, "Ada", progress="Alpha began.")
    report = committee.run(*JOBS)
    pages = {title: committee.page(title).revision for title in (AGENDA, FRONT_PAGE, WAITING)}
    installed = install_session(committee.wiki, {TEMPLATE: "One."})
    pages[TEMPLATE.text] = committee.page(TEMPLATE.text).revision
    for run in (report.run, installed.run):
        undo(committee, run)
    for title, made in pages.items():
        emptied = committee.page(title).revision
        assert made
        assert emptied
        committee.wiki.hide(made.id)
        committee.wiki.hide(emptied.id, text=False, **parts)
    report = committee.at("12-02").run(*JOBS)
    install_session(committee.wiki, {TEMPLATE: "One."})
    assert [committee.text(title) for title in pages] == ["", "", "", ""]
    assert problems(report) == [("page-blanked", title) for title in (AGENDA, FRONT_PAGE, WAITING)]


def test_an_undo_whose_summary_is_hidden(committee: Committee) -> None:
    """An undo stays a person's decision when its summary is hidden, and the page was edited since."""
    run = changing(committee)
    undo(committee, run)
    undone = committee.page(AGENDA).revision
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine.", "Eve")
    assert undone
    committee.wiki.hide(undone.id, text=False, summary=True)
    committee.at("12-03").file(ALPHA, "Ada", progress="Alpha began. It met twice.")
    committee.run()
    text = committee.text(AGENDA)
    assert ("Beta began." in text, "It met twice." in text, "Mine." in text) == (False, True, True)


def test_an_emptying_whose_summary_is_hidden() -> None:
    """So does one that has emptied a page on which somebody has written since."""
    committee = Committee()
    committee.at("12-01T06:00").file(ALPHA, "Ada", progress="Alpha began.")
    undo(committee, committee.run().run)
    undone = committee.page(AGENDA).revision
    committee.save(AGENDA, "Mine.", "Eve")
    assert undone
    committee.wiki.hide(undone.id, text=False, summary=True)
    committee.at("12-02").run()
    assert committee.text(AGENDA) == "Mine."


def test_the_next_run_leaves_it(committee: Committee) -> None:
    """What was undone stays so, run after run, and gives nobody anything to mend."""
    run = changing(committee)
    undo(committee, run)
    undone = {title: committee.text(title) for title in (AGENDA, FRONT_PAGE)}
    for day in ("12-02T08:00", "12-03T08:00"):
        report = committee.at(day).run()
        assert {title: committee.text(title) for title in undone} == undone
        assert (problems(report), report.exit_status) == ([], 0)


def test_what_comes_later_still_comes(committee: Committee) -> None:
    """A later change of another group's update comes through; what was undone stays undone."""
    undo(committee, changing(committee))
    committee.at("12-04").file(ALPHA, "Ada", progress="Alpha began. It met twice.", questions="Who is next?")
    committee.run()
    assert "It met twice." in committee.text(AGENDA)
    assert "Who is next?" in committee.text(AGENDA)
    assert "Beta began." not in committee.text(AGENDA)


def test_an_emptied_page_stays_empty(committee: Committee) -> None:
    """A page that was emptied isn't filled again, and the status page says how it can be."""
    committee = Committee()
    committee.at("12-01T06:00").file(ALPHA, "Ada", progress="Alpha began.")
    undo(committee, committee.run().run)
    assert (committee.text(AGENDA), committee.text(FRONT_PAGE)) == ("", "")
    committee.at("12-02").file(BETA, "Bo", progress="Beta began.")
    report = committee.run()
    assert (committee.text(AGENDA), committee.text(FRONT_PAGE)) == ("", "")
    assert ("page-blanked", AGENDA) in problems(report)


def test_an_undoing_can_be_undone(committee: Committee) -> None:
    """Who restores in the page's history what the run had made hands the page back to the bot."""
    run = changing(committee)
    made = committee.text(AGENDA)
    undo(committee, run)
    committee.save(AGENDA, made, "Otto")
    committee.at("12-04").file(BETA, "Bo", progress="Beta began. It met twice.")
    committee.run()
    assert "It met twice." in committee.text(AGENDA)


def test_what_people_had_changed_before(committee: Committee) -> None:
    """What people had changed before the run stands afterwards, now and after the next run."""
    committee.save(AGENDA, committee.text(AGENDA).replace("It met.", "It met once."), "Eve")
    run = changing(committee)
    undo(committee, run)
    committee.at("12-04").file(ALPHA, "Ada", progress="Alpha began. It met.", questions="Who is next?")
    committee.run()
    assert "It met once." in committee.text(AGENDA)
    assert "Who is next?" in committee.text(AGENDA)


def test_a_closing(committee: Committee) -> None:
    """Where the closing of an agenda was undone, the agenda stays as it was before, and later ones are closed."""
    run = changing(committee, "12-10T15:01")
    before = forgetting(committee.text(AGENDA))
    undo(committee, run)
    undone = committee.text(AGENDA)
    assert before != forgetting(undone)
    committee.at("12-11").file(ALPHA, "Ada", progress="Alpha began. It met twice.")
    committee.run()
    assert committee.text(AGENDA) == undone
    committee.at("2027-01-01").run()
    assert "It met twice." in committee.text(NEXT_AGENDA)


def test_somebody_edits_meanwhile(committee: Committee) -> None:
    """Where somebody edits the same words just before the page is saved, that is listed as a conflict."""
    run = changing(committee)

    def edit(_: Site) -> bool:
        committee.save(AGENDA, committee.text(AGENDA).replace("Beta began.", "Beta did begin."), "Eve")
        return True

    report = undo(committee, run, pause=edit)
    assert outcomes(report)[AGENDA] == "edit conflict"
    assert "Beta did begin." in committee.text(AGENDA)


def test_what_was_quoted_is_remembered(committee: Committee) -> None:
    """What the run had quoted is remembered: when it is hidden later, the contact learns where it still stands."""
    committee = Committee(contact="User:Otto")
    committee.wiki.add_account("Otto", emailable=True)
    committee.wiki.add_account(BOT, ("bot",), emailable=True)
    committee.at("12-01T06:00").run()
    source = committee.at("12-02T06:00").file(BETA, "Bo", progress="My number is five.")
    report = committee.run()
    made = committee.page(AGENDA).revision
    undo(committee, report.run)
    committee.at("12-03").file(BETA, "Bo", progress="Beta began.")
    committee.wiki.hide(source)
    committee.run()
    (mail,) = committee.wiki.mails()
    assert made
    assert f"Special:PermanentLink/{made.id}" in mail.text
