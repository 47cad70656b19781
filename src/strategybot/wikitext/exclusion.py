"""Whether a page asks bots to stay away, in any of the readings in use.

pywikibot looks at the first parameter and case, AutoWikiBrowser reads lists and defaults otherwise: where one
of the readings says no, the answer is no. Source: https://en.wikipedia.org/wiki/Template:Bots
"""

from __future__ import annotations

import re

from strategybot.wikitext.calls import Call, calls


def excludes(text: str, bot: str) -> str:
    """The template that keeps this bot off the page, as written, or an empty string."""
    if not re.search(r"\{\{[^{}|]*(no)?bots", text, re.IGNORECASE):
        return ""
    for call in (*calls(text, "Nobots"), *calls(text, "NoBots")):
        if not _lists(call, "allow") & {bot.casefold(), "all"}:
            return call.text
    for call in calls(text, "Bots"):
        if _denied(call, bot.casefold()):
            return call.text
    return ""


def _denied(call: Call, bot: str) -> bool:
    allow, deny = _lists(call, "allow"), _lists(call, "deny")
    if deny & {bot, "all"}:
        return True
    return "allow" in _names(call) and not allow & {bot, "all"}


def _lists(call: Call, name: str) -> frozenset[str]:
    values = [value for key, value in call.fields.items() if key.casefold() == name]
    return frozenset(word.strip().casefold() for value in values for word in value.split(","))


def _names(call: Call) -> frozenset[str]:
    return frozenset(key.casefold() for key in call.fields)
