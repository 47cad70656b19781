"""Template calls; that they are MediaWiki's is tested in tests/mediawiki/test_calls.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.wikitext.calls import Call, called, calls, outermost
from strategybot.wikitext.preprocessor import parse
from strategybot.wikitext.sections import has_prose
from tests.growth import is_steady


@pytest.mark.parametrize(
    ("text", "fields", "unnamed"),
    [
        ("{{Update|a=1|b= 2 |3}}", {"a": "1", "b": "2"}, ("3",)),
        ("{{Update|a=1|a=2}}", {"a": "2"}, ()),
        ("{{Update|a=x{{!}}y{{=}}z}}", {"a": "x|y=z"}, ()),
        ("{{Update|a={{u|x{{!}}y}}}}", {"a": "{{u|x{{!}}y}}"}, ()),
        ("{{Update|a={|\n| b\n|} }}", {"a": "{"}, ("", "b", "}")),
        ("{{Update|a=<b title='|'>c=d}}", {"a": "<b title='", "'>c": "d"}, ()),
        ("{{Update|a=[https://x.example b|c]}}", {"a": "[https://x.example b"}, ("c]",)),
        ("{{Update|a=[[b|c=d]]}}", {"a": "[[b|c=d]]"}, ()),
        ("{{Update|a=<nowiki>|</nowiki>}}", {"a": "<nowiki>|</nowiki>"}, ()),
        ("{{Update|a=b<!-- | -->c}}", {"a": "bc"}, ()),
        ("{{Update|a=b\n<!-- c -->\nd}}", {"a": "b\nd"}, ()),
        ("{{Update}}", {}, ()),
    ],
)
def test_fields_end_where_the_wiki_ends_them(text: str, fields: dict[str, str], unnamed: tuple[str, ...]) -> None:
    """A pipe ends a field unless a link, a tag of an extension or a comment holds it."""
    assert calls(text, "Update") == (Call("Update", fields, unnamed, text),)


@pytest.mark.parametrize(
    "text",
    [
        "{{update|x}}",
        "{{ Update |x}}",
        "{{Template:Update|x}}",
        "{{template :_update|x}}",
        "{{Update<!-- y -->|x}}",
        "{{Update\n|x}}",
        "{{a|{{Update|x}}}}",
        "{{{a|{{Update|x}}}}}",
        "[[{{Update|x}}",
        "{{b|{{Update|x}}",
    ],
)
def test_a_template_is_known_in_every_spelling(text: str) -> None:
    """Namespace, underscores, spaces, a small letter, comments and what stands around make no difference."""
    assert [call.unnamed for call in calls(text, "Update")] == [("x",)]


@pytest.mark.parametrize(
    "text",
    [
        "{{Updates}}",
        "{{:Update}}",
        "<nowiki>{{Update}}</nowiki>",
        "<!-- {{Update}} -->",
        "{{Update",
        "{Update}}",
        "{{{Update}}}",
        "{{UPDATE}}",
        "<includeonly>{{Update}}</includeonly>",
        "{{Update|\n== x }}",
        "{{ {{x}}Update}}",
    ],
)
def test_what_is_no_call_is_none(text: str) -> None:
    """Other templates, parameters and what doesn't show aren't taken for a call."""
    assert calls(text, "Update") == ()


def test_calls_come_in_their_order() -> None:
    """An outer call comes before those inside it, and all before the next."""
    text = "{{A|1={{a|2}}}} {{b}} {{ a |3}}"
    assert [call.text for call in calls(text, "A")] == ["{{A|1={{a|2}}}}", "{{a|2}}", "{{ a |3}}"]
    assert called(text) == {"A", "B"}


def test_fields_as_they_come() -> None:
    """All fields in their order, doubled ones too, and where the call stands."""
    text = "See {{Update|a=1| b |a=2|=x|3=c}}."
    (call,) = calls(text, "Update")
    assert call.parts == (("a", "1"), (None, "b"), ("a", "2"), ("", "x"), ("3", "c"))
    assert text[call.start : call.end] == call.text


def test_outermost() -> None:
    """A call inside another of the same template is left out, one inside another template isn't."""
    text = "{{A|x={{A|1}}}} {{B|{{A|2}}{{A|3}}}} {{A|4}}"
    assert [call.text for call in outermost(text, "A")] == ["{{A|x={{A|1}}}}", "{{A|2}}", "{{A|3}}", "{{A|4}}"]


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 20000,
        "{{a|" * 20000 + "}}" * 20000,
        "[[" * 20000,
        "<!-- -->" * 20000,
        "<nowiki>" * 20000,
        "\n=" * 20000,
        "{{{" * 20000 + "}}" * 20000,
        "-{" * 20000,
        "\n <!-- x -->" * 20000,
        "<nowiki " * 20000,
    ],
    ids=lambda text: text[:8],
)
def test_nobody_can_keep_the_reader_busy(text: str) -> None:
    """Whatever is repeated or nested is read to its end, without recursion."""
    assert all(call.text in text for call in calls(text, "A"))


@given(st.text(alphabet="{}[]|=-<>!\n ab", max_size=60))
def test_a_call_stands_in_its_text(text: str) -> None:
    """Every call is a piece of the text, from braces to braces."""
    for name in called(text):
        for call in calls(text, name):
            assert call.text in text
            assert call.text.startswith("{{")
            assert call.text.endswith("}}")


@pytest.mark.parametrize("read", [parse, has_prose])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        *(("{{a|", "}}"), ("{{{a|", "}}}"), ("[[a", "]]"), ("[[a|", ""), ("-{a|b=c", "}-"), ("{{a|[[b|-{", "}-]]}}")),
        *(("\n== {{a|", "}} ==\n"), ("<ref>", ""), ("<ref ", ""), ("<noinclude ", ""), ("<!--", ""), ("{{", "")),
    ],
)
def test_no_text_takes_long(read: Callable[[str], object], opening: str, closing: str) -> None:
    """However deep people nest things, closed or not, eight times as many take about eight times as many steps."""
    short, long = (opening * count + closing * count for count in (500, 4_000))
    assert is_steady(read, short, long)
