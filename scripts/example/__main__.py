"""The demo: plays the month, shows what changes, and says where to look."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from example.month import ACTION_ITEMS, AGENDA, ARCHIVE, DECISIONS, FRONT_PAGE, MONTH, NEXT_AGENDA, RELAY, STATUS, TALK
from example.stages import EmbeddedStage, MediaWikiStage, bold

DEMO = Path(".demo")
PAGES = (FRONT_PAGE, AGENDA, ACTION_ITEMS, DECISIONS, ARCHIVE, NEXT_AGENDA, TALK, RELAY, STATUS)
"""The pages to look at."""


def main() -> int:
    """Play the month; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description="A whole month of an example process.")
    parser.add_argument(
        "--mediawiki", action="store_true", help="on a throwaway real MediaWiki, which stays up, instead of a file"
    )
    try:
        return _on_mediawiki() if parser.parse_args().mediawiki else _embedded()
    except subprocess.CalledProcessError as failed:
        print(f"\nThe demo stopped, since a command failed: {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        return 1


def _embedded() -> int:
    DEMO.mkdir(exist_ok=True)
    for old in DEMO.glob("wiki.sqlite*"):
        old.unlink()
    shutil.rmtree(DEMO / "pages", ignore_errors=True)
    stage = EmbeddedStage(DEMO / "wiki.sqlite")
    for step in MONTH:
        step.play(stage)
    stage.export(DEMO / "pages")
    print(bold("\nThe pages it made, as wikitext (with --mediawiki you can open them in a browser):"))
    for title in PAGES:
        print(f"  {DEMO / 'pages' / title.text}.wiki")
    print(f"The wiki itself is {DEMO / 'wiki.sqlite'}; try:")
    print(f"  .venv/bin/strategybot --wiki embedded:{DEMO / 'wiki.sqlite'} --now 2027-01-02T06:00Z plan")
    return 0


def _on_mediawiki() -> int:
    stage = MediaWikiStage.up(Path(".mediawiki"))
    for step in MONTH:
        step.play(stage)
    print(bold("\nThe pages it made:"))
    for title in PAGES:
        print(f"  {stage.url(title)}")
        print(f"    in French: {stage.url(title, uselang='fr')}")
    print(bold("Accounts, with their passwords:"))
    for name, password in stage.accounts().items():
        print(f"  {name}: {password}")
    print("The wiki stays up until: scripts/mediawiki down")
    return 0


if __name__ == "__main__":
    sys.exit(main())
