"""The words of the thread of milestones, in the process's first language. Nobody is mentioned in it."""

from __future__ import annotations

from strategybot.model.page import Title
from strategybot.writing.languages import direction, long_date
from strategybot.writing.safe import Block, Heading, field, heading, target
from strategybot.writing.texts import Texts


def milestones_heading(language: str, body: str, year: str) -> Heading:
    """The heading of a year's thread."""
    return heading(Texts(language).say("milestones-heading", body, year))


def milestones_body(language: str, body: str) -> Block:
    """What the thread begins with: what it is for, and how to hear of what comes."""
    return _in(language, Texts(language).say("milestones-about", field(body)), "div")


def milestone_line(language: str, kind: str, date: str, page: Title) -> Block:
    """One milestone (`agenda` or `minutes`) of the meeting on a date, with a link to the page."""
    words = Texts(language).say(f"milestone-{kind}", long_date(language, date), f"[[{target(page)}|{field(page)}]]")
    return _in(language, words, "span")


def _in(language: str, words: str, element: str) -> Block:
    """Words marked with their language and direction."""
    way = direction(language)
    return Block(f'<{element} lang="{field(language)}" dir="{way}" class="mw-content-{way}">{words}</{element}>')
