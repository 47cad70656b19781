"""The doctor: each fault of a set-up is made for real on the embedded wiki, found, and told with its remedy."""

from __future__ import annotations

import json
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from strategybot.checkup import Checkup, as_lines, as_object, check_up
from strategybot.cli import main
from strategybot.config import read_configuration
from strategybot.config.schema import zones
from strategybot.doctor import Machine, Severity, examine
from strategybot.installation import install_session
from strategybot.model.page import Title
from strategybot.runner import Runner
from strategybot.share import share
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.folder import read_folder
from strategybot.writing.texts import Texts, words
from tests.committee import AGENDA, ALPHA, BETA, BOT, CONFIGURATION, FRONT_PAGE, STATUS, Committee, roster

FILES = read_folder(share("wikiconfig"))
ENGLISH = Texts("en")
MEMBER = "Template:Steering group/Member"
OTHER = f"User:{BOT}/Other.json"


def well() -> Committee:
    """The committee with everything as it should be."""
    return _well().copy()


@cache
def _well() -> Committee:
    committee = Committee(languages=["en", "fr"], contact="User:Otto")
    wiki = committee.wiki
    for name in ("Ada", "Abel", "Bo", "Cora"):
        wiki.add_account(name)
    wiki.add_account("Otto", emailable=True)
    committee.save(f"User:{BOT}", "A bot, run by [[User:Otto]].", "Otto")
    committee.save("MediaWiki:Lang", "en", "Admin")
    committee.save("MediaWiki:Lang/fr", "fr", "Admin")
    install_session(wiki, FILES)
    return committee.at("12-01")


def examined(committee: Committee, heartbeat: Path | None = None) -> Checkup:
    return check_up(lambda: committee.wiki, FILES, heartbeat=heartbeat)


def found(checkup: Checkup) -> set[tuple[str, str]]:
    return {(finding.key, str(finding.page or "")) for finding in checkup.findings}


Make = Callable[[Committee], object]


def configured(**keys: object) -> Make:
    """The configuration with other values for some keys, and what is installed for it."""
    return installed(lambda committee: committee.configure({**committee.configuration, **keys}))


def installed(make: Make) -> Make:
    """What is to be on the wiki depends on the configuration: the operator installs it."""
    return lambda committee: (make(committee), install_session(committee.wiki, FILES))


def body(**keys: object) -> Make:
    return configured(steering_group={"first_meeting": "2026-12-10T15:00", **keys})


def alpha_meets(titles: object = None, **keys: object) -> Make:
    """The group Alpha meets by itself, every week."""
    meetings = {"first_meeting": "2026-12-08T16:00", "repeat": "FREQ=WEEKLY", **keys}
    groups = [{"name": "Alpha", "meetings": meetings}, "Beta"]
    return configured(groups=groups, **({"titles": titles} if titles else {}))


def saved(title: str, text: str, user: str = "Admin") -> Make:
    return lambda committee: committee.save(title, text, user)


def other(**keys: object) -> Make:
    """Another process beside the first."""
    text = {"name": "Other", **keys}
    return installed(lambda committee: committee.save(OTHER, json.dumps({**committee.configuration, **text}), "Admin"))


def with_another_topic(committee: Committee) -> None:
    """What the form asks for was changed, and not installed yet."""
    topics = ["progress", {"topic": "budget", "label": {"fr": "Budget"}}]
    committee.configure({**committee.configuration, "topics": topics})


def of_an_older_version(committee: Committee) -> None:
    """The bot installed something else once."""
    install_session(committee.wiki, {**FILES, Title(MEMBER): "An older version."})


def made_by_somebody(committee: Committee) -> None:
    committee.wiki.delete(MEMBER)
    committee.save(MEMBER, "Mine.", "Ada")


def stopped_and_started(committee: Committee) -> None:
    committee.save(f"User:{BOT}/Run", "no", "Ada")
    committee.save(f"User:{BOT}/Run", "yes", "Ada")


def moved_switch(committee: Committee) -> None:
    committee.wiki.move(f"User:{BOT}/Run/agenda", f"User:{BOT}/Old")


def gone(title: str) -> Make:
    return lambda committee: committee.wiki.delete(title)


def blocked(name: str) -> Make:
    return lambda committee: committee.wiki.block(name)


