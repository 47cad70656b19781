"""A text is saved in the form that MediaWiki gives it. The examples were seen on MediaWiki 1.43."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from strategybot.model.page import Title
from strategybot.wiki.normalise import InvalidJsonError, normalise

NOON = datetime(2006, 1, 2, 15, 4, 59, tzinfo=UTC)
ADA = "[[User:Ada|Ada]] ([[User talk:Ada|talk]])"
TIME = "15:04, 2 January 2006 (UTC)"


def saved(text: str, title: str = "Sandbox", user: str = "Ada") -> str:
    return normalise(text, Title(title), user, NOON)


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ("", ""),
        (" \n", ""),
        ("Text.\n \t\n", "Text."),
        (" \n Text.", " \n Text."),
        ("Text.\u00a0", "Text.\u00a0"),
        ("Text.\u2028", "Text.\u2028"),
        ("One.\r\nTwo.\rThree.\r\n", "One.\nTwo.\nThree."),
        ("e\u0301", "é"),
        ("<nowiki>e\u0301</nowiki>", "<nowiki>é</nowiki>"),
        ("a\x00b\x07c\x0bd\x1f", "a\ufffdb\ufffdc\ufffdd\ufffd"),
        ("a\ufffe\uffffb\ud800c", "a\ufffd\ufffdb\ufffdc"),
        ("\ufeffa\x7f\x85\u200f", "\ufeffa\x7f\x85\u200f"),
    ],
)
def test_characters(sent: str, stands: str) -> None:
    """Characters are in normal form C, line ends are LF, and nothing blank is at the end."""
    assert saved(sent) == stands


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ("~~~", ADA),
        ("~~~~", f"{ADA} {TIME}"),
        ("~~~~~", TIME),
        ("~~", "~~"),
        ("~~~~~~", f"{TIME}~"),
        ("~~~~~~~~~", f"{TIME}{ADA} {TIME}"),
        ("{{a|~~~}} {{{1|~~~~~}}}", f"{{{{a|{ADA}}}}} {{{{{{1|{TIME}}}}}}}"),
        ("<includeonly>~~~</includeonly>", f"<includeonly>{ADA}</includeonly>"),
        ("<nowiki/>~~~", f"<nowiki/>{ADA}"),
        ("<ref name=x />~~~", f"<ref name=x />{ADA}"),
        ("<nowiki>~~~", f"<nowiki>{ADA}"),
        ("<nowikis>~~~</nowikis>", f"<nowikis>{ADA}</nowikis>"),
        ("~~<!-- -->~", "~~<!-- -->~"),
    ],
)
def test_signature(sent: str, stands: str) -> None:
    """Three to five tildes become the name, the name and the time, or the time."""
    assert saved(sent) == stands


@pytest.mark.parametrize(
    "text",
    [
        "<nowiki>~~~</nowiki>",
        "<NOWIKI >~~~</nowiki  >",
        "<nowiki a='b'>\n~~~\n</nowiki>",
        "<pre><nowiki>~~~</nowiki></pre>",
        "<pre>[[Help:Foo (bar)|]]</pre>",
        "<!-- ~~~ [[Help:Foo (bar)|]] -->",
        "<!-- ~~~",
        "<ref>~~~~</ref>",
        '<syntaxhighlight lang="wikitext">~~~</syntaxhighlight>',
        '<templatedata>{"description": "~~~"}</templatedata>',
        "[[a (b)<!-- c -->|]]",
    ],
)
def test_verbatim(text: str) -> None:
    """Comments and what stands in nowiki, pre and extensions' tags stay as they are."""
    assert saved(text) == text


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ("<nowiki>a</pre>~~~</nowiki> ~~~", f"<nowiki>a</pre>~~~</nowiki> {ADA}"),
        ("<!-- <nowiki> --> ~~~ </nowiki>", f"<!-- <nowiki> --> {ADA} </nowiki>"),
        ("<nowiki><!-- </nowiki> ~~~ -->", f"<nowiki><!-- </nowiki> {ADA} -->"),
    ],
)
def test_verbatim_ends(sent: str, stands: str) -> None:
    """What begins first counts, and it ends with its own end only."""
    assert saved(sent) == stands


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ("[[Help:Foo (bar)|]]", "[[Help:Foo (bar)|Foo]]"),
        ("[[:a (b)|]]", "[[:a (b)|a]]"),
        ("[[a(b)|]]", "[[a(b)|a]]"),
        ("[[a（b）|]]", "[[a（b）|a]]"),
        ("[[Paris, Texas|]]", "[[Paris, Texas|Paris]]"),
        ("[[a，b|]]", "[[a，b|a]]"),
        ("[[a، b|]]", "[[a، b|a]]"),
        ("[[a,b|]]", "[[a,b|a,b]]"),
        ("[[Help:a (b), c|]]", "[[Help:a (b), c|a]]"),
        ("[[a, b (c)|]]", "[[a, b (c)|a, b]]"),
        ("[[:fr:Help:a (b)|]]", "[[:fr:Help:a (b)|Help:a]]"),
        ("[[User:Ada/x (y)|]]", "[[User:Ada/x (y)|Ada/x]]"),
        ("[[a (b) c|]]", "[[a (b) c|a (b) c]]"),
        ("[[(b)|]]", "[[(b)|(b)]]"),
        ("[[ a (b) |]]", "[[ a (b) | a (b) ]]"),
        ("[[Q: a (b)|]]", "[[Q: a (b)| a]]"),
        ("[[a|]]", "[[a|a]]"),
        ("[[[a (b)|]]]", "[[[a (b)|a]]]"),
        ("[[a (b)| ]]", "[[a (b)| ]]"),
        ("[[a#b (c)|]]", "[[a#b (c)|]]"),
        ("[[a\n(b)|]]", "[[a\n(b)|]]"),
        ("[[|x]]", "[[x]]"),
    ],
)
def test_pipe_trick(sent: str, stands: str) -> None:
    """A link with an empty label gets one: its target without the context."""
    assert saved(sent) == stands


