"""The pristine wiki that every throwaway wiki is a copy of."""
# ruff: noqa: S603 -- the commands are our own

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .accounts import ACCOUNTS, ADMIN, BOT_PASSWORD_ID, Account
from .cache import built_whole, cache_folder, locked, say
from .install import Installation
from .php import EXTENSIONS, NEVER_COMPILED, SOURCES, MaintenanceError, Php
from .state import State, lay_out

# Messages of these languages are compiled beforehand; others follow when they are asked for.
LANGUAGES = ("en", "fr", "ar", "es", "de", "he")

PAGES = {
    # `{{int:lang}}` is the code of the reader's language, as on Meta and Commons.
    "MediaWiki:Lang": "en",
    **{f"MediaWiki:Lang/{code}": code for code in LANGUAGES if code != "en"},
    # Everybody comes from the same address: blocking one account must not block all.
    "MediaWiki:Block-autoblock-exemptionlist": "* 127.0.0.1",
}

# A page's history can't go back in time, so the first pages are older than any test.
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Image:
    """A pristine wiki: its `state`, and the compiled `messages` that all its copies share."""

    folder: Path

    @property
    def state(self) -> Path:
        """What to load into a new wiki."""
        return self.folder / "pristine"

    @property
    def messages(self) -> Path:
        """MediaWiki's localisation cache."""
        return self.folder / "messages"

    def lay_out(self, folder: Path) -> None:
        """Put a new wiki into `folder`."""
        lay_out_wiki(folder)
        State(folder).load(self.state)


def ensure_image(installation: Installation) -> Image:
    """The image for this MediaWiki and these settings, built if there is none."""
    target = cache_folder() / f"image-{installation.version}-{_fingerprint()}"
    with locked("image"):
        if not target.exists():
            say(f"building the pristine wiki ({installation.version})")
            with built_whole(target) as draft:
                _build(installation, draft)
    return Image(target)


def is_wiki(folder: Path) -> bool:
    """Whether `folder` was laid out as a wiki, so that it may be removed."""
    return (folder / NEVER_COMPILED).exists() and (folder / "LocalSettings.php").exists()


def lay_out_wiki(folder: Path) -> None:
    """Put the files of a wiki that never change into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in SOURCES.glob("*.php"):
        shutil.copy(source, folder)
    (folder / NEVER_COMPILED).write_text(f"{folder}/*\n")


def _fingerprint() -> str:
    """A word that changes with everything that the image is made of."""
    sources = [SOURCES.parent / name for name in ("accounts.py", "image.py", "php.py")]
    parts = [*sorted(SOURCES.glob("*.php")), *sources]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()[:12]


def _build(installation: Installation, folder: Path) -> None:
    php = Php(installation, folder, url="http://127.0.0.1", messages=folder / "messages")
    lay_out(folder / "state-0")
    (folder / "state").symlink_to("state-0")
    (folder / "messages").mkdir()
    lay_out_wiki(folder)
    state = State(folder)
    state.set_clock(LONG_AGO)
    _install(php)
    php.maintenance("rebuildLocalisationCache", "--lang", ",".join(LANGUAGES))
    for account in ACCOUNTS:
        _create(php, account)
    _save(php, PAGES)
    php.maintenance("runJobs")
    state.set_clock(None)
    state.save(folder / "pristine")
    (folder / "state").unlink()
    shutil.rmtree(folder / "state-0")


def _install(php: Php) -> None:
    """Make the databases with all the tables of our extensions; our own settings follow."""
    scratch = php.folder / "install"
    scratch.mkdir()
    runner = php.installation.mediawiki / "maintenance" / "run.php"
    command = php.command(
        str(runner), "install", "--dbtype", "sqlite", "--dbpath", str(php.folder / "state-0"), "--dbname", "wiki",
        "--server", php.url, "--scriptpath", "", "--confpath", str(scratch),
        "--skins", "Vector", "--extensions", ",".join(EXTENSIONS), "--pass", ADMIN.password,
        "Throwaway wiki", ADMIN.name,
    )  # fmt: skip
    environment = {**php.environment(), "MW_CONFIG_FILE": str(scratch / "LocalSettings.php")}
    done = subprocess.run(command, check=False, env=environment, text=True, capture_output=True)
    if done.returncode:
        raise MaintenanceError(f"install: {(done.stdout + done.stderr).strip()}")
    shutil.rmtree(scratch)


def _create(php: Php, account: Account) -> None:
    groups = [f"--custom-groups={','.join(account.groups)}"] if account.groups else []
    php.maintenance("createAndPromote", "--force", *groups, account.name, account.password)
    mail = f"{account.name.lower()}@wiki.example"
    php.maintenance("resetUserEmail", "--no-reset-password", account.name, mail)
    if account.bot_password:
        grants = ",".join(account.bot_grants)
        php.maintenance("createBotPassword", "--appid", BOT_PASSWORD_ID, "--grants", grants,
                        account.name, account.bot_password)  # fmt: skip
    if account.blocked:
        php.maintenance("blockUsers", "--performer", ADMIN.name, "--reason", "throwaway", stdin=account.name)


def _save(php: Php, pages: Mapping[str, str]) -> None:
    rows = [{"title": title, "text": text, "user": ADMIN.name, "summary": ""} for title, text in pages.items()]
    php.maintenance(str(php.folder / "save_pages.php"), stdin=json.dumps(rows))
