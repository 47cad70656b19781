"""The bot's posts as they stand on talk pages, where everybody may write: what of a section is the bot's own.

== Heading ==                    the bot's own words, from here
<div …>…</div>
[[User:StrategyBot]] 12:00, …    to its signature
<!-- post: KEY -->
:Thanks! [[User:Ada]] …          what people wrote below, between signature and comment as well
"""

from __future__ import annotations

from dataclasses import dataclass

from strategybot.wikitext.sections import sections

_END = "</div>"
"""What every body ends with that can be amended. No text of people's can hold it there (see neutral.py)."""


@dataclass(frozen=True)
class Place:
    """Where a post stands in a text: the bot's own words from `start` to `signed`, people's from there to `end`."""

    start: int
    signed: int
    end: int
    answered: bool


def comment(key: str) -> str:
    """What nobody sees behind the signature of a post, and by which it is known where it stands."""
    return f"<!-- post: {key} -->"


def as_posted(text: str, key: str) -> str | None:
    """The bot's own words in the text of the revision that made a post; None where they aren't there."""
    thread = _thread(text, key)
    return text[thread[0] : text.index(comment(key))].rstrip() if thread else None


def as_amended(text: str, key: str, posted: str) -> str | None:
    """The bot's own words in the text of a later revision of the bot's: up to the signature that it was posted with."""
    thread = _thread(text, key)
    signed = f"{_END}\n{signature(posted)}\n"
    if thread is None or signed not in text[thread[0] : thread[1]]:
        return None
    return text[thread[0] : text.index(signed, thread[0])] + signed.rstrip("\n")


def signature(own: str) -> str:
    """The line with which the bot's own words end."""
    return own.rpartition("\n")[2]


def place_of(text: str, own: str, key: str) -> Place | None:
    """Where a post stands whose own words are these to the letter; None where it doesn't, or not once."""
    thread = _thread(text, key)
    if thread is None or not own or not text.startswith(f"{own}\n", thread[0]) or text.count(own) > 1:
        return None
    signed = thread[0] + len(own)
    below = text[signed : thread[1]].replace(comment(key), "", 1)
    return Place(thread[0], signed, thread[1], bool(below.strip()))


def with_own(text: str, own: str, key: str, words: str) -> str | None:
    """The text with other words in place of the bot's own, under the same signature; None where those are gone."""
    place = place_of(text, own, key)
    return f"{text[: place.start]}{words}\n{signature(own)}{text[place.signed :]}" if place else None


def only_within(before: str, after: str, own: str, key: str) -> bool:
    """Whether all that differs is what the bot's own words in its post say, and that is one signed section still."""
    place = place_of(before, own, key)
    if place is None:
        return False
    rest = len(before) - place.signed
    words = after[place.start : len(after) - rest]
    if after != before[: place.start] + words + before[place.signed :]:
        return False
    headings = [one.level for one in sections(words) if one.level]
    is_whole = headings == [2] and words.startswith("==") and words.endswith(f"{_END}\n{signature(own)}")
    return is_whole and "<!--" not in words


def has_thread(text: str, key: str) -> bool:
    """Whether a post stands in a text, whatever became of its words."""
    return _thread(text, key) is not None


def with_line(text: str, key: str, line: str) -> str:
    """The text with a line at the end of a post's thread. Raises ValueError where it isn't there."""
    thread = _thread(text, key)
    if thread is None:
        raise ValueError(f"no thread of {key!r}")
    before = text[: thread[1]].rstrip()
    return f"{before}\n{line}{text[len(before) :]}"


def _thread(text: str, key: str) -> tuple[int, int] | None:
    """Where the thread of a post begins and ends; None where the post doesn't stand in a section, or not once."""
    if text.count(comment(key)) != 1:
        return None
    at = text.index(comment(key))
    heads = [one for one in sections(text) if 0 < one.level <= 2]
    above = [one for one in heads if one.start <= at]
    if not above or above[-1].level != 2:
        return None
    end = next((one.start for one in heads if one.start > at), len(text))
    return above[-1].start, end
