"""Who the bot is and where: from the environment or from pywikibot's configuration, and what is said if it won't do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from strategybot.model.page import Title
from strategybot.wiki.mediawiki import MediaWikiWiki, Patience
from strategybot.wiki.mediawiki.account import account_for
from strategybot.wiki.port import OperatorError, PageNow, Save
from tests.mediawiki.failing import Tunnel, Way, says
from tests.mediawiki.rig import IMPATIENT, PASSWORDS, MediaWikiRig, credentials

pytestmark = pytest.mark.mediawiki

NOWHERE = "http://127.0.0.1:9/api.php"
TOKENS = "1234567890abcdef consumer-secret,access-token access-secret"


def complaint(spec: str, environment: dict[str, str], patience: Patience = IMPATIENT) -> OperatorError:
    """What starting says to the operator."""
    with pytest.raises(OperatorError) as raised:
        MediaWikiWiki(spec, environment, patience).start()
    return raised.value


# --- What is configured ---


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "No account is configured: set STRATEGYBOT_USER and STRATEGYBOT_BOT_PASSWORD, or STRATEGYBOT_OAUTH, or"),
        ({"STRATEGYBOT_USER": "StrategyBot"}, "STRATEGYBOT_BOT_PASSWORD is not set."),
        ({"STRATEGYBOT_BOT_PASSWORD": "a@b"}, "STRATEGYBOT_USER is not set."),
        (
            {"STRATEGYBOT_USER": "StrategyBot", "STRATEGYBOT_BOT_PASSWORD": "secret"},
            "STRATEGYBOT_BOT_PASSWORD is not of the form APPID@PASSWORD.",
        ),
        ({"STRATEGYBOT_OAUTH": "one two three"}, "STRATEGYBOT_OAUTH has 3 tokens, not four."),
    ],
)
def test_account_that_is_not_configured(environment: dict[str, str], sentence: str) -> None:
    """What is missing or malformed is wrong usage, and said without a request."""
    raised = complaint(NOWHERE, environment)
    assert str(raised).startswith(sentence)
    assert raised.usage


@pytest.mark.parametrize(
    "spec",
    [
        "nofamily:en",
        "wikipedia:nosuchlanguage",
        "meta",
        "meta:",
        ":",
        "://",
        "http://:80/api.php",
        "https://example.org/wiki/",
        "ftp://example.org/api.php",
    ],
)
def test_wiki_that_is_not_known(spec: str) -> None:
    """A wiki that pywikibot doesn't know and that is no api.php either is wrong usage."""
    raised = complaint(spec, credentials())
    assert spec in str(raised)
    assert raised.usage


def test_secrets_are_not_shown(rig: MediaWikiRig) -> None:
    """Neither a complaint nor an account in a traceback shows a password."""
    for environment in (credentials(), {"STRATEGYBOT_OAUTH": TOKENS}):
        shown = repr(account_for(rig.api, environment))
        assert not any(secret in shown for secret in (*PASSWORDS.values(), *TOKENS.split()))


# --- What the wiki says ---


@pytest.mark.parametrize("account", ["StrategyBot", "Nobody of that name"])
def test_login_that_is_refused(rig: MediaWikiRig, account: str) -> None:
    """A wrong password and an unknown account are refused in the wiki's words, and nothing asks for another."""
    environment = {"STRATEGYBOT_USER": account, "STRATEGYBOT_BOT_PASSWORD": f"strategybot@{'0' * 32}"}
    raised = complaint(rig.api, environment)
    assert str(raised) == (
        f"{rig.api} refuses the login of {account}@strategybot: "
        "Incorrect username or password entered. Please try again."
    )
    assert not raised.usage


@pytest.mark.parametrize("name", ["strategyBot", "StrategyBot ", "_StrategyBot"])
def test_name_in_another_spelling(rig: MediaWikiRig, name: str) -> None:
    """An account's name is taken in any spelling that the wiki takes."""
    environment = {**credentials(), "STRATEGYBOT_USER": name}
    assert MediaWikiWiki(rig.api, environment, IMPATIENT).start().account.name == "StrategyBot"


def test_accounts_side_by_side(rig: MediaWikiRig, root: str) -> None:
    """Two accounts in one process, at the same time even, are never taken for each other."""
    wikis = {name: rig.wiki(name) for name in ("StrategyBot", "FlaglessBot")}
    work = [(name, f"{root}/{name} {number}") for number in range(8) for name in wikis]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda task: wikis[task[0]].act(Save(Title(task[1]), "Text.", None, "test")), work))
    pages = wikis["StrategyBot"].answer([PageNow(Title(title)) for _, title in work])
    authors = [page.revision and page.revision.user for page in pages.values()]
    assert authors == [name for name, _ in work]
    assert [wiki.requests["edit"] for wiki in wikis.values()] == [8, 8]


def test_wiki_that_shows_nothing_to_strangers(rig: MediaWikiRig) -> None:
    """A private wiki is started as well."""
    rig.configure("$wgGroupPermissions['*']['read'] = false;")
    assert rig.wiki().start().account.name == "StrategyBot"


def test_oauth(tunnel: Tunnel) -> None:
    """With OAuth every request is signed, and there is no login; a wiki that doesn't know it sees a stranger."""
    raised = complaint(tunnel.api, {"STRATEGYBOT_OAUTH": TOKENS})
    assert str(raised) == f"{tunnel.api} takes the bot for an anonymous visitor: its proof is void."
    assert len(tunnel.sent) == 1
    assert 'oauth_consumer_key="1234567890abcdef"' in tunnel.sent[0].headers["Authorization"]


# --- What is there instead of a wiki ---


def test_nobody_there() -> None:
    """A wiki that can't be reached is named, in one sentence."""
    raised = complaint(NOWHERE, credentials())
    assert str(raised) == f"{NOWHERE} can't be reached: Connection refused."
    assert not raised.usage


