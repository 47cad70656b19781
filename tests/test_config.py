"""Configurations: what they give, and every fault in its words."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.config import Faults, account, read_configuration
from strategybot.model.body import Chain, StandingItem
from strategybot.model.meeting import Meeting, Schedule
from strategybot.model.page import Title
from strategybot.model.process import Process

PAGE = Title("User:StrategyBot/Example.json")
LEAST: dict[str, Any] = {
    "name": "Example process",
    "root": "Strategy/Example",
    "groups": ["Advocacy", {"name": "Diversity", "page": "Diversity group"}],
    "core_team": ["user:ada_example"],
    "steering_group": {"first_meeting": "2026-12-10T15:00"},
}
MEETING = Meeting(datetime.fromisoformat("2026-12-10T15:00Z"), "2026-12-10", 60)
KEYS = (
    "name, root, groups, core_team, steering_group, operators, topics, agenda, languages, template_prefix, contact,"
    " local_time, longest_statement, relays, titles, trial"
)
NO_RULE = "must be a recurrence rule by days, weeks, months or years, such as FREQ=MONTHLY;BYDAY=2TH"
NO_TIME = "must be a date and a local time without a zone, such as 2026-12-10T15:00"
NO_TOPIC = (
    "must be up to 40 lower-case letters, digits and hyphens, beginning with a letter, and none of check-in,"
    " agenda-review, last-meeting, reports, proposed, any-other-business, next-meeting, lang, meeting, previous,"
    " confirmed by"
)
TWINS = (
    'groups: "{}" and "{}" would have each other\'s pages, since “&” and “and” in a name are taken for the same; give'
    " one of them another name, or a 'page' without its name in it"
)
FRONT = (
    "groups.{}: its page would be the front page, which the bot writes; give the group another name or a 'page' of its"
    " own, or the front page another title by 'titles.steering_group' (it is \"{}\")"
)
MEETS = {"first_meeting": "2026-12-08T16:00"}
OF_GROUPS = (
    "first_meeting, repeat, timezone, minutes, place, minutes_page_hours, minutes_due_days, minutes_overdue_days,"
    " approval_days, agenda"
)
UNSEEN = "may not contain line breaks or characters that can't be seen"


def _read(text: str) -> Process | Faults:
    return read_configuration(text, PAGE, "StrategyBot")


def _with(path: str, value: object) -> str:
    """The least configuration with one value put in."""
    written = json.loads(json.dumps(LEAST))
    *parents, last = path.split(".")
    inner = written
    for parent in parents:
        inner = inner.setdefault(parent, {})
    inner[last] = value
    return json.dumps(written)


def _process(path: str = "name", value: object = "Example process") -> Process:
    process = _read(_with(path, value))
    assert isinstance(process, Process), process
    return process


def test_the_least_configuration_is_a_whole_process() -> None:
    """Names and a first meeting are enough; everything else has a default."""
    process = _process()
    assert process.name == "Example process"
    assert process.page == PAGE
    assert process.core_team == {"Ada example"}
    assert process.operators == frozenset()
    assert [group.name for group in process.groups] == ["Advocacy", "Diversity"]
    assert [group.page.text for group in process.groups] == [
        "Strategy/Example/Working Groups/Advocacy",
        "Diversity group",
    ]
    first = datetime.fromisoformat("2026-12-10T15:00")
    assert process.body.meetings.schedule == Schedule(first, "FREQ=MONTHLY;BYDAY=2TH")
    assert process.agenda(MEETING).text == "Strategy/Example/Working Groups/Steering Group/Agenda/2026-12-10"
    assert process.update(process.groups[1], MEETING).text == "Diversity group/Updates/2026-12-10"
    assert process.topics[0] == "progress"
    assert [topic.name for topic in process.form] == list(process.topics)
    assert process.languages == ("en",)
    assert sum(item.minutes for item in process.body.items) == 60
    assert not process.trial


@pytest.mark.parametrize(
    ("repeat", "days"),
    [("FREQ=MONTHLY;BYDAY=2TH", 14), ("FREQ=WEEKLY", 6), ("FREQ=WEEKLY;INTERVAL=2", 13), ("FREQ=DAILY", 1),
     ("FREQ=DAILY;COUNT=1", 14)],
)  # fmt: skip
def test_when_an_agenda_opens(repeat: str, days: int) -> None:
    """Two weeks before, but not before the last meeting is over."""
    assert _process("steering_group.repeat", repeat).body.chain.opens.days == days


def test_every_value_can_be_said() -> None:
    """What is given comes through, white space around it removed."""
    written = LEAST | {
        "operators": [" Bo "],
        "topics": ["progress", "needs", {"topic": "budget", "label": {"fr": "Budget"}, "help": {"fr": "Combien ?"}}],
        "agenda": {"opens_days": 7, "items": [{"item": "reports", "minutes": 20, "least": 10}, {"item": "needs"}]},
        "languages": ["fr", "pt-br"],
        "template_prefix": "Board/",
        "contact": "bo@x.example",
        "local_time": "https://x.example/t?$1",
        "longest_statement": 200,
        "titles": {"agenda": "{root}/{body}/{date}"},
        "trial": True,
        "steering_group": {
            "name": "Board", "first_meeting": "2026-12-10T15:00:00", "repeat": "FREQ=WEEKLY;INTERVAL=2;COUNT=9",
            "timezone": "Europe/Berlin", "minutes": 90, "place": "https://meet.example/x",
        },
    }  # fmt: skip
    process = _read(json.dumps(written))
    assert isinstance(process, Process)
    assert process.operators == {"Bo"}
    assert process.body.items == (StandingItem("reports", 20, 10), StandingItem("needs", 0, 0))
    assert process.languages == ("fr", "pt-br")
    assert process.topics == ("progress", "needs", "budget")
    assert (process.form[2].label, process.form[2].help) == ({"fr": "Budget"}, {"fr": "Combien ?"})
    assert process.updates(process.groups[1]).text == "Diversity group/Updates"
    assert process.template("Agenda") == "Board/Agenda"
    assert process.body.meetings.schedule.zone == "Europe/Berlin"
    assert (process.body.meetings.schedule.minutes, process.body.meetings.schedule.place) == (
        90,
        "https://meet.example/x",
    )
    assert process.agenda(MEETING).text == "User:StrategyBot/Trial/Strategy/Example/Board/2026-12-10"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("nmae", "x", f"nmae: there is no such key; allowed are {KEYS}"),
        ("agenda.item", [], "agenda.item: there is no such key; allowed are opens_days, items"),
        ("groups", [{"name": "A", "pages": ""}],
         "groups.0.pages: there is no such key; allowed are name, page, language, meetings"),
        ("name", "  ", 'name: may not be empty (it is "  ")'),
        ("name", 5, "name: must be a text in quotes (it is 5)"),
        ("name", None, "name: must be a text in quotes"),
        ("name", "x" * 201, f'name: may have at most 200 characters (it is "{"x" * 79}…)'),
        ("name", "a\nb", f'name: {UNSEEN} (it is "a\\nb")'),
        ("name", "a\x00", f'name: {UNSEEN} (it is "a\\u0000")'),
        ("name", "a\u202eb", f'name: {UNSEEN} (it is "a\ufffdb")'),
        ("root", "A|b", 'root: gives a title that no wiki takes (it is "A|b")'),
        ("root", "A/../b", 'root: gives a title that no wiki takes (it is "A/../b")'),
        ("groups", [], "groups: must have at least one entry"),
        ("groups", "Advocacy", 'groups: must be a list (it is "Advocacy")'),
        ("groups", [5], "groups.0: must be an object with the keys name, page, language, meetings (it is 5)"),
        ("groups", ["A", {}], "groups.1.name: is missing"),
        ("groups", ["A", "A"], "groups: may not name 'A' twice"),
        ("groups", [{"name": "A", "page": "X_y"}, {"name": "B", "page": "x y"}],
         'groups: may not give two groups the same page (it is "X y")'),
        ("groups", ["A", "B{"],
         'groups.1: gives a title that no wiki takes (it is "Strategy/Example/Working Groups/B{")'),
        ("core_team", [], "core_team: must have at least one entry"),
        ("core_team", ["Ada", "a@x.example"], 'core_team.1: must be a user name (it is "a@x.example")'),
        ("operators", ["User:"], 'operators.0: must be a user name (it is "User:")'),
        ("steering_group", "x",
         "steering_group: must be an object with the keys first_meeting, repeat, timezone, minutes, place,"
         " minutes_page_hours, minutes_due_days, minutes_overdue_days, approval_days, name, call_for_updates,"
         ' follow_up_days (it is "x")'),
        ("steering_group", {}, "steering_group.first_meeting: is missing"),
        ("steering_group.first_meeting", "2026-12-10", f'steering_group.first_meeting: {NO_TIME} (it is "2026-12-10")'),
        ("steering_group.first_meeting", "2026-12-10T15:00Z",
         f'steering_group.first_meeting: {NO_TIME} (it is "2026-12-10T15:00Z")'),
        ("steering_group.first_meeting", "2026-02-30T15:00",
         f'steering_group.first_meeting: {NO_TIME} (it is "2026-02-30T15:00")'),
        ("steering_group.first_meeting", 1797000000, f"steering_group.first_meeting: {NO_TIME} (it is 1797000000)"),
        ("steering_group.first_meeting", "0001-01-01T00:00",
         f'steering_group.first_meeting: {NO_TIME} (it is "0001-01-01T00:00")'),
        ("steering_group.timezone", "CET+1",
         "steering_group.timezone: must be a time zone of the IANA database, such as UTC or Europe/Berlin"
         ' (it is "CET+1")'),
        ("steering_group.minutes", 4, "steering_group.minutes: must be at least 5 (it is 4)"),
        ("steering_group.minutes", 10**17, f"steering_group.minutes: may be at most 1440 (it is {10**17})"),
        ("steering_group.minutes", "60", 'steering_group.minutes: must be a whole number (it is "60")'),
        ("steering_group.minutes", True, "steering_group.minutes: must be a whole number (it is true)"),
        ("steering_group.minutes", 60.5, "steering_group.minutes: must be a whole number (it is 60.5)"),
        ("steering_group.repeat", "monthly", f'steering_group.repeat: {NO_RULE} (it is "monthly")'),
        ("steering_group.repeat", "FREQ=SECONDLY", f'steering_group.repeat: {NO_RULE} (it is "FREQ=SECONDLY")'),
        ("steering_group.repeat", "FREQ=DAILY;BYHOUR=1,2",
         f'steering_group.repeat: {NO_RULE} (it is "FREQ=DAILY;BYHOUR=1,2")'),
        ("steering_group.repeat", "FREQ=DAILY;INTERVAL=0",
         f'steering_group.repeat: {NO_RULE} (it is "FREQ=DAILY;INTERVAL=0")'),
        ("steering_group.repeat", "FREQ=DAILY;UNTIL=20279999",
         f'steering_group.repeat: {NO_RULE} (it is "FREQ=DAILY;UNTIL=20279999")'),
        ("steering_group.repeat", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
         "steering_group.repeat: must give a meeting within ten years from 'first_meeting'"
         ' (it is "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")'),
        ("steering_group.repeat", "FREQ=DAILY;UNTIL=20260101",
         "steering_group.repeat: must give a meeting within ten years from 'first_meeting'"
         ' (it is "FREQ=DAILY;UNTIL=20260101")'),
        ("topics", [], "topics: must have at least one entry"),
        ("topics", ["Progress"], f'topics.0.topic: {NO_TOPIC} (it is "Progress")'),
        ("topics", ["progress", "lang"], f'topics.1.topic: {NO_TOPIC} (it is "lang")'),
        ("topics", ["progress", "progress"], "topics: may not name 'progress' twice"),
        ("topics", [5], "topics.0: must be an object with the keys topic, label, help (it is 5)"),
        ("topics", [{"topic": "budget", "labels": {}}],
         "topics.0.labels: there is no such key; allowed are topic, label, help"),
        ("topics", [{"label": {"fr": "Budget"}}], "topics.0.topic: is missing"),
        ("topics", [{"topic": "budget", "label": "Budget"}],
         'topics.0.label: must be an object with a text for each language (it is "Budget")'),
        ("topics", [{"topic": "budget", "label": {}}], "topics.0.label: must have at least one entry"),
        ("topics", [{"topic": "budget", "label": {"French": "Budget"}}],
         'topics.0.label.French: must be a language\'s code, such as en or pt-br (it is "French")'),
        ("topics", [{"topic": "budget", "label": {"fr": " "}}], 'topics.0.label.fr: may not be empty (it is " ")'),
        ("topics", [{"topic": "budget", "label": {"fr": "x" * 61}}],
         f'topics.0.label.fr: may have at most 60 characters (it is "{"x" * 61}")'),
        ("topics", [{"topic": "budget", "label": {"fr": "{{x}}"}}],
         'topics.0.label.fr: must be plain words, without wiki markup (it is "{{x}}")'),
        ("topics", [{"topic": "budget", "label": {"fr": "$1"}}],
         'topics.0.label.fr: must be plain words, without wiki markup (it is "$1")'),
        ("topics", [{"topic": "budget", "label": {"fr": "Budget"}, "help": {"fr": "[[x]]"}}],
         'topics.0.help.fr: must be plain words, without wiki markup (it is "[[x]]")'),
        ("agenda.opens_days", 0, "agenda.opens_days: must be at least 1 (it is 0)"),
        ("agenda.items", [], "agenda.items: must have at least one entry"),
        ("agenda.items", [{"item": "lunch"}],
         "agenda.items.0.item: must be one of check-in, agenda-review, last-meeting, reports, proposed,"
         " any-other-business, next-meeting, experiences, needs, practices, collaboration, questions"
         ' (it is "lunch")'),
        ("agenda.items", [{"item": "proposed"}, {"item": "proposed"}], "agenda.items: may not name 'proposed' twice"),
        ("agenda.items", [{"item": "reports", "minutes": 5, "least": 6}],
         "agenda.items.0.least: may not be more than 'minutes' (it is 6)"),
        ("agenda.items", [{"item": "reports", "minutes": -1}],
         "agenda.items.0.minutes: must be at least 0 (it is -1)"),
        ("languages", ["English"], 'languages.0: must be a language\'s code, such as en or pt-br (it is "English")'),
        ("languages", ["../en"], 'languages.0: must be a language\'s code, such as en or pt-br (it is "../en")'),
        ("template_prefix", "A{", 'template_prefix: gives a title that no wiki takes (it is "Template:A{x")'),
        ("local_time", "https://x.example/",
         "local_time: must be an https address in which $1 stands for the meeting's time, or empty"
         ' (it is "https://x.example/")'),
        ("local_time", "https://x.example/$1|x}}",
         "local_time: must be an https address in which $1 stands for the meeting's time, or empty"
         ' (it is "https://x.example/$1|x}}")'),
        ("longest_statement", 100_001, "longest_statement: may be at most 100000 (it is 100001)"),
        ("trial", "no", 'trial: must be true or false (it is "no")'),
        ("titles.group", "{root.__class__}/{group}",
         'titles.group: may use no braces but {root}, {body} and {group} (it is "{root.__class__}/{group}")'),
        ("titles.group", "{root!r:>9999999}",
         'titles.group: may use no braces but {root}, {body} and {group} (it is "{root!r:>9999999}")'),
        ("titles.steering_group", "{}", 'titles.steering_group: may use no braces but {root} and {body} (it is "{}")'),
        ("titles.agenda", "{{date}}",
         'titles.agenda: may use no braces but {root}, {body}, {page} and {date}'
         ' (it is "{{date}}")'),
        ("titles.agenda", "{root}", 'titles.agenda: must contain {date} (it is "{root}")'),
        ("titles.update", "{root}/{date}", 'titles.update: must contain {group} and {date} (it is "{root}/{date}")'),
        ("titles.agenda", "{date}#", 'titles.agenda: gives a title that no wiki takes (it is "2026-12-10#")'),
        ("titles.updates", "{root}/{date}",
         'titles.updates: may use no braces but {root}, {body} and {group} (it is "{root}/{date}")'),
        ("titles.updates", "x", 'titles.updates: must contain {group} (it is "x")'),
        ("titles.update", "x", 'titles.update: must contain {group} and {date} (it is "x")'),
        ("titles.decisions", "{page}/Action items",
         "titles.decisions: gives a page the title of another, by titles.action_items"
         ' (it is "Strategy/Example/Working Groups/Steering Group/Action items")'),
        ("titles.calendar", "{page}/Minutes/Calendar",
         "titles.calendar: may not be below 'titles.archive', where all minutes are"
         ' (it is "Strategy/Example/Working Groups/Steering Group/Minutes/Calendar")'),
        ("titles.minutes", "{page}/Notes/{date}",
         "titles.minutes: must be below 'titles.archive', where all minutes are"
         ' (it is "Strategy/Example/Working Groups/Steering Group/Notes/2026-12-10")'),
        ("titles.minutes", "{page}/Minutes", 'titles.minutes: must contain {date} (it is "{page}/Minutes")'),
        ("titles.waiting", "{group}",
         'titles.waiting: may use no braces but {root}, {body} and {page} (it is "{group}")'),
        ("titles.archive", "A|b", 'titles.archive: gives a title that no wiki takes (it is "A|b")'),
        ("steering_group.minutes_page_hours", 0, "steering_group.minutes_page_hours: must be at least 1 (it is 0)"),
        ("steering_group.minutes_due_days", "3",
         'steering_group.minutes_due_days: must be a whole number (it is "3")'),
        ("steering_group.minutes_overdue_days", 3,
         "steering_group.minutes_overdue_days: must be more than 'minutes_due_days' (it is 3)"),
        ("steering_group.approval_days", 91, "steering_group.approval_days: may be at most 90 (it is 91)"),
        ("groups", [{"name": "A", "meetings": {}}], "groups.0.meetings.first_meeting: is missing"),
        ("groups", [{"name": "A", "meetings": {**MEETS, "call_for_updates": 7}}],
         f"groups.0.meetings.call_for_updates: there is no such key; allowed are {OF_GROUPS}"),
        ("groups", [{"name": "A", "meetings": {**MEETS, "follow_up_days": 7}}],
         f"groups.0.meetings.follow_up_days: there is no such key; allowed are {OF_GROUPS}"),
        ("groups", [{"name": "A", "meetings": {**MEETS, "repeat": "often"}}],
         f'groups.0.meetings.repeat: {NO_RULE} (it is "often")'),
        ("groups", [{"name": "A", "meetings": {**MEETS, "agenda": {"items": [{"item": "reports"}]}}}],
         "groups.0.meetings.agenda.items.0.item: must be one of check-in, agenda-review, last-meeting, proposed,"
         ' any-other-business, next-meeting (it is "reports")'),
        ("groups", [{"name": "A", "meetings": MEETS}, "A/Minutes/2026"],
         "groups.1: may not be below 'titles.archive', where all minutes are"
         ' (it is "Strategy/Example/Working Groups/A/Minutes/2026")'),
        ("groups", [{"name": "A", "meetings": MEETS}, "A/Calendar"],
         "titles.calendar: gives a page the title of another, by groups.1"
         ' (it is "Strategy/Example/Working Groups/A/Calendar")'),
        ("groups", ["R & S", "R and S"], TWINS.format("R & S", "R and S")),
        ("groups", ["Advocacy", "R&S", "R AND S"], TWINS.format("R&S", "R AND S")),
        ("groups", ["Steering Group"], FRONT.format(0, "Strategy/Example/Working Groups/Steering Group")),
        ("groups", ["A", {"name": "B", "page": "strategy/Example/Working_Groups/Steering Group"}],
         FRONT.format(1, "Strategy/Example/Working Groups/Steering Group")),
        ("titles.steering_group", "Diversity group", FRONT.format(1, "Diversity group")),
    ],
)  # fmt: skip
def test_a_fault_names_its_key_and_says_what_is_allowed(path: str, value: object, sentence: str) -> None:
    """One plain sentence for the admin who can mend it."""
    assert _read(_with(path, value)) == Faults(PAGE, (sentence,))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", f"the page must be a JSON object with the keys {KEYS}"),
        ("null", f"the page must be a JSON object with the keys {KEYS}"),
        ('"x"', f"the page must be a JSON object with the keys {KEYS}"),
        ("", "the page isn't readable as JSON: Expecting value: line 1 column 1 (char 0)"),
        ('{"name": 1,}', None),
        ('{"name": 1, "name": 2}', "the page isn't readable as JSON: the key 'name' is given twice"),
        ('{"x": {"a": 1, "b": 2, "b": 3}}', "the page isn't readable as JSON: the key 'b' is given twice"),
        ("[" * 100_000, "the page isn't readable as JSON: it is nested too deeply"),
        ('{"a":' * 100_000, "the page isn't readable as JSON: it is nested too deeply"),
        ('{"trial": ' + "9" * 5000 + "}", "the page isn't readable as JSON: a number has too many digits"),
        ('{"trial": NaN}', "the page isn't readable as JSON: NaN is no number"),
        ("\x00", "the page isn't readable as JSON: Expecting value: line 1 column 1 (char 0)"),
    ],
)  # fmt: skip
def test_what_is_no_configuration_is_a_fault(text: str, sentence: str | None) -> None:
    """Nonsense of any kind is told, never raised."""
    faults = _read(text)
    assert isinstance(faults, Faults)
    assert sentence is None or faults.sentences == (sentence,)


@pytest.mark.parametrize("key", ["agenda", "calendar", "archive", "action_items", "decisions"])
def test_each_body_has_its_own_pages(key: str) -> None:
    """A pattern without the body in it would give the steering group and a working group the same page."""
    pattern = {"agenda": "{root}/Agenda/{date}", "archive": "{root}/Minutes"}.get(key, "{root}/Pages")
    minutes = {"minutes": "{root}/Minutes/{body}/{date}"} if key == "archive" else {}
    groups = ["Advocacy", {"name": "Diversity", "meetings": MEETS}]
    faults = _read(json.dumps({**LEAST, "groups": groups, "titles": {key: pattern, **minutes}}))
    assert isinstance(faults, Faults)
    text = pattern.replace("{root}", "Strategy/Example").replace("{date}", "2026-12-10")
    assert faults.sentences == (f'titles.{key}: gives several bodies or groups the same page (it is "{text}")',)
    assert isinstance(_read(json.dumps({**LEAST, "titles": {key: pattern, **minutes}})), Process)


def test_a_group_that_meets() -> None:
    """A working group's meetings have a rhythm, an agenda and pages of their own, and call no groups."""
    meets = {**MEETS, "repeat": "FREQ=WEEKLY", "minutes": 30, "approval_days": 5, "minutes_overdue_days": 10}
    process = _process("groups", ["Advocacy", {"name": "Diversity", "page": "Diversity group", "meetings": meets}])
    body = process.bodies[1]
    assert (body.name, body.page.text, body.group, body.groups) == (
        "Diversity", "Diversity group", process.groups[1], ()
    )  # fmt: skip
    assert [item.key for item in body.items] == [
        "check-in", "agenda-review", "last-meeting", "proposed", "any-other-business", "next-meeting"
    ]  # fmt: skip
    assert body.chain == Chain(
        timedelta(days=6), timedelta(hours=2), timedelta(days=3), timedelta(days=7), approval=timedelta(days=5)
    )
    seen = process.seen_from(body)
    assert seen.agenda(MEETING).text == "Diversity group/Agenda/2026-12-10"
    assert seen.minutes(MEETING).text == "Diversity group/Minutes/2026-12-10"
    assert [title.text for _, title in process.kept][-4:] == [
        "Diversity group/Minutes", "Diversity group/Calendar",
        "Diversity group/Action items", "Diversity group/Decisions",
    ]  # fmt: skip


