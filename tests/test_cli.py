"""The command line, as an operator uses it: real processes on embedded wikis in files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from strategybot.jobs import JOBS, LAST
from strategybot.model.page import Title
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import History
from tests import commands
from tests.committee import AGENDA, ALPHA, BOT, FRONT_PAGE, STATUS, Committee, update

Run = Callable[..., "subprocess.CompletedProcess[str]"]
NOW = "2026-12-01T00:00Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a wiki on which the committee was just set up."""
    committee, path = Committee(), tmp_path / "wiki.sqlite"
    wiki = EmbeddedWiki(path, BOT, lambda: committee.now)
    for title, text in committee.wiki.texts().items():
        wiki.edit(title, text, "Cora" if title.text.startswith("Committee") else "Admin")
    wiki.close()
    return path


@pytest.fixture
def run(path: Path) -> Run:
    """Runs strategybot on that wiki."""

    def run(*arguments: object, wiki: str = f"embedded:{path}", **environment: str) -> subprocess.CompletedProcess[str]:
        return commands.run("--wiki", wiki, "--now", NOW, *arguments, environment={**os.environ, **environment})

    return run


FRONT_PAGE_EDITED = (
    f"strategybot: {FRONT_PAGE}: Ada has edited the page since. What the run changed there: "
    "[[Special:PermanentLink/{}]]"
)


def first(path: Path, title: str) -> int:
    """The number of a page's first revision."""
    wiki, history = EmbeddedWiki(path), History(Title(title))
    try:
        return int(wiki.answer([history])[history][-1].id)
    finally:
        wiki.close()


def pages(path: Path) -> dict[Title, str]:
    wiki = EmbeddedWiki(path)
    try:
        return wiki.texts()
    finally:
        wiki.close()


def test_plan_then_run_then_nothing(run: Run, path: Path) -> None:
    """`plan` shows a diff and writes nothing, `run` makes it, and a second run changes nothing."""
    before = pages(path)
    planned = run("plan")
    assert planned.returncode == 0
    assert "+{{Steering group/Agenda|" in planned.stdout
    assert pages(path) == before
    assert "saved  Committee/Working Groups/Steering Group/Agenda/2026-12-10" in run("run").stdout
    assert set(re.findall(r"^\w+(?=  )", run("run").stdout, re.MULTILINE)) == {"unchanged"}


def test_json(run: Run) -> None:
    """`--json` prints one object: the run's id, outcomes, problems and the number of requests."""
    found = json.loads(run("run", "--json").stdout)
    assert set(found) == {"run", "outcomes", "problems", "requests"}
    assert re.fullmatch(r"20261201T0000-\w{4}", found["run"])
    assert {frozenset(outcome) for outcome in found["outcomes"]} == {frozenset({"title", "outcome", "revid", "reason"})}
    assert {outcome["title"]: outcome["outcome"] for outcome in found["outcomes"]}.items() >= {
        (title, "saved") for title in (AGENDA, FRONT_PAGE, STATUS)
    }
    assert isinstance(found["requests"], int)


def test_undo(run: Run, path: Path) -> None:
    """`undo` takes back the run whose id `run` has printed, shows it before, and lists what it must leave."""
    before = pages(path)
    (name,) = re.findall(r"^run (\S+): ", run("run").stdout, re.MULTILINE)
    made = pages(path)
    shown = run("undo", name, "--operator", "Otto", "--dry-run")
    assert "-{{Steering group/Agenda|" in shown.stdout
    assert pages(path) == made
    wiki = EmbeddedWiki(path)
    wiki.edit(FRONT_PAGE, "Mine.", "Ada")
    wiki.close()
    found = run("undo", name, "--operator", "Otto")
    assert (found.returncode, found.stderr.splitlines()) == (1, [FRONT_PAGE_EDITED.format(first(path, FRONT_PAGE))])
    assert f"{AGENDA} was made by the run and is empty now; an admin can delete it." in found.stdout
    now = pages(path)
    assert (now[Title(AGENDA)], now[Title(FRONT_PAGE)], now[Title(STATUS)]) == ("", "Mine.", made[Title(STATUS)])
    assert now.items() >= before.items()
    again = json.loads(run("undo", name, "--operator", "Otto", "--json").stdout)
    left = [one["title"] for one in again["outcomes"] if one["outcome"] != "unchanged"]
    assert (left, len(again["outcomes"])) == ([FRONT_PAGE], len(made) - len(before))


