"""Text made inert; what MediaWiki makes of it is tested in tests/mediawiki/test_hostile.py."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.wikitext.calls import calls
from strategybot.wikitext.neutral import argument, block, clean, cut, given_back, heading, inline, plain, summary
from strategybot.wikitext.references import unescape
from tests.growth import is_steady
from tests.hostile import HOSTILE, LOCALISED

PIECES = [
    *("{{", "}}", "[[", "]]", "{|", "|}", "|", "=", "==", "<", ">", "<!--", "-->", "<nowiki>", "</nowiki>", "''"),
    *("'''", "~~", "~~~~", "__", "__NOTOC__", "_x_", "＿＿", "&#8238;", "&#91;", "&amp;", "&#", ";"),
    *("https://x.example/", "<b>", "</b>", "<br>", "Category:", "File:", "Media:", "User:", ":", "#", "*", "-{"),
    *("}-", "%5B", "%7C", "{{u|", "a", "\n", "RFC 1", " ", "\u0338", "\u202e", "\x00"),
]
ANYTHING = st.one_of(
    st.lists(st.one_of(st.characters(), st.sampled_from(PIECES)), max_size=25).map("".join),
    st.sampled_from([*HOSTILE.values(), *(value for found in LOCALISED.values() for value in found.values())]),
)
KEPT_LINK = re.compile(r"\[\[[^\[\]{}|\n]+(\|[^\[\]\n]*)?\]\]|\[https?://[^\[\]\s]+( [^\[\]\n]+)?\]", re.IGNORECASE)
KEPT_TAG = re.compile(r"</?(b|i|u|s|del|ins|em|strong|sub|sup|small|big|code|kbd|var|q|abbr|cite|br|nowiki /)>", re.I)


@pytest.mark.parametrize(
    "text",
    [
        "We met twice.",
        "* one\n* two\n** three\n# four",
        "'''bold''', ''italic'' and '''''both'''''",
        "[[Main Page]] and [[User:Ada|Ada L.]] and [[Roles|''our'' roles]]",
        "[https://x.example/?a=b&c=d words] and https://x.example/it's",
        "one<br>two",
        "<s>gone</s> <small>small</small> H<sub>2</sub>O",
        "R&D &amp; caf&eacute; &#233;",
        "a - b – c: d; e, 50 % of x = y | z!",
        "first\n\nsecond",
        "مرحبا [[صفحة]] \u200f(2019)",
        "snake_case ~ one ~~ two",
        "RFC on banners, ISBN to follow",
    ],
)
def test_harmless_text_stays_to_the_letter(text: str) -> None:
    """What people usually write is written again as it was."""
    assert block(text) == text
    assert inline(text) == " ".join(text.replace("\n", " ").split()).replace("* one", "&#42; one", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{x}}", "&#123;&#123;x&#125;&#125;"),
        ("== x ==", "&#61;= x =="),
        ("a\n| b\n ! c", "a\n&#124; b\n &#33; c"),
        ("{|\n|}", "&#123;|\n&#124;&#125;"),
        ("~~~~", "&#126;&#126;&#126;&#126;"),
        ("~~<!-- -->~~", "&#126;&#126;&#126;&#126;"),
        ("~~&#8238;~", "~~&amp;#8238;~"),
        ("__TOC__", "&#95;&#95;TOC&#95;&#95;"),
        ("<b>x", "&#60;b&#62;x"),
        ("<b>x</i></b>", "<b>x&#60;/i&#62;</b>"),
        ("''x", "&#39;&#39;x"),
        ("''x''''", "&#39;&#39;x&#39;&#39;&#39;&#39;"),
        ("[[Category:X]]", "[[:Category:X]]"),
        ("[[:Category:X]]", "[[:Category:X]]"),
        ("[[fr:X|x]]", "[[:fr:X|x]]"),
        ("[[User:X]]", "[[User:X]]"),
        ("[[user_talk:X]]", "[[user talk:X]]"),
        ("[[%43ategory:X]]", "[[:Category:X]]"),
        ("[[Media:X]]", "&#91;&#91;Media&#58;X&#93;&#93;"),
        ("[[X|]]", "&#91;&#91;X&#124;&#93;&#93;"),
        ("[[X#%5D]]", "&#91;&#91;X&#35;%5D&#93;&#93;"),
        ("[[https://x.example y]]", "&#91;[https://x.example y]&#93;"),
        ("(https://x.example]", "(https://x.example<nowiki />&#93;"),
        ("'''https://x.example'''", "'''https://x.example'''"),
        ("https://x.example/~~~~", "https://x.example/%7E%7E%7E%7E"),
        ("https://x.example/&#8238;", "https://x.example/&amp;#8238;"),
        ("<nowiki>{{x}}</nowiki>", "&#123;&#123;x&#125;&#125;"),
        ("<nowiki>&#10;&amp;</nowiki>", "&#10;&amp;"),
        ("<nowiki></nowiki>", "<nowiki />"),
        ("* a\n<!-- b -->\n* c", "* a\n* c"),
        ("a <!-- b --> c", "a  c"),
        ("<!-- a", "&#60;!-- a"),
        ("a\x00\u202eb\u2067c\ufeff", "abc"),
        ("a\r\nb\rc\td", "a\nb\nc d"),
        ("RFC 2822", "&#82;FC 2822"),
        ("{{u|Ada}} {{U | Ada|A.}}", "[[User:Ada|Ada]] [[User:Ada|A.]]"),
        ("{{ping|Ada|Bo}}", "@[[User:Ada|Ada]], [[User:Bo|Bo]]"),
        ("{{u|a/b}} {{u|1=Ada}}", "&#123;&#123;u&#124;a/b&#125;&#125; &#123;&#123;u|1=Ada&#125;&#125;"),
        ("[[Medium:X]] [[:وسائط:X]]", "&#91;&#91;Medium&#58;X&#93;&#93; &#91;&#91;&#58;وسائط&#58;X&#93;&#93;"),
        ("[[//x.example y]]", "&#91;&#91;//x.example y&#93;&#93;"),
        ("snake_case _HIDDENCAT_ ＿＿目次＿＿", "snake_case &#95;HIDDENCAT_ &#65343;&#65343;目次&#65343;&#65343;"),
        ("&#00000000008238; &#0065;", "&amp;#00000000008238; &#0065;"),
        (f"&#{'9' * 5000};", f"&amp;#{'9' * 5000};"),
        ("\u0338= x", "&#824;= x"),
        ("a=\u202e\u0338 <b>\x00\u0338</b>", "a\u2260 &#60;b\u226f&#60;/b&#62;"),
        ("************ x", "&#42;" * 12 + " x"),
        ("\n\n a \n\n", "a"),
        ("", ""),
    ],
)
def test_a_block_keeps_what_is_harmless_only(text: str, expected: str) -> None:
    """What acts elsewhere is written as references; links that could act get a colon."""
    assert block(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* a\nb", "&#42; a b"),
        ("<!-- x -->* a", "&#42; a"),
        ("a\n\n\nb", "a b"),
        ("; a", "&#59; a"),
        ("----", "&#45;---"),
        ("=x=", "&#61;x="),
        ("[[X|y]] ''z''", "[[X|y]] ''z''"),
    ],
)
def test_inline_text_is_one_line_that_begins_nothing(text: str, expected: str) -> None:
    """Line breaks become spaces, and the first character starts no list, table or heading."""
    assert inline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Example", "Ada Example"),
        ("It's R&D: Roles & Responsibilities (2019)", "It's R&D: Roles & Responsibilities (2019)"),
        ("User:Ada/Draft", "User:Ada/Draft"),
        ("a=b|c", "a&#61;b&#124;c"),
        ("{{x}} [[y]] <b>", "&#123;&#123;x&#125;&#125; &#91;&#91;y&#93;&#93; &#60;b&#62;"),
        ("&lt; AT&T", "&#38;lt; AT&T"),
        ("''x''", "&#39;&#39;x&#39;&#39;"),
        ("'x'", "&#39;x&#39;"),
        ("~~~~ ~ __x__", "&#126;&#126;&#126;&#126; ~ &#95;&#95;x&#95;&#95;"),
        ("* x", "&#42; x"),
        ("https://x.example mailto:x", "https:&#47;/x.example mailto&#58;x"),
        ("PMID 1", "&#80;MID 1"),
        (" a\n b ", "a b"),
    ],
)
def test_plain_text_has_no_markup(text: str, expected: str) -> None:
    """Every character shows, and none acts."""
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&D: a - b", "R&D: a - b"),
        ("a -{x}- b", "a -&#8288;&#123;x&#125;&#8288;- b"),
        ("-{", "&#45;&#8288;&#123;"),
    ],
)
def test_a_headings_anchor_has_no_marks_of_variants(text: str, expected: str) -> None:
    """A heading is plain text in which a hyphen and a brace are kept apart."""
    assert heading(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 of 9 groups filed", "3 of 9 groups filed"),
        ("[[User:Ada]]", "[ [User:Ada]]"),
        ("[[[User:Ada]]", "[ [ [User:Ada]]"),
        ("/* x */", "/ * x */"),
        ("/*/*", "/ */ *"),
        ("&#91;[User:Ada]] R&D", "& #91;[User:Ada]] R&D"),
        ("~~~~~ ~~", "~ ~ ~ ~~ ~~"),
        ("{{x}}", "{ {x}}"),
        ("a\nb\u202e", "a b"),
    ],
)
def test_a_summary_links_to_nothing(text: str, expected: str) -> None:
    """What would be a link, a section or a template is taken apart."""
    assert summary(text) == expected


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("one two", 7, "one two"),
        ("one two three", 7, "one two"),
        ("one two three", 9, "one two"),
        ("one two three", 6, "one"),
        ("onetwothree", 6, "onetwo"),
        (" onetwothree", 6, " onetw"),
        ("one \n two", 5, "one"),
        ("", 5, ""),
    ],
)
def test_a_long_text_is_cut_after_a_word(text: str, longest: int, expected: str) -> None:
    """What is kept ends with a whole word, unless it is a single one."""
    assert cut(text, longest) == expected


@given(ANYTHING, st.sampled_from([block, inline]))
def test_no_active_markup_is_left(text: str, neutral: Callable[[str], str]) -> None:
    """Without its links and tags a neutral text has no brace, bracket or angle, signature or switch."""
    made = neutral(text)
    bare = KEPT_TAG.sub("x", KEPT_LINK.sub("x", made))
    assert not re.search(r"[\[\]{}<]|~~~|__|^\s*[=|!]", bare, re.MULTILINE)
    assert not re.search(r"~~~|__|\{\{|\[\[\[", made)
    assert not re.search(r"\[\[\s*(category|file|image|media|fr)\s*:", made, re.IGNORECASE)
    assert clean(made) == made
    assert neutral is block or ("\n" not in made and not re.match(r"[*#:;=|!-]", made))


@given(ANYTHING)
def test_plain_text_never_acts(text: str) -> None:
    """A heading or field has no character in it that MediaWiki or a template looks for."""
    made = plain(text)
    assert not re.search(r"[\[\]{}<>|=\n]|''|~~|__|^[*#:;!'-]|'$|://|&(?!#\d+;)#?\w+;", made)
    assert clean(made) == made


@given(ANYTHING)
def test_references_show_what_was_typed(text: str) -> None:
    """Plain text shows all that was typed but controls and surplus spaces."""
    shown = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), plain(text))
    assert shown == " ".join(clean(text).split())


@given(ANYTHING)
def test_a_summary_never_links(text: str) -> None:
    """No summary has a link, a section, a signature or a template in it."""
    assert not re.search(r"\[\[|/\*|~~~|\{\{|\n", summary(text))


@given(st.text())
def test_clean_text_turns_nothing(text: str) -> None:
    """No control character and none for the direction of what follows is left; cleaning twice changes nothing."""
    assert clean(clean(text)) == clean(text)
    assert not any(unicodedata.bidirectional(one) in ("RLO", "LRO", "RLE", "LRE", "PDF") for one in clean(text))


@given(ANYTHING)
def test_cleaning_and_shortening_again_changes_nothing(text: str) -> None:
    """What is neutral is composed (NFC) and clean; a summary, taken apart again, stays as it is."""
    for make in (block, inline, plain, heading, summary):
        made = make(text)
        assert clean(made) == made
    assert summary(summary(text)) == summary(text)


@given(ANYTHING)
def test_neutral_text_has_no_sign_that_acts(text: str) -> None:
    """No tag but the harmless ones, no comment, no strip marker, no slot's mark, no variant's, no template's brace."""
    for make in (block, inline, plain, heading):
        made = make(text)
        tags = re.findall(r"</?[A-Za-z!?][^>]*>?", made)
        assert all(KEPT_TAG.fullmatch(tag) for tag in tags), tags
        assert not re.search(r"<!--|\x7f|-\{|\{[{|]|\|\}|slot:[a-z-]+ -->|＿＿", made)
        assert not unescape(made[:1]) or made[0] not in "\u0338\u0301"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", "a {{!}} b"),
        ("[[Page|label]] | ''b''", "[[Page|label]] {{!}} ''b''"),
        ("a=b", "a=b"),
        ("{{x|y}}", "&#123;&#123;x{{!}}y&#125;&#125;"),
    ],
)
def test_an_argument_is_one_field(text: str, written: str) -> None:
    """Links stay as they are, and no pipe of the text's ends the field."""
    assert argument(text) == written


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_an_argument_comes_back(value: str) -> None:
    """What has stood in a field once reads the same each time it is written and read again, and is one field."""
    once = read_again(value)
    assert read_again(once) == once


