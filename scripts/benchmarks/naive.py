"""The month as plain pywikibot code would do it: one page read, changed and saved at a time.

    python -m benchmarks.naive API USER BOT_PASSWORD < JSON

The JSON object names the pages to read ("titles") and those to save ("texts"). It does what a straightforward
script does, with pywikibot's defaults (but for the waiting between edits, which would only take time).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pywikibot


def main(api: str, user: str, password: str) -> None:
    """Read every page and who wrote it; look at the stop page before each edit, and save."""
    work = json.load(sys.stdin)
    site = log_in(api, user, password)
    for title in work["titles"]:
        page = pywikibot.Page(site, title)
        if page.exists():
            page.get()
            page.oldest_revision  # noqa: B018  # a property that asks the wiki
    for title, text in work["texts"].items():
        if pywikibot.Page(site, f"User:{user}/Run").get() == "yes":
            page = pywikibot.Page(site, title)
            page.text = text
            page.save("Update", quiet=True)


def log_in(api: str, user: str, password: str) -> pywikibot.site.APISite:
    """The wiki, with pywikibot's usual settings but for its waiting."""
    family = "naive"
    name, _, secret = password.partition("@")
    passwords = Path(os.environ["PYWIKIBOT_DIR"], "passwords")
    passwords.write_text(f"({family!r}, {user!r}, BotPassword({name!r}, {secret!r}))\n", "utf-8")
    passwords.chmod(0o600)
    pywikibot.config.put_throttle = pywikibot.config.minthrottle = 0
    pywikibot.config.password_file = str(passwords)
    site = pywikibot.Site(url=api, fam=family, user=user)
    site.login()
    return site


if __name__ == "__main__":
    main(*sys.argv[1:])
