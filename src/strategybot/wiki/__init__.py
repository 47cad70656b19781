"""The port to a wiki and its two adapters, one in a SQLite file, one to a real MediaWiki."""