def read_again(text: str) -> str:
    """A text as it is read from the call in which it stands."""
    call = calls(f"{{{{Row|text={argument(text)}|end=x}}}}", "Row")[0]
    assert set(call.fields) == {"text", "end"}
    return given_back(call.fields["text"])


PATHOLOGICAL = [
    *("[", "]", "{", "}", "<", ">", "&", "&#", "&#x", "_", "__", "_a", "＿", "~", "'", "=", "*", "*#", "[[", "]]"),
    *("{{", "}}", "[[a|", "[[a]]", "{{u|", "{{u|a", "{{u|a}}", "{{ping|a|", "<b>", "</b>", "<b></b>", "<b><i>"),
    *("<nowiki>", "</nowiki>", "<nowiki></nowiki>", "<!--", "-->", "<!---->", "https://", "https://x'"),
    *("RFC&nbsp;", "&amp;", "&#8238;", "0", "&#0", "a", "%5B", ":", "m:", "'' ", "''' ", " ", "\n", "\n<!-- -->"),
    *("\n <!-- -->\n", "https://x ", "[https://x ", "[https://x y]", "RFC ", "RFC \t", "a ", "\u0301", "\u202e"),
]


@pytest.mark.parametrize("make", [block, plain, summary])
@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_no_text_takes_long(make: Callable[[str], str], piece: str) -> None:
    """Eight times as much of anything takes about eight times as many steps, and not sixty-four."""
    short, long = (piece * (count // len(piece)) for count in (3_000, 24_000))
    assert is_steady(make, short, long)
