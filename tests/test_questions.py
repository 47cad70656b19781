"""The configuration from questions: answers as people give them, judged at once, and the page that comes of them."""

from __future__ import annotations

import os
from datetime import datetime
from subprocess import CompletedProcess

import pytest
from dateutil.rrule import rrulestr

from strategybot.config import read_configuration
from strategybot.model.page import Title
from strategybot.model.process import Process
from strategybot.questions import QUESTIONS, answered
from strategybot.recurrence import day_of_month, in_words, rule
from tests import commands

LEAST = {
    "name": "Committee",
    "groups": "Alpha, Beta",
    "core_team": "Cora",
    "steering_group.first_meeting": "2026-12-10 15:00",
}
"""The answers that there must be; for all others Enter will do."""


class Person:
    """Somebody who answers: to each question in turn, with several tries where a list is given."""

    def __init__(self, answers: dict[str, str | list[str]]) -> None:
        self.tries = {key: [given] if isinstance(given, str) else list(given) for key, given in answers.items()}
        self.asked: list[str] = []
        self.told: list[str] = []

    def type(self, words: str) -> str:
        key = next(question.key for question in QUESTIONS if words.startswith(question.words))
        self.asked.append(key)
        return self.tries[key].pop(0) if self.tries.get(key) else ""

    def tell(self, text: str) -> None:
        self.told.append(text.strip())


def configuration(**answers: str) -> dict[str, object]:
    """What comes of the least answers and these (`__` stands for a dot)."""
    person = Person({**LEAST, **{key.replace("__", "."): given for key, given in answers.items()}})
    return answered(person.type, person.tell)


def test_least_answers() -> None:
    """Four answers are enough; Enter takes what is usual for the rest."""
    assert configuration() == {
        "name": "Committee",
        "root": "Committee",
        "groups": ["Alpha", "Beta"],
        "core_team": ["Cora"],
        "contact": "Cora",
        "steering_group": {
            "name": "Steering Group",
            "first_meeting": "2026-12-10T15:00",
            "repeat": "FREQ=MONTHLY;BYDAY=2TH",
            "timezone": "UTC",
            "minutes": 60,
        },
        "languages": ["en"],
        "trial": True,
    }


READINGS = [
    ("groups", "Alpha; Beta, Gamma", ["Alpha", "Beta, Gamma"]),
    ("operators", "Otto", ["Otto"]),
    ("languages", "fr, ar", ["fr", "ar"]),
    ("topics", "report, Open points", [
        {"topic": "report", "label": {"en": "Report"}}, {"topic": "open-points", "label": {"en": "Open points"}}]),
    ("topics", "open-points", [{"topic": "open-points", "label": {"en": "Open points"}}]),
    ("topics", "Progress; needs; Fragen an andere", ["progress", "needs", "questions"]),
    ("topics", "Réussites; الميزانية", [
        {"topic": "reussites", "label": {"en": "Réussites"}}, {"topic": "topic-2", "label": {"en": "الميزانية"}}]),
    ("topics", "Progress; Experiences to share; Support needs; Good practices; Working together; Questions to others",
     None),
    ("topics", "progress, experiences, needs, practices, collaboration, questions", None),
    ("trial", "no", None),
]  # fmt: skip


@pytest.mark.parametrize(("key", "given", "value"), READINGS)
def test_reading_of_answers(key: str, given: str, value: object) -> None:
    """Lists are parted by semicolons or commas, topics get their form, and what is usual stays out."""
    assert configuration(**{key: given}).get(key) == value


def test_labels_in_every_language() -> None:
    """Topics of one's own are asked for once in each further language; Enter leaves the main one's words."""
    answers = iter(["Comité", "", "Alpha", "", "Cora", "", "", "2026-12-10 15:00", "weekly", "", "", "", "", "",
                    "fr, en, ar", "avancement; budget; besoins", "Budget", "Money; Needs", "", "no"])  # fmt: skip
    asked: list[str] = []
    told: list[str] = []
    found = answered(lambda words: (asked.append(words), next(answers))[1], told.append)
    assert found["topics"] == [
        "progress",
        {"topic": "budget", "label": {"fr": "Budget", "en": "Money"}},
        {"topic": "besoins", "label": {"fr": "Besoins", "en": "Needs"}},
    ]
    assert told == ["  That won't do: there are 2 of them, parted by semicolons."]
    assert "What is this called in “en”: Budget; Besoins? (in this order; Enter for the same words)" in asked
    assert any(words.endswith("[Avancement; Expériences à partager; Besoins de soutien; Bonnes pratiques;"
                              " Travailler ensemble; Questions aux autres]") for words in asked)  # fmt: skip


