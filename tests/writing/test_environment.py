"""The Jinja environment."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from strategybot.writing.environment import environment, render
from strategybot.writing.safe import UnsafeError


def _made(source: str, **values: object) -> str:
    return environment().from_string(source).render(**values)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a «x|field» b", "a 1&#61;2 b"),
        ("{{T|«x|field»}} {% x %} {# y #}", "{{T|1&#61;2}} {% x %} {# y #}"),
        ("<% if x %>\n  yes\n<% endif %>\n", "  yes\n"),
        ("<# note #>\nx", "x"),
        ("<% for one in many %>«one|inline»<% endfor %>", "&#42;ab"),
        ("«many|length|field» «many|names|field»", "2 &#42;, ab"),
        ("«'ar'|direction|field»", "rtl"),
        ("<% macro m(v) %>[«v|field»]<% endmacro %>«m(x)»", "[1&#61;2]"),
    ],
)
def test_values_pass_through_a_filter(source: str, text: str) -> None:
    """Delimiters are none of wikitext's; filters make values safe, macros keep them so."""
    assert _made(source, x="1=2", many=["*", "ab"]) == text


@pytest.mark.parametrize(
    "source",
    [
        "«x»",
        "«x.upper()»",
        "«thing.name»",
        "«many»",
        "«x|length»",
        "«many|names»",
        "«x == x»",
    ],
)
def test_a_bare_value_is_refused(source: str) -> None:
    """Attributes, results and numbers too; only what a template itself says in quotes is its own text."""
    with pytest.raises(UnsafeError):
        _made(source, x="x", many=["a"], thing=SimpleNamespace(name="n"))


@pytest.mark.parametrize(
    "source", ["«y|field»", "«x.y|field»", "<% if y %><% endif %>", "<% for a in y %><% endfor %>"]
)
def test_an_unknown_name_is_refused(source: str) -> None:
    """A template can't forget a value."""
    with pytest.raises(UndefinedError):
        _made(source, x="x")


@pytest.mark.parametrize("source", ["«x|field ~ y»", "«x|field + y»", "«x|field % y»"])
def test_texts_arent_joined(source: str) -> None:
    """The whole would count as safe where one part is."""
    with pytest.raises(TemplateSyntaxError, match="texts aren't joined with"):
        _made(source, x="x", y="{{y}}")


@pytest.mark.parametrize(
    "name", ["safe", "e", "escape", "join", "replace", "format", "upper", "default", "list", "map"]
)
def test_there_are_no_filters_but_ours(name: str) -> None:
    """None of Jinja's own, which know nothing of wikitext."""
    with pytest.raises(TemplateError, match=f"No filter named '{name}'"):
        _made(f"«x|{name}»", x="x")


def test_a_page_is_what_the_wiki_would_keep() -> None:
    """No white space at line ends, single empty lines, nothing around, and composed characters."""
    page = render("status.wiki", prefix=environment().filters["field"]("e\u0301/"), parts_of_status=[], changed=None)
    assert page == "__NOEDITSECTION__\n<div {{#invoke:é/Text|attributes}}>\n{{é/Status}}\n</div>"
