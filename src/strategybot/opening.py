"""Opening the wiki that an address names."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import OperatorError, Wiki

_EMBEDDED = "embedded:"


def open_wiki(address: str, now: datetime | None = None) -> Wiki:
    """The wiki at `embedded:PATH`, `FAMILY:CODE` as pywikibot names it, or the URL of an api.php.

    `now` (UTC) is what an embedded wiki takes for the present; a real one has its own clock.
    Raises OperatorError for an address of another form.
    """
    if address.startswith(_EMBEDDED):
        return open_embedded(address, now)
    if ":" not in address:
        raise OperatorError(
            f"“{address}” names no wiki: give embedded:PATH, FAMILY:CODE (such as meta:meta) or the URL of an api.php.",
            usage=True,
        )
    from strategybot.wiki.mediawiki import MediaWikiWiki  # noqa: PLC0415  # pywikibot takes a second to import

    return MediaWikiWiki(address)


def open_embedded(address: str, now: datetime | None = None) -> EmbeddedWiki:
    """The embedded wiki at `embedded:PATH`. Raises OperatorError for an address of another form."""
    path = address.removeprefix(_EMBEDDED)
    if path == address or not path:
        raise OperatorError(f"This works on an embedded wiki only (embedded:PATH), not on “{address}”.", usage=True)
    account = os.environ.get("STRATEGYBOT_USER") or "StrategyBot"
    return EmbeddedWiki(path, account, lambda: now or datetime.now(UTC))
