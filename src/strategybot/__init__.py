"""strategybot carries a committee's process on the wiki where its community already works."""

from importlib.metadata import version

__version__ = version("strategybot")
