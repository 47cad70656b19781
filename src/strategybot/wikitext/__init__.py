"""Wikitext as MediaWiki sees it; the only home of mwparserfromhell."""