WRONG = [
    ("name", "", "there must be an answer"),
    ("root", "A|B", 'gives a title that no wiki takes (it is "A|B")'),
    ("root", "Ä" * 120, "gives a title that no wiki takes"),
    ("groups", ";", "there must be an answer"),
    ("groups", "Alpha, Alpha", "may not name 'Alpha' twice"),
    ("groups", "A[b]", "gives a title that no wiki takes"),
    ("core_team", "Cora/Team", "must be a user name"),
    ("operators", "otto@example.org", "must be a user name"),
    ("steering_group.first_meeting", "next week", "must be a date and a local time without a zone"),
    ("steering_group.first_meeting", "2026-02-30 10:00", "must be a date and a local time without a zone"),
    ("steering_group.repeat", "often", "it can be “weekly”"),
    ("steering_group.repeat", "monthly", "a month needs its day"),
    ("steering_group.repeat", "FREQ=SECONDLY", "must be a recurrence rule"),
    ("steering_group.timezone", "Mars", "must be a time zone of the IANA database"),
    ("steering_group.minutes", "an hour", "a number of minutes is wanted"),
    ("steering_group.minutes", "3", "must be at least 5"),
    ("steering_group.call_for_updates", "a week", "a number of days is wanted"),
    ("steering_group.call_for_updates", "29", "may be at most 28"),
    ("steering_group.approval_days", "0", "must be at least 1"),
    ("languages", "English", "must be a language's code"),
    ("languages", "en, en", "may not name 'en' twice"),
    ("topics", "lang", "must be up to 40 lower-case letters"),
    ("trial", "perhaps", "yes or no"),
]


@pytest.mark.parametrize(("key", "given", "sentence"), WRONG)
def test_a_wrong_answer(key: str, given: str, sentence: str) -> None:
    """What won't do is said at once in a sentence, the question comes again, and nothing of it stays."""
    right = LEAST.get(key, "")
    person = Person({**LEAST, key: [given, right]})
    found = answered(person.type, person.tell)
    assert person.asked.count(key) == 2
    assert len(person.told) == 1
    assert sentence in person.told[0]
    assert found == configuration()


