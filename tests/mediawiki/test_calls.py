"""Template calls are read as MediaWiki reads them; its own parse tree says how that is.

Known differences, which the wiki's own settings decide: tags of extensions that a wiki lacks (`<ref>` without
Cite) are text there, and hold a `|` together here; a template's name in another language's namespace
(`{{Vorlage:…}}`) or made of other templates is not recognised; `{{subst:…}}` and `{{safesubst:…}}` are not
followed; and what is nested deeper than a hundred braces, which MediaWiki doesn't expand either, isn't read.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategybot.wikitext.calls import called, calls
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki

TEXTS = [
    "{{Update|progress=We met|lang=en}}",
    "{{Update\n| progress = We met\n* twice\n| lang = en\n}}",
    "{{Update|a=1|b|c=2|d}}",
    "{{Update|a=1|a=2|1=x|y}}",
    "{{Update|1=a=b|2=|3}}",
    "{{Update||a=||}}",
    "{{Update|a={|\n! head\n|-\n| cell\n|}\n|b=2}}",
    "{{Update|a={{{!}}\n{{!}} cell\n{{!}}}|b=2}}",
    "{{Update|a=x{{!}}y{{=}}z{{!|no}}{{ ! }}|b=2}}",
    "{{Update|a{{=}}b|c}}",
    '{{Update|a=<b title="x|y">z</b>|b=<br>|c=<br/>}}',
    "{{Update|a=<span|b>c=d</span>}}",
    "{{Update|a=<nowiki>|b=}}</nowiki>|c=d}}",
    "{{Update|a=<nowiki />|b=<NOWIKI >|c</NoWiki >}}",
    "{{Update|a=<nowiki>|b=2}}",
    "{{Update|a=<pre>|</pre>|<gallery>a|b</gallery>}}",
    "{{Update|a=<!-- | }} -->b|c<!-- = -->=d<!-- e -->}}",
    "{{Update<!-- x -->|a=1}}{{<!-- y -->Update|a=2}}",
    "{{Update|a=one\n<!-- alone -->\ntwo|b=one\n <!-- x --> <!-- y --> \n== three ==\n}}",
    "{{Update|a=<!-- unclosed }}",
    "{{Update|a=[[Page|label]]|b=[[Page|x|y]]|c=[[ =|]]}}",
    "{{Update|a=[[unclosed|b=2}}",
    "{{Update|a=[https://x.example/?a=b|c d]|e=f}}",
    "{{Update|a=https://x.example/?b=c}}",
    "{{Update|https://x.example/?b=c}}",
    "{{Update|a=[one|b=[[[two]]]|c=]]}}",
    "{{Update|a=\n== Heading ==\nwords|b=2}}",
    "{{Update|a=\n== Heading }}\nwords|b=2}}",
    "{{Update|a=\n== Heading | b = 2 ==\n|c=3}}",
    "{{Update|a\n=1|b\n==2\n|c\n=3}}",
    "== {{Update|a=1}} ==\n{{Update\n== a = 1 ==\n}}",
    "{{Update|a={{Inner|b=c|d}}|e={{Inner|{{Deep|f=g}}}}}}",
    "{{Update|a={{{param|b=c}}}|d={{{{{x}}}}}|{{{{Inner|a}}}}}}",
    "{{{{Update|a=1}}}}{{{{{Update|b=2}}}}}{{{Update|c=3}}}",
    "{{Update|a=1}} {{Update|b=2",
    "{{Update|a=1}}}} }} {{Update|b=2}}}",
    "{{Outer|{{Update|a=1}} {{Update|b=2}",
    "{Update|a=1}} {{Update|a=1} }",
    "{{Update|a=-{zh:x|y;b=c}-|d=e}}",
    "-{{Update|a=1}}- -{{{Update|a=2}}}- -{{{{Update|a=3}}}}-",
    "{{Update|a=-{unclosed|b=2}}",
    "{{Update|a=}- ]] }|b=2}}",
    "<noinclude>{{Update|a=1}}</noinclude><includeonly>{{Update|a=2}}</includeonly>",
    "{{Update|a=<noinclude>|b=2</noinclude>|c=<includeonly>|d=3</includeonly>|<onlyinclude>x}}",
    "<includeonly>{{Update|a=1}}",
    "<nowiki>{{Update|a=1}}</nowiki><pre>{{Update|a=2}}</pre>",
    "<nowiki {{Update|a=1}}",
    "<nowikix>{{Update|a=1}}</nowikix>",
    "{{Template:Update|a=1}}{{template: update|a=2}}{{ update |a=3}}{{:Update|a=4}}{{UPDATE|a=5}}",
    "{{Up_date|a=1}}{{Up date|a=2}}{{ Up__date\n|a=3}}",
    "{{#if:x|{{Update|a=1}}|no}}{{lc:{{Update|b}}}}",
    "{{Update|=nameless|==|a==b}}",
    "{{Update|a=\n|\n b = \n\n c \n\n|}}",
    "{{}}{{|}}{{|a=1}}{{{}}}",
    "\ufeff{{Update|a=é|ключ=значення|מפתח=ערך}}",
]


@pytest.mark.parametrize("text", TEXTS)
def test_calls_are_those_of_the_parse_tree(throwaway: ThrowawayWiki, text: str) -> None:
    """Every template has the name and the fields that MediaWiki sees, and the source that it was written with."""
    _compare(throwaway, text)


PIECES = st.sampled_from(
    [
        "{",
        "{{",
        "{{{",
        "}",
        "}}",
        "}}}",
        "[",
        "[[",
        "]",
        "]]",
        "|",
        "=",
        "==",
        "\n",
        " ",
        "-",
        "-{",
        "}-",
        "a",
        "b",
        "<!--",
        "-->",
        "<nowiki>",
        "</nowiki>",
        "<pre>",
        "</pre>",
        "<noinclude>",
        "<includeonly>",
        "</includeonly>",
        "{{Update|",
        "{{!}}",
        "\n==",
        "==\n",
        "\n<!-- x -->\n",
        "/>",
        "<nowiki ",
        "{{a|b=",
        "{|",
        "|}",
        "[[x|y]]",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_is_read_as_mediawiki_reads_it(throwaway: ThrowawayWiki, text: str) -> None:
    """Whatever braces, brackets, tags, comments and headings come together, the templates are the same."""
    _compare(throwaway, text)


def _compare(wiki: ThrowawayWiki, text: str) -> None:
    answer = wiki.call(action="expandtemplates", text=text, prop="parsetree") if text.strip() else None
    tree = fromstring(answer["expandtemplates"]["parsetree"]) if answer else Element("root")  # noqa: S314  # our own
    templates = [template for template in tree.iter("template") if (_name(template) or "").strip()]
    expected: dict[str, list[tuple[dict[str, str], tuple[str, ...]]]] = {}
    for template in templates:
        expected.setdefault(_same(_name(template) or ""), []).append(_fields(template))
    found = {name: [(dict(call.fields), call.unnamed) for call in calls(text, name)] for name in expected}
    assert found == expected
    assert called(text) == set(expected)
    for name in expected:
        assert all(call.text in text for call in calls(text, name))


def _name(template: Element) -> str | None:
    """A template's name, or None where it is made of other templates."""
    title = template.find("title")
    assert title is not None
    return None if any(True for inner in title.iter() if inner.tag in ("template", "tplarg")) else _source(title)