def in_groups(*groups: str) -> Make:
    return lambda committee: committee.wiki.add_account(BOT, groups, emailable=True)


def without_address(committee: Committee) -> None:
    committee.wiki.add_account(BOT, ("bot",))


def edited_agenda(committee: Committee) -> None:
    committee.run()
    committee.save(AGENDA, committee.text(AGENDA) + "\nMine.", "Ada")


def protected_status(committee: Committee) -> None:
    committee.run()
    committee.wiki.protect(STATUS)


def protected_calendar(committee: Committee) -> None:
    committee.save(f"{FRONT_PAGE}/Calendar", "{{Steering group/Meeting|was=2026-12-10}}", "Ada")
    committee.wiki.protect(f"{FRONT_PAGE}/Calendar")


ALWAYS = ("calendar", "minutes", "registers", "outbox")
CONFIG = CONFIGURATION.text
FAULT, HINT = Severity.FAULT, Severity.HINT

FAULTS: list[tuple[Make, Severity, str, str]] = [
    # The account
    (blocked(BOT), FAULT, "blocked", ""),
    (in_groups(), HINT, "no-flag", ""),
    (in_groups("bot", "sysop"), HINT, "wide-grants", ""),
    (without_address, FAULT, "bot-without-mail", ""),
    (gone(f"User:{BOT}"), FAULT, "no-user-page", f"User:{BOT}"),
    (saved(f"User:{BOT}", "This is a bot.", "Ada"), HINT, "no-operator-named", f"User:{BOT}"),
    # The stop pages
    (gone(f"User:{BOT}/Run"), FAULT, "stop-missing", f"User:{BOT}/Run"),
    (gone(f"User:{BOT}/Run/status"), FAULT, "stop-missing", f"User:{BOT}/Run/status"),
    (body(call_for_updates=7), FAULT, "stop-missing", f"User:{BOT}/Run/call"),
    (body(follow_up_days=7), FAULT, "stop-missing", f"User:{BOT}/Run/follow-up"),
    *((gone(f"User:{BOT}/Run/{job}"), FAULT, "stop-missing", f"User:{BOT}/Run/{job}") for job in ALWAYS),
    (moved_switch, FAULT, "stop-moved", f"User:{BOT}/Run/agenda"),
    (saved(f"User:{BOT}/Run", "no", "Ada"), FAULT, "stop-stopped", f"User:{BOT}/Run"),
    (saved(f"User:{BOT}/Run/install", "no", "Ada"), FAULT, "stop-stopped", f"User:{BOT}/Run/install"),
    (stopped_and_started, FAULT, "stop-not-started", f"User:{BOT}/Run"),
    # The configuration
    (installed(gone(CONFIG)), FAULT, "no-configuration", ""),
    (saved(CONFIG, "[]"), FAULT, "configuration-fault", CONFIG),
    (configured(core_team=[]), FAULT, "configuration-fault", CONFIG),
    (saved(CONFIG, '{"name": "Mine"}', "Ada"), HINT, "configuration-author", CONFIG),
    (configured(languages=["en", "fr", "tlh"]), HINT, "language-without-texts", CONFIG),
    (configured(trial=True), HINT, "trial", CONFIG),
    (configured(operators=[]), HINT, "no-operators", CONFIG),
    # The people
    (configured(core_team=["Cora", "Nobody"]), FAULT, "core-team-unknown", CONFIG),
    (blocked("Cora"), HINT, "core-team-blocked", CONFIG),
    (configured(operators=["Otto", "Nobody"]), FAULT, "operator-unknown", CONFIG),
    (blocked("Otto"), HINT, "operator-blocked", CONFIG),
    (configured(contact=""), HINT, "no-contact", CONFIG),
    (configured(contact="otto@example.org"), FAULT, "contact-no-account", CONFIG),
    (configured(contact="Nobody"), FAULT, "contact-unknown", CONFIG),
    (configured(contact="User:Ada"), FAULT, "contact-without-mail", CONFIG),
    (saved(ALPHA, roster("Ada", "Nobody"), "Cora"), FAULT, "roster-no-account", ALPHA),
    (blocked("Ada"), HINT, "roster-blocked", ALPHA),
    (gone(BETA), FAULT, "group-page-missing", BETA),
    (saved(BETA, "Our group.", "Cora"), FAULT, "group-page-without-template", BETA),
    (saved(BETA, roster(), "Cora"), FAULT, "nobody-coordinates", BETA),
    (saved(BETA, f"#REDIRECT [[{ALPHA}]]", "Ada"), FAULT, "redirect", BETA),
    (saved(BETA, roster("Bo", "Ada"), "Ada"), HINT, "roster-waiting", BETA),
    # The meetings
    (body(first_meeting="2026-11-12T15:00", repeat="FREQ=MONTHLY;COUNT=1"), FAULT, "no-meeting", CONFIG),
    (configured(agenda={"opens_days": 40}), HINT, "window-too-long", CONFIG),
    (body(minutes=15), FAULT, "items-too-long", CONFIG),
    (alpha_meets(repeat="FREQ=WEEKLY;COUNT=1", first_meeting="2026-11-03T16:00"), FAULT, "no-meeting", CONFIG),
    (alpha_meets(agenda={"opens_days": 9}), HINT, "window-too-long", CONFIG),
    (alpha_meets(minutes=5), FAULT, "items-too-long", CONFIG),
    # The titles
    (configured(titles={"steering_group": "{root}/Working Groups/Beta/Updates"}), FAULT, "configuration-fault", CONFIG),
    (configured(titles={"updates": "{group}"}), FAULT, "configuration-fault", CONFIG),
    (configured(titles={"decisions": "{page}/Action items"}), FAULT, "configuration-fault", CONFIG),
    (configured(titles={"minutes": "{page}/Notes of {date}"}), FAULT, "configuration-fault", CONFIG),
    (alpha_meets(titles={"calendar": "{root}/Calendar"}), FAULT, "configuration-fault", CONFIG),
    (other(), FAULT, "configuration-fault", OTHER),
    (other(titles={"agenda": "{root}/Other/{date}"}), FAULT, "configuration-fault", OTHER),
    (
        other(root="Other", groups=[{"name": "Alpha", "page": ALPHA}], topics=["progress"]),
        FAULT, "configuration-fault", OTHER,
    ),
    (
        other(titles={"agenda": "{root}/Other/{date}", "steering_group": "{root}/Other"}),
        HINT, "same-root", OTHER,
    ),
    (saved(AGENDA, "Mine.", "Ada"), FAULT, "page-in-the-way", AGENDA),
    (edited_agenda, HINT, "page-edited", AGENDA),
    (saved(f"{FRONT_PAGE}/Waiting", "Mine.", "Ada"), FAULT, "page-in-the-way", f"{FRONT_PAGE}/Waiting"),
    (protected_status, FAULT, "page-protected", STATUS),
    (protected_calendar, FAULT, "page-protected", f"{FRONT_PAGE}/Calendar"),
    # The wiki's side
    (gone(MEMBER), FAULT, "templates-missing", MEMBER),
    (of_an_older_version, FAULT, "templates-old", MEMBER),
    (with_another_topic, FAULT, "templates-old", "Module:Steering group/Update"),
    (made_by_somebody, FAULT, "template-not-ours", MEMBER),
    (saved(MEMBER, "Better.", "Ada"), HINT, "template-changed", MEMBER),
    (gone("MediaWiki:Lang"), FAULT, "lang-missing", "MediaWiki:Lang"),
    (gone("MediaWiki:Lang/fr"), FAULT, "lang-missing", "MediaWiki:Lang/fr"),
    (saved("MediaWiki:Lang/fr", "French"), FAULT, "lang-wrong", "MediaWiki:Lang/fr"),
]  # fmt: skip
"""How a fault is made, and the finding that tells it."""


