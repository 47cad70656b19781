"""The call for updates: when it comes, where it goes, what it says, and what keeps it away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from strategybot.printing import as_object
from strategybot.session import Report
from strategybot.wiki.port import Kind
from strategybot.writing.texts import codes
from tests.committee import ALPHA, BETA, BOT, CONFIGURATION, STATUS, Committee, problems, roster

TALK, OTHER_TALK = f"Talk:{ALPHA}", f"Talk:{BETA}"
FIRST_MEETING = "2026-12-10T15:00"
BODY = {"first_meeting": FIRST_MEETING, "call_for_updates": 7}


def calling(**configuration: Any) -> Committee:
    """A committee that is called a week before its meetings; the groups' talk pages are long there."""
    committee = Committee(**{"steering_group": BODY, **configuration})
    for title in (TALK, OTHER_TALK):
        committee.save(title, "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    return committee


@pytest.fixture
def committee() -> Committee:
    return calling()


def posts(report: Report) -> dict[str, str]:
    """What became of each call, by the page it went to."""
    return {one.outcome.title.text: one.outcome.kind.label for (job, _), one in report.posts.items() if job == "call"}


def sections(committee: Committee, title: str = TALK) -> int:
    """How many calls stand on a page."""
    return committee.text(title).count("<!-- post: call ")


# --- When


@pytest.mark.parametrize(
    ("time", "count"),
    [
        ("12-03T14:59", 0),
        ("12-03T15:00", 1),
        ("12-10T14:59", 1),
        ("12-10T15:00", 0),
        ("12-20T12:00", 0),
        ("2027-01-07T14:59", 0),
        ("2027-01-07T15:00", 1),
    ],
)
def test_when(committee: Committee, time: str, count: int) -> None:
    """The call comes so many days before the meeting, and no more once that has started."""
    report = committee.at(time).run()
    assert len(posts(report)) == 2 * count
    assert [sections(committee, title) for title in (TALK, OTHER_TALK)] == [count, count]


def test_each_meeting_has_its_own(committee: Committee) -> None:
    """A group is called once for each meeting, however often the bot runs."""
    for time in ("12-03T15:00", "12-04", "12-10T14:00", "12-30", "2027-01-08", "2027-01-09"):
        committee.at(time).run()
        committee.run()
    assert re.findall(r"== Update for the meeting on (.*) ==", committee.text(TALK)) == [
        "10 December 2026",
        "14 January 2027",
    ]


def test_nothing_is_configured() -> None:
    """Without a number of days there is no call, no stop page is needed, and nothing is asked for it."""
    committee = calling(steering_group={"first_meeting": FIRST_MEETING})
    committee.wiki.delete(f"User:{BOT}/Run/call")
    report = committee.at("12-09").run()
    assert (report.posts, report.exit_status, report.problems) == ({}, 0, [])
    with_calls = calling().at("12-01").run()
    assert with_calls.requests == committee_without_calls().requests


def committee_without_calls() -> Report:
    """A run at the same time of a committee that isn't called."""
    return calling(steering_group={"first_meeting": FIRST_MEETING}).at("12-01").run()


def test_what_it_costs(committee: Committee) -> None:
    """A run in which nothing is due costs one round at most more, and one that has posted before no request more."""
    plain = calling(steering_group={"first_meeting": FIRST_MEETING})
    for other in (committee, plain):
        other.at("12-03").run()
    report, without = committee.at("12-05").run(), plain.at("12-05").run()
    assert len(report.posts) == 2
    assert report.rounds <= without.rounds + 1
    report, without = committee.at("12-06").run(), plain.at("12-06").run()
    assert (report.rounds, report.requests) == (without.rounds, without.requests)


@pytest.mark.parametrize("days", [3, 14, 28])
def test_another_number_of_days(committee: Committee, days: int) -> None:
    """Whatever the number is changed to, nobody is called twice."""
    committee.at("12-03T16:00").run()
    committee.configure({**committee.configuration, "steering_group": {**BODY, "call_for_updates": days}})
    for time in ("12-03T17:00", "12-08", "12-10T14:00"):
        committee.at(time).run()
    assert sections(committee) == 1


def test_another_hour_and_name(committee: Committee) -> None:
    """A meeting that is moved to another hour and a process that is renamed are the same ones still."""
    committee.at("12-03T16:00").run()
    body = {**BODY, "first_meeting": "2026-12-10T19:30", "name": "Council"}
    committee.configure({**committee.configuration, "name": "Another name", "steering_group": body})
    committee.at("12-08").run()
    assert sections(committee) == 1


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_a_meeting_that_moves_over_midnight(zone: str) -> None:
    """Where another hour or zone gives the same meeting another date, nobody is called twice, and that is told."""
    body = {**BODY, "first_meeting": "2026-12-10T23:30"}
    committee = calling(groups=["Alpha"], steering_group=body)
    committee.at("12-04").run()
    later = {**body, "first_meeting": "2026-12-11T00:30", "repeat": "FREQ=MONTHLY;BYDAY=2FR", "timezone": zone}
    committee.configure({**committee.configuration, "steering_group": later})
    report = committee.at("12-05").run()
    assert (posts(report), problems(report)) == ({TALK: "may have been posted before"}, [("post-near", TALK)])
    assert sections(committee) == 1


def test_meetings_day_after_day() -> None:
    """Meetings on two days in a row have a call each."""
    committee = calling(groups=["Alpha"], steering_group={**BODY, "repeat": "FREQ=WEEKLY;BYDAY=TH,FR"})
    for time in ("12-09", "12-10T16:00", "12-11T16:00"):
        assert posts(committee.at(time).run()) == {TALK: "saved"}
    assert sections(committee) == 3


def test_as_early_as_can_be() -> None:
    """A call that was made as early as the configuration allows is found, be the zone changed from end to end since."""
    body = {"first_meeting": "2026-12-10T00:00", "timezone": "Pacific/Kiritimati", "call_for_updates": 28}
    committee = calling(groups=["Alpha"], steering_group=body)
    committee.at("2026-11-11T10:05").run()
    body |= {"first_meeting": "2026-12-10T23:59", "timezone": "Etc/GMT+12"}
    committee.configure({**committee.configuration, "steering_group": body})
    assert posts(committee.at("2026-11-15").run()) == {TALK: "unchanged"}
    assert sections(committee) == 1


def test_a_group_that_comes_later(committee: Committee) -> None:
    """A group that is added after the call gets it as well, the others don't."""
    committee.at("12-04").run()
    committee.save("Committee/Working Groups/Gamma", roster("Chi"), "Cora")
    committee.configure({**committee.configuration, "groups": ["Alpha", "Beta", "Gamma"]})
    report = committee.at("12-05").run()
    new = "Talk:Committee/Working Groups/Gamma"
    assert posts(report) == {TALK: "unchanged", OTHER_TALK: "unchanged", new: "saved"}


# --- What it says


def test_what_stands_there(committee: Committee) -> None:
    """The call is a section of its own at the page's end, signed, with its key behind the signature."""
    committee.at("12-04").run()
    key = f"call 2026-12-10 Committee | {TALK}"
    before, heading, section = committee.text(TALK).partition("\n\n== Update for the meeting on 10 December 2026 ==\n")
    assert before.startswith("== Hello ==\nWelcome!")
    assert heading
    assert "on 10 December 2026 at 15:00 UTC" in section
    assert f"{{{{Steering group/File update|page={ALPHA}/Updates/2026-12-10|meeting=2026-12-10}}}}" in section
    assert section.endswith(
        "</div>\n[[User:StrategyBot|StrategyBot]] ([[User talk:StrategyBot|talk]]) 00:00, 4 December 2026 (UTC)\n"
        f"<!-- post: {key} -->"
    )
    assert not re.search(r"\[\[User:(?!StrategyBot)", section)
    revision = committee.page(TALK).revision
    assert revision
    assert re.fullmatch(
        r"\[\[User:StrategyBot/Run/call\|call\]\]: call for updates .*"
        rf" · run \d+T\d+-\w+ #post {re.escape(key)}",
        revision.summary or "",
    )


@pytest.mark.parametrize("code", codes())
def test_in_the_language_of_the_process(code: str) -> None:
    """The call is in the process's first language, and marked with it."""
    committee = calling(languages=[code])
    committee.at("12-04").run()
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<div lang="{code}" dir="{direction}" class="mw-content-{direction}">' in committee.text(TALK)
    assert "$" not in committee.text(TALK)


def test_names_that_act() -> None:
    """Whatever a group is called does nothing on its talk page."""
    name = "~~~~ [[User:Mallory]] {{subst:nobots}} <nowiki> == x == [[Category:Opted-out of message delivery]]"
    committee = calling(groups=[{"name": name, "page": ALPHA}])
    committee.at("12-04").run()
    text = committee.text(TALK)
    section = text.partition("== Update")[2]
    assert (section.count("(UTC)"), section.count("[[User:")) == (1, 1)  # the bot's own signature
    assert not re.search(r"\{\{subst|<nowiki>|\[\[Category", section)
    assert set(posts(committee.run()).values()) == {"unchanged"}


def test_on_a_new_page() -> None:
    """Where a group has no talk page yet, the call begins it."""
    committee = calling()
    committee.wiki.store(TALK, [])
    committee.at("12-04").run()
    assert committee.text(TALK).startswith("== Update for the meeting on 10 December 2026 ==\n")


def test_plan_shows_it(committee: Committee) -> None:
    """A dry run shows the section that would be added, and adds nothing."""
    report = committee.at("12-04").run(dry_run=True)
    assert posts(report) == {TALK: "planned", OTHER_TALK: "planned"}
    diff = next(one.diff for one in report.posts.values())
    assert diff.startswith(
        f"--- {TALK} (now)\n+++ {TALK} (then)\n+\n+\n+== Update for the meeting on 10 December 2026 =="
    )
    assert sections(committee) == 0


def test_report(committee: Committee) -> None:
    """What became of the posts is among the outcomes that `--json` prints."""
    told = as_object(committee.at("12-04").run())["outcomes"]
    (post,) = [one for one in told if one["title"] == TALK]
    revision = committee.page(TALK).revision
    assert revision
    assert post == {"title": TALK, "outcome": "saved", "revid": revision.id, "reason": ""}


# --- Where it goes


def test_one_page_for_all() -> None:
    """Many groups that are written to on one page are all called in one run, one below the other."""
    groups = [f"Group {number}" for number in range(9)]
    committee = calling(groups=groups)
    for group in groups:
        page = roster("Ada").replace("|members=", "|talk page=Talk:Committee|members=")
        committee.save(f"Committee/Working Groups/{group}", page, "Cora")
    report = committee.at("12-04").run()
    assert ([one.outcome.kind for one in report.posts.values()], report.exit_status) == ([Kind.SAVED] * 9, 0)
    text = committee.text("Talk:Committee")
    assert [f"Until then {group} can" in text for group in groups] == [True] * 9
    assert text.count(" -->\n\n== Update for") == 8
    assert {one.outcome.kind for one in committee.run().posts.values()} == {Kind.UNCHANGED}


def test_the_page_that_a_group_names(committee: Committee) -> None:
    """A group that says on its page where it wants to be written to is written to there, and not again elsewhere."""
    page = roster("Ada").replace("|members=", "|talk page=Project talk:Alphas|members=")
    committee.save(ALPHA, page, "Cora")
    assert "Project talk:Alphas" in posts(committee.at("12-04").run())
    committee.save(ALPHA, roster("Ada"), "Cora")
    committee.at("12-05").run()
    assert (sections(committee), sections(committee, "Project talk:Alphas")) == (0, 1)


@pytest.mark.parametrize(
    ("named", "user", "told"),
    [
        ("Main Page", "Cora", True),
        ("Small talk:An article", "Cora", True),
        ("Talk:A[b", "Cora", True),
        ("Talk:Astray", "Cora", True),
        ("Talk:Circle", "Cora", True),
        ("Talk:To a user", "Cora", True),
        ("Project talk:Elsewhere", "Mallory", False),
        ("", "Cora", False),
    ],
)
def test_no_page_to_write_to(committee: Committee, named: str, user: str, told: bool) -> None:
    """What is no talk page is passed over, which the group is told; so is what somebody named who may not."""
    committee.save("Talk:Astray", "#REDIRECT [[Main Page]]", "Ada")
    committee.save("Talk:Circle", "#REDIRECT [[Talk:Circle]]", "Ada")
    committee.save("Talk:To a user", "#REDIRECT [[User talk:Bo]]", "Ada")
    committee.save(ALPHA, roster("Ada").replace("|members=", f"|talk page={named}|members="), user)
    report = committee.at("12-04").run()
    assert posts(report)[TALK] == "saved"
    assert [problem for problem in problems(report) if problem[0].startswith("post")] == (
        [("post-elsewhere", ALPHA)] if told else []
    )


def test_a_group_without_a_page(committee: Committee) -> None:
    """A group that has no page has no talk page either; that it has none is told anyway."""
    committee.wiki.delete(ALPHA)
    report = committee.at("12-04").run()
    assert posts(report) == {OTHER_TALK: "saved"}
    assert problems(report) == [("group-page-missing", ALPHA)]


def test_redirects(committee: Committee) -> None:
    """The call goes where the talk page's redirect leads."""
    committee.wiki.move(TALK, "Talk:Alphas' corner")
    assert "Talk:Alphas' corner" in posts(committee.at("12-04").run())
    assert sections(committee, "Talk:Alphas' corner") == 1
    assert committee.text(f"{ALPHA}") == roster("Ada", "Abel")


def test_trial() -> None:
    """A process on trial calls below its trial page alone, and anew when the trial is over."""
    committee = calling(trial=True)
    before = {title.text for title in committee.wiki.titles()}
    committee.at("12-04").run()
    committee.run()
    made = {title.text for title in committee.wiki.titles()} - before
    assert all(title.startswith(f"User:{BOT}/Trial/") for title in made)
    assert sections(committee, f"User:{BOT}/Trial/{TALK}") == 1
    assert sections(committee) == 0
    committee.configure({**committee.configuration, "trial": False})
    committee.at("12-05").run()
    assert sections(committee) == 1


# --- What keeps it away


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("{{nobots}}", Kind.EXCLUDED, "post-excluded"),
        ("{{Bots|deny=StrategyBot}}", Kind.EXCLUDED, "post-excluded"),
        ("[[Category:Opted-out of message delivery]]", Kind.EXCLUDED, "post-excluded"),
        ("#REDIRECT [[Main Page]]", Kind.REDIRECT, "post-redirect"),
        ("#REDIRECT [[User talk:Mallory]]", Kind.REDIRECT, "post-redirect"),
        (f"#REDIRECT [[{TALK}]]", Kind.REDIRECT, "post-redirect"),
        ("x" * 2_097_152, Kind.TOO_LARGE, "post-too-large"),
    ],
)
def test_pages_that_want_none(committee: Committee, text: str, kind: Kind, key: str) -> None:
    """A page that asks for no messages, or can take none, is left alone, and that is told, on the status page too."""
    committee.save("Main Page", "Welcome.", "Admin")
    committee.save(TALK, text, "Ada")
    report = committee.at("12-04").run()
    assert [one.outcome.kind for one in report.posts.values()] == [kind, Kind.SAVED]
    assert (problems(report), report.exit_status) == ([(key, TALK)], 1)
    assert f"|key={key}|1=Update for the meeting on 10 December 2026" in committee.text(STATUS)
    assert committee.text("Main Page") == "Welcome."