def _same(name: str) -> str:
    """A template's name as MediaWiki would look it up."""
    bare = " ".join(name.replace("_", " ").split())
    if bare.lower().startswith("template:"):
        bare = bare[len("template:") :].strip()
    return bare[:1].upper() + bare[1:]


def _fields(template: Element) -> tuple[dict[str, str], tuple[str, ...]]:
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for part in template.findall("part"):
        name, value = part.find("name"), part.find("value")
        assert name is not None
        assert value is not None
        if name.get("index"):
            unnamed.append(_value(value))
        else:
            named[_source(name).strip()] = _value(value)
    return named, tuple(unnamed)


def _value(element: Element) -> str:
    return "".join([element.text or "", *((_sign(one) or _node(one)) + (one.tail or "") for one in element)]).strip()


def _sign(element: Element) -> str:
    plain = element.tag == "template" and element.find("part") is None
    return {"!": "|", "=": "="}.get((_name(element) or "").strip(), "") if plain else ""


def _source(element: Element) -> str:
    return "".join([element.text or "", *(_node(one) + (one.tail or "") for one in element)])


def _node(element: Element) -> str:
    """An element's wikitext without comments."""
    if element.tag in ("template", "tplarg"):
        braces = 2 if element.tag == "template" else 3
        parts = [_source(part) for part in (element.find("title"), *element.findall("part")) if part is not None]
        return "{" * braces + "|".join(parts) + "}" * braces
    if element.tag == "ext":
        inner = element.find("inner")
        ending = "/>" if inner is None else f">{inner.text or ''}{element.findtext('close') or ''}"
        return f"<{element.findtext('name')}{element.findtext('attr') or ''}{ending}"
    return "" if element.tag in ("comment", "ignore") else _source(element)
