"""How PHP is started for a wiki: its settings and environment."""
# ruff: noqa: S603 -- the commands are our own

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .install import Installation

SOURCES = Path(__file__).parent / "php"

EXTENSIONS = (
    "AbuseFilter", "ConfirmEdit", "DiscussionTools", "Echo", "InputBox", "Linter", "ParserFunctions", "Scribunto",
    "SpamBlacklist", "TemplateData", "TitleBlacklist", "VisualEditor", "WikiEditor",
)  # fmt: skip

# MediaWiki's own files never change, so their compiled form is kept without a second look;
# what is in the wiki's folder changes at any moment and is always read.
SETTINGS = {
    "memory_limit": "512M",
    "display_errors": "stderr",
    "apc.shm_size": "128M",
    "opcache.enable": "1",
    "opcache.enable_cli": "0",
    "opcache.memory_consumption": "192",
    "opcache.max_accelerated_files": "20000",
    "opcache.validate_timestamps": "0",
    "opcache.file_update_protection": "0",  # it compares with the clock, which may be set back
}


# The file that names what PHP must read anew each time.
NEVER_COMPILED = "never-compiled"


class MaintenanceError(Exception):
    """A maintenance script failed; the text is what it printed."""


@dataclass(frozen=True)
class Php:
    """PHP for the wiki in `folder`, which answers at `url`."""

    installation: Installation
    folder: Path
    url: str
    messages: Path

    def command(self, *args: str) -> list[str]:
        """The command line that runs PHP with our settings."""
        settings = {**SETTINGS, "opcache.blacklist_filename": self.folder / NEVER_COMPILED}
        options = [part for key, value in settings.items() for part in ("-d", f"{key}={value}")]
        return [str(self.installation.php), *options, *args]

    def environment(self) -> dict[str, str]:
        """Environment variables, among them those for a clock that can be set at any time."""
        return {
            **os.environ,
            "MW_CONFIG_FILE": str(self.folder / "LocalSettings.php"),
            "MW_INSTALL_PATH": str(self.installation.mediawiki),
            "THROWAWAY_WIKI_URL": self.url,
            "THROWAWAY_WIKI_MESSAGES": str(self.messages),
            "THROWAWAY_WIKI_EXTENSIONS": ",".join(EXTENSIONS),
            "PHP_CLI_SERVER_WORKERS": "4",
            "TZ": "UTC",
            "LD_PRELOAD": str(self.installation.libfaketime),
            "FAKETIME_TIMESTAMP_FILE": str(self.folder / "state" / "clock"),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def maintenance(self, script: str, *args: str, stdin: str | None = None) -> str:
        """Run one of MediaWiki's maintenance scripts, or one given by its path; return its output."""
        runner = str(self.installation.mediawiki / "maintenance" / "run.php")
        done = subprocess.run(
            self.command(runner, script, *args),
            check=False, env=self.environment(), input=stdin or "", text=True, capture_output=True,
        )  # fmt: skip
        if done.returncode:
            raise MaintenanceError(f"{script} ended with {done.returncode}: {(done.stdout + done.stderr).strip()}")
        return done.stdout
