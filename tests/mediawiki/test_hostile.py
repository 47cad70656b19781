"""What people type stays in its spot: hostile values in every place of a page, rendered by a real MediaWiki."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from strategybot.wikitext import neutral
from tests.mediawiki.rig import MediaWikiRig
from throwaway import Revision, ThrowawayWiki

pytestmark = pytest.mark.mediawiki

SETTINGS = """
$wgHooks['InterwikiLoadPrefix'][] = static function ( $prefix, &$row ) {
	if ( !in_array( $prefix, [ 'fr', 'de', 'm', 'w' ] ) ) {
		return true;
	}
	$row = [ 'iw_prefix' => $prefix, 'iw_url' => "https://$prefix.example.org/wiki/$1", 'iw_api' => '',
		'iw_wikiid' => '', 'iw_local' => 1, 'iw_trans' => 0 ];
	return false;
};
$wgLocalInterwikis = [ 'm' ];
$wgEnableMagicLinks = [ 'ISBN' => true, 'PMID' => true, 'RFC' => true ];
"""

FIELD_TEMPLATE = (
    "<span>{{{value|}}}</span> <bdi>[[:{{{value|}}}|{{{value|}}}]]</bdi> '''{{{value|}}}''' "
    "{{#if:{{{value|}}}|<i>{{{value}}}</i>}} {{lc:{{{value}}}}} {{#switch:x|x={{{value}}}}}"
)

FRAMES = {
    "block": '<div lang="en" dir="ltr">\n%s\n</div>\n',
    "inline": '* <span lang="en" dir="ltr">%s</span> and more\n* next\n',
    "heading": "=== %s ===\n",
    "field": "* {{Field|value=%s}}\n",
}
PLACES = {"block": neutral.block, "inline": neutral.inline, "heading": neutral.plain, "field": neutral.plain}
PAGE = """== Before ==
* first ''words''
<span id="before-value"></span>

