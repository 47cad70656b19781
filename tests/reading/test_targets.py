"""Delivery lists in all their forms: what they name, in which order, and what of them can't be read."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.reading.targets import Entry, Flaw, Inclusion, included, read_list
from tests.growth import is_steady

ADA, BO, PUMP = ("User talk:Ada", ""), ("User talk:Bo", ""), ("Project:Pump", "")
THERE = "fr.wikipedia.org"
ADA_THERE = ("User talk:Ada", THERE)

FORMS: dict[str, list[tuple[str, str]]] = {
    # The parser function
    "{{#target:User talk:Ada}}": [ADA],
    "{{#target:User talk:Ada|fr.wikipedia.org}}": [ADA_THERE],
    "{{#target:User talk:Ada|}}": [ADA],
    "{{#target: User talk:Ada | fr.wikipedia.org }}": [ADA_THERE],
    "{{ #target:User talk:Ada}}": [ADA],
    "{{#TARGET:User talk:Ada}}": [ADA],
    "{{#Target:Project:Pump}}": [PUMP],
    "{{#target:\nUser talk:Ada\n|\nfr.wikipedia.org\n}}": [ADA_THERE],
    "{{#target:User talk:Ada|fr.wikipedia.org|more}}": [ADA_THERE],
    "* {{#target:User talk:Ada}}\n* {{#target:User talk:Bo}}": [ADA, BO],
    "{{#target:User talk:Ada}} {{#target:User talk:Bo}}": [ADA, BO],
    "{{#target:User talk:Ada}}{{#target:User talk:Ada}}": [ADA, ADA],
    "== {{#target:User talk:Ada}} ==": [ADA],
    "{|\n|-\n| {{#target:User talk:Ada}} || {{#target:User talk:Bo}}\n|}": [ADA, BO],
    "'''{{#target:User talk:Ada}}''' and more": [ADA],
    "[[{{#target:User talk:Ada}}]]": [ADA],
    "<div>{{#target:User talk:Ada}}</div>": [ADA],
    "{{#target:User talk:Ada#Section}}": [ADA],
    "{{#target:User_talk:Ada}}": [("User_talk:Ada", "")],
    "{{#target::User talk:Ada}}": [ADA],
    "{{#target:Benutzer Diskussion:Ada}}": [("Benutzer Diskussion:Ada", "")],
    "{{#target:Project:Q&amp;A}}": [("Project:Q&A", "")],
    "{{#target:Project:Caf&#233;}}": [("Project:Café", "")],
    "{{#target:Project:a=b}}": [("Project:a=b", "")],
    "{{#target:Project:1+1=2|fr.wikipedia.org}}": [("Project:1+1=2", THERE)],
    "{{#target:نقاش المستخدم:آدا}}": [("نقاش المستخدم:آدا", "")],
    # What isn't seen
    "<!-- {{#target:User talk:Ada}} -->": [],
    "{{#target:User talk:Ada<!-- she -->}}": [ADA],
    "{{#target:User talk:<!-- x -->Ada|<!-- y -->fr.wikipedia.org}}": [ADA_THERE],
    "<!--\n{{#target:User talk:Ada}}\n-->{{#target:User talk:Bo}}": [BO],
    "{{#target:User talk:Bo}}<!-- {{#target:User talk:Ada}}": [BO],
    "<nowiki>{{#target:User talk:Ada}}</nowiki>": [],
    "<nowiki>{{#target:User talk:Ada}}</nowiki>{{#target:User talk:Bo}}": [BO],
    "<pre>{{#target:User talk:Ada}}</pre>": [],
    "<nowiki />{{#target:User talk:Ada}}": [ADA],
    "<includeonly>{{#target:User talk:Ada}}</includeonly>": [],
    "<noinclude>{{#target:User talk:Ada}}</noinclude>": [ADA],
    "<onlyinclude>{{#target:User talk:Ada}}</onlyinclude>{{#target:User talk:Bo}}": [ADA, BO],
    "{ {#target:User talk:Ada}}": [],
    "{{# target:User talk:Ada}}": [],
    "{{#target :User talk:Ada}}": [],
    "{{#targets:User talk:Ada}}": [],
    "* [[User talk:Ada]]": [],
    "": [],
    # Meta's wrapper
    "{{target|user=Ada}}": [ADA],
    "{{target | user = Ada | site = fr.wikipedia.org}}": [ADA_THERE],
    "{{target|site=fr.wikipedia.org|user=Ada}}": [ADA_THERE],
    "{{Target|user=Ada}}": [ADA],
    "{{Template:Target|user=Ada}}": [ADA],
    "{{template:target|user=Ada}}": [ADA],
    "{{ target_ |user=Ada}}": [ADA],
    "{{target\n| user = Ada\n| site = fr.wikipedia.org\n}}": [ADA_THERE],
    "{{target|page=Project:Pump}}": [PUMP],
    "{{target | page = Project:Pump | site = fr.wikipedia.org }}": [("Project:Pump", THERE)],
    "{{target|page=Project:Pump|user=Ada}}": [PUMP],
    "{{target|user=Ada|site=}}": [ADA],
    "{{target|user=Bo|user=Ada}}": [ADA],
    "{{target|user=Ada<!-- until May -->}}": [ADA],
    "* {{target|user=Ada}} {{target|user=Bo}}": [ADA, BO],
    "# {{target|user=Ada}}\n#: {{target|user=Bo}}": [ADA, BO],
    "{{target|user=Ada/News}}": [("User talk:Ada/News", "")],
    "{{#if:x|{{target|user=Ada}}}}": [ADA],
    "{{#if:x|{{#if:x|{{#target:User talk:Ada}}}}}}": [ADA],
    "{{{list|{{#target:User talk:Ada}}}}}": [ADA],
    "<noinclude>{{target|user=Ada}}</noinclude><includeonly>{{target|user=Bo}}</includeonly>": [ADA],
}
"""Lists, and what MediaWiki sees on them."""

LENIENT = {
    "{{#target:User talk:Ada|https://fr.wikipedia.org}}": [ADA_THERE],
    "{{#target:User talk:Ada|//FR.wikipedia.org/wiki/}}": [ADA_THERE],
    "{{target|user=User:Ada}}": [ADA],
    "{{target|user=User talk:Ada}}": [ADA],
    "{{target|User talk:Ada|fr.wikipedia.org}}": [ADA_THERE],
    "{{target|1=User talk:Ada|2=fr.wikipedia.org}}": [ADA_THERE],
    "{{#target:User talk:Ada|localhost:8080}}": [("User talk:Ada", "localhost:8080")],
    "{{#target:Project:Pump|x.y-z.example:81}}": [("Project:Pump", "x.y-z.example:81")],
}
"""Lists that a person understands, and the wiki doesn't."""