def test_a_group_that_is_called_like_the_body() -> None:
    """With “&” for “and” it is the same page as well; a group whose own page has another title is none."""
    body = {"first_meeting": "2026-12-10T15:00", "name": "R and S"}
    faults = _read(json.dumps({**LEAST, "groups": ["R & S"], "steering_group": body}))
    assert faults == Faults(PAGE, (FRONT.format(0, "Strategy/Example/Working Groups/R and S"),))
    apart = [{"name": "R & S", "page": "Elsewhere"}, {"name": "R and S", "page": "Somewhere"}]
    assert isinstance(_read(json.dumps({**LEAST, "groups": apart, "steering_group": body})), Process)


def test_all_faults_are_told_at_once() -> None:
    """An admin shouldn't have to come back for each."""
    faults = _read('{"name": 5, "root": "R", "groups": ["A"], "core_team": ["B"], "trial": 1}')
    assert isinstance(faults, Faults)
    assert faults.sentences == (
        "name: must be a text in quotes (it is 5)",
        "steering_group: is missing",
        "trial: must be true or false (it is 1)",
    )


def test_a_byte_order_mark_is_passed_over() -> None:
    """Some editors put one in front of everything."""
    assert isinstance(_read("\ufeff" + json.dumps(LEAST)), Process)