ALONG = {
    "configuration-author": {("configuration-fault", CONFIG)},
    "language-without-texts": {("lang-missing", "MediaWiki:Lang/tlh")},
    OTHER: {("configuration-fault", CONFIG)},
}
"""What the table's ways of making a fault bring along."""


def test_a_set_up_as_it_should_be() -> None:
    """Nothing is found where all is well, and that is said."""
    checkup = examined(well())
    assert as_lines(checkup, ENGLISH) == ["All is well."]
    assert checkup.exit_status == 0


@pytest.mark.parametrize(("make", "severity", "key", "page"), FAULTS)
def test_a_fault_is_found(make: Make, severity: Severity, key: str, page: str) -> None:
    """A fault that was made is found where it is, and nothing else but what comes with it."""
    committee = well()
    make(committee)
    checkup = examined(committee)
    along = ALONG.get(page, ()) if severity is Severity.FAULT else ()
    assert found(checkup) == {(key, page), *ALONG.get(key, ()), *along}
    assert {finding.severity for finding in checkup.findings if finding.key == key} == {severity}


def test_kinds_of_faults() -> None:
    """The table makes more than 35 kinds of faults."""
    kinds = {key for _, _, key, _ in FAULTS}
    print(f"kinds of faults made on the embedded wiki: {len(kinds)}")
    assert len(kinds) > 35