def test_plan_as_web_page(run: Run, tmp_path: Path) -> None:
    """`plan --html` writes the diffs to a file, with what people typed escaped."""
    (tmp_path / "in" / f"{ALPHA}/Updates").mkdir(parents=True)
    (tmp_path / "in" / f"{ALPHA}/Updates/2026-12-10.wiki").write_text(update(progress="Hello & <b>you</b>"))
    assert run("import", tmp_path / "in", "--user", "Ada").returncode == 0
    assert run("plan", "--html", tmp_path / "diff.html").returncode == 0
    html = (tmp_path / "diff.html").read_text("utf-8")
    assert "&lt;b&gt;you&lt;/b&gt;" in html.replace("&nbsp;", " ")
    assert "<b>you" not in html


def test_import_and_export(run: Run, tmp_path: Path) -> None:
    """A folder of files becomes pages by that user, and pages become files again."""
    folder = tmp_path / "in"
    (folder / "Template:A").mkdir(parents=True)
    (folder / "Template:A/B.wiki").write_text("Hello", "utf-8")
    (folder / "User:Ada").mkdir()
    (folder / "User:Ada/x.json").write_text("{}", "utf-8")
    assert run("import", folder, "--user", "Admin", "--summary", "Why").returncode == 0
    assert run("export", tmp_path / "out").returncode == 0
    assert (tmp_path / "out/Template:A/B.wiki").read_text("utf-8").strip() == "Hello"
    assert (tmp_path / "out/User:Ada/x.json").exists()


def test_export_of_meetings(run: Run, tmp_path: Path) -> None:
    """`--calendar` writes the meetings of the next year to a file; something is to be exported."""
    file = tmp_path / "meetings.ics"
    exported = run("export", "--calendar", file, "--body", "Steering Group")
    assert (exported.returncode, exported.stdout) == (0, f"12 meetings are in {file}\n")
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 12
    nothing = run("export")
    assert nothing.returncode == 2
    assert nothing.stderr == "strategybot: Nothing to export is named: give a folder, or --calendar FILE.\n"


def test_install(run: Run) -> None:
    """`install` puts templates and texts on the wiki; a second time there is nothing to do."""
    first = run("install", "--json")
    assert first.returncode == 0
    titles = {outcome["title"] for outcome in json.loads(first.stdout)["outcomes"]}
    assert {"Template:Steering group/Update", "Module:Steering group/Text/fr.json"} <= titles
    second = json.loads(run("install", "--json").stdout)
    assert {outcome["outcome"] for outcome in second["outcomes"]} == {"unchanged"}


def test_install_on_an_empty_wiki(run: Run, tmp_path: Path) -> None:
    """`install` works before anything else is there."""
    assert run("install", wiki=f"embedded:{tmp_path / 'new.sqlite'}").returncode == 0


def test_install_leaves_what_is_not_ours(run: Run, path: Path) -> None:
    """A template that the bot didn't make, or that somebody has improved, is left alone and named."""
    run("install")
    wiki = EmbeddedWiki(path)
    wiki.edit(Title("Template:Steering group/Member"), "Better.", "Ada")
    wiki.close()
    found = run("install")
    assert found.returncode == 1
    assert "Template:Steering group/Member: Somebody has edited the page" in found.stderr
    assert pages(path)[Title("Template:Steering group/Member")] == "Better."


def test_another_prefix(run: Run, path: Path) -> None:
    """With another prefix configured, templates and the pages that call them have it."""
    configured = Title(f"User:{BOT}/Committee.json")
    wiki = EmbeddedWiki(path)
    text = wiki.texts()[configured]
    wiki.edit(configured, json.dumps({**json.loads(text), "template_prefix": "Committee/"}), "Admin")
    wiki.close()
    run("install")
    run("run")
    found = pages(path)
    assert Title("Template:Committee/Update") in found
    agenda = found[Title("Committee/Working Groups/Steering Group/Agenda/2026-12-10")]
    assert "{{Committee/Agenda|" in agenda
    assert "Steering group/" not in agenda


CASES = [
    (("undo", "20261201T0000-abcd"), 2, "the following arguments are required: --operator"),
    (("undo", "yesterday", "--operator", "Otto"), 2, "“yesterday” is no run's id"),
    (("undo", "20261201T0000-abcd", "--operator", "Ada"), 2, "“Ada” may not have a run undone"),
    (("undo", "20261201T0000-abcd", "--operator", "Otto"), 2, "No edit of the run 20261201T0000-abcd is to be seen."),
    (("run", "--jsno"), 2, "unrecognized arguments: --jsno"),
    (("run", "agendas"), 2, f"There is no job called agendas; there are {', '.join([*JOBS, *LAST])}."),
    (("import", "/nonexistent"), 2, "/nonexistent"),
]