@pytest.mark.parametrize(
    ("title", "stands"),
    [
        ("X (y)", "[[a (y)|a]]"),
        ("Help:X (y)", "[[a (y)|a]]"),
        ("X/z (y)", "[[a (y)|a]]"),
        ("X, y", "[[a, y|a]]"),
        ("X, y (z)", "[[a (z)|a]]"),
        ("X", "[[a]]"),
    ],
)
def test_reverse_pipe_trick(title: str, stands: str) -> None:
    """A link with an empty target takes its context from the title of the page."""
    assert saved("[[|a]]", title) == stands


@pytest.mark.parametrize(
    "piece", ["[[", "[[|", "[[(a), |]]", "<nowiki>", "<nowiki ", "<!--", "<ref></nowiki>", "~~", "((a), "]
)
def test_long_text_takes_no_time(piece: str) -> None:
    """A long row of anything, made to keep a pattern busy, doesn't."""
    saved(piece * 20_000)


def test_name_is_escaped_in_signature() -> None:
    """An account's name can't turn into markup."""
    assert saved("~~~", user='D\'Arcy & "Co"').startswith("[[User:D&#39;Arcy &#38; &#34;Co&#34;|")


def test_signature_tells_the_time_in_utc() -> None:
    """The time is in UTC, whatever the clock's zone."""
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    assert normalise("~~~~~", Title("Sandbox"), "Ada", east) == TIME


@pytest.mark.parametrize("title", ["User:Ada/x.css", "User:Ada/x.js"])
def test_signature_in_a_script(title: str) -> None:
    """MediaWiki signs in CSS and JavaScript as well."""
    assert saved("/* ~~~~~ */", title) == f"/* {TIME} */"


@pytest.mark.parametrize("title", ["Module:X", "Template:X/styles.css"])
def test_no_signature_in_a_module(title: str) -> None:
    """A module or style sheet stays as it is, but for the white space at its end."""
    assert saved("return '~~~~' \n", title) == "return '~~~~'"


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ('{"a":[1,2],"b":{"c":null}}', '{\n\t"a": [\n\t\t1,\n\t\t2\n\t],\n\t"b": {\n\t\t"c": null\n\t}\n}'),
        (" [ ] \n", "[]"),
        ("{ }", "{}"),
        ('{"a":[],"b":{}}', '{\n\t"a": [],\n\t"b": {}\n}'),
        ('"\\u00e9\\ud83c\\udf0d\\/~~~~"', '"é🌍/~~~~"'),
        ('"<a&b>\\u2028"', r'"\u003Ca\u0026b\u003E\u2028"'),
        (r'"\t\"\\\u0001"', r'"\t\"\\\u0001"'),
        ('"    "', '"    "'),
        ("[1.0,2.50,1e3,-0]", "[\n\t1,\n\t2.5,\n\t1000,\n\t0\n]"),
        ('{"b":1,"a":2,"b":3}', '{\n\t"b": 3,\n\t"a": 2\n}'),
        ("true", "true"),
    ],
)
def test_json(sent: str, stands: str) -> None:
    """A JSON page is laid out as MediaWiki does it."""
    assert saved(sent, "User:Ada/x.json") == stands


@pytest.mark.parametrize(
    "text", ["", "{", "{'a': 1}", '{"a": 1,}', "[1 2]", "NaN", "[Infinity]", "1e999", '"\\ud800"', "[" * 100_000]
)
def test_json_that_is_none(text: str) -> None:
    """A JSON page that is no JSON is refused with a sentence."""
    with pytest.raises(InvalidJsonError, match=r"^This is not valid JSON: .+\.$"):
        saved(text, "User:Ada/x.json")


@pytest.mark.parametrize("text", ["~~~~ [[a (b)|]] <nowiki>~~~~</nowiki>  ", "e\u0301\r\n"])
def test_normal_form_is_stable(text: str) -> None:
    """What stands is not changed when it is saved again."""
    assert saved(saved(text)) == saved(text)
