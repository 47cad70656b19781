"""The adapter to a real MediaWiki, and the only home of pywikibot.

    wiki = MediaWikiWiki("meta:meta")          # or the URL of an api.php; the account is in the environment
    site = wiki.start()

pywikibot knows where the wikis are, reads the operator's configuration and passwords, and carries the requests.
Its own classes for pages and requests are not used: they send an edit again when its answer is lost, overwrite
what another process has saved under the same account, ask at the terminal, and need several times the requests.
"""

from strategybot.wiki.mediawiki.conversation import Patience
from strategybot.wiki.mediawiki.wiki import MediaWikiWiki

__all__ = ["MediaWikiWiki", "Patience"]