def test_host_that_does_not_exist() -> None:
    """A host without an address is named as well."""
    raised = complaint("http://nowhere.invalid/api.php", credentials())
    assert str(raised).startswith("http://nowhere.invalid/api.php can't be reached: ")


@pytest.fixture
def silent() -> Iterator[str]:
    """The URL of a host that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api.php"


def test_host_that_never_answers(silent: str) -> None:
    """Waiting ends."""
    raised = complaint(silent, credentials(), Patience(timeout=0.2, pauses=(0.1,)))
    assert str(raised) == f"{silent} does not answer in time."


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (says(200, b"<html>Welcome!</html>"), "answers with HTTP 200 and something that is not JSON."),
        (says(200, b'{"hello": "world"}'), "does not answer like a MediaWiki."),
        (says(404, b"Not found"), "refuses to let the bot in: HTTP 404 Not Found (http-404)."),
        (says(301, b""), "refuses to let the bot in: HTTP 301 Moved Permanently (http-301)."),
        (says(502, b"Bad gateway"), "answers with HTTP 502 and something that is not JSON."),
    ],
)
def test_something_else_there(tunnel: Tunnel, way: Way, sentence: str) -> None:
    """What isn't a MediaWiki is told by what it says."""
    tunnel.fail(way)
    assert str(complaint(tunnel.api, credentials())) == f"{tunnel.api} {sentence}"


# --- pywikibot's configuration, which it reads once in a process ---

START_AND_SAVE = """
import sys
from strategybot.model.page import Title
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import OperatorError, Save

wiki = MediaWikiWiki(sys.argv[1])
try:
    account = wiki.start().account
    print(account.name, wiki.act(Save(Title(sys.argv[2]), "Text.", None, "test")).kind.name)
except OperatorError as error:
    print("usage:" if error.usage else "error:", error)
"""


def run(folder: Path, script: str, *args: str, **environment: str) -> str:
    """What a script prints in a folder that it can't write to, with no home and nobody at the keyboard."""
    folder.chmod(0o500)
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, "-c", script, *args],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    folder.chmod(0o700)
    assert (done.returncode, done.stderr) == (0, "")
    assert not Path("/nonexistent").exists()
    return done.stdout.strip()


def test_environment_alone(rig: MediaWikiRig, root: str, tmp_path: Path) -> None:
    """In a container with neither a home nor a disk the environment is enough, and nothing is left behind."""
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    environment = {**credentials(), "TMPDIR": str(temporary)}
    assert run(here, START_AND_SAVE, rig.api, root, **environment) == "StrategyBot SAVED"
    assert not [*here.iterdir(), *temporary.iterdir()]


def test_nothing_configured(rig: MediaWikiRig, root: str, tmp_path: Path) -> None:
    """Without any configuration it is said what to set, and nobody is asked for a password."""
    said = run(tmp_path, START_AND_SAVE, rig.api, root)
    assert said.startswith("usage: No account is configured: set STRATEGYBOT_USER")


def configure(folder: Path, *lines: str) -> None:
    """Put a user-config.py and a password file into a folder."""
    (folder / "user-config.py").write_text("\n".join(["usernames['*']['*'] = 'StrategyBot'", *lines]))
    (folder / "user-password.py").write_text(
        f"('StrategyBot', BotPassword('strategybot', '{PASSWORDS['StrategyBot']}'))"
    )
    (folder / "user-password.py").chmod(0o600)


def test_user_config(rig: MediaWikiRig, root: str, tmp_path: Path) -> None:
    """An ordinary user-config.py is found in the current folder, and where PYWIKIBOT_DIR points."""
    configure(tmp_path, "password_file = 'user-password.py'")
    assert run(tmp_path, START_AND_SAVE, rig.api, f"{root}/1") == "StrategyBot SAVED"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run(elsewhere, START_AND_SAVE, rig.api, f"{root}/2", PYWIKIBOT_DIR=str(tmp_path)) == "StrategyBot SAVED"


@pytest.mark.parametrize(
    ("lines", "output"),
    [
        (["password_file = 'user-password.py'", "simulate = True"], "StrategyBot PLANNED"),
        (["password_file = 'missing.py'"], "usage: The password file of user-config.py can't be read:"),
        ([], "usage: user-config.py names no password file with a line for StrategyBot."),
        (["this is no Python"], "usage: pywikibot can't be set up: SyntaxError("),
    ],
)
def test_line_of_user_config(rig: MediaWikiRig, root: str, tmp_path: Path, lines: list[str], output: str) -> None:
    """Pywikibot's own dry run is honoured, and what can't be read is wrong usage."""
    configure(tmp_path, *lines)
    assert run(tmp_path, START_AND_SAVE, rig.api, root).startswith(output)


SHOW_ACCOUNT = """
from strategybot.wiki.mediawiki.account import account_for

account = account_for("meta:meta", {})
print(account.url, account.proof.login, account.agent)
"""


def test_sample(tmp_path: Path) -> None:
    """The sample works as it stands, with the password file that it describes."""
    sample = (Path(__file__).parents[2] / "user-config.py.sample").read_text()
    password = next(line for line in sample.splitlines() if line.startswith('#   ("StrategyBot"'))
    (tmp_path / "user-config.py").write_text(sample)
    (tmp_path / "user-password.py").write_text(password.removeprefix("#"))
    (tmp_path / "user-password.py").chmod(0o600)
    url, login, agent = run(tmp_path, SHOW_ACCOUNT).split(maxsplit=2)
    assert (url, login) == ("https://meta.wikimedia.org/w/api.php", "StrategyBot@strategybot")
    assert "(you@example.org) pywikibot/" in agent