{place}
<span id="after-value"></span>
=== Within ===
* {{{{Field|value=words}}}}
{{| class="wikitable"
| cell || '''other''' cell
|}}
== After ==
Last ''words''."""

HARMLESS = "Harmless words"

ALLOWED = re.compile(
    "a|b|i|u|s|del|ins|em|strong|sub|sup|small|big|code|kbd|var|q|abbr|cite|br|hr|p|ul|ol|li|dl|dd|dt|pre|span|bdi|h3|div"
)
"""The elements of harmless markup, and those of the frame."""

HOSTILE = [
    "{{Field|value=x}}",
    "{{subst:PAGENAME}} {{safesubst:Field}} {{SUBST:Field}}",
    "{{{1|default}}} {{{{{1}}}}}",
    "}} }}} |value=other}} {{Field|value=",
    "{{#tag:nowiki|x}} {{PAGENAME}} {{int:lang}}",
    "{{DISPLAYTITLE:Other}} {{DEFAULTSORT:zzz}}",
    "~~~~ and ~~~ and ~~~~~",
    "~~<!-- -->~~ ~&#8238;~~ ~\x00~~ ~~&#126;",
    "== A heading ==",
    "words\n== A heading ==\nmore",
    "=\n==\n===\n= = =",
    " = not yet = \n\t== nor this ==",
    "<!-- -->== After a comment ==<!-- -->",
    "<h2>HTML heading</h2>",
    "{|\n| cell\n|}",
    "{| class=x\n! head\n|-\n| cell",
    ":{|\n| indented table\n|}",
    "|}\n|-\n| loose\n! loose",
    "words\n|}\n</div></div></div>",
    "<table><tr><td>x</td></tr></table>",
    "<table><tr><td>unclosed",
    "<div>unclosed",
    "</div></span></li></ul></h3>",
    "<!-- unclosed",
    "--> closed <!-- and <!-- nested --> left",
    "<!-<!-- -->- glued -->",
    "<nowiki>unclosed {{Field}}",
    "</nowiki> [[Category:X]] <nowiki>",
    "<nowiki>&#10;== Heading ==&#10;* item</nowiki>",
    "<nowiki>''' [[Category:X]] <b>{{x}} ~~~~ __NOTOC__</nowiki>",
    "<nowiki/>'<nowiki/>'<nowiki/>'x",
    "<pre>\n== pre ==",
    "<gallery>\nFile:X.png\n</gallery>",
    "<ref>x</ref> <references/> <templatedata>{}</templatedata>",
    "<indicator name=x>x</indicator>",
    "<includeonly>[[Category:X]]</includeonly><noinclude>x</noinclude><onlyinclude>y</onlyinclude>",
    "<noinclude> <onlyinclude>",
    "[[Category:Hostile]]",
    "[[ category : Hostile|key]] [[_Category_:Hostile]] [[\u200eCategory:Hostile]]",
    "[[Category&#58;Hostile]] [[&#67;ategory:Hostile]] [[%43ategory:Hostile]] [[%2543ategory:Hostile]]",
    "[[Cat<!-- -->egory:Hostile]] [[Cat\u202eegory:Hostile]] [<!-- -->[Category:Hostile]<!-- -->]",
    "[&#8238;[Category:Hostile]] [[Category:Hostile]",
    "[[File:X.png|thumb|caption [[Category:Hostile]]]]",
    "[[Image:X.png]] [[Media:X.png]] [[:Media:X.png]] [[m:Media:X.png]] [[media :X.png|file]]",
    "[[fr:Article]] [[de:Artikel|de]] [[FR:Article]] [[ fr:Article]]",
    "[[m:fr:Article]] [[m:Category:Hostile]] [[w:fr:Article]] [[m:m:fr:Article]] [[m::fr:X]]",
    "[[::Category:Hostile]] [[:]] [[]] [[|]] [[|pipe]] [[pipe (trick)|]] [[User:pipe, trick|]]",
    "[[Page|label [[Category:Hostile]]",
    "[[Page|{{Field}} <b>''unclosed]] '''",
    "[[Page|\nlabel]] [[Pa\nge]]",
    "[[Page#%5D%5D%7B%7BField%7D%7D|x]] [[Page%0A== x ==]] [[A%7Cb]] [[%3Cb%3E]]",
    "[[Talk:Category:X]] [[User:../..]] [[a''b|c]] [[__NOTOC__]] [[~~~~]] [[&#126;&#126;&#126;~]]",
    "__NOTOC__ __NOEDITSECTION__ __NOINDEX__ __HIDDENCAT__ __FORCETOC__ __TOC__",
    "_<!-- -->_NOTOC_<!-- -->_ _&#8238;_NOINDEX_&#8238;_ _\x00_TOC__ __<nowiki></nowiki>NOTOC__",
    "#REDIRECT [[Elsewhere]]",
    "'''bold that never ends",
    "''italic '''both'' mixed ''''' run '''''''",
    "<b>bold <i>misnested</b></i> <s>struck",
    "<b\nattr>x</b> <B>ok</b> <b onclick='x'>y</b> <br/ ><br clear=all>",
    "<script>alert(1)</script> <style>*{}</style> <img src=x onerror=y> <a href=x>y</a>",
    "<span style='position:fixed'>x</span> <div style=float:left> <p> <font size=7>",
    "-{ zh-hans: x; zh-hant: y }- -{T|title}- -{H|a=>en:b}-",
    "-{{Field|value=x}}-",
    "\u202eturned\u202c \u2067isolated &#x202E;turned &#8295; <nowiki>&#8238;</nowiki> \ufeff\u2028x\u2029y",
    "[[User:%E2%80%AEturned]] https://x.example/&#8238;turned [https://x.example/&#x202e; x&#8238;y]",
    "&#8&#8238;238; &#8<!-- -->238; &amp;#8238; &#x7f;UNIQ&#127; &#0; &#xD800; &#1114112; &#99999999;",
    "\x7f'\"`UNIQ--nowiki-00000000-QINU`\"'\x7f",
    "https://x.example/{{Field}} https://x.example/~~~~ https://x.example/__NOTOC__ https://x.example]]",
    "'''https://x.example/''' ''[https://x.example ''mixed] '' https://x.example'",
    "[https://x.example [[Category:Hostile]]] [https://x.example {{Field}}|<b>] [https://x.example\nx]",
    "[[https://x.example x]] [[https://x.example]] [[mailto:x@x.example]] [//x.example y] [javascript:x y]",
    "mailto:x@x.example ftp://x.example/'''y news:x tel:1 RFC 2822 ISBN 9780306406157 PMID 1",
    "[[RFC 2822]] [[x|RFC 2822]] RFC&nbsp;1 [https://x.example RFC 1] RFC<!-- --> 1 ISBN&#160;0306406152",
    "* item\n** nested\n|}\n*{{Field}}\n; term : def\n: = x =",
    "----\n-----text\n -- pre\n  | x",
    "*" * 4000,
    ":;#*" * 500 + "x",
    "'" * 3001,
    "[[" * 1000 + "]]" * 1000,
    "{{" * 1000 + "}}" * 1000,
    "<b>" * 500 + "x" + "</b>" * 500,
    "<b><i>" * 700,
    "",
    " \n \n",
    "=",
    "'x'",
    "!",
]

MARKUP = [
    ("[[Main Page]]", r'<a href="[^"]*" title="Main Page">Main Page</a>|<a[^>]*redlink[^>]*>Main Page</a>'),
    ("[[User:Ada|Ada L.]]", r'<a [^>]*title="User:Ada[^"]*"[^>]*>Ada L\.</a>'),
    ("[[User:Ada Example]]", r"<a [^>]*>User:Ada Example</a>"),
    ("[[Special:MyLanguage/Main Page|words]]", r"<a [^>]*Special:MyLanguage/Main_Page[^>]*>words</a>"),
    ("[[Roles & Responsibilities]]", r"<a [^>]*>Roles & Responsibilities</a>"),
    ("[[Page#Part|part]]", r"<a [^>]*>part</a>"),
    ("[[#part]]", r'<a href="#part">#part</a>'),
    ("[[:Category:Things]]", r"<a [^>]*>Category:Things</a>"),
    ("[[w:Wiki]]", r'<a href="https://w.example.org/wiki/Wiki"[^>]*>w:Wiki</a>'),
    ("[[fr:Article|en français]]", r'<a href="https://fr.example.org/wiki/Article"[^>]*>en français</a>'),
    ("[[Page|a ''b'' c]]", r"<a [^>]*>a <i>b</i> c</a>"),
    ("[[Page]]s", r"<a [^>]*>Pages</a>"),
    ("'''bold''' and ''italic''", r"<b>bold</b> and <i>italic</i>"),
    ("'''''both'''''", r"<i><b>both</b></i>|<b><i>both</i></b>"),
    ("* one\n* two\n** three", r"<ul><li>one</li>\s*<li>two\s*<ul><li>three</li></ul></li></ul>"),
    ("# one\n# two", r"<ol><li>one</li>\s*<li>two</li></ol>"),
    ("* one\n<!-- aside -->\n* two", r"<ul><li>one</li>\s*<li>two</li></ul>"),
    ("one<br>two<br/>three", r"one<br />two<br />three"),
    ("<s>gone</s> <small>small</small>", r"<s>gone</s> <small>small</small>"),
    ("[https://x.example/a?b=1&c=2 words]", r'<a [^>]*href="https://x.example/a\?b=1&c=2">words</a>'),
    ("see https://x.example/it's, please", r'href="https://x.example/it\'s">https://x.example/it\'s</a>, please'),
    ("'''https://x.example/'''", r'<b><a [^>]*href="https://x.example/">https://x.example/</a></b>'),
    ("(see https://x.example]", r'href="https://x.example">https://x.example</a>\]'),
    ("R&D &amp; caf&eacute; &nbsp;x", "R&D & café \u00a0x"),
    ("one\n\ntwo", r"<p>one\s*</p><p>two\s*</p>"),
    ("<nowiki>{{not|a template}} <b></nowiki>", r"\{\{not\|a template\}\} <b>"),
]


@pytest.fixture(scope="module")
def wiki(shared_rig: MediaWikiRig) -> Iterator[ThrowawayWiki]:
    """The wiki with links between languages, magic links and the frame's template."""
    shared_rig.configure(SETTINGS)
    shared_rig.throwaway.save([Revision("Template:Field", FIELD_TEMPLATE)])
    yield shared_rig.throwaway
    shared_rig.configure()


