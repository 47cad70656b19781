"""What MediaWiki does to a text when it is saved.

Checked against MediaWiki 1.43. Not done here: `{{subst:…}}`, which would need the whole parser.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from strategybot.model.page import Title
from strategybot.wiki.characters import clean, trimmed
from strategybot.wiki.titles import content_model, split
from strategybot.wiki.verbatim import outside_verbatim

_TRANSFORMED = frozenset({"wikitext", "css", "javascript"})
"""The content models in which signatures and pipe tricks work: MediaWiki's default for $wgTextModelsToParse."""

# The patterns of Parser::pstPass2, but that the text between the brackets is found first, and only where it is not
# much longer than a title: so nothing that people write takes long.
_LEGAL = r"[ %!\"$&'()*,\-./0-9:;=?@A-Z\\^_`a-z~\x80-\U0010ffff+]"
_PREFIX = r"(?P<prefix>:?[ _0-9A-Za-z\x80-\U0010ffff-]+:|:|)"
_PIPED = re.compile(rf"\[\[({_LEGAL}{{1,300}})\|\]\]")
_PIPED_FROM_TITLE = re.compile(rf"\[\[\|({_LEGAL}+)\]\]")
_LABELLED = [
    re.compile(rf"{_PREFIX}(?P<label>{_LEGAL}+?)(?: ?\({_LEGAL}+\))"),
    re.compile(rf"{_PREFIX}(?P<label>{_LEGAL}+?)(?: ?（{_LEGAL}+）)"),
    re.compile(rf"{_PREFIX}(?P<label>{_LEGAL}+?)(?: ?\({_LEGAL}+\)|)(?:(?:, |，|، ){_LEGAL}+|)"),
]
_CONTEXTS = [
    re.compile(rf"{_PREFIX}{_LEGAL}+?(?P<suffix> \({_LEGAL}+\))"),
    re.compile(rf"{_PREFIX}{_LEGAL}+?(?P<suffix>, {_LEGAL}+|)"),
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ESCAPED_IN_NAMES = str.maketrans({'"': "&#34;", "&": "&#38;", "'": "&#39;"})
_ESCAPED_IN_JSON = str.maketrans({char: f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"})


class InvalidJsonError(ValueError):
    """A JSON page that is no JSON, in a sentence."""


def normalise(text: str, title: Title, user: str, time: datetime) -> str:
    """The text that stands after `user` has saved this one at `title`, which is canonical, at `time`.

    Raises InvalidJsonError for a JSON page that is no JSON.
    """
    text = trimmed(clean(text))
    model = content_model(title)
    if model == "json":
        return _indented(text)
    if model not in _TRANSFORMED:
        return text
    return trimmed(outside_verbatim(text, lambda part: _piped(_signed(part, user, time), title)))


def _signed(text: str, user: str, time: datetime) -> str:
    """Three tildes are the user, five the time, and four both; so are the first five of a longer row."""
    name = user.translate(_ESCAPED_IN_NAMES)
    signature = f"[[User:{name}|{name}]] ([[User talk:{name}|talk]])"
    time = time.astimezone(UTC)
    moment = f"{time:%H:%M}, {time.day} {MONTHS[time.month - 1]} {time.year} (UTC)"
    texts = {3: signature, 4: f"{signature} {moment}", 5: moment}
    return re.sub("~{3,5}", lambda tildes: texts[len(tildes[0])], text)


def _piped(text: str, title: Title) -> str:
    """The pipe trick, `[[Help:Page (context)|]]`, and its reverse, which takes the context from the page's title."""
    text = _PIPED.sub(lambda link: f"[[{link[1]}|{_label(link[1])}]]", text)
    prefix, suffix = _context(split(title.text)[1])
    label = "|{}" if prefix or suffix else ""
    return _PIPED_FROM_TITLE.sub(lambda link: f"[[{prefix}{link[1]}{suffix}{label.format(link[1])}]]", text)


def _label(target: str) -> str:
    """What the pipe trick shows of a link's target: all of it where there is no context to leave out."""
    found = next(filter(None, (pattern.fullmatch(target) for pattern in _LABELLED)), None)
    return found["label"] if found else ""


def _context(text: str) -> tuple[str, str]:
    """The prefix and the suffix that a page's title gives to the links on it."""
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _CONTEXTS)), None)
    return (found["prefix"], found["suffix"]) if found else ("", "")


def _indented(text: str) -> str:
    """JSON as FormatJson::encode lays it out: indented with tabs, and with `<`, `>` and `&` escaped."""
    try:
        value = json.loads(text, parse_float=_number, parse_constant=_refuse)
        laid_out = json.dumps(value, indent="\t", ensure_ascii=False, allow_nan=False).translate(_ESCAPED_IN_JSON)
        laid_out.encode()  # half a surrogate pair is JSON to Python, and an error to PHP
    except (ValueError, RecursionError) as error:
        raise InvalidJsonError(f"This is not valid JSON: {error}.") from error
    return laid_out


def _number(digits: str) -> float:
    """PHP writes 2.0 as 2."""
    value = float(digits)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no value")