@pytest.fixture(scope="module")
def checkups() -> list[Checkup]:
    """What the doctor finds of each fault."""
    committees = [(well(), make) for make, _, _, _ in FAULTS]
    for committee, make in committees:
        make(committee)
    return [examined(committee) for committee, _ in committees]


@pytest.mark.parametrize("code", ["en", "fr", "es", "de", "ar"])
def test_sentences(checkups: list[Checkup], code: str) -> None:
    """Every finding has a sentence in every language, with all its words in place."""
    for checkup in checkups:
        for finding, line in zip(checkup.findings, as_lines(checkup, Texts(code)), strict=True):
            key = f"doctor-{finding.key}"
            assert key in words(code) or f"problem-{finding.key}" in words("en"), f"no text for {finding.key} in {code}"
            assert "{{" not in line
            assert "$" not in line


EXIT_STATUS = [
    (configured(trial=True), 0),
    (gone("MediaWiki:Lang"), 1),
    (gone(CONFIG), 2),
    (saved(CONFIG, "[]"), 2),
    (other(), 2),
]


@pytest.mark.parametrize(("make", "status"), EXIT_STATUS)
def test_exit_status(make: Make, status: int) -> None:
    """Hints alone are 0, a fault is 1, a configuration that can't be used is 2."""
    committee = well()
    make(committee)
    assert examined(committee).exit_status == status


def test_faults_come_first() -> None:
    """Faults stand before hints, each on a line with its page and remedy."""
    committee = well()
    configured(trial=True, contact="Nobody")(committee)
    assert as_lines(examined(committee), ENGLISH) == [
        "fault  User:StrategyBot/Committee.json: The contact Nobody doesn’t exist. Correct the name under “contact”.",
        "hint   User:StrategyBot/Committee.json: “Committee” is on trial: everything is written below"
        " User:StrategyBot/Trial/ only. When the trial is over, an admin takes “trial” out of the configuration.",
    ]


def test_as_object() -> None:
    """`--json` gives severity, key, title and sentence of each finding, and the number of requests."""
    committee = well()
    committee.wiki.delete("MediaWiki:Lang")
    told = as_object(examined(committee), ENGLISH)
    assert [(one["severity"], one["key"], one["title"]) for one in told["findings"]] == [
        ("fault", "lang-missing", "MediaWiki:Lang")
    ]
    assert told["findings"][0]["message"].startswith("This page is missing")
    assert told["requests"] > 0


def test_it_writes_nothing() -> None:
    """An examination changes no page and sends no edit."""
    committee = well()
    before = committee.wiki.texts()
    edits = committee.wiki.requests["edit"]
    examined(committee)
    assert committee.wiki.texts() == before
    assert committee.wiki.requests["edit"] == edits


LONG = {"first_meeting": "2026-12-10T15:00", "minutes": 240}


@pytest.mark.parametrize("groups", [9, 90])
def test_rounds(groups: int) -> None:
    """The number of rounds doesn't grow with the number of groups."""
    committee = well()
    names = [f"Group {number}" for number in range(groups)]
    for name in names:
        committee.save(f"Committee/Working Groups/{name}", roster("Bo"), "Cora")
    committee.configure({**committee.configuration, "groups": names, "steering_group": LONG})
    site = committee.wiki.start()
    runner = Runner(committee.wiki)
    assert runner.run(examine(site, Machine(None), FILES, site.time)) == ()
    assert runner.rounds == 4


def test_an_account_that_is_no_bot_by_name() -> None:
    """An account without “bot” in its name is told so, beside all that an empty wiki lacks."""
    checkup = check_up(lambda: EmbeddedWiki(":memory:", "Clerk"), FILES)
    assert ("name-without-bot", "") in found(checkup)
    assert checkup.exit_status == 2


