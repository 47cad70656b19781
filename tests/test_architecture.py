"""What holds for the repository as a whole: imports, texts, and that it stands by itself."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).resolve().parents[1]
TEXTS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "i18n").glob("*.json"))}
KEYS = set(TEXTS["en"])
PLACES = [*(ROOT / "templates").rglob("*"), *(ROOT / "wikiconfig").rglob("*"), *(ROOT / "src").rglob("*.py")]
SOURCES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in PLACES if path.is_file()}
TRACKED = [
    name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")
    if name
]  # fmt: skip


def _parameters(text: str) -> set[str]:
    return set(re.findall(r"\$\d", text))


def test_imports_point_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every contract of pyproject.toml is kept."""
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("code", TEXTS)
def test_every_language_has_every_text(code: str) -> None:
    """A key that English has is translated and explained, and there is no other."""
    assert set(TEXTS[code]) == KEYS
    assert all(text for key, text in TEXTS[code].items() if not key.startswith("@"))


@pytest.mark.parametrize("code", TEXTS)
def test_every_parameter_is_used(code: str) -> None:
    """What English says of its parameters is said in each language, and each is explained to translators."""
    missing = {
        key: wanted
        for key, text in TEXTS["en"].items()
        if isinstance(text, str) and (wanted := _parameters(text) - _parameters(TEXTS[code][key]))
    }
    assert missing == {}


@pytest.mark.parametrize("code", [code for code in TEXTS if code != "qqq"])
def test_no_language_has_a_parameter_of_its_own(code: str) -> None:
    """It would be shown empty."""
    own = {
        key
        for key, text in TEXTS[code].items()
        if isinstance(text, str) and _parameters(text) - _parameters(TEXTS["en"][key])
    }
    assert own == set()


@pytest.mark.parametrize("name", [name for name in SOURCES if name.startswith(("templates/", "wikiconfig/"))])
def test_every_key_on_the_wiki_is_a_text(name: str) -> None:
    """Keys that a page names, and that a macro puts together of two parts."""
    text = re.sub(r"<nowiki>.*?</nowiki>", "", SOURCES[name])
    named = set(re.findall(r"\{\{(?:«prefix»|Steering group/)(?:Text|Heading)\|([a-z-]+)(?=[|}])", text))
    named |= set(re.findall(r"\{\{(?:Steering group/)(?:Update|Working group)/Field\|([a-z-]+)(?=[|}])", text)) & {
        key for key in KEYS if key.startswith("group-")
    }
    made = re.findall(r'parts\.(?:text|heading)\("([a-z-]+)", "([a-z-]+)"', text)
    named |= {f"{kind}-{key}" for kind, key in made}
    assert named - KEYS == set()


def test_every_problem_and_summary_is_a_text() -> None:
    """The keys that the code names: of problems, of summaries, of stops, of sentences that are said."""
    code = "\n".join(text for name, text in SOURCES.items() if name.endswith(".py"))
    named = {f"problem-{key}" for key in re.findall(r'\bProblem\(\s*"([a-z-]+)"', code)}
    named |= {f"problem-stop-{key}" for key in re.findall(r'\bStop\(\s*"([a-z-]+)"', code)}
    named |= set(re.findall(r'\.say\(\s*"([a-z-]+)"', code))
    assert named
    assert named - KEYS == set()


def test_every_topic_item_and_state_has_its_words() -> None:
    """What a configuration may name by default has a heading in every language."""
    from strategybot.config import FRAME_ITEMS, TOPICS  # noqa: PLC0415  # a failing import is another test's matter
    from strategybot.model.update import State  # noqa: PLC0415

    named = {f"item-{item}" for item in FRAME_ITEMS} | {f"topic-{topic}" for topic in TOPICS}
    assert named - KEYS == set()
    assert {f"report-{state.value}" for state in State} - KEYS == set()


@pytest.mark.parametrize("name", TRACKED)
def test_no_file_leads_out_of_the_repository(name: str) -> None:
    """Who clones it has all that it speaks of."""
    path = ROOT / name
    outside = Path("..", "shared").as_posix()
    if path.is_file():
        assert outside.encode() not in path.read_bytes()