def test_a_title_that_cannot_be() -> None:
    """A group whose talk page would have too long a title (here below the trial's page) is told that."""
    page = f"Committee/{'é' * 112}"
    committee = calling(groups=[{"name": "Alpha", "page": page}], trial=True)
    committee.save(page, roster("Ada"), "Cora")
    assert problems(committee.at("12-04").run()) == [("post-invalid", f"User:{BOT}/Trial/Talk:{page}")]


def test_a_page_in_another_spelling() -> None:
    """A group's talk page is that of its page as the wiki spells it."""
    committee = calling(groups=[{"name": "Alpha", "page": "Image:alpha"}])
    committee.save("File:Alpha", roster("Ada"), "Cora")
    assert posts(committee.at("12-04").run()) == {"File talk:Alpha": "saved"}


def test_two_groups_with_one_page() -> None:
    """Two groups whose pages are one to the wiki are called once."""
    groups = [{"name": "A", "page": "Project:alpha"}, {"name": "B", "page": "Project:Alpha"}]
    committee = calling(groups=groups)
    committee.save("Project:Alpha", roster("Ada"), "Cora")
    assert list(posts(committee.at("12-04").run()).items()) == [("Project talk:Alpha", "saved")]
    assert sections(committee, "Project talk:Alpha") == 1


