"""Whether a page asks bots to stay away, in any of the readings in use.

pywikibot looks at the first parameter and case, AutoWikiBrowser reads lists and defaults otherwise: where one
of the readings says no, the answer is no. Source: https://en.wikipedia.org/wiki/Template:Bots
"""

from __future__ import annotations

from strategybot.model.page import Title
from strategybot.wikitext.calls import Call, called, calls


def excludes(text: str, bot: str) -> str:
    """The template that keeps this bot off the page, as written, or an empty string."""
    if "bots" not in text.casefold():
        return ""
    name = Title(bot).text.casefold()
    for template in sorted(called(text)):
        denies = {"nobots": _not_allowed, "bots": _denied}.get(template.casefold())
        for call in calls(text, template) if denies else ():
            if denies and denies(call, name):
                return call.text
    return ""


def _not_allowed(call: Call, bot: str) -> bool:
    return not _lists(call, "allow") & {bot, "all"}


def _denied(call: Call, bot: str) -> bool:
    allow, deny = _lists(call, "allow"), _lists(call, "deny")
    return bool(deny & {bot, "all"}) or bool(allow and not allow & {bot, "all"})


def _lists(call: Call, name: str) -> frozenset[str]:
    values = [value for key, value in call.fields.items() if key.casefold() == name]
    return frozenset(Title(word).text.casefold() for value in values for word in value.split(","))