@pytest.mark.parametrize("path", ["agenda", "update"])
def test_a_title_must_be_legal_on_trial_too(path: str) -> None:
    """The longest group decides; a title of more than 255 bytes is none."""
    text = _with(f"titles.{path}", "{root}/{group}/{date}" if path == "update" else "{root}/{date}" + "x" * 180)
    written = json.loads(text) | {"trial": True, "groups": ["A", "é" * 120]}
    faults = _read(json.dumps(written))
    assert isinstance(faults, Faults)
    assert all("gives a title that no wiki takes" in sentence for sentence in faults.sentences)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("ada_example", "Ada example"), ("User:ada", "Ada"), (" user : Ada ", "Ada"), ("Username", "Username")],
)
def test_an_account_is_written_as_mediawiki_writes_it(name: str, canonical: str) -> None:
    """Without the namespace, with spaces and an upper-case first letter."""
    assert account(name) == canonical


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["{root}", "{x}", "en", "A"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS.split(", "), "item", "page"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(KEYS.split(", ")), JSON), st.booleans())
def test_any_json_is_a_process_or_faults(written: dict[str, Any], ascii_only: bool) -> None:
    """Whatever stands in whichever place, the answer is sentences that can be printed, or a process."""
    answer = _read(json.dumps(LEAST | written, ensure_ascii=ascii_only))
    assert isinstance(answer, Process) or all(sentence.encode() for sentence in answer.sentences)


@given(st.text())
def test_any_text_is_a_process_or_faults(text: str) -> None:
    """What isn't JSON at all is told as well."""
    assert isinstance(_read(text), Faults)


RULE_PARTS = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
        "INTERVAL=99",
        "BYDAY=MO",
        "BYDAY=-5FR",
        "BYMONTH=2",
        "BYMONTH=14",
        "BYMONTHDAY=30",
        "BYYEARDAY=366",
        "BYWEEKNO=53",
        "BYSETPOS=-366",
        "COUNT=2",
        "UNTIL=20270101",
        "x",
    ]
)


@given(st.lists(RULE_PARTS, min_size=1, max_size=5).map(";".join))
def test_any_rule_is_answered(rule: str) -> None:
    """No rule is searched for ever: each is read or refused."""
    answer = _read(_with("steering_group.repeat", rule))
    now = datetime.fromisoformat("2027-06-01T00:00Z")
    assert isinstance(answer, Faults) or answer.body.meetings.following(now) != answer.body.meetings.latest(now)
