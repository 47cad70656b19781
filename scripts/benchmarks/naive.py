"""The month as plain pywikibot code would do it: one page read, changed and saved at a time.

    python -m benchmarks.naive API USER PASSWORD TITLES TEXTS

TITLES is a JSON list of the pages to read (with the author of what stands there), TEXTS a JSON object of the pages
to save. It does what a straightforward script does, with pywikibot's defaults.
"""

from __future__ import annotations

import json
import sys

import pywikibot
from pywikibot.login import ClientLoginManager


def main(api: str, user: str, password: str, titles: str, texts: str) -> None:
    """Read every page and who wrote it, look at the stop page before each edit, and save."""
    pywikibot.config.put_throttle = 0
    site = pywikibot.Site(url=api, user=user)
    ClientLoginManager(password=password, site=site, user=f"{user}@{password.split('@')[0]}")
    for title in json.loads(titles):
        page = pywikibot.Page(site, title)
        if page.exists():
            page.get()
            page.oldest_revision  # noqa: B018  # a property that asks the wiki
    for title, text in json.loads(texts).items():
        if pywikibot.Page(site, f"User:{user}/Run").get() == "yes":
            page = pywikibot.Page(site, title)
            page.text = text
            page.save("Update", quiet=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
