"""Pages saved as plain pywikibot code saves them: the text is set, and `page.save()` called.

    python -m benchmarks.plain API USER BOT_PASSWORD

For each line of its input, a JSON object with a title and perhaps a text, it reads the page, or makes it read that
text. It answers each with a line: `read`, `saved` or `conflict`.
"""

from __future__ import annotations

import json
import sys

import pywikibot
from pywikibot.exceptions import EditConflictError

from benchmarks.naive import log_in


def main(api: str, user: str, password: str) -> None:
    """Do what the input says, line by line."""
    site = log_in(api, user, password)
    read: dict[str, pywikibot.Page] = {}
    for line in sys.stdin:
        work = json.loads(line)
        page = read.pop(work["title"], None) or pywikibot.Page(site, work["title"])
        if "text" in work:
            print(_saved(page, work["text"]), flush=True)
        else:
            page.get()
            read[work["title"]] = page
            print("read", flush=True)


def _saved(page: pywikibot.Page, text: str) -> str:
    page.text = text
    try:
        page.save("Update", quiet=True)
    except EditConflictError:
        return "conflict"
    return "saved"


if __name__ == "__main__":
    main(*sys.argv[1:])
