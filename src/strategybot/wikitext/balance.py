"""Whether a text leaves something open, or closes what it hasn't opened, so that it acts on what stands around it."""

from __future__ import annotations

import re

from strategybot.wikitext.preprocessor import opaque
from strategybot.wikitext.sections import masked

_SINGLE = frozenset({"br", "hr", "wbr", "link", "meta"})
_PAIRED = (
    *("abbr", "b", "bdi", "bdo", "big", "blockquote", "caption", "center", "cite", "code", "data", "dd", "del", "dfn"),
    *("div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "kbd", "li", "mark", "ol", "p"),
    *("q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table"),
    *("td", "th", "time", "tr", "translate", "tt", "tvar", "u", "ul", "var"),
)
_TOKEN = re.compile(
    rf"<(?P<closing>/?)(?P<tag>{'|'.join((*_PAIRED, *_SINGLE))})(?=[\s/>]|\Z)[^<>]*(?P<end>>?)"
    r"|^[ \t:]*(?P<table>\{\|)|^[ \t]*(?P<table_end>\|\})"
    r"|(?P<open>\[\[|-\{|\{\{)|(?P<close>\]\]|\}-|\}\})",
    re.IGNORECASE | re.MULTILINE,
)
_ELEMENT = re.compile(r"<(?P<name>[a-z]+)", re.IGNORECASE)
_CLOSES = {"]]": "[[", "}-": "-{", "}}": "{{"}


def unbalanced(text: str) -> str:
    """The first markup of a text that has no counterpart in it, as written; empty where all is closed.

    Emphasis ends with its line, and a single bracket does nothing: neither is looked at.
    """
    opened: list[tuple[str, str]] = []
    if left := next((text[start:end] for start, end in opaque(text) if not _is_whole(text[start:end])), ""):
        return left
    for token in _TOKEN.finditer(masked(text)):
        kind, closes = _kind(token)
        if kind and not closes:
            opened.append((kind, token[0].strip()))
        elif kind and (not opened or opened.pop()[0] != kind):
            return token[0].strip()
        if token["tag"] and not token["end"]:
            return token[0].strip()
    return opened[0][1] if opened else ""


def _is_whole(piece: str) -> bool:
    """Whether a comment or an extension's element has its end; braces always do."""
    element = _ELEMENT.match(piece)
    if not element:
        return not piece.startswith("<!--") or piece.endswith("-->")
    return piece.endswith("/>") or bool(re.search(rf"</{element['name']}\s*>\Z", piece, re.IGNORECASE))


def _kind(token: re.Match[str]) -> tuple[str, bool]:
    """What a token opens or closes (the latter is told), empty where it needs no counterpart."""
    if token["tag"]:
        name = token["tag"].lower()
        return "" if name in _SINGLE else name, bool(token["closing"])
    if token["table"] or token["table_end"]:
        return "{|", bool(token["table_end"])
    return _CLOSES.get(token["close"], token["open"]) or "", bool(token["close"])
