"""The Jinja environment: templates/ with delimiters that wikitext has no use for, and no way round the safe types.

Values stand in `«…»`, statements in `<% … %>`, comments in `<# … #>`. There are no filters but ours, names are
strict, and joining texts with an operator is refused: what that gives counts as safe as soon as one part is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from strategybot.share import share
from strategybot.writing import safe
from strategybot.writing.languages import direction


class NoJoining(Extension):
    """Refuses templates that join texts with `~`, `+` or `%`."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Pass every token on. Raises TemplateSyntaxError at an operator that joins texts."""
        for token in stream:
            if token.type in ("tilde", "add", "mod"):
                raise TemplateSyntaxError(f"texts aren't joined with {token.value}", token.lineno, stream.name)
            yield token


@cache
def environment() -> Environment:
    """The environment that all pages are rendered in."""
    made = Environment(
        loader=FileSystemLoader(share("templates")),
        variable_start_string="«",
        variable_end_string="»",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=safe.shown,
        extensions=[NoJoining],
        autoescape=True,  # so that macros give Markup; `finalize` has refused everything else before
    )
    made.filters = {
        "block": safe.block,
        "inline": safe.inline,
        "heading": safe.heading,
        "field": safe.field,
        "argument": safe.argument,
        "target": safe.target,
        "json": safe.json_value,
        "lua": safe.lua_string,
        "direction": direction,
        "names": _names,
        "length": len,
    }
    return made


def render(name: str, **values: Any) -> str:
    """A page's text from its template, as MediaWiki would keep it: NFC, no trailing white space, single empty lines.

    Raises UnsafeError where the template shows a value of no safe type, and UndefinedError for an unknown name.
    """
    text = environment().get_template(name).render(**values)
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", text)).strip("\n")


def render_source(source: str, **values: Any) -> str:
    """The text of a page on the wiki's side, from a file of wikiconfig/; its white space stays. Raises as `render`."""
    return _compiled(source).render(**values)


@cache
def _compiled(source: str) -> Template:
    return environment().from_string(source)


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)