def test_an_article() -> None:
    """A page that only looks like a talk page by its name isn't posted on."""
    committee = calling(groups=[{"name": "Alpha", "page": "Small talk:Alpha"}])
    committee.save("Small talk:Alpha", roster("Ada"), "Cora")
    report = committee.at("12-04").run()
    assert (posts(report), problems(report)) == (
        {"Small talk:Alpha": "no talk page"},
        [("post-no-talk-page", "Small talk:Alpha")],
    )


def test_protected(committee: Committee) -> None:
    """A protected talk page gets its call once the protection is lifted."""
    committee.wiki.protect(TALK)
    report = committee.at("12-04").run()
    assert (posts(report)[TALK], problems(report)) == ("protected", [("post-protected", TALK)])
    committee.wiki.protect(TALK, "")
    assert posts(committee.at("12-05").run())[TALK] == "saved"
    assert problems(committee.run()) == []


def test_stopped(committee: Committee) -> None:
    """The job's own stop page stops it alone, which is told once for all groups; started again, it calls."""
    committee.save(f"User:{BOT}/Run/call", "no", "Passer-by")
    report = committee.at("12-04").run()
    assert set(posts(report).values()) == {"stop page"}
    assert problems(report) == [("stop-stopped", f"User:{BOT}/Run/call")]
    assert {one.outcome.kind for one in report.done.values()} == {Kind.SAVED}
    committee.save(f"User:{BOT}/Run/call", "yes", "Cora")
    assert set(posts(committee.run()).values()) == {"saved"}


