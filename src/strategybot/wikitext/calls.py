"""Template calls as MediaWiki sees them: which templates a text calls, and with which fields.

mwparserfromhell reads tables, HTML tags and external links inside a template as units of their own;
MediaWiki's preprocessor doesn't, so a `|` in them ends the field there. They are masked before parsing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import mwparserfromhell
from mwparserfromhell.nodes import Comment, Template

_MASK = "\ufdd0"  # a noncharacter: no text on a wiki has a use for it
_OPAQUE = "nowiki|pre|ref|gallery|math|poem|syntaxhighlight|source|templatedata|score|chem|ce|hiero|timeline|section"
_NOT_SEEN = re.compile(
    r"(?<!\{)\{(?=\|)"  # a table's start
    rf"|<(?!!--|/?(?:{_OPAQUE}|includeonly|noinclude|onlyinclude)\b)"  # an HTML tag
    r"|(?<!\[)\[(?!\[)",  # an external link
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Call:
    """One call of a template. `fields` are the named ones, white space around them removed.

    Where a name is given twice the last one counts, as on the wiki. `unnamed` are the others in order;
    `text` is the whole call as written.
    """

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()
    text: str = ""


def calls(text: str, name: str) -> tuple[Call, ...]:
    """All calls of one template in a text, in their order, those inside others too.

    `name` is without the namespace; a call may write it with `Template:`, underscores or a small first letter.
    """
    code = mwparserfromhell.parse(_NOT_SEEN.sub(rf"\g<0>{_MASK}", text.replace(_MASK, "")), skip_style_tags=True)
    wanted = _same(name)
    return tuple(_call(node) for node in code.ifilter_templates() if _same(str(node.name)) == wanted)


def called(text: str) -> frozenset[str]:
    """The names of all templates that a text calls, as `calls` compares them."""
    code = mwparserfromhell.parse(_NOT_SEEN.sub(rf"\g<0>{_MASK}", text.replace(_MASK, "")), skip_style_tags=True)
    return frozenset(_same(str(node.name)) for node in code.ifilter_templates())


def _call(node: Template) -> Call:
    named = {_clean(str(one.name)): _clean(one.value) for one in node.params if one.showkey}
    unnamed = tuple(_clean(one.value) for one in node.params if not one.showkey)
    return Call(_clean(node.name), named, unnamed, str(node).replace(_MASK, ""))


def _clean(value: object) -> str:
    """A field's text: without comments, with the pipe and equals sign that editors write as templates."""
    code = mwparserfromhell.parse(value, skip_style_tags=True)
    for comment in code.filter(forcetype=Comment):
        code.remove(comment)
    text = str(code).replace(_MASK, "")
    return text.replace("{{!}}", "|").replace("{{=}}", "=").strip()


def _same(name: str) -> str:
    bare = re.sub(r"<!--.*?-->", "", name.replace(_MASK, ""), flags=re.DOTALL)
    bare = " ".join(bare.replace("_", " ").split())
    bare = re.sub(r"^:?\s*template\s*:\s*", "", bare, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]