REPEATS = [
    ("weekly", "FREQ=WEEKLY"),
    ("Weekly on Thursdays", "FREQ=WEEKLY;BYDAY=TH"),
    ("every two weeks", "FREQ=WEEKLY;INTERVAL=2"),
    ("every other week on Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
    ("daily", "FREQ=DAILY"),
    ("every 10 days", "FREQ=DAILY;INTERVAL=10"),
    ("monthly on the second Thursday", "FREQ=MONTHLY;BYDAY=2TH"),
    ("monthly on the 2nd thursday", "FREQ=MONTHLY;BYDAY=2TH"),
    ("every month on the last Friday.", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("every 3 months on the first Wednesday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE"),
    ("quarterly on the third Tuesday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TU"),
    ("yearly", "FREQ=YEARLY"),
    ("freq=monthly;byday=2th", "FREQ=MONTHLY;BYDAY=2TH"),
]


@pytest.mark.parametrize(("words", "expected"), REPEATS)
def test_repeat_in_words(words: str, expected: str) -> None:
    """People's words become a rule that the configuration takes."""
    assert rule(words) == expected
    assert rrulestr(expected, dtstart=datetime(2026, 12, 10))[0]  # noqa: DTZ001
    assert configuration(steering_group__repeat=words)["steering_group"]["repeat"] == expected  # type: ignore[index]


@pytest.mark.parametrize(
    "words",
    ["", "sometimes", "every", "weekly on Someday", "weekly on the second Thursday", "monthly on Thursday",
     "monthly on the ninth Thursday", "every zero weeks", "every 0 weeks", "daily on Monday"],
)  # fmt: skip
def test_repeat_that_is_not_understood(words: str) -> None:
    """Other words are refused with examples, never guessed."""
    with pytest.raises(ValueError, match=r"it can be|a month needs"):
        rule(words)


@pytest.mark.parametrize(
    ("recurrence", "words"),
    [
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "by the rule FREQ=MONTHLY;BYMONTHDAY=15"),
    ],
)
def test_a_rule_in_words(recurrence: str, words: str) -> None:
    """A rule is told in words, where it is a usual one."""
    assert in_words(recurrence) == words


@pytest.mark.parametrize(
    ("day", "words"), [(1, "first Tuesday"), (10, "second Thursday"), (31, "last Thursday"), (22, "fourth Tuesday")]
)
def test_day_of_month(day: int, words: str) -> None:
    """The usual repeat is by the weekday of the first meeting; the fifth is the last."""
    assert day_of_month(datetime(2026, 12, day)) == words  # noqa: DTZ001


# --- Through the command line ---


def configure(answers: str, *arguments: str) -> CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STRATEGYBOT_")}
    return commands.run("--now", "2026-11-01", "configure", *arguments, environment=environment, typed=answers)


ANSWERS = "Reading club: a\n\nAlpha\n\nCora\n\n\n2026-12-10 15:00\nweekly\nEurope/Berlin\n45\n\n7\n\nfr\n\nno\n"


def test_piped_answers() -> None:
    """With answers on standard input, standard output is the page alone, ready to be saved and read."""
    ran = configure(ANSWERS)
    assert ran.returncode == 0, ran.stderr
    page = Title("User:StrategyBot/Reading club a.json")
    process = read_configuration(ran.stdout, page, "StrategyBot")
    assert isinstance(process, Process)
    assert (process.body.meetings.schedule.rule, process.body.meetings.schedule.zone, process.languages) == (
        "FREQ=WEEKLY",
        "Europe/Berlin",
        ("fr",),
    )


def test_days() -> None:
    """When groups are called and minutes approved goes into the configuration only if it is said."""
    found = configuration(steering_group__call_for_updates="7 days", steering_group__approval_days="10")
    assert isinstance(found["steering_group"], dict)
    assert (found["steering_group"]["call_for_updates"], found["steering_group"]["approval_days"]) == (7, 10)


def test_what_is_said() -> None:
    """Where to save it, when it meets, and every page that the process will have, are told."""
    told = configure(ANSWERS, "--bot", "ClubBot").stderr
    for line in (
        "An admin saves it as User:ClubBot/Reading club a.json.",
        "saves “yes” as each of User:ClubBot/Run, User:ClubBot/Run/agenda, User:ClubBot/Run/front-page,",
        "  Reading club: a/Working Groups/Steering Group  (the bot: Steering Group, with what is next",
        "It meets every week",
        "  Thursday, 10 December 2026, 14:00 UTC",
        "  Thursday, 17 December 2026, 14:00 UTC",
        "  Reading club: a/Working Groups/Alpha/Updates/2026-12-10  (its update)",
        "  Reading club: a/Working Groups/Steering Group/Agenda/2026-12-10  (the bot: the agenda)",
        "  Reading club: a/Working Groups/Steering Group/Minutes/2026-12-10  (people: the minutes,",
        "  Reading club: a/Working Groups/Steering Group/Minutes  (the bot: all minutes,",
        "  Reading club: a/Working Groups/Steering Group/Calendar  (the bot and coordinators:",
        "  Reading club: a/Working Groups/Steering Group/Action items  (the bot and all:",
        "  Reading club: a/Working Groups/Steering Group/Decisions  (the bot and all:",
        "  Reading club: a/Working Groups/Steering Group/Waiting  (the bot: what waits for each person)",
        "User:ClubBot/Run/call, ",
        "  User:ClubBot/Status  (the bot: what it did)",
        "The form of an update has the fields Avancement, Expériences à partager, Besoins de soutien,",
        "{{Steering group/Working group|name=NAME|coordinators=* [[User:NAME]]}}",
    ):
        assert line in told


def test_answers_that_end() -> None:
    """Where the answers end too early, that is wrong usage, and there is no page."""
    ran = configure("Committee\n")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "strategybot: The answers end before the question “Under which title shall its pages be?" in ran.stderr