@pytest.fixture(scope="module")
def frames(wiki: ThrowawayWiki) -> dict[str, dict[str, Any]]:
    """What MediaWiki makes of the frame of each place around a harmless value."""
    return {place: _rendered(wiki, place, HARMLESS) for place in PLACES}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_changes_nothing_outside_its_spot(
    wiki: ThrowawayWiki, frames: dict[str, dict[str, Any]], place: str, value: str
) -> None:
    """Headings, sections, categories, languages, templates, files, properties and the page around stay as they are."""
    rendered = _rendered(wiki, place, value)
    expected = frames[place]
    outside = expected.keys() - {"links", "externallinks", "within"}
    assert {key: rendered[key] for key in outside} == {key: expected[key] for key in outside}
    assert all(ALLOWED.fullmatch(element) for element in re.findall(r"</?(\w+)", rendered["within"]))
    assert not re.search("[\x7f\u202a-\u202e\u2066-\u2069]", html.unescape(rendered["within"]))
    if place == "heading":
        assert rendered["links"] == expected["links"]
        assert rendered["externallinks"] == expected["externallinks"]


@pytest.mark.parametrize("place", PLACES)
def test_saving_leaves_neutral_text_as_it_is(wiki: ThrowawayWiki, place: str) -> None:
    """The transformation before saving (signatures, substitution, pipe trick) finds nothing to do."""
    text = "\n\n".join(FRAMES[place] % PLACES[place](value) for value in HOSTILE)
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    wiki.edit(f"Hostile {place}", text)
    assert wiki.text(f"Hostile {place}") == text