def named(text: str, model: str = "wikitext") -> list[tuple[str, str]]:
    """The targets on a list."""
    return [(one.page, one.site) for one in read_list(text, model) if isinstance(one, Entry)]


def flaws(text: str, model: str = "wikitext") -> list[tuple[str, tuple[str, ...]]]:
    return [(one.key, one.words) for one in read_list(text, model) if isinstance(one, Flaw)]


@pytest.mark.parametrize("text", [*FORMS, *LENIENT])
def test_forms(text: str) -> None:
    """A list names what MediaWiki sees on it, in its order, with nothing to mend."""
    assert (named(text), flaws(text)) == ((FORMS | LENIENT)[text], [])


BROKEN = [
    ("{{target}}", "list-empty"),
    ("{{target|}}", "list-empty"),
    ("{{target | user = }}", "list-empty"),
    ("{{target | user = | site = fr.wikipedia.org }}", "list-empty"),
    ("{{target|name=Ada}}", "list-empty"),
    ("{{target|page=#Section}}", "list-empty"),
    ("{{#target:}}", "list-empty"),
    ("{{#target:|fr.wikipedia.org}}", "list-empty"),
    ("{{#target:User talk:Ada", "list-unclosed"),
    ("{{#target:User talk:Ada}", "list-unclosed"),
    ("{{target|user=Ada", "list-unclosed"),
    ("{{target|user=[[User:Ada}}", "list-unclosed"),
    ("{{#target:User talk:{{PAGENAME}}}}", "list-made"),
    ("{{#target:User talk:{{{1}}}}}", "list-made"),
    ("{{target|user={{{1|}}}}}", "list-made"),
    ("{{target|user=Ada|site={{SERVERNAME}}}}", "list-made"),
    ("{{#target:User talk:Ada|frwiki}}", "list-site"),
    ("{{#target:User talk:Ada|site=fr.wikipedia.org}}", "list-site"),
    ("{{target|user=Ada|site=fr wikipedia org}}", "list-site"),
    ("{{target|user=Ada|site=fr.wikipedia.org, de.wikipedia.org}}", "list-site"),
    ("{{target|user=Ada|site=-.-}}", "list-site"),
]


@pytest.mark.parametrize(("text", "key"), BROKEN)
def test_broken(text: str, key: str) -> None:
    """What can't be read is told with its line, and what stands around it is read."""
    around = f"* {{{{target|user=Bo}}}}\n* {text}\n\n{{{{#target:Project:Pump}}}}"
    ((found, words),) = flaws(around)
    assert (found, words[0], named(around)) == (key, "2", [BO, PUMP])


def test_lines() -> None:
    """Entries know their lines, whatever stands before them."""
    text = "<!--\n-->\n{{target|user=Ada}} {{target\n|user=Bo}}\n\n{{#target:Project:Pump}}"
    assert [one.place for one in read_list(text) if isinstance(one, Entry)] == [3, 3, 6]


