"""What is wrong with a configuration, in sentences for the admin who can mend it."""

from __future__ import annotations

import json
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from strategybot.config.schema import Configuration


def sentence(fault: ErrorDetails) -> str:
    """A fault in one sentence: where, what is allowed, what is there."""
    path = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    given = fault["input"]
    shown = f" (it is {quoted(given)})" if isinstance(given, str | int | float) else ""
    if fault["type"] == "missing":
        return f"{path}: is missing"
    if fault["type"] == "extra_forbidden":
        return f"{path}: there is no such key; allowed are {', '.join(_siblings(fault['loc']))}"
    if not path:
        return f"the page must be a JSON object with the keys {', '.join(Configuration.model_fields)}"
    return f"{path}: {_allowed(fault)}{shown}"


def _allowed(fault: ErrorDetails) -> str:
    """What is allowed in the place of a fault, by pydantic's name for it."""
    limits = fault.get("ctx", {})
    sentences = {
        "fault": "{sentence}",
        "string_too_short": "may not be empty",
        "string_too_long": "may have at most {max_length} characters",
        "too_short": "must have at least one entry",
        "greater_than_equal": "must be at least {ge}",
        "less_than_equal": "may be at most {le}",
        "string_type": "must be a text in quotes",
        "string_unicode": "must be a text of Unicode characters",
        "int_type": "must be a whole number",
        "bool_type": "must be true or false",
        "list_type": "must be a list",
        "dict_type": "must be an object with a text for each language",
    }
    if fault["type"] in sentences:
        return sentences[fault["type"]].format(**limits)
    return f"must be an object with the keys {', '.join(_siblings((*fault['loc'], '')))}"


def _siblings(path: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where an unknown one was found: those of the object that the path leads to."""
    part: type[BaseModel] = Configuration
    for step in path[:-1]:
        if isinstance(step, str):
            part = _objects_in(part.model_fields[step].annotation) or part
    return list(part.model_fields)


def _objects_in(annotation: object) -> type[BaseModel] | None:
    """The kind of object that a key holds, by itself or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_objects_in, get_args(annotation))), None)


def quoted(given: object) -> str:
    """A value as JSON, or its beginning."""
    text = json.dumps(given, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"
