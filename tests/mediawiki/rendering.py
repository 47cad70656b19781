"""Pages with what people typed, as a real MediaWiki shows them, against their twins."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from strategybot.wikitext import neutral
from tests.committee import Committee
from tests.mediawiki import filed
from tests.mediawiki.rig import fresh_wiki, played_once
from tests.mediawiki.twins import BLOCK, FIELD, HEADING, INLINE, PROPERTIES, differences
from throwaway import Revision, ThrowawayWiki

SETTINGS = """
// Other extensions and languages need texts that this machine's other wikis don't have.
$wgLocalisationCacheConf['storeDirectory'] = "$throwawayState/messages";
wfLoadExtensions( [ 'CategoryTree', 'Cite', 'ImageMap', 'Poem' ] );
$wgLanguageCode = $_REQUEST['contentlanguage'] ?? 'en';
$wgUsePigLatinVariant = true; // English with a converter of variants
$wgEnableMagicLinks = [ 'ISBN' => true, 'PMID' => true, 'RFC' => true ];
$wgLocalInterwikis = [ 'm' ];
$wgHooks['InterwikiLoadPrefix'][] = static function ( $prefix, &$row ) {
	if ( !in_array( $prefix, [ 'fr', 'de', 'm', 'w' ] ) ) {
		return true;
	}
	$row = [ 'iw_prefix' => $prefix, 'iw_url' => "https://$prefix.example.org/wiki/$1", 'iw_api' => '',
		'iw_wikiid' => '', 'iw_local' => 1, 'iw_trans' => 0 ];
	return false;
};
// Tags of extensions that aren't here show that they were read.
$wgHooks['ParserFirstCallInit'][] = static function ( $parser ) {
	$names = 'translate languages tvar templatestyles section syntaxhighlight source math chem score hiero graph'
		. ' mapframe maplink timeline dynamicpagelist rss charinsert';
	foreach ( explode( ' ', $names ) as $name ) {
		$parser->setHook( $name, static fn () => "<strong>$name acted</strong>" );
	}
};
"""

FIELD_TEMPLATE = (
    "<span>{{{value|}}}</span> <bdi>[[:{{{value|}}}|{{{value|}}}]]</bdi> '''{{{value|}}}''' "
    "{{#if:{{{value|}}}|<i>{{{value}}}</i>}} {{lc:{{{value}}}}} {{#switch:x|x={{{value}}}}}"
)

FRAMES = {
    "block": ('<div lang="en" dir="ltr">\n%s\n</div>\n', neutral.block, BLOCK),
    "inline": ('* <span lang="en" dir="ltr">%s</span> and more\n* next\n', neutral.inline, INLINE),
    "heading": ("=== %s ===\n", neutral.heading, HEADING),
    "field": ("* {{Field|value=%s}}\n", neutral.plain, FIELD),
}
PAGE = """== Before ==
* first ''words''

{}
=== Within ===
* {{{{Field|value=words}}}}
{{| class="wikitable"
| cell || '''other''' cell
|}}
== After ==
Last ''words''."""


class Rendering:
    """A wiki on which texts are rendered. A twin is rendered once: most values have the same one."""

    def __init__(self, wiki: ThrowawayWiki) -> None:
        self.wiki = wiki
        self._twins: dict[Hashable, dict[str, Any]] = {}

    def in_frames(self, values: Iterable[str], **parameters: str) -> str:
        """What values change on a page that holds each of them in each kind of place; empty where that is nothing."""
        spots = [(frame, make(value), token) for value in values for frame, make, token in FRAMES.values()]
        page = PAGE.format("\n".join(frame % made for frame, made, _ in spots))
        twin = PAGE.format("\n".join(frame % (token if made else "") for frame, made, token in spots))
        return differences(self.parsed(page, **parameters), self._twin(twin, **parameters))

    def saved(self, committee: Committee, trusted: frozenset[str], summary: str = "") -> dict[str, str]:
        """Save the pages that the bot makes: how each differs from its twin, by title; empty where that is nothing."""
        made = filed.made(committee)
        twins = filed.twins(committee, trusted)
        return {title: self._saved(title, text, twins[title], summary) for title, text in made.items()}

    def _saved(self, title: str, text: str, twin: str, summary: str) -> str:
        self.wiki.edit(title, text, summary=neutral.summary(summary)[:480])
        page = self._asked(page=title, prop=[*PROPERTIES, "wikitext"])
        stored = "" if page["wikitext"] == text else f"saved as {page['wikitext']!r}\n"
        return stored + differences(page, self._twin(twin, title=title))

    def parsed(self, text: str, *, title: str = "Steering Group/Agenda", **parameters: str) -> dict[str, Any]:
        """What MediaWiki makes of a text."""
        return self._asked(text=text, title=title, contentmodel="wikitext", prop=PROPERTIES, **parameters)

    def _twin(self, text: str, **parameters: str) -> dict[str, Any]:
        key = (text, *parameters.items())
        if key not in self._twins:
            self._twins[key] = self.parsed(text, **parameters)
        return self._twins[key]

    def _asked(self, **parameters: object) -> dict[str, Any]:
        asked = {"action": "parse", "disablelimitreport": True, "disableeditsection": True, **parameters}
        parsed: dict[str, Any] = self.wiki.call(**asked)["parse"]
        return parsed


@contextmanager
def rendering(folder: Path) -> Iterator[Rendering]:
    """A wiki with more that can act than the bot's usual one, and with our templates."""
    with fresh_wiki(folder) as wiki:
        played_once(folder, "rendering", wiki, lambda: _equip(wiki))
        yield Rendering(wiki)


def _equip(wiki: ThrowawayWiki) -> None:
    wiki.configure(SETTINGS)
    # The bot's pages are there, so that links to them look the same from first to last.
    harmless = {title: text for one in filed.harmless() for title, text in filed.made(one).items()}
    pages = {"Template:Field": FIELD_TEMPLATE, **filed.installed(), **harmless}
    wiki.save(Revision(*page) for page in pages.items())
