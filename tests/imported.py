"""What the process has imported of which the commands of `tests/commands.py` are forks."""

from strategybot.wiki.mediawiki import framework
from tests import commands

framework.pywikibot()

__all__ = ["commands"]