def test_inclusions() -> None:
    """What else a list includes is named, each in its place and by its page; parser functions aren't."""
    text = "{{Header}}{{target|user=Ada}}\n{{:Sublist}}{{/Part}}{{User:Bo/list|x}}{{#if:x|y}}"
    assert [one for one in read_list(text) if not isinstance(one, Entry)] == [
        Inclusion("Template:Header", 1),
        Inclusion(":Sublist", 2),
        Inclusion("/Part", 2),
        Inclusion("User:Bo/list", 2),
    ]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("{{target|user=Ada}}", [ADA]),
        ("<noinclude>{{target|user=Ada}}</noinclude>{{target|user=Bo}}", [BO]),
        ("{{target|user=Ada}}<onlyinclude>{{target|user=Bo}}</onlyinclude>", [BO]),
        ("<includeonly>{{target|user=Ada}}</includeonly>", [ADA]),
    ],
)
def test_included(text: str, pages: list[tuple[str, str]]) -> None:
    """An included list is read as it is included."""
    assert [(one.page, one.site) for one in included(text) if isinstance(one, Entry)] == pages


# --- JSON


def as_json(*targets: object) -> str:
    return json.dumps({"description": "Affiliates", "targets": targets})


@pytest.mark.parametrize("model", ["json", "MassMessageListContent", "wikitext"])
def test_json(model: str) -> None:
    """A list in JSON is read by its content model, and also where it stands on a page of wikitext."""
    text = as_json(
        {"title": "User talk:Ada"}, {"title": "Project:Pump", "site": THERE}, {"title": "Caf&eacute;", "site": ""}
    )
    assert named(text, model) == [ADA, ("Project:Pump", THERE), ("Café", "")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "list-json"),
        ("{", "list-json"),
        ("[" * 100_000, "list-json"),
        ('{"targets": [{"title": 1' + "0" * 5000 + "}]}", "list-json"),
        ("[]", "list-json-form"),
        ("null", "list-json-form"),
        ("{}", "list-json-form"),
        ('{"targets": {"title": "User talk:Ada"}}', "list-json-form"),
        (as_json("User talk:Ada"), "list-json-target"),
        (as_json({}), "list-json-target"),
        (as_json({"title": None}), "list-json-target"),
        (as_json({"title": " "}), "list-json-target"),
        (as_json({"title": "User talk:Ada", "site": 7}), "list-json-target"),
        (as_json({"title": "User talk:Ada", "site": "frwiki"}), "list-json-target"),
        (as_json([]), "list-json-target"),
        (as_json(None), "list-json-target"),
    ],
)
def test_broken_json(text: str, key: str) -> None:
    """What can't be read in JSON is told."""
    assert [found for found, _ in flaws(text, "json")] == [key]


def test_where_json_breaks() -> None:
    """Broken JSON is told with the line, a broken target with its number; the others are read."""
    assert flaws('{\n"targets": [\n{"title": "Ada" "site": ""}\n]}', "json") == [("list-json", ("3",))]
    text = as_json({"title": "User talk:Ada"}, "x", {"title": "User talk:Bo"})
    assert named(text, "json") == [ADA, BO]
    assert flaws(text, "json")[0][1][0] == "2"


def test_other_models() -> None:
    assert flaws("{{target|user=Ada}}", "css") == [("list-model", ("css",))]


# --- As a whole


PIECES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{{{",
            "}}}",
            "|",
            "=",
            "#target:",
            "target",
            "user=",
            "site=",
            "page=",
            "User talk:",
            "\n",
            "[[",
        ),
        *("]]", "<!--", "-->", "<nowiki>", "</nowiki>", "<includeonly>", "</includeonly>", "<noinclude>", "&amp;", "#"),
        *(
            "-{",
            "}-",
            '{"targets": [',
            '{"title": "A"}',
            "]}",
            "://",
            "fr.wikipedia.org",
            " ",
            "\x00",
            "\ud800",
            ":",
            "/",
        ),
    ]
)


@pytest.mark.parametrize(
    "line",
    [
        "* {{target|user=Ada|site=fr.wikipedia.org}} {{#target:User talk:Bo}}\n",
        "{{#target:User talk:Ada\n",
        "{{target|user=Ada\n",
        "<!-- {{target}} -->",
        "{{a|{{target}}",
    ],
)
def test_thousands(line: str) -> None:
    """A list takes as long as it is, whole or broken."""
    anew = itertools.count()
    assert is_steady(lambda text: read_list(f"{next(anew)}\n{text}"), line * 200, line * 1600)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join), st.sampled_from(["wikitext", "json", "other"]))
def test_never_raises(text: str, model: str) -> None:
    """Whatever is typed, something comes of it, and an entry has a page."""
    for one in (*read_list(text, model), *included(text)):
        assert not isinstance(one, Entry) or one.page


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 999)), max_size=20))
def test_order_is_kept(chosen: list[tuple[int, int]]) -> None:
    """Targets come in the list's order, in whatever forms they are mixed."""
    forms = (
        "{{{{#target:User talk:U{0}}}}}",
        "* {{{{target|user=U{0}}}}}\n",
        "<!-- {{{{target|user=X}}}} -->{{{{#target:User talk:U{0}|}}}}",
        "{{{{target}}}} {{{{Hidden|{{{{target|page=User talk:U{0}}}}}}}}}",
    )
    text = " ".join(forms[form].format(number) for form, number in chosen)
    assert named(text) == [(f"User talk:U{number}", "") for _, number in chosen]
