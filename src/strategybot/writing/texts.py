"""The words of i18n/, for what the bot itself writes or prints: summaries, problems, sentences for the operator.

(What stands on the bot's pages is chosen by the reader's language, on the wiki, from the same words.)
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import cast

from strategybot.share import share
from strategybot.writing.languages import plural_rule

_PLURAL = re.compile(r"\{\{PLURAL:\$(\d)\|([^{}]*)\}\}", re.IGNORECASE)


@cache
def words(code: str) -> dict[str, str]:
    """All texts of one language by their keys, in translatewiki's format; empty where there is no such file."""
    path = share("i18n") / f"{code}.json"
    if not path.is_file():
        return {}
    texts = cast(dict[str, str], json.loads(path.read_text("utf-8")))
    return {key: text for key, text in texts.items() if not key.startswith("@")}


def codes() -> tuple[str, ...]:
    """The languages that there are texts for."""
    return tuple(sorted(path.stem for path in share("i18n").glob("*.json") if path.stem != "qqq"))


@cache
def need_words(language: str) -> dict[str, tuple[str, ...]]:
    """For each kind of need the beginnings of words that tell it, in a language and in English, in lower case."""
    kinds: dict[str, tuple[str, ...]] = {}
    for code in dict.fromkeys((language, language.split("-", maxsplit=1)[0], "en")):
        for key, text in words(code).items():
            if key.startswith("need-words-"):
                stems = tuple(stem.strip().casefold() for stem in text.split(",") if stem.strip())
                kinds[key.removeprefix("need-words-")] = kinds.get(key.removeprefix("need-words-"), ()) + stems
    return kinds


class Texts:
    """The texts in one language; what it lacks is said in its parent language (`pt` for `pt-br`) or in English."""

    def __init__(self, code: str) -> None:
        self._codes = (code, code.split("-", maxsplit=1)[0], "en")

    def say(self, key: str, *arguments: str) -> str:
        """A text with `$1`, `$2`… replaced and plurals chosen. Raises KeyError for a key that English lacks."""
        code = next((code for code in self._codes if key in words(code)), "en")
        text = _PLURAL.sub(lambda found: _plural(code, _argument(found[1], arguments), found[2]), words(code)[key])
        return re.sub(r"\$(\d)", lambda found: _argument(found[1], arguments), text)


def _argument(number: str, arguments: tuple[str, ...]) -> str:
    """The argument of that number (from 1), empty where there is none: as the wiki's module has it."""
    index = int(number) - 1
    return arguments[index] if index < len(arguments) else ""


def _plural(code: str, number: str, forms: str) -> str:
    """The form for a number; `0=none` stands for exactly that number."""
    exact = dict(form.split("=", maxsplit=1) for form in forms.split("|") if re.match(r"\d+=", form))
    general = [form for form in forms.split("|") if not re.match(r"\d+=", form)]
    if number in exact:
        return exact[number]
    rule, categories = plural_rule(code)
    category = rule(int(number)) if number.isdecimal() else "other"
    return general[min(categories.index(category), len(general) - 1)]
