"""A message to many talk pages as plain pywikibot code posts it: each page read, looked at and saved by itself.

    python -m benchmarks.plain_relay API USER BOT_PASSWORD < JSON

The JSON object names the pages ("titles") and the message ("text"). Redirects are followed; a page that opted out by
category, that keeps bots away (which `save` looks at) or that has the message already gets nothing.
"""

from __future__ import annotations

import json
import sys

import pywikibot
from pywikibot.exceptions import OtherPageSaveError

from benchmarks.naive import log_in

_KEY = "<!-- relay March -->"


def main(api: str, user: str, password: str) -> None:
    """Post the message on each page that takes it."""
    work = json.load(sys.stdin)
    site = log_in(api, user, password)
    for title in work["titles"]:
        page = pywikibot.Page(site, title)
        if page.isRedirectPage():
            page = page.getRedirectTarget()
        out = "Opted-out of message delivery"
        if _KEY in page.text or any(one.title(with_ns=False) == out for one in page.categories()):
            continue
        page.text += f"\n\n== The meeting in March ==\n{work['text']}\n~~~~\n{_KEY}"
        try:
            page.save("The meeting in March", quiet=True, minor=False)
        except OtherPageSaveError:
            continue


if __name__ == "__main__":
    main(*sys.argv[1:])
