"""The month as plain pywikibot code would do it: one page read, changed and saved at a time.

    python -m benchmarks.naive API USER PASSWORD < JSON

The JSON object names the pages to read ("titles") and those to save ("texts"). It does what a straightforward
script does, with pywikibot's defaults.
"""

from __future__ import annotations

import json
import sys

import pywikibot
from pywikibot.login import ClientLoginManager


def main(api: str, user: str, password: str) -> None:
    """Read every page and who wrote it, look at the stop page before each edit, and save."""
    pywikibot.config.put_throttle = 0
    site = pywikibot.Site(url=api, user=user)
    ClientLoginManager(password=password, site=site, user=f"{user}@{password.split('@', maxsplit=1)[0]}")
    work = json.load(sys.stdin)
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


if __name__ == "__main__":
    main(*sys.argv[1:])
