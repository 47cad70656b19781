"""The adapter to a wiki of our own: one SQLite file, without a server.

    wiki = EmbeddedWiki("wiki.sqlite")
    wiki.edit("Sandbox", "Hello, world. ~~~~", user="Ada")

It makes everything work anywhere and at once, in the first try-out as in the tests, and holds offline copies of
real pages. It gives the same pages as MediaWiki would; it renders nothing and has no extensions.
"""

from strategybot.wiki.embedded.wiki import EmbeddedWiki

__all__ = ["EmbeddedWiki"]