@pytest.mark.parametrize(("arguments", "status", "sentence"), CASES)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], status: int, sentence: str) -> None:
    """Wrong usage ends with status 2 and one sentence."""
    found = run(*arguments)
    assert found.returncode == status
    assert sentence in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("wiki", "status", "sentence"),
    [
        ("nonsense", 2, "“nonsense” names no wiki"),
        ("embedded:", 2, "embedded:PATH"),
        ("embedded:/nonexistent/folder/wiki.sqlite", 2, "/nonexistent/folder/wiki.sqlite"),
        ("http://127.0.0.1:9/api.php", 2, "STRATEGYBOT_USER"),
    ],
)
def test_unusable_wiki(run: Run, wiki: str, status: int, sentence: str) -> None:
    """A wiki that can't be opened is named in one sentence."""
    found = run("run", wiki=wiki, STRATEGYBOT_USER="", STRATEGYBOT_BOT_PASSWORD="", STRATEGYBOT_OAUTH="")
    assert (found.returncode, len(found.stderr.strip().splitlines())) == (status, 1), found.stderr
    assert sentence in found.stderr


def test_no_wiki_given(tmp_path: Path) -> None:
    """Without a wiki the sentence says how to give one."""
    environment = {key: value for key, value in os.environ.items() if key != "STRATEGYBOT_WIKI"}
    command = [sys.executable, "-m", "strategybot.cli", "run"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)  # noqa: S603
    assert found.returncode == 2
    assert found.stderr == "strategybot: No wiki is given: use --wiki, or set STRATEGYBOT_WIKI.\n"


@pytest.mark.parametrize(
    ("title", "text", "status", "sentence"),
    [
        (f"User:{BOT}/Committee.json", '{"name": 1}', 2, "name: "),
        (f"User:{BOT}/Run", "no", 1, "Stopped on User:StrategyBot/Run by Passer-by."),
        (f"User:{BOT}/Run/agenda", "no", 1, "Stopped on User:StrategyBot/Run/agenda by Passer-by."),
    ],
)
def test_what_stops_a_run(run: Run, path: Path, title: str, text: str, status: int, sentence: str) -> None:
    """An unusable configuration or a stop page is told in a sentence, and nothing it covers is changed."""
    wiki = EmbeddedWiki(path)
    wiki.edit(Title(title), text, "Passer-by")
    before = wiki.texts()
    wiki.close()
    found = run("run", "agenda")
    assert found.returncode == status
    assert sentence in found.stderr
    assert pages(path) == before


def test_start_by_a_stranger(run: Run, path: Path) -> None:
    """A start by somebody who may not is refused by name."""
    wiki = EmbeddedWiki(path)
    wiki.edit(Title(f"User:{BOT}/Run"), "no", "Cora")
    wiki.edit(Title(f"User:{BOT}/Run"), "yes", "Passer-by")
    wiki.close()
    found = run("run")
    assert found.returncode == 1
    assert "Still stopped: Passer-by saved “yes” on User:StrategyBot/Run" in found.stderr


def test_full_disk(path: Path) -> None:
    """Where the disk takes no more, that is told in one sentence, nothing is changed, and the exit status is 1."""
    wiki = EmbeddedWiki(path)
    title = Title(f"User:{BOT}/Committee.json")
    wiki.edit(title, json.dumps({**json.loads(wiki.texts()[title]), "longest_statement": 100_000}), "Admin")
    wiki.edit(Title(f"{ALPHA}/Updates/2026-12-10"), update(progress="word " * 15_000), "Ada")
    before = wiki.texts()
    wiki.close()
    program = f"{sys.executable} -m strategybot.cli --wiki embedded:{path} --now {NOW} run agenda"
    # 40 KiB: enough for the file of 32 that SQLite keeps beside its log, not for the agenda.
    command = ["bash", "-c", f"ulimit -f 40; exec {program}"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (found.returncode, len(found.stderr.splitlines())) == (1, 1), found.stderr
    assert f"The embedded wiki “{path}” can't be used: " in found.stderr
    assert pages(path) == before
