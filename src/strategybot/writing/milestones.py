"""The words of the thread of milestones, in the process's first language. Nobody is mentioned in it."""

from __future__ import annotations

from strategybot.model.page import Title
from strategybot.writing.languages import direction, long_date, long_month
from strategybot.writing.safe import Block, Heading, field, heading, target
from strategybot.writing.texts import Texts


def milestones_heading(language: str, body: str, year: str) -> Heading:
    """The heading of a year's thread."""
    return heading(Texts(language).say("milestones-heading", body, year))


def milestones_body(language: str, body: str) -> Block:
    """What the thread begins with: what it is for, and how to hear of what comes."""
    return _in(language, Texts(language).say("milestones-about", field(body)), "div")


def milestone_line(language: str, kind: str, date: str, page: Title) -> Block:
    """One milestone (the `agenda` or `minutes` of a date's meeting, or a month's `letter`), with a link to the page."""
    link = f"[[{target(page)}|{field(page)}]]"
    return _in(language, Texts(language).say(f"milestone-{kind}", date_in_words(language, date), link), "span")


def date_in_words(language: str, date: str) -> str:
    """A day (`2026-12-10`) or a month (`2026-12`) in words."""
    return long_month(language, date) if len(date) == len("2026-12") else long_date(language, date)


def _in(language: str, words: str, element: str) -> Block:
    """Words marked with their language and direction."""
    way = direction(language)
    return Block(f'<{element} lang="{field(language)}" dir="{way}" class="mw-content-{way}">{words}</{element}>')