def test_stopped_between_posts(committee: Committee) -> None:
    """A stop takes effect before the next post."""

    def stop(_: object) -> None:
        committee.save(f"User:{BOT}/Run/call", "no", "Passer-by")

    report = committee.at("12-04").run("call", tell=stop)
    assert posts(report) == {TALK: "saved", OTHER_TALK: "stop page"}


def test_told_to_end(committee: Committee) -> None:
    """Where the bot is told to end, nothing more is posted."""
    report = committee.at("12-04").run("call", pause=lambda _: False)
    assert set(posts(report).values()) == {"not tried"}


def test_only_the_other_jobs(committee: Committee) -> None:
    """A run of other jobs calls nobody, and the status page tells all the same what would hinder a call."""
    committee.save(TALK, "{{nobots}}", "Ada")
    report = committee.at("12-04").run("status")
    assert (posts(report), problems(report)) == ({}, [("post-excluded", TALK)])
    assert sections(committee, OTHER_TALK) == 0


# --- The configuration


@pytest.mark.parametrize("days", [0, 29, -1, 1.5, "7", True])
def test_configuration(days: object) -> None:
    """The number of days is a whole number that a call can be looked for; the fault says so."""
    committee = Committee()
    text = {**committee.configuration, "steering_group": {**BODY, "call_for_updates": days}}
    committee.save(CONFIGURATION.text, json.dumps(text), "Admin")
    (fault,) = committee.at("12-04").run().faults
    assert fault.sentences[0].startswith("steering_group.call_for_updates: ")


def test_two_processes_on_one_page(committee: Committee) -> None:
    """Two processes with a group each on the same talk page call there once each."""
    other = {**committee.configuration, "name": "Other", "root": "Other", "groups": [{"name": "Alpha", "page": ALPHA}]}
    committee.save(f"User:{BOT}/Other.json", json.dumps(other), "Admin")
    committee.at("12-04").run()
    committee.run()
    assert sections(committee) == 2


def test_two_processes_with_like_names(committee: Committee) -> None:
    """However the titles of processes and pages are made up, the call of one is never taken for another's."""
    for page in ("Z @ Talk:Y", "Y"):
        committee.save(page, roster("Ada"), "Cora")
    committee.configure({**committee.configuration, "groups": [{"name": "X", "page": "Z @ Talk:Y"}]})
    other = {**committee.configuration, "name": "Other", "root": "Other", "groups": [{"name": "X", "page": "Y"}]}
    committee.save(f"User:{BOT}/Committee @ Talk:Z.json", json.dumps(other), "Admin")
    assert posts(committee.at("12-04").run()) == {"Talk:Z @ Talk:Y": "saved", "Talk:Y": "saved"}