@pytest.mark.parametrize(("value", "found"), MARKUP)
def test_harmless_markup_survives(wiki: ThrowawayWiki, value: str, found: str) -> None:
    """Links, emphasis, lists and line breaks show as they would without the bot."""
    assert re.search(found, html.unescape(_rendered(wiki, "block", value)["within"]))


@pytest.mark.parametrize("value", [value for value, _ in MARKUP if "\n" not in value])
def test_harmless_markup_survives_within_a_line(wiki: ThrowawayWiki, value: str) -> None:
    """In a line it is rendered just as in a block."""
    within = [_rendered(wiki, place, f"x {value} y")["within"] for place in ("block", "inline")]
    spots = [re.search(r"x .* y", found) for found in within]
    assert spots[0]
    assert spots[1]
    assert spots[0][0] == spots[1][0]


def test_a_summary_links_to_nobody(wiki: ThrowawayWiki) -> None:
    """An edit summary shows neither links nor a section, whatever is in it."""
    hostile = "[[User:Ada]] [[[User:Ada|x]]] [<!-- -->[User:Ada]] /* section */ {{x}} ~~~~ \u202e /*/* x"
    wiki.edit("Summary", "words", summary=neutral.summary(hostile))
    answer = wiki.call(action="query", prop="revisions", titles="Summary", rvprop="parsedcomment")
    comment = answer["query"]["pages"][0]["revisions"][0]["parsedcomment"]
    assert "<" not in comment


def _rendered(wiki: ThrowawayWiki, place: str, value: str) -> dict[str, Any]:
    text = PAGE.format(place=FRAMES[place] % PLACES[place](value))
    found = wiki.call(
        action="parse",
        text=text,
        title="Steering Group/Agenda",
        contentmodel="wikitext",
        prop="text|sections|categories|langlinks|templates|links|images|externallinks|properties|indicators|displaytitle",
        disablelimitreport=True,
    )["parse"]
    before, _, rest = found.pop("text").partition('<span id="before-value"></span>')
    within, _, after = rest.partition('<span id="after-value"></span>')
    found["sections"] = [
        (
            section["level"],
            section["number"],
            "" if section["number"] == "1.1" and place == "heading" else section["line"],
        )
        for section in found["sections"]
    ]
    contents, _, before = before.partition("<h2>")
    return {**found, "contents": contents.count('id="toc"'), "before": before, "within": within, "after": after}