def test_a_wiki_without_scribunto() -> None:
    """Where there are no pages for modules, the extension that brings them is missing."""
    committee = well()
    site = committee.wiki.start()
    spaces = {name: space for name, space in site.namespaces.items() if space not in ("Module", "Module talk")}
    findings = committee.ask(examine(replace(site, namespaces=spaces), Machine(None), FILES, site.time))
    assert [(finding.key, finding.words) for finding in findings] == [("no-extension", ("Scribunto",))]


# --- This machine ---


def beaten(path: Path, age: timedelta, exit_status: int = 0) -> Path:
    """A heartbeat that `serve` wrote that long ago."""
    told = {"time": (datetime.now(UTC) - age).isoformat(timespec="seconds"), "exit_status": exit_status}
    path.write_text(json.dumps(told), "utf-8")
    return path


HEARTBEATS = [
    (timedelta(minutes=50), 0, set()),
    (timedelta(hours=5), 0, {("heartbeat-old", "")}),
    (timedelta(minutes=50), 1, {("heartbeat-failed", "")}),
]


@pytest.mark.parametrize(("age", "status", "expected"), HEARTBEATS)
def test_heartbeat(tmp_path: Path, age: timedelta, status: int, expected: set[tuple[str, str]]) -> None:
    """A heartbeat that is old, or tells of a run that failed, is found."""
    assert found(examined(well(), beaten(tmp_path / "heartbeat", age, status))) == expected


@pytest.mark.parametrize("text", [None, "", "[]", '{"time": 5}', '{"time": "2026-12-01T00:00:00", "exit_status": 0}'])
def test_no_heartbeat(tmp_path: Path, text: str | None) -> None:
    """A heartbeat that isn't there or can't be read is found."""
    path = tmp_path / "heartbeat"
    if text is not None:
        path.write_text(text, "utf-8")
    assert found(examined(well(), path)) == {("heartbeat-missing", "")}


@contextmanager
def no_zones() -> Iterator[None]:
    """A machine whose time zone database is gone, and the Python package too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "tzdata", None)  # type: ignore[arg-type]
        zoneinfo.reset_tzpath(to=[])
        _forget()
        yield
    zoneinfo.reset_tzpath()
    _forget()


def _forget() -> None:
    """Forget what this process knows of time zones."""
    for known in (zoneinfo.ZoneInfo.clear_cache, zones.cache_clear, read_configuration.cache_clear):
        known()


def test_no_time_zones() -> None:
    """Without time zone data that is said, beside the configuration that can't be read without them."""
    berlin = {"first_meeting": "2026-12-10T15:00", "timezone": "Europe/Berlin"}
    committee = Committee(steering_group=berlin)  # a wiki that was set up on another machine
    with no_zones():
        assert {"no-zones", "configuration-fault"} <= {key for key, _ in found(examined(committee))}


# --- Through the command line ---


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`doctor` on an empty wiki says what to begin with."""
    assert main(["--wiki", f"embedded:{tmp_path / 'wiki.sqlite'}", "doctor"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert any("“strategybot configure” asks what it is like" in line for line in lines)
    assert any("Run “strategybot install”." in line for line in lines)


def test_command_in_json_and_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one object, in the language that is asked for."""
    address = f"embedded:{tmp_path / 'wiki.sqlite'}"
    assert main(["--wiki", address, "doctor", "--json", "--language", "fr"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert any(one["message"].startswith("Aucune page ne configure") for one in told["findings"])


UNUSABLE = [
    ("nonsense", 2, "not-configured"),
    ("embedded:/nonexistent/wiki.sqlite", 2, "not-configured"),
    ("http://127.0.0.1:9/api.php", 2, "not-configured"),
]


@pytest.mark.parametrize(("wiki", "status", "key"), UNUSABLE)
def test_unusable_wiki(
    wiki: str, status: int, key: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no wiki can be opened, or no account is configured, that is the one finding."""
    for name in ("STRATEGYBOT_USER", "STRATEGYBOT_BOT_PASSWORD", "STRATEGYBOT_OAUTH"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--wiki", wiki, "doctor", "--json"]) == status
    assert [one["key"] for one in json.loads(capsys.readouterr().out)["findings"]] == [key]
